"""What can be started: quizzes and practice."""

from quizapp.web.quizzes.views import blueprint

__all__ = ["blueprint"]
