"""`flask doctor`: what can be amiss is named with what to do; a breach ends with 1."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from quizapp.cli import grading_findings, presence, setting_findings, storage_findings
from quizapp.cli.findings import Finding, Verdict
from quizapp.cli.presence import Presence
from quizapp.clock import Clock, steady_seconds
from quizapp.config import Config
from quizapp.db.condition import Disk, PostgresCondition, SqliteCondition, filesystem_of
from quizapp.db.migrations import alembic
from quizapp.services.grading_queue import Load
from tests.databases import on_every_kind
from tests.factories import NOW, find_person, running_app, start_attempt, stored

PORT = 8123

SOUND = SqliteCondition(
    path=Path("/srv/quizapp.sqlite"),
    version=(3, 51, 3),
    journal_mode="wal",
    synchronous=2,
    has_foreign_keys=True,
    is_guarded=True,
    file_bytes=12_000_000,
    log_bytes=4_000_000,
    disk=Disk(60_000_000_000, 100_000_000_000, "ext4"),
)

SOUND_SERVER = PostgresCondition(
    {
        "server_version": "15.4",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "transaction_isolation": "read committed",
        "max_connections": "100",
    }
)


@pytest.fixture
def database_kind() -> str:
    """What is not about every kind is about files."""
    return "sqlite"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Settings of an installation for real use."""
    (tmp_path / "secret_key").write_text("0" * 64)
    (tmp_path / "secret_key").chmod(0o600)
    return Config(
        instance_folder=tmp_path,
        database_url=f"sqlite:///{tmp_path}/quizapp.sqlite",
        secret_key="0" * 64,
        public_url="https://prep.example.org",
    )


def run(app: Flask, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["doctor", *options])


def verdicts(found: Iterable[Finding] | Finding) -> list[Verdict]:
    """What was found beside what is well."""
    listed = [found] if isinstance(found, Finding) else found
    return [each.verdict for each in listed if each.verdict != "ok"]


# --- Grading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("load", "verdict", "said"),
    [
        (Load(0, 0, None), "ok", "no program waits; the latest verdict is of 2026-11-04 09:30 UTC"),
        (Load(3, 2, NOW - timedelta(minutes=9)), "ok", "3 programs wait, 2 of them are being"),
        (Load(1, 0, NOW - timedelta(minutes=11)), "warning", "the oldest since 11 min"),
        (Load(1, 0, NOW - timedelta(hours=30)), "warning", "the oldest since 30 h"),
    ],
)
def test_programs_that_wait_for_long_are_told_of(load: Load, verdict: str, said: str) -> None:
    found = grading_findings.of_queue(load, NOW, NOW)

    assert found.verdict == verdict
    assert said in found.what


# --- The command ----------------------------------------------------------------------------------


@on_every_kind
def test_what_is_in_force_is_said_of_either_database(app: Flask, database_kind: str) -> None:
    said = run(app)

    name = {"sqlite": "SQLite 3.", "postgres": "PostgreSQL "}[database_kind]
    assert said.output.startswith(f"ok       {name}")
    assert "ok       tables: up to date" in said.output


def test_an_installation_that_is_well_ends_with_0(app: Flask) -> None:
    said = run(app, "--check")

    assert said.exit_code == 0
    assert "ok       data: every rule holds for 0 attempts" in said.output
    assert "\nno breaches, " in said.output


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with running_app(f"sqlite:///{tmp_path}/none.sqlite", tmp_path) as app:
        said = run(app, "--check")

    assert (said.exit_code, (tmp_path / "none.sqlite").exists()) == (1, False)
    assert f"breach   there is no database {tmp_path}/none.sqlite" in said.output


def test_tables_of_an_older_version_are_named(app: Flask) -> None:
    with app.app_context():
        alembic.downgrade()

    said = run(app, "--check")

    assert said.exit_code == 1
    assert "breach   tables: of an older version\n         Start the server, or" in said.output


