"""A running attempt, its clock, its submission, its result, its marks and its record."""

from quizapp.web.attempts import checks, clocks, marks, moving_on, readings, runs, saving, views
from quizapp.web.attempts.blueprint import blueprint

__all__ = [
    "blueprint",
    "checks",
    "clocks",
    "marks",
    "moving_on",
    "readings",
    "runs",
    "saving",
    "views",
]
