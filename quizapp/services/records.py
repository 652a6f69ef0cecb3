"""The record of an attempt: every accepted change, every change of its time, every late answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quizapp.db import models
from quizapp.domain.interactions import CodeEntry, Response
from quizapp.domain.scoring_rules import confidence_lines
from quizapp.services import layouts, verdicts

Kind: TypeAlias = Literal[
    "started", "answered", "cleared", "flagged", "unflagged", "weighed", "added", "pause",
    "resumption", "stage", "lapse", "checked", "recovered", "finished", "self-marked", "marked",
    "tested",
]  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    ``lines`` is the answer after it, readable; ``by`` names who did it, "" for the clock; ``page``
    tells pages of the same person apart; ``is_late`` when it came in the grace.
    """

    at: datetime
    kind: Kind
    by: str
    position: int | None = None
    lines: tuple[str, ...] = ()
    page: str = ""
    is_late: bool = False
    old_ends_at: datetime | None = None
    new_ends_at: datetime | None = None
    reason: str = ""
    is_program: bool = False


def events(session: Session, attempt: models.Attempt) -> tuple[Event, ...]:
    """All that happened in the attempt, in order; the caller has checked who may see it."""
    learner = attempt.user.name
    found = [
        Event(attempt.started_at, "started", learner, new_ends_at=attempt.ends_at),
        *_answers(session, attempt),
        *_times(session, attempt),
        *_recovered(session, attempt),
        *_checks(session, attempt),
        *_marks(session, attempt),
        *_verdicts(session, attempt),
    ]
    if attempt.finished_at is not None:
        by = learner if attempt.closed_by == "learner" else ""
        found.append(Event(attempt.finished_at, "finished", by))
    return tuple(sorted(found, key=lambda event: event.at))


def _answers(session: Session, attempt: models.Attempt) -> Iterator[Event]:
    changes = session.scalars(
        select(models.ResponseChange)
        .options(joinedload(models.ResponseChange.made_by))
        .where(models.ResponseChange.attempt_id == attempt.id)
        .order_by(models.ResponseChange.position, models.ResponseChange.number)
    )
    readable, is_program = _reader(session, attempt.id), _finder_of_programs(session, attempt.id)
    before: models.ResponseChange | None = None
    for change in changes:
        if before is not None and before.position != change.position:
            before = None
        yield Event(
            change.at,
            _kind(before, change),
            change.made_by.name,
            change.position,
            (*readable(change.position, change.value), *confidence_lines(change.confidence)),
            change.client or "",
            change.is_late,
            is_program=is_program(change.position),
        )
        before = change


def _kind(before: models.ResponseChange | None, change: models.ResponseChange) -> Kind:
    """What ``change`` did to the response as ``before`` left it."""
    was_flagged = before is not None and before.is_flagged
    is_same = (before.value if before else None) == change.value
    if is_same and was_flagged != change.is_flagged:
        return "flagged" if change.is_flagged else "unflagged"
    if is_same and (before.confidence if before else None) != change.confidence:
        return "weighed"
    return "cleared" if change.value is None else "answered"


def _times(session: Session, attempt: models.Attempt) -> Iterator[Event]:
    changes: Sequence[models.TimeChange] = session.scalars(
        select(models.TimeChange)
        .options(joinedload(models.TimeChange.made_by))
        .where(models.TimeChange.attempt_id == attempt.id)
    ).all()
    kinds: dict[str, Kind] = {
        "added": "added",
        "pause": "pause",
        "resumption": "resumption",
        "stage": "stage",
        "lapse": "lapse",
    }
    for change in changes:
        yield Event(
            change.at,
            kinds[change.kind],
            "" if change.kind == "lapse" else change.made_by.name,
            change.stage_first,
            old_ends_at=change.old_ends_at,
            new_ends_at=change.new_ends_at,
            reason=change.reason,
        )


def _checks(session: Session, attempt: models.Attempt) -> Iterator[Event]:
    rows = session.execute(
        select(models.Response.checked_at, models.Response.position).where(
            models.Response.attempt_id == attempt.id, models.Response.checked_at.is_not(None)
        )
    )
    for at, position in rows:
        if at is not None:
            yield Event(at, "checked", attempt.user.name, position)


def _recovered(session: Session, attempt: models.Attempt) -> Iterator[Event]:
    rows = session.scalars(
        select(models.RecoveredResponse).where(models.RecoveredResponse.attempt_id == attempt.id)
    )
    readable, is_program = _reader(session, attempt.id), _finder_of_programs(session, attempt.id)
    for row in rows:
        yield Event(
            row.received_at,
            "recovered",
            attempt.user.name,
            row.position,
            readable(row.position, row.value),
            row.client or "",
            is_program=is_program(row.position),
        )


def _marks(session: Session, attempt: models.Attempt) -> Iterator[Event]:
    changes = session.scalars(
        select(models.MarkChange)
        .options(joinedload(models.MarkChange.marked_by))
        .where(models.MarkChange.attempt_id == attempt.id)
        .order_by(models.MarkChange.position, models.MarkChange.kind, models.MarkChange.number)
    )
    kinds: dict[str, Kind] = {"self": "self-marked", "instructor": "marked"}
    for change in changes:
        points = ", ".join(f"{each:g}" for each in change.points)
        lines = (f"Points: {points}", *change.comment.splitlines())
        by = change.marked_by.name
        yield Event(change.at, kinds[change.kind], by, change.position, lines)


def _verdicts(session: Session, attempt: models.Attempt) -> Iterator[Event]:
    """Each program with how many cases of each group it passed."""
    for position, row in verdicts.of_attempt(session, attempt.id).items():
        found = verdicts.read(row)
        groups = found.groups if found else ()
        lines = tuple(f"{each.name}: {each.passed} of {each.total}" for each in groups)
        yield Event(row.graded_at, "tested", "", position, lines)


def _finder_of_programs(session: Session, attempt_id: int) -> Callable[[int], bool]:
    """Tells whether a program is asked for at a position of the attempt."""
    layout = layouts.of(session, attempt_id)
    return lambda position: isinstance(layouts.shown_at(session, layout, position), CodeEntry)


def _reader(
    session: Session, attempt_id: int
) -> Callable[[int, Response | Any | None], tuple[str, ...]]:
    """Reads a stored response of the attempt as lines."""
    layout = layouts.read(session, attempt_id)

    def readable(position: int, value: Response | None) -> tuple[str, ...]:
        return tuple(layouts.shown_at(session, layout, position).lines(value))

    return readable
