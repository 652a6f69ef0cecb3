"""Question files: upload, check, publish."""

from quizapp.web.uploads.views import blueprint

__all__ = ["blueprint"]
