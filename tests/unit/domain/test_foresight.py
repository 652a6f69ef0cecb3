"""What FSRS foretells, in steps."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain import foresight, scheduling
from quizapp.domain.scheduling import Memory

AT = datetime(2026, 11, 4, tzinfo=UTC)


def memory(stability: float, difficulty: float) -> Memory:
    return Memory(stability, difficulty, AT, AT + timedelta(days=1))


memories = st.builds(memory, st.floats(0.1, 300), st.floats(1, 10))


@given(memories, st.integers(0, 120))
def test_recall_is_nearly_that_of_fsrs(held: Memory, days: int) -> None:
    exact = scheduling.recall(held, AT + timedelta(days=days))

    assert abs(foresight.recalled(foresight.trace(held), days) - exact) < 0.01


@given(memories, st.integers(1, 60), st.booleans())
def test_a_review_is_nearly_that_of_fsrs(held: Memory, days: int, is_right: bool) -> None:
    exact = scheduling.reviewed(held, float(is_right), AT + timedelta(days=days))

    found = foresight.revisited(foresight.trace(held), days, is_right=is_right)

    soon = AT + timedelta(days=days + 14)
    assert abs(foresight.recalled(found, 14) - scheduling.recall(exact, soon)) < 0.03


def test_the_first_answer_leaves_what_fsrs_says() -> None:
    right = foresight.revisited(None, 0, is_right=True)
    wrong = foresight.revisited(None, 0, is_right=False)

    assert right == foresight.trace(scheduling.reviewed(None, 1.0, AT))
    assert foresight.recalled(wrong, 7) < foresight.recalled(right, 7)
