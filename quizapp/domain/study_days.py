"""The days up to an interview: what each is for, and how much of it is still free."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Literal, TypeAlias

from quizapp.domain.assembly import MAXIMUM_QUESTIONS
from quizapp.domain.study import StudyItem, StudyTime

MOST_DAYS = 60
"""No plan looks further ahead: by then much else will be known."""

DAYS_WITHOUT_DATE = 28
"""Without a date the plan is made as for an interview so many days ahead."""

LIGHT_SHARE = 0.5
"""The day before the interview takes so much of the minutes, and nothing new."""

SKILL_SHARE = 0.8
"""No skill takes more of a day: at least a fifth is of others, so that estimates stay honest."""

DayKind: TypeAlias = Literal["study", "light", "rest", "interview"]

_SHARES = {"study": 1.0, "light": LIGHT_SHARE}


def day_kinds(time: StudyTime) -> list[DayKind]:
    """What each day is from today up to, and without, the interview."""
    ahead = days_ahead(time)
    kinds = [_kind(time, day) for day in range(min(ahead, MOST_DAYS))]
    if kinds and time.has_interview and ahead <= MOST_DAYS and kinds[-1] == "study":
        kinds[-1] = "light"
    return kinds


def days_ahead(time: StudyTime) -> int:
    """Days until the interview, or until the day that stands for it."""
    if time.interview_on is None or not time.has_interview:
        return DAYS_WITHOUT_DATE
    return (time.interview_on - time.today).days


def _kind(time: StudyTime, day: int) -> DayKind:
    weekday = (time.today + timedelta(days=day)).weekday()
    return "rest" if weekday in time.rest_weekdays else "study"


class StudyDays:
    """The days of a plan while they fill, counted from 0: today."""

    def __init__(
        self, kinds: Sequence[DayKind], minutes: int, spent_today: int, shortest: int
    ) -> None:
        """``shortest`` is the least that a question takes; a day with less left is full."""
        self.seconds = [int(_SHARES.get(kind, 0.0) * minutes * 60) for kind in kinds]
        self._left = list(self.seconds)
        if self._left:
            self._left[0] = max(0, self._left[0] - spent_today)
        self._kinds = kinds
        self._shortest = shortest
        self._questions = [0] * len(kinds)
        self._by_skill: dict[tuple[int, str], int] = defaultdict(int)
        self.open = [day for day, left in enumerate(self._left) if left >= max(1, shortest)]

    @property
    def longest(self) -> float:
        """Seconds beyond which nothing of one skill fits any day."""
        return SKILL_SHARE * max(self.seconds, default=0)

    def has_room(self, day: int, skill: str, seconds: int, questions: int = 1) -> bool:
        """True when so much of a skill still fits."""
        return (
            self._left[day] >= seconds
            and self._questions[day] + questions <= MAXIMUM_QUESTIONS
            and self._by_skill.get((day, skill), 0) + seconds <= SKILL_SHARE * self.seconds[day]
        )

    def first_for_new(self, skill: str, seconds: int, questions: int) -> int | None:
        """The first day with room for what was never met."""
        for day in self.open:
            if self._kinds[day] == "study" and self.has_room(day, skill, seconds, questions):
                return day
        return None

    def spread_after(self, day: int, count: int) -> Sequence[int]:
        """At most ``count`` open days after ``day``, from the next to the last."""
        days = self.open[bisect_right(self.open, day) :]
        last = len(days) - 1
        return sorted({days[last * step // (count - 1)] for step in range(count)}) if days else ()

    def near(self, day: int, after: int) -> Iterator[int]:
        """Open days after ``after``: from ``day`` on, the nearest first, then those before it."""
        place, begin = bisect_right(self.open, day), bisect_right(self.open, after)
        yield from self.open[max(place, begin) :]
        yield from reversed(self.open[begin:place])

    def take(self, day: int, skill: str, items: Sequence[StudyItem]) -> None:
        """The questions are done on that day."""
        seconds = sum(item.seconds for item in items)
        self._left[day] -= seconds
        self._questions[day] += len(items)
        self._by_skill[day, skill] += seconds
        if self._left[day] < self._shortest:
            self.open.remove(day)
