"""Running an author's programs shows what is wrong with a code question."""

from copy import deepcopy
from typing import Any

import pytest

from quizapp.domain.items import FieldProblem, Item
from quizapp.domain.programs.examples import FACTORS, MEAN, VISITS
from quizapp.domain.question import Example
from quizapp.services import program_checks
from tests.trusted_runner import TrustedRunner

COMMON = {"id": "a", "type": "code", "skills": ["coding.data.numpy"]}


def found(example: Example, **changes: Any) -> list[FieldProblem]:
    fields = deepcopy({**COMMON, **example.fields, **changes})
    return list(program_checks.problems(Item.parse(fields), TrustedRunner()))


@pytest.mark.parametrize("example", [MEAN, FACTORS, VISITS])
def test_the_examples_of_the_guide_are_told_apart(example: Example) -> None:
    assert found(example) == []


def test_a_solution_that_fails_is_told_with_its_case() -> None:
    source = "def mean(xs):\n    return sum(xs) / 2 if xs else None\n"

    faults = found(MEAN, solution=source)

    assert [fault.place for fault in faults] == [("solution",)] * 2
    assert faults[0].message == (
        "The solution fails “Examples” (wrong answer): mean([1, 2, 6]). It gives 4.5, not 3."
    )


def test_a_solution_that_raises_says_what() -> None:
    (fault, *_) = found(MEAN, solution="def mean(xs):\n    return xs.mean()\n")

    assert "AttributeError" in fault.message


def test_a_wrong_solution_that_passes_is_told() -> None:
    right = {"why": "It is right.", "source": MEAN.fields["solution"]}

    (fault,) = found(MEAN, wrong_solutions=[MEAN.fields["wrong_solutions"][0], right])

    assert fault.place == ("wrong_solutions", 1, "source")
    assert fault.is_error


@pytest.mark.parametrize(
    "call", ["mean([1, 3]) == 2", "abs(mean([1, 3]) - 2) < 1e-6", "all([mean([2]) == 2])"]
)
def test_a_call_that_compares_is_told(call: str) -> None:
    case = {"call": call, "gives": True}

    faults = found(MEAN, groups=[*MEAN.fields["groups"], {"name": "Same", "cases": [case]}])

    assert [fault.place for fault in faults] == [("groups", 3)]
    assert "say" in faults[0].message


def test_cases_that_all_give_the_same_are_told() -> None:
    cases = [{"call": f"mean([{n}, -{n}])", "gives": 0} for n in (4, 5)]
    shown = {"name": "Shown", "visible": True, "cases": cases[:1]}

    faults = found(MEAN, groups=[shown, {"name": "Same", "cases": cases}])

    assert ("groups",) in [fault.place for fault in faults]


def test_a_checker_that_accepts_what_it_cannot_mean_is_told() -> None:
    lax = "def check(got, gives):\n    return not got or not abs(got - gives) > 1\n"
    groups = [{"name": "Shown", "visible": True, "weight": 1, "cases": [
        {"call": "mean([1, 2, 6])", "gives": 3}]}]  # fmt: skip

    faults = found(MEAN, checker=lax, compare=None, groups=groups)

    told = [fault.message for fault in faults if fault.place == ("checker",)]
    assert any("accepts nan" in message for message in told)
    assert any("accepts []" in message for message in told)
    assert not any(fault.is_error for fault in faults if fault.place == ("checker",))


def test_other_kinds_are_not_run() -> None:
    runner = TrustedRunner()
    fields = {**COMMON, "type": "true-false", "stem": "1 is odd.", "answer": True}

    assert list(program_checks.problems(Item.parse(fields), runner)) == []
    assert runner.jobs == []
