"""A finished attempt as its learner sees it: the score by bank and skill, every question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import mistakes, scoring, scoring_rules
from quizapp.domain.interactions import Interaction, Response
from quizapp.domain.mistakes import PastResponse
from quizapp.domain.question import QuestionType, Review
from quizapp.domain.question_types.code import Code
from quizapp.domain.scoring import AttemptScore, ScoredResponse
from quizapp.domain.scoring_rules import CONFIDENCES, ScoringRules
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import banks, layouts, skills, taxonomies
from quizapp.services.reviewed_questions import ReviewedQuestion, with_marks, with_verdicts
from quizapp.services.skills import SkillEstimate


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
class ConfidenceScore:
    """The score on what was answered with one confidence; None where the learner did not say.

    ``points`` are the sum over its responses, perhaps below 0.
    """

    confidence: int | None
    score: AttemptScore
    points: float

    @property
    def name(self) -> str:
        return "Not said" if self.confidence is None else CONFIDENCES[self.confidence]


@dataclass(frozen=True)
class Result:
    """A finished attempt."""

    attempt: models.Attempt
    score: AttemptScore
    by_bank: tuple[GroupScore, ...]
    by_skill: tuple[SkillScore, ...]
    questions: tuple[ReviewedQuestion, ...]
    previous_percent: int | None
    """Percent of the attempt before it at the same quiz; None at the first, and while marks of
    either are awaited: the two cannot be compared yet.
    """

    @cached_property
    def rules(self) -> ScoringRules:
        return scoring_rules.of_plan(self.attempt.plan)

    @property
    def awaited_from(self) -> frozenset[str]:
        """Who is yet to score answers: "a person", "a runner", both, or nobody."""
        return frozenset(each.item.question.graded_by for each in self.selections["unmarked"])

    @property
    def being_checked(self) -> int:
        """How many programs await their verdict."""
        return len(self._awaited)

    @property
    def libraries_awaited(self) -> frozenset[str | None]:
        """What these programs import, and None for those that import nothing."""
        return frozenset(each.library for each in self._awaited)

    @property
    def _awaited(self) -> list[Code]:
        asked = (each.item.question for each in self.questions if each.is_being_checked)
        return [each for each in asked if isinstance(each, Code)]

    @property
    def points_below_nothing(self) -> float:
        """The sum of the points where it is below 0, and so counts as 0; else 0."""
        return min(0.0, round(sum(each.points for each in self.questions), 2))

    @property
    def by_confidence(self) -> tuple[ConfidenceScore, ...]:
        """From sure to guessing, then those without a word; none where it was not asked."""
        if self.rules.confidence is None:
            return ()
        groups = {level: self._answered_with(level) for level in (*CONFIDENCES, None)}
        return tuple(
            ConfidenceScore(level, _total(found), round(sum(each.points for each in found), 2))
            for level, found in groups.items()
            if found
        )

    def _answered_with(self, confidence: int | None) -> list[ReviewedQuestion]:
        return [
            each
            for each in self.questions
            if each.confidence == confidence and each.scored.is_answered
        ]

    @property
    def seconds_used(self) -> int:
        """From start to end without pauses; of an untimed attempt the time on its questions."""
        return self.attempt.seconds_used

    @cached_property
    def mistakes(self) -> frozenset[int]:
        """The positions of what is in the learner's notebook because of this attempt."""
        return frozenset(each.position for each in self.questions if self._is_mistake(each))

    def _is_mistake(self, each: ReviewedQuestion) -> bool:
        return each.scored.score is not None and mistakes.is_mistake(
            PastResponse(
                each.item_id,
                self.attempt.id,
                each.position,
                each.scored.score,
                each.scored.is_answered,
                each.seconds_spent > 0 or each.is_flagged,
                self.attempt.closed_by == "deadline",
                self.attempt.finished_at or self.attempt.started_at,
            )
        )

    @cached_property
    def selections(self) -> Mapping[str, Sequence[ReviewedQuestion]]:
        """Which questions there are to look at: all, missed, partly right, unmarked, flagged; all
        with what stands between them. What was sure and wrong comes first, the rest by position.
        """
        ordered = sorted(self.questions, key=lambda each: not each.is_sure_and_wrong)
        return {
            "all": ordered,
            "missed": [q for q in ordered if q.outcome in ("missed", "unanswered")],
            "partly": [q for q in ordered if q.outcome == "partly"],
            "unmarked": [q for q in ordered if q.outcome == "unmarked"],
            "flagged": [q for q in ordered if q.is_flagged],
        }


