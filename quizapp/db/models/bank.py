"""Item banks: items, their immutable revisions, and the skills of each revision."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.db.base import Base
from quizapp.db.models.accounts import User


def new_edition() -> int:
    """A number that no edition of a bank has had, as good as certainly."""
    return secrets.randbelow(2**31)


class ItemBank(Base):
    """A named set of items. ``owner`` is who published it; None for our own banks.

    ``is_practised`` when practice draws from it, and not its own quizzes alone. ``edition`` is
    another number after each change of what can be drawn from the bank.
    """

    __tablename__ = "item_bank"
    __table_args__ = (
        CheckConstraint("owner_id IS NULL OR NOT is_practised", name="practised_has_no_owner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    owner: Mapped[User | None] = relationship()
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    edition: Mapped[int] = mapped_column(default=new_edition, server_default="0")
    is_practised: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class Item(Base):
    """The identity of an item through all its revisions. ``retired_at``: no longer drawn.

    ``position`` is its place among the items of its bank as they were published last.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("bank_id", "slug"),
        CheckConstraint("position >= 0", name="position_counts_from_0"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("item_bank.id"))
    bank: Mapped[ItemBank] = relationship()
    slug: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    retired_at: Mapped[datetime | None]


class ItemRevision(Base):
    """What an item said at one time; never changed. ``content`` is the exported item.

    ``points`` are 0 where nothing is asked. Exactly one revision of an item is current. Attempts
    point at revisions, so an edit never changes what was asked or scored before.
    """

    __tablename__ = "item_revision"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        UniqueConstraint("item_id", "content_hash"),
        CheckConstraint("number >= 1", name="number_counts_from_1"),
        CheckConstraint("difficulty BETWEEN 1 AND 5", name="difficulty_is_1_to_5"),
        CheckConstraint("seconds > 0", name="seconds_are_positive"),
        CheckConstraint("points >= 0", name="points_are_not_negative"),
        CheckConstraint("level IN ('entry', 'mid', 'senior')", name="level_is_known"),
        Index(
            "uq_item_revision_current",
            "item_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    item: Mapped[Item] = relationship()
    number: Mapped[int]
    is_current: Mapped[bool]
    content_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(10))
    difficulty: Mapped[int]
    seconds: Mapped[int]
    points: Mapped[float]
    created_at: Mapped[datetime]
    skills: Mapped[list["ItemSkill"]] = relationship(order_by="ItemSkill.position")


class ItemSkill(Base):
    """One skill that a revision measures; position 0 is its centre."""

    __tablename__ = "item_skill"
    __table_args__ = (
        UniqueConstraint("revision_id", "position"),
        CheckConstraint("position >= 0", name="position_counts_from_0"),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"), primary_key=True)
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"), primary_key=True, index=True)
    position: Mapped[int]


class QuestionLoad(Base):
    """One loading of the question files; the newest row says what the database holds."""

    __tablename__ = "question_load"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]
