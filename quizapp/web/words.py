"""How times and numbers are written on pages."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache

from quizapp.domain.calibration import Step
from quizapp.services.overview import WeeklyReadiness
from quizapp.services.skill_history import DayOnSkill
from quizapp.web import charts
from quizapp.web.charts import Point

SECONDS_PER_MINUTE = 60


def clock(seconds: float) -> str:
    """Seconds as ``1:05`` or ``1:02:05``."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, SECONDS_PER_MINUTE)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def minutes(seconds: float) -> str:
    """Seconds as whole minutes, or hours and minutes, in words."""
    whole = max(1, round(seconds / SECONDS_PER_MINUTE)) if seconds else 0
    hours, left = divmod(whole, 60)
    if not hours:
        return _count(left, "minute")
    return f"{_count(hours, 'hour')} {_count(left, 'minute')}" if left else _count(hours, "hour")


def day(value: date | datetime, today: date | None = None) -> str:
    """A day as ``today``, ``yesterday``, ``7 Nov`` or, in another year, ``7 Nov 2025``."""
    at = value.date() if isinstance(value, datetime) else value
    return _day(at, today or datetime.now(UTC).date())


@lru_cache(maxsize=1024)  # a page has dozens, and most of them come again on the next
def _day(at: date, today: date) -> str:
    distance = (today - at).days
    if distance in (0, 1):
        return ("today", "yesterday")[distance]
    text = f"{at.day} {at:%b}"
    return text if at.year == today.year else f"{text} {at.year}"


def moment(value: datetime) -> str:
    """A time of day with its day, in UTC: ``today at 19:04 UTC``."""
    return f"{day(value)} at {value:%H:%M} UTC"


def time_of_day(value: datetime) -> str:
    """A time in UTC, with its day unless it is today's: ``15:04 UTC``, ``6 Nov, 15:04 UTC``."""
    text = f"{value:%H:%M} UTC"
    return text if value.date() == datetime.now(UTC).date() else f"{day(value)}, {text}"


def number(value: float) -> str:
    """A number without needless zeros: ``3``, ``2.5``, ``0.33``, ``−0.25``."""
    if value < 0:
        size = number(-value)
        return f"−{size}" if size != "0" else size
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0").rstrip(".")


def signed(value: float) -> str:
    """A number that is gained or lost: ``+1``, ``−0.33``, ``0``."""
    text = number(value)
    return f"+{text}" if value > 0 and text != "0" else text


def share(percent: int, marked_points: float) -> str:
    """A score as ``80 %``; a dash while nothing that it is about is marked."""
    return f"{percent} %" if marked_points > 0 else "–"


def awaiting(count: int) -> str:
    """``1 answer awaits its score``, ``2 answers await their scores``; nothing for none."""
    if not count:
        return ""
    return "1 answer awaits its score" if count == 1 else f"{count} answers await their scores"


def trend_points(weeks: Iterable[WeeklyReadiness]) -> list[Point]:
    """Readiness by week as points of a line chart, in percent."""
    return [
        Point(day(each.week_of), each.value * 100, each.low * 100, each.high * 100)
        for each in weeks
    ]


def skill_points(days: Iterable[DayOnSkill]) -> list[Point]:
    """The estimate of a skill by day as points of a line chart, in percent."""
    return [Point(day(each.on), *(100 * share for share in each.estimate[:3])) for each in days]


def said_and_right(steps: Iterable[Step]) -> list[charts.Step]:
    """Steps of confidence as a chart of calibration, in percent."""
    return [
        charts.Step(each.name, *(100 * share for share in (*each.stated, *each.share)))
        for each in steps
    ]


def judgement(steps: Iterable[Step]) -> str:
    """What that chart says: ``When sure you were right in 14 of 20.``"""
    return " ".join(
        f"When {each.name.lower()} you were right in {number(each.right)} of {each.answers}."
        for each in steps
    )


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
