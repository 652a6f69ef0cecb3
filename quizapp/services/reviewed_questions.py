"""The questions of a finished attempt, as they are looked at afterwards."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.interactions import Interaction
from quizapp.domain.items import Item
from quizapp.domain.programs.verdicts import Verdict
from quizapp.domain.question import Review
from quizapp.domain.rubrics import RubricQuestion
from quizapp.domain.scoring import Outcome, ScoredResponse
from quizapp.domain.scoring_rules import SURE
from quizapp.domain.taxonomy import Skill
from quizapp.services import marks, verdicts
from quizapp.services.marks import Marking


class ReviewedQuestion(NamedTuple):
    """One question with what was given, what was right and why; ``bank`` is a title.

    ``points`` are what it counts for, perhaps below 0; ``confidence`` is how sure the learner was,
    where they said so. What asks nothing is among them, without an ``outcome``. A program that was
    run has a ``verdict``.
    """

    position: int
    item_id: int
    bank: str
    item: Item
    skill: Skill
    interaction: Interaction
    review: Review
    outcome: Outcome | None
    points: float
    max_points: float
    seconds_spent: int
    is_flagged: bool
    scored: ScoredResponse
    confidence: int | None
    marking: Marking | None = None
    verdict: Verdict | None = None

    @property
    def is_sure_and_wrong(self) -> bool:
        """True of what was missed although the learner was sure: an error they do not suspect."""
        return self.confidence == SURE and self.outcome == "missed"

    @property
    def is_being_checked(self) -> bool:
        """True of a program that awaits its verdict."""
        return self.outcome == "unmarked" and self.item.question.graded_by == "a runner"


def with_marks(
    session: Session, attempt_id: int, questions: tuple[ReviewedQuestion, ...]
) -> tuple[ReviewedQuestion, ...]:
    """Those that people mark have their marks; where there are none, nothing is asked."""
    if not any(isinstance(each.item.question, RubricQuestion) for each in questions):
        return questions
    found = marks.of_attempt(session, attempt_id)
    return tuple(each._replace(marking=_marking(each, found)) for each in questions)


def with_verdicts(
    session: Session, attempt_id: int, questions: tuple[ReviewedQuestion, ...]
) -> tuple[ReviewedQuestion, ...]:
    """Programs that were run have their verdicts; where there are none, nothing is asked."""
    if not any(each.item.question.graded_by == "a runner" for each in questions):
        return questions
    found = verdicts.of_attempt(session, attempt_id)
    return tuple(
        each._replace(verdict=verdicts.read(found[each.position]))
        if each.position in found
        else each
        for each in questions
    )


def _marking(
    reviewed: ReviewedQuestion, found: Mapping[tuple[int, str], models.Mark]
) -> Marking | None:
    question, position = reviewed.item.question, reviewed.position
    if not isinstance(question, RubricQuestion):
        return None
    own, instructors = found.get((position, "self")), found.get((position, "instructor"))
    return Marking(question, reviewed.scored.is_answered, own, instructors)
