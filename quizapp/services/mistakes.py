"""The mistake notebook: what a learner missed last, why, and their own words on it.

It tells of finished attempts alone, whose learners may see what was right; of one that is open it
would tell how it stands.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, delete, or_, select, tuple_
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.db.batch import Batch
from quizapp.domain import mistakes
from quizapp.domain.errors import NotFoundError
from quizapp.domain.items import Item
from quizapp.domain.mistakes import Mistake, Note, PastResponse
from quizapp.domain.taxonomy import Skill, Taxonomy
from quizapp.services import banks, taxonomies

PAGE_SIZE = 20
NO_CAUSE = "none"


@dataclass(frozen=True)
class Filter:
    """Which mistakes to list: with a cause (or ``NO_CAUSE``), on a skill; page counts from 1."""

    cause: str | None = None
    skill: str | None = None
    page: int = 1


class Entry(NamedTuple):
    """One mistake as it is shown: what was asked, in which attempt, and the note."""

    mistake: Mistake
    skill: Skill
    item: Item
    attempt_title: str
    note: Note

    @property
    def item_id(self) -> int:
        return self.mistake.response.item_id


@dataclass(frozen=True)
class Notebook:
    """One page of mistakes, the newest first, and how many there are by cause and by skill.

    ``count`` is of those that are ``wanted``, ``total`` of all.
    """

    entries: Sequence[Entry]
    wanted: Filter
    count: int
    total: int
    causes: Mapping[str, int]
    skills: Sequence[tuple[Skill, int]]

    @property
    def has_more(self) -> bool:
        return self.wanted.page * PAGE_SIZE < self.count


class _Known(NamedTuple):
    mistake: Mistake
    skill: Skill
    note: Note


def notebook(session: Session, user_id: int, wanted: Filter) -> Notebook:
    """The learner's mistakes that are ``wanted``."""
    known = _all(session, user_id)
    chosen = [each for each in known if _is_wanted(each, wanted)]
    start = (wanted.page - 1) * PAGE_SIZE
    skills = Counter(each.skill for each in known)
    return Notebook(
        entries=_entries(session, chosen[start : start + PAGE_SIZE]),
        wanted=wanted,
        count=len(chosen),
        total=len(known),
        causes=Counter(each.note.cause or NO_CAUSE for each in known),
        skills=sorted(skills.items(), key=lambda each: each[0].name),
    )


def find(session: Session, user_id: int, item_id: int) -> Entry:
    """The learner's mistake on that item. Raises NotFoundError where there is none."""
    known = [each for each in _all(session, user_id) if each.mistake.response.item_id == item_id]
    if not known:
        raise NotFoundError("There is no such mistake in your notebook.")
    return _entries(session, known)[0]


def write(session: Session, user_id: int, item_id: int, note: Note, now: datetime) -> None:
    """The note is kept with the item, in the place of another; an empty one takes it away.

    Raises NotFoundError where the learner has not missed that item.
    """
    find(session, user_id, item_id)
    place = {"user_id": user_id, "item_id": item_id}
    if note == Note():
        session.execute(delete(models.MistakeNote).filter_by(**place))
        return
    _WRITE.run(
        session.connection(),
        [{**place, "cause": note.cause, "note": note.text, "now": now}],
    )


def _is_wanted(each: _Known, wanted: Filter) -> bool:
    cause = each.note.cause or NO_CAUSE
    return wanted.cause in (None, cause) and wanted.skill in (None, each.skill.id)


def _all(session: Session, user_id: int) -> list[_Known]:
    """Every mistake of the learner on a skill that there still is, the newest first."""
    taxonomy, notes = taxonomies.current(session), _notes(session, user_id)
    rows = session.connection().execute(_PAST, {"user_id": user_id}).all()
    skills = {item_id: skill for item_id, *_, skill in rows}
    found = mistakes.latest(PastResponse(*past) for *past, _ in rows)
    return [
        _known(each, taxonomy, skills, notes)
        for each in found
        if taxonomy.has(skills[each.response.item_id])
    ]


def _known(
    mistake: Mistake, taxonomy: Taxonomy, skills: Mapping[int, str], notes: Mapping[int, Note]
) -> _Known:
    item_id = mistake.response.item_id
    return _Known(mistake, taxonomy.skill(skills[item_id]), notes.get(item_id, Note()))


def _notes(session: Session, user_id: int) -> dict[int, Note]:
    rows = session.connection().execute(_NOTES, {"user_id": user_id})
    return {item_id: Note(cause, text) for item_id, cause, text in rows}


def _entries(session: Session, known: Iterable[_Known]) -> list[Entry]:
    """The mistakes with what was asked, in the same order."""
    known = list(known)
    places = [(each.mistake.response.attempt_id, each.mistake.response.position) for each in known]
    rows = session.connection().execute(_ASKED, {"places": places}) if places else ()
    asked = {(attempt_id, position): rest for attempt_id, position, *rest in rows}
    return [_entry(session, each, *asked[place]) for each, place in zip(known, places, strict=True)]


def _entry(
    session: Session, known: _Known, content_hash: str, draw: str | None, title: str
) -> Entry:
    item = banks.item_of(session, content_hash, draw)
    return Entry(known.mistake, known.skill, item, title, known.note)


# Statements on columns, made once: rows as objects would cost a page most of its time.
_response, _attempt, _revision, _skill, _note = (
    model.__table__.c
    for model in (
        models.Response,
        models.Attempt,
        models.ItemRevision,
        models.ItemSkill,
        models.MistakeNote,
    )
)
_PAST = (
    select(
        _revision.item_id,
        _response.attempt_id,
        _response.position,
        _response.score,
        _response.value.is_not(None),
        or_(_response.seconds_spent > 0, _response.is_flagged),
        _attempt.closed_by == "deadline",
        _attempt.finished_at,
        _skill.skill_id,
    )
    .select_from(models.Attempt.__table__)
    .join(models.Response.__table__, _response.attempt_id == _attempt.id)
    .join(models.ItemRevision.__table__, _revision.id == _response.item_revision_id)
    .join(
        models.ItemSkill.__table__, and_(_skill.revision_id == _revision.id, _skill.position == 0)
    )
    .where(
        _attempt.user_id == bindparam("user_id"),
        _attempt.finished_at.is_not(None),
        _response.score.is_not(None),
    )
    .order_by(_attempt.finished_at, _attempt.id, _response.position.desc())
)
_NOTES = select(_note.item_id, _note.cause, _note.note).where(_note.user_id == bindparam("user_id"))
_ASKED = (
    select(
        _response.attempt_id,
        _response.position,
        _revision.content_hash,
        _response.draw,
        _attempt.title,
    )
    .select_from(models.Response.__table__)
    .join(models.Attempt.__table__, _attempt.id == _response.attempt_id)
    .join(models.ItemRevision.__table__, _revision.id == _response.item_revision_id)
    .where(
        tuple_(_response.attempt_id, _response.position).in_(bindparam("places", expanding=True))
    )
)
_WRITE = Batch(
    """
    INSERT INTO mistake_note (user_id, item_id, cause, note, written_at)
    VALUES (:user_id, :item_id, :cause, :note, :now)
    ON CONFLICT (user_id, item_id) DO UPDATE SET
        cause = excluded.cause, note = excluded.note, written_at = excluded.written_at
    """,
    now=UtcDateTime(),
)
