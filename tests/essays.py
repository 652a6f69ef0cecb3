"""An open answer, taken and marked."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.items import Item
from quizapp.services import attempts, marks
from quizapp.services.marks import Given
from tests.factories import (
    MINUTE,
    NOW,
    answer,
    make_bank,
    make_item,
    position_of,
    save,
    start_attempt,
)

SKILL, OTHER_SKILL = "math.statistics.tests", "math.probability.bayes"
TEXT = "First the goals:\n  - fast\n  - right"
ALL, HALF, NONE = {0: "2", 1: "1"}, {0: "1", 1: "0.5"}, {0: "0", 1: "0"}
"""Points for the two criteria of the essay."""
ESSAY = {
    "type": "open-answer",
    "skills": [SKILL],
    "points": 3,
    "stem": "Design an experiment for a new ranking.",
    "rubric": [
        {"text": "Names the metric", "points": 2, "guidance": "Half without a guardrail."},
        {
            "text": "Says how long it runs",
            "points": 1,
            "levels": [
                {"points": 0, "text": "Not at all"},
                {"points": 0.5, "text": "By feeling"},
                {"points": 1, "text": "From its power"},
            ],
        },
    ],
    "model_answer": "The metric is **clicks**.\n\nIt runs for two weeks.",
}


def essay_and_choice(*, with_choice: bool = True) -> list[Item]:
    """An open answer for 3 points and, ``with_choice``, a multiple choice for 1."""
    return [make_item("essay", **ESSAY), *([make_item("choice")] if with_choice else [])]


def take_essay(
    session: Session,
    learner: models.User,
    owner: models.User | None,
    now: datetime = NOW,
    text: str | None = TEXT,
    *,
    with_choice: bool = True,
    is_finished: bool = True,
) -> models.Attempt:
    """An attempt at the bank of ``owner``, answered with ``text`` and the right option.

    The essay is the first question.
    """
    known = select(models.ItemBank.id).where(models.ItemBank.slug == "essays")
    if session.scalar(known) is None:
        items = essay_and_choice(with_choice=with_choice)
        make_bank(session, items, "essays", owner.id if owner else None)
    attempt = _with_the_essay_first(session, learner, now)
    if text is not None:
        save(session, attempt, 1, text, now + MINUTE)
    if with_choice:
        answer(session, attempt, 2, now + MINUTE)
    return attempts.close(session, attempt.id, now + 2 * MINUTE) if is_finished else attempt


def _with_the_essay_first(session: Session, learner: models.User, now: datetime) -> models.Attempt:
    for seed in range(50):
        attempt = start_attempt(session, learner, "essays", now, seed)
        if position_of(session, attempt, "essay") == 1:
            return attempt
        attempts.discard_if_blank(session, attempt.id)
    raise AssertionError("no seed puts the essay first")


def mark_own(
    session: Session,
    attempt: models.Attempt,
    points: Mapping[int, str],
    now: datetime = NOW + 5 * MINUTE,
) -> models.Mark:
    """The learner has marked the essay."""
    return marks.give_own(session, attempt.user_id, attempt.id, 1, points, now)


def mark_as(
    session: Session,
    user: models.User,
    attempt: models.Attempt,
    points: Mapping[int, str],
    now: datetime = NOW + 6 * MINUTE,
    *,
    comment: str = "",
    seen: int = 0,
) -> models.Mark:
    """``user`` has marked the essay as an instructor."""
    given = Given(points, comment, seen)
    return marks.give_as_instructor(session, user, attempt.id, 1, given, now)


def totals(attempt: models.Attempt) -> tuple[float | None, float, int, float]:
    """Points, their maximum, and how many answers for how many points await a mark."""
    return attempt.points, attempt.max_points, attempt.awaiting_count, attempt.awaiting_points
