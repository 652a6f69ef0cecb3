"""How long a practice set on one skill is, and what it draws."""

from math import ceil
from typing import NamedTuple

from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.question_types.code import Code

FEWEST_QUESTIONS = 3
MOST_QUESTIONS = 8
MOST_MINUTES = 20
"""For questions on the skill; where each is a program, that is two or three."""
OWN_TO_OTHERS = 4
"""For each so many on the skill there is one on another: drilling the weakest alone spoils the
estimate of all else, since what is learnt in it would be taken for ability.
"""


class SetLength(NamedTuple):
    """Questions on the skill itself, questions on others, and the minutes of both."""

    own: int
    others: int
    minutes: int

    @property
    def questions(self) -> int:
        return self.own + self.others


def length(mastery: float, items: int, seconds: float, seconds_elsewhere: float) -> SetLength:
    """The weaker the skill the longer, within bounds and the ``items`` there are; 0 without any.

    One question on the skill takes ``seconds``, one on another skill ``seconds_elsewhere``.
    """
    wanted = max(FEWEST_QUESTIONS, round(MOST_QUESTIONS * (1.0 - mastery)))
    in_time = max(1, int(MOST_MINUTES * 60 // max(1.0, seconds)))
    own = min(items, wanted, in_time)
    others = ceil(own / OWN_TO_OTHERS)
    minutes = ceil((own * seconds + others * seconds_elsewhere) / 60)
    return SetLength(own, others, max(1, minutes) if own else 0)


def plan(skill: str, wanted: SetLength) -> QuizPlan:
    """``wanted`` questions: what was not seen yet first, then what is due, then other numbers.

    Those on other skills are no programs, which would take longer than the set itself.
    """
    own = PlanSection(questions=wanted.own, skills=(skill,), order="due")
    others = PlanSection(
        questions=wanted.others, without_skills=(skill,), without_types=(Code.kind,), order="due"
    )
    return QuizPlan(sections=(own, others))
