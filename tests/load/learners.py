"""Who takes the exams: accounts, sign-ins and attempts by the thousand, written to the database.

The first of a crowd is brought into its state by the services, as a person would be; the others
are copies of its rows, made by the database itself.
"""

from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from random import Random
from typing import Any

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import ColumnElement, Table, func, insert, literal, select, true, update

from quizapp import create_app
from quizapp.cli.serving import prepare_database
from quizapp.config import Config
from quizapp.db import models
from quizapp.db.transaction import transaction
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.items import Item
from quizapp.services import accounts, quizzes
from quizapp.web import signing_in
from tests.factories import wrong_response

QUIZ = "exam-of-20"
QUESTIONS = 20
MINUTES = 120
CSRF_SECRET = "0" * 40


@dataclass(frozen=True)
class Crowd:
    """Learners with ids in a row, and the cookies that sign them in."""

    first_id: int
    cookies: Sequence[str]

    def __len__(self) -> int:
        return len(self.cookies)

    @property
    def ids(self) -> range:
        return range(self.first_id, self.first_id + len(self.cookies))


@dataclass(frozen=True)
class Sitting:
    """A crowd of whom each has one attempt at the quiz, with ids in a row as well."""

    crowd: Crowd
    first_attempt_id: int

    @property
    def attempt_ids(self) -> range:
        return range(self.first_attempt_id, self.first_attempt_id + len(self.crowd))


class School:
    """The database of a server that does not run yet, or runs beside."""

    def __init__(self, config: Config) -> None:
        self.app: Flask = create_app(config)
        with self.app.app_context():
            with redirect_stdout(StringIO()):
                prepare_database(config)
            with transaction() as session_:
                _add_quiz(session_)

    def csrf_token(self) -> str:
        """What any of the learners may post."""
        with self.app.test_request_context():
            session["csrf_token"] = CSRF_SECRET
            token: str = generate_csrf()
            return token

    def enrol(self, count: int) -> Crowd:
        """So many new learners, all signed in."""
        now = datetime.now(UTC)
        with self.app.app_context(), transaction() as stored:
            first_id = (stored.scalar(select(func.max(models.User.id))) or 0) + 1
            ids = range(first_id, first_id + count)
            stored.execute(insert(models.User), [_account(id_, now) for id_ in ids])
            _count_on(stored, table_of(models.User))
            users = stored.scalars(
                select(models.User).where(models.User.id.in_(ids)).order_by(models.User.id)
            )
            tokens = [(user, accounts.sign_in(stored, user, "bench", now)) for user in users]
        return Crowd(first_id, self._cookies(tokens))

    def seat(self, crowd: Crowd, *, is_answered: bool = False) -> Sitting:
        """Each of the crowd has an open attempt, answered to the end or not at all."""
        with self.app.app_context():
            with transaction() as stored:
                attempt = begin(stored, crowd.first_id, datetime.now(UTC), Random(crowd.first_id))
                if is_answered:
                    answer_all(stored, attempt.id, datetime.now(UTC), Random(crowd.first_id))
            with transaction() as stored:
                base = (stored.scalar(select(func.max(models.Attempt.id))) or 0) + 1
                _copy_attempt(stored, attempt.id, base - crowd.first_id - 1, crowd.ids[1:])
        if attempt.id != base - 1:
            raise RuntimeError("somebody else is using this database")
        return Sitting(crowd, attempt.id)

    def _cookies(self, tokens: Sequence[tuple[models.User, str]]) -> list[str]:
        """What a browser sends after each of these sign-ins."""
        name = self.app.config["SESSION_COOKIE_NAME"]
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        found = []
        with self.app.test_request_context():
            for user, token in tokens:
                signing_in.begin(user, token)
                session["csrf_token"] = CSRF_SECRET
                found.append(f"{name}={signer.dumps(dict(session))}")
        return found


def begin(stored: Any, user_id: int, at: datetime, rng: Random) -> models.Attempt:
    """The learner's new attempt at the quiz of 20 questions."""
    return quizzes.start(stored, user_id, quizzes.find(stored, QUIZ), at, rng)


def answer_all(stored: Any, attempt_id: int, at: datetime, rng: Random) -> None:
    """Every question of the attempt has been answered, about two thirds of them right."""
    response, revision = models.Response, models.ItemRevision
    rows = stored.execute(
        select(response.position, revision.content)
        .join(revision, revision.id == response.item_revision_id)
        .where(response.attempt_id == attempt_id)
    ).all()
    for position, content in rows:
        question = Item.parse(content).question
        if not question.is_scored:
            continue
        value = question.right_response() if rng.random() < 2 / 3 else wrong_response(question)
        stored.execute(
            update(response)
            .where(response.attempt_id == attempt_id, response.position == position)
            .values(value=value, saved_at=at, save_count=1, seconds_spent=rng.randrange(20, 90))
            .execution_options(synchronize_session=False)
        )


def copied(
    table: Table, changes: Mapping[str, Any], *where: Any, beside: Table | None = None
) -> Any:
    """The statement that adds copies of rows, with ``changes``: values or expressions by column."""
    names = [column.name for column in table.columns]
    columns = [_column(table.c[name], changes.get(name, table.c[name])) for name in names]
    query = select(*columns).where(*where)
    if beside is not None:
        query = query.select_from(table.join(beside, true()))
    return insert(table).from_select(names, query, include_defaults=False)


def table_of(model: type[Any]) -> Table:
    """The table of a model."""
    found: Table = model.__table__
    return found


def _column(column: Any, value: Any) -> Any:
    return value if isinstance(value, ColumnElement) else literal(value, column.type)


def _copy_attempt(stored: Any, attempt_id: int, shift: int, user_ids: range) -> None:
    """Each of ``user_ids`` has a copy of the attempt, with the person's id + ``shift``."""
    if not user_ids:
        return
    attempt, response = table_of(models.Attempt), table_of(models.Response)
    user = table_of(models.User)
    is_wanted = user.c.id.between(user_ids[0], user_ids[-1])
    own = {"id": user.c.id + shift, "user_id": user.c.id}
    stored.execute(copied(attempt, own, attempt.c.id == attempt_id, is_wanted, beside=user))
    own = {"attempt_id": user.c.id + shift}
    of_attempt = response.c.attempt_id == attempt_id
    stored.execute(copied(response, own, of_attempt, is_wanted, beside=user))
    _count_on(stored, attempt)


def _count_on(stored: Any, table: Table) -> None:
    """PostgreSQL's next id of ``table`` follows the last one; SQLite sees to that itself."""
    if stored.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        stored.execute(
            select(func.setval(sequence, select(func.max(table.c.id)).scalar_subquery()))
        )


def _account(id_: int, now: datetime) -> dict[str, Any]:
    return {
        "id": id_,
        "email": f"learner-{id_}@example.org",
        "name": f"Learner {id_}",
        "password_hash": "none",
        "role": "learner",
        "created_at": now,
    }


def _add_quiz(stored: Any) -> None:
    bank = stored.scalars(select(models.ItemBank).where(models.ItemBank.slug == "ml")).one()
    plan = QuizPlan(sections=(PlanSection(questions=QUESTIONS),), minutes=MINUTES)
    stored.add(
        models.Quiz(
            slug=QUIZ,
            kind="ready-made",
            title="Exam of 20 questions",
            plan=plan.model_dump(mode="json"),
            bank_id=bank.id,
            created_at=datetime.now(UTC),
        )
    )
