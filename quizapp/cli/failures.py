"""From an error to a sentence on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from quizapp.db.transaction import is_busy
from quizapp.domain.errors import QuizError


@contextmanager
def told_plainly() -> Iterator[None]:
    """An error that its user can mend ends the command with a sentence.

    That is a QuizError, a file or folder that cannot be read, and a database that does not answer.
    """
    try:
        yield
    except QuizError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}.") from error
    except Exception as error:
        if not is_busy(error):
            raise
        raise click.ClickException(f"The database does not answer: {error}") from error
