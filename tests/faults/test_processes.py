"""The server's processes die, stand still, or meet each other in the same moment."""

from pathlib import Path

import pytest

from tests.databases import on_every_kind
from tests.faults.conftest import MustHold
from tests.load.faults import copies, grading, kills, postgres_restarts, races


@on_every_kind
def test_no_acknowledged_save_is_lost_when_workers_and_the_server_are_killed(
    blank_database_url: str, tmp_path: Path, must_hold: MustHold
) -> None:
    must_hold(kills.run(blank_database_url, tmp_path, learners=12, workers=1, servers=1))


def test_workers_end_with_the_process_that_minds_them(tmp_path: Path, must_hold: MustHold) -> None:
    must_hold(kills.run_on_parent(f"sqlite:///{tmp_path / 'exam.sqlite'}", tmp_path))


@pytest.mark.usefixtures("runner")  # which compiles what the server's own runner finds compiled
def test_every_program_is_graded_once_whoever_dies(tmp_path: Path, must_hold: MustHold) -> None:
    url = f"sqlite:///{tmp_path / 'exam.sqlite'}"
    must_hold(grading.run(url, tmp_path, learners=6, kills=3))


@on_every_kind
def test_starts_finishes_and_saves_at_once_come_to_one_result(
    blank_database_url: str, tmp_path: Path, must_hold: MustHold
) -> None:
    must_hold(races.run(blank_database_url, tmp_path, learners=2, clicks=50))


def test_a_copy_of_files_that_stand_still_holds_all_that_was_acknowledged(
    tmp_path: Path, must_hold: MustHold
) -> None:
    must_hold(copies.run(tmp_path, learners=8, copies=5))


def test_no_acknowledged_save_is_lost_when_postgres_crashes(
    tmp_path: Path, must_hold: MustHold
) -> None:
    must_hold(postgres_restarts.run(tmp_path, learners=12, restarts=1))
