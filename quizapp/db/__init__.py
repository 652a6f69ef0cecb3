"""How things are stored: engine, session, migrations; ``transaction()`` is the way to write."""

import sqlite3
from contextvars import ContextVar
from typing import Any

from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Connection, Engine, event

from quizapp.db.base import Base

BUSY_TIMEOUT_MS = 5_000

db = SQLAlchemy(session_options={"expire_on_commit": False})
alembic = Alembic(metadatas=Base.metadata)

is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)
"""True inside ``transaction()``: SQLite then takes its write lock at once, never half-way."""


def prepare_engine(engine: Engine) -> None:
    """Makes every connection of a SQLite ``engine`` durable, checked and fair."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:  # noqa: ARG001
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing.get() else "BEGIN")
