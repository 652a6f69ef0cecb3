"""A score that comes after its attempt was finished: from a person, or from slow grading."""

from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scoring_rules
from quizapp.domain.scoring import ScoredResponse, total
from quizapp.domain.scoring_rules import GradedResponse
from quizapp.services import banks, evidence, grading, memories, skills
from quizapp.services.memories import ScoredAnswer
from quizapp.services.skills import Learner


def give(
    session: Session,
    learner: Learner,
    attempt: models.Attempt,
    response: models.Response,
    score: float,
    now: datetime,
) -> None:
    """``response`` has ``score`` (0..1), and its finished attempt the sum.

    The first score is evidence on skills, and moves the memory of the item; a later one corrects
    the sum alone: what was learnt from the first is mixed with all that came after it. The caller
    holds learner and attempt, as by ``attempts.held``.
    """
    is_evidence = response.score is None and response.saved_at is not None
    revision = response.item_revision
    item = banks.item_of(session, revision.content_hash, response.draw)
    given = GradedResponse(
        score, response.max_points, item.question.guess_score, True, response.confidence
    )
    rules = scoring_rules.of_plan(attempt.plan)
    response.score, response.points = score, scoring_rules.points_of(given, rules)
    if is_evidence:
        response.evidence_number = evidence.count(session, learner.id) + 1
    session.flush()
    rows = session.execute(_SCORES, {"of": attempt.id})
    grading.store_score(attempt, total(ScoredResponse(*row) for row in rows))
    session.flush()
    if is_evidence and response.saved_at is not None:
        seen = grading.observed(
            item, revision.item_id, revision.difficulty, score, response.saved_at
        )
        skills.learn(session, learner, attempt, [seen], now)
        answer = ScoredAnswer(revision.item_id, score, response.saved_at)
        memories.take_in(session, learner.id, [answer])


_SCORES = select(
    models.Response.score,
    models.Response.max_points,
    models.Response.value.is_not(None),
    func.coalesce(models.Response.points, 0.0),
).where(models.Response.attempt_id == bindparam("of"))
