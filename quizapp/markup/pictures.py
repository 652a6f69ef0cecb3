"""Pictures in Markdown, ``![what it shows](name.png)``: found, checked, and put onto the page.

An author writes the name of a file, stored content holds a reference in its place. Only that is
ever shown: nothing that an author can write is an address a browser would ask.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from quizapp.domain.images import ImageReference, is_name

PICTURE_TYPE: Final = "picture"
STRAY_TYPE: Final = "stray_picture"
ADDRESS: Final = "/images/"
"""What the digest of a picture stands behind in its address."""

MAX_ALTERNATIVE_LENGTH: Final = 500

_PICTURE: Final = re.compile(
    r"!\[(?P<alternative>(?:[^\[\]\\\n]|\\[^\n])*)\]\((?P<source>[^\s()<>]*)\)"
)
_MEANT_AS_PICTURE: Final = re.compile(r"!\[[^\n]{0,1000}?\][(\[]")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_ELSEWHERE: Final = re.compile(r"//|[A-Za-z][A-Za-z0-9+.-]*:")
_ON_PAGE: Final = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')


@dataclass(frozen=True)
class Fault:
    """What is wrong with a picture; ``offset`` counts characters from the start of its block."""

    offset: int
    message: str


def picture_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """A picture is a token of its own, and so is what looks like one and is none."""
    if not state.src.startswith("![", state.pos):
        return False
    found = _PICTURE.match(state.src, state.pos)
    if found is None and not _MEANT_AS_PICTURE.match(state.src, state.pos):
        return False
    if not silent:
        token = state.push(PICTURE_TYPE if found else STRAY_TYPE, "", 0)
        token.content = found[0] if found else "!"
        token.meta = {"offset": state.pos}
    state.pos += len(found[0]) if found else 1
    return True


def picture_html(token: Token) -> str:
    """The picture on the page, its place kept free from the start; a name is shown as written."""
    alternative, source = _parts(token)
    reference = ImageReference.read(source)
    if reference is None:
        return str(escape(token.content))
    return (
        f'<img class="picture" src="{ADDRESS}{reference.digest}" alt="{escape(alternative)}" '
        f'width="{reference.width}" height="{reference.height}" loading="lazy">'
    )


def spoken(html: Markup) -> str:
    """The words of one line of HTML, with what stands for its pictures, for a name or a choice."""
    return Markup(_ON_PAGE.sub(r"\1", str(html))).striptags()  # noqa: S704 - escaped in picture_html


def faults(token: Token) -> Iterator[Fault]:
    """What is wrong with a picture as its author wrote it."""
    start = token.meta["offset"]
    if token.type == STRAY_TYPE:
        yield Fault(
            start,
            "This is not a picture. Write `![what it shows](name.png)`, with a backslash before "
            "each bracket in its description.",
        )
        return
    alternative, source = _parts(token)
    if not alternative.strip():
        yield Fault(
            start + 2,
            "Say between the brackets what this picture shows, for those who cannot see it.",
        )
    elif len(alternative) > MAX_ALTERNATIVE_LENGTH:
        yield Fault(start + 2, f"Describe it in at most {MAX_ALTERNATIVE_LENGTH} characters.")
    if not is_name(source):
        yield Fault(start + len(token.content) - 1 - len(source), _why_no_name(source))


def named(token: Token) -> tuple[str, int]:
    """The name of the picture's file, and where it stands in its block."""
    source = _parts(token)[1]
    return source, token.meta["offset"] + len(token.content) - 1 - len(source)


def with_references(
    text: str, blocks: Sequence[Token], references: Mapping[str, ImageReference]
) -> str:
    """``text`` with references in place of those names, in the lines of ``blocks`` alone."""

    def refer(found: re.Match[str]) -> str:
        reference = references.get(found["source"])
        return f"![{found['alternative']}]({reference})" if reference else found[0]

    lines = text.split("\n")
    for block in blocks:
        first, end = block.map or (0, len(lines))
        lines[first:end] = [_PICTURE.sub(refer, line) for line in lines[first:end]]
    return "\n".join(lines)


def _parts(token: Token) -> tuple[str, str]:
    """What stands for the picture, without backslashes, and its source."""
    found = _PICTURE.fullmatch(token.content)
    return (_ESCAPED.sub(r"\1", found["alternative"]), found["source"]) if found else ("", "")


def _why_no_name(source: str) -> str:
    if not source:
        return "Write the name of the picture's file between the parentheses."
    if _ELSEWHERE.match(source):
        return "A picture cannot come from elsewhere. Upload it and write its name."
    if source.lower().endswith(".svg"):
        return "SVG is not taken, for it may hold scripts. Save the picture as PNG."
    if "/" in source or "\\" in source:
        return "Write the name of the picture's file alone, without a folder."
    return (
        "This is no name of a picture. Write one such as `confusion.png`: letters, digits, `-`, "
        "`_` and dots, ending with .png, .jpg, .webp or .gif."
    )
