"""Writes come from our own pages: a second guard beside the CSRF token."""

from flask import Flask, abort, request

SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
OWN_SITES = frozenset(("same-origin", "none"))


def init_app(app: Flask) -> None:
    """Refuses writes that a browser says another site has caused."""
    app.before_request(_refuse_foreign_writes)


def _refuse_foreign_writes() -> None:
    """Browsers tell by ``Sec-Fetch-Site``; programs that are no browser do not send it."""
    site = request.headers.get("Sec-Fetch-Site")
    if request.method not in SAFE_METHODS and site is not None and site not in OWN_SITES:
        abort(400)
