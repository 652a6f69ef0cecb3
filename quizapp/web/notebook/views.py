"""The mistake notebook and the due list."""

from random import SystemRandom

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError, InvalidNoteError
from quizapp.domain.mistakes import CAUSES, LONGEST_NOTE, read_note
from quizapp.services import due, mistakes
from quizapp.services.mistakes import NO_CAUSE, Filter
from quizapp.web import signing_in
from quizapp.web.redirects import own_path
from quizapp.web.signing_in import sign_in_required

blueprint = Blueprint("notebook", __name__)


@blueprint.get("/notebook")
@sign_in_required
def list_mistakes() -> str:
    """What was missed last, by cause and skill, the newest first."""
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    wanted = Filter(request.args.get("cause") or None, request.args.get("skill") or None, page)
    found = mistakes.notebook(db.session, signing_in.this_user().id, wanted)
    return render_template(
        "notebook/list.html",
        notebook=found,
        wanted=wanted,
        causes=CAUSES,
        no_cause=NO_CAUSE,
        longest_note=LONGEST_NOTE,
        here=request.full_path,
        today=signing_in.now().date(),
    )


@blueprint.get("/notebook/<int:item_id>")
@sign_in_required
def show(item_id: int) -> str:
    """One mistake, and the form of its note."""
    return _page(item_id)


@blueprint.post("/notebook/<int:item_id>")
@sign_in_required
def write(item_id: int) -> Response | tuple[str, int]:
    """The note is kept; one that cannot be is shown again."""
    user_id = signing_in.this_user().id
    cause, text = request.form.get("cause", ""), request.form.get("note", "")
    try:
        with transaction() as session:
            note = read_note(cause, text)
            mistakes.write(session, user_id, item_id, note, signing_in.now())
    except InvalidNoteError as error:
        return _page(item_id, text, str(error)), 422
    flash("Your note is saved.", "ok")
    back = own_path(request.form.get("next"), url_for("notebook.list_mistakes"))
    return redirect(f"{back.partition('#')[0]}#mistake-{item_id}")


@blueprint.get("/due")
@sign_in_required
def show_due() -> str:
    """What is due today, and what comes on the next days."""
    now = signing_in.now()
    found = due.due_list(db.session, signing_in.this_user().id, now)
    return render_template("notebook/due.html", due=found, minutes=due.SET_MINUTES)


@blueprint.post("/due/attempts")
@sign_in_required
def start_due() -> Response:
    """A practice attempt over what is due, or the running one."""
    try:
        with transaction() as session:
            attempt = due.start(
                session, signing_in.this_user().id, signing_in.now(), SystemRandom()
            )
    except ConflictError as error:
        flash(str(error), "info")
        return redirect(url_for("notebook.show_due"))
    return redirect(url_for("attempts.question", attempt_id=attempt.id, position=1))


def _page(item_id: int, text: str | None = None, error: str = "") -> str:
    entry = mistakes.find(db.session, signing_in.this_user().id, item_id)
    return render_template(
        "notebook/show.html",
        entry=entry,
        text=entry.note.text if text is None else text,
        error=error,
        causes=CAUSES,
        longest_note=LONGEST_NOTE,
        today=signing_in.now().date(),
    )
