"""The allowlist of HTML that an author's Markdown may become.

``math``, ``svg``, ``style`` and their like must never be let in here: each has been the way round
an HTML sanitiser. Formulas are put in afterwards, from our own converter, and so are pictures:
``img`` is not let in either, so that none comes from elsewhere.
"""

from typing import Final

import nh3

TAGS: Final = frozenset(
    "a blockquote br code del em hr li ol p s strong sub sup table tbody td th thead tr ul".split()
)
ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}}
CLASSES: Final = {"td": {"c", "r"}, "th": {"c", "r"}}
SCHEMES: Final = frozenset({"http", "https", "mailto"})
LINK_RELATION: Final = "noopener noreferrer nofollow"

_CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
    url_schemes=set(SCHEMES),
    link_rel=LINK_RELATION,
)


def sanitised(html: str) -> str:
    """``html`` with the allowed tags, attributes and link schemes only."""
    return _CLEANER.clean(html)
