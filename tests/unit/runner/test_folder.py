"""Compiled code is run as it is: it must be ours."""

from pathlib import Path

import pytest

from quizapp.runner import folder
from quizapp.runner.errors import OffError


def test_a_folder_of_our_own_is_made(tmp_path: Path) -> None:
    folder.open_folder(tmp_path / "new" / "cache")

    assert (tmp_path / "new" / "cache").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_may_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(mode=0o700)
    (tmp_path / "cache").chmod(0o770)

    with pytest.raises(OffError, match="delete it"):
        folder.open_folder(tmp_path / "cache")


def test_a_file_that_others_may_write_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "python.module"
    path.touch(mode=0o600)
    folder.check_file(path)
    path.chmod(0o620)

    with pytest.raises(OffError, match="Others could write"):
        folder.check_file(path)


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").touch()
    (tmp_path / "python.module").symlink_to(tmp_path / "real")

    with pytest.raises(OffError, match="Others could write"):
        folder.check_file(tmp_path / "python.module")


def test_what_is_replaced_is_whole_or_as_before(tmp_path: Path) -> None:
    path = tmp_path / "file"
    folder.replace(path, iter([b"one", b"two"]))

    def broken() -> object:
        yield b"half"
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        folder.replace(path, broken())  # type: ignore[arg-type]
    assert path.read_bytes() == b"onetwo"
    assert list(tmp_path.iterdir()) == [path]
