"""Squares and table rows of skills, written in one go: pages have one for every skill."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from quizapp.services.skills import AreaEstimate, SkillEstimate
from quizapp.web import charts, words


def squares(address: str, found: Iterable[SkillEstimate]) -> Markup:
    """A square for each skill, in a list; ``address`` leads to the list of all skills."""
    return Markup("".join(_square(address, each) for each in found))  # noqa: S704 - escaped below


def table_body(areas: Iterable[AreaEstimate]) -> Markup:
    """The same in numbers, in the order of ``areas``; the squares are the links."""
    rows = (_row(escape(each.skill.name), each) for area in areas for each in area.skills)
    return Markup("".join(rows))  # noqa: S704 - escaped below


def weakest_first(address: str, found: Iterable[SkillEstimate]) -> Markup:
    """The same with links, first what is tried and weakest."""
    ordered = sorted(found, key=lambda each: (not each.is_tried, each.estimate.value))
    rows = (_row(_link(address, each), each) for each in ordered)
    return Markup("".join(rows))  # noqa: S704 - escaped below


def _link(address: str, each: SkillEstimate) -> str:
    return f'<a href="{address}/{each.skill.id}">{escape(each.skill.name)}</a>'


def _square(address: str, each: SkillEstimate) -> str:
    """A link whose name holds what the picture shows."""
    skill, estimate = each
    name = escape(skill.name)
    if each.is_tried:
        value, low, high = estimate.percents
        answers = "answer" if estimate.answers == 1 else "answers"
        told = f"{name}: {value} %, likely {low} to {high}, {estimate.answers} {answers}"
    else:
        told = f"{name}: not tried yet"
    picture = charts.cell(estimate.value if each.is_tried else None, each.certainty)
    names = f'title="{told}" aria-label="{told}"'
    return f'<li><a href="{address}/{skill.id}" {names}>{picture}</a></li>'


def _row(name: str, each: SkillEstimate) -> str:
    estimate = each.estimate
    value, low, high = estimate.percents
    last = words.day(estimate.last_answered_at) if estimate.last_answered_at else ""
    mastery, likely = (f"{value} %", f"{low} to {high}") if each.is_tried else ("not tried", "")
    return (
        f"<tr><td>{name}</td>"
        f'<td class="muted hide-sm">{escape(each.skill.area_name)}</td>'
        f'<td class="r">{mastery}</td><td class="r muted">{likely}</td>'
        f'<td class="r">{estimate.answers}</td><td class="r hide-sm">{last}</td></tr>'
    )
