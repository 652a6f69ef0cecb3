"""Having programs run and judged."""

from typing import Literal, Protocol

from quizapp.domain.programs.cases import CaseGroup
from quizapp.domain.programs.checkers import by_checker, checker_job
from quizapp.domain.programs.jobs import LONGEST_SOURCE, Job, Outcome
from quizapp.domain.programs.judging import Judge, by_rule, claimed_values, judged, not_run
from quizapp.domain.programs.verdicts import GroupVerdict, Verdict
from quizapp.domain.question_types.code import Code


class RunsJobs(Protocol):
    """A runner, or what stands in for it."""

    def run(self, job: Job, owner: str, *, is_urgent: bool) -> Outcome:
        """What became of the job, once it is over; ``owner`` is for whom it runs, and shares with
        others fairly. It is urgent if a person waits. Raises QuizError when it cannot be run.
        """
        ...


def verdict_of(
    runner: RunsJobs,
    question: Code,
    source: str,
    owner: str,
    *,
    is_urgent: bool,
    groups: Literal["all", "visible"] = "all",
) -> Verdict:
    """What the program ``source`` is worth, by all groups or only those that learners see.

    A group is one job, or two with a checker. Raises what ``runner.run`` raises.
    """
    asked = [each for each in question.groups if each.visible or groups == "all"]
    if len(source.encode("utf-8", "replace")) > LONGEST_SOURCE:
        return Verdict(tuple(not_run(each, "too_long") for each in asked))
    found: list[GroupVerdict] = []
    for group in asked:
        if found and found[-1].status == "compile_error":  # so it is for all others
            found.append(not_run(group, "compile_error", found[-1].message))
            continue
        outcome = runner.run(question.job(source, group), owner, is_urgent=is_urgent)
        judge = _judge(runner, question, group, outcome, owner, is_urgent=is_urgent)
        found.append(judged(group, outcome, judge))
    return Verdict(tuple(found))


def _judge(
    runner: RunsJobs,
    question: Code,
    group: CaseGroup,
    outcome: Outcome,
    owner: str,
    *,
    is_urgent: bool,
) -> Judge:
    """By the question's rule, or by its checker, which is asked in a guest of its own."""
    if question.checker is None:
        return by_rule(group, question.rule)
    values = claimed_values(group, outcome)
    job = checker_job(question.checker, group, values, question.library)
    said = runner.run(job, owner, is_urgent=is_urgent) if job.cases else Outcome("ran", {})
    return by_checker(values, said)
