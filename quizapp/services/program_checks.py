"""Whether the cases of a code question tell right programs from wrong ones, by running them."""

from collections.abc import Iterator

from quizapp.domain.items import FieldProblem, Item
from quizapp.domain.places import Place
from quizapp.domain.programs.cases import CaseGroup
from quizapp.domain.programs.cheats import EASY_VALUES, ODD_VALUES, yes_sayers
from quizapp.domain.programs.checkers import by_checker, checker_job
from quizapp.domain.programs.comparison import Rule, is_same
from quizapp.domain.programs.judging import claimed_values
from quizapp.domain.programs.showing import shown
from quizapp.domain.programs.values import Value
from quizapp.domain.programs.verdicts import GroupVerdict, Verdict
from quizapp.domain.question_types.code import Code
from quizapp.services.programs import RunsJobs, verdict_of

OWNER = "bank check"
SHARE_OF_LIMIT = 5
"""The solution takes at most one part in so many of the time limit."""
NOISE_MILLISECONDS = 150
"""What a busy machine may add, of which nothing is said."""


def problems(item: Item, runner: RunsJobs) -> Iterator[FieldProblem]:
    """What running the programs of ``item`` shows against it. Raises what ``runner.run`` raises."""
    question = item.question
    if not isinstance(question, Code):
        return
    found = _run(runner, question, question.solution)
    failed = [group for group in found.groups if group.status != "accepted"]
    for group in failed:
        yield FieldProblem(("solution",), _failure(group))
    if failed:  # then nothing else means much
        return
    yield from _slow(question, found)
    yield from _wrong_ones_that_pass(question, runner)
    yield from _cheats_that_pass(question, runner)
    yield from _odd_values_that_pass(question, runner)


def _run(runner: RunsJobs, question: Code, source: str) -> Verdict:
    """The verdict with all cases told, as if they were visible."""
    groups = tuple(
        group.model_copy(update={"visible": True, "weight": group.worth})
        for group in question.groups
    )
    told = question.model_copy(update={"groups": groups})
    return verdict_of(runner, told, source, OWNER, is_urgent=False)


def _failure(group: GroupVerdict) -> str:
    """What becomes of the solution in a group, by the first case that fails."""
    what = group.status.replace("_", " ")
    case = next((each for each in group.cases if each.status != "accepted"), None)
    if case is None or group.status != case.status:
        return f"The solution fails “{group.name}” ({what}). {group.message}".rstrip()
    got = f" It gives {case.got[:200]}, not {case.expected[:200]}." if case.got else ""
    said = f" {case.message}" if case.message else ""
    return f"The solution fails “{group.name}” ({what}): {case.call or 'the query'}.{got}{said}"


def _slow(question: Code, found: Verdict) -> Iterator[FieldProblem]:
    slowest = max(found.groups, key=lambda group: group.milliseconds)
    taken = max(0.0, slowest.milliseconds - NOISE_MILLISECONDS) / 1000
    if taken * SHARE_OF_LIMIT > question.seconds:
        message = (
            f"The solution takes {slowest.milliseconds / 1000:.2f} s in “{slowest.name}”: let the"
            f" limit be {SHARE_OF_LIMIT} times that, or the group be smaller."
        )
        yield FieldProblem(("time_limit",), message, is_error=False)


def _wrong_ones_that_pass(question: Code, runner: RunsJobs) -> Iterator[FieldProblem]:
    for number, wrong in enumerate(question.wrong_solutions):
        if _passes(question, wrong.source, runner):
            message = "This passes all groups that count. Add a case that tells it from the right."
            yield FieldProblem(("wrong_solutions", number, "source"), message)


def _passes(question: Code, source: str, runner: RunsJobs) -> bool:
    """Whether the program passes every group that counts; the first that it fails is the last one
    that is run.
    """
    asked = (
        question.model_copy(update={"groups": (group,)}) for group in question.groups if group.worth
    )
    return all(
        verdict_of(runner, each, source, OWNER, is_urgent=False).groups[0].status == "accepted"
        for each in asked
    )


def _cheats_that_pass(question: Code, runner: RunsJobs) -> Iterator[FieldProblem]:
    """Groups that a program passes without computing anything."""
    counted = [group for group in question.groups if group.worth]
    expected = [case.expected for group in counted for case in group.cases]
    for easy in () if question.checker else EASY_VALUES:
        if all(is_same(each, easy, question.rule) for each in expected):
            message = f"All cases give {shown(easy)}: a program that always does so passes."
            yield FieldProblem(("groups",), message)
    if question.language == "sql":
        return
    for number, group in enumerate(question.groups):
        if any(case.expected is True for case in group.cases) and _is_fooled(
            question, group, runner
        ):
            message = (
                "A program that says yes to every comparison passes cases of this group. Do not"
                " compare in `call`: let it give the value."
            )
            yield FieldProblem(("groups", number), message)


def _is_fooled(question: Code, group: CaseGroup, runner: RunsJobs) -> bool:
    asked = question.model_copy(update={"groups": (group,)})
    verdicts = (
        verdict_of(runner, asked, source, OWNER, is_urgent=False).groups[0]
        for source in yes_sayers(question.function or "")
    )
    return any(verdict.passed for verdict in verdicts)


def _odd_values_that_pass(question: Code, runner: RunsJobs) -> Iterator[FieldProblem]:
    """What the checker accepts although nobody meant it to."""
    if question.checker is None:
        return
    accepted: dict[str, Place] = {}
    for number, group in enumerate(question.groups):
        outcome = runner.run(question.job(question.solution, group), OWNER, is_urgent=False)
        right = claimed_values(group, outcome)
        for at, case in enumerate(group.cases):
            for odd in _accepted(question, group.model_copy(update={"cases": (case,)}), runner):
                if not is_same(odd, right[at], Rule()):
                    accepted.setdefault(shown(odd, 40), ("groups", number, "cases", at))
    for text in accepted:
        message = f"The checker accepts {text} in some case. If that is wrong, refuse it there."
        yield FieldProblem(("checker",), message, is_error=False)


def _accepted(question: Code, group: CaseGroup, runner: RunsJobs) -> Iterator[Value]:
    """Which odd values the checker accepts for the one case of ``group``."""
    values: dict[int, Value] = dict(enumerate(ODD_VALUES))
    repeated = group.model_copy(update={"cases": group.cases * len(values)})
    job = checker_job(question.checker or "", repeated, values, question.library)
    judge = by_checker(values, runner.run(job, OWNER, is_urgent=False))
    yield from (value for at, value in values.items() if judge(at, value).status == "accepted")
