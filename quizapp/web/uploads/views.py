"""Question files: upload, check, publish."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError, UploadError
from quizapp.services import banks, uploads
from quizapp.web import signing_in
from quizapp.web.signing_in import role_required
from quizapp.web.uploads import guide, preview
from quizapp.web.uploads.forms import UploadForm
from quizapp.web.uploads.source import source_lines

blueprint = Blueprint("uploads", __name__, url_prefix="/question-sets")

teachers_only = role_required("instructor", "admin")


@blueprint.get("")
@teachers_only
def list_uploads() -> str:
    """The person's files and banks, and the form for another file."""
    return _list_page(UploadForm())


@blueprint.post("")
@teachers_only
def create_upload() -> Response | tuple[str, int]:
    """The file is stored and shown with its findings; or the form says why it cannot be read."""
    form = UploadForm()
    if not form.validate():
        return _list_page(form), 422
    limit = signing_in.config().max_upload_bytes
    data = form.file.data.stream.read(limit + 1)
    try:
        if len(data) > limit:
            raise UploadError(f"The file is larger than {limit // 1024} KiB. Split it.")
        with transaction() as session:
            upload = uploads.receive(
                session,
                signing_in.this_user().id,
                form.file.data.filename,
                data,
                signing_in.now(),
            )
    except UploadError as error:
        form.file.errors = [str(error)]
        return _list_page(form), 422
    return redirect(url_for("uploads.show", upload_id=upload.id))


@blueprint.get("/guide")
@teachers_only
def show_guide() -> str:
    """Every kind of question with its fields and examples."""
    return render_template("uploads/guide.html", entries=guide.entries())


@blueprint.get("/<int:upload_id>")
@teachers_only
def show(upload_id: int) -> str:
    """The file with every finding at its line, and its questions as learners will see them."""
    found = uploads.checked(db.session, signing_in.this_user().id, upload_id)
    shown = preview.findings(found.reading.problems)
    number = request.args.get("question", type=int)
    draw = request.args.get("draw", default=0, type=int)
    question = preview.question(found.reading, number, draw)
    return render_template(
        "uploads/show.html",
        checked=found,
        upload=found.upload,
        problems=found.reading.problems,
        shown=shown,
        source=source_lines(found.upload.text, shown),
        question=question,
        row=preview.tab_row(found.reading, question.number if question else 1, shown),
    )


@blueprint.post("/<int:upload_id>/publication")
@teachers_only
def publish(upload_id: int) -> Response:
    """The whole set is a bank with a quiz, or nothing has changed."""
    found = uploads.checked(db.session, signing_in.this_user().id, upload_id)
    try:
        with transaction() as session:
            published = uploads.publish(session, found, signing_in.now())
    except ConflictError as error:
        flash(str(error), "bad")
        return redirect(url_for("uploads.show", upload_id=upload_id))
    flash(_outcome(published), "ok")
    return redirect(url_for("uploads.list_uploads"))


def _outcome(published: banks.Published) -> str:
    title = published.bank.title
    if not published.has_changed:
        return f"“{title}” was already published exactly like this. Nothing has changed."
    return f"“{title}” is published: {published}. Learners find its quiz under Practise."


def _list_page(form: UploadForm) -> str:
    user_id = signing_in.this_user().id
    return render_template(
        "uploads/list.html",
        form=form,
        uploads=uploads.uploads_of(db.session, user_id),
        banks=uploads.banks_of(db.session, user_id),
        max_bytes=signing_in.config().max_upload_bytes,
    )
