"""Multiple response: partial credit that guessing does not win."""

from itertools import chain, combinations

import pytest

from quizapp.domain.question_types.multiple_response import MultipleResponse


def question(scoring: str) -> MultipleResponse:
    options = [{"text": text, "correct": text in "ab"} for text in "abcd"]
    return MultipleResponse.parse({"stem": "Which?", "options": options, "scoring": scoring})


def test_each_wrong_tick_takes_one_right_tick_away() -> None:
    asked = question("partial")

    assert [asked.grade(ticks).score for ticks in ([0, 1], [0, 1, 2], [0, 2], [2, 3])] == [
        1, 0.5, 0, 0,
    ]  # fmt: skip


def test_ticking_everything_scores_nothing_where_half_is_right() -> None:
    assert question("partial").grade([0, 1, 2, 3]).score == 0


@pytest.mark.parametrize("scoring", ["partial", "all-or-nothing"])
def test_the_guess_score_is_the_mean_over_all_sets_of_ticks(scoring: str) -> None:
    asked = question(scoring)
    sets = chain.from_iterable(combinations(range(4), count) for count in range(1, 5))
    scores = [asked.grade(list(ticks)).score or 0 for ticks in sets]

    assert asked.guess_score == pytest.approx(sum(scores) / 15)
