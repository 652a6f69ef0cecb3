"""Formats are found by their files, and a file's format by its name and look."""

import pytest

from quizapp.domain.errors import UploadError
from quizapp.domain.formats import format_for, formats


def test_every_file_in_the_folder_is_a_format() -> None:
    assert set(formats()) >= {"comma_separated", "native_yaml"}
    for each in formats().values():
        assert each.NAME
        assert all(suffix.startswith(".") for suffix in each.SUFFIXES)


@pytest.mark.parametrize(
    ("filename", "text", "name"),
    [
        ("statistics.yaml", "items:\n", "native_yaml"),
        ("STATISTICS.YML", "nothing like it", "native_yaml"),
        ("my.questions.csv", "stem,answer\n", "comma_separated"),
    ],
)
def test_the_ending_of_the_name_decides(filename: str, text: str, name: str) -> None:
    assert format_for(filename, text) == name


@pytest.mark.parametrize("filename", ["questions.docx", "questions", "yaml", ""])
def test_another_ending_is_told_the_known_ones(filename: str) -> None:
    with pytest.raises(UploadError, match=r"Known endings: .*\.csv.*\.yaml"):
        format_for(filename, "items:\n")
