"""What was said, beside what came of it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from quizapp.web.charts.svg import chart, percent, words

TICKS: Final = (0, 25, 50, 75, 100)


class Step(NamedTuple):
    """One thing that could be said, which stands for ``said_low`` to ``said_high``; and the share
    that came right, with its range.
    """

    name: str
    said_low: float
    said_high: float
    value: float
    low: float
    high: float


def calibration(steps: Sequence[Step], *, title: str, height: int = 280) -> Markup:
    """The share right over the probability that was said: well judged is what lies in its box."""
    grid = "".join(map(_grid, TICKS))
    boxes = "".join(map(_box, steps))
    marks = "".join(map(_mark, steps))
    drawn = Markup(grid + boxes + marks)  # noqa: S704 - escaped below
    return chart("chart lines judged", title, drawn, height=height)


def _grid(tick: int) -> str:
    y = percent(100 - tick)
    anchor = "start" if tick == 0 else "middle"
    return (
        f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        f'<text x="-12" y="{y}" dy="4" text-anchor="end">{tick}</text>'
        f'<text x="{tick}%" y="100%" dy="22" text-anchor="{anchor}">{tick}</text>'
    )


def _box(step: Step) -> str:
    """Where the share lies when it is what was said."""
    size = percent(step.said_high - step.said_low)
    place = f'x="{percent(step.said_low)}" y="{percent(100 - step.said_high)}"'
    return f'<rect class="said" {place} width="{size}" height="{size}"/>'


def _mark(step: Step) -> str:
    """The share as a dot over the middle of what was said, with its range and its name."""
    x = percent((step.said_low + step.said_high) / 2)
    y, top, bottom = (percent(100 - each) for each in (step.value, step.high, step.low))
    name = escape(step.name)
    return (
        f'<line class="reach" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>'
        f'<circle class="pt last" cx="{x}" cy="{y}" r="5">'
        f"<title>{name}: {words(step.value)} % right</title></circle>"
        f'<text class="lbl" x="{x}" y="{bottom}" dy="16" text-anchor="middle">{name}</text>'
    )
