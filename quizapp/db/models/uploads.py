"""Files that instructors uploaded."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.db.base import Base
from quizapp.db.models.accounts import User
from quizapp.db.models.bank import ItemBank


class Upload(Base):
    """A file as its owner sent it; read again whenever it is shown, published at most once."""

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    user: Mapped[User] = relationship()
    filename: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(40))
    text: Mapped[str]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("item_bank.id"))
    bank: Mapped[ItemBank | None] = relationship()
