"""Questions as they were answered, as HTML.

Written in Python, since a page of twenty has a thousand places to fill in; rows of answers are
written once and used again.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from flask import current_app
from markupsafe import Markup, escape

from quizapp import markup
from quizapp.domain import scoring
from quizapp.domain.items import Item
from quizapp.domain.question import PartReview, Review, ReviewRow
from quizapp.domain.scoring import AttemptScore, Outcome
from quizapp.domain.scoring_rules import CONFIDENCES
from quizapp.services.results import SkillScore
from quizapp.services.reviewed_questions import ReviewedQuestion
from quizapp.web import charts, words

ROWS_KEPT = 4096
"""Options as they look chosen, right, both or neither; a row takes about half a kilobyte."""

_MARKS: Mapping[Outcome, tuple[str, str, str]] = {
    "right": ("ok", "check", "Right"),
    "partly": ("part", "minus", "Partly right"),
    "missed": ("bad", "cross", "Missed"),
    "unmarked": ("none", "clock", "Awaits a mark"),
    "unanswered": ("bad", "cross", "Unanswered"),
}
_BEING_CHECKED = ("none", "clock", "Being checked")


def article(question: ReviewedQuestion, below: str = "") -> Markup:
    """One question of a finished attempt: what was asked, given and right, and why.

    ``below`` is HTML that follows.
    """
    position, outcome, fields = question.position, question.outcome, question.item.fields
    if outcome is None:
        return _information(question)
    kind, picture, word = _BEING_CHECKED if question.is_being_checked else _MARKS[outcome]
    explanation = ""
    if fields.explanation:
        text = markup.render(fields.explanation)
        explanation = f'<div class="explain prose">{text}</div>\n'
    return Markup(  # noqa: S704 - escaped here and in what is called
        f'<article class="item" id="question-{position}" aria-labelledby="stem-{position}">\n'
        f'<span class="mark {kind}">{_icon(picture)}<span class="visually-hidden">{word}</span>'
        f'</span>\n<div>\n<p class="meta">{_facts(question)}</p>\n'
        f'<h3 class="visually-hidden" id="stem-{position}">Question {position}</h3>\n'
        f'<div class="prose">{markup.render(question.item.question.prompt)}</div>\n'
        f"{_verdict_on_program(question)}"
        f'<details class="why"{"" if outcome == "right" else " open"}>'
        f"<summary>Answers and explanation</summary>\n{review_html(question.review)}"
        f"{explanation}{_sources(question.item)}</details>\n{below}</div></article>\n"
    )


def _verdict_on_program(question: ReviewedQuestion) -> str:
    """How each group of tests went, or that this is being found out."""
    drawn = current_app.jinja_env.get_template("macros/verdicts.html").module
    if question.verdict is not None:
        return str(drawn.groups_in_short(question.verdict.groups))  # type: ignore[attr-defined]
    if question.is_being_checked:
        return str(drawn.being_checked())  # type: ignore[attr-defined]
    return ""


def _information(question: ReviewedQuestion) -> Markup:
    """What stood between questions: it has neither an outcome nor an answer."""
    position = question.position
    return Markup(  # noqa: S704 - escaped here and in what is called
        f'<article class="item" id="question-{position}" aria-labelledby="stem-{position}">\n'
        f'<span class="mark none" aria-hidden="true">{_icon("info")}</span>\n<div>\n'
        f'<p class="meta">{_facts(question)}</p>\n'
        f'<h3 class="visually-hidden" id="stem-{position}">Information at {position}</h3>\n'
        f'<div class="prose">{markup.render(question.item.question.prompt)}</div>\n'
        f"{_sources(question.item)}</div></article>\n"
    )


def _sources(item: Item) -> str:
    if not item.fields.references:
        return ""
    text = escape("; ".join(item.fields.references))
    return f'<p class="reference small muted">{text}</p>\n'


def review_html(review: Review) -> Markup:
    """The answers to one question, and what is said about the one that was given."""
    rows = "".join(map(_row, review.rows))
    beside = " beside" if review.is_side_by_side else ""
    answers = f'<ul class="answers{beside}">\n{rows}</ul>\n' if rows else ""
    note = f'<p class="muted small">{escape(review.note)}</p>\n' if review.note else ""
    parts = "".join(map(_part, review.parts))
    return Markup(_numbered(review.text) + answers + parts + note)  # noqa: S704 - escaped in each


def _part(part: PartReview) -> str:
    """One part of a question: what it asked, the answers to it, what it scored, and why."""
    name = f"Part {escape(part.name)}"
    text = f'<div class="explain prose">{markup.render(part.explanation)}</div>\n'
    return (
        f'<div class="part-review" role="group" aria-label="{name}">\n'
        f'<p class="part-head"><strong>{name}</strong>{_verdict(part)}</p>\n'
        f'<div class="prose">{markup.render(part.prompt)}</div>\n'
        f"{review_html(part.review)}{text if part.explanation else ''}</div>\n"
    )


def _verdict(part: PartReview) -> str:
    """What the part scored, and how much of the question it is."""
    share = f'<span class="num muted">{_percent(part.share)} of the question</span>'
    if part.score is None:
        return share
    kind, picture, word = _MARKS[scoring.outcome(part.score, is_answered=part.is_answered)]
    score = f", {_percent(part.score)}" if 0 < part.score < 1 else ""
    return f'<span class="verdict {kind}">{_icon(picture, "sm")}{word}{score}</span>{share}'


def _numbered(text: str) -> str:
    """The text to complete, each gap as its number."""
    if not text:
        return ""
    html = "".join(
        f'{piece.html}<span class="gap-number">Gap {escape(piece.gap)}</span>'
        if piece.gap
        else piece.html
        for piece in markup.render_pieces(text)
    )
    return f'<div class="prose completed">{html}</div>\n'


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def skill_rows(address: str, scores: Iterable[SkillScore]) -> Markup:
    """Rows of the table of skills; ``address`` leads to the list of all."""
    return Markup("".join(_skill_row(address, each) for each in scores))  # noqa: S704


def right_of(score: AttemptScore) -> str:
    """How many of those with a score are right: ``3 of 4``; how many await one, if all do."""
    if score.marked_count:
        return f"{score.right} of {score.marked_count}"
    return words.awaiting(score.unmarked)


def _skill_row(address: str, each: SkillScore) -> str:
    score, (skill, estimate) = each.score, each.now
    value, low, high = estimate.percents
    return (
        f'<tr><td><a href="{address}/{skill.id}">{escape(skill.name)}</a></td>'
        f'<td class="w hide-sm">{charts.bar(score.percent)}</td>'
        f'<td class="r">{right_of(score)}</td>'
        f'<td class="r">{value} % <span class="muted">{low}–{high}</span></td></tr>'
    )


def _facts(question: ReviewedQuestion) -> str:
    """Number, skill, time; where something is asked also points, how sure, flag."""
    most = question.max_points
    kind = "Question" if most else "Information at"
    spent = f'<span class="num">{words.clock(question.seconds_spent)}</span>'
    facts = (
        f'<span class="num">{kind} {question.position}</span>'
        f"<span>{escape(question.skill.name)}</span>{spent if question.seconds_spent else ''}"
    )
    if not most:
        return facts
    return (
        f'{facts}<span class="num">{_points(question)} {words.number(most)} '
        f"point{'s' if most != 1 else ''}</span>"
        f"{_confidence(question)}{'<span>flagged</span>' if question.is_flagged else ''}"
    )


def _confidence(question: ReviewedQuestion) -> str:
    level = question.confidence
    return "" if level is None else f"<span>{CONFIDENCES[level].lower()}</span>"


def _points(question: ReviewedQuestion) -> str:
    """``2 of``; what can still become of an answer that awaits a mark."""
    return "up to" if question.outcome == "unmarked" else f"{words.number(question.points)} of"


def _row(row: ReviewRow) -> str:
    return _neutral_row(row) if row.is_neutral else _row_of_answer(row)


@lru_cache(maxsize=ROWS_KEPT)
def _row_of_answer(row: ReviewRow) -> str:
    shown = _shown(row)
    why = f'<span class="note">{markup.render_inline(row.why)}</span>' if row.why else ""
    kind = ' class="is-ok"' if row.is_key else ' class="is-bad"' if row.is_given else ""
    part = f'<span class="part">{escape(row.part)}</span> ' if row.part else ""
    return f"<li{kind}>{_sign(row)}\n<div>{part}{shown}{why}</div>\n{_whose(row)}</li>\n"


def _neutral_row(row: ReviewRow) -> str:
    """What was given, or a model of it: neither has a sign, and its part says which it is.

    It may be long, and seldom comes again, so it is not kept.
    """
    text = markup.render(row.text) if row.is_block else escape("\n".join(row.lines))
    kind = "prose" if row.is_block else "written"
    part = f'<span class="part">{escape(row.part)}</span>'
    return f'<li class="is-plain"><div>{part}<div class="{kind}">{text}</div></div></li>\n'


def _text(row: ReviewRow) -> Markup:
    if row.is_verbatim:
        return Markup("<code>{}</code>").format(row.text)
    # In a line nothing scrolls; a formula by itself may be wider than a phone
    is_display = row.text.startswith("$$") and row.text.endswith("$$")
    return markup.render(row.text) if is_display else markup.render_inline(row.text)


def _shown(row: ReviewRow) -> str:
    if row.lines:
        return f'<pre class="typed">{"".join(_typed_lines(row))}</pre>'
    return _text(row)


def _typed_lines(row: ReviewRow) -> Iterable[str]:
    """Every line in an element of its own; the marked one says so to a screen reader too."""
    for number, line in enumerate(row.lines):
        text = f"{escape(line)}\n"
        if number == row.marked_line:
            told = '<span class="visually-hidden">Differs: </span>'
            yield f'<mark class="ln">{told}{text}</mark>'
        else:
            yield f'<span class="ln">{text}</span>'


def _sign(row: ReviewRow) -> str:
    """A tick, a cross, or the letter of an option that is neither right nor given."""
    if row.is_key or row.is_given:
        return _icon("check" if row.is_key else "cross", "sm")
    return f'<span class="l">{escape(row.label)}</span>'


def _whose(row: ReviewRow) -> str:
    owner = {
        (True, True): "your answer, correct",
        (True, False): "your answer",
        (False, True): "correct",
    }.get((row.is_given, row.is_key))
    return f'<span class="who">{owner}</span>\n' if owner else ""


@lru_cache
def _icon(name: str, size: str = "") -> str:
    """As the macro of all pages draws it."""
    drawn = current_app.jinja_env.get_template("macros/ui.html").module
    return str(drawn.icon(name, size))  # type: ignore[attr-defined]
