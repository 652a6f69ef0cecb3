"""What a server does beside serving: at once when it starts, and then again and again."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from quizapp.cli import presence
from quizapp.cli.closing import tidy_until
from quizapp.clock import ANCHOR
from quizapp.db import models
from tests.factories import find_person, rows, start_attempt, stored

LONG_AGO = datetime.now(UTC) - timedelta(days=2)
PORT = 8123


@pytest.fixture
def database_kind() -> str:
    """One kind: what is tidied up is the services' business."""
    return "sqlite"


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Event:
    """A server that is about to end, in a process whose environment is its own."""
    monkeypatch.setenv(ANCHOR, "0")
    stop = Event()
    stop.set()
    return stop


def test_a_server_tidies_up_as_soon_as_it_starts(app: Flask, stopped: Event) -> None:
    with stored(app) as session:
        start_attempt(session, find_person(app, "alice"), "ml", LONG_AGO)

    tidy_until(app, app.extensions["quizapp"], stopped)

    assert [row.closed_by for row in rows(app, models.Attempt)] == ["deadline"]


def test_workers_that_start_later_are_given_the_time(app: Flask, stopped: Event) -> None:
    told: list[float] = []

    tidy_until(app, app.extensions["quizapp"], stopped, told.append)

    anchor = app.extensions["quizapp.clock"].anchor
    assert (told, os.environ[ANCHOR]) == ([anchor], repr(anchor))


def test_a_server_is_found_while_it_runs(tmp_path: Path) -> None:
    with presence.announced(tmp_path, PORT) as announcement:
        announcement.tidied(1234.5)

        found = presence.find(tmp_path, PORT)

    assert found is not None
    assert (found.process, found.anchor) == (os.getpid(), 1234.5)
    assert presence.find(tmp_path, PORT) is None
    assert presence.find(tmp_path, PORT + 1) is None


def test_a_server_that_has_not_yet_tidied_up_is_not_found(tmp_path: Path) -> None:
    with presence.announced(tmp_path, PORT):
        assert presence.find(tmp_path, PORT) is None
