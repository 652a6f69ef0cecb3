"""Flask-Login over sign-ins that live in the database.

The signed cookie holds the random token of a sign-in and the CSRF secret, nothing else; deleting
the row ends the sign-in at once, whatever cookie a browser still has.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask import session as cookie
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.wrappers import Request
from flask_login import LoginManager, current_user, login_required
from flask_login import login_user as flask_login_user
from flask_login import logout_user as flask_logout_user
from itsdangerous import BadSignature
from werkzeug.wrappers import Response

from quizapp.clock import Clock
from quizapp.config import Config
from quizapp.db import db, models
from quizapp.db.transaction import is_busy, transaction
from quizapp.domain.errors import SignInError
from quizapp.services import accounts
from quizapp.services.passwords import Passwords
from quizapp.services.sign_ins import Proof
from quizapp.web.errors import wants_json

P = ParamSpec("P")
R = TypeVar("R")

login_manager = LoginManager()

COOKIES_KEPT = 4_096
"""Cookies whose signature is known to be right; one takes about a kilobyte."""


class Account:
    """The signed-in person as Flask-Login knows them; ``get_id`` is the sign-in's token."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, user: models.User, token: str) -> None:
        self.user = user
        self.token = token

    def get_id(self) -> str:
        return self.token

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def email(self) -> str:
        return self.user.email


class Cookies(SecureCookieSessionInterface):
    """Cookies of any age: sign-ins end on the server, by a clock that cannot be set back.

    By the machine's clock, every cookie would come from the future once it is. Nor does a cookie
    change: one whose signature was right is so each time that it comes again.
    """

    def __init__(self, app: Flask) -> None:
        self._serializer = self.get_signing_serializer(app)
        self._read = lru_cache(maxsize=COOKIES_KEPT)(self._loads)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self._serializer is None:
            return None
        value = request.cookies.get(self.get_cookie_name(app))
        try:
            return self.session_class(deepcopy(self._read(value)) if value else None)
        except BadSignature:
            return self.session_class()

    def _loads(self, value: str) -> dict[str, Any]:
        found: dict[str, Any] = self._serializer.loads(value)  # type: ignore[union-attr]
        return found


def init_app(app: Flask) -> None:
    """Signs people in by the database's sign-ins."""
    app.session_interface = Cookies(app)
    login_manager.init_app(app)
    login_manager.session_protection = None  # a new address in the middle of a quiz is no theft
    login_manager.user_loader(_load)
    login_manager.unauthorized_handler(ask_to_sign_in)


def now() -> datetime:
    """The server's time; the clock that every view reads."""
    found: Clock = current_app.extensions["quizapp.clock"]
    return found.now()


def has_sign_in() -> bool:
    """True when the browser's cookie holds a sign-in, which may have ended."""
    return "_user_id" in cookie


def proof() -> Proof:
    """The browser's sign-in, to be checked where it is used. Raises SignInError without one."""
    token = cookie.get("_user_id")
    if not isinstance(token, str):
        raise SignInError("You are signed out. Sign in, then try again.")
    settings, at = config(), now()
    return Proof(
        accounts.token_hash(token),
        begun_after=at - settings.sign_in_lifetime,
        seen_after=at - timedelta(hours=settings.idle_hours),
    )


def config() -> Config:
    """The settings of the running app."""
    found: Config = current_app.extensions["quizapp"]
    return found


def passwords() -> Passwords:
    """The password hasher of the running app."""
    found: Passwords = current_app.extensions["quizapp.passwords"]
    return found


def begin(user: models.User, token: str) -> None:
    """The browser is signed in with ``token``; nothing of its former cookie is left."""
    cookie.clear()
    cookie.permanent = True
    flask_login_user(Account(user, token), force=True)


def end() -> None:
    """The browser's cookie is empty."""
    flask_logout_user()
    cookie.clear()


def this_user() -> models.User:
    """The signed-in person; only for views behind ``login_required``."""
    user: models.User = current_user.user
    return user


def sign_in_required(view: Callable[P, R]) -> Callable[P, R]:
    """Only signed-in people reach the view; others are asked to sign in."""
    guarded: Callable[P, R] = login_required(view)
    return guarded


def role_required(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only people of these roles reach the view; for others it does not exist (404)."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        @sign_in_required
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if this_user().role not in roles:
                abort(404)
            return view(*args, **kwargs)

        return guarded

    return decorate


def _load(token: str) -> Account | None:
    settings = config()
    limits = accounts.SignInLimits(
        timedelta(days=settings.sign_in_days), timedelta(hours=settings.idle_hours)
    )
    if g.get("is_database_away"):
        return None
    try:
        found = accounts.find_sign_in(db.session, token, limits, now())
    except Exception as error:
        # The page that says so asks again who is signed in, and must not fail in its turn.
        g.is_database_away = is_busy(error)
        raise
    if found is None:
        return None
    if accounts.needs_touch(found, now()):
        _note_presence(found.id)
    return Account(found.user, token)


def _note_presence(sign_in_id: int) -> None:
    """Stores that the person was here; while the database is busy, pages are shown without it."""
    try:
        with transaction() as session:
            accounts.touch_sign_in(session, sign_in_id, now())
    except Exception as error:
        if not is_busy(error):
            raise


def ask_to_sign_in() -> Response:
    """The way to sign in and come back; for a script SignInError."""
    if wants_json():
        raise SignInError("You are signed out. Sign in, then try again.")
    if request.method != "GET":
        return redirect(url_for("accounts.sign_in"))
    target = request.full_path if request.query_string else request.path
    return redirect(url_for("accounts.sign_in", next=target))
