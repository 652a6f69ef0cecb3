"""Finished attempts, and all of a person's data to take away."""

from quizapp.web.history.views import blueprint

__all__ = ["blueprint"]
