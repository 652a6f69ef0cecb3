"""The served app as tests see it: who is signed in, and what is stored behind the pages."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import BrowserContext
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import accounts, attempts, clocks
from tests import factories

EVERY_KIND = Path(__file__).parent / "files" / "every-kind.yaml"
TIMED, UNTIMED = "warm-up-quick", "warm-up-calm"

Result = TypeVar("Result")


@dataclass(frozen=True)
class Site:
    """The app and the address at which it is served."""

    app: Flask
    url: str

    def stored(self, work: Callable[[Session], Result]) -> Result:
        """What ``work`` returns; what it does is stored.

        In a thread of its own, because Playwright keeps an event loop in that of the tests, and
        Flask's contexts cannot be left beside one.
        """

        def run() -> Result:
            with factories.stored(self.app) as session:
                return work(session)

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(run).result()


def find_person(site: Site, name: str) -> models.User:
    """The account ``<name>@example.org``."""
    query = select(models.User).where(models.User.email == f"{name}@example.org")
    return site.stored(lambda session: session.scalars(query).one())


def sign_in(site: Site, context: BrowserContext, user: models.User) -> None:
    """The browser's context is signed in as ``user``."""
    now = datetime.now(UTC)
    token = site.stored(lambda session: accounts.sign_in(session, user, "a test", now))
    signer = SecureCookieSessionInterface().get_signing_serializer(site.app)
    assert signer is not None
    cookie = signer.dumps({"_user_id": token, "_fresh": True, "_permanent": True})
    name = site.app.config["SESSION_COOKIE_NAME"]
    context.add_cookies([{"name": name, "value": str(cookie), "url": site.url}])


def end_sign_ins(site: Site, user: models.User) -> None:
    """``user`` is not signed in any more, whatever cookies browsers have."""
    ended = delete(models.SignIn).where(models.SignIn.user_id == user.id)
    site.stored(lambda session: session.execute(ended))


def start_attempt(site: Site, user: models.User, quiz: str = TIMED) -> int:
    """The id of an attempt of ``user`` at ``quiz`` that begins now."""
    now = datetime.now(UTC)
    return site.stored(lambda session: factories.start_attempt(session, user, quiz, now).id)


def attempts_of(site: Site, user: models.User) -> list[models.Attempt]:
    """The attempts of ``user`` as stored now, the first one first."""
    query = select(models.Attempt).where(models.Attempt.user_id == user.id)
    return site.stored(lambda session: list(session.scalars(query.order_by(models.Attempt.id))))


def end_in(
    site: Site, attempt_id: int, left: timedelta, whole: timedelta = timedelta(minutes=20)
) -> None:
    """The attempt's ``whole`` time is up ``left`` from now, which may be in the past."""

    def move(session: Session) -> None:
        attempt = session.get_one(models.Attempt, attempt_id)
        attempt.ends_at = datetime.now(UTC) + left
        attempt.started_at = attempt.ends_at - whole

    site.stored(move)


def add_time(site: Site, attempt_id: int, minutes: int) -> None:
    """Tomas has given the attempt that many minutes more."""
    giver, now = find_person(site, "tomas").id, datetime.now(UTC)
    site.stored(lambda session: clocks.add_time(session, attempt_id, minutes, giver, "", now))


def allow_pause(site: Site, attempt_id: int) -> None:
    """The attempt may be paused for an hour in all."""

    def allow(session: Session) -> None:
        session.get_one(models.Attempt, attempt_id).pause_left_seconds = 3600

    site.stored(allow)


def finish(site: Site, attempt_id: int) -> None:
    """The attempt has been finished somewhere else."""
    now = datetime.now(UTC)
    site.stored(lambda session: attempts.close(session, attempt_id, now))


def position_of(site: Site, attempt_id: int, slug: str) -> int:
    """Where the attempt asks the item ``slug``."""

    def find(session: Session) -> int:
        attempt = session.get_one(models.Attempt, attempt_id)
        return factories.position_of(session, attempt, slug)

    return site.stored(find)


def stored_value(site: Site, attempt_id: int, position: int) -> object:
    """What the server holds as the answer there."""

    def find(session: Session) -> object:
        attempt = session.get_one(models.Attempt, attempt_id)
        return factories.row_at(session, attempt, position).value

    return site.stored(find)
