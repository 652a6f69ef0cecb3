"""Saving one response: the request that comes most often, and asks nothing that it need not."""

import re

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain.errors import SignInError
from quizapp.domain.scoring_rules import CONFIDENCES
from quizapp.services import responses
from quizapp.services.responses import AnswerChangedError, AttemptPausedError, TooLate
from quizapp.services.storing import Input, Saved, Stamp
from quizapp.web import signing_in
from quizapp.web.attempts import timers
from quizapp.web.attempts.blueprint import blueprint
from quizapp.web.attempts.checks import check_now
from quizapp.web.attempts.clocks import pause_now
from quizapp.web.attempts.moving_on import move_on_now
from quizapp.web.attempts.runs import run_now
from quizapp.web.attempts.ways import next_page
from quizapp.web.errors import wants_json

LARGEST_NUMBER = 2**31 - 1
CLIENT = re.compile("[A-Za-z0-9-]{1,36}")

Answer = Response | tuple[Response | str, int]


@blueprint.post("/responses/<int:position>")
def save(attempt_id: int, position: int) -> Answer:
    """What was given is stored; a script gets the time left, a browser the next page.

    Who is signed in is checked by the statement that stores.
    """
    try:
        proof = signing_in.proof()
        responses.prepare(db.session, attempt_id, position)
        with transaction() as session:
            saved = responses.save(
                session,
                proof,
                attempt_id,
                position,
                _input(),
                signing_in.now(),
                signing_in.config().save_grace,
            )
    except SignInError:
        return signing_in.ask_to_sign_in()
    except AttemptPausedError as error:
        return _paused(attempt_id, error)
    except AnswerChangedError as error:
        return _changed(attempt_id, position, error)
    if isinstance(saved, TooLate):
        return _too_late(attempt_id, position, saved)
    if wants_json():
        return _saved(attempt_id, saved)
    if request.form.get("go") == "pause":
        return pause_now(attempt_id)
    if request.form.get("go") == "check":
        return check_now(attempt_id, position, saved.save_count)
    if request.form.get("go") == "run":
        return run_now(attempt_id, position)
    if request.form.get("go") == "on":
        return move_on_now(attempt_id, _number("stage"))
    return redirect(next_page(attempt_id, position))


def _saved(attempt_id: int, saved: Saved) -> Response:
    standing: dict[str, object]
    if saved.is_paused:
        standing = {
            "state": "paused",
            "location": url_for("attempts.paused", attempt_id=attempt_id),
        }
    else:
        now = signing_in.now()
        standing = {"state": "running", **timers.told(saved.ends_at, saved.stage_ends_at, now)}
        if saved.stage_first is not None:
            standing["stage"] = saved.stage_first
    return jsonify(
        saved_at=saved.saved_at.isoformat(),
        save_count=saved.save_count,
        superseded=saved.is_superseded,
        answered=saved.is_answered,
        **standing,
    )


def _input() -> Input:
    fields = {name: request.form.getlist(name) for name in request.form}
    flag = request.form.get("flag")
    return Input(
        fields,
        min(_number("seconds") or 0, 999_999),
        None if flag is None else flag == "on",
        Stamp(_number("seen"), _client(), _number("sequence") or 0),
        _number("revision"),
        _confidence(),
    )


def _number(name: str) -> int | None:
    """The posted number, at most LARGEST_NUMBER; None when it is none."""
    digits = request.form.get(name, "")
    if not digits.isdecimal():
        return None
    return min(int(digits), LARGEST_NUMBER) if len(digits) <= 10 else LARGEST_NUMBER


def _confidence() -> int | None:
    """How sure the learner is; None where they do not say, or nothing that is known."""
    level = _number("confidence")
    return level if level in CONFIDENCES else None


def _client() -> str:
    """The name by which the page's script tells its saves from those of other pages."""
    name = request.form.get("client", "")
    return name if CLIENT.fullmatch(name) else ""


_TOO_LATE = {
    "attempt": "The time is up: this attempt takes no more answers.",
    "stage": "This question is closed: the attempt has moved on, and there is no way back.",
    "question": "You have seen what is right here, so this answer is final.",
}


def _too_late(attempt_id: int, position: int, late: TooLate) -> Answer:
    message = _TOO_LATE[late.closed]
    if late.is_recovered:
        message += " This answer is kept for the instructor, but does not count."
    target = url_for("attempts.show", attempt_id=attempt_id)
    if late.closed == "question":
        target = url_for("attempts.question", attempt_id=attempt_id, position=position)
    if wants_json():
        return jsonify(
            message=message,
            finished=True,
            goes_on=late.closed != "attempt",
            recovered=late.is_recovered,
            location=target,
        ), 409
    flash(message, "info")
    return redirect(target)


def _paused(attempt_id: int, error: AttemptPausedError) -> Answer:
    target = url_for("attempts.paused", attempt_id=attempt_id)
    if wants_json():
        return jsonify(message=str(error), paused=True, location=target), 409
    return redirect(target)


def _changed(attempt_id: int, position: int, error: AnswerChangedError) -> Answer:
    if wants_json():
        return jsonify(
            message=str(error),
            conflict=True,
            saved_at=error.saved_at.isoformat(),
            save_count=error.save_count,
            stored=error.stored,
            yours=error.yours,
        ), 409
    posted = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "seen", "go")
    ]
    return render_template(
        "attempts/conflict.html",
        attempt_id=attempt_id,
        position=position,
        error=error,
        posted=posted,
    ), 409
