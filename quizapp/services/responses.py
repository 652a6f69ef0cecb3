"""Saving what a learner gives while an attempt is open.

The path of most requests: one statement checks the sign-in, whose attempt it is, the deadline and
what is stored, and stores; another adds to the record. Only when it stored nothing is it asked why.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scoring_rules, timing
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.domain.interactions import Interaction, Response
from quizapp.services import clocks, layouts, sign_ins, stages
from quizapp.services.sign_ins import Proof
from quizapp.services.storing import Input, Saved, Sender, store

MOST_RECOVERED = 20
"""How many late answers to one question are kept."""


class AnswerChangedError(ConflictError):
    """What is stored was given at ``saved_at`` by another page, and the sender has not seen it.

    ``stored`` and ``yours`` are both answers in readable lines; who has seen them may save again
    with ``save_count`` as what was seen.
    """

    def __init__(
        self, saved_at: datetime, save_count: int, stored: list[str], yours: list[str]
    ) -> None:
        super().__init__("This answer was changed in another tab or window.")
        self.saved_at, self.save_count = saved_at, save_count
        self.stored, self.yours = stored, yours


class AttemptPausedError(ConflictError):
    """The attempt stands still, and takes no answers until it goes on."""


Closed: TypeAlias = Literal["attempt", "stage", "question"]
"""What takes no more answers: all of the attempt, the stage of the question, or just the question,
of which the learner has seen what is right."""


@dataclass(frozen=True)
class TooLate:
    """Nothing was stored as a response; ``is_recovered`` when it is kept, not counted."""

    is_recovered: bool
    closed: Closed = "attempt"


def prepare(session: Session, attempt_id: int, position: int) -> None:
    """What ``save`` will ask of the attempt is in memory, so that it need not be read while other
    writers wait. Raises NotFoundError when there is no such attempt.
    """
    layout = layouts.of(session, attempt_id)
    if layout.has(position):
        layouts.shown_at(session, layout, position)


def save(
    session: Session,
    sender: Sender,
    attempt_id: int,
    position: int,
    given: Input,
    now: datetime,
    grace: timedelta,
) -> Saved | TooLate:
    """What was posted is stored, unless something newer is or the attempt takes no more.

    Raises SignInError, NotFoundError, AttemptPausedError, AnswerChangedError.
    """
    layout = layouts.of(session, attempt_id)
    saved = None
    if layout.has(position):  # else it may be that of an attempt which had this id before
        saved = store(session, sender, attempt_id, layout, position, given, now, grace)
    return saved or _saved_after_all(session, sender, attempt_id, position, given, now, grace)


def _saved_after_all(
    session: Session,
    sender: Sender,
    attempt_id: int,
    position: int,
    given: Input,
    now: datetime,
    grace: timedelta,
) -> Saved | TooLate:
    """Stored at the second try, from what is known for certain; or told why not."""
    user_id = sign_ins.person(session, sender) if isinstance(sender, Proof) else sender
    attempt, row = _held(session, user_id, attempt_id, position)
    layout = layouts.read(session, attempt_id)
    if given.revision not in (None, layout.at(position).revision_id):
        raise NotFoundError("This answer belongs to an attempt that is gone.")
    shown = layouts.shown_at(session, layout, position)
    value = shown.read(given.fields)
    if attempt.finished_at is not None or timing.is_past_grace(attempt.ends_at, now, grace):
        return TooLate(_recover(session, row, value, given.stamp.client, now))
    if clocks.clock_of(attempt).is_paused(now):
        _require_grace(attempt, now, grace)
    else:
        clocks.end_pause(session, attempt, now)
        stages.catch_up(session, attempt, now)
        session.flush()
    if not stages.takes(attempt, position, now - grace):
        return TooLate(_recover(session, row, value, given.stamp.client, now), "stage")
    if row.checked_at is not None and not _is_stored(row, given, value):
        return TooLate(_recover(session, row, value, given.stamp.client, now), "question")
    saved = store(session, sender, attempt_id, layout, position, given, now, grace)
    return saved or _kept(attempt, row, given, shown, value, now)


def _require_grace(attempt: models.Attempt, now: datetime, grace: timedelta) -> None:
    """The pause is so young that the save was under way. Raises AttemptPausedError."""
    if attempt.paused_at is not None and now - attempt.paused_at >= grace:
        raise AttemptPausedError("This attempt is paused. Go on, then answer.")


def _held(
    session: Session, user_id: int, attempt_id: int, position: int
) -> tuple[models.Attempt, models.Response]:
    """The person's attempt and response, locked until this is stored.

    Against those who close it or came too late as well, but not against saves, which hold the
    attempt already: two saves that both waited for the other's hold would wait for ever.
    """
    row = session.execute(
        select(models.Attempt, models.Response)
        .join(models.Response, models.Response.attempt_id == models.Attempt.id)
        .where(
            models.Attempt.id == attempt_id,
            models.Attempt.user_id == user_id,
            models.Response.position == position,
        )
        .with_for_update(of=models.Attempt, key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFoundError("There is no such question in your attempts.")
    return row[0], row[1]


def _kept(
    attempt: models.Attempt,
    row: models.Response,
    given: Input,
    shown: Interaction,
    value: Response | None,
    now: datetime,
) -> Saved:
    """What stays stored, where it is as good as what was sent. Raises AnswerChangedError."""
    saved_at = row.saved_at or now
    saved = Saved(
        saved_at,
        attempt.ends_at,
        row.value is not None,
        row.save_count,
        stage_first=attempt.stage_first,
        stage_ends_at=attempt.stage_ends_at,
    )
    if _is_stored(row, given, value):
        return saved
    if row.saved_by == given.stamp.client and given.stamp.sequence < row.saved_sequence:
        return replace(saved, is_superseded=True)
    stored = [*shown.lines(row.value), *scoring_rules.confidence_lines(row.confidence)]
    yours = [*shown.lines(value), *scoring_rules.confidence_lines(given.confidence)]
    raise AnswerChangedError(saved_at, row.save_count, stored, yours)


def _is_stored(row: models.Response, given: Input, value: Response | None) -> bool:
    """True when saving ``given``, read as ``value``, would change nothing."""
    is_same = given.is_flagged in (None, row.is_flagged)
    return is_same and given.confidence in (None, row.confidence) and row.value == value


def _recover(
    session: Session,
    row: models.Response,
    value: Response | None,
    client: str,
    now: datetime,
) -> bool:
    """True when ``value`` is kept beside the attempt: an answer, and not the stored one."""
    if value is None or value == row.value:
        return False
    place = {"attempt_id": row.attempt_id, "position": row.position}
    kept = session.scalars(select(models.RecoveredResponse.value).filter_by(**place)).all()
    if value in kept:
        return True
    if len(kept) >= MOST_RECOVERED:
        return False
    session.execute(
        insert(models.RecoveredResponse).values(
            **place, value=value, received_at=now, client=client or None
        )
    )
    return True
