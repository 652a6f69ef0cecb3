"""Programs of authors that judge what learners' programs gave, where several answers are right.

A checker runs in a guest of its own, and gets the value as a literal that is written on this side.
"""

from collections.abc import Mapping

from quizapp.domain.programs.cases import CaseGroup
from quizapp.domain.programs.jobs import CaseInput, Job, Library, Outcome
from quizapp.domain.programs.judging import Finding, Judge
from quizapp.domain.programs.showing import shown
from quizapp.domain.programs.values import BadValueError, Value, decoded
from quizapp.domain.programs.verdicts import Status

CHECKER = "check"
"""The function that a checker defines."""
LONGEST_LITERAL = 200_000
LONGEST_LITERALS = 1_000_000
"""Characters of a value, and of all in one group, that a checker is given; it is not asked of what
is longer.
"""
SECONDS = 5.0
_NAMES = "from math import inf, nan\n"
_NAMES_OF_ARRAYS = f"{_NAMES}from numpy import array\n"


def checker_job(
    source: str, group: CaseGroup, values: Mapping[int, Value], library: Library | None
) -> Job:
    """Asks the checker of each value that ``by_checker`` then knows of, in the same order."""
    setup = _NAMES_OF_ARRAYS if library else _NAMES
    literals = _literals(values)
    calls = [
        f"{CHECKER}({literal}, {shown(group.cases[place].expected, LONGEST_LITERAL)})"
        for place, literal in literals.items()
    ]
    return Job(
        language="python",
        source=source,
        name=CHECKER,
        cases=tuple(CaseInput(setup, call) for call in calls),
        seconds=SECONDS,
        library=library,
    )


def by_checker(values: Mapping[int, Value], outcome: Outcome) -> Judge:
    """Right is what the checker says is: it returns True, or else False or what is wrong."""
    number_of = {place: number for number, place in enumerate(_literals(values))}

    def judge(place: int, value: Value) -> Finding:  # noqa: ARG001 - it was asked before
        claim = outcome.claims.get(number_of.get(place, -1))
        if claim is None or claim.status != "returned":
            status: Status = "crashed" if outcome.status == "crashed" else "bad_result"
            return Finding(status, message="The checker could not judge this value.")
        return _finding(claim.value)

    return judge


def _finding(claimed: object) -> Finding:
    try:
        said = decoded(claimed)
    except BadValueError:
        said = None
    if isinstance(said, str):
        return Finding("wrong_answer", message=said)
    if isinstance(said, bool):
        return Finding("accepted" if said else "wrong_answer")
    return Finding("bad_result", message="The checker returned neither True, False nor text.")


def _literals(values: Mapping[int, Value]) -> Mapping[int, str]:
    """The values as Python, but for those that are too long."""
    found, left = {}, LONGEST_LITERALS
    for place, value in values.items():
        text = shown(value, LONGEST_LITERAL + 1)
        if len(text) <= min(left, LONGEST_LITERAL):
            found[place] = text
            left -= len(text)
    return found
