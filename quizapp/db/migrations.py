"""Migrations; apart from the rest of the storage, because workers have no use for them."""

from collections.abc import Callable
from typing import Any

from flask_alembic import Alembic

from quizapp.db import db
from quizapp.db.base import Base
from quizapp.db.writing import writing


class Migrations(Alembic):
    """Migrations that write as everybody does: nobody else at the same time."""

    def run_migrations(self, fn: Callable[..., Any], **kwargs: Any) -> None:
        with writing(db.engine):
            super().run_migrations(fn, **kwargs)


alembic = Migrations(metadatas=Base.metadata)
