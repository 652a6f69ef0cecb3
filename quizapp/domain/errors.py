"""Errors a person may read: ``str(error)`` says what is wrong and what to do."""


class QuizError(Exception):
    """Something a person asked for cannot be done; the message is fit to show to them."""


class NotFoundError(QuizError):
    """What was asked for does not exist, or is not this person's."""


class ConflictError(QuizError):
    """The state has moved on: the request was valid once, or is valid elsewhere."""


class AttemptClosedError(ConflictError):
    """The attempt takes no more responses."""


class InvalidContentError(QuizError):
    """Authored content does not follow its format; used where no place in a file is known."""


class InvalidMarkError(QuizError):
    """Points that cannot be given for an answer."""


class InvalidNoteError(QuizError):
    """A note on a mistake that cannot be kept."""


class SignInError(QuizError):
    """The given name and password do not open an account."""


class UploadError(QuizError):
    """A file cannot be read at all (too large, not text, unknown format)."""
