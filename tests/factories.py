"""What tests are made of: apps, people, items, banks, attempts, answers, and things at once."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any, TypeVar

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from quizapp import create_app
from quizapp.config import ROOT, Config
from quizapp.db import db, models
from quizapp.db.base import Base
from quizapp.db.migrations import alembic
from quizapp.db.transaction import transaction
from quizapp.domain.interactions import Interaction, Response
from quizapp.domain.items import Item
from quizapp.domain.question import QuestionType
from quizapp.domain.reading import SetHeader
from quizapp.domain.skill_parameters import ItemParameters, SkillParameters
from quizapp.services import (
    accounts,
    attempts,
    banks,
    layouts,
    model_editions,
    question_files,
    quizzes,
    responses,
    storing,
)
from quizapp.services.model_editions import Trial
from quizapp.services.passwords import Passwords

NOW = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
GRACE = timedelta(seconds=60)
PASSWORD = "correct horse battery"
SMALL_QUESTIONS = ROOT / "tests" / "fixtures" / "questions"
PEOPLE = {"alice": "learner", "bob": "instructor", "charlie": "learner", "admin": "admin"}

cheap_passwords = Passwords(memory_kib=8)

Result = TypeVar("Result")
Row = TypeVar("Row", bound=Base)


# --- Apps and databases ---------------------------------------------------------------------------


class CompiledTemplates(BytecodeCache):
    """Templates that any app of this process has compiled: most of the time of a first page."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_compiled = CompiledTemplates()


@contextmanager
def running_app(database_url: str, instance_folder: Path, **settings: Any) -> Iterator[Flask]:
    """The app over that database, with ``settings`` on top; afterwards no connection is open."""
    config = Config.from_environment(
        {},
        instance_folder=instance_folder,
        questions_folder=SMALL_QUESTIONS,
        database_url=database_url,
        hash_memory_kib=8,
        secret_key="a secret of at least 32 characters",
        **settings,
    )
    app = create_app(config)
    app.jinja_env.bytecode_cache = _compiled
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def migrate(app: Flask) -> None:
    """The newest migration has run."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with app.app_context():
        alembic.upgrade()


def fill_database(url: str, instance_folder: Path) -> str:
    """``url``: that database is migrated and holds the small banks and the people."""
    with running_app(url, instance_folder) as app:
        migrate(app)
        with stored(app) as session:
            question_files.load(session, SMALL_QUESTIONS, NOW - timedelta(days=30))
            for name, role in PEOPLE.items():
                make_person(session, name, role)
    return url


@contextmanager
def stored(app: Flask) -> Iterator[Session]:
    """A session whose work is stored when the block ends."""
    with app.app_context(), transaction() as session:
        yield session


@contextmanager
def locked_by_another_program(app: Flask) -> Iterator[None]:
    """Somebody else writes to the SQLite file inside, and takes their time."""
    with app.app_context():
        path = db.engine.url.database or ""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def rows(app: Flask, model: type[Row]) -> list[Row]:
    """Every stored row, in the order of keys."""
    with app.app_context():
        return list(db.session.scalars(select(model).order_by(*inspect(model).primary_key)))


def in_parallel(
    app: Flask, works: Sequence[Callable[[Session], Result]]
) -> list[Result | BaseException]:
    """What each of ``works`` returned or raised; all begin together, each in its transaction."""
    barrier = Barrier(len(works))

    def run(work: Callable[[Session], Result]) -> Result:
        with app.app_context():
            barrier.wait(timeout=10)
            with transaction() as session:
                return work(session)

    with ThreadPoolExecutor(len(works)) as pool:
        futures = [pool.submit(run, work) for work in works]
    return [future.exception() or future.result() for future in futures]


# --- People ---------------------------------------------------------------------------------------


def make_person(session: Session, name: str, role: str = "learner") -> models.User:
    """An account ``<name>@example.org`` with the password ``PASSWORD``."""
    new = accounts.NewAccount(f"{name}@example.org", name.title(), PASSWORD)
    return accounts.register(session, cheap_passwords, new, NOW - timedelta(days=30), role)


def grant(session: Session, user: models.User, **fields: Any) -> None:
    """The person has this accommodation: time_factor, pause_minutes, is_untimed_in_practice."""
    session.add(models.Accommodation(user_id=user.id, set_by_id=user.id, set_at=NOW, **fields))
    session.flush()


def find_person(app: Flask, name: str) -> models.User:
    """The stored account of that name, as it is now; later changes do not show in it."""
    with app.app_context():
        email = f"{name}@example.org"
        return db.session.scalars(select(models.User).where(models.User.email == email)).one()


def sign_in(client: FlaskClient, user: models.User, now: datetime | None = None) -> None:
    """The browser is signed in as ``user``, since ``now`` or the real time."""
    with stored(client.application) as session:
        token = accounts.sign_in(session, user, "a test", now or datetime.now(UTC))
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True


def csrf_token(client: FlaskClient) -> str:
    """A token that the browser's next post may carry as ``csrf_token``."""
    with client.session_transaction() as cookie:
        raw = cookie.setdefault("csrf_token", "0" * 40)
    key = client.application.config["SECRET_KEY"]
    return URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw)


# --- Items and banks ------------------------------------------------------------------------------


def make_item(slug: str = "first", **fields: Any) -> Item:
    """A multiple-choice item on Bayes whose second option is right, but for ``fields``."""
    common = {"id": slug, "type": "multiple-choice", "skills": ["math.probability.bayes"]}
    own = {
        "stem": f"Which option of {slug} is right?",
        "options": [{"text": "this"}, {"text": "that", "correct": True}, {"text": "neither"}],
    }
    is_choice = fields.get("type", "multiple-choice") == "multiple-choice"
    return Item.parse({**common, **(own if is_choice else {}), **fields})