def result(session: Session, attempt: models.Attempt, now: datetime) -> Result:
    """The result of a finished attempt; the caller has checked whose it is."""
    taxonomy = taxonomies.current(session)
    rows = session.execute(_RESPONSES, {"attempt_id": attempt.id}).all()
    questions = tuple(_reviewed(session, taxonomy, attempt, row) for row in rows)
    questions = with_verdicts(session, attempt.id, with_marks(session, attempt.id, questions))
    return Result(
        attempt=attempt,
        score=_total(questions),
        by_bank=_by_bank(questions),
        by_skill=_by_skill(session, attempt.user_id, questions, now),
        questions=questions,
        previous_percent=_previous_percent(session, attempt),
    )


def _reviewed(
    session: Session, taxonomy: Taxonomy, attempt: models.Attempt, row: Any
) -> ReviewedQuestion:
    position, value, is_flagged, seconds_spent, score, draw, content_hash, bank, *counted = row
    points, max_points, confidence, item_id = counted
    scored = ScoredResponse(score, max_points, value is not None, points or 0.0)
    item = banks.item_of(session, content_hash, draw)
    interaction = layouts.shown_of(session, content_hash, draw, attempt.seed, position)
    return ReviewedQuestion(
        position=position,
        item_id=item_id,
        bank=bank,
        item=item,
        skill=taxonomy.skill(item.fields.skills[0]),
        interaction=interaction,
        review=_review(item.question, value, interaction),
        outcome=scored.outcome,
        points=points or 0.0,
        max_points=max_points,
        seconds_spent=seconds_spent,
        is_flagged=is_flagged,
        scored=scored,
        confidence=confidence,
    )


def _review(question: QuestionType, value: Response | None, interaction: Interaction) -> Review:
    # Reading numbers exactly takes longer than all else; what is scored later is long, and not read
    if isinstance(value, str) and question.graded_by == "us":
        return _review_of_text(question, value, interaction)
    return question.review(value, interaction)


@lru_cache(maxsize=1024)
def _review_of_text(question: QuestionType, value: str, interaction: Interaction) -> Review:
    return question.review(value, interaction)


def _total(questions: Sequence[ReviewedQuestion]) -> AttemptScore:
    return scoring.total(each.scored for each in questions)


def _asked(questions: Sequence[ReviewedQuestion]) -> list[ReviewedQuestion]:
    return [each for each in questions if each.scored.is_scored]


def _by_bank(questions: Sequence[ReviewedQuestion]) -> tuple[GroupScore, ...]:
    groups: dict[str, list[ReviewedQuestion]] = defaultdict(list)
    for question in _asked(questions):
        groups[question.bank].append(question)
    return tuple(GroupScore(name, _total(members)) for name, members in groups.items())


def _by_skill(
    session: Session, user_id: int, questions: Sequence[ReviewedQuestion], now: datetime
) -> tuple[SkillScore, ...]:
    """By the skill at a question's centre, the weakest result first."""
    groups: dict[str, list[ReviewedQuestion]] = defaultdict(list)
    for question in _asked(questions):
        groups[question.skill.id].append(question)
    asked = [members[0].skill for members in groups.values()]
    standing = skills.estimates(asked, skills.outlook(session, user_id, now))
    scores = [SkillScore(_total(groups[each.skill.id]), each) for each in standing]
    return tuple(sorted(scores, key=lambda each: (each.score.percent, each.now.estimate.value)))


def _previous_percent(session: Session, attempt: models.Attempt) -> int | None:
    """Nobody has two open attempts at a quiz, so the one before it is the one that ended before."""
    names = ("id", "user_id", "quiz_id", "title", "finished_at")
    known = {name: getattr(attempt, name) for name in names}
    previous = session.execute(_BEFORE, known).one_or_none()
    if previous is None or previous[2] or attempt.awaiting_count:
        return None
    return scoring.percent(previous[0] or 0.0, previous[1])


_response, _revision, _item, _bank, _attempt = (
    model.__table__.c
    for model in (
        models.Response,
        models.ItemRevision,
        models.Item,
        models.ItemBank,
        models.Attempt,
    )
)
_RESPONSES = (
    select(
        _response.position,
        _response.value,
        _response.is_flagged,
        _response.seconds_spent,
        _response.score,
        _response.draw,
        _revision.content_hash,
        _bank.title,
        _response.points,
        _response.max_points,
        _response.confidence,
        _item.id,
    )
    .where(
        _response.attempt_id == bindparam("attempt_id"),
        _revision.id == _response.item_revision_id,
        _item.id == _revision.item_id,
        _bank.id == _item.bank_id,
    )
    .order_by(_response.position)
)
_BEFORE = (
    select(_attempt.points, _attempt.max_points, _attempt.awaiting_count)
    .where(
        _attempt.user_id == bindparam("user_id"),
        _attempt.quiz_id == bindparam("quiz_id"),
        _attempt.title == bindparam("title"),
        _attempt.finished_at <= bindparam("finished_at"),
        _attempt.id < bindparam("id"),
    )
    .order_by(_attempt.finished_at.desc(), _attempt.id.desc())
    .limit(1)
)
