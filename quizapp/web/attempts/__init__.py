"""A running attempt, its clock, its submission, its result, its marks and its record."""

from quizapp.web.attempts import clocks, marks, moving_on, readings, saving, views
from quizapp.web.attempts.blueprint import blueprint

__all__ = ["blueprint", "clocks", "marks", "moving_on", "readings", "saving", "views"]
