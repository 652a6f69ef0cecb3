"""Headers of every answer: what the browser may load, run, frame, sniff and keep."""

import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from quizapp.web import signing_in

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ONE_YEAR = 31_536_000
_STYLE_NONCE = "quizapp.style_nonce"
_OWN_STYLES = "style-src 'self'"


def init_app(app: Flask) -> None:
    """Every answer of ``app`` carries the headers."""
    fixed = dict(HEADERS)
    if app.extensions["quizapp"].is_secure:
        fixed["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
    app.wsgi_app = _Fixed(app.wsgi_app, tuple(fixed.items()))  # type: ignore[method-assign]
    app.after_request(_say_who_may_keep)


def style_nonce() -> str:
    """The page that answers this request may have style sheets with this nonce, drawn anew for each
    answer: the code editor makes its sheet itself.
    """
    nonce = secrets.token_urlsafe(16)
    request.environ[_STYLE_NONCE] = nonce
    return nonce


class _Fixed:
    """Adds the same headers to every answer, at once: one by one they took a tenth of a save."""

    def __init__(self, inner: "WSGIApplication", headers: tuple[tuple[str, str], ...]) -> None:
        self._inner, self._headers = inner, headers

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], failure: Any = None
        ) -> Callable[[bytes], object]:
            nonce = environ.get(_STYLE_NONCE)
            fixed = self._headers if nonce is None else _with_nonce(self._headers, nonce)
            return start_response(status, [*headers, *fixed], failure)

        return self._inner(environ, start)


def _with_nonce(headers: tuple[tuple[str, str], ...], nonce: str) -> Iterable[tuple[str, str]]:
    allowed = f"{_OWN_STYLES} 'nonce-{nonce}'"
    return ((name, value.replace(_OWN_STYLES, allowed)) for name, value in headers)


def _say_who_may_keep(response: Response) -> Response:
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store" if _is_personal() else "no-cache")
        response.vary.add("Cookie")
    return response


def _is_personal() -> bool:
    """Whether somebody's sign-in came with the request; whose is not asked for that."""
    return request.method != "GET" or signing_in.has_sign_in()
