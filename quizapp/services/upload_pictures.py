"""Pictures that came with an uploaded file, by the names that it calls them."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import UploadError
from quizapp.domain.images import ImageReference
from quizapp.domain.items import FieldProblem
from quizapp.domain.reading import Reading
from quizapp.images import EncodedImage
from quizapp.services import images
from quizapp.services.images import Shelf

MOST_PICTURES = 200
HINT = "Add it to this file, or mend its name."


def add(session: Session, upload_id: int, pictures: Mapping[str, EncodedImage]) -> None:
    """The upload has ``pictures`` too, instead of those that had their names. Raises UploadError
    when they become too many.
    """
    images.store(session, pictures.values())
    note(session, upload_id, {name: each.reference for name, each in pictures.items()})
    of_upload = models.UploadImage.upload_id == upload_id
    count = session.scalar(select(func.count()).select_from(models.UploadImage).where(of_upload))
    if (count or 0) > MOST_PICTURES:
        raise UploadError(f"A file may have up to {MOST_PICTURES} pictures. Split it.")


def note(session: Session, upload_id: int, references: Mapping[str, ImageReference]) -> None:
    """Those names stand for those stored pictures in the upload."""
    if not references:
        return
    row = models.UploadImage
    of_names = row.name.in_(references)
    session.execute(delete(row).where(row.upload_id == upload_id, of_names))
    session.execute(
        insert(row),
        [
            {"upload_id": upload_id, "name": name, "image_digest": each.digest}
            for name, each in references.items()
        ],
    )


def of(session: Session, upload_id: int) -> dict[str, ImageReference]:
    """The upload's pictures by name, in the order of names."""
    row, image = models.UploadImage, models.Image
    rows = session.execute(
        select(row.name, image.digest, image.width, image.height)
        .join(image, image.digest == row.image_digest)
        .where(row.upload_id == upload_id)
        .order_by(row.name)
    )
    return {name: ImageReference(digest, width, height) for name, digest, width, height in rows}


def of_last(session: Session, user_id: int, filename: str) -> dict[str, ImageReference]:
    """The pictures of the person's last file of that name; none where there was no such file."""
    upload = models.Upload
    last = session.scalar(
        select(func.max(upload.id)).where(upload.user_id == user_id, upload.filename == filename)
    )
    return of(session, last) if last else {}


def attached(written: Reading, references: Mapping[str, ImageReference]) -> Reading:
    """``written`` whose items refer to the pictures; missing ones are errors, unused ones not."""
    reading = images.attach(written, Shelf(references, HINT))
    faults = [
        FieldProblem((), f"No question shows the picture `{name}`.", is_error=False)
        for name in images.unused([written], references)
    ]
    problems = (replace(written.header_problem(fault), field="") for fault in faults)
    return reading.with_problems(tuple(problems))