def test_tables_of_a_newer_version_are_named(app: Flask) -> None:
    with stored(app) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert "breach   tables: made by a newer version of this program" in run(app).output


@on_every_kind
def test_a_database_without_tables_is_named(blank_app: Flask) -> None:
    with stored(blank_app) as session:
        session.execute(text("SELECT 1"))  # SQLite makes the file

    said = run(blank_app, "--check")

    assert said.exit_code == 1
    assert "breach   tables: not made yet" in said.output


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.sqlite").write_bytes(b"not a database" * 1000)

    with running_app(f"sqlite:///{tmp_path}/one.sqlite", tmp_path) as app:
        said = run(app)

    assert said.exit_code == 1
    assert "breach   the database does not answer: file is not a database" in said.output


@on_every_kind
def test_data_that_breaks_a_rule_is_named(app: Flask) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, find_person(app, "alice"), now=NOW)
        session.execute(text("UPDATE attempt SET max_points = max_points + 1"))
        where = f"attempt {attempt.id}."

    said = run(app, "--check")

    assert said.exit_code == 1
    assert f"breach   data: A maximum that is not the sum of the points: {where}" in said.output


# --- The database ---------------------------------------------------------------------------------


def test_a_sound_file_has_nothing_amiss() -> None:
    assert verdicts(storage_findings.of_sqlite(SOUND)) == []


@pytest.mark.parametrize(
    ("condition", "verdict", "what"),
    [
        (replace(SOUND, version=(3, 40, 1), is_guarded=False), "breach", "WAL-reset fault"),
        (replace(SOUND, journal_mode="delete"), "breach", "journal mode delete"),
        (replace(SOUND, synchronous=1), "breach", "synchronous NORMAL"),
        (replace(SOUND, has_foreign_keys=False), "breach", "foreign keys off"),
        (replace(SOUND, log_bytes=10**9), "warning", "write-ahead log: 1,000 MB"),
        (replace(SOUND, disk=Disk(9 * 10**9, 10**11, "ext4")), "warning", "9,000 MB, 9%"),
        (replace(SOUND, disk=replace(SOUND.disk, filesystem="nfs4")), "breach", "over a network"),
    ],
)
def test_what_is_amiss_with_a_file_is_named(
    condition: SqliteCondition, verdict: Verdict, what: str
) -> None:
    (found,) = (each for each in storage_findings.of_sqlite(condition) if each.verdict != "ok")

    assert (found.verdict, what in found.what) == (verdict, True)
    assert found.advice


def test_a_guard_round_every_write_is_as_good_as_a_mended_version() -> None:
    guarded = replace(SOUND, version=(3, 40, 1))

    assert verdicts(storage_findings.of_sqlite(guarded)) == []


def test_a_sound_server_has_nothing_amiss(config: Config) -> None:
    assert verdicts(storage_findings.of_postgres(SOUND_SERVER, config)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fsync", "off"),
        ("synchronous_commit", "off"),
        ("full_page_writes", "off"),
        ("transaction_isolation", "serializable"),
        ("max_connections", "10"),
    ],
)
def test_what_is_amiss_with_a_server_is_named(config: Config, name: str, value: str) -> None:
    condition = PostgresCondition({**SOUND_SERVER.settings, name: value})

    assert verdicts(storage_findings.of_postgres(condition, config)) == ["breach"]


@pytest.mark.parametrize(
    ("folder", "filesystem"),
    [("/srv/data", "ext4"), ("/srv/a b/data", "nfs4"), ("/srv/over", "xfs"), ("/home", "btrfs")],
)
def test_the_file_system_is_that_of_the_nearest_mount(folder: str, filesystem: str) -> None:
    mounts = "\n".join(
        [
            "22 1 0:21 / / rw,relatime shared:1 - btrfs /dev/sda1 rw",
            "23 22 8:2 / /srv rw shared:2 - ext4 /dev/sda2 rw",
            r"24 23 0:30 / /srv/a\040b rw - nfs4 server:/export rw",
            "25 23 0:31 / /srv/over rw - cifs //server/share rw",
            "26 23 0:32 / /srv/over rw - xfs /dev/sda3 rw",
        ]
    )

    assert filesystem_of(Path(folder), mounts) == filesystem


