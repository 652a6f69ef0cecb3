"""How far what comes before a skill lets it be learnt now."""

import pytest

from quizapp.domain.preparedness import preparedness


@pytest.mark.parametrize(("value", "expected"), [(0.5, 0.55), (0.0, 0.143), (1.0, 0.957)])
def test_the_weakest_of_what_comes_first_decides(value: float, expected: float) -> None:
    """Expected: 0.1 + 0.9 logistic(6 (value - 0.5))."""
    assert preparedness([1.0, value]) == pytest.approx(expected, abs=1e-3)


def test_what_nothing_comes_before_can_be_learnt_at_once() -> None:
    assert preparedness([]) == 1.0
