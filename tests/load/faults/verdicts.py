"""What a fault showed: one line each, and the table of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HELD, BREACHED, SKIPPED = "held", "BREACHED", "skipped"
HOPELESS_SECONDS = 30.0
"""Whoever waits for the end of a fault gives up after so long."""


@dataclass(frozen=True)
class Verdict:
    """What was demanded under a fault, and what was measured; ``outcome`` is one of the above.

    ``is_timed`` when another machine, or one that is busy, might have come to another outcome.
    """

    fault: str
    demand: str
    measured: str
    outcome: str
    is_timed: bool = False


def judge(fault: str, demand: str, measured: object, *, is_met: bool) -> Verdict:
    """The verdict on a demand that was put to the test."""
    return Verdict(fault, demand, str(measured), HELD if is_met else BREACHED)


def none_of(fault: str, demand: str, found: Sequence[object], among: object = "") -> Verdict:
    """The verdict on a demand that nothing be found, among so many; shows the first that was."""
    count = f"{len(found)} of {among}" if among != "" else f"{len(found)}"
    measured = f"{count}: {found[0]}" if found else count
    return judge(fault, demand, measured, is_met=not found)


def within(fault: str, demand: str, seconds: Sequence[float], budget: float) -> Verdict:
    """The verdict on a demand that none of ``seconds`` be longer than ``budget``.

    What has taken ``HOPELESS_SECONDS`` is no matter of the machine's speed any more.
    """
    if not seconds:
        return judge(fault, demand, "never measured", is_met=False)
    middle = sorted(seconds)[len(seconds) // 2]
    measured = f"longest {max(seconds):.2f} s, median {middle:.2f} s of {len(seconds)}"
    outcome = HELD if max(seconds) <= budget else BREACHED
    return Verdict(fault, demand, measured, outcome, is_timed=max(seconds) < HOPELESS_SECONDS)


def skip(fault: str, reason: str) -> Verdict:
    """The verdict on what cannot be tried on this machine."""
    return Verdict(fault, "", reason, SKIPPED)


def breaches(verdicts: Iterable[Verdict]) -> list[str]:
    """What was demanded and not met, one sentence each."""
    return [
        f"{each.fault}: {each.demand}: {each.measured}"
        for each in verdicts
        if each.outcome == BREACHED
    ]


def table(verdicts: Sequence[Verdict]) -> str:
    """One line for each verdict, in columns; long measurements run on at the end of the line."""
    rows = [(each.outcome, each.fault, each.demand, each.measured) for each in verdicts]
    widths = [max(len(row[column]) for row in rows) for column in range(3)] if rows else []
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    )
