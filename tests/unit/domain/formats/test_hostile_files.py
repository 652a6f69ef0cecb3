"""Files that were made to break importers, kept beside the project and not in it."""

from pathlib import Path
from time import perf_counter

import pytest

from quizapp.domain.formats import formats

FOLDER = Path(__file__).parents[5] / "shared" / "corpus" / "hostile"
FILES = [
    path for kind in ("csv", "yaml", "native", "wrong_type") for path in FOLDER.glob(f"{kind}/*")
]
LIMIT_SECONDS = 2

pytestmark = pytest.mark.skipif(not FILES, reason="../shared/corpus/hostile is not there")


@pytest.mark.parametrize("format_name", formats())
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_hostile_file_is_read_to_problems_in_time(path: Path, format_name: str) -> None:
    text = path.read_bytes().decode(errors="replace")
    start = perf_counter()
    reading = formats()[format_name].read(text)

    assert perf_counter() - start < LIMIT_SECONDS
    assert reading.has_errors
