"""Before anybody's program is run: a right program is right, and what must not work does not."""

from collections.abc import Callable

from quizapp.domain.programs.jobs import CaseInput, Job, Outcome
from quizapp.runner.errors import OffError

SECONDS = 10
RIGHT = ("sum(x * x for x in [1, 2, 3])", 14)
FORBIDDEN = {
    "list the files of this machine": "__import__('os').listdir('/')",
    "read a file of this machine": "open('/etc/passwd').read()",
    "write a file": "open('/tmp/x', 'w')",
    "open a socket": "__import__('socket').create_connection(('127.0.0.1', 1))",
    "start a process": "__import__('os').fork()",
    "run a command": "__import__('os').system('true') and 1 / 0",
    "read this machine's environment": "__import__('os').environ['PATH']",
}

Run = Callable[[Job], Outcome]


def check(run: Run) -> None:
    """Raises OffError unless ``run`` runs programs and keeps them in."""
    calls = [RIGHT[0], *FORBIDDEN.values()]
    cases = tuple(CaseInput("", call) for call in calls)
    outcome = run(Job("python", "", "", cases, SECONDS))
    if outcome.status != "ran" or outcome.claims[0].value != RIGHT[1]:
        raise OffError(f"The self-test failed: a program that is right ended as {outcome.status}.")
    for place, what in enumerate(FORBIDDEN, start=1):
        if outcome.claims[place].status != "runtime_error":
            raise OffError(f"The self-test failed: a program could {what}.")
