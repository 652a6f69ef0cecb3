"""The answers behind an estimate, and what it was after each of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scoring
from quizapp.domain.mastery import Estimate, NodeBelief
from quizapp.domain.outlook import Outlook
from quizapp.domain.scoring import Outcome
from quizapp.domain.skill_model import SkillModel
from quizapp.domain.skill_standing import AnswerPlace, PastAnswer
from quizapp.services import replay

LATEST = 20
MOST_DAYS = 24


class AnswerOnSkill(NamedTuple):
    """One graded response on a skill."""

    attempt_id: int
    attempt_title: str
    position: int
    answered_at: datetime
    score: float
    seconds_spent: int
    expected_seconds: int
    difficulty: int

    @property
    def place(self) -> AnswerPlace:
        return AnswerPlace(self.attempt_id, self.position)

    @property
    def past(self) -> PastAnswer:
        """The same for the rules on skills."""
        seconds = self.seconds_spent or None
        return PastAnswer(self.score, self.answered_at, seconds, self.expected_seconds, *self.place)

    @property
    def outcome(self) -> Outcome:
        return scoring.outcome(self.score, is_answered=True)


class DayOnSkill(NamedTuple):
    """What the estimate was after the last answer of a day, or is today."""

    on: date
    estimate: Estimate


def over_time(
    session: Session, user_id: int, skill_id: str, model: SkillModel, now: datetime
) -> tuple[DayOnSkill, ...]:
    """The estimate on the latest days with answers on that skill, and as it is ``now``; nothing
    where there are none. ``model`` is that of the learner's beliefs. Takes in all answers again:
    see what that costs in decision 30.
    """
    found: dict[date, Estimate] = {}
    beliefs: Mapping[str, NodeBelief] = {}
    for at, skills, beliefs in replay.moments(session, user_id, model):
        if skill_id in skills:
            found.pop(at.date(), None)
            found[at.date()] = Outlook(beliefs, at, model).estimate(skill_id)
    if found:
        found[now.date()] = Outlook(beliefs, now, model).estimate(skill_id)
    return tuple(DayOnSkill(*each) for each in found.items())[-MOST_DAYS:]


def answers_on(session: Session, user_id: int, skill_id: str) -> Sequence[AnswerOnSkill]:
    """The person's latest graded answers on that skill, the newest first."""
    rows = session.execute(_LATEST, {"user_id": user_id, "skill_id": skill_id})
    return [AnswerOnSkill(*row) for row in rows]


def only(
    answers: Sequence[AnswerOnSkill], wanted: Collection[AnswerPlace]
) -> Sequence[AnswerOnSkill]:
    """Those of ``answers`` that are ``wanted``; all of them where none is."""
    return [each for each in answers if each.place in wanted] or answers


_response, _attempt, _revision, _skill = (
    model.__table__.c
    for model in (models.Response, models.Attempt, models.ItemRevision, models.ItemSkill)
)
_LATEST = (
    select(
        _response.attempt_id,
        _attempt.title,
        _response.position,
        _response.saved_at,
        _response.score,
        _response.seconds_spent,
        _revision.seconds,
        _revision.difficulty,
    )
    .where(
        _attempt.user_id == bindparam("user_id"),
        _attempt.finished_at.is_not(None),
        _response.attempt_id == _attempt.id,
        _response.value.is_not(None),
        _response.score.is_not(None),
        _response.saved_at.is_not(None),
        _revision.id == _response.item_revision_id,
        _skill.revision_id == _revision.id,
        _skill.skill_id == bindparam("skill_id"),
    )
    .order_by(_response.saved_at.desc())
    .limit(LATEST)
)
