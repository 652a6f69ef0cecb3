"""The stage that is open in a stored attempt; attempts without stages are open as a whole."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import stages
from quizapp.domain.errors import ConflictError
from quizapp.domain.stages import Opening, Stage, Stages, Step


class StageClosedError(ConflictError):
    """The question is not among those that are open now."""


def of(attempt: models.Attempt) -> Stages:
    """The stages of ``attempt``; none where all its questions are always open."""
    return stages.loaded(attempt.stages)


def opening(attempt: models.Attempt, now: datetime) -> Opening | None:
    """The stage that is open ``now``, whether that is stored yet or not; None without any."""
    stored = _stored(attempt)
    if stored is None:
        return None
    return stages.opening_at(of(attempt), stored, attempt.ends_at, now)


def is_open(attempt: models.Attempt, position: int, now: datetime) -> bool:
    """True when the question at ``position`` may be looked at ``now``."""
    current = opening(attempt, now)
    return current is None or current.stage.has(position)


def takes(attempt: models.Attempt, position: int, ended_after: datetime) -> bool:
    """True when the stored stage takes a save at ``position``, as the statement that saves decides.

    It does so until its time and the grace are over, and so does a stage that has lapsed since.
    """
    if attempt.stage_first is None or attempt.stage_last is None:
        return True
    if attempt.stage_first <= position <= attempt.stage_last:
        return attempt.stage_ends_at is None or attempt.stage_ends_at > ended_after
    if attempt.lapsed_first is None or attempt.lapsed_at is None:
        return False
    return attempt.lapsed_first <= position < attempt.stage_first and (
        attempt.lapsed_at > ended_after
    )


def next_stage(attempt: models.Attempt, current: Opening | None) -> Stage | None:
    """The stage after ``current``; None where there is none."""
    if current is None or current.is_last:
        return None
    return of(attempt)[current.number + 1]


def begin(attempt: models.Attempt, planned: Stages, now: datetime) -> None:
    """The first of ``planned`` is open; without any the attempt is open as a whole.

    The attempt lasts as long as they do together, where they have times.
    """
    if not planned:
        return
    limit = stages.whole_limit(planned)
    if limit is not None and attempt.ends_at is not None:
        attempt.ends_at = min(attempt.ends_at, now + limit)
    attempt.stages = stages.dumped(planned)
    _open(attempt, stages.begun(planned, now, attempt.ends_at))


def catch_up(session: Session, attempt: models.Attempt, now: datetime) -> None:
    """What time alone has opened until ``now`` is stored, once; the caller has locked ``attempt``
    and ended its pause.
    """
    stored = _stored(attempt)
    if stored is None:
        return
    for step in stages.lapses(of(attempt), stored, attempt.ends_at, now):
        take(session, attempt, step)


def next_step(attempt: models.Attempt, now: datetime) -> Step | None:
    """How the attempt, which has caught up, moves on ``now``; None in its last stage."""
    stored = _stored(attempt)
    if stored is None:
        return None
    return stages.moved_on(of(attempt), stored, attempt.ends_at, now)


def take(session: Session, attempt: models.Attempt, step: Step) -> None:
    """The stage of ``step`` is open, and the record says since when."""
    session.add(
        models.TimeChange(
            attempt_id=attempt.id,
            at=step.at,
            made_by_id=attempt.user_id,
            kind="lapse" if step.has_lapsed else "stage",
            stage_first=step.opening.stage.first,
            old_ends_at=attempt.ends_at,
            new_ends_at=step.deadline,
        )
    )
    attempt.lapsed_first = attempt.stage_first if step.has_lapsed else None
    attempt.lapsed_at = step.at if step.has_lapsed else None
    attempt.ends_at = step.deadline
    _open(attempt, step.opening)


def _stored(attempt: models.Attempt) -> Opening | None:
    if attempt.stage_first is None:
        return None
    return stages.at_position(of(attempt), attempt.stage_first, attempt.stage_ends_at)


def _open(attempt: models.Attempt, new: Opening) -> None:
    attempt.stage_first, attempt.stage_last = new.stage.first, new.stage.last
    attempt.stage_ends_at = new.ends_at
