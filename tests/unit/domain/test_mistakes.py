"""Mistakes: what is one, which is the last, what put it right, and what may be noted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain import mistakes
from quizapp.domain.errors import InvalidNoteError
from quizapp.domain.mistakes import LONGEST_NOTE, Note, PastResponse

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
HISTORIES = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from((0.0, 0.5, 1.0)), st.booleans(), st.booleans()),
    max_size=20,
)


def past(day: int = 0, score: float = 0.0, **fields: Any) -> PastResponse:
    """An answer to item 1 on that day, but for ``fields``."""
    usual = {"is_answered": True, "was_looked_at": True, "was_cut_off": False}
    at = START + timedelta(days=day)
    return PastResponse(**{"item_id": 1, "attempt_id": day, "position": 1, **usual, **fields},
                        score=score, at=at)  # fmt: skip


BLANK = {"is_answered": False}


@pytest.mark.parametrize(
    ("response", "is_one"),
    [
        (past(score=0.0), True),
        (past(score=0.99), True),
        (past(score=1.0), False),
        (past(**BLANK), True),
        (past(**BLANK, was_looked_at=False), False),
        (past(**BLANK, was_looked_at=False, was_cut_off=True), True),
    ],
)
def test_a_mistake_is_what_was_not_fully_right_and_a_blank_that_was_seen_or_cut_off(
    response: PastResponse, is_one: bool
) -> None:
    assert mistakes.is_mistake(response) == is_one


def test_of_each_item_the_last_miss_counts_and_the_newest_comes_first() -> None:
    found = mistakes.latest([past(1), past(2, item_id=2), past(3)])

    assert [(each.response.item_id, each.response.attempt_id) for each in found] == [(1, 3), (2, 2)]


def test_it_was_put_right_when_it_was_first_right_after_the_last_miss() -> None:
    (found,) = mistakes.latest([past(0, 1.0), past(1), past(2, 1.0), past(3, 1.0)])

    assert found.put_right_at == START + timedelta(days=2)


def test_missed_again_it_is_to_be_put_right_again() -> None:
    (found,) = mistakes.latest([past(1), past(2, 1.0), past(3, 0.5)])

    assert found.put_right_at is None


def test_a_blank_that_was_never_seen_changes_nothing() -> None:
    unseen = past(2, **BLANK, was_looked_at=False)

    assert mistakes.latest([past(1), unseen]) == mistakes.latest([past(1)])


@given(HISTORIES)
def test_what_was_right_since_its_last_miss_and_nothing_else_is_put_right(
    history: list[tuple[int, float, bool, bool]],
) -> None:
    responses = [
        past(day, score if is_answered else 0.0, item_id=item, is_answered=is_answered,
             was_looked_at=is_seen)
        for day, (item, score, is_answered, is_seen) in enumerate(history)
    ]  # fmt: skip

    found = {each.response.item_id: each for each in mistakes.latest(responses)}

    assert found.keys() == {each.item_id for each in responses if mistakes.is_mistake(each)}
    for item_id, mistake in found.items():
        last_answer = max((r for r in responses if r.item_id == item_id and r.is_answered
                           and r.score == 1 and r.at > mistake.response.at),
                          key=lambda r: r.at, default=None)  # fmt: skip
        assert (mistake.put_right_at is not None) == (last_answer is not None)


def test_only_a_blank_of_an_attempt_that_the_clock_ended_has_a_likely_cause() -> None:
    responses = [
        past(1, **BLANK, was_cut_off=True),
        past(2, item_id=2, was_cut_off=True),
        past(3, item_id=3, **BLANK),
    ]

    assert [each.likely_cause for each in mistakes.latest(responses)] == [None, None, "out of time"]


def test_a_note_has_a_cause_of_the_list_and_plain_line_breaks() -> None:
    note = mistakes.read_note("slip", " Watch\r\nthe \x00sign. ")

    assert note == Note("slip", "Watch\nthe sign.")


def test_a_note_may_be_empty_or_without_a_cause() -> None:
    assert mistakes.read_note("", " ") == Note()
    assert mistakes.read_note("", "x" * LONGEST_NOTE) == Note(None, "x" * LONGEST_NOTE)


@pytest.mark.parametrize(
    ("cause", "text", "told"),
    [("bad luck", "", "listed"), ("", "x" * (LONGEST_NOTE + 5), "Shorten it by 5")],
)
def test_another_cause_or_too_long_a_note_is_refused(cause: str, text: str, told: str) -> None:
    with pytest.raises(InvalidNoteError, match=told):
        mistakes.read_note(cause, text)
