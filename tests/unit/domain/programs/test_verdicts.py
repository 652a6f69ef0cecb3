"""Verdicts are stored and read again; what is stored may be garbage."""

from typing import Any

import pytest
from hypothesis import given

from quizapp.domain.programs.verdicts import CaseVerdict, GroupVerdict, Verdict
from tests.unit.domain.programs.values import JSON

CASE = CaseVerdict("wrong_answer", "", "f(1)", "1", "2", milliseconds=0.5)
SHOWN = GroupVerdict("Examples", True, 0, "wrong_answer", 0, 1, 3.5, cases=(CASE,))
ONE = GroupVerdict("One", False, 1, "accepted", 4, 4, 9.0)
TWO = GroupVerdict("Two", False, 2, "time_limit", 1, 4)


@pytest.mark.parametrize(
    ("groups", "score"),
    [
        ((SHOWN, ONE, TWO), 1 / 3),
        ((ONE,), 1.0),
        ((TWO,), 0.0),
        ((SHOWN,), 0.0),
        ((GroupVerdict("Examples", True, 0, "accepted", 1, 1),), 1.0),
        ((), 0.0),
    ],
)
def test_the_score_is_the_share_of_the_weights(
    groups: tuple[GroupVerdict, ...], score: float
) -> None:
    assert Verdict(groups).score == pytest.approx(score)


def test_a_verdict_is_read_as_it_was_stored_but_for_hidden_times() -> None:
    read = Verdict.from_json(Verdict((SHOWN, ONE, TWO)).to_json())

    assert read is not None
    assert read.groups[0] == SHOWN
    assert (read.groups[1].status, read.groups[1].milliseconds) == ("accepted", 0)


@given(JSON)
def test_garbage_is_no_verdict(stored: Any) -> None:
    assert Verdict.from_json(stored) is None or stored in ({"groups": []}, {"groups": ()})
