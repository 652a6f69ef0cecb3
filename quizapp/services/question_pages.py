"""One question of a running attempt, with the strip of all its questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from sqlalchemy import bindparam, case, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import timing
from quizapp.domain.errors import AttemptClosedError, NotFoundError
from quizapp.domain.interactions import Interaction, Response
from quizapp.domain.items import Item
from quizapp.domain.stages import Opening
from quizapp.services import banks, clocks, layouts, stages
from quizapp.services.responses import AttemptPausedError
from quizapp.services.stages import StageClosedError

Access: TypeAlias = Literal["open", "done", "later"]
"""Whether the stage of a question is open, over or still to come."""


@dataclass(frozen=True)
class StripEntry:
    """One square of the question strip; not ``is_scored`` where there is only something to read."""

    position: int
    is_answered: bool
    is_flagged: bool
    access: Access = "open"
    is_checked: bool = False
    is_scored: bool = True

    @property
    def is_left(self) -> bool:
        """True while it asks something, is blank, and may still be answered."""
        is_closed = self.access == "done" or self.is_answered or self.is_checked
        return self.is_scored and not is_closed


class Given(Protocol):
    """What a stored response holds, and who saved it how often."""

    position: int
    item_revision_id: int
    value: Response | None
    is_flagged: bool
    confidence: int | None
    save_count: int
    saved_by: str | None
    saved_sequence: int
    saved_at: datetime | None
    checked_at: datetime | None
    seconds_spent: int
    max_points: float


@dataclass(frozen=True)
class QuestionPage:
    """All that the page of one question needs; no key is in ``interaction`` or ``state``."""

    attempt: models.Attempt
    position: int
    item: Item
    interaction: Interaction
    given: Given
    strip: tuple[StripEntry, ...]
    opening: Opening | None

    @property
    def count(self) -> int:
        return len(self.strip)


_GIVEN = (
    models.Response.position,
    models.Response.item_revision_id,
    models.Response.value.is_not(None).label("is_answered"),
    case((models.Response.position == bindparam("position"), models.Response.value)).label("value"),
    models.Response.is_flagged,
    models.Response.confidence,
    models.Response.save_count,
    models.Response.saved_by,
    models.Response.saved_sequence,
    models.Response.saved_at,
    models.Response.checked_at,
    models.Response.seconds_spent,
    models.Response.max_points,
)
_PAGE = (
    select(models.Attempt, *_GIVEN)
    .join(models.Response, models.Response.attempt_id == models.Attempt.id)
    .where(
        models.Attempt.id == bindparam("attempt_id"), models.Attempt.user_id == bindparam("user_id")
    )
    .order_by(models.Response.position)
)
_STRIP = (
    select(
        models.Response.position,
        models.Response.value.is_not(None),
        models.Response.is_flagged,
        models.Response.checked_at.is_not(None),
        models.Response.max_points > 0,
    )
    .where(models.Response.attempt_id == bindparam("attempt_id"))
    .order_by(models.Response.position)
)


def question_page(
    session: Session, user_id: int, attempt_id: int, position: int, now: datetime
) -> QuestionPage:
    """One question of a running attempt.

    Raises NotFoundError, AttemptClosedError once it is over, AttemptPausedError during a pause,
    StageClosedError for a question that is not open yet, or no more.
    """
    place = {"user_id": user_id, "attempt_id": attempt_id, "position": position}
    rows = session.execute(_PAGE, place).all()
    if not 1 <= position <= len(rows):
        raise NotFoundError("There is no such attempt, or no such question in it, among yours.")
    attempt: models.Attempt = rows[0][0]
    if attempt.finished_at is not None or timing.is_over(attempt.ends_at, now):
        raise AttemptClosedError("This attempt is finished.")
    if clocks.clock_of(attempt).is_paused(now):
        raise AttemptPausedError("This attempt is paused.")
    opening = stages.opening(attempt, now)
    if opening is not None and not opening.stage.has(position):
        raise StageClosedError(_CLOSED[_access(position, opening)])
    layout = layouts.of(session, attempt_id)
    given = rows[position - 1]
    if len(layout.asked) != len(rows) or layout.at(position).revision_id != given.item_revision_id:
        layout = layouts.read(session, attempt_id)  # of an attempt that had this id before
    _, content_hash, draw = layout.at(position)
    return QuestionPage(
        attempt=attempt,
        position=position,
        item=banks.item_of(session, content_hash, draw),
        interaction=layouts.shown_at(session, layout, position),
        given=given,
        strip=tuple(
            StripEntry(
                row.position,
                bool(row.is_answered),
                row.is_flagged,
                _access(row.position, opening),
                row.checked_at is not None,
                is_scored=row.max_points > 0,
            )
            for row in rows
        ),
        opening=opening,
    )


_CLOSED: Mapping[Access, str] = {
    "done": "That question is closed, and there is no way back. This is what is open now.",
    "later": "That question is not open yet. This is what is open now.",
}


def strip(
    session: Session, attempt_id: int, opening: Opening | None = None
) -> tuple[StripEntry, ...]:
    """Every question of the attempt: answered, flagged, and open as ``opening`` says."""
    rows = session.execute(_STRIP, {"attempt_id": attempt_id})
    return tuple(
        StripEntry(
            position, bool(given), flagged, _access(position, opening), bool(checked), bool(scored)
        )
        for position, given, flagged, checked, scored in rows
    )


def _access(position: int, opening: Opening | None) -> Access:
    if opening is None or opening.stage.has(position):
        return "open"
    return "done" if position < opening.stage.first else "later"


def resume_position(entries: Sequence[StripEntry]) -> int:
    """The first open question without an answer, or what introduces it; the first open one when all
    have one.
    """
    open_now = [each for each in entries if each.access == "open"]
    place = next((place for place, each in enumerate(open_now) if each.is_left), 0)
    while place and not open_now[place - 1].is_scored:
        place -= 1
    return open_now[place].position
