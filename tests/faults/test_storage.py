"""The power goes, the disk is full, the files cannot be written, another program holds the lock."""

from pathlib import Path

from tests.faults.conftest import MustHold
from tests.load.faults import locked, power_cut, unwritable, wal_reset


def test_a_power_cut_takes_nothing_that_was_acknowledged(
    tmp_path: Path, must_hold: MustHold
) -> None:
    must_hold(power_cut.run(tmp_path, rounds=25, control_rounds=15))


def test_the_lock_keeps_checkpoints_and_commits_apart(tmp_path: Path, must_hold: MustHold) -> None:
    must_hold(wal_reset.run(tmp_path, seconds=3, control_seconds=60))


def test_savers_are_told_when_another_program_holds_the_lock(
    tmp_path: Path, must_hold: MustHold
) -> None:
    must_hold(locked.run(tmp_path, learners=8, lock_seconds=(1, 4)))


def test_nobody_is_told_that_it_is_saved_on_a_full_disk(
    tmp_path: Path, must_hold: MustHold
) -> None:
    must_hold(unwritable.run_full(tmp_path, learners=8, seconds=2))


def test_nobody_is_told_that_it_is_saved_in_files_that_cannot_be_written(
    tmp_path: Path, must_hold: MustHold
) -> None:
    must_hold(unwritable.run_read_only(tmp_path, learners=8, seconds=2))
