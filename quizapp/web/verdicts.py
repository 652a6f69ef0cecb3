"""Verdicts on programs in words."""

from collections.abc import Mapping, Sequence

from quizapp.domain.programs.verdicts import GroupVerdict, Status, Verdict

WORDS: Mapping[Status, str] = {
    "accepted": "passed",
    "wrong_answer": "wrong result",
    "runtime_error": "stopped by an error",
    "compile_error": "cannot be run",
    "time_limit": "too slow",
    "memory_limit": "too much memory",
    "output_limit": "printed too much",
    "bad_result": "a result that cannot be compared",
    "no_result": "no result",
    "crashed": "crashed",
    "protocol_violation": "no proper result",
    "too_long": "the program is too long",
}
_OF_A_WHOLE_GROUP: frozenset[Status] = frozenset(
    ("compile_error", "time_limit", "output_limit", "crashed", "protocol_violation", "too_long")
)
MOST_SECONDS_IN_MS = 1_000


def fault(group: GroupVerdict) -> str:
    """What went wrong with ``group`` as a whole, or before its first case; "" where nothing did."""
    is_before_cases = bool(group.message) or all(case.status == "no_result" for case in group.cases)
    if group.status in _OF_A_WHOLE_GROUP or (group.status != "accepted" and is_before_cases):
        return WORDS[group.status]
    return ""


def summary(verdict: Verdict) -> str:
    """What came of a run, in one line: ``1 of 2 tests passed``."""
    passed = sum(group.passed for group in verdict.groups)
    total = sum(group.total for group in verdict.groups)
    told = f"{passed} of {total} test{'s' if total != 1 else ''} passed"
    faults = list(dict.fromkeys(filter(None, map(fault, verdict.groups))))
    return f"{told}: {', '.join(faults)}" if faults else told


def counted(group: GroupVerdict) -> str:
    """How a group went, for those who may not see its cases: ``wrong result, 3 of 4``."""
    if group.status == "accepted":
        return f"passed, {group.total} of {group.total}"
    return f"{WORDS[group.status]}, {group.passed} of {group.total}"


def shown_together(groups: Sequence[GroupVerdict]) -> str:
    """The message of all groups that could not begin for the same reason, said once; else ""."""
    messages = {group.message for group in groups}
    is_one = len(messages) == 1 and all(fault(group) for group in groups)
    return messages.pop() if is_one else ""


def duration(milliseconds: float) -> str:
    """``0.4 ms``, ``12 ms``, ``1.2 s``; ``under 0.1 ms`` where the clock saw nothing."""
    if milliseconds < 0.1:
        return "under 0.1 ms"
    if milliseconds >= MOST_SECONDS_IN_MS:
        return f"{milliseconds / 1_000:.1f} s"
    return f"{milliseconds:.1f} ms" if milliseconds < 10 else f"{milliseconds:.0f} ms"
