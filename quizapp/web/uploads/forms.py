"""Uploading a question file, and pictures that its questions show."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import Form, ValidationError

MOST_AT_ONCE = 10
PICTURES = ".png,.jpg,.jpeg,.webp,.gif"


def _not_too_many(form: Form, field: MultipleFileField) -> None:  # noqa: ARG001 - a validator
    if len(field.data or ()) > MOST_AT_ONCE:
        raise ValidationError(f"Send up to {MOST_AT_ONCE} at once, and the others after them.")


class UploadForm(FlaskForm):  # type: ignore[misc]
    """One file, and the pictures that it names."""

    file = FileField(
        "Question file",
        (FileRequired("Choose a file."),),
        description="YAML or CSV in UTF-8. Learners see nothing of it until you publish.",
        render_kw={"accept": ".yaml,.yml,.csv"},
    )
    pictures = MultipleFileField(
        "Pictures",
        (_not_too_many,),
        description="PNG, JPEG, WebP or GIF, if the file names any; of up to 2 MB each.",
        render_kw={"accept": PICTURES},
    )


class PicturesForm(FlaskForm):  # type: ignore[misc]
    """More pictures for a file that is there."""

    pictures = MultipleFileField(
        "More pictures",
        (FileRequired("Choose a picture."), _not_too_many),
        description="PNG, JPEG, WebP or GIF of up to 2 MB each. One of the same name is replaced.",
        render_kw={"accept": PICTURES},
    )


def chosen(field: MultipleFileField) -> list[FileStorage]:
    """The files that were sent; browsers send a nameless one for an empty field."""
    return [each for each in field.data or () if each.filename]
