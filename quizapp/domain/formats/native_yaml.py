"""Our own format: one YAML mapping with a header and ``items``; see questions/README.md."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from pydantic import ValidationError

from quizapp.domain.places import Place
from quizapp.domain.question import describe
from quizapp.domain.reading import (
    EntryReader,
    Locate,
    Problem,
    Reading,
    SetHeader,
    name_of,
)
from quizapp.domain.yaml_document import Mark, YamlDocument, YamlFaultError, read_yaml

NAME = "YAML"
SUFFIXES = (".yaml", ".yml")


def sniff(head: str) -> bool:
    """A line that begins like one of the header's fields."""
    return any(line.startswith(("items:", "title:", "id:")) for line in head.splitlines())


def read(text: str) -> Reading:
    """The question set in ``text``; at a fault of YAML itself, that one problem."""
    try:
        document = read_yaml(text)
    except YamlFaultError as error:
        return Reading(problems=(Problem(error.mark.line, error.mark.column, str(error)),))
    if not isinstance(document.data, dict):
        message = "Expected a mapping with `items:`, a list of questions."
        return Reading(problems=(Problem(1, 1, message),))
    return _read_set(document, document.data)


def write(items: Sequence[Mapping[str, Any]]) -> str:
    """The fields of ``items`` as a text that ``read`` understands."""
    plain = json.loads(json.dumps({"items": items}))
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=88)


class _Dumper(yaml.SafeDumper):
    """Texts of several lines stand as they are, behind a bar; lists are indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, False)


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)


def _read_set(document: YamlDocument, data: dict[str, Any]) -> Reading:
    reader = EntryReader()
    header = _read_header(document, data, reader.problems)
    items = data.get("items", [])
    if not isinstance(items, list):
        _blame(document, ("items",), "Expected a list of questions.", reader.problems)
        items = []
    for index, fields in enumerate(items):
        locate = _locate_in(document, ("items", index))
        if not reader.has_room(locate):
            break
        if isinstance(fields, dict):
            reader.add(fields, locate)
        else:
            reader.refuse("Expected the fields of a question.", locate)
    return reader.reading(header, _locate_in(document, ()))


def _read_header(
    document: YamlDocument, data: dict[str, Any], problems: list[Problem]
) -> SetHeader | None:
    fields = {name: value for name, value in data.items() if name != "items"}
    if not fields:
        return None
    try:
        return SetHeader.model_validate(fields)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            _blame(document, tuple(each["loc"]), describe(each), problems)
        return None


def _blame(document: YamlDocument, place: Place, message: str, problems: list[Problem]) -> None:
    mark = document.mark(place)
    problems.append(Problem(mark.line, mark.column, message, field=name_of(place)))


def _locate_in(document: YamlDocument, base: Place) -> Locate:
    def locate(place: Place, line: int, column: int) -> Mark:
        path = (*base, *place)
        return document.mark_in_text(path, line, column) if column else document.mark(path)

    return locate
