"""The overview that greets a learner."""

from quizapp.web.home.views import blueprint

__all__ = ["blueprint"]
