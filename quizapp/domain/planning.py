"""The days until the interview: what to learn and what to revisit on each, within the minutes.

What is to be as high as possible is the score to expect on the day: over all skills the sum of
weight times chance of being right, by the equations of ``prospects``. Questions are taken in the
order of their gain for each second until the days are full. New ones come on the first day that
has room, so that what builds on them can follow and missed days cost least; revisits come on the
day that helps most on the day of the interview.

A plan is made from what is known now. Nothing of it is kept: when a day is missed, or more was
done, the next one is made from what is known then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from quizapp.domain.filling import Filling, Step
from quizapp.domain.study import StudyItem, StudySkill, StudyTime
from quizapp.domain.study_days import DayKind, StudyDays, day_kinds, days_ahead

MINUTES = (10, 20, 30, 45, 60, 90, 120)
"""What a learner may give a day."""

DEFAULT_MINUTES = 20


class Portion(NamedTuple):
    """Questions of one skill on one day, all new or all met before.

    ``gain`` is what they add to the score 0..1 to expect on the day of the interview.
    """

    skill: str
    name: str
    is_new: bool
    items: tuple[int, ...]
    seconds: int
    gain: float


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day and its portions, the one of most gain first."""

    on: date
    kind: DayKind
    portions: tuple[Portion, ...] = ()

    @property
    def items(self) -> tuple[int, ...]:
        return tuple(item for portion in self.portions for item in portion.items)

    @property
    def seconds(self) -> int:
        return sum(portion.seconds for portion in self.portions)

    @property
    def sentence(self) -> str:
        """What the day holds: "3 to revisit, 4 new on Trees and ensembles"."""
        new = [portion for portion in self.portions if portion.is_new]
        revisits = sum(len(portion.items) for portion in self.portions if not portion.is_new)
        parts = [f"{revisits} to revisit"] if revisits else []
        if new:
            parts.append(f"{sum(len(each.items) for each in new)} new on {_names(new)}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every day from today to the interview, and the score 0..1 to expect on it.

    ``without`` is the score without any practice until then, ``mastery`` the one by skill with it.
    """

    days: tuple[PlannedDay, ...]
    expected: float
    without: float
    mastery: Mapping[str, float]


@lru_cache(maxsize=64)  # the same all day, until an answer comes in
def plan(skills: tuple[StudySkill, ...], items: tuple[StudyItem, ...], time: StudyTime) -> Plan:
    """The best plan within the minutes; the same for the same arguments.

    A step up in ``MINUTES`` never lowers what is expected: the plan for fewer, where it happens to
    be the better one, is one for more as well.
    """
    kinds = day_kinds(time)
    budgets = [time.minutes, *(each for each in reversed(MINUTES) if each < time.minutes)]
    shortest = min((item.seconds for item in items), default=0)
    fillings = [
        Filling(
            skills,
            items,
            StudyDays(kinds, minutes, time.spent_today, shortest),
            time.today.toordinal(),
        )
        for minutes in budgets
    ]
    best = max(fillings, key=lambda each: each.expected)
    days = _days(skills, time, kinds, best.steps)
    return Plan(days, best.expected, best.without, best.mastery)


def _days(
    skills: Sequence[StudySkill],
    time: StudyTime,
    kinds: Sequence[DayKind],
    steps: Sequence[Step],
) -> tuple[PlannedDay, ...]:
    names = {each.skill: each.name for each in skills}
    by_day: list[dict[tuple[str, bool], Portion]] = [{} for _ in kinds]
    for step in steps:
        of_day = by_day[step.day]
        key = step.skill, step.is_new
        of_day[key] = _added(of_day.get(key), names[step.skill], step)
    days = [
        PlannedDay(time.today + timedelta(days=day), kind, tuple(portions.values()))
        for day, (kind, portions) in enumerate(zip(kinds, by_day, strict=True))
    ]
    if time.interview_on and time.has_interview and days_ahead(time) == len(kinds):
        days.append(PlannedDay(time.interview_on, "interview"))
    return tuple(days)


def _added(portion: Portion | None, name: str, step: Step) -> Portion:
    """``portion`` of the same skill and day, with ``step``."""
    items = tuple(item.item_id for item in step.items)
    seconds = sum(item.seconds for item in step.items)
    if portion is None:
        return Portion(step.skill, name, step.is_new, items, seconds, step.gain)
    return portion._replace(
        items=portion.items + items,
        seconds=portion.seconds + seconds,
        gain=portion.gain + step.gain,
    )


def _names(portions: Sequence[Portion]) -> str:
    """The first two skills, and how many more."""
    more = f" and {len(portions) - 2} more" if len(portions) > 2 else ""
    return ", ".join(portion.name for portion in portions[:2]) + more
