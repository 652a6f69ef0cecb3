"""Closing overdue attempts: once by command, and again and again beside the server."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event

from flask import Flask

from quizapp.clock import Clock, hand_on
from quizapp.config import Config
from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.services import accounts, attempts


def close_overdue(app: Flask, config: Config) -> int:
    """Every overdue attempt is finished; how many were. One that fails is logged and left."""
    now = clock_of(app).now()
    closed: dict[int, bool] = {}
    while found := [each for each in _overdue(config, now) if each not in closed]:
        closed |= {each: _is_closed(app, each, now, config.save_grace) for each in found}
    return sum(closed.values())


def tidy_until(
    app: Flask, config: Config, stop: Event, tidied: Callable[[float], None] = lambda _: None
) -> None:
    """Tidies up at once and then now and then, until ``stop``; tells the clock's anchor each time.

    That is: closes overdue attempts, forgets expired sign-ins, and hands the time on to workers
    that are started from now on.
    """
    while True:
        try:
            with app.app_context():
                _tidy(app, config)
        except Exception:
            app.logger.exception("tidying up failed; trying again")
        hand_on(clock_of(app))
        tidied(clock_of(app).anchor)
        if stop.wait(config.close_interval_seconds):
            return


def clock_of(app: Flask) -> Clock:
    """The server's time."""
    clock: Clock = app.extensions["quizapp.clock"]
    return clock


def _tidy(app: Flask, config: Config) -> None:
    close_overdue(app, config)
    with transaction() as session:
        accounts.forget_expired(session, config.sign_in_lifetime, clock_of(app).now())


def _overdue(config: Config, now: datetime) -> Sequence[int]:
    return attempts.overdue(db.session, now, config.save_grace)


def _is_closed(app: Flask, attempt_id: int, now: datetime, grace: timedelta) -> bool:
    try:
        with transaction() as session:
            closed = attempts.close_overdue(session, attempt_id, now, grace)
    except Exception:
        app.logger.exception("attempt %s could not be closed", attempt_id)
        return False
    return closed.finished_at is not None
