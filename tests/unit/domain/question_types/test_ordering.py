"""Ordering: partial credit by neighbours, and the review line by line."""

from itertools import permutations

import pytest

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.question_types.ordering import Ordering

QUESTION = Ordering.parse({"stem": "Order.", "lines": ["a", "b", "c", "d"]})


def test_guessing_scores_what_is_said_on_average() -> None:
    scores = [QUESTION.grade(list(order)).score or 0 for order in permutations(range(4))]

    assert sum(scores) / len(scores) == pytest.approx(QUESTION.guess_score)


def test_one_line_out_of_place_costs_only_its_joints() -> None:
    assert QUESTION.grade([1, 2, 3, 0]).score == pytest.approx(2 / 3)


def test_the_review_says_where_each_line_was_put() -> None:
    review = QUESTION.review([1, 0, 2, 3], QUESTION.render())

    assert [row.why for row in review.rows] == [
        "You put this line at place 2.",
        "You put this line at place 1.",
        "",
        "",
    ]


def test_two_lines_are_too_few_because_the_shown_order_would_be_the_wrong_one() -> None:
    with pytest.raises(InvalidContentError, match="at least 3"):
        Ordering.parse({"stem": "Order.", "lines": ["a", "b"]})
