"""Grading an attempt: the score of every response, the sum, and what it says about skills."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.batch import Batch
from quizapp.domain import scoring_rules
from quizapp.domain.items import Item
from quizapp.domain.mastery import Observation
from quizapp.domain.scoring import AttemptScore, ScoredResponse, total
from quizapp.domain.scoring_rules import NO_RULES, ScoringRules
from quizapp.services import banks
from quizapp.services.memories import ScoredAnswer


@dataclass(frozen=True)
class Graded:
    """What grading found: the attempt's score, and by position the evidence on skills and the
    scored answers to items.

    The answers at ``programs`` are to be run before they have a score.
    """

    score: AttemptScore
    observations: tuple[Observation, ...]
    answers: tuple[ScoredAnswer, ...]
    seconds_on_questions: int
    programs: tuple[int, ...]


def grade(
    session: Session, attempt_id: int, rules: ScoringRules = NO_RULES, taken_in: int = 0
) -> Graded:
    """Every response has its score and points, but for those that await one or were not asked
    for; the caller holds the attempt's lock and stores the sum. What is evidence is numbered on
    from ``taken_in``, the learner's answers that were evidence before.

    What was left blank scores 0 but moves neither a belief on a skill nor a memory: to look at a
    question, flag it and finish is not to get it wrong.
    """
    rows = session.execute(_RESPONSES, {"of": attempt_id})
    marked = [_marked(session, row, rules) for row in rows]
    numbers = count(taken_in + 1)
    scores = [
        {
            "at": each.position,
            "of": attempt_id,
            "given": each.scored.score,
            "points": None if each.scored.score is None else each.scored.points,
            "number": None if each.observation is None else next(numbers),
        }
        for each in marked
    ]
    _STORE_SCORE.run(session.connection(), scores)
    return Graded(
        score=total(each.scored for each in marked),
        observations=tuple(each.observation for each in marked if each.observation is not None),
        answers=tuple(
            ScoredAnswer(each.item_id, each.observation.score, each.observation.answered_at)
            for each in marked
            if each.observation is not None
        ),
        seconds_on_questions=sum(each.seconds_spent for each in marked),
        programs=tuple(each.position for each in marked if each.is_program_to_run),
    )


@dataclass(frozen=True)
class _Marked:
    """One response with its score and points; the score is None while it is awaited."""

    position: int
    item_id: int
    scored: ScoredResponse
    seconds_spent: int
    observation: Observation | None
    is_program_to_run: bool


def _marked(session: Session, row: Any, rules: ScoringRules) -> _Marked:
    item = banks.item_of(session, row.content_hash, row.draw)
    score = item.question.grade(row.value).score
    observation = None
    if row.value is not None and row.saved_at is not None and score is not None:
        observation = observed(item, row.item_id, row.difficulty, score, row.saved_at)
    counted = scored(row, item, score, rules)
    is_to_run = score is None and item.question.graded_by == "a runner"
    return _Marked(row.position, row.item_id, counted, row.seconds_spent, observation, is_to_run)


def scored(row: Any, item: Item, score: float | None, rules: ScoringRules) -> ScoredResponse:
    """What a response with that score counts for; ``row`` has its value, confidence, max_points."""
    if score is None:
        return ScoredResponse(None, row.max_points, is_answered=True, points=0.0)
    is_answered = row.value is not None
    given = scoring_rules.GradedResponse(
        score, row.max_points, item.question.guess_score, is_answered, row.confidence
    )
    points = scoring_rules.points_of(given, rules)
    return ScoredResponse(score, row.max_points, is_answered, points)


def observed(
    item: Item, item_id: int, difficulty: int, score: float, answered_at: datetime
) -> Observation:
    """A scored answer to ``item``, which is stored as ``item_id``, as evidence on its skills."""
    return Observation(
        skills=item.fields.skills,
        score=score,
        difficulty=difficulty,
        guess=item.question.guess_score,
        answered_at=answered_at,
        item=str(item_id),
    )


def store_score(attempt: models.Attempt, score: AttemptScore) -> None:
    """``attempt`` has that score."""
    attempt.points, attempt.max_points = score.points, score.max_points
    attempt.awaiting_count, attempt.awaiting_points = score.unmarked, score.awaiting_points


_RESPONSES = (
    select(
        models.Response.position,
        models.Response.draw,
        models.Response.value,
        models.Response.saved_at,
        models.Response.seconds_spent,
        models.Response.max_points,
        models.Response.confidence,
        models.ItemRevision.item_id,
        models.ItemRevision.content_hash,
        models.ItemRevision.difficulty,
    )
    .join(models.ItemRevision, models.ItemRevision.id == models.Response.item_revision_id)
    .where(models.Response.attempt_id == bindparam("of"))
    .order_by(models.Response.position)
)
_STORE_SCORE = Batch(
    """
    UPDATE response SET score = :given, points = :points, evidence_number = :number
    WHERE attempt_id = :of AND position = :at
    """
)
