"""Which versions of SQLite lose commits, and what a connection promises."""

import pytest
from flask import Flask
from sqlalchemy import text

from quizapp.db import db
from quizapp.db.sqlite import is_wal_reset_fixed

# sqlite.org/wal.html, "The WAL-reset bug": in 3.7.0 to 3.51.2, but for 3.50.7 and 3.44.6.
VERSIONS = {
    "3.34.1": False,
    "3.40.1": False,
    "3.44.5": False,
    "3.44.6": True,
    "3.44.7": True,
    "3.45.0": False,
    "3.45.3": False,
    "3.46.1": False,
    "3.50.4": False,
    "3.50.6": False,
    "3.50.7": True,
    "3.50.8": True,
    "3.51.0": False,
    "3.51.2": False,
    "3.51.3": True,
    "3.51.10": True,
    "3.52.0": True,
    "4.0.0": True,
}


@pytest.fixture
def database_kind() -> str:
    """What is tested here, PostgreSQL does not have."""
    return "sqlite"


@pytest.mark.parametrize(("version", "is_fixed"), VERSIONS.items())
def test_the_versions_without_the_bug_are_known(version: str, is_fixed: bool) -> None:
    assert is_wal_reset_fixed(tuple(map(int, version.split(".")))) is is_fixed


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("busy_timeout", 2_000),
        ("journal_size_limit", 64 * 2**20),
    ],
)
def test_a_connection_checks_keys_survives_power_cuts_and_waits(
    app: Flask, pragma: str, value: object
) -> None:
    with app.app_context():
        assert db.session.scalar(text(f"PRAGMA {pragma}")) == value
