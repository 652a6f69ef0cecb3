"""Squares and table rows of skills, written in one go: the overview has one for every skill."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from quizapp.services.skills import AreaEstimate, SkillEstimate
from quizapp.web import charts


def squares(address: str, found: Iterable[SkillEstimate]) -> Markup:
    """A square for each skill, in a list; ``address`` leads to the list of all skills."""
    return Markup("".join(_square(address, each) for each in found))  # noqa: S704 - escaped below


def table_body(areas: Iterable[AreaEstimate]) -> Markup:
    """The same in numbers."""
    rows = (_row(area, each) for area in areas for each in area.skills)
    return Markup("".join(rows))  # noqa: S704 - escaped below


def _square(address: str, each: SkillEstimate) -> str:
    """A link whose name holds what the picture shows."""
    skill, estimate = each
    name = escape(skill.name)
    if each.is_tried:
        value, low, high = estimate.percents
        answers = "answer" if estimate.answers == 1 else "answers"
        words = f"{name}: {value} %, likely {low} to {high}, {estimate.answers} {answers}"
    else:
        words = f"{name}: not tried yet"
    picture = charts.cell(estimate.value if each.is_tried else None, each.certainty)
    names = f'title="{words}" aria-label="{words}"'
    return f'<li><a href="{address}/{skill.id}" {names}>{picture}</a></li>'


def _row(area: AreaEstimate, each: SkillEstimate) -> str:
    skill, estimate = each
    value, low, high = estimate.percents
    mastery, likely = (f"{value} %", f"{low} to {high}") if each.is_tried else ("not tried", "")
    return (
        f'<tr><td>{escape(skill.name)}</td><td class="muted">{escape(area.area.name)}</td>'
        f'<td class="r">{mastery}</td><td class="r muted">{likely}</td>'
        f'<td class="r">{estimate.answers}</td></tr>'
    )
