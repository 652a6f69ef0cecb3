"""What can be wrong with a picture."""

from quizapp.domain.errors import QuizError


class ImageError(QuizError):
    """A file is no picture that we take; the message says why, and what to do."""
