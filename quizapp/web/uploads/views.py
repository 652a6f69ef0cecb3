"""Question files: upload, check, publish."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError, UploadError
from quizapp.images import MAX_BYTES, EncodedImage
from quizapp.services import banks, images, upload_pictures, uploads
from quizapp.web import signing_in
from quizapp.web.signing_in import role_required
from quizapp.web.uploads import guide, preview
from quizapp.web.uploads.forms import PicturesForm, UploadForm, chosen
from quizapp.web.uploads.source import source_lines

blueprint = Blueprint("uploads", __name__, url_prefix="/question-sets")

teachers_only = role_required("instructor", "admin")

WITH_PICTURES = ("uploads.create_upload", "uploads.add_pictures")
MOST_BYTES_WITH_PICTURES = 6 * MAX_BYTES
"""Bytes of one post with its pictures."""


@blueprint.url_value_preprocessor
def _expect_pictures(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A form with pictures may be larger than others; known before its token is looked for."""
    if endpoint in WITH_PICTURES:
        limit = current_app.config["MAX_CONTENT_LENGTH"]
        request.max_content_length = max(limit, MOST_BYTES_WITH_PICTURES)


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
    try:
        data = _read(form.file.data, signing_in.config().max_upload_bytes)
    except UploadError as error:
        form.file.errors = [str(error)]
        return _list_page(form), 422
    try:
        pictures = _pictures(form)
    except UploadError as error:
        form.pictures.errors = [str(error)]
        return _list_page(form), 422
    try:
        with transaction() as session:
            upload = uploads.receive(
                session,
                signing_in.this_user().id,
                form.file.data.filename,
                data,
                signing_in.now(),
                pictures,
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
    return _page(upload_id, PicturesForm(formdata=None))


@blueprint.post("/<int:upload_id>/images")
@teachers_only
def add_pictures(upload_id: int) -> Response | tuple[str, int]:
    """The file has those pictures too; or the form says why they cannot be taken."""
    uploads.find(db.session, signing_in.this_user().id, upload_id)
    form = PicturesForm()
    if not form.validate():
        return _page(upload_id, form), 422
    try:
        pictures = _pictures(form)
        with transaction() as session:
            upload_pictures.add(session, upload_id, pictures)
    except UploadError as error:
        form.pictures.errors = [str(error)]
        return _page(upload_id, form), 422
    return redirect(url_for("uploads.show", upload_id=upload_id))


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


def _read(file: FileStorage, limit: int) -> bytes:
    """What was sent. Raises UploadError where it is more than ``limit`` bytes."""
    data = file.stream.read(limit + 1)
    if len(data) > limit:
        raise UploadError(f"The file is larger than {limit // 1024} KiB. Split it.")
    return data


def _pictures(form: UploadForm | PicturesForm) -> dict[str, EncodedImage]:
    """The pictures that were sent, as they are stored. Raises UploadError."""
    return images.read_files(
        [
            (uploads.plain_name(each.filename or ""), each.stream.read(MAX_BYTES + 1))
            for each in chosen(form.pictures)
        ]
    )


def _page(upload_id: int, form: PicturesForm) -> str:
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
        form=form,
        most_bytes=MAX_BYTES,
    )


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
        most_bytes=MAX_BYTES,
    )
