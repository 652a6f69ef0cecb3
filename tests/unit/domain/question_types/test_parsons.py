"""Parsons problems: credit, equal lines, what is shown, faults, review."""

from itertools import permutations
from random import Random
from typing import Any

import pytest

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.interactions import Response
from quizapp.domain.question_types.parsons import Parsons

LINES = ["while a:", "    a -= 1", "    b += 1", "print(b)"]
QUESTION = Parsons.parse({"stem": "?", "lines": LINES, "distractors": ["b -= 1"]})
RIGHT = [[0, 0], [1, 1], [2, 1], [3, 0]]
TWINS = Parsons.parse({"stem": "?", "lines": ["step()", "turn()", "step()"]})


def score(response: Response, question: Parsons = QUESTION) -> float:
    found = question.grade(response).score
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (RIGHT, 1),
        ([[0, 0], [2, 1], [1, 1], [3, 0]], 3 / 4),
        ([[3, 0], [0, 0], [1, 1], [2, 1]], 3 / 4),
        ([[0, 0], [1, 1], [2, 1], [3, 1]], 3 / 4),
        ([[0, 0], [1, 1]], 2 / 4),
        ([*RIGHT, [4, 1]], 3 / 4),
        ([[4, 0]], 0),
    ],
)
def test_credit_is_the_longest_run_without_the_distractors(
    response: Response, expected: float
) -> None:
    assert score(response) == pytest.approx(expected)


def test_no_line_that_is_put_right_and_no_distractor_put_away_costs_anything() -> None:
    for order in permutations(range(5)):
        given = [[place, 1] for place in order]
        for at, (place, _) in enumerate(given):
            without = given[:at] + given[at + 1 :]
            better = without if place == 4 else [*given[:at], RIGHT[place], *given[at + 1 :]]
            assert score(better) >= score(given)
            assert place != 4 or score(without) >= score(given)


def test_a_line_moved_to_its_place_among_right_ones_never_costs_anything() -> None:
    for count in range(4):
        assert score(RIGHT[: count + 1]) > score(RIGHT[:count])


def test_equal_lines_are_as_good_as_each_other() -> None:
    assert score([[2, 0], [1, 0], [0, 0]], TWINS) == 1


def test_given_indentation_is_shown_and_not_asked() -> None:
    question = Parsons.parse({"stem": "?", "lines": LINES, "indentation": False})

    assert "    a -= 1" in repr(question.render())
    assert score([[0, 0], [1, 0], [2, 0], [3, 0]], question) == 1


def test_asked_indentation_is_not_shown_anywhere() -> None:
    interaction = QUESTION.render().shuffled(Random(1))

    shown = repr((interaction, interaction.state(None)))
    assert "a -= 1" in shown
    assert " a -= 1" not in shown


def test_the_review_tells_of_each_line_where_it_was_put() -> None:
    review = QUESTION.review([[0, 0], [2, 1], [1, 2], [4, 0]], QUESTION.render())

    rows = [(row.text, row.is_given, row.is_key, row.why) for row in review.rows]
    assert rows == [
        ("while a:", True, True, ""),
        ("    a -= 1", False, True, "You put this line at place 3, indented 2 levels."),
        ("    b += 1", True, True, ""),
        ("print(b)", False, True, "You left this line out."),
        ("b -= 1", True, False, "This line does not belong to the program."),
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"lines": ["a", "a"]}, "All lines are the same"),
        ({"lines": ["a", "   b"]}, "Indent by 4 spaces a level, at most 6 levels: b"),
        ({"lines": ["a", " " * 28 + "b"]}, "at most 6 levels: b"),
        ({"lines": ["    a", "b"]}, "first line must not be indented"),
        ({"lines": ["a", "\tb"]}, "indented with spaces"),
        ({"lines": ["a", "b\nc"]}, "one line of code"),
        ({"lines": ["a", "   "]}, "must not be empty"),
        ({"lines": ["a", "b"], "distractors": [" b"]}, "is a line of the program: b"),
    ],
)
def test_a_program_without_one_key_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidContentError, match=message):
        Parsons.parse({"stem": "?", **fields})
