"""Closing overdue attempts: once by command, and again and again beside the server."""

from datetime import UTC, datetime
from threading import Event

from flask import Flask

from quizapp.config import Config
from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.services import accounts, attempts


def close_overdue(app: Flask, config: Config) -> int:
    """Every overdue attempt is finished; how many were. One that fails is logged and left."""
    now = datetime.now(UTC)
    found = attempts.overdue(db.session, now, config.save_grace)
    return sum(_is_closed(app, attempt_id, now) for attempt_id in found)


def tidy_until(app: Flask, config: Config, stop: Event) -> None:
    """Closes overdue attempts and forgets expired sign-ins now and then, until ``stop``."""
    while not stop.wait(config.close_interval_seconds):
        try:
            with app.app_context():
                close_overdue(app, config)
                with transaction() as session:
                    accounts.forget_expired(session, config.sign_in_lifetime, datetime.now(UTC))
        except Exception:
            app.logger.exception("tidying up failed; trying again")


def _is_closed(app: Flask, attempt_id: int, now: datetime) -> bool:
    try:
        with transaction() as session:
            attempts.close(session, attempt_id, now, closed_by="deadline")
    except Exception:
        app.logger.exception("attempt %s could not be closed", attempt_id)
        return False
    return True
