"""Uploading a question file."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class UploadForm(FlaskForm):  # type: ignore[misc]
    """One file."""

    file = FileField(
        "Question file",
        (FileRequired("Choose a file."),),
        description="YAML or CSV in UTF-8. Learners see nothing of it until you publish.",
        render_kw={"accept": ".yaml,.yml,.csv"},
    )
