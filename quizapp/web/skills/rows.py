"""Rows of the table of skills, each written in one go: the page has one for every skill."""

from markupsafe import Markup, escape

from quizapp.domain.mastery import TARGET
from quizapp.services.skills import AreaEstimate, SkillEstimate
from quizapp.web import charts


def table_body(address: str, area: AreaEstimate) -> Markup:
    """A row for each skill, and one for the area; ``address`` leads to the list of all."""
    rows = "".join(_row(address, each) for each in area.skills)
    return Markup(rows + _sum(area))  # noqa: S704 - escaped in _row


def _sum(area: AreaEstimate) -> str:
    """All skills of the area together, where one is tried."""
    if not area.is_tried:
        return ""
    value, low, high = area.estimate.percents
    picture = charts.estimate(value, low, high, target=TARGET * 100)
    return (
        f'<tr class="sum"><td>All of it</td><td class="w hide-sm">{picture}</td>'
        f'<td class="r">{value} %</td><td class="r muted">{low} to {high}</td>'
        f'<td class="r">{area.estimate.answers}</td><td class="hide-sm"></td></tr>'
    )


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
