"""Pieces of the question page that stay the same: rendered once and used again."""

import json
from collections.abc import Mapping
from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from quizapp.domain.interactions import Interaction, Response
from quizapp.services.question_pages import Access

SQUARES_KEPT = 1_000
INTERACTIONS_KEPT = 1_500
"""A rendered interaction takes about 2 kB."""

_SQUARE = Markup(
    '<li><button form="answer" name="go" value="{position}" class="{classes}"{current}'
    ' aria-label="Question {position}{states}">{position}</button></li>'
)
_INFORMATION = Markup(
    '<li><button form="answer" name="go" value="{position}" class="info"{current}'
    ' aria-label="Information at {position}">i</button></li>'
)
_CURRENT = Markup(' aria-current="step"')
# Of a question whose stage is not open: nothing to press.
_SHUT = Markup(
    '<li><span class="shut {access} {classes}"><span class="visually-hidden">Question </span>'
    '{position}<span class="visually-hidden">{states}, {words}</span></span></li>'
)
_SHUT_INFORMATION = Markup(
    '<li><span class="shut {access} info"><span aria-hidden="true">i</span>'
    '<span class="visually-hidden">Information at {position}, {words}</span></span></li>'
)
_WORDS: Mapping[Access, str] = {"done": "closed", "later": "not open yet"}


@lru_cache(maxsize=SQUARES_KEPT)
def square(
    position: int,
    *,
    is_answered: bool,
    is_flagged: bool,
    is_current: bool,
    access: Access = "open",
    is_checked: bool = False,
) -> Markup:
    """One square of the question strip."""
    known = {"answered": is_answered, "checked": is_checked, "flagged": is_flagged}
    states = [word for word, is_on in known.items() if is_on]
    if access != "open":
        return _SHUT.format(
            position=position,
            access=access,
            classes=" ".join(states),
            states="".join(f", {word}" for word in states),
            words=_WORDS[access],
        )
    return _SQUARE.format(
        position=position,
        classes=" ".join(states),
        current=_CURRENT if is_current else "",
        states="".join(f", {word}" for word in states),
    )


@lru_cache(maxsize=SQUARES_KEPT)
def information(position: int, *, is_current: bool, access: Access = "open") -> Markup:
    """The square of what is only to be read."""
    if access != "open":
        return _SHUT_INFORMATION.format(position=position, access=access, words=_WORDS[access])
    return _INFORMATION.format(position=position, current=_CURRENT if is_current else "")


def interaction_html(
    interaction: Interaction, response: Response | None, prefix: str = ""
) -> Markup:
    """The fields of ``interaction`` as they show ``response``; ``prefix`` begins names and ids."""
    return _interaction_html(interaction, json.dumps(response), prefix)


@lru_cache(maxsize=INTERACTIONS_KEPT)
def _interaction_html(interaction: Interaction, response: str, prefix: str) -> Markup:
    template = current_app.jinja_env.get_template(f"interactions/{interaction.kind}.html")
    state = interaction.state(json.loads(response))
    html = template.render(
        interaction=interaction, prefix=prefix, part_html=interaction_html, **state
    )
    return Markup(html)  # noqa: S704 - our own template
