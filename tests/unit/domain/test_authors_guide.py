"""The examples in questions/README.md are read without a fault."""

import re
from collections.abc import Set
from pathlib import Path

import pytest

from quizapp.domain.draw_checks import draw_problems
from quizapp.domain.formats import comma_separated, native_yaml
from quizapp.domain.formulas.functions import FUNCTIONS
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


def test_the_examples_draw_without_a_fault() -> None:
    items = [item for reading in READINGS for item in reading.items if item.template]

    assert items
    assert [draw_problems(item) for item in items] == [()] * len(items)


def test_every_function_of_formulas_is_named() -> None:
    text = (QUESTIONS / "README.md").read_text("utf-8")

    assert [name for name in FUNCTIONS if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    ("language", "kinds"), [("yaml", set(question_types())), ("csv", comma_separated.KINDS)]
)
def test_every_type_has_an_example(language: str, kinds: Set[str]) -> None:
    readings = [
        reading for reading, each in zip(READINGS, EXAMPLES, strict=True) if each[0] == language
    ]
    shown = {item.question.kind for reading in readings for item in reading.items}

    assert shown == kinds


def test_types_that_csv_cannot_hold_are_named() -> None:
    text = (QUESTIONS / "README.md").read_text("utf-8").partition("\n## CSV\n")[2]

    for kind in set(question_types()) - comma_separated.KINDS:
        assert f"`{kind}`" in text


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
