"""How many, and how much: a histogram and a calendar."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from markupsafe import Markup

from quizapp.web.charts.svg import chart, element, number, percent, words

DAY_PITCH: Final = 18
SHORT_DAY_MINUTES: Final = 12
LONG_DAY_MINUTES: Final = 25


def histogram(
    counts: Sequence[int],
    edges: Sequence[float],
    *,
    title: str,
    marked: float | None = None,
    unit: str = " %",
    height: int = 180,
) -> Markup:
    """How many fall between each two neighbours of ``edges``, which has one entry more.

    The group that holds ``marked`` stands out; each group holds its lower edge, the last one both.
    """
    floor = height - 24
    parts = [
        _column(counts, edges, place, marked=marked, unit=unit, floor=floor)
        for place in range(len(counts))
    ]
    axis = element("line", class_="grid", x1=0, x2="100%", y1=floor, y2=floor)
    end = [_edge_label(edges[-1], "100%", "end", height)] if counts else []
    return chart("chart", title, *parts, axis, *end, height=height)


def calendar(
    weeks: Sequence[Sequence[float | None]], *, label: str, first_day: date | None = None
) -> Markup:
    """Minutes of practice per day, a column a week from Monday down; None leaves a day out.

    With ``first_day``, the first Monday, each day also says its date.
    """
    # Plain text: a page has a hundred days, and one element at a time would be slow.
    days = "".join(
        _day(minutes, week_number, weekday, first_day)
        for week_number, week in enumerate(weeks)
        for weekday, minutes in enumerate(week)
        if minutes is not None
    )
    width, height = max(1, len(weeks)) * DAY_PITCH, 7 * DAY_PITCH
    drawn = Markup(days)  # noqa: S704 - numbers and dates alone
    return chart("days", label, drawn, width=width, height=height, viewBox=f"0 0 {width} {height}")


def _column(
    counts: Sequence[int],
    edges: Sequence[float],
    place: int,
    *,
    marked: float | None,
    unit: str,
    floor: int,
) -> Markup:
    low, high, count = edges[place], edges[place + 1], counts[place]
    is_last = place == len(counts) - 1
    is_marked = marked is not None and low <= marked and (marked < high or is_last)
    size = (floor - 20) * count / max(1, *counts)
    title = element("title", f"{words(low)} to {words(high)}{unit}: {count}")
    shape = element(
        "rect",
        title,
        class_="bar1 you" if is_marked else "bar1",
        x="4%",
        width="92%",
        y=number(floor - max(size, 1)),
        height=number(max(size, 1)),
        rx=3,
    )
    tally = element(
        "text",
        str(count),
        class_="lbl" if is_marked else "",
        x="50%",
        y=number(floor - size - 6),
        text_anchor="middle",
    )
    anchor = "start" if place == 0 else "middle"
    width = 100 / len(counts)
    return element(
        "svg",
        shape,
        tally,
        _edge_label(low, "0", anchor, floor + 24),
        x=percent(place * width),
        width=percent(width),
        height=floor + 24,
        overflow="visible",
    )


def _edge_label(value: float, x: str, anchor: str, height: int) -> Markup:
    return element("text", words(value), x=x, y=height - 6, text_anchor=anchor)


def _day(minutes: float, week_number: int, weekday: int, first_day: date | None) -> str:
    title = f"{minutes:.0f} min"
    if first_day is not None:
        day = first_day + timedelta(weeks=week_number, days=weekday)
        title = f"{day.day} {day:%b}: {title}"
    place = f'x="{week_number * DAY_PITCH}" y="{weekday * DAY_PITCH}"'
    size = f'width="{DAY_PITCH - 4}" height="{DAY_PITCH - 4}" rx="3"'
    return f'<rect class="{_day_level(minutes)}" {place} {size}><title>{title}</title></rect>'


def _day_level(minutes: float) -> str:
    if minutes <= 0:
        return "z"
    if minutes < SHORT_DAY_MINUTES:
        return "m2"
    return "m3" if minutes <= LONG_DAY_MINUTES else "m5"
