"""Going back to a copy: what was acknowledged is there, what was there before is kept."""

import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import make_url, update

from quizapp.db import db, models
from tests.cli.installation import backups_of, file_of, run
from tests.databases import PostgresDatabases, on_every_kind
from tests.factories import (
    NOW,
    PASSWORD,
    answer,
    csrf_token,
    find_person,
    rows,
    running_app,
    start_attempt,
    stored,
    take_attempt,
)

POSITIONS = (1, 2, 3, 4)


@pytest.fixture
def database_kind() -> str:
    """What is not about every kind is about files."""
    return "sqlite"


# --- A file ---------------------------------------------------------------------------------------


def test_a_restored_database_is_what_was_copied(app: Flask, tmp_path: Path) -> None:
    copy = made_copy(app, tmp_path)
    target = tmp_path / "new" / "quizapp.sqlite"

    with running_app(f"sqlite:///{target}", tmp_path / "new") as other:
        said = run(other, "restore", str(copy))

        assert f"{target}: accounts 4, attempts 1, newest answer 2026-11-04" in said.output
        assert rows(other, models.User)[0].name == "Alice"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_database_is_put_aside_only_when_asked(app: Flask, tmp_path: Path) -> None:
    copy = made_copy(app, tmp_path)
    with stored(app) as session:
        session.execute(update(models.User).values(name="Somebody"))
    close_connections(app)

    refused = run(app, "restore", str(copy))
    done = run(app, "restore", str(copy), "--replace")

    assert (refused.exit_code, done.exit_code) == (1, 0)
    (aside,) = file_of(app).parent.glob(f"{file_of(app).name}.replaced-*")
    assert f"What was there is now {aside}." in done.output
    assert names_in(aside) == {"Somebody"}
    assert "Alice" in names_in(file_of(app))


def test_nothing_is_restored_while_somebody_uses_the_database(app: Flask, tmp_path: Path) -> None:
    copy = made_copy(app, tmp_path)
    with closing(sqlite3.connect(file_of(app))) as server:
        server.execute("SELECT count(*) FROM attempt").fetchone()

        said = run(app, "restore", str(copy), "--replace")

    assert said.exit_code == 1
    assert "is in use. Stop the server first." in said.output
    assert not list(file_of(app).parent.glob("*.replaced-*"))


def test_a_damaged_database_is_kept_with_its_log(app: Flask, tmp_path: Path) -> None:
    copy = made_copy(app, tmp_path)
    close_connections(app)
    log = file_of(app).with_name(f"{file_of(app).name}-wal")
    file_of(app).write_bytes(b"not a database" * 1000)
    log.write_bytes(b"its log")

    assert run(app, "restore", str(copy), "--replace").exit_code == 0

    assert "Alice" in names_in(file_of(app))
    (kept,) = file_of(app).parent.glob(f"{file_of(app).name}.replaced-*-wal")
    assert kept.read_bytes() == b"its log"


def test_a_log_without_its_database_is_not_mixed_in(app: Flask, tmp_path: Path) -> None:
    copy = made_copy(app, tmp_path)
    close_connections(app)
    log = file_of(app).with_name(f"{file_of(app).name}-wal")
    log.write_bytes(b"of another")
    file_of(app).unlink()

    said = run(app, "restore", str(copy))

    assert (said.exit_code, file_of(app).exists()) == (1, False)
    assert "left of a database that is gone" in said.output


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "made by a newer version"),
        ("DROP TABLE response", "is no copy of a database of this program"),
    ],
)
def test_what_this_program_cannot_use_is_refused(
    app: Flask, tmp_path: Path, change: str, complaint: str
) -> None:
    copy = made_copy(app, tmp_path)
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute(change)
    close_connections(app)

    said = run(app, "restore", str(copy), "--replace")

    assert (said.exit_code, complaint in said.output) == (1, True)


@pytest.mark.parametrize("database_kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
def test_for_postgres_it_is_said_how(app: Flask, tmp_path: Path) -> None:
    said = run(app, "restore", "copy.dump")

    assert said.exit_code == 1
    assert "pg_restore --no-owner" in said.output


# --- The drill ------------------------------------------------------------------------------------


@on_every_kind
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="PostgreSQL's client is not there")
def test_after_a_restore_nothing_acknowledged_is_missing_and_work_goes_on(
    app: Flask, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with learners_at_work(app) as ledger:
        acknowledged = set(ledger)
        assert run(app, "backup").exit_code == 0

    (copy,) = backups_of(app)
    with restored(copy, tmp_path / "elsewhere", request) as other:
        assert acknowledged <= kept_in(other)
        assert finish_as_alice(other) == 302
        checked = run(other, "doctor", "--check").output
        assert "ok       data: every rule holds for 2 attempts" in checked


@contextmanager
def learners_at_work(app: Flask) -> Iterator[list[tuple[int, int, int]]]:
    """Two learners who save without end; what was acknowledged, with the number of each save."""
    ledger: list[tuple[int, int, int]] = []
    busy, stop = Event(), Event()
    threads = [
        Thread(target=save_until, args=(app, name, ledger, busy, stop))
        for name in ("alice", "charlie")
    ]
    for thread in threads:
        thread.start()
    try:
        assert busy.wait(20)
        yield ledger
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def save_until(
    app: Flask, name: str, ledger: list[tuple[int, int, int]], busy: Event, stop: Event
) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, find_person(app, name), now=datetime.now(UTC))
    number = 0
    while not stop.is_set():
        number += 1
        for position in POSITIONS:
            with stored(app) as session:
                answer(session, attempt, position, datetime.now(UTC), is_right=number % 2 == 0)
            ledger.append((attempt.id, position, number))
        if number == 3:
            busy.set()


@contextmanager
def restored(copy: Path, folder: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An app over a new database made of ``copy``."""
    if copy.suffix == ".sqlite":
        with running_app(f"sqlite:///{folder}/quizapp.sqlite", folder) as app:
            assert run(app, "restore", str(copy)).exit_code == 0
            yield app
        return
    databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
    url = databases.make()
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run(
        ["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={plain}", copy],  # noqa: S607
        check=True,
    )
    with running_app(url, folder) as app:
        yield app
    databases.drop(url)


def kept_in(app: Flask) -> set[tuple[int, int, int]]:
    """Every save in the record."""
    return {(row.attempt_id, row.position, row.number) for row in rows(app, models.ResponseChange)}


def finish_as_alice(app: Flask) -> int:
    """The status of the answer when Alice has signed in, with her password, and finishes."""
    client = app.test_client()
    fields = {"email": "alice@example.org", "password": PASSWORD, "csrf_token": csrf_token(client)}
    client.post("/sign-in", data=fields)
    attempt = next(
        row for row in rows(app, models.Attempt) if row.user_id == find_person(app, "alice").id
    )
    path = f"/attempts/{attempt.id}/submission"
    return client.post(path, data={"csrf_token": csrf_token(client)}).status_code


def made_copy(app: Flask, folder: Path) -> Path:
    """A backup in which Alice has one attempt."""
    with stored(app) as session:
        take_attempt(session, find_person(app, "alice"), "coding", NOW, right=[1])
    copy = folder / "copy.sqlite"
    assert run(app, "backup", str(copy)).exit_code == 0
    return copy


def close_connections(app: Flask) -> None:
    """As when the server has stopped."""
    with app.app_context():
        db.engine.dispose()


def names_in(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM user_account")}
