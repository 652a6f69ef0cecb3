"""Running attempts, those finished lately, the record of each, and more time."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db, models
from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError
from quizapp.services import records, supervision
from quizapp.services.supervision import SupervisedAttempt
from quizapp.web import signing_in, words
from quizapp.web.signing_in import role_required
from quizapp.web.supervision.forms import TimeChangeForm

blueprint = Blueprint("supervision", __name__, url_prefix="/supervision/attempts")

teachers_only = role_required("instructor", "admin")


@blueprint.get("")
@teachers_only
def list_attempts() -> str:
    """The attempts that run now or, with ``show=finished``, those that ended lately."""
    user, now = signing_in.this_user(), signing_in.now()
    is_finished = request.args.get("show") == "finished"
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    counts = supervision.counts(db.session, user, now)
    return render_template(
        "supervision/list.html",
        attempts=supervision.finished(db.session, user, now, page)
        if is_finished
        else supervision.running(db.session, user, page),
        counts=counts,
        shown="finished" if is_finished else "running",
        page=page,
        has_more=page * supervision.PAGE_SIZE
        < (counts.finished if is_finished else counts.running),
        now=now,
    )


@blueprint.get("/<int:attempt_id>")
@teachers_only
def show(attempt_id: int) -> str:
    """One attempt: its clock, the form for more time, its record."""
    found = supervision.find(db.session, signing_in.this_user(), attempt_id)
    return _page(found, TimeChangeForm(formdata=None))


@blueprint.post("/<int:attempt_id>/time-changes")
@teachers_only
def add_time(attempt_id: int) -> Response | tuple[str, int]:
    """The attempt ends later; the page says when, and when it would have ended."""
    found = supervision.find(db.session, signing_in.this_user(), attempt_id)
    form = TimeChangeForm()
    if not form.validate():
        return _page(found, form), 422
    try:
        with transaction() as session:
            change = supervision.add_time(
                session,
                signing_in.this_user(),
                attempt_id,
                form.minutes.data or 0,
                form.reason.data or "",
                signing_in.now(),
            )
        flash(_told(change), "ok")
    except ConflictError as error:
        flash(str(error), "bad")
    return redirect(url_for("supervision.show", attempt_id=attempt_id))


def _page(found: SupervisedAttempt, form: TimeChangeForm) -> str:
    now = signing_in.now()
    return render_template(
        "supervision/show.html",
        supervised=found,
        attempt=found.attempt,
        state=found.state(now),
        remaining_ms=found.clock.remaining_ms(now),
        form=form,
        events=records.events(db.session, found.attempt),
        back=url_for("supervision.list_attempts"),
    )


def _told(change: models.TimeChange) -> str:
    old, new = change.old_ends_at, change.new_ends_at
    if old is None or new is None:
        raise ValueError("only an attempt with a clock can be given more time")
    return f"Ends at {words.time_of_day(new)} instead of {words.time_of_day(old)}."
