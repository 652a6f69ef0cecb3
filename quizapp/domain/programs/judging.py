"""From what a guest claims to a verdict, on this side of the wall: guests know nothing expected."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from quizapp.domain.programs.cases import Case, CaseGroup
from quizapp.domain.programs.comparison import Rule, is_same
from quizapp.domain.programs.jobs import LONGEST_SHOWN_OUTPUT, Claim, Outcome
from quizapp.domain.programs.showing import shown
from quizapp.domain.programs.values import BadValueError, Value, decoded
from quizapp.domain.programs.verdicts import CaseVerdict, GroupVerdict, Status

LONGEST_MESSAGE = 2_000
_ILLEGIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Finding:
    """What is to be said of one case; ``got`` is the value as Python writes it."""

    status: Status
    got: str = ""
    message: str = ""


Judge: TypeAlias = Callable[[int, Value], Finding]
"""Judges the value that was claimed for the case at a place of its group."""


def by_rule(group: CaseGroup, rule: Rule) -> Judge:
    """Right is what is the same as expected, but for what the rule lets differ."""

    def judge(place: int, value: Value) -> Finding:
        is_right = is_same(value, group.cases[place].expected, rule)
        return Finding("accepted" if is_right else "wrong_answer")

    return judge


def claimed_values(group: CaseGroup, outcome: Outcome) -> Mapping[int, Value]:
    """The values that were claimed, by the place of their case."""
    found = {}
    for place in range(len(group.cases)):
        claim = outcome.claims.get(place)
        if claim is not None and claim.status == "returned":
            try:
                found[place] = decoded(claim.value)
            except BadValueError:
                continue
    return found


def judged(group: CaseGroup, outcome: Outcome, judge: Judge) -> GroupVerdict:
    """The verdict on a group, of a job with just its cases."""
    values = claimed_values(group, outcome)
    findings = [
        _finding(place, outcome.claims.get(place), values, judge)
        for place in range(len(group.cases))
    ]
    failed = [each.status for each in findings if each.status != "accepted"]
    status: Status = failed[0] if failed else "accepted"
    return GroupVerdict(
        name=group.name,
        is_visible=group.visible,
        weight=group.worth,
        status=status if outcome.status == "ran" else outcome.status,
        passed=len(findings) - len(failed),
        total=len(findings),
        milliseconds=_milliseconds(outcome.milliseconds) or 0.0,
        message=legible(outcome.message, LONGEST_MESSAGE) if group.visible else "",
        output=legible(outcome.output, LONGEST_SHOWN_OUTPUT) if group.visible else "",
        cases=_cases(group, outcome, findings) if group.visible else (),
    )


def not_run(group: CaseGroup, status: Status, message: str = "") -> GroupVerdict:
    """The verdict on a group that need not be run, for it can only end so."""
    return GroupVerdict(
        name=group.name,
        is_visible=group.visible,
        weight=group.worth,
        status=status,
        passed=0,
        total=len(group.cases),
        message=legible(message, LONGEST_MESSAGE) if group.visible else "",
    )


def _finding(place: int, claim: Claim | None, values: Mapping[int, Value], judge: Judge) -> Finding:
    if claim is None:
        return Finding("no_result")
    if claim.status != "returned":
        return Finding(claim.status, message=claim.message)
    if place not in values:
        return Finding("protocol_violation")
    found = judge(place, values[place])
    return Finding(found.status, shown(values[place]), found.message)


def _cases(group: CaseGroup, outcome: Outcome, findings: list[Finding]) -> tuple[CaseVerdict, ...]:
    """The cases in turn; all that they printed is cut where it gets too long to be shown."""
    found, left = [], LONGEST_SHOWN_OUTPUT
    for place, (case, finding) in enumerate(zip(group.cases, findings, strict=True)):
        each = _case(case, finding, outcome.claims.get(place), left)
        left -= len(each.output)
        found.append(each)
    return tuple(found)


def _case(case: Case, finding: Finding, claim: Claim | None, longest: int) -> CaseVerdict:
    return CaseVerdict(
        status=finding.status,
        setup=case.setup,
        call=case.call,
        expected=shown(case.expected),
        got=finding.got,
        message=legible(finding.message, LONGEST_MESSAGE),
        output=legible(claim.output, longest) if claim else "",
        milliseconds=_milliseconds(claim.milliseconds) if claim else None,
    )


def legible(text: str, longest: int) -> str:
    """``text`` without what no page or database holds, and cut where it gets too long."""
    plain = _ILLEGIBLE.sub("\ufffd", text[: longest + 1].replace("\r\n", "\n"))
    return plain if len(plain) <= longest else f"{plain[: max(0, longest - 1)]}…"[:longest]


def _milliseconds(told: float | None) -> float | None:
    is_time = isinstance(told, int | float) and math.isfinite(told) and 0 <= told < 10_000_000
    return round(float(told), 1) if is_time and told is not None else None
