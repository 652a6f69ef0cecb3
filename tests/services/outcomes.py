"""What comes of a service, in one word: as the model of an attempt says it."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.errors import AttemptClosedError, ConflictError
from quizapp.services.responses import AnswerChangedError, AttemptPausedError, TooLate
from quizapp.services.storing import Saved
from tests import factories


def told_by(app: Flask, work: Callable[[Session], object]) -> str:
    """What ``work`` in a transaction of its own comes to; its result, or why there is none."""
    try:
        with factories.stored(app) as session:
            done = work(session)
    except AttemptClosedError:
        return "finished"
    except AnswerChangedError:
        return "conflict"
    except AttemptPausedError:
        return "paused"
    except ConflictError:
        return "refused"
    if isinstance(done, TooLate):
        return "too late"
    if isinstance(done, Saved):
        return "superseded" if done.is_superseded else "saved"
    return "done"
