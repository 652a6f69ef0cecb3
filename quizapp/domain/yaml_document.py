"""A YAML text as plain data that remembers where everything stood.

Built on libyaml's event stream and not on a loader: nothing is ever constructed but dicts, lists,
text, numbers, booleans and None; anchors, tags and deep nesting are refused; scalars follow the
YAML 1.2 core schema, so ``no`` and ``1:30`` are text, as an author expects.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

Path: TypeAlias = tuple[str | int, ...]

MAXIMUM_DEPTH = 20
MAXIMUM_NODES = 200_000
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_NOT_PRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONSTANTS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True)
class Mark:
    """A place in a text; both count from 1."""

    line: int
    column: int


class YamlFaultError(Exception):
    """The text is not YAML that we read; ``mark`` says where."""

    def __init__(self, message: str, mark: Mark) -> None:
        super().__init__(message)
        self.mark = mark


@dataclass(frozen=True)
class YamlDocument:
    """``data`` and, by path, the marks of its values (and of keys, for what a key is to blame)."""

    lines: tuple[str, ...]
    data: Any
    values: Mapping[Path, Mark]
    keys: Mapping[Path, Mark]

    def mark(self, path: Path) -> Mark:
        """Where ``path`` stands; where it is missing, the nearest thing around it."""
        for length in range(len(path), -1, -1):
            found = self.keys.get(path[:length]) or self.values.get(path[:length])
            if found:
                return found
        return Mark(1, 1)

    def mark_in_text(self, path: Path, line: int, column: int) -> Mark:
        """Where ``line`` and ``column`` (from 1) of the text at ``path`` stand in the file."""
        start = self.values.get(path) or self.mark(path)
        source_line = start.line + line - 1
        source = self.lines[source_line - 1] if source_line <= len(self.lines) else ""
        if line == 1 and start.column > 1:
            quote = source[start.column - 1 : start.column] in ("'", '"')
            return Mark(source_line, start.column + column - 1 + quote)
        return Mark(source_line, self._indent_of_block(start.line) + column)

    def _indent_of_block(self, first_line: int) -> int:
        """Spaces before the text of a block, as YAML finds them: at its first line with text."""
        first = next((line for line in self.lines[first_line - 1 :] if line.strip()), "")
        return len(first) - len(first.lstrip(" "))


def read_yaml(text: str) -> YamlDocument:
    """The one document in ``text``. Raises YamlFaultError at the first fault."""
    _refuse_characters(text)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _fault(error) from error
    return YamlDocument(tuple(text.splitlines()), builder.root, builder.values, builder.keys)


def _refuse_characters(text: str) -> None:
    """Raises YamlFaultError at a character that YAML 1.2 does not call printable."""
    if found := _NOT_PRINTABLE.search(text):
        before = text[: found.start()]
        mark = Mark(before.count("\n") + 1, found.start() - before.rfind("\n"))
        code = f"U+{ord(found[0]):04X}"
        raise YamlFaultError(f"The character {code} is not allowed. Delete it.", mark)


@dataclass
class _Open:
    """A list or mapping that is being filled."""

    node: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


@dataclass
class _Builder:
    """Builds data from events, with a stack of its own so that depth is bounded."""

    root: Any = None
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        mark = _mark(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(mark)
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlFaultError("Anchors and aliases are not allowed. Quote & and *.", mark)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open({}, event, mark)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open([], event, mark)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event, mark)

    def _start_document(self, mark: Mark) -> None:
        self.documents += 1
        if self.documents > 1:
            raise YamlFaultError("The file holds more than one document (a line `---`).", mark)

    def _open(self, node: dict[str, Any] | list[Any], event: yaml.Event, mark: Mark) -> None:
        _refuse_tag(event, mark)
        path = self._place(node, mark)
        if len(self.stack) >= MAXIMUM_DEPTH:
            raise YamlFaultError(f"Nested deeper than {MAXIMUM_DEPTH} levels.", mark)
        self.stack.append(_Open(node, path))

    def _take_scalar(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        _refuse_tag(event, mark)
        parent = self.stack[-1] if self.stack else None
        if parent and isinstance(parent.node, dict) and parent.key is None:
            self._take_key(parent, event.value, mark)
        else:
            self._place(_scalar(event), _content_mark(event, mark))

    def _take_key(self, parent: _Open, name: str, mark: Mark) -> None:
        if name in parent.node:
            raise YamlFaultError(f"The field `{name}` stands here twice.", mark)
        parent.key = name
        self.keys[*parent.path, name] = mark

    def _place(self, node: Any, mark: Mark) -> Path:
        if len(self.values) >= MAXIMUM_NODES:
            raise YamlFaultError("The file holds too many values.", mark)
        path = self._attach(node, mark)
        self.values[path] = mark
        return path

    def _attach(self, node: Any, mark: Mark) -> Path:
        if not self.stack:
            self.root = node
            return ()
        parent = self.stack[-1]
        if isinstance(parent.node, list):
            parent.node.append(node)
            return (*parent.path, len(parent.node) - 1)
        if parent.key is None:
            raise YamlFaultError("A field's name must be plain text.", mark)
        path = (*parent.path, parent.key)
        parent.node[parent.key] = node
        parent.key = None
        return path


def _scalar(event: yaml.ScalarEvent) -> Any:
    """The value; a number only when it is written back alike, so ``1.10`` and ``007`` stay text.

    Fields that want a number take it from text as well.
    """
    text = event.value
    if event.style:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    number: int | float | None = None
    if _INTEGER.fullmatch(text):
        number = int(text)
    elif _FLOAT.fullmatch(text):
        number = float(text)
    return text if number is None or str(number) != text else number


def _content_mark(event: yaml.ScalarEvent, mark: Mark) -> Mark:
    """Where a scalar's own text begins: a block's on the line behind its `|`."""
    return Mark(mark.line + 1, 1) if event.style in ("|", ">") else mark


def _refuse_tag(event: yaml.Event, mark: Mark) -> None:
    tag = getattr(event, "tag", None)
    if tag and tag != "!":
        raise YamlFaultError(f"Tags such as {tag} are not allowed.", mark)


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


def _fault(error: yaml.YAMLError) -> YamlFaultError:
    if "quoted scalar" in (getattr(error, "context", None) or ""):
        sentence = "The quoted text that begins here does not end as it should."
        return YamlFaultError(sentence, _mark(getattr(error, "context_mark", None)))
    problem = (getattr(error, "problem", None) or "this is not YAML").strip()
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = " Text that contains `: ` needs quotes."
    elif "cannot start any token" in problem:
        hint = " Indent with spaces, and quote text that begins with a special character."
    mark = _mark(getattr(error, "problem_mark", None))
    return YamlFaultError(f"Not readable as YAML: {problem}.{hint}", mark)
