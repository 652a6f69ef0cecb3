"""The plan to the day of the interview, as a page and as a calendar to subscribe to."""

from quizapp.web.plan.views import blueprint

__all__ = ["blueprint"]
