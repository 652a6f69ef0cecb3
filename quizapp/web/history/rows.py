"""Rows of the history's tables, each written in one go: the page has a hundred of them."""

from collections.abc import Iterable, Mapping
from datetime import date

from markupsafe import Markup, escape

from quizapp.services.history import PastAttempt
from quizapp.web import charts, words


def attempts(address: str, found: Iterable[PastAttempt], today: date) -> Markup:
    """A row an attempt; ``address`` is that of its result but for the id at the end."""
    rows = (_attempt(address, each, today) for each in found)
    return Markup("".join(rows))  # noqa: S704 - escaped in _attempt


def days(seconds: Mapping[date, int], today: date) -> Markup:
    """Minutes of practice by day, the latest first."""
    return Markup(  # noqa: S704 - numbers and dates alone
        "".join(
            f'<tr><td>{words.day(on, today)}</td><td class="r">{seconds[on] / 60:.0f}</td></tr>'
            for on in sorted(seconds, reverse=True)
        )
    )


def _attempt(address: str, each: PastAttempt, today: date) -> str:
    percent = each.percent
    points = f"{words.number(each.points)} of {words.number(each.marked_points)}"
    awaiting = words.awaiting(each.awaiting_count)
    so_far = f'<span class="sub">so far: {awaiting}</span>' if awaiting else ""
    time = words.clock(each.seconds_used) if each.is_timed else "untimed"
    return (
        f'<tr><td><a href="{address}{each.id}">{escape(each.title)}</a>'
        f'<span class="sub">{words.day(each.finished_at, today)}</span>{so_far}</td>'
        f'<td class="w hide-sm">{charts.bar(percent)}</td>'
        f'<td class="r">{words.share(percent, each.marked_points)}</td>'
        f'<td class="r hide-sm">{points}</td><td class="r">{time}</td></tr>'
    )
