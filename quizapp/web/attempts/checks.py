"""Seeing what is right after one question, and leaving it."""

from contextlib import suppress

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError
from quizapp.services import feedback
from quizapp.web import signing_in
from quizapp.web.attempts.blueprint import blueprint, current
from quizapp.web.attempts.clocks import pause_now
from quizapp.web.attempts.moving_on import move_on_now
from quizapp.web.attempts.ways import next_page
from quizapp.web.signing_in import sign_in_required


@blueprint.post("/departures/<int:position>")
@sign_in_required
def leave(attempt_id: int, position: int) -> Response:
    """The way on from a question whose answer is final: nothing is stored of it."""
    current(attempt_id)
    go = request.form.get("go")
    if go == "pause":
        return pause_now(attempt_id)
    if go == "on":
        stage = request.form.get("stage", "")
        return move_on_now(attempt_id, int(stage) if stage.isdecimal() and len(stage) < 4 else None)
    return redirect(next_page(attempt_id, position))


def check_now(attempt_id: int, position: int, seen: int) -> Response:
    """The way to the page of the question, which shows what is right unless it is too late."""
    user_id, now = signing_in.this_user().id, signing_in.now()
    with suppress(ConflictError), transaction() as session:
        feedback.check(session, user_id, attempt_id, position, seen, now)
    return redirect(url_for("attempts.question", attempt_id=attempt_id, position=position))
