"""Verdicts in words."""

from typing import Any

import pytest

from quizapp.domain.programs.verdicts import CaseVerdict, GroupVerdict, Status, Verdict
from quizapp.web import verdicts


def group(status: Status, passed: int, total: int = 2, **more: Any) -> GroupVerdict:
    return GroupVerdict("Examples", True, 0.0, status, passed, total, **more)


def case(status: Status) -> CaseVerdict:
    return CaseVerdict(status, "", "f()", "1")


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ((group("accepted", 2, cases=(case("accepted"),)),), "2 of 2 tests passed"),
        ((group("wrong_answer", 1, cases=(case("wrong_answer"),)),), "1 of 2 tests passed"),
        ((group("accepted", 1, 1, cases=(case("accepted"),)),), "1 of 1 test passed"),
        (
            (group("time_limit", 0, cases=(case("no_result"),)),) * 2,
            "0 of 4 tests passed: too slow",
        ),
        (
            (group("runtime_error", 0, message="line 1: NameError"),),
            "0 of 2 tests passed: stopped by an error",
        ),
    ],
)
def test_a_run_is_summed_up_in_a_line(groups: tuple[GroupVerdict, ...], told: str) -> None:
    assert verdicts.summary(Verdict(groups)) == told


def test_a_message_of_all_groups_is_said_once() -> None:
    one = group("compile_error", 0, message="line 1: SyntaxError")
    other = group("compile_error", 0, message="line 2: SyntaxError")

    assert verdicts.shown_together((one, one)) == "line 1: SyntaxError"
    assert verdicts.shown_together((one, other)) == ""
    assert verdicts.shown_together((one, group("accepted", 2, cases=(case("accepted"),)))) == ""


def test_who_may_not_see_cases_gets_their_number() -> None:
    assert verdicts.counted(group("accepted", 4, 4)) == "passed, 4 of 4"
    assert verdicts.counted(group("time_limit", 3, 4)) == "too slow, 3 of 4"


@pytest.mark.parametrize(
    ("milliseconds", "told"),
    [(0, "under 0.1 ms"), (0.4, "0.4 ms"), (12.3, "12 ms"), (1234, "1.2 s")],
)
def test_times_are_short(milliseconds: float, told: str) -> None:
    assert verdicts.duration(milliseconds) == told
