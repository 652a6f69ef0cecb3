"""Answers that await an instructor, and those that one has marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.domain.interactions import Interaction, Response
from quizapp.domain.items import Item
from quizapp.domain.question_types import question_types
from quizapp.domain.rubrics import RubricQuestion
from quizapp.services import banks, layouts

PAGE_SIZE = 50


@dataclass(frozen=True)
class ListedAnswer:
    """One answer in the list; ``stem`` is Markdown, ``bank`` a title."""

    attempt_id: int
    position: int
    learner: str
    quiz: str
    bank: str
    stem: str
    finished_at: datetime


@dataclass(frozen=True)
class Counts:
    """How many answers await an instructor's mark, and how many have one."""

    awaiting: int
    marked: int


@dataclass(frozen=True)
class Answer:
    """One answer with its question; the learner's own mark is there once an instructor's is."""

    attempt: models.Attempt
    position: int
    item: Item
    question: RubricQuestion
    interaction: Interaction
    value: Response
    bank: str
    mark: models.Mark | None
    own_mark: models.Mark | None

    @property
    def learner(self) -> models.User:
        return self.attempt.user


def counts(session: Session, user: models.User) -> Counts:
    """How many answers ``user`` answers for."""
    is_marked = _has_instructors_mark()
    awaiting, marked = session.execute(
        _answers(
            user,
            func.count().filter(~is_marked),
            func.count().filter(is_marked),
        )
    ).one()
    return Counts(awaiting, marked)


def awaiting(
    session: Session, user: models.User, page: int = 1, page_size: int = PAGE_SIZE
) -> Sequence[ListedAnswer]:
    """One page of the answers without an instructor's mark, the oldest first."""
    query = _listed(user).where(~_has_instructors_mark())
    order = (models.Attempt.finished_at, models.Attempt.id, models.Response.position)
    return _page(session, query.order_by(*order), page, page_size)


def marked(
    session: Session, user: models.User, page: int = 1, page_size: int = PAGE_SIZE
) -> Sequence[ListedAnswer]:
    """One page of the answers that an instructor has marked, the last attempts first."""
    query = _listed(user).where(_has_instructors_mark())
    order = (models.Attempt.finished_at.desc(), models.Attempt.id.desc(), models.Response.position)
    return _page(session, query.order_by(*order), page, page_size)


def find(session: Session, user: models.User, attempt_id: int, position: int) -> Answer:
    """The answer, where ``user`` answers for its question. Raises NotFoundError."""
    of_place = (models.Attempt.id == attempt_id, models.Response.position == position)
    columns = (
        models.Attempt,
        models.Response.value,
        models.Response.draw,
        models.ItemRevision.content_hash,
        models.ItemBank.title,
    )
    query = _answers(user, *columns).options(contains_eager(models.Attempt.user))
    row = session.execute(query.where(*of_place)).one_or_none()
    if row is None:
        raise NotFoundError("There is no such answer among those that you mark.")
    attempt, value, draw, content_hash, bank = row
    item = banks.item_of(session, content_hash, draw)
    if not isinstance(item.question, RubricQuestion):
        raise NotFoundError("This question is not marked by people.")
    mark = session.get(models.Mark, (attempt_id, position, "instructor"))
    own_mark = session.get(models.Mark, (attempt_id, position, "self")) if mark else None
    shown = layouts.shown_of(session, content_hash, draw, attempt.seed, position)
    return Answer(attempt, position, item, item.question, shown, value, bank, mark, own_mark)


def _listed(user: models.User) -> Select[*tuple[Any, ...]]:
    return _answers(
        user,
        models.Response.attempt_id,
        models.Response.position,
        models.Response.draw,
        models.User.name,
        models.Attempt.title.label("quiz"),
        models.ItemBank.title.label("bank"),
        models.ItemRevision.content_hash,
        models.ItemRevision.content,
        models.Attempt.finished_at,
    )


def _page(
    session: Session, query: Select[*tuple[Any, ...]], page: int, page_size: int
) -> list[ListedAnswer]:
    rows = session.execute(query.offset((page - 1) * page_size).limit(page_size)).all()
    return [_listed_answer(session, row) for row in rows]


def _listed_answer(session: Session, row: Any) -> ListedAnswer:
    banks.parsed(row.content_hash, row.content)  # known from now on, without another query
    return ListedAnswer(
        attempt_id=row.attempt_id,
        position=row.position,
        learner=row.name,
        quiz=row.quiz,
        bank=row.bank,
        stem=banks.item_of(session, row.content_hash, row.draw).question.stem,
        finished_at=row.finished_at,
    )


def _answers(user: models.User, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Given answers of finished attempts to questions that people mark, as far as ``user`` answers
    for them; never their own.
    """
    return (
        select(*columns)
        .select_from(models.Response)
        .join(models.Attempt, models.Attempt.id == models.Response.attempt_id)
        .join(models.User, models.User.id == models.Attempt.user_id)
        .join(models.ItemRevision, models.ItemRevision.id == models.Response.item_revision_id)
        .join(models.Item, models.Item.id == models.ItemRevision.item_id)
        .join(models.ItemBank, models.ItemBank.id == models.Item.bank_id)
        .where(
            models.ItemRevision.kind.in_(_kinds()),
            models.Attempt.finished_at.is_not(None),
            models.Response.value.is_not(None),
            models.Attempt.user_id != user.id,
            _is_answered_for_by(user),
        )
    )


def _is_answered_for_by(user: models.User) -> ColumnElement[bool]:
    """Who owns a bank marks its answers; those to banks without an owner, administrators."""
    is_owner = models.ItemBank.owner_id == user.id
    return or_(is_owner, models.ItemBank.owner_id.is_(None)) if user.is_admin else is_owner


def _has_instructors_mark() -> ColumnElement[bool]:
    return exists().where(
        and_(
            models.Mark.attempt_id == models.Response.attempt_id,
            models.Mark.position == models.Response.position,
            models.Mark.kind == "instructor",
        )
    )


def _kinds() -> list[str]:
    return [kind for kind, each in question_types().items() if issubclass(each, RubricQuestion)]
