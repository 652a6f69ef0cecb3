"""Pages as tests read them, and posts as the forms of pages send them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import csrf_token

JSON = {"Accept": "application/json"}
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Element:
    """One element of a page, the elements around it, and all the text inside it."""

    tag: str
    attributes: Mapping[str, str]
    around: tuple["Element", ...] = ()
    pieces: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.pieces).split())


class Page(HTMLParser):
    """The elements of a page in their order."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(response.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of that tag and those attributes; ``data_x`` stands for ``data-x``."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            each
            for each in self.elements
            if each.tag == tag and wanted.items() <= each.attributes.items()
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def form(self, path: str) -> dict[str, str]:
        """What the form to ``path`` would post, but for lists and buttons."""
        form = self.one("form", action=path)
        inputs = [each for each in self.elements if each.tag == "input" and form in each.around]
        return {each["name"]: each.attributes.get("value", "") for each in inputs}

    @property
    def heading(self) -> str:
        return self.one("h1").text

    @property
    def text(self) -> str:
        """All that ``main`` says."""
        return self.one("main").text

    @property
    def links(self) -> list[str]:
        """Where ``main`` leads to, and the bars around it."""
        return [each["href"] for each in self.all("a")]


def post(
    client: FlaskClient, path: str, fields: Mapping[str, Any] | None = None, **more: Any
) -> TestResponse:
    """The answer to a form that carries the browser's token."""
    return client.post(path, data={"csrf_token": csrf_token(client), **(fields or {})}, **more)
