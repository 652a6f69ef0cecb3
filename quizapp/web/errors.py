"""From an error to a status and a page: the only place that does it."""

from collections.abc import Mapping

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from quizapp.db.transaction import is_busy, is_impossible
from quizapp.domain import errors

STATUSES: Mapping[type[errors.QuizError], int] = {
    errors.NotFoundError: 404,
    errors.ConflictError: 409,
    errors.SignInError: 401,
    errors.UploadError: 422,
    errors.InvalidContentError: 422,
    errors.InvalidMarkError: 422,
    errors.InvalidNoteError: 422,
    errors.QuizError: 400,
}
PAGES: Mapping[int, tuple[str, str]] = {
    400: ("That did not work", "The request could not be understood. Go back and try again."),
    403: ("Not allowed", "Your account may not do this."),
    404: ("Nothing here", "There is no such page, or it is not yours."),
    405: ("That did not work", "This address cannot be used in this way."),
    409: ("Things have moved on", "Somebody, perhaps you in another tab, was faster."),
    413: ("The file is too large", "Split it into files of at most {limit:.0f} MB each."),
    500: ("Something broke on our side", "It has been noted. What was saved is safe; try again."),
    503: ("Busy right now", "The database is busy. Wait a few seconds and try again."),
}

JSON = "application/json"


def init_app(app: Flask) -> None:
    """Every error of ``app`` becomes a page that says what is wrong and what to do."""
    app.register_error_handler(errors.QuizError, _show_quiz_error)
    app.register_error_handler(CSRFError, _show_csrf_error)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(Exception, _show_failure)


def wants_json() -> bool:
    """True when the page's own script asks, rather than the browser."""
    return request.headers.get("Accept") == JSON or request.accept_mimetypes.best == JSON


def _show_quiz_error(error: errors.QuizError) -> Response:
    status = next(code for kind, code in STATUSES.items() if isinstance(error, kind))
    return _answer(status, str(error))


def _show_csrf_error(error: CSRFError) -> Response:
    current_app.logger.info("CSRF: %s", error.description)
    return _answer(400, "The page was too old or came from elsewhere. Reload it and try again.")


def _show_http_error(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response())
    response = _answer(code)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(error.valid_methods or ())
    return response


def _show_failure(error: Exception) -> Response:
    if is_impossible(error) and request.method == "GET":
        current_app.logger.warning("database: %s", error)
        return _answer(404)
    if not is_busy(error):
        current_app.logger.exception("request failed", exc_info=error)
        return _answer(500)
    current_app.logger.warning("database: %s", error)
    response = _answer(503)
    response.headers["Retry-After"] = "5"
    return response


def _answer(status: int, message: str | None = None) -> Response:
    title, sentence = PAGES.get(status, PAGES[400 if status < 500 else 500])
    limit = current_app.extensions["quizapp"].max_upload_bytes / 2**20
    sentence = sentence.format(limit=limit)
    if wants_json():
        return make_response(jsonify(message=message or sentence), status)
    page = render_template(
        "errors/error.html", title=title, message=message or sentence, status=status
    )
    return make_response(page, status)
