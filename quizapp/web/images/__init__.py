"""Pictures of questions."""

from quizapp.web.images.views import blueprint

__all__ = ["blueprint"]
