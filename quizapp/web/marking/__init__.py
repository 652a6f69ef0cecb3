"""Answers that await an instructor's mark, and marking them."""

from quizapp.web.marking.views import blueprint

__all__ = ["blueprint"]
