"""The clock of a running attempt: how much is left, pausing, going on."""

from contextlib import suppress

from flask import jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response

from quizapp.db.transaction import transaction
from quizapp.domain.errors import AttemptClosedError
from quizapp.services import clocks
from quizapp.services.clocks import clock_of
from quizapp.web import signing_in
from quizapp.web.attempts.blueprint import blueprint, current
from quizapp.web.signing_in import sign_in_required


@blueprint.get("/clock")
@sign_in_required
def clock(attempt_id: int) -> Response:
    """What the server's clock says, and where to go when the attempt does not run."""
    attempt, now = current(attempt_id), signing_in.now()
    times = clock_of(attempt)
    state, endpoint = "running", "attempts.show"
    if attempt.finished_at is not None:
        state = "finished"
    elif times.is_paused(now):
        state, endpoint = "paused", "attempts.paused"
    return jsonify(
        state=state,
        remaining_ms=times.remaining_ms(now),
        ends_at=attempt.ends_at and attempt.ends_at.isoformat(),
        location=url_for(endpoint, attempt_id=attempt_id),
    )


@blueprint.get("/pause")
@sign_in_required
def paused(attempt_id: int) -> str | Response:
    """A paused attempt: the time that is left, and no question."""
    attempt, now = current(attempt_id), signing_in.now()
    times = clock_of(attempt)
    if attempt.finished_at is not None or not times.is_paused(now):
        return redirect(url_for("attempts.show", attempt_id=attempt_id))
    return render_template(
        "attempts/paused.html",
        attempt=attempt,
        times=times,
        remaining_ms=times.remaining_ms(now),
    )


@blueprint.post("/pause")
@sign_in_required
def pause(attempt_id: int) -> Response:
    """The attempt stands still, unless it is over."""
    return pause_now(attempt_id)


def pause_now(attempt_id: int) -> Response:
    """The way to the page of the attempt, which stands still from now on unless it is over."""
    with suppress(AttemptClosedError), transaction() as session:
        clocks.pause(session, signing_in.this_user().id, attempt_id, signing_in.now())
    return redirect(url_for("attempts.paused", attempt_id=attempt_id))


@blueprint.post("/resumption")
@sign_in_required
def resume(attempt_id: int) -> Response:
    """The attempt goes on, unless it is over."""
    with suppress(AttemptClosedError), transaction() as session:
        clocks.resume(session, signing_in.this_user().id, attempt_id, signing_in.now())
    return redirect(url_for("attempts.show", attempt_id=attempt_id))
