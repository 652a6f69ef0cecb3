"""Stages of an attempt: ranges of its positions that are open one after the other.

Nothing runs at the second at which a stage ends: which one is open is computed from stored times,
by whoever asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any, TypeAlias

from quizapp.domain.assembly import QuizPlan

NOTHING = timedelta(0)


@dataclass(frozen=True)
class Stage:
    """Positions ``first`` to ``last``, open together; ``limit`` is their own time, or None."""

    first: int
    last: int
    limit: timedelta | None = None
    title: str = ""

    def has(self, position: int) -> bool:
        return self.first <= position <= self.last


Stages: TypeAlias = Sequence[Stage]
"""In their order, each from where the one before ends; none: all positions are always open."""


@dataclass(frozen=True)
class Opening:
    """The stage that is open, the ``number``-th of ``count`` from 0.

    ``ends_at`` is None where it has no time of its own.
    """

    number: int
    count: int
    stage: Stage
    ends_at: datetime | None = None

    @property
    def is_last(self) -> bool:
        return self.number + 1 == self.count

    @property
    def name(self) -> str:
        """``Section 1 of 2: Warm-up``, as pages call it; "" where it is a single question."""
        if self.stage.limit is None:
            return ""
        title = f": {self.stage.title}" if self.stage.title else ""
        return f"Section {self.number + 1} of {self.count}{title}"


@dataclass(frozen=True)
class Step:
    """A stage began at ``at``, and the attempt now ends at ``deadline``.

    ``has_lapsed`` when the time of the one before was over, and nobody moved on.
    """

    at: datetime
    opening: Opening
    deadline: datetime | None
    has_lapsed: bool


def of_plan(plan: QuizPlan, sizes: Sequence[int], factor: float = 1.0) -> tuple[Stage, ...]:
    """The stages of an attempt whose sections hold so many questions.

    The time of each section is multiplied by ``factor``; one without any question is no stage.
    """
    if plan.one_way:
        return tuple(Stage(position, position) for position in range(1, sum(sizes) + 1))
    if not plan.has_timed_sections:
        return ()
    lasts = accumulate(sizes)
    return tuple(
        Stage(last - size + 1, last, timedelta(minutes=section.minutes) * factor, section.title)
        for section, size, last in zip(plan.sections, sizes, lasts, strict=True)
        if size and section.minutes is not None
    )


def begun(stages: Stages, at: datetime, deadline: datetime | None) -> Opening:
    """The first stage, open from ``at`` on, in an attempt that ends at ``deadline``."""
    return _opened(stages, 0, at, deadline)


def at_position(stages: Stages, first: int, ends_at: datetime | None) -> Opening:
    """The stage that begins at that position, as it is stored."""
    return next(
        Opening(number, len(stages), stage, ends_at)
        for number, stage in enumerate(stages)
        if stage.first == first
    )


def lapses(
    stages: Stages, opening: Opening, deadline: datetime | None, now: datetime
) -> Iterator[Step]:
    """The stages that began since, because the time of those before them was over.

    Each begins when the one before ended, whoever notices it and whenever. The deadline stays.
    """
    while _has_lapsed(opening, deadline, now) and opening.ends_at is not None:
        at = opening.ends_at
        opening = _opened(stages, opening.number + 1, at, deadline)
        yield Step(at, opening, deadline, has_lapsed=True)


def opening_at(
    stages: Stages, opening: Opening, deadline: datetime | None, now: datetime
) -> Opening:
    """The stage that is open at ``now``, when ``opening`` was the last that is stored."""
    for step in lapses(stages, opening, deadline, now):
        opening = step.opening
    return opening


def moved_on(
    stages: Stages, opening: Opening, deadline: datetime | None, now: datetime
) -> Step | None:
    """The next stage begins ``now``; None when ``opening`` is the last.

    What is left of the own time of ``opening`` is given up: the deadline comes earlier by it, and
    never later, so that no stage has more than its own time.
    """
    if opening.is_last:
        return None
    number = opening.number + 1
    rest = [stage.limit for stage in stages[number:] if stage.limit is not None]
    if deadline is not None and rest:
        deadline = min(deadline, now + sum(rest, NOTHING))
    return Step(now, _opened(stages, number, now, deadline), deadline, has_lapsed=False)


def whole_limit(stages: Stages) -> timedelta | None:
    """The own times of all stages together; None where they have none."""
    limits = [stage.limit for stage in stages if stage.limit is not None]
    return sum(limits, NOTHING) if limits else None


def dumped(stages: Stages) -> list[dict[str, Any]]:
    """The stages, fit for JSON."""
    return [
        {
            "first": stage.first,
            "last": stage.last,
            "seconds": None if stage.limit is None else stage.limit.total_seconds(),
            "title": stage.title,
        }
        for stage in stages
    ]


def loaded(stored: Sequence[dict[str, Any]] | None) -> tuple[Stage, ...]:
    """The stages that ``dumped`` gave."""
    return tuple(
        Stage(
            each["first"],
            each["last"],
            None if each["seconds"] is None else timedelta(seconds=each["seconds"]),
            each["title"],
        )
        for each in stored or ()
    )


def _has_lapsed(opening: Opening, deadline: datetime | None, now: datetime) -> bool:
    """The last stage ends with the attempt, and so does one that the closing time has cut."""
    if opening.ends_at is None or opening.is_last:
        return False
    return opening.ends_at <= now and (deadline is None or opening.ends_at < deadline)


def _opened(stages: Stages, number: int, at: datetime, deadline: datetime | None) -> Opening:
    stage = stages[number]
    new = Opening(number, len(stages), stage)
    if stage.limit is None or deadline is None:
        return new
    return replace(new, ends_at=deadline if new.is_last else min(at + stage.limit, deadline))
