"""Who has an account, and which role."""

from quizapp.web.people.views import blueprint

__all__ = ["blueprint"]
