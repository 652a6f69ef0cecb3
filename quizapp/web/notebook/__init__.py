"""Mistakes with their causes and notes, and what is due to be seen again."""

from quizapp.web.notebook.views import blueprint

__all__ = ["blueprint"]
