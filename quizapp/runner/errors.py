"""Why a program was not run: sentences for the person who waits for it."""

from collections.abc import Sequence

from quizapp.domain.errors import QuizError

FULL = "Too many programs wait to be run. Try again in a moment."


class RunnerUnavailableError(QuizError):
    """The runner cannot be reached, is off, or is not ready yet."""


class RunnerBusyError(QuizError):
    """Too much waits already; the same request may succeed in a moment."""


class OffError(Exception):
    """The runner cannot work here; the message says what to do. For the runner's inside."""


def lacking(libraries: Sequence[str]) -> str:
    """Why a program that needs ``libraries`` is not run by the light engine."""
    needed = " and ".join(libraries)
    return f"The program needs {needed}, which the light code runner of this server lacks."
