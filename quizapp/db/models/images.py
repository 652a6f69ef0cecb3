"""Pictures, and who shows them: item revisions, and files that instructors uploaded."""

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.db.base import Base


class Image(Base):
    """A picture as it is served; never changed (a trigger refuses), for past attempts show it.

    ``digest`` is the SHA-256 (hex) of ``data``, so the same picture is stored once.
    """

    __tablename__ = "image"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest_is_sha_256"),
        CheckConstraint(
            "media_type IN ('image/png', 'image/jpeg', 'image/webp')", name="media_type_is_known"
        ),
        CheckConstraint("width BETWEEN 1 AND 1600", name="width_is_shown"),
        CheckConstraint("height BETWEEN 1 AND 3200", name="height_is_shown"),
        CheckConstraint("length(data) BETWEEN 1 AND 2097152", name="data_is_2_mb_at_most"),
    )

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ItemImage(Base):
    """A picture that a revision shows, so it cannot be deleted while the revision is there."""

    __tablename__ = "item_image"

    revision_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"), primary_key=True)
    image_digest: Mapped[str] = mapped_column(ForeignKey("image.digest"), primary_key=True)


class UploadImage(Base):
    """A picture that came with an uploaded file, under the name by which the file calls it."""

    __tablename__ = "upload_image"

    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    image_digest: Mapped[str] = mapped_column(ForeignKey("image.digest"))
