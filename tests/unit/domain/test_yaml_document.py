"""YAML as plain data with places; everything clever is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain import yaml_document
from quizapp.domain.yaml_document import MAXIMUM_DEPTH, Mark, YamlFaultError, read_yaml

PIECES = st.sampled_from(
    ["a: ", "- ", "\n", "  ", "'", '"', "|", ">", "[", "]", "{", "}", ",", "#", "&a", "*a", "!!int",
     "? ", "---", "...", "%YAML", "\t", "\x00", "\x85", "\u2028", "\ufeff", "\ud800", "é", "\\0"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1), ("-1", -1), ("0.5", 0.5), ("true", True), ("False", False), ("~", None),
        ("null", None), ("", None), ("'1'", "1"), ('"true"', "true"), ("|-\n  1", "1"),
        ("no", "no"), ("on", "on"), ("1:30", "1:30"), ("2024-01-01", "2024-01-01"),
        ("1_000", "1_000"), ("0x10", "0x10"), ("0o7", "0o7"), (".inf", ".inf"), (".nan", ".nan"),
        ("None", "None"), ("010", "010"), ("1.10", "1.10"), ("+1", "+1"), (".5", ".5"),
        ("1e3", "1e3"), ("1e400", "1e400"), ("0.1000000000000000001", "0.1000000000000000001"),
        ("9" * 30, "9" * 30), ("-0", "-0"), ("<<", "<<"), ("=", "="),
    ],
)  # fmt: skip
def test_a_scalar_is_what_an_author_expects_of_it(text: str, value: Any) -> None:
    found = read_yaml(f"- {text}\n").data[0]

    assert found == value
    assert type(found) is type(value)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_yaml("\ufeffa: b\n").data == {"a": "b"}


def test_lists_and_fields_nest() -> None:
    assert read_yaml("a:\n  - b: [1, {c: d}]\n  -\n").data == {"a": [{"b": [1, {"c": "d"}]}, None]}


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: &b c\n", 1, 4, "Anchors and aliases are not allowed"),
        ("a: *b\n", 1, 4, "Anchors and aliases are not allowed"),
        ("a: !!str b\n", 1, 4, "Tags such as tag:yaml.org,2002:str are not allowed"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "The field `a` stands here twice"),
        ("a: 1\n---\nb: 2\n", 2, 1, "more than one document"),
        ("? [a]\n: b\n", 1, 3, "A field's name must be plain text"),
        ("a: b: c\n", 1, 5, "Text that contains `: ` needs quotes"),
        ("a:\n\t- b\n", 2, 1, "Indent with spaces"),
        ("a: @b\n", 1, 4, "quote text that begins with a special character"),
        ("a: b\nc: 'd\ne: f\n", 2, 4, "The quoted text that begins here"),
        ('a: "b\\c"\n', 1, 4, "The quoted text that begins here"),
        ("a: b\nc: d\x00\n", 2, 5, "The character U+0000 is not allowed"),
        ("a: \ud800\n", 1, 4, "The character U+D800 is not allowed"),
        ("[" * (MAXIMUM_DEPTH + 1), 1, MAXIMUM_DEPTH + 1, "Nested deeper than 20 levels"),
    ],
)
def test_a_fault_says_where_and_what(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(YamlFaultError) as caught:
        read_yaml(text)

    assert message in str(caught.value)
    assert caught.value.mark == Mark(line, column)


def test_more_values_than_any_bank_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_document, "MAXIMUM_NODES", 9)

    assert read_yaml("- a\n" * 8).data == ["a"] * 8
    with pytest.raises(YamlFaultError, match="too many values"):
        read_yaml("- a\n" * 9)


DOCUMENT = read_yaml(
    """\
plain: some text
quoted: 'some text'
block: |

  first
    indented
  last
list:
  - name: a
  - name: b
"""
)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("quoted",), 2, 1),
        (("list", 1), 10, 5),
        (("list", 1, "name"), 10, 5),
        (("list", 1, "missing"), 10, 5),
        (("list", 7, "name"), 8, 1),
        (("missing", "name"), 1, 1),
    ],
)
def test_marks_name_a_field_or_what_is_nearest_around_it(
    path: tuple[str | int, ...], line: int, column: int
) -> None:
    assert DOCUMENT.mark(path) == Mark(line, column)


@pytest.mark.parametrize(
    ("name", "line", "column", "mark"),
    [
        ("plain", 1, 6, Mark(1, 13)),
        ("quoted", 1, 6, Mark(2, 15)),
        ("block", 2, 1, Mark(5, 3)),
        ("block", 3, 3, Mark(6, 5)),
        ("block", 4, 4, Mark(7, 6)),
        ("missing", 1, 1, Mark(1, 1)),
    ],
)
def test_marks_in_a_text_count_its_own_lines_and_columns(
    name: str, line: int, column: int, mark: Mark
) -> None:
    assert DOCUMENT.mark_in_text((name,), line, column) == mark


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_or_has_a_fault_at_a_place(text: str) -> None:
    try:
        document = read_yaml(text)
    except YamlFaultError as fault:
        marks = [fault.mark]
    else:
        marks = [document.mark(("a", 0)), document.mark_in_text(("a", 0), 3, 7)]
    assert all(mark.line >= 1 and mark.column >= 1 for mark in marks)
