"""From claims to verdicts; a hidden group says nothing but its verdict and a count."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given

from quizapp.domain.programs.cases import CaseGroup
from quizapp.domain.programs.checkers import LONGEST_LITERAL, by_checker, checker_job
from quizapp.domain.programs.comparison import Rule
from quizapp.domain.programs.jobs import Claim, Outcome
from quizapp.domain.programs.judging import by_rule, claimed_values, judged, legible, not_run
from quizapp.domain.programs.verdicts import GroupVerdict, Verdict
from tests.unit.domain.programs.values import JSON

CASES = [{"call": "f(1)", "gives": "[1]"}, {"setup": "x = 2", "call": "f(x)", "gives": "[2]"}]
VISIBLE = CaseGroup.model_validate({"name": "Shown", "visible": True, "cases": CASES})
HIDDEN = CaseGroup.model_validate({"name": "Secret", "cases": CASES, "weight": 2})
RIGHT = {0: Claim("returned", [1]), 1: Claim("returned", [2.0])}


def verdict(
    claims: Mapping[int, Claim], group: CaseGroup = VISIBLE, status: Any = "ran", **more: Any
) -> GroupVerdict:
    return judged(group, Outcome(status, claims, **more), by_rule(group, Rule()))


def test_a_group_is_accepted_when_each_of_its_cases_is() -> None:
    found = verdict(RIGHT, HIDDEN)

    assert (found.status, found.passed, found.total, found.weight) == ("accepted", 2, 2, 2)


@pytest.mark.parametrize(
    ("second", "status"),
    [
        (Claim("returned", [3]), "wrong_answer"),
        (Claim("returned", {"$": "object"}), "protocol_violation"),
        (Claim("runtime_error", message="ValueError"), "runtime_error"),
        (Claim("bad_result"), "bad_result"),
        (Claim("memory_limit"), "memory_limit"),
        (None, "no_result"),
    ],
)
def test_a_group_fails_with_its_first_case(second: Claim | None, status: str) -> None:
    claims = {0: RIGHT[0]} if second is None else {0: RIGHT[0], 1: second}

    found = verdict(claims)

    assert (found.status, found.passed) == (status, 1)
    assert [case.status for case in found.cases] == ["accepted", status]


@pytest.mark.parametrize("status", ["time_limit", "crashed", "protocol_violation"])
def test_a_guest_that_did_not_come_to_its_end_passes_nothing(status: str) -> None:
    assert verdict(RIGHT, status=status).status == status


def test_a_visible_case_tells_what_was_called_expected_and_got() -> None:
    claim = Claim("returned", [{"$": "tuple", "v": [3]}], output="hi\n", milliseconds=1.26)

    found = verdict({1: claim}, message="at first", output="before")

    case = found.cases[1]
    assert (case.setup, case.call, case.expected, case.got) == ("x = 2", "f(x)", "[2]", "[(3,)]")
    assert (case.output, case.milliseconds) == ("hi\n", 1.3)
    assert (found.message, found.output) == ("at first", "before")


def test_a_hidden_group_tells_nothing_that_a_program_could_say_by_it() -> None:
    told = Claim("runtime_error", message="secret", output="secret", milliseconds=7331.0)
    outcome = {"message": "secret", "output": "secret", "milliseconds": 7331.0}

    stored = Verdict((verdict({0: told, 1: told}, HIDDEN, **outcome),)).to_json()

    assert "secret" not in repr(stored)
    assert "7331" not in repr(stored)
    assert "f(1)" not in repr(stored)


def test_what_a_program_says_can_be_stored_and_shown() -> None:
    claim = Claim("runtime_error", message="a\x00\ud800\r\nb", output="é" * 50_000)

    found = verdict({0: claim, 1: claim}, milliseconds=float("nan"))

    assert found.cases[0].message == "a\ufffd\ufffd\nb"
    assert sum(len(case.output) for case in found.cases) <= 20_000
    assert found.milliseconds == 0


@pytest.mark.parametrize("told", [float("inf"), -1.0, float("nan"), 1e12])
def test_a_time_that_is_none_is_not_told(told: float) -> None:
    found = verdict({0: Claim("returned", [1], milliseconds=told)})

    assert found.cases[0].milliseconds is None


def test_a_text_is_cut_where_it_gets_too_long() -> None:
    assert [legible("abc", longest) for longest in (0, 1, 2, 3)] == ["", "…", "a…", "abc"]


@given(JSON)
def test_any_claim_is_judged(claim: Any) -> None:
    assert verdict({0: Claim("returned", claim)}).status != "accepted"


def test_a_group_that_need_not_be_run_has_its_verdict() -> None:
    found = not_run(HIDDEN, "compile_error", "secret")

    assert (found.status, found.passed, found.total, found.message) == ("compile_error", 0, 2, "")


# --- Checkers -------------------------------------------------------------------------------------


def checked(claims: Mapping[int, Claim], *said: Any) -> GroupVerdict:
    """The verdict where the checker says that, in turn, of the values that were claimed."""
    outcome = Outcome("ran", claims)
    values = claimed_values(VISIBLE, outcome)
    answers = {at: Claim("returned", each) for at, each in enumerate(said)}
    return judged(VISIBLE, outcome, by_checker(values, Outcome("ran", answers)))


def test_a_checker_is_asked_of_each_value_as_a_literal() -> None:
    values = claimed_values(VISIBLE, Outcome("ran", {1: Claim("returned", {"$": "f", "v": "nan"})}))

    job = checker_job("def check(got, gives): ...", VISIBLE, values, "numpy")

    assert [case.call for case in job.cases] == ["check(nan, [2])"]
    assert "import array" in job.cases[0].setup
    assert (job.name, job.language, job.library, job.shows_output) == (
        "check",
        "python",
        "numpy",
        False,
    )


def test_a_checker_says_what_is_right() -> None:
    found = checked(RIGHT, True, "It is too small.")

    assert [case.status for case in found.cases] == ["accepted", "wrong_answer"]
    assert found.cases[1].message == "It is too small."


def test_what_was_not_claimed_is_not_asked_of() -> None:
    found = checked({1: RIGHT[1]}, True)

    assert [case.status for case in found.cases] == ["no_result", "accepted"]


@pytest.mark.parametrize("said", [None, 1, [True], {"$": "object"}])
def test_a_checker_that_says_neither_accepts_nothing(said: Any) -> None:
    assert checked(RIGHT, said, said).status == "bad_result"


def test_a_checker_that_says_nothing_accepts_nothing() -> None:
    assert checked(RIGHT).status == "bad_result"


def test_a_checker_is_not_asked_of_more_than_it_can_take() -> None:
    cases = [{"call": "f()", "gives": "1"}] * 30
    group = CaseGroup.model_validate({"name": "Many", "cases": cases})
    long, longer = "\\" * (LONGEST_LITERAL // 2 - 10), "a" * LONGEST_LITERAL
    claims = {at: Claim("returned", long if at else longer) for at in range(30)}
    values = claimed_values(group, Outcome("ran", claims))

    job = checker_job("", group, values, None)
    accepting = Outcome("ran", {at: Claim("returned", True) for at in range(30)})
    found = judged(group, Outcome("ran", claims), by_checker(values, accepting))

    assert sum(len(case.call) for case in job.cases) < 1_100_000
    assert (found.status, found.passed) == ("bad_result", len(job.cases))
