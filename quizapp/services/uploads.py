"""Question files of instructors: kept as sent, checked when shown, published as a whole."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError, UploadError
from quizapp.domain.formats import format_for
from quizapp.domain.images import ImageReference
from quizapp.domain.items import FieldProblem
from quizapp.domain.reading import Reading, SetHeader
from quizapp.images import EncodedImage
from quizapp.services import banks, checking, taxonomies, upload_pictures
from quizapp.services.banks import Comparison, Published

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
MAXIMUM_STEM_LENGTH = 110
MAXIMUM_SUFFIX_LENGTH = 10


@dataclass(frozen=True)
class CheckedUpload:
    """A stored file with everything found in it; ``header`` names the set it would become.

    ``comparison`` says what publishing it would change; None where it cannot be published.
    """

    upload: models.Upload
    reading: Reading
    header: SetHeader
    pictures: Mapping[str, ImageReference]
    comparison: Comparison | None

    @property
    def can_publish(self) -> bool:
        return self.comparison is not None

    @property
    def questions(self) -> int:
        """How many of its entries ask something, those with errors among them."""
        return len(self.reading.entries) - sum(
            not item.question.is_scored for item in self.reading.items
        )


def receive(
    session: Session,
    user_id: int,
    filename: str,
    data: bytes,
    now: datetime,
    pictures: Mapping[str, EncodedImage] = MappingProxyType({}),
) -> models.Upload:
    """The file is stored with its pictures; nothing of it is visible to learners.

    Raises UploadError. Those that came with the person's last file of that name stay, so that a
    mended file need not bring them again.
    """
    name = plain_name(filename)
    text = _decoded(name, data)
    upload = models.Upload(
        user_id=user_id,
        filename=name,
        format=format_for(name, text),
        text=text,
        created_at=now,
    )
    former = upload_pictures.of_last(session, user_id, name)
    session.add(upload)
    session.flush()
    kept = {name: each for name, each in former.items() if name in text}
    upload_pictures.note(session, upload.id, kept)
    upload_pictures.add(session, upload.id, pictures)
    return upload


def uploads_of(session: Session, user_id: int) -> Sequence[models.Upload]:
    """The person's files, the latest first, without their text."""
    return session.scalars(
        select(models.Upload)
        .options(defer(models.Upload.text), joinedload(models.Upload.bank))
        .where(models.Upload.user_id == user_id)
        .order_by(models.Upload.id.desc())
    ).all()


def banks_of(session: Session, user_id: int) -> Sequence[models.ItemBank]:
    """The banks that the person has published."""
    return session.scalars(
        select(models.ItemBank)
        .where(models.ItemBank.owner_id == user_id)
        .order_by(models.ItemBank.title)
    ).all()


def find(session: Session, user_id: int, upload_id: int) -> models.Upload:
    """The person's own file. Raises NotFoundError."""
    upload = session.scalar(
        select(models.Upload).where(models.Upload.id == upload_id, models.Upload.user_id == user_id)
    )
    if upload is None:
        raise NotFoundError("There is no such file among yours.")
    return upload


def checked(session: Session, user_id: int, upload_id: int) -> CheckedUpload:
    """The person's own file and what is in it. Raises NotFoundError."""
    upload = find(session, user_id, upload_id)
    taxonomy = taxonomies.current(session)
    written = checking.read_set(upload.filename, upload.text, taxonomy)
    pictures = upload_pictures.of(session, upload.id)
    reading = upload_pictures.attached(written, pictures)
    header = reading.header or _header_from(upload.filename)
    if reading.header is None and any(each.entry is None for each in reading.problems):
        return CheckedUpload(upload, reading, header, pictures, None)  # its own head has faults
    try:
        comparison = banks.compare(session, taxonomy, header, reading.items, user_id)
    except ConflictError as error:
        fault = FieldProblem(("id",), str(error))
        reading = reading.with_problems((reading.header_problem(fault),))
    asks = any(item.question.is_scored for item in reading.items)
    can_publish = asks and not reading.has_errors
    return CheckedUpload(upload, reading, header, pictures, comparison if can_publish else None)


def publish(session: Session, found: CheckedUpload, now: datetime) -> Published:
    """The whole file is the bank of its id, with a quiz; the same file twice changes nothing.

    A file is checked before the transaction begins: reading it may take as long as many saves.
    Raises ConflictError when it has errors, or when somebody took its id meanwhile.
    """
    if not found.can_publish:
        raise ConflictError(
            "This file has errors, so nothing was published. Mend it and upload it again."
        )
    owner_id = found.upload.user_id
    published = banks.publish(session, found.header, found.reading.items, owner_id, now)
    found.upload.published_at, found.upload.bank_id = now, published.bank.id
    return published


def plain_name(filename: str) -> str:
    """The name without folders and invisible characters; a long one keeps its ending."""
    path = PurePath(_CONTROL.sub("", PurePath(filename.replace("\\", "/")).name))
    return path.stem[:MAXIMUM_STEM_LENGTH] + path.suffix[:MAXIMUM_SUFFIX_LENGTH]


def _decoded(name: str, data: bytes) -> str:
    if not data.strip():
        raise UploadError(f"{name} is empty.")
    is_utf_16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        if is_utf_16 or b"\x00" in data:
            raise UploadError(f"{name} is not a text file.") from None
        line = data.count(b"\n", 0, error.start) + 1
        raise UploadError(
            f"{name} is not UTF-8: line {line} holds the byte 0x{data[error.start]:02x}. "
            "Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”) and upload it again."
        ) from None
    if "\x00" in text:  # PostgreSQL could not store it
        raise UploadError(f"{name} is not a text file.")
    return text


def _header_from(filename: str) -> SetHeader:
    """A header for a file that brings none: named after the file."""
    stem = PurePath(filename).stem
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "questions"
    title = re.sub(r"[-_]+", " ", stem).strip() or "Questions"
    return SetHeader(id=slug, title=title[:1].upper() + title[1:])
