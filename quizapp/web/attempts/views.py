"""A running attempt, its submission, and its result."""

import re
from datetime import datetime
from random import SystemRandom

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db, models
from quizapp.db.transaction import transaction
from quizapp.domain import timing
from quizapp.domain.errors import AttemptClosedError, ConflictError
from quizapp.services import attempts, missed, responses, results, taxonomies
from quizapp.web import signing_in
from quizapp.web.errors import wants_json
from quizapp.web.signing_in import sign_in_required

LARGEST_NUMBER = 2**31 - 1
CLIENT = re.compile("[A-Za-z0-9-]{1,36}")

blueprint = Blueprint("attempts", __name__, url_prefix="/attempts/<int:attempt_id>")


@blueprint.get("")
@sign_in_required
def show(attempt_id: int) -> str | Response:
    """The result of a finished attempt; the first open question of a running one."""
    attempt = _current(attempt_id)
    if attempt.finished_at is None:
        position = _first_open(attempts.strip(db.session, attempt_id))
        return redirect(url_for("attempts.question", attempt_id=attempt_id, position=position))
    found = results.result(db.session, attempt, signing_in.now())
    return render_template(
        "attempts/result.html",
        result=found,
        attempt=attempt,
        wanted=request.args.get("show", "all"),
    )


@blueprint.get("/questions/<int:position>")
@sign_in_required
def question(attempt_id: int, position: int) -> str | Response:
    """One question of a running attempt."""
    now = signing_in.now()
    try:
        page = attempts.question_page(
            db.session, signing_in.this_user().id, attempt_id, position, now
        )
    except AttemptClosedError:
        _current(attempt_id)
        return redirect(url_for("attempts.show", attempt_id=attempt_id))
    skill = taxonomies.current(db.session).skill(page.item.fields.skills[0])
    return render_template(
        "attempts/question.html",
        attempt=page.attempt,
        position=page.position,
        count=page.count,
        skill_name=skill.name,
        question=page.item.question,
        interaction=page.interaction,
        is_flagged=page.response.is_flagged,
        strip=page.strip,
        counts=_counts(page.strip),
        remaining_ms=timing.remaining_ms(page.attempt.ends_at, now),
        seconds_spent=page.response.seconds_spent,
        save_count=page.response.save_count,
        saved_by=page.response.saved_by,
        **page.interaction.state(page.response.value),
    )


@blueprint.post("/responses/<int:position>")
@sign_in_required
def save(attempt_id: int, position: int) -> Response | tuple[Response, int]:
    """What was given is stored; a script gets the time left, a browser the next page."""
    try:
        with transaction() as session:
            saved = responses.save(
                session,
                signing_in.this_user().id,
                attempt_id,
                position,
                _input(),
                signing_in.now(),
                signing_in.config().save_grace,
            )
    except AttemptClosedError as error:
        return _closed(attempt_id, str(error))
    except responses.AnswerChangedError as error:
        return _changed(attempt_id, position, error)
    if wants_json():
        return jsonify(
            saved_at=saved.saved_at.isoformat(),
            save_count=saved.save_count,
            superseded=saved.is_superseded,
            remaining_ms=saved.remaining_ms,
            answered=saved.is_answered,
        )
    return redirect(_next_page(attempt_id, position))


@blueprint.get("/submission")
@sign_in_required
def summary(attempt_id: int) -> str | Response:
    """What is unanswered or flagged, before finishing."""
    attempt = _current(attempt_id)
    if attempt.finished_at is not None:
        return redirect(url_for("attempts.show", attempt_id=attempt_id))
    strip = attempts.strip(db.session, attempt_id)
    return render_template(
        "attempts/summary.html",
        attempt=attempt,
        strip=strip,
        counts=_counts(strip),
        count=len(strip),
        remaining_ms=timing.remaining_ms(attempt.ends_at, signing_in.now()),
    )


