"""Points on the criteria of a rubric, and the score that they make."""

from collections.abc import Mapping
from typing import Any

import pytest

from quizapp.domain.errors import InvalidContentError, InvalidMarkError
from quizapp.domain.question_types.open_answer import OpenAnswer

PLAIN = {"text": "Names the metric", "points": 2}
LEVELS: dict[str, Any] = {
    "text": "Says how long",
    "points": 1,
    "levels": [{"points": 0, "text": "no"}, {"points": 1, "text": "by its power"}],
}


def question(*rubric: Mapping[str, Any]) -> OpenAnswer:
    return OpenAnswer.parse({"stem": "Why?", "rubric": [*rubric], "model_answer": "Because."})


@pytest.mark.parametrize(
    ("given", "points", "score"),
    [
        ({0: "2", 1: "1"}, (2.0, 1.0), 1.0),
        ({0: "0,5", 1: "0"}, (0.5, 0.0), 1 / 6),
        ({0: "3/2", 1: "1.0"}, (1.5, 1.0), 2.5 / 3),
        ({0: "2", 1: "1", 7: "50"}, (2.0, 1.0), 1.0),
    ],
)
def test_points_make_a_share_of_all(
    given: dict[int, str], points: tuple[float, ...], score: float
) -> None:
    asked = question(PLAIN, LEVELS)

    assert asked.read_points(given) == points
    assert asked.score_of(points) == pytest.approx(score)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {0: "2"},
        {0: "2.5", 1: "1"},
        {0: "-0.5", 1: "1"},
        {0: "0.3", 1: "1"},
        {0: "2", 1: "0.5"},
        {0: "all", 1: "1"},
        {0: "1e999", 1: "1"},
        {0: "9" * 5_000, 1: "1"},
    ],
)
def test_what_cannot_be_given_is_refused(given: dict[int, str]) -> None:
    with pytest.raises(InvalidMarkError, match="from 0 to what it is worth"):
        question(PLAIN, LEVELS).read_points(given)


@pytest.mark.parametrize(
    ("criterion", "fault"),
    [
        ({**PLAIN, "points": 0.3}, "given in halves"),
        ({**PLAIN, "points": 0}, "more than 0"),
        ({**PLAIN, "points": 101}, "at most 100"),
        ({**LEVELS, "levels": [{"points": 1, "text": "yes"}]}, "two levels or more"),
        ({**LEVELS, "points": 2}, "the best earns all points"),
        ({**LEVELS, "levels": [*LEVELS["levels"], {"points": 1, "text": "x"}]}, "the same points"),
        ({**LEVELS, "levels": [{"points": 0.1, "text": "x"}, *LEVELS["levels"]]}, "halves"),
    ],
)
def test_a_criterion_that_cannot_be_marked_is_refused(
    criterion: Mapping[str, Any], fault: str
) -> None:
    with pytest.raises(InvalidContentError, match=fault):
        question(criterion)


def test_a_rubric_has_a_criterion() -> None:
    with pytest.raises(InvalidContentError, match="at least 1"):
        question()
