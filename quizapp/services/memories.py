"""What a learner remembers of each item: stored, and moved by every scored answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.db.batch import Batch
from quizapp.domain import scheduling
from quizapp.domain.scheduling import Memory


class ScoredAnswer(NamedTuple):
    """A scored answer to an item; ``score`` is 0..1."""

    item_id: int
    score: float
    answered_at: datetime


class ItemMemory(NamedTuple):
    """A memory with its history: ``wins`` sums the scores of all ``reviews``, ``fails`` what they
    lacked.
    """

    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime
    reviews: int
    wins: float
    fails: float
    last_score: float

    @property
    def memory(self) -> Memory:
        return Memory(self.stability, self.difficulty, self.reviewed_at, self.due_at)


def take_in(session: Session, user_id: int, answers: Sequence[ScoredAnswer]) -> None:
    """The learner's memories have taken in ``answers`` in order.

    The caller has locked the learner's row: of an item's first answer there is no memory yet.
    """
    if answers:
        held = _of_items(session, user_id, [answer.item_id for answer in answers])
        _store(session, user_id, after(answers, held))


def rebuild(session: Session, user_id: int, answers: Iterable[ScoredAnswer]) -> None:
    """The learner's memories are what ``answers``, all of theirs in order, have left."""
    session.execute(delete(models.ItemMemory).where(models.ItemMemory.user_id == user_id))
    _store(session, user_id, after(answers))


def after(
    answers: Iterable[ScoredAnswer], held: Mapping[int, ItemMemory] | None = None
) -> dict[int, ItemMemory]:
    """The memories that ``answers`` have made or changed, by item; ``held`` were there before."""
    changed: dict[int, ItemMemory] = {}
    for answer in answers:
        before = changed.get(answer.item_id) or (held or {}).get(answer.item_id)
        changed[answer.item_id] = _reviewed(before, answer)
    return changed


def of_learner(session: Session, user_id: int) -> dict[int, ItemMemory]:
    """All memories of the learner, by item."""
    return _read(session, _OF_LEARNER, {"user_id": user_id})


def due_before(session: Session, user_id: int, end: datetime) -> dict[int, ItemMemory]:
    """The learner's memories that are due before ``end``, by item, the longest due first."""
    return _read(session, _DUE, {"user_id": user_id, "end": end})


def _of_items(session: Session, user_id: int, item_ids: Sequence[int]) -> dict[int, ItemMemory]:
    return _read(session, _OF_ITEMS, {"user_id": user_id, "item_ids": item_ids})


def _reviewed(before: ItemMemory | None, answer: ScoredAnswer) -> ItemMemory:
    memory = scheduling.reviewed(before and before.memory, answer.score, answer.answered_at)
    reviews, wins, fails = (before.reviews, before.wins, before.fails) if before else (0, 0.0, 0.0)
    score = answer.score
    return ItemMemory(*memory, reviews + 1, wins + score, fails + (1 - score), score)


def _store(session: Session, user_id: int, memories: Mapping[int, ItemMemory]) -> None:
    rows = [
        {"user_id": user_id, "item_id": item_id, **each._asdict()}
        for item_id, each in memories.items()
    ]
    _REMEMBER.run(session.connection(), rows)


def _read(
    session: Session, query: Select[Any], known: Mapping[str, object]
) -> dict[int, ItemMemory]:
    rows = session.connection().execute(query, known)
    return {item_id: ItemMemory(*values) for item_id, *values in rows}


# Statements on columns, made once: rows as objects would cost a page most of its time.
_memory = models.ItemMemory.__table__.c
_OF_LEARNER = select(_memory.item_id, *(_memory[name] for name in ItemMemory._fields)).where(
    _memory.user_id == bindparam("user_id")
)
_OF_ITEMS = _OF_LEARNER.where(_memory.item_id.in_(bindparam("item_ids", expanding=True)))
_DUE = _OF_LEARNER.where(_memory.due_at < bindparam("end")).order_by(
    _memory.due_at, _memory.item_id
)
_REMEMBER = Batch(
    """
    INSERT INTO item_memory (
        user_id, item_id, stability, difficulty, reviewed_at, due_at,
        reviews, wins, fails, last_score
    ) VALUES (
        :user_id, :item_id, :stability, :difficulty, :reviewed_at, :due_at,
        :reviews, :wins, :fails, :last_score
    )
    ON CONFLICT (user_id, item_id) DO UPDATE SET
        stability = excluded.stability, difficulty = excluded.difficulty,
        reviewed_at = excluded.reviewed_at, due_at = excluded.due_at, reviews = excluded.reviews,
        wins = excluded.wins, fails = excluded.fails, last_score = excluded.last_score
    """,
    reviewed_at=UtcDateTime(),
    due_at=UtcDateTime(),
)
