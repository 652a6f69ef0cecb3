"""How things are stored: engine, session, migrations; ``transaction()`` is the way to write."""

from collections.abc import Callable
from typing import Any

from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Engine

from quizapp.db import sqlite
from quizapp.db.base import Base
from quizapp.db.writing import writing


class Migrations(Alembic):
    """Migrations that write as everybody does: nobody else at the same time."""

    def run_migrations(self, fn: Callable[..., Any], **kwargs: Any) -> None:
        with writing(db.engine):
            super().run_migrations(fn, **kwargs)


db = SQLAlchemy(session_options={"expire_on_commit": False})
alembic = Migrations(metadatas=Base.metadata)


def prepare_engine(engine: Engine) -> None:
    """Makes every connection of a SQLite ``engine`` durable, checked and fair."""
    if engine.dialect.name == "sqlite":
        sqlite.prepare(engine)
