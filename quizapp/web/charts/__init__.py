"""Charts as SVG: no script and no ``style``; colours by class, so dark mode and print follow.

Lengths are percent of the drawing, so text keeps its size at every width; curves live in a nested,
stretched drawing. Values are percent from 0 to 100 unless said otherwise; what lies outside is
drawn at the edge. Every chart has an accessible name or is hidden from assistive technology.
"""

from quizapp.web.charts.calibration import Step, calibration
from quizapp.web.charts.counts import calendar, histogram
from quizapp.web.charts.estimates import bar, cell, estimate, large_estimate, mastery_level
from quizapp.web.charts.trends import Point, line

__all__ = [
    "Point",
    "Step",
    "bar",
    "calendar",
    "calibration",
    "cell",
    "estimate",
    "histogram",
    "large_estimate",
    "line",
    "mastery_level",
]