@blueprint.post("/submission")
@sign_in_required
def submit(attempt_id: int) -> Response:
    """The attempt is finished and graded; a second post finds it so."""
    with transaction() as session:
        attempt = attempts.find_for(session, signing_in.this_user().id, attempt_id)
        attempts.close(session, attempt.id, signing_in.now())
    return redirect(url_for("attempts.show", attempt_id=attempt_id))


@blueprint.post("/practice")
@sign_in_required
def practise_missed(attempt_id: int) -> Response:
    """A practice attempt over what was missed."""
    try:
        with transaction() as session:
            attempt = missed.practise(
                session, signing_in.this_user().id, attempt_id, signing_in.now(), SystemRandom()
            )
    except ConflictError as error:
        flash(str(error), "info")
        return redirect(url_for("home.overview"))
    return redirect(url_for("attempts.question", attempt_id=attempt.id, position=1))


def _current(attempt_id: int) -> models.Attempt:
    """The person's attempt, closed first when its time is up."""
    now = signing_in.now()
    attempt = attempts.find_for(db.session, signing_in.this_user().id, attempt_id)
    if attempt.finished_at is None and timing.is_over(attempt.ends_at, now):
        return _close_over(attempt_id, now)
    return attempt


def _close_over(attempt_id: int, now: datetime) -> models.Attempt:
    with transaction() as session:
        return attempts.close_if_over(session, signing_in.this_user().id, attempt_id, now)


def _input() -> responses.Input:
    fields = {name: request.form.getlist(name) for name in request.form}
    seconds = request.form.get("seconds", "0")
    flag = request.form.get("flag")
    return responses.Input(
        fields,
        int(seconds) if seconds.isdecimal() and len(seconds) < 7 else 0,
        None if flag is None else flag == "on",
        responses.Stamp(_number("seen"), _client(), _number("sequence") or 0),
    )


def _number(name: str) -> int | None:
    """The posted number, at most LARGEST_NUMBER; None when it is none."""
    digits = request.form.get(name, "")
    if not digits.isdecimal():
        return None
    return min(int(digits), LARGEST_NUMBER) if len(digits) <= 10 else LARGEST_NUMBER


def _client() -> str:
    """The name by which the page's script tells its saves from those of other pages."""
    name = request.form.get("client", "")
    return name if CLIENT.fullmatch(name) else ""


def _closed(attempt_id: int, message: str) -> Response | tuple[Response, int]:
    _current(attempt_id)
    target = url_for("attempts.show", attempt_id=attempt_id)
    if wants_json():
        return jsonify(message=message, location=target), 409
    flash(message, "info")
    return redirect(target)


def _changed(
    attempt_id: int, position: int, error: responses.AnswerChangedError
) -> Response | tuple[Response, int]:
    if wants_json():
        return jsonify(message=str(error), conflict=True, saved_at=error.saved_at.isoformat()), 409
    flash(
        "This answer was changed in another tab or window meanwhile. The newer answer is shown; "
        "change it here if you want.",
        "info",
    )
    return redirect(url_for("attempts.question", attempt_id=attempt_id, position=position))


def _next_page(attempt_id: int, position: int) -> str:
    """Where the pressed button leads: another question, the summary, or the same page."""
    go = request.form.get("go", "stay")
    if go == "summary":
        return url_for("attempts.summary", attempt_id=attempt_id)
    steps = {"previous": position - 1, "next": position + 1}
    target = steps.get(go, int(go) if go.isdecimal() and len(go) < 4 else position)
    return url_for("attempts.question", attempt_id=attempt_id, position=max(1, target))


def _first_open(strip: tuple[attempts.StripEntry, ...]) -> int:
    """Where to go on: the first unanswered question, or question 1 when all are answered."""
    return next((entry.position for entry in strip if not entry.is_answered), 1)


def _counts(strip: tuple[attempts.StripEntry, ...]) -> dict[str, int]:
    answered = sum(entry.is_answered for entry in strip)
    return {
        "answered": answered,
        "open": len(strip) - answered,
        "flagged": sum(entry.is_flagged for entry in strip),
    }
