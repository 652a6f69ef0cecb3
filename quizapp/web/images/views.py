"""Pictures of questions, by digest: nobody guesses one, and whoever has it was shown it."""

from flask import Blueprint, Response, request

from quizapp.db import db
from quizapp.services import images
from quizapp.web.headers import ONE_YEAR
from quizapp.web.signing_in import sign_in_required

blueprint = Blueprint("images", __name__, url_prefix="/images")

KEPT_FOR_EVER = f"private, max-age={ONE_YEAR}, immutable"
NOTHING_ELSE = "default-src 'none'; sandbox"
"""A second policy beside that of all pages: even opened by itself it runs and loads nothing."""


@blueprint.get("/<digest>")
@sign_in_required
def show(digest: str) -> Response:
    """The picture, to be asked for once: what a digest stands for never changes."""
    found = images.find(db.session, digest)
    response = Response(found.data, mimetype=found.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = KEPT_FOR_EVER
    response.headers["Content-Security-Policy"] = NOTHING_ELSE
    response.set_etag(digest)
    response.make_conditional(request)
    return response
