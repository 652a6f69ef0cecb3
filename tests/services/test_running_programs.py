"""A program is run group by group, and judged on this side."""

import pytest

from quizapp.domain.programs.examples import FACTORS, MEAN, VISITS
from quizapp.domain.programs.jobs import Job, Outcome
from quizapp.domain.question import Example
from quizapp.domain.question_types.code import Code
from quizapp.services.programs import verdict_of
from tests.trusted_runner import TrustedRunner

WITHOUT_NONE = "def mean(xs):\n    return sum(xs) / len(xs)\n"


def question(example: Example) -> Code:
    return Code.parse(example.fields)


@pytest.mark.parametrize("example", [MEAN, FACTORS, VISITS])
def test_a_solution_passes_all_and_a_wrong_one_does_not(example: Example) -> None:
    asked = question(example)

    assert verdict_of(TrustedRunner(), asked, asked.solution, "a", is_urgent=False).score == 1
    for wrong in asked.wrong_solutions:
        assert verdict_of(TrustedRunner(), asked, wrong.source, "a", is_urgent=False).score < 1


def test_groups_count_by_their_weights() -> None:
    found = verdict_of(TrustedRunner(), question(MEAN), WITHOUT_NONE, "a", is_urgent=False)

    assert [group.status for group in found.groups] == ["accepted", "runtime_error", "accepted"]
    assert found.score == pytest.approx(2 / 3)


def test_only_visible_groups_are_run_where_only_they_are_asked_for() -> None:
    runner = TrustedRunner()

    found = verdict_of(runner, question(MEAN), "", "alice", is_urgent=True, groups="visible")

    assert [group.name for group in found.groups] == ["Examples"]
    assert [(owner, is_urgent) for _, owner, is_urgent in runner.jobs] == [("alice", True)]


def test_no_job_holds_what_is_expected() -> None:
    runner = TrustedRunner()
    groups = [{"name": "A", "visible": True, "weight": 1, "cases": [
        {"call": "mean([1])", "gives": "73159"}]}]  # fmt: skip
    asked = Code.parse({**MEAN.fields, "groups": groups})

    verdict_of(runner, asked, asked.solution, "a", is_urgent=False)

    assert "73159" not in repr(runner.jobs)


def test_what_does_not_compile_is_run_once() -> None:
    runner = TrustedRunner()

    found = verdict_of(runner, question(MEAN), "def mean(:", "a", is_urgent=False)

    assert {group.status for group in found.groups} == {"compile_error"}
    assert len(runner.jobs) == 1
    assert found.groups[0].message


def test_a_program_that_is_too_long_is_not_run() -> None:
    runner = TrustedRunner()

    found = verdict_of(runner, question(MEAN), "é" * 40_000, "a", is_urgent=False)

    assert {group.status for group in found.groups} == {"too_long"}
    assert runner.jobs == []


def test_a_checker_runs_in_a_job_of_its_own() -> None:
    runner, asked = TrustedRunner(), question(FACTORS)

    verdict_of(runner, asked, asked.solution, "a", is_urgent=False)

    sources = [job.source for job, _, _ in runner.jobs]
    assert sources == [asked.solution, asked.checker] * len(asked.groups)


def test_a_checker_is_not_run_where_nothing_was_claimed() -> None:
    class Failing(TrustedRunner):
        def run(self, job: Job, owner: str, *, is_urgent: bool) -> Outcome:
            super().run(job, owner, is_urgent=is_urgent)
            return Outcome("time_limit", {})

    runner = Failing()

    found = verdict_of(runner, question(FACTORS), "def factors(n): ...", "a", is_urgent=False)

    assert {group.status for group in found.groups} == {"time_limit"}
    assert {job.name for job, _, _ in runner.jobs} == {"factors"}
