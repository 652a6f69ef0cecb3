"""An exam in progress: learners who are signed in and sit a quiz, made straight in the database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.items import Item
from tests import factories

QUIZ = "endurance-long"
QUESTIONS = 10
MINUTES = 600
RIGHT_ANSWER = "a word"


@dataclass(frozen=True)
class Seat:
    """One learner with an open attempt, and what their browser needs for saving answers."""

    user_id: int
    email: str
    attempt_id: int
    cookie: str
    csrf_token: str

    @property
    def positions(self) -> range:
        """Where the attempt has its questions."""
        return range(1, QUESTIONS + 1)


@dataclass(frozen=True)
class Exam:
    """A database in which learners sit a quiz of ``QUESTIONS`` short texts for ten hours.

    ``guest`` has an account and an attempt too, but is not signed in.
    """

    url: str
    folder: Path
    seats: Sequence[Seat]
    guest: Seat

    @contextmanager
    def app(self, **settings: object) -> Iterator[Flask]:
        """An app of this process over the database, beside any server that runs on it."""
        with factories.running_app(self.url, self.folder, **settings) as app:
            yield app


def make(url: str, folder: Path, learners: int) -> Exam:
    """The empty database ``url`` is migrated and holds an exam with so many learners."""
    factories.fill_database(url, folder)
    with factories.running_app(url, folder) as app:
        bob = factories.find_person(app, "bob")
        with factories.stored(app) as session:
            _make_quiz(session, bob)
        seats = [_seat(app, f"learner-{number}") for number in range(1, learners + 1)]
        cookie, csrf_token = _cookie(app, app.test_client())
        guest = replace(_seat(app, "guest"), cookie=cookie, csrf_token=csrf_token)
    return Exam(url, folder, seats, guest)


def begin_again(app: Flask, seat: Seat) -> int:
    """The id of a new attempt of the same learner, once the former is finished."""
    with factories.stored(app) as session:
        user = session.get_one(models.User, seat.user_id)
        return factories.start_attempt(session, user, QUIZ, datetime.now(UTC)).id


def _make_quiz(session: Session, owner: models.User) -> None:
    quiz = {"id": "long", "title": "Long", "questions": QUESTIONS, "minutes": MINUTES}
    items = [_item(number) for number in range(1, QUESTIONS + 1)]
    factories.make_bank(session, items, "endurance", owner.id, quizzes=[quiz])


def _item(number: int) -> Item:
    """A question that takes any text, so that every save can be told from every other."""
    return factories.make_item(
        f"item-{number}", type="short-text", stem=f"What is word {number}?", accepted=[RIGHT_ANSWER]
    )


def _seat(app: Flask, name: str) -> Seat:
    with factories.stored(app) as session:
        user = factories.make_person(session, name)
        started_at = datetime.now(UTC) - timedelta(minutes=1)
        attempt = factories.start_attempt(session, user, QUIZ, started_at)
    client = app.test_client()
    factories.sign_in(client, user)
    return Seat(user.id, user.email, attempt.id, *_cookie(app, client))


def _cookie(app: Flask, client: FlaskClient) -> tuple[str, str]:
    """The value of the browser's cookie, and a token that its forms may carry."""
    csrf_token = factories.csrf_token(client)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return cookie.value, csrf_token
