"""Registering, signing in and out, the profile, the first owner."""

from quizapp.web.accounts.views import blueprint

__all__ = ["blueprint"]
