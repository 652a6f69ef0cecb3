"""Trying the programs of code questions while banks are checked, if there is a code runner."""

import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

import click

from quizapp.cli import companions
from quizapp.config import Config
from quizapp.domain.errors import QuizError
from quizapp.domain.items import FieldProblem, Item
from quizapp.domain.question_types.code import Code
from quizapp.runner.client import Runner
from quizapp.services import program_checks
from quizapp.services.question_files import Look

LOOK_SECONDS = 0.5


@contextmanager
def looking(config: Config, *, is_wanted: bool) -> Iterator[Look]:
    """Finds what running its programs shows against an item. A runner is sought, or started, with
    the first item that has any.
    """
    with ExitStack() as stack:
        yield _Tries(config, stack, is_wanted=is_wanted)


class _Tries:
    """``reason`` is why nothing is run, once that is known."""

    def __init__(self, config: Config, stack: ExitStack, *, is_wanted: bool) -> None:
        self._config, self._stack = config, stack
        self._runner: Runner | None = None
        self._reason = "" if is_wanted else "--no-run"

    def __call__(self, item: Item) -> Iterable[FieldProblem]:
        if not isinstance(item.question, Code) or self._reason:
            return ()
        try:
            self._runner = self._runner or self._stack.enter_context(_ready_runner(self._config))
            click.echo(f"Trying the programs of {item.slug} …", err=True)
            return list(program_checks.problems(item, self._runner))
        except QuizError as error:
            if self._runner is not None and self._runner.state().status == "ready":
                click.echo(f"warning: {item.slug} was not tried. {error}")
                return ()
            self._reason = str(error)
            click.echo(f"warning: Programs were not run. {error}")
            return ()


@contextmanager
def _ready_runner(config: Config) -> Iterator[Runner]:
    """The code runner of the server or, where none runs, one of our own. Raises QuizError."""
    with companions.runner_at_hand(config, click.echo) as socket:
        yield _once_ready(Runner(socket))


def _once_ready(runner: Runner) -> Runner:
    """Waits until it takes jobs, the first time a minute. Raises QuizError where it never will."""
    while (state := runner.state()).status != "ready":
        if state.status == "off" and state.is_reached:
            raise QuizError(state.reason)
        time.sleep(LOOK_SECONDS)
    return runner
