"""Charts are well-formed, bounded, named, and carry no style."""

import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from quizapp.web import charts
from quizapp.web.charts import Point

HOSTILE = "\"><script>alert('1') & more"
TREND = [Point("28 Sep", 41, 30, 53), Point("12 Oct", 57, 50, 64), Point("today", 68, 62, 74)]

CHARTS: dict[str, Callable[[], Markup]] = {
    "estimate": lambda: charts.estimate(46, 33, 60, target=80, label=HOSTILE),
    "estimate outside": lambda: charts.estimate(146, -33, 160, target=180),
    "estimate reversed": lambda: charts.estimate(50, 60, 40),
    "large estimate": lambda: charts.large_estimate(
        68, 62, 74, target=80, label=HOSTILE, names=(HOSTILE, HOSTILE)
    ),
    "large estimate outside": lambda: charts.large_estimate(-3, -9, 120, target=300, label="x"),
    "bar": lambda: charts.bar(33.333, label=HOSTILE),
    "bar outside": lambda: charts.bar(250),
    "cell": lambda: charts.cell(0.7, 0.3),
    "cell outside": lambda: charts.cell(1.7, 7),
    "cell untried": lambda: charts.cell(None, 0),
    "line": lambda: charts.line(TREND, target=80, title=HOSTILE),
    "line of hostile labels": lambda: charts.line([(HOSTILE, 1, 0, 2)] * 3, title="x"),
    "line outside": lambda: charts.line([("a", -5, -9, 0), ("b", 500, 4, 900)], title="x"),
    "line of one": lambda: charts.line(TREND[:1], target=80, title="x"),
    "line of none": lambda: charts.line([], target=80, title="x"),
    "line of many": lambda: charts.line(TREND * 40, title="x"),
    "calibration": lambda: charts.calibration(
        [charts.Step(HOSTILE, 80, 100, 70, 50, 85)], title=HOSTILE
    ),
    "calibration outside": lambda: charts.calibration(
        [charts.Step("x", -10, 110, 300, -20, 400)], title="x"
    ),
    "calibration of none": lambda: charts.calibration([], title="x"),
    "histogram": lambda: charts.histogram([3, 8, 1], [70, 80, 90, 100], marked=85, title=HOSTILE),
    "histogram of one": lambda: charts.histogram([3], [0, 100], marked=100, title="x"),
    "histogram of zeros": lambda: charts.histogram([0, 0], [0, 50, 100], title="x"),
    "histogram of none": lambda: charts.histogram([], [0], title="x"),
    "calendar": lambda: charts.calendar(
        [[0, 12.5, None], [40]], label=HOSTILE, first_day=date(2026, 9, 28)
    ),
    "calendar of none": lambda: charts.calendar([], label="x"),
}


def parsed(chart: str) -> ET.Element:
    return ET.fromstring(chart)  # noqa: S314 - our own


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest) -> str:
    return str(CHARTS[request.param]())


def test_is_well_formed_and_escaped(chart: str) -> None:
    assert {element.tag for element in parsed(chart).iter()} <= {
        "svg", "rect", "line", "circle", "text", "title", "polygon", "polyline",
    }  # fmt: skip


def test_has_no_style_and_no_handler(chart: str) -> None:
    names = {name for element in parsed(chart).iter() for name in element.attrib}

    assert "style" not in names
    assert not any(name.startswith("on") for name in names)


def test_has_a_name_or_is_hidden(chart: str) -> None:
    root = parsed(chart)

    assert root.get("aria-hidden") == "true" or (
        root.get("role") == "img" and root.get("aria-label")
    )


def test_stays_between_0_and_100_percent(chart: str) -> None:
    values = [float(value) for value in re.findall(r'"(-?[\d.]+)%"', chart)]

    assert all(0 <= value <= 100 for value in values)


@pytest.mark.parametrize(
    ("mastery", "level"),
    [(None, "m0"), (0, "m1"), (0.19, "m1"), (0.2, "m2"), (0.99, "m5"), (1, "m5")],
)
def test_mastery_has_five_levels(mastery: float | None, level: str) -> None:
    assert charts.mastery_level(mastery) == level


def test_an_estimate_says_its_value_and_range() -> None:
    assert 'aria-label="46 percent, likely between 33 and 60"' in charts.estimate(46.2, 33, 60)


def test_a_large_estimate_shows_range_and_target_in_words() -> None:
    html = charts.large_estimate(68, 62, 74, target=80, label="Readiness", names=("likely", "aim"))

    assert [text.text for text in parsed(html).iter("text")] == ["likely 62 to 74", "aim 80"]


@pytest.mark.parametrize(("value", "anchor"), [(3, "start"), (50, "middle"), (99, "end")])
def test_words_beside_an_edge_stay_in_the_drawing(value: float, anchor: str) -> None:
    (text,) = parsed(charts.large_estimate(value, 0, 100, label="x")).iter("text")

    assert text.get("text-anchor") == anchor


def test_a_bar_without_a_label_is_hidden() -> None:
    assert parsed(charts.bar(20)).get("aria-hidden") == "true"


def test_a_surer_cell_is_larger() -> None:
    def size(certainty: float) -> float:
        return float(parsed(charts.cell(0.5, certainty))[1].attrib["width"])

    assert size(0) < size(0.5) < size(1) == 28


@pytest.mark.parametrize("count", [1, 2, 3, 9, 52])
def test_a_line_has_at_most_five_time_labels_and_the_last_is_one(count: int) -> None:
    html = charts.line([(f"day {day}", 50, 40, 60) for day in range(count)], title="x", ticks=())
    labels = [text.text for text in parsed(html).iter("text") if text.get("dy") == "22"]

    assert len(labels) <= 5
    assert labels[-1] == f"day {count - 1}"


def test_a_line_may_say_how_many_points_share_a_label() -> None:
    html = charts.line(TREND, title="x", ticks=(), label_every=2)

    labels = [text.text for text in parsed(html).iter("text") if text.get("dy") == "22"]
    assert labels == ["28 Sep", "today"]


def test_a_histogram_marks_the_group_of_a_value_and_the_last_group_holds_its_upper_edge() -> None:
    html = charts.histogram([3, 8], [80, 90, 100], marked=100, title="x")
    marked = [rect for rect in parsed(html).iter("rect") if rect.get("class") == "bar1 you"]

    assert [rect.findtext("title") for rect in marked] == ["90 to 100 %: 8"]


@pytest.mark.parametrize(
    ("minutes", "level"), [(0, "z"), (1, "m2"), (12, "m3"), (25, "m3"), (26, "m5")]
)
def test_a_day_of_practice_has_four_levels(minutes: int, level: str) -> None:
    (rect,) = parsed(charts.calendar([[minutes]], label="x"))

    assert (rect.get("class"), rect.findtext("title")) == (level, f"{minutes} min")


def test_a_day_of_practice_says_its_date() -> None:
    html = charts.calendar([[0] * 7, [None, 12]], label="x", first_day=date(2026, 9, 28))

    assert parsed(html)[-1].findtext("title") == "6 Oct: 12 min"
