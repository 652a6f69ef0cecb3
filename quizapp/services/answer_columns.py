"""All evidence of all learners as columns, to fit the skill model to.

A million answers take 32 MB, and the rows pass through one by one; NumPy is left to who fits.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import banks, evidence

Integers: TypeAlias = "array[int]"
Floats: TypeAlias = "array[float]"
LEARNERS_AT_ONCE = 200
ROWS_AT_ONCE = 10_000


class KnownItem(NamedTuple):
    """An item by its id, with the authored difficulty and the guess score of its newest revision
    that was answered.
    """

    id: int
    difficulty: int
    guess: float


@dataclass(frozen=True)
class AnswerColumns:
    """One entry an answer: learner by learner, and in the order of the evidence on each.

    ``learner``, ``item`` and ``skills`` count from 0; the latter two are places in ``items`` and
    ``skill_sets``. ``seconds`` are those since 1970, ``score`` is 0..1.
    """

    learner: Integers = field(default_factory=lambda: array("i"))
    item: Integers = field(default_factory=lambda: array("i"))
    skills: Integers = field(default_factory=lambda: array("i"))
    seconds: Floats = field(default_factory=lambda: array("d"))
    score: Floats = field(default_factory=lambda: array("d"))
    items: list[KnownItem] = field(default_factory=list)
    skill_sets: list[tuple[str, ...]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.score)

    @property
    def learners(self) -> int:
        return self.learner[-1] + 1 if self.learner else 0


def read(session: Session, told: Callable[[int], None] = lambda _: None) -> AnswerColumns:
    """All evidence there is; ``told`` hears now and then how many answers were read."""
    columns = AnswerColumns()
    places = _Places(session, columns)
    last_id, learner = None, -1
    for user_id, revision_id, saved_at, score in _rows(session):
        if user_id != last_id:
            last_id, learner = user_id, learner + 1
        place = places[revision_id]
        columns.learner.append(learner)
        columns.item.append(place.item)
        columns.skills.append(place.skills)
        columns.seconds.append(saved_at.timestamp())
        columns.score.append(score)
        if len(columns) % ROWS_AT_ONCE == 0:
            told(len(columns))
    return columns


def _rows(session: Session) -> Iterator[Any]:
    """Evidence of a few learners at a time: what a database must sort stays small."""
    ids: Sequence[int] = session.scalars(_LEARNERS).all()
    for start in range(0, len(ids), LEARNERS_AT_ONCE):
        some = ids[start : start + LEARNERS_AT_ONCE]
        between = {"first": some[0], "last": some[-1]}
        query = _ANSWERS.execution_options(yield_per=ROWS_AT_ONCE)
        yield from session.connection().execute(query, between)


class _Place(NamedTuple):
    item: int
    skills: int


class _Places(dict[int, _Place]):
    """Where a revision's item and skills stand in the columns; put there when first asked for."""

    def __init__(self, session: Session, columns: AnswerColumns) -> None:
        super().__init__()
        self._session, self._columns = session, columns
        self._items: dict[int, int] = {}
        self._newest: dict[int, int] = {}
        self._skill_sets: dict[tuple[str, ...], int] = {}

    def __missing__(self, revision_id: int) -> _Place:
        row = self._session.connection().execute(_REVISION, {"id": revision_id}).one()
        fields = banks.item_of(self._session, row.content_hash, None)
        known = KnownItem(row.item_id, row.difficulty, fields.question.guess_score)
        skills = fields.fields.skills
        if skills not in self._skill_sets:
            self._skill_sets[skills] = len(self._skill_sets)
            self._columns.skill_sets.append(skills)
        place = self[revision_id] = _Place(self._item(known, row.number), self._skill_sets[skills])
        return place

    def _item(self, known: KnownItem, number: int) -> int:
        place = self._items.get(known.id)
        if place is None:
            place = self._items[known.id] = len(self._items)
            self._columns.items.append(known)
        elif number > self._newest[known.id]:
            self._columns.items[place] = known
        self._newest[known.id] = max(number, self._newest.get(known.id, 0))
        return place


_revision = models.ItemRevision.__table__.c
_response, _attempt = models.Response.__table__.c, models.Attempt.__table__.c
_LEARNERS = (select(_attempt.user_id).where(_attempt.finished_at.is_not(None)).distinct()).order_by(
    _attempt.user_id
)
_ANSWERS = evidence.all_of(
    _attempt.user_id, _response.item_revision_id, _response.saved_at, evidence.FIRST_SCORE
).where(_attempt.user_id.between(bindparam("first"), bindparam("last")))
_REVISION = select(
    _revision.item_id, _revision.number, _revision.content_hash, _revision.difficulty
).where(_revision.id == bindparam("id"))
