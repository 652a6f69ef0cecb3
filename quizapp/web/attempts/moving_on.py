"""Moving on to the next stage of an attempt."""

from contextlib import suppress

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError
from quizapp.services import moving_on
from quizapp.web import signing_in
from quizapp.web.attempts.blueprint import blueprint, current
from quizapp.web.signing_in import sign_in_required


@blueprint.post("/stage")
@sign_in_required
def move_on(attempt_id: int) -> Response:
    """The next stage is open, if the page that was sent showed the one that is open."""
    current(attempt_id)
    shown = request.form.get("stage", "")
    return move_on_now(attempt_id, int(shown) if shown.isdecimal() and len(shown) < 4 else None)


def move_on_now(attempt_id: int, shown: int | None) -> Response:
    """The way to what is open in the attempt, which has moved on from the stage ``shown`` if it
    still was in it.
    """
    user_id, now = signing_in.this_user().id, signing_in.now()
    if shown is not None:
        with suppress(ConflictError), transaction() as session:
            moving_on.move_on(session, user_id, attempt_id, shown, now)
    return redirect(url_for("attempts.show", attempt_id=attempt_id))