# --- Settings, files, clock -----------------------------------------------------------------------


def test_settings_for_real_use_have_nothing_amiss(config: Config) -> None:
    assert verdicts(setting_findings.of_files(config)) == []
    assert verdicts(setting_findings.of_address(config)) == []
    assert verdicts(setting_findings.of_times(config)) == []


def test_a_secret_that_others_may_read_is_named(config: Config) -> None:
    (config.instance_folder / "secret_key").chmod(0o644)

    assert verdicts(setting_findings.of_files(config)) == ["breach"]


def test_a_database_that_others_may_read_is_named(config: Config) -> None:
    (config.instance_folder / "quizapp.sqlite").touch(0o644)
    config.instance_folder.chmod(0o755)

    assert verdicts(setting_findings.of_files(config)) == ["warning"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:8000", []),
        ("http://localhost:8000", []),
        ("http://prep.example.org", ["breach"]),
        ("http://192.168.1.5:8000", ["breach"]),
    ],
)
def test_passwords_in_clear_text_are_for_one_machine_alone(
    config: Config, address: str, expected: list[str]
) -> None:
    assert verdicts(setting_findings.of_address(replace(config, public_url=address))) == expected


def test_a_short_grace_and_late_closing_are_named(config: Config) -> None:
    strict = replace(config, save_grace_seconds=5, close_interval_seconds=600)

    assert verdicts(setting_findings.of_times(strict)) == ["warning", "warning"]


def test_more_workers_than_processors_are_named(config: Config) -> None:
    assert verdicts(setting_findings.of_workers(replace(config, workers=64))) == ["warning"]


def test_debug_mode_is_named(app: Flask) -> None:
    app.debug = True

    assert "breach" in verdicts(setting_findings.of_program(app))


def test_a_server_that_no_longer_tidies_up_is_named(config: Config) -> None:
    lively, stuck = (Presence(1, 0.0, steady_seconds() - age) for age in (40, 400))

    assert verdicts(setting_findings.of_server(lively, config)) == []
    assert verdicts(setting_findings.of_server(stuck, config)) == ["breach"]
    assert verdicts(setting_findings.of_server(None, config)) == ["warning"]


@pytest.mark.parametrize(("ahead", "expected"), [(0, []), (2, []), (100, ["breach"])])
def test_a_machine_whose_clock_was_set_is_named(ahead: float, expected: list[str]) -> None:
    server = Presence(1, Clock().anchor + ahead, steady_seconds())

    assert verdicts(setting_findings.of_clock(server, NOW, None)) == expected


def test_a_clock_before_what_is_stored_is_named() -> None:
    stored_at = NOW + timedelta(hours=1)

    assert verdicts(setting_findings.of_clock(None, NOW, stored_at)) == ["breach"]
    assert verdicts(setting_findings.of_clock(None, stored_at, NOW)) == []


def test_the_command_finds_the_server_on_its_port(app: Flask) -> None:
    config = replace(app.extensions["quizapp"], port=PORT)
    app.extensions["quizapp"] = config
    with presence.announced(config.instance_folder, PORT) as announcement:
        announcement.tidied(Clock().anchor)

        said = run(app)

    assert "ok       server: process" in said.output
    assert "the server's time is 0.0 s" in said.output


def test_a_week_without_a_backup_is_named(config: Config) -> None:
    path = config.instance_folder / "backups" / "quizapp-20261101T000000Z.sqlite"
    path.parent.mkdir()
    path.touch()
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC)

    assert verdicts(setting_findings.of_backups(config, made + timedelta(days=6))) == []
    assert verdicts(setting_findings.of_backups(config, made + timedelta(days=8))) == ["warning"]
