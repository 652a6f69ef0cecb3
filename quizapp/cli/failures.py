"""From an error to a sentence on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from quizapp.domain.errors import QuizError


@contextmanager
def told_plainly() -> Iterator[None]:
    """A QuizError inside ends the command with its sentence and exit code 1."""
    try:
        yield
    except QuizError as error:
        raise click.ClickException(str(error)) from error
