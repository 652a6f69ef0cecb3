"""What `flask doctor` finds: one line each, with what to do where something is not as it should."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Verdict: TypeAlias = Literal["ok", "warning", "breach"]
"""A breach puts answers, grades or passwords at risk; a warning may become one."""


@dataclass(frozen=True)
class Finding:
    """What is the case, in a sentence, and what to do about it."""

    verdict: Verdict
    what: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"{self.verdict:8} {self.what}"
        return f"{line}\n{'':9}{self.advice}" if self.advice else line


def ok(what: str) -> Finding:
    """All is well."""
    return Finding("ok", what)


def warning(what: str, advice: str) -> Finding:
    """Works, but not as it should."""
    return Finding("warning", what, advice)


def breach(what: str, advice: str) -> Finding:
    """A promise that is not kept."""
    return Finding("breach", what, advice)


def summary(found: Iterable[Finding]) -> str:
    """How many of each kind that matters."""
    verdicts = [each.verdict for each in found]
    return f"{_count(verdicts.count('breach'), 'breach', 'breaches')}, " + _count(
        verdicts.count("warning"), "warning", "warnings"
    )


def _count(count: int, one: str, several: str) -> str:
    return f"{count or 'no'} {one if count == 1 else several}"
