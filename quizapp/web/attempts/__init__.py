"""A running attempt, its submission, and its result."""

from quizapp.web.attempts.views import blueprint

__all__ = ["blueprint"]
