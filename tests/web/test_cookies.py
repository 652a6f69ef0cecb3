"""The signed cookie, read again with each request."""

from flask import Flask
from flask.sessions import SessionMixin


def cookie_of(app: Flask, content: dict[str, object]) -> str:
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(signer.dumps(content))


def opened(app: Flask, cookie: str) -> SessionMixin:
    header = {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={cookie}"}
    with app.test_request_context(headers=header) as context:
        found = app.session_interface.open_session(app, context.request)
    assert found is not None
    return found


def test_what_one_request_does_to_its_content_reaches_no_other(app: Flask) -> None:
    cookie = cookie_of(app, {"messages": ["saved"]})

    opened(app, cookie)["messages"].append("of the first request alone")

    assert opened(app, cookie)["messages"] == ["saved"]


def test_a_cookie_that_was_tampered_with_is_empty(app: Flask) -> None:
    cookie = cookie_of(app, {"_user_id": "token"})
    assert opened(app, cookie)["_user_id"] == "token"

    for spoilt in (cookie[:-1], f"x{cookie}", cookie.swapcase()):
        assert not opened(app, spoilt)
