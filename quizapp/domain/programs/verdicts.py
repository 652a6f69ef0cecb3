"""What a program was found to be worth, by groups of cases."""

from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from pydantic import TypeAdapter, ValidationError

Status: TypeAlias = Literal[
    "accepted",
    "wrong_answer",
    "runtime_error",
    "compile_error",
    "time_limit",
    "memory_limit",
    "output_limit",
    "bad_result",
    "no_result",
    "crashed",
    "protocol_violation",
    "too_long",
]


@dataclass(frozen=True)
class CaseVerdict:
    """One visible case: what was called, expected and got, as Python writes values.

    ``message`` is of an error, ``output`` what was printed; both are the program's own words.
    ``milliseconds`` are the guest's, None where it did not tell.
    """

    status: Status
    setup: str
    call: str
    expected: str
    got: str = ""
    message: str = ""
    output: str = ""
    milliseconds: float | None = None


@dataclass(frozen=True)
class GroupVerdict:
    """One group: accepted if each of its ``total`` cases was, else the status of the first that
    was not.

    ``cases``, ``message`` and ``output`` (of what happened before the first case) are of visible
    groups alone: a program could tell by them what hidden cases ask. ``milliseconds`` are the
    host's, for the whole group; those of hidden groups are not stored, for they tell as well.
    """

    name: str
    is_visible: bool
    weight: float
    status: Status
    passed: int
    total: int
    milliseconds: float = 0.0
    message: str = ""
    output: str = ""
    cases: tuple[CaseVerdict, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What became of each group that was run."""

    groups: tuple[GroupVerdict, ...]

    @property
    def is_in_doubt(self) -> bool:
        """True where a process ended that ran it: by the program, or by what befell the machine."""
        return any(group.status == "crashed" for group in self.groups)

    @property
    def score(self) -> float:
        """The weights of accepted groups over all weights, 0..1. Where nothing weighs anything, 1
        if all are accepted.
        """
        total = sum(group.weight for group in self.groups)
        accepted = [group for group in self.groups if group.status == "accepted"]
        if not total:
            return 1.0 if accepted and len(accepted) == len(self.groups) else 0.0
        return min(1.0, sum(group.weight for group in accepted) / total)

    def to_json(self) -> dict[str, Any]:
        """Plain data that ``from_json`` reads as the same, but for the times of hidden groups."""
        told = tuple(
            each if each.is_visible else replace(each, milliseconds=0.0) for each in self.groups
        )
        found: dict[str, Any] = _STORED.dump_python(Verdict(told), mode="json")
        return found

    @staticmethod
    def from_json(stored: Any) -> "Verdict | None":
        """The verdict in what is stored; None if that is none."""
        try:
            return _STORED.validate_python(stored)
        except ValidationError:
            return None


_STORED = TypeAdapter(Verdict)
