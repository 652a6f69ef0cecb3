"""Copies of the database: made while it is used, checked, and made before its tables change."""

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url, text

from quizapp.cli.serving import prepare_database
from quizapp.db import db, models
from quizapp.db.backup import BackupError, back_up
from quizapp.db.migrations import alembic
from tests.cli.installation import backups_of, config_of, file_of, run
from tests.databases import on_every_kind
from tests.factories import (
    find_person,
    rows,
    running_app,
    start_attempt,
    stored,
)


@pytest.fixture
def database_kind() -> str:
    """What is not about every kind is about files."""
    return "sqlite"


# --- Making one -----------------------------------------------------------------------------------


@on_every_kind
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="PostgreSQL's client is not there")
def test_a_backup_is_named_by_the_time_and_private(app: Flask, database_kind: str) -> None:
    said = run(app, "backup")

    (made,) = backups_of(app)
    assert said.output.startswith(f"{made}: ")
    assert said.output.endswith(" s, checked.\n")
    assert made.suffix == {"sqlite": ".sqlite", "postgres": ".dump"}[database_kind]
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700


def test_a_backup_is_one_file_with_all_that_is_stored(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "copy" / "one.sqlite"
    path.parent.mkdir()
    with app.app_context():
        db.session.scalar(text("SELECT 1"))  # a connection of a running server

        run(app, "backup", str(path))

    with closing(sqlite3.connect(path)) as copied:
        assert copied.execute("SELECT count(*) FROM user_account").fetchone() == (4,)
    assert list(path.parent.iterdir()) == [path]


def test_a_backup_overwrites_nothing(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("mine")

    said = run(app, "backup", str(path))

    assert (said.exit_code, path.read_text()) == (1, "mine")
    assert f"Error: {path} is there already." in said.output


def test_a_backup_neither_waits_for_a_writer_nor_holds_one_up(app: Flask, tmp_path: Path) -> None:
    alice = find_person(app, "alice")
    with stored(app) as session:
        start_attempt(session, alice)
        session.flush()
        back_up(make_url(config_of(app).database_url), tmp_path / "copy.sqlite")

    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copied:
        assert copied.execute("SELECT count(*) FROM attempt").fetchone() == (0,)
    assert len(rows(app, models.Attempt)) == 1


def test_a_damaged_database_is_told_and_leaves_no_copy(app: Flask, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file_of(app), isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE user_account SET role = 'king'")
    folder = tmp_path / "copies"
    folder.mkdir()

    said = run(app, "backup", str(folder / "one.sqlite"))

    assert "is damaged: CHECK constraint failed in user_account" in said.output
    assert (said.exit_code, list(folder.iterdir())) == (1, [])


def test_of_old_backups_the_latest_are_kept(app: Flask) -> None:
    folder = config_of(app).instance_folder / "backups"
    folder.mkdir()
    stem = file_of(app).stem
    for day in ("01", "02", "03"):
        (folder / f"{stem}-202511{day}T000000Z.sqlite").touch()
    (folder / f"{stem}-mine.sqlite").touch()

    run(app, "backup", "--keep", "2")

    names = [path.name for path in backups_of(app)]
    assert names[0] == f"{stem}-20251103T000000Z.sqlite"
    assert (len(names), names[2]) == (3, f"{stem}-mine.sqlite")


def test_the_password_is_no_argument_of_pg_dump(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, told = tmp_path / "bin", tmp_path / "told"
    programs.mkdir()
    script = f'#!/bin/sh\necho "$0 $* with $PGPASSWORD" >> {told}\n'
    for name in ("pg_dump", "pg_restore"):
        (programs / name).write_text(script)
        (programs / name).chmod(0o700)
    monkeypatch.setenv("PATH", str(programs))

    back_up(make_url("postgresql+psycopg://ann:geheim@db.example:5433/quiz"), tmp_path / "one")

    assert "--dbname=postgresql://ann@db.example:5433/quiz with geheim" in told.read_text()
    assert told.read_text().count("geheim") == 2


def test_without_pg_dump_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupError, match="pg_dump was not found"):
        back_up(make_url("postgresql+psycopg://db.example/quiz"), tmp_path / "one")


# --- Before the tables change ---------------------------------------------------------------------


def test_a_database_whose_tables_change_is_copied_before(app: Flask) -> None:
    with app.app_context():
        take_back_a_migration()
        before = db.session.scalar(text("SELECT version_num FROM alembic_version"))

    run(app, "prepare")

    (made,) = backups_of(app)
    assert made.name.endswith("-before-migration.sqlite")
    with closing(sqlite3.connect(made)) as copied:
        assert copied.execute("SELECT version_num FROM alembic_version").fetchone() == (before,)


def test_of_such_copies_the_latest_three_are_kept(app: Flask) -> None:
    folder = config_of(app).instance_folder / "backups"
    folder.mkdir()
    for day in range(1, 5):
        stamp = f"2025110{day}T000000Z"
        (folder / f"{file_of(app).stem}-{stamp}-before-migration.sqlite").touch()

    with app.app_context():
        take_back_a_migration()
        prepare_database(config_of(app))

    old, newer, made = (path.name for path in backups_of(app))
    assert "20251103" in old
    assert "20251104" in newer
    assert made > newer


def test_nothing_is_copied_when_nothing_changes_or_is_there(app: Flask, blank_app: Flask) -> None:
    for each in (app, blank_app):
        with each.app_context():
            prepare_database(config_of(each))

    assert not (config_of(app).instance_folder / "backups").exists()


def test_a_new_database_is_for_its_owner_alone(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    with running_app(f"sqlite:///{path}", tmp_path) as other, other.app_context():
        prepare_database(config_of(other))

        found = {each.stat().st_mode & 0o077 for each in tmp_path.glob("new.sqlite*")}

    assert found == {0}


def test_a_database_of_a_newer_version_is_left_alone(app: Flask) -> None:
    with stored(app) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    said = run(app, "prepare")

    assert said.exit_code == 1
    assert "The database was made by a newer version of this program." in said.output


def take_back_a_migration() -> None:
    alembic.downgrade()
