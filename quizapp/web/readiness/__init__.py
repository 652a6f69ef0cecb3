"""How ready a learner is for an interview, by round and level."""

from quizapp.web.readiness.views import blueprint

__all__ = ["blueprint"]
