"""The examples in questions/README.md are read without a fault."""

import re
from pathlib import Path

import pytest

from quizapp.domain.formats import comma_separated, native_yaml
from quizapp.domain.question_types import question_types
from quizapp.domain.reading import Reading
from quizapp.domain.taxonomy import Taxonomy
from quizapp.domain.yaml_document import read_yaml

QUESTIONS = Path(__file__).parents[3] / "questions"
EXAMPLES = re.findall(
    r"^```(yaml|csv)\n(.*?)^```$", (QUESTIONS / "README.md").read_text("utf-8"), re.M | re.S
)
READINGS = [
    (native_yaml if language == "yaml" else comma_separated).read(text)
    for language, text in EXAMPLES
]


@pytest.mark.parametrize("reading", READINGS)
def test_an_example_is_read_without_a_fault(reading: Reading) -> None:
    assert reading.problems == ()


@pytest.mark.parametrize("language", ["yaml", "csv"])
def test_every_type_has_an_example(language: str) -> None:
    readings = [
        reading for reading, each in zip(READINGS, EXAMPLES, strict=True) if each[0] == language
    ]
    shown = {item.question.kind for reading in readings for item in reading.items}

    not_held = comma_separated.NOT_HELD if language == "csv" else frozenset()
    assert shown == set(question_types()) - not_held


def test_the_types_that_csv_cannot_hold_are_named() -> None:
    text = (QUESTIONS / "README.md").read_text("utf-8").partition("## CSV")[2]

    assert all(f"`{kind}`" in text for kind in comma_separated.NOT_HELD)


def test_the_skills_of_the_examples_exist() -> None:
    taxonomy = Taxonomy.parse(read_yaml((QUESTIONS / "taxonomy.yaml").read_text("utf-8")).data)
    named = {
        skill for reading in READINGS for item in reading.items for skill in item.fields.skills
    }

    assert named <= set(taxonomy.skills)
    assert all(taxonomy.below(prefix) for prefix in _prefixes())


def test_the_head_of_a_bank_has_an_example() -> None:
    assert any(reading.header and reading.header.quizzes for reading in READINGS)


def test_every_column_of_csv_is_named() -> None:
    text = (QUESTIONS / "README.md").read_text("utf-8")

    for column in comma_separated.COLUMNS:
        assert f"`{re.sub('[0-9]+$', '1', column)}`" in text


def _prefixes() -> set[str]:
    headers = [reading.header for reading in READINGS if reading.header]
    return {skill for header in headers for quiz in header.quizzes for skill in quiz.skills}
