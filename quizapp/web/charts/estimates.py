"""How good someone is, and how sure we are: bars and squares."""

from functools import lru_cache
from typing import Final, Literal

from markupsafe import Markup, escape

from quizapp.web.charts.svg import bounded, chart, element, number, percent, words

MASTERY_STEPS: Final = 5
LABEL_GUTTER: Final = 18
"""Percent at either end where a centred label would leave the drawing on a phone."""
CELL: Final = 28


def mastery_level(mastery: float | None) -> str:
    """``m1`` (weak) to ``m5`` (strong) for a mastery of 0..1, ``m0`` for None: not tried."""
    if mastery is None:
        return "m0"
    return f"m{min(MASTERY_STEPS, max(1, int(mastery * MASTERY_STEPS) + 1))}"


@lru_cache(maxsize=4096)  # whole percents, dozens of them on a page
def estimate(
    value: float, low: float, high: float, *, target: float | None = None, label: str = ""
) -> Markup:
    """A thin track with the likely range as a band, the estimate as a dot, the target as a tick."""
    name = label or f"{words(value)} percent, likely between {words(low)} and {words(high)}"
    marks = _estimate_marks(value, low, high, target=target, middle=8, radius=5)
    return chart("est", name, marks)


def large_estimate(
    value: float,
    low: float,
    high: float,
    *,
    label: str,
    target: float | None = None,
    names: tuple[str, str] = ("likely", "target"),
) -> Markup:
    """The same, larger, with the range and the target in words."""
    range_name, target_name = names
    marks = _estimate_marks(value, low, high, target=target, middle=30, radius=8)
    captions = [_caption(value, 54, f"{range_name} {words(low)} to {words(high)}")]
    if target is not None:
        captions.append(_caption(target, 13, f"{target_name} {words(target)}"))
    return chart("est big", label, marks, *captions)


@lru_cache(maxsize=512)
def bar(value: float, kind: Literal["", "ok"] = "", *, label: str = "") -> Markup:
    """A filled track. Without ``label`` it is hidden: its value then stands beside it in words."""
    classes = f"bar {kind}" if kind else "bar"
    name = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(  # noqa: S704 - escaped above
        f'<svg class="{classes}" {name}><rect class="track" width="100%" height="8" rx="4"/>'
        f'<rect class="fill" width="{percent(value)}" height="8" rx="4"/></svg>'
    )


def cell(mastery: float | None, certainty: float) -> Markup:
    """A skill's square: colour is ``mastery`` 0..1, size is ``certainty`` 0..1.

    Hidden from assistive technology: the link around it has the name and the value.
    """
    if mastery is None:
        square = element("rect", class_="m0", x=1, y=1, width=26, height=26, rx=5)
        return _picture(square)
    return _square(mastery_level(mastery), round(min(1.0, max(0.0, certainty)), 2))


@lru_cache(maxsize=1024)  # few levels and sizes, dozens of squares a page
def _square(level: str, certainty: float) -> Markup:
    size = 8 + (CELL - 8) * certainty
    ground = element("rect", class_="bg", width=CELL, height=CELL, rx=5)
    fill = element(
        "rect",
        class_=level,
        x=number((CELL - size) / 2),
        y=number((CELL - size) / 2),
        width=number(size),
        height=number(size),
        rx=number(3 + 2 * certainty),
    )
    return _picture(ground, fill)


def _estimate_marks(
    value: float, low: float, high: float, *, target: float | None, middle: int, radius: int
) -> Markup:
    thickness = 8 if radius > 5 else 6
    track = f'y="{middle - thickness // 2}" height="{thickness}" rx="{thickness // 2}"'
    low, high = bounded(min(low, high)), bounded(max(low, high))
    tick = ""
    if target is not None:
        x, reach = percent(target), radius + 3
        ends = f'x1="{x}" x2="{x}" y1="{middle - reach}" y2="{middle + reach}"'
        tick = f'<line class="tick" {ends}/>'
    return Markup(  # noqa: S704 - numbers alone
        f'<rect class="track" width="100%" {track}/>'
        f'<rect class="band" x="{percent(low)}" width="{percent(high - low)}" {track}/>{tick}'
        f'<circle class="dot" cx="{percent(value)}" cy="{middle}" r="{radius}"/>'
    )


def _caption(value: float, y: int, text: str) -> Markup:
    return element("text", text, x=percent(value), y=y, text_anchor=_anchor(value))


def _anchor(value: float) -> str:
    if value < LABEL_GUTTER:
        return "start"
    return "end" if value > 100 - LABEL_GUTTER else "middle"


def _picture(*parts: Markup) -> Markup:
    return element("svg", *parts, aria_hidden="true", viewBox=f"0 0 {CELL} {CELL}")
