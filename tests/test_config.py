"""Settings: read from the environment, checked, and filled in."""

import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from quizapp.clock import ANCHOR
from quizapp.config import Config, ConfigError

LONG_SECRET = "a secret of at least 32 characters"


def read(folder: Path, environment: dict[str, str] | None = None, **more: Any) -> Config:
    return Config.from_environment(environment or {}, instance_folder=folder, **more)


# --- Values ---------------------------------------------------------------------------------------


def test_every_setting_has_a_default(tmp_path: Path) -> None:
    config = read(tmp_path)

    assert (config.host, config.port) == ("127.0.0.1", 8000)
    assert config.database_url == f"sqlite:///{tmp_path}/quizapp.sqlite"
    assert not config.is_secure


def test_a_setting_is_read_from_the_environment(tmp_path: Path) -> None:
    environment = {"QUIZAPP_PORT": "9000", "QUIZAPP_SITE_NAME": " Quizzes ", "HOME": "/nowhere"}

    config = read(tmp_path, environment)

    assert (config.port, config.site_name) == (9000, "Quizzes")


def test_what_a_test_sets_goes_before_the_environment(tmp_path: Path) -> None:
    assert read(tmp_path, {"QUIZAPP_PORT": "9000"}, port=9001).port == 9001


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIZAPP_TEST_POSTGRES_URL", "postgresql://127.0.0.1/postgres"),
        (ANCHOR, "1793784600.25"),
    ],
)
def test_what_the_test_server_and_the_clock_leave_there_is_no_setting(
    tmp_path: Path, name: str, value: str
) -> None:
    assert read(tmp_path, {name: value}) == read(tmp_path)


def test_a_save_that_was_under_way_has_a_minute(tmp_path: Path) -> None:
    assert read(tmp_path).save_grace == timedelta(minutes=1)
    assert read(tmp_path, {"QUIZAPP_SAVE_GRACE_SECONDS": "5"}).save_grace == timedelta(seconds=5)


def test_a_sign_in_lasts_thirty_days(tmp_path: Path) -> None:
    assert read(tmp_path).sign_in_lifetime == timedelta(days=30)


def test_https_makes_the_service_secure(tmp_path: Path) -> None:
    assert read(tmp_path, {"QUIZAPP_PUBLIC_URL": "https://quiz.example.org"}).is_secure


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PROT", "8000", "is not a setting. Settings: QUIZAPP_"),
        ("PORT", "http", "must be a whole number, not 'http'"),
        ("PORT", "", "must be a whole number, not ''"),
        ("PORT", "0", "must be from 1 to 65535, not 0"),
        ("PORT", "65536", "must be from 1 to 65535"),
        ("WORKERS", "0", "must be from 1 to 64"),
        ("WORKERS", "65", "must be from 1 to 64"),
        ("THREADS", "0", "must be from 1 to 64"),
        ("THREADS", "65", "must be from 1 to 64"),
        ("SAVE_GRACE_SECONDS", "601", "must be from 0 to 600"),
        ("MAX_UPLOAD_BYTES", "10", "must be from 1000"),
        ("SAVE_GRACE_SECONDS", "-1", "must be from 0 to 600"),
        ("RUNS_PER_MINUTE", "0", "must be from 1 to 600"),
        ("CLOSE_INTERVAL_SECONDS", "0", "must be from 1 to 3600"),
        ("SIGN_IN_DAYS", "366", "must be from 1 to 365"),
        ("IDLE_HOURS", "0", "must be from 1 to 8760"),
        ("HASH_MEMORY_KIB", "7", "must be from 8 to 1048576"),
        ("RUNNER", "on", "must be auto, full, light or off, not 'on'"),
        ("RUNNER_WORKERS", "65", "must be from 0 to 64"),
        ("SITE_NAME", "  ", "is empty. Leave it out"),
        ("INSTANCE_FOLDER", "", "is empty. Leave it out"),
        ("SECRET_KEY", "short", "is shorter than 32 characters"),
        ("PUBLIC_URL", "quiz.example.org", "must begin with http:// or https://"),
        ("DATABASE_URL", "mysql://localhost/quiz", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "quiz.sqlite", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "sqlite://", "must name a file"),
        ("DATABASE_URL", "sqlite:///", "must name a file"),
        ("DATABASE_URL", "sqlite:///:memory:", "must name a file"),
    ],
)
def test_a_value_that_cannot_be_used_stops_the_start_with_a_sentence(
    tmp_path: Path, name: str, value: str, expected: str
) -> None:
    with pytest.raises(ConfigError) as refusal:
        read(tmp_path, {f"QUIZAPP_{name}": value})

    assert str(refusal.value).startswith(f"QUIZAPP_{name} ")
    assert expected in str(refusal.value)
    assert str(refusal.value).endswith(".")


# --- Database -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgresql://u:p@host/quiz", "postgresql+psycopg://u:p@host/quiz"),
        ("postgres://host/quiz", "postgresql+psycopg://host/quiz"),
        ("postgresql+psycopg2://host/quiz", "postgresql+psycopg://host/quiz"),
        ("postgresql+psycopg://host/quiz?sslmode=require",) * 2,
        ("sqlite:////srv/quiz.sqlite",) * 2,
    ],
)
def test_the_database_is_reached_by_the_driver_that_we_have(
    tmp_path: Path, given: str, meant: str
) -> None:
    assert read(tmp_path, {"QUIZAPP_DATABASE_URL": given}).database_url == meant


def test_a_relative_file_is_one_of_the_folder_where_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    config = read(tmp_path, {"QUIZAPP_DATABASE_URL": "sqlite:///instance/demo.sqlite"})

    assert config.database_url == f"sqlite:///{tmp_path}/instance/demo.sqlite"


# --- Code runner ----------------------------------------------------------------------------------


def test_two_servers_of_one_folder_have_two_code_runners(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path, {"QUIZAPP_PORT": "8001"})

    assert first.runner_socket.parent == second.runner_socket.parent == tmp_path
    assert first.runner_socket != second.runner_socket
    assert first.runner_cache == second.runner_cache == tmp_path / "runner"


# --- Secret ---------------------------------------------------------------------------------------


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = read(tmp_path / "instance").secret_key
    second = read(tmp_path / "instance").secret_key

    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "instance" / "secret_key").stat().st_mode) == 0o600


def test_two_folders_have_two_secrets(tmp_path: Path) -> None:
    assert read(tmp_path / "one").secret_key != read(tmp_path / "two").secret_key


def test_a_secret_that_is_set_is_used_and_not_stored(tmp_path: Path) -> None:
    config = read(tmp_path, {"QUIZAPP_SECRET_KEY": LONG_SECRET})

    assert config.secret_key == LONG_SECRET
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_secret_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("\n")

    with pytest.raises(ConfigError, match="Delete it"):
        read(tmp_path)