def make_sum(slug: str = "sum", **fields: Any) -> Item:
    """An item that asks for the sum of two drawn numbers, of 81 pairs, but for ``fields``."""
    digit = {"integers": {"from": 1, "to": 9}}
    return Item.parse(
        {
            "id": slug,
            "type": "numeric",
            "skills": ["math.probability.bayes"],
            "parameters": {"a": digit, "b": digit},
            "stem": "What is ${{a}} + {{b}}$?",
            "answer": "{{ a + b }}",
            "explanation": "Count on from {{ a }} by {{ b }}.",
            **fields,
        }
    )


def make_items(count: int, **fields: Any) -> list[Item]:
    """Items ``item-1``, ``item-2`` and so on."""
    return [make_item(f"item-{number}", **fields) for number in range(1, count + 1)]


def make_bank(
    session: Session,
    items: Sequence[Item],
    slug: str = "small",
    owner_id: int | None = None,
    **header: Any,
) -> banks.Published:
    """What publishing a bank of ``items`` changed; its quiz has the bank's slug."""
    fields = {"id": slug, "title": slug.title(), **header}
    return banks.publish(session, SetHeader.model_validate(fields), items, owner_id, NOW)


# --- The skill model ------------------------------------------------------------------------------

FITTED = SkillParameters(level=0.7, items={"1": ItemParameters(1.0, 0.2)})
WON = Trial(answers=9, learners=2, rung="item difficulties", champion_loss=0.5, challenger_loss=0.4)


def publish_model(session: Session, parameters: SkillParameters = FITTED) -> int:
    """The id of the edition of these parameters, which is now live."""
    return model_editions.publish(session, parameters, WON, NOW).id


# --- Attempts and answers -------------------------------------------------------------------------


def start_attempt(
    session: Session,
    user: models.User,
    quiz: str = "math-screen",
    now: datetime = NOW,
    seed: int = 2,
) -> models.Attempt:
    """The attempt of ``user`` at that quiz, by default 4 questions in 10 minutes."""
    attempt = quizzes.start(session, user.id, quizzes.find(session, quiz), now, Random(seed))
    session.refresh(attempt, ["responses"])
    return attempt


def take_attempt(
    session: Session,
    user: models.User,
    quiz: str = "math-screen",
    now: datetime = NOW,
    right: Sequence[int] = (),
    wrong: Sequence[int] = (),
) -> models.Attempt:
    """An attempt begun at ``now``, answered right and wrong at those positions, and finished.

    Each answer comes a minute after the one before, and the end a minute after the last.
    """
    attempt = start_attempt(session, user, quiz, now)
    at = now
    for position in sorted((*right, *wrong)):
        at += MINUTE
        answer(session, attempt, position, at, is_right=position in right)
    return attempts.close(session, attempt.id, at + MINUTE)


def answer(
    session: Session,
    attempt: models.Attempt,
    position: int,
    now: datetime = NOW + MINUTE,
    *,
    is_right: bool = True,
    seconds_spent: int = 30,
) -> storing.Saved | responses.TooLate:
    """The learner has given the right response, or a wrong one."""
    item = item_at(session, attempt, position)
    response = item.question.right_response() if is_right else wrong_response(item.question)
    return save(session, attempt, position, response, now, seconds_spent)


def save(
    session: Session,
    attempt: models.Attempt,
    position: int,
    response: Response | None,
    now: datetime = NOW + MINUTE,
    seconds_spent: int = 30,
) -> storing.Saved | responses.TooLate:
    """The learner has given ``response``, which names options by their authored place.

    A row that the session had read shows it.
    """
    shown = layouts.shown(item_at(session, attempt, position), attempt.seed, position)
    given = storing.Input(posted(shown, response), seconds_spent)
    saved = responses.save(session, attempt.user_id, attempt.id, position, given, now, GRACE)
    row_at(session, attempt, position)
    return saved


def item_at(session: Session, attempt: models.Attempt, position: int) -> Item:
    """The item that the attempt asks at that position."""
    return attempts.item_of(row_at(session, attempt, position))


def row_at(session: Session, attempt: models.Attempt, position: int) -> models.Response:
    """The stored response at that position."""
    return session.get_one(models.Response, (attempt.id, position), populate_existing=True)


def position_of(session: Session, attempt: models.Attempt, slug: str) -> int:
    """Where in the attempt that item is asked."""
    rows = range(1, len(attempt.responses) + 1)
    return next(each for each in rows if item_at(session, attempt, each).slug == slug)


def wrong_response(question: QuestionType) -> Response:
    """A response that scores 0; where people mark, any that is given."""
    shown, rng = question.render(), Random(1)
    guesses = (shown.guess(rng) for _ in range(1_000))
    return next(each for each in guesses if not question.grade(each).score)


def fields_for(
    session: Session, attempt: models.Attempt, position: int, *, is_right: bool = True
) -> dict[str, list[str]]:
    """The form fields that a browser posts for the right response, or for a wrong one."""
    item = item_at(session, attempt, position)
    response = item.question.right_response() if is_right else wrong_response(item.question)
    return posted(layouts.shown(item, attempt.seed, position), response)


def posted(shown: Interaction, response: Response | None) -> dict[str, list[str]]:
    """The form fields that a browser posts for ``response``."""
    return {name: [*each] for name, each in shown.posted(response).items()} if response else {}
