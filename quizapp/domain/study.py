"""What a plan is made from: questions, skills, and the time that a learner has."""

from datetime import date
from typing import NamedTuple

from quizapp.domain.scheduling import Memory


class StudyItem(NamedTuple):
    """A question that may be asked: its skill, the seconds it takes, and what is remembered."""

    item_id: int
    skill: str
    seconds: int
    memory: Memory | None


class StudySkill(NamedTuple):
    """A skill, its weight in interviews, and its mastery 0..1 now and, without practice, then."""

    skill: str
    name: str
    weight: float
    mastery_now: float
    mastery_then: float
    requires: tuple[str, ...] = ()


class StudyTime(NamedTuple):
    """From ``today`` up to the interview: minutes a day, and the weekdays (Monday 0) of rest.

    ``spent_today`` is practice of today, in seconds.
    """

    today: date
    interview_on: date | None
    minutes: int
    rest_weekdays: frozenset[int] = frozenset()
    spent_today: int = 0

    @property
    def has_interview(self) -> bool:
        """True while the interview is not over."""
        return self.interview_on is not None and self.interview_on >= self.today
