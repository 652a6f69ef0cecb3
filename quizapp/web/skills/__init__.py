"""The tree of skills, and where the learner stands on each."""

from quizapp.web.skills.views import blueprint

__all__ = ["blueprint"]
