"""Rows of the table of skills, each written in one go: the page has one for every skill."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from quizapp.domain.mastery import TARGET
from quizapp.services.skills import SkillEstimate
from quizapp.web import charts


def table_body(address: str, found: Iterable[SkillEstimate]) -> Markup:
    """A row for each skill; ``address`` leads to the list of all."""
    rows = (_row(address, each) for each in found)
    return Markup("".join(rows))  # noqa: S704 - escaped in _row


def _row(address: str, each: SkillEstimate) -> str:
    skill, estimate = each
    value, low, high = estimate.percents
    if each.is_tried:
        picture = charts.estimate(value, low, high, target=TARGET * 100)
        mastery, likely = f"{value} %", f"{low} to {high}"
    else:
        picture, mastery, likely = Markup(), "not tried", ""
    return (
        f'<tr><td><a href="{address}/{skill.id}">{escape(skill.name)}</a></td>'
        f'<td class="w hide-sm">{picture}</td><td class="r">{mastery}</td>'
        f'<td class="r muted">{likely}</td><td class="r">{estimate.answers}</td>'
        f'<td class="hide-sm muted">{skill.level}</td></tr>'
    )
