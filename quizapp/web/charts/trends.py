"""Values over time."""

from collections.abc import Sequence
from math import ceil
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from quizapp.web.charts.svg import bounded, chart, element, number, percent, words

MAX_AXIS_LABELS: Final = 5


class Point(NamedTuple):
    """One value over time, with its likely range."""

    label: str
    value: float
    low: float
    high: float


def line(
    points: Sequence[Point | tuple[str, float, float, float]],
    *,
    title: str,
    target: float | None = None,
    height: int = 220,
    ticks: Sequence[int] = (0, 25, 50, 75, 100),
    label_every: int | None = None,
) -> Markup:
    """Values over time with their likely range. ``title`` states the message.

    Every ``label_every``-th point counted from the last has its label; by default five or fewer.

    The drawing's own padding is the gutter, so that percents mean the plot area.
    """
    data = [Point(*point) for point in points]
    places = _places(len(data))
    parts = [Markup("".join(map(_grid_line, ticks)))]  # noqa: S704 - numbers alone
    if len(data) == 1:
        parts.append(_span(data[0], places[0]))
    elif data:
        parts.append(_curve(data, places))
    if target is not None:
        parts.append(_target_line(target))
    dots = (
        _dot(point, x, is_last=point is data[-1]) for point, x in zip(data, places, strict=True)
    )
    parts.append(Markup("".join(dots)))  # noqa: S704 - escaped in _dot
    parts += _time_labels(data, places, label_every or _label_step(len(data)))
    return chart("chart lines", title, *parts, height=height)


def _grid_line(tick: float) -> str:
    y = percent(100 - tick)
    return (
        f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        f'<text x="-12" y="{y}" dy="4" text-anchor="end">{words(tick)}</text>'
    )


def _target_line(target: float) -> Markup:
    y = percent(100 - target)
    return Markup(  # noqa: S704 - numbers alone
        f'<line class="tgt" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        f'<text x="0" y="{y}" dy="-6">target {words(target)}</text>'
    )


def _curve(data: Sequence[Point], places: Sequence[float]) -> Markup:
    lower = [_pair(x, point.low) for x, point in zip(places, data, strict=True)]
    upper = [_pair(x, point.high) for x, point in zip(places, data, strict=True)]
    middle = [_pair(x, point.value) for x, point in zip(places, data, strict=True)]
    area = element("polygon", class_="area", points=" ".join([*upper, *reversed(lower)]))
    path = element("polyline", class_="line", points=" ".join(middle))
    return element(
        "svg",
        area,
        path,
        width="100%",
        height="100%",
        viewBox="0 0 100 100",
        preserveAspectRatio="none",
        overflow="visible",
    )


def _span(point: Point, x: float) -> Markup:
    """The likely range of a single value, which has no area."""
    return element(
        "line",
        class_="span",
        x1=percent(x),
        x2=percent(x),
        y1=percent(100 - point.high),
        y2=percent(100 - point.low),
    )


def _dot(point: Point, x: float, *, is_last: bool) -> str:
    left, y, value = percent(x), percent(100 - point.value), words(point.value)
    kind, radius = ("pt last", 5) if is_last else ("pt", 3.5)
    label = f'<text class="lbl" x="{left}" y="{y}" dx="11" dy="4">{value}</text>' if is_last else ""
    return (
        f'<circle class="{kind}" cx="{left}" cy="{y}" r="{radius}">'
        f"<title>{escape(point.label)}: {value} %</title></circle>{label}"
    )


def _time_labels(data: Sequence[Point], places: Sequence[float], step: int) -> list[Markup]:
    return [
        element(
            "text",
            point.label,
            x=percent(x),
            y="100%",
            dy=22,
            text_anchor="start" if x == 0 else "middle",
        )
        for place, (point, x) in enumerate(zip(data, places, strict=True))
        if (len(data) - 1 - place) % step == 0
    ]


def _label_step(count: int) -> int:
    """So that at most five of ``count`` points have a label, the last among them."""
    return max(1, ceil((count - 1) / (MAX_AXIS_LABELS - 1)))


def _places(count: int) -> list[float]:
    """``count`` places from 0 to 100; a single one stands in the middle."""
    if count == 1:
        return [50.0]
    return [100 * place / (count - 1) for place in range(count)]


def _pair(x: float, value: float) -> str:
    return f"{number(x)},{number(100 - bounded(value))}"
