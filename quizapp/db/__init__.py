"""How things are stored: engine and session; ``transaction()`` is the way to write."""

from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Engine

from quizapp.db import sqlite

db = SQLAlchemy(session_options={"expire_on_commit": False})


def prepare_engine(engine: Engine) -> None:
    """Makes every connection of a SQLite ``engine`` durable, checked and fair."""
    if engine.dialect.name == "sqlite":
        sqlite.prepare(engine)
