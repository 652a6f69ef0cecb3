"""A running attempt, its clock, its submission, its result and its record."""

from quizapp.web.attempts import clocks, readings, saving, views
from quizapp.web.attempts.blueprint import blueprint

__all__ = ["blueprint", "clocks", "readings", "saving", "views"]
