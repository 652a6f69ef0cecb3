"""A finished attempt as its learner sees it: the score by bank and skill, every question."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quizapp.db import models
from quizapp.domain import scoring
from quizapp.domain.interactions import Interaction
from quizapp.domain.items import Item
from quizapp.domain.question import Review
from quizapp.domain.scoring import AttemptScore, Outcome, ScoredResponse
from quizapp.domain.taxonomy import Skill, Taxonomy
from quizapp.services import attempts, layouts, skills, taxonomies
from quizapp.services.skills import SkillEstimate


@dataclass(frozen=True)
class ReviewedQuestion:
    """One question with what was given, what was right and why; ``bank`` is a title."""

    position: int
    bank: str
    item: Item
    skill: Skill
    interaction: Interaction
    review: Review
    outcome: Outcome
    points: float
    max_points: float
    seconds_spent: int
    is_flagged: bool


@dataclass(frozen=True)
class GroupScore:
    """The score on the questions of one bank or skill."""

    name: str
    score: AttemptScore


@dataclass(frozen=True)
class SkillScore:
    """The score on one skill, and where the learner stands on it now."""

    score: AttemptScore
    now: SkillEstimate


@dataclass(frozen=True)
class Result:
    """A finished attempt."""

    attempt: models.Attempt
    score: AttemptScore
    by_bank: tuple[GroupScore, ...]
    by_skill: tuple[SkillScore, ...]
    questions: tuple[ReviewedQuestion, ...]
    previous_percent: int | None
    """Percent of the attempt before it at the same quiz; None at the first."""

    @property
    def seconds_used(self) -> int:
        """From start to end; of an untimed attempt the time on its questions."""
        if self.attempt.ends_at is None:
            return sum(question.seconds_spent for question in self.questions)
        end = self.attempt.finished_at or self.attempt.started_at
        return int((end - self.attempt.started_at).total_seconds())


def result(session: Session, attempt: models.Attempt, now: datetime) -> Result:
    """The result of a finished attempt; the caller has checked whose it is."""
    taxonomy = taxonomies.current(session)
    rows = _responses(session, attempt.id)
    questions = tuple(_reviewed(taxonomy, attempt, row) for row in rows)
    return Result(
        attempt=attempt,
        score=_total(questions),
        by_bank=_by_bank(questions),
        by_skill=_by_skill(session, attempt.user_id, questions, now),
        questions=questions,
        previous_percent=_previous_percent(session, attempt),
    )


def _responses(session: Session, attempt_id: int) -> Sequence[models.Response]:
    return session.scalars(
        select(models.Response)
        .options(
            joinedload(models.Response.item_revision)
            .joinedload(models.ItemRevision.item)
            .joinedload(models.Item.bank)
        )
        .where(models.Response.attempt_id == attempt_id)
        .order_by(models.Response.position)
    ).all()


def _reviewed(
    taxonomy: Taxonomy, attempt: models.Attempt, row: models.Response
) -> ReviewedQuestion:
    item = attempts.item_of(row.item_revision)
    interaction = layouts.shown(item, attempt.seed, row.position)
    score = row.score or 0.0
    return ReviewedQuestion(
        position=row.position,
        bank=row.item_revision.item.bank.title,
        item=item,
        skill=taxonomy.skill(item.fields.skills[0]),
        interaction=interaction,
        review=item.question.review(row.value, interaction),
        outcome=scoring.outcome(score, is_answered=row.value is not None),
        points=score * row.item_revision.points,
        max_points=row.item_revision.points,
        seconds_spent=row.seconds_spent,
        is_flagged=row.is_flagged,
    )


def _total(questions: Sequence[ReviewedQuestion]) -> AttemptScore:
    return scoring.total(
        ScoredResponse(each.points / each.max_points, each.max_points, each.outcome != "unanswered")
        for each in questions
    )


def _by_bank(questions: Sequence[ReviewedQuestion]) -> tuple[GroupScore, ...]:
    groups: dict[str, list[ReviewedQuestion]] = defaultdict(list)
    for question in questions:
        groups[question.bank].append(question)
    return tuple(GroupScore(name, _total(members)) for name, members in groups.items())


def _by_skill(
    session: Session, user_id: int, questions: Sequence[ReviewedQuestion], now: datetime
) -> tuple[SkillScore, ...]:
    """By the skill at a question's centre, the weakest result first."""
    groups: dict[Skill, list[ReviewedQuestion]] = defaultdict(list)
    for question in questions:
        groups[question.skill].append(question)
    standing = skills.estimates(groups, skills.beliefs(session, user_id), now)
    scores = [SkillScore(_total(groups[each.skill]), each) for each in standing]
    return tuple(sorted(scores, key=lambda each: (each.score.percent, each.now.estimate.value)))


def _previous_percent(session: Session, attempt: models.Attempt) -> int | None:
    previous = session.execute(
        select(models.Attempt.points, models.Attempt.max_points)
        .where(
            models.Attempt.user_id == attempt.user_id,
            models.Attempt.quiz_id == attempt.quiz_id,
            models.Attempt.title == attempt.title,
            models.Attempt.finished_at.is_not(None),
            models.Attempt.id < attempt.id,
        )
        .order_by(models.Attempt.id.desc())
        .limit(1)
    ).one_or_none()
    return None if previous is None else scoring.percent(previous[0] or 0.0, previous[1])
