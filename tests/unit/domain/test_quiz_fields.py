"""What an author may say of a quiz in sections, and what not."""

from typing import Any

import pytest
from pydantic import ValidationError

from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.flow_rules import sentences
from quizapp.domain.reading import QuizFields, SectionFields

NAME = {"id": "rounds", "title": "Rounds"}
TIMED = {"questions": 2, "minutes": 5}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Say how many `questions`"),
        ({"questions": 3, "sections": [TIMED]}, "Say how many `questions`"),
        ({"sections": [TIMED], "skills": ["ml"]}, "write them there"),
        ({"sections": [TIMED, {"questions": 1}]}, "or none of them"),
        ({"sections": [TIMED], "minutes": 9}, "Leave out its own `minutes`"),
        ({"sections": [TIMED], "one_way": True}, "Leave out `one_way`"),
        ({"sections": [{"questions": 1, "minutes": 400}] * 2}, "at most 600 minutes"),
    ],
)
def test_what_cannot_stand_together_is_told(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        QuizFields.model_validate({**NAME, **fields})


def test_a_quiz_without_sections_is_one_draw() -> None:
    quiz = QuizFields.model_validate({**NAME, "questions": 3, "skills": ["ml"]})

    assert quiz.draws == (SectionFields(questions=3, skills=("ml",)),)


def test_sections_without_times_may_be_one_way_or_have_a_time_together() -> None:
    sections = [{"questions": 1}, {"questions": 2}]

    for more in ({"one_way": True}, {"minutes": 9}):
        quiz = QuizFields.model_validate({**NAME, "sections": sections, **more})
        assert len(quiz.draws) == 2


def test_a_learner_reads_the_own_times_of_the_sections() -> None:
    parts = (
        PlanSection(questions=1, minutes=1, title="Warm-up"),
        PlanSection(questions=1, minutes=5),
    )

    told = sentences(QuizPlan(sections=parts), 1.5)

    assert told[0].endswith("times of their own: Warm-up, 1.5 minutes; Section 2, 7.5 minutes.")
    assert "Inside a section you can move freely" in told[1]
