"""When an item comes back: the library's numbers, and what must hold whatever they are."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain import scheduling
from quizapp.domain.scheduling import Memory

START = datetime(2026, 5, 4, 20, 15, tzinfo=UTC)
SCORES = st.one_of(st.sampled_from((0.0, 0.49, 0.5, 0.99, 1.0)), st.floats(0, 1))
HISTORIES = st.lists(st.tuples(SCORES, st.floats(0, 400)), min_size=1, max_size=12)


def after(*answers: tuple[float, float]) -> Memory:
    """The memory after answers, each a score and the days since the one before."""
    memory, at = None, START
    for score, days in answers:
        at += timedelta(days=days)
        memory = scheduling.reviewed(memory, score, at)
    assert memory is not None
    return memory


@pytest.mark.parametrize(
    ("scores", "ratings"),
    [
        ((1.0, 1.0, 0.0, 1.0), (Rating.Good, Rating.Good, Rating.Again, Rating.Good)),
        ((0.5, 0.99, 0.49), (Rating.Hard, Rating.Hard, Rating.Again)),
    ],
)
def test_the_memory_is_that_of_the_library_from_day_to_day(
    scores: tuple[float, ...], ratings: tuple[Rating, ...]
) -> None:
    library = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=1)
    for number, rating in enumerate(ratings):
        card, _ = library.review_card(card, rating, START + timedelta(days=3 * number))

    memory = after((scores[0], 0), *((score, 3) for score in scores[1:]))

    assert memory == (card.stability, card.difficulty, card.last_review, card.due)


def test_a_first_answer_has_the_stability_that_fsrs_6_publishes() -> None:
    # github.com/open-spaced-repetition/py-fsrs, README of 6.3: the first weights
    published = {0.0: 0.212, 0.6: 1.2931, 1.0: 2.3065}

    assert {score: after((score, 0)).stability for score in published} == published


def test_a_first_miss_comes_back_tomorrow_and_a_first_right_answer_a_day_later() -> None:
    waits = [after((score, 0)).due_at - START for score in (0.0, 0.5, 1.0)]

    assert waits == [timedelta(days=1), timedelta(days=1), timedelta(days=2)]


@given(HISTORIES)
def test_the_same_answers_give_the_same_days(history: list[tuple[float, float]]) -> None:
    assert after(*history) == after(*history)


@given(HISTORIES)
def test_a_memory_is_within_its_bounds(history: list[tuple[float, float]]) -> None:
    memory = after(*history)

    assert memory.stability > 0
    assert 1 <= memory.difficulty <= 10
    days = memory.due_at - memory.reviewed_at
    assert timedelta(days=1) <= days <= timedelta(days=scheduling.LONGEST_DAYS)
    assert days.seconds == days.microseconds == 0


@given(HISTORIES, st.integers(1, 400))
def test_a_better_answer_never_comes_back_sooner_nor_seems_harder(
    history: list[tuple[float, float]], days: int
) -> None:
    worse, part, better = (after(*history, (score, days)) for score in (0.0, 0.5, 1.0))

    assert worse.due_at <= part.due_at <= better.due_at
    assert worse.difficulty >= part.difficulty >= better.difficulty


@given(HISTORIES, st.integers(0, 400), st.integers(0, 400))
def test_recall_falls_from_1_with_the_days(
    history: list[tuple[float, float]], days: int, more: int
) -> None:
    memory = after(*history)

    at_once, later, last = (
        scheduling.recall(memory, memory.reviewed_at + timedelta(days=each))
        for each in (0, days, days + more)
    )

    assert at_once == 1
    assert 1 >= later >= last > 0


def test_recall_is_nine_tenths_after_as_many_days_as_the_stability() -> None:
    memory = after((1.0, 0))._replace(stability=30.0)

    recalled = scheduling.recall(memory, START + timedelta(days=30))

    assert recalled == pytest.approx(scheduling.RECALL_WHEN_DUE)


def test_an_answer_from_before_the_last_review_counts_as_given_with_it() -> None:
    memory = after((1.0, 0), (1.0, 9))

    late = scheduling.reviewed(memory, 0.0, START + timedelta(days=4))

    assert late == scheduling.reviewed(memory, 0.0, memory.reviewed_at)
    assert late.reviewed_at == memory.reviewed_at


def test_a_time_of_another_zone_is_the_same_moment() -> None:
    elsewhere = START.astimezone(timezone(timedelta(hours=9)))

    assert scheduling.reviewed(None, 1.0, elsewhere) == scheduling.reviewed(None, 1.0, START)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_what_is_no_score_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        scheduling.reviewed(None, score, START)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        scheduling.reviewed(None, 1.0, START.replace(tzinfo=None))


def test_nothing_heavy_comes_in_with_the_library() -> None:
    code = "import sys, quizapp.domain.scheduling; print(*sys.modules)"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"torch", "numpy", "pandas"} & set(told.stdout.split())
