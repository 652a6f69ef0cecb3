"""Feedback after each question: the answer is final, and then its learner sees what is right."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scoring, scoring_rules, timing
from quizapp.domain.errors import AttemptClosedError, ConflictError
from quizapp.domain.interactions import Interaction, Response
from quizapp.domain.items import Item
from quizapp.domain.question import Review
from quizapp.domain.scoring import Outcome
from quizapp.services import clocks, grading, stages
from quizapp.services.responses import AttemptPausedError
from quizapp.services.stages import StageClosedError


class Answered(Protocol):
    """What grading needs of a stored response."""

    value: Response | None
    confidence: int | None
    max_points: float


@dataclass(frozen=True)
class Feedback:
    """What was right, and what the answer will count for once the attempt is finished.

    ``points`` are None while the answer awaits its score, which a runner finds where
    ``is_run_later``, and else a person.
    """

    review: Review
    outcome: Outcome
    points: float | None
    max_points: float
    is_run_later: bool = False


def is_given(attempt: models.Attempt) -> bool:
    """True when answers of ``attempt`` may be checked before it is finished."""
    return attempt.plan.get("feedback") == "each"


def check(
    session: Session, user_id: int, attempt_id: int, position: int, seen: int, now: datetime
) -> bool:
    """True when the answer is final from now on, or was before: the one with ``seen`` as its
    ``save_count``, so that nobody checks an answer that they have not seen.

    Raises NotFoundError, AttemptClosedError, AttemptPausedError, StageClosedError, ConflictError
    where the quiz gives no feedback before its end.
    """
    attempt = clocks.held(session, attempt_id, models.Attempt.user_id == user_id)
    if not is_given(attempt):
        raise ConflictError("This quiz shows what is right at its end.")
    if clocks.clock_of(attempt).is_paused(now):
        raise AttemptPausedError("This attempt is paused. Go on, then check the answer.")
    if timing.is_over(attempt.ends_at, now):
        raise AttemptClosedError("The time is up.")
    if not stages.is_open(attempt, position, now):
        raise StageClosedError("That question is not open.")
    place = (models.Response.attempt_id == attempt_id, models.Response.position == position)
    is_seen = (
        models.Response.checked_at.is_(None),
        models.Response.save_count == seen,
        models.Response.max_points > 0,  # else there is nothing to check
    )
    session.execute(update(models.Response).where(*place, *is_seen).values(checked_at=now))
    row = session.get(models.Response, (attempt_id, position), populate_existing=True)
    return row is not None and row.checked_at is not None


def of(item: Item, interaction: Interaction, given: Answered, attempt: models.Attempt) -> Feedback:
    """The feedback on a checked answer, as grading the attempt will have it."""
    score = item.question.grade(given.value).score
    rules = scoring_rules.of_plan(attempt.plan)
    scored = grading.scored(given, item, score, rules)
    return Feedback(
        review=item.question.review(given.value, interaction),
        outcome=scoring.outcome(score, is_answered=given.value is not None),
        points=None if score is None else scored.points,
        max_points=given.max_points,
        is_run_later=score is None and item.question.graded_by == "a runner",
    )
