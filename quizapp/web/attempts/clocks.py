"""The clock of a running attempt: how much is left, pausing, going on."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from flask import jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain.errors import AttemptClosedError, SignInError
from quizapp.domain.stages import Opening
from quizapp.domain.timing import Clock
from quizapp.services import clocks
from quizapp.services.clocks import Standing, clock_of
from quizapp.web import signing_in
from quizapp.web.attempts import timers
from quizapp.web.attempts.blueprint import blueprint, current
from quizapp.web.signing_in import sign_in_required


@blueprint.get("/clock")
def clock(attempt_id: int) -> Response:
    """What the server's clock says, and where to go when the attempt does not run.

    Every open page asks for it again and again: one query, as long as nothing is to be done.
    """
    try:
        found = clocks.standing(db.session, signing_in.proof(), attempt_id)
    except SignInError:
        return signing_in.ask_to_sign_in()
    grace = signing_in.config().save_grace
    if found is None or found.is_overdue(signing_in.now(), grace):
        return _clock_after_all(attempt_id)
    return _told(attempt_id, found)


@sign_in_required
def _clock_after_all(attempt_id: int) -> Response:
    """The same for an attempt that is to be closed first, or is somebody else's."""
    attempt = current(attempt_id)
    return _told(attempt_id, clocks.standing_of(attempt))


def _told(attempt_id: int, found: Standing) -> Response:
    now, times = signing_in.now(), found.clock
    opening = found.opening(now)
    state, endpoint = "running", "attempts.show"
    if found.is_finished:
        state = "finished"
    elif times.is_paused(now):
        state, endpoint = "paused", "attempts.paused"
    return jsonify(
        state=state,
        **_time(times, opening, now),
        location=url_for(endpoint, attempt_id=attempt_id),
    )


def _time(times: Clock, opening: Opening | None, now: datetime) -> Mapping[str, object]:
    if times.is_paused(now) or opening is None:
        ends_at = times.ends_at and times.ends_at.isoformat()
        return {"remaining_ms": times.remaining_ms(now), "ends_at": ends_at}
    told = timers.told(times.ends_at, opening.ends_at, now)
    return {"stage": opening.stage.first, **told}


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
        stage_ms=replace(times, ends_at=times.stage_ends_at).remaining_ms(now),
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
