"""The converter's MathML rebuilt from an allowlist.

The converter escapes what it is given, but it also writes fixed ``style`` attributes, which our
content security policy refuses, links between equations, and ids that could collide with the
page's. Tags and attributes that are not named here are left out, styles become classes.
"""

import re
from typing import Final

ELEMENTS: Final = frozenset(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom menclose "
    "msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd "
    "b i em code s u span".split()
)
ATTRIBUTES: Final = frozenset(
    "display displaystyle scriptlevel mathvariant stretchy symmetric fence separator form "
    "lspace rspace minsize maxsize movablelimits accent accentunder linethickness width "
    "height depth voffset notation columnalign rowspan columnspan".split()
)
CLASSES: Final = {
    "text-align: left": "ml-left",
    "text-align: right": "ml-right",
    "padding-left: 0": "ml-flush-left",
    "padding-right: 0": "ml-flush-right",
    "padding-left: 1em": "ml-gap",
    "padding-left: 0.1em": "ml-tight-left",
    "padding-right: 0.1em": "ml-tight-right",
    "padding-top: 0": "ml-tight-top",
    "padding-bottom: 0": "ml-tight-bottom",
    "border-left: 0.05em solid currentcolor": "ml-rule-left",
    "border-right: 0.05em solid currentcolor": "ml-rule-right",
    "border-top: 0.05em solid currentcolor": "ml-rule-top",
    "border-bottom: 0.05em solid currentcolor": "ml-rule-bottom",
    "border-left: 0.05em dashed currentcolor": "ml-dash-left",
    "border-right: 0.05em dashed currentcolor": "ml-dash-right",
    "border-top: 0.05em dashed currentcolor": "ml-dash-top",
    "border-bottom: 0.05em dashed currentcolor": "ml-dash-bottom",
    "width: 100%": "ml-wide",
    "width: 50%": "ml-half",
}
"""Each style declaration that matters as the class in ``app.css``. Colours are not among them."""

_TAG: Final = re.compile(r"<(/?)([a-z]+)((?:\s+[a-z-]+=\"[^\"<>]*\")*)\s*(/?)>")
_ATTRIBUTE: Final = re.compile(r"([a-z-]+)=\"([^\"<>]*)\"")
_LITERAL: Final = re.compile(r"[\w.%+ -]*")


def cleaned(mathml: str) -> str:
    """``mathml`` with known tags and attributes only, and every other ``<`` escaped."""
    parts: list[str] = []
    end = 0
    for tag in _TAG.finditer(mathml):
        parts += _text(mathml[end : tag.start()]), _tag(tag)
        end = tag.end()
    return "".join([*parts, _text(mathml[end:])])


def _text(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _tag(tag: re.Match[str]) -> str:
    closing, name, attributes, empty = tag.groups()
    if name not in ELEMENTS:
        return ""
    kept = "" if closing else "".join(_kept(name, attributes))
    return f"<{closing}{name}{kept}{empty}>"


def _kept(element: str, attributes: str) -> list[str]:
    kept = []
    classes: list[str] = []
    for name, value in _ATTRIBUTE.findall(attributes):
        if name == "style":
            classes += _classes(element, value)
        elif name == "class" and value.startswith("menclose-"):
            classes.append(value)
        elif name in ATTRIBUTES and _LITERAL.fullmatch(value):
            kept.append(f' {name}="{value}"')
    return [*kept, f' class="{" ".join(classes)}"'] if classes else kept


def _classes(element: str, style: str) -> list[str]:
    if element == "mspace" and style.startswith("margin-left:-"):
        return ["ml-back"]
    declarations = (re.sub(r"\s*:\s*", ": ", each.strip()) for each in style.split(";"))
    return [CLASSES[each] for each in declarations if each in CLASSES]
