"""From grades to an attempt's score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.scoring import AttemptScore, ScoredResponse, outcome, percent, total


def scored(
    score: float, points: float, *, is_answered: bool, share: float | None = None
) -> ScoredResponse:
    """A response that counts for its score, or for ``share`` of its points."""
    return ScoredResponse(score, points, is_answered, points * (score if share is None else share))


RESPONSES = st.lists(
    st.builds(
        scored,
        score=st.integers(0, 6).map(lambda sixths: sixths / 6),
        points=st.sampled_from([0.5, 1.0, 2.0, 2.5]),
        is_answered=st.booleans(),
        share=st.none() | st.floats(-2, 1),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("points", "of", "expected"),
    [(0, 0, 0), (0, 3, 0), (3, 3, 100), (1, 3, 33), (2, 3, 67), (1, 200, 1), (99.9, 100, 99)],
)
def test_percent_is_the_nearest_but_100_only_when_full(
    points: float, of: float, expected: int
) -> None:
    assert percent(points, of) == expected


def test_thirds_that_sum_up_to_full_are_full() -> None:
    thirds = [scored(1 / 3 + 1 / 3 + 1 / 3, 0.1, is_answered=True)] * 3

    assert total(thirds).percent == 100


@pytest.mark.parametrize(
    ("score", "is_answered", "name"),
    [
        (1.0, True, "right"),
        (1 - 1e-12, True, "right"),
        (0.5, True, "partly"),
        (0.0, True, "missed"),
        (0.0, False, "unanswered"),
    ],
)
def test_outcome_names_a_score(score: float, is_answered: bool, name: str) -> None:
    assert outcome(score, is_answered=is_answered) == name


def test_total_weighs_scores_by_points() -> None:
    score = total(
        [
            scored(1.0, 2.0, is_answered=True),
            scored(0.5, 1.0, is_answered=True),
            scored(0.0, 1.0, is_answered=True),
            scored(0.0, 1.0, is_answered=False),
        ]
    )

    assert score == AttemptScore(2.5, 5.0, right=1, partly=1, missed=1, unanswered=1)
    assert score.percent == 50


def test_a_sum_below_nothing_is_nothing() -> None:
    score = total(
        [
            scored(1.0, 1.0, is_answered=True),
            scored(0.0, 1.0, is_answered=True, share=-2),
        ]
    )

    assert (score.points, score.percent) == (0, 0)


def test_an_attempt_without_questions_scores_nothing() -> None:
    assert total([]) == AttemptScore(0, 0, right=0, partly=0, missed=0, unanswered=0)
    assert total([]).percent == 0


@given(RESPONSES)
def test_a_total_lies_between_nothing_and_everything(responses: list[ScoredResponse]) -> None:
    score = total(responses)

    assert 0 <= score.points <= score.max_points
    assert 0 <= score.percent <= 100
    assert score.count == len(responses)


def test_what_awaits_a_mark_is_counted_apart() -> None:
    score = total([ScoredResponse(0.8, 15, True, 12), ScoredResponse(None, 5, True, 0)])

    assert (score.points, score.max_points) == (12.0, 20.0)
    assert (score.marked_points, score.awaiting_points, score.unmarked) == (15.0, 5.0, 1)
    assert (score.percent, score.is_final, score.missed, score.partly) == (80, False, 0, 1)
    assert (score.marked_count, score.count) == (1, 2)


def test_all_points_so_far_are_not_all_points() -> None:
    score = total([ScoredResponse(1.0, 1, True, 1), ScoredResponse(None, 5, True, 0)])

    assert (score.percent, score.is_full) == (100, False)


def test_nothing_marked_is_no_percentage() -> None:
    assert total([ScoredResponse(None, 5, True, 0)]).marked_points == 0
    assert outcome(None, is_answered=True) == "unmarked"
