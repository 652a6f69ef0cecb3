"""Attempts as instructors and administrators see them, and more time for those that run."""

from quizapp.web.supervision.views import blueprint

__all__ = ["blueprint"]
