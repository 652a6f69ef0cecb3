"""Matching: options that several lefts share, order of the screen, faults, review."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.interactions import Match
from quizapp.domain.question_types.matching import Matching

PAIRS = [
    {"left": "a", "right": "vowel"},
    {"left": "b", "right": "consonant", "why": "The lips close."},
    {"left": "e", "right": " vowel "},
]
QUESTION = Matching.parse({"stem": "?", "pairs": PAIRS, "extra": ["digit"]})


def test_pairs_with_the_same_right_share_one_option() -> None:
    assert QUESTION.rights == ("vowel", "consonant", "digit")
    assert QUESTION.right_response() == [0, 1, 0]


def test_each_left_counts_the_same_and_a_wrong_choice_costs_nothing() -> None:
    scores = [QUESTION.grade(each).score for each in ([0, None, None], [0, 2, 2], [0, 1, 2])]

    assert scores == pytest.approx([1 / 3, 1 / 3, 2 / 3])


def test_unshuffled_options_do_not_stand_as_their_lefts_do() -> None:
    shown = Match(("a", "b"), ("z", "y")).options

    assert [option.text for option in shown] == ["y", "z"]


def test_each_option_is_shown_at_each_place_equally_often() -> None:
    orders = [Match(("a", "b"), ("x", "y", "z")).shuffled(Random(n)).order for n in range(1_200)]

    assert len(Counter(orders)) == 6
    assert min(Counter(orders).values()) > 150  # 200 expected, standard deviation 13


def test_selects_that_are_empty_or_missing_choose_nothing() -> None:
    interaction = Match(("a", "b", "c"), ("x", "y"), order=(1, 0))

    assert interaction.read({"match": ["", "0"]}) == [None, 1, None]
    assert interaction.read({"match": ["", "", ""]}) is None
    assert interaction.read({"match": ["1", "7", "x", "0"]}) == [0, None, None]


def test_what_was_chosen_is_told_with_its_letter() -> None:
    interaction = Match(("a", "b"), ("x", "y"), order=(1, 0))

    assert interaction.lines([None, 0]) == ["b: B. x"]
    assert interaction.state([None, 0]) == {"rows": [("a", ""), ("b", "1")]}
    assert interaction.lines([0]) == interaction.lines("x") == interaction.lines(None) == []


def test_the_review_shows_a_wrong_match_above_the_right_one() -> None:
    review = QUESTION.review([0, 2, None], QUESTION.render())

    rows = [(row.text, row.is_given, row.is_key, row.why) for row in review.rows]
    assert rows == [
        ("a → vowel", True, True, ""),
        ("b → digit", True, False, ""),
        ("b → consonant", False, True, "The lips close."),
        ("e → vowel", False, True, ""),
    ]
    assert review.note == "1 of 3 matched rightly."


def test_nothing_chosen_is_not_answered() -> None:
    assert QUESTION.review([None] * 3, QUESTION.render()).note == "Not answered."


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"pairs": [*PAIRS, {"left": "a ", "right": "other"}]}, "Two lefts are the same: a"),
        ({"pairs": PAIRS, "extra": ["vowel"]}, "This extra option is there already: vowel"),
        ({"pairs": PAIRS, "extra": ["x", "x"]}, "This extra option is there already: x"),
        ({"pairs": [PAIRS[0], PAIRS[2]]}, "All rights are the same"),
        ({"pairs": PAIRS[:1]}, "at least 2"),
    ],
)
def test_a_question_without_one_key_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidContentError, match=message):
        Matching.parse({"stem": "?", **fields})
