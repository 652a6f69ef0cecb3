"""Authored content: what is refused, and in which words."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, ValidationError

from quizapp.domain.question import Content, Line, Text, describe


class Part(Content):
    name: Line


class Sample(Content):
    text: Text = "text"
    line: Line = "line"
    word: Annotated[str, Field(pattern="^[a-z]+$")] = "word"
    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=2)] = (Part(name="a"),)
    count: Annotated[int, Field(ge=1, le=5)] = 1
    share: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)] = 0.5
    is_done: bool = False
    level: Literal["entry", "mid"] = "mid"
    weights: Mapping[str, float] = {}


def sentences(**fields: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate(fields)
    return [describe(error) for error in caught.value.errors()]


WHOLE = "Expected a whole number."
NUMBER = "Expected a number."
VERDICT = "Expected true or false."
LIST = "Expected a list."
FIELDS = "Expected fields with values (`name: value`)."
NOTHING = "Nothing is written here. Fill it in, or delete the field."
TEXT = "Expected text. Quote it if it is true, false or null."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("text", "  ", "This must not be empty."),
        ("text", True, TEXT),
        ("text", ["a"], TEXT),
        ("text", None, NOTHING),
        ("text", "a" * 20_001, "This may have at most 20000 characters."),
        ("text", "a\x00b", "This holds a control character (code 0). Delete it."),
        ("line", "a\x7fb", "This holds a control character (code 127). Delete it."),
        ("line", "\ud800", "This holds characters that cannot be stored."),
        ("word", "A b", "Use lower-case letters, digits and single hyphens"
         " (and dots between the parts of a skill)."),
        ("parts", "a", LIST),
        ("parts", {"name": "a"}, LIST),
        ("parts", None, NOTHING),
        ("parts", [], "This list needs at least 1, and has 0."),
        ("parts", [{"name": "a"}] * 3, "This list may have at most 2."),
        ("parts", [{"name": "a"}, "b"], FIELDS),
        ("parts", [{"name": "a"}, {}], "The field `name` is missing."),
        ("parts", [{"name": "a"}, {"name": "a", "nmae": "b"}],
         "The field `nmae` is not known here. Check its spelling."),
        ("count", "one", WHOLE),
        ("count", 1.5, WHOLE),
        ("count", [], WHOLE),
        ("count", "9" * 5_000, WHOLE),
        ("count", float("inf"), NUMBER),
        ("count", 0, "This must be at least 1."),
        ("count", 6, "This may be at most 5."),
        ("share", "half", NUMBER),
        ("share", {}, NUMBER),
        ("share", "nan", NUMBER),
        ("share", 0, "This must be more than 0."),
        ("share", 1, "This must be less than 1."),
        ("is_done", "perhaps", VERDICT),
        ("is_done", [], VERDICT),
        ("level", "expert", "Expected 'entry' or 'mid'."),
        ("weights", "a", FIELDS),
        ("wieghts", {}, "The field `wieghts` is not known here. Check its spelling."),
    ],
)  # fmt: skip
def test_each_fault_has_a_sentence_for_its_author(name: str, value: Any, sentence: str) -> None:
    assert sentences(**{name: value}) == [sentence]


def test_text_keeps_its_lines_and_tabs() -> None:
    assert Sample(text=" a\n\tb ").text == "a\n\tb"


def test_a_number_may_stand_for_text() -> None:
    assert Sample.model_validate({"line": 0.5}).line == "0.5"
