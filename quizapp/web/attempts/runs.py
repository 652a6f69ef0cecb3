"""Running the tests of a program that is being written."""

from dataclasses import dataclass

from flask import flash, jsonify, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.domain.question_types.code import Code
from quizapp.services import banks, code_runs, layouts, runner_state
from quizapp.services.code_runs import Latest, Run
from quizapp.services.question_pages import QuestionPage
from quizapp.web import headers, signing_in, verdicts
from quizapp.web.attempts.blueprint import blueprint
from quizapp.web.attempts.running import hand_over
from quizapp.web.signing_in import sign_in_required


@dataclass(frozen=True)
class Panel:
    """What the page of a question for code has besides the editor."""

    html: Markup
    state: str
    runs_left: str
    style_nonce: str


@blueprint.post("/runs/<int:position>")
@sign_in_required
def run(attempt_id: int, position: int) -> tuple[Response, int]:
    """The tests that may be seen are run on what is stored: finished, or under way (202)."""
    _begin(attempt_id, position)
    return _told(attempt_id, position)


@blueprint.get("/runs/<int:position>")
@sign_in_required
def latest_run(attempt_id: int, position: int) -> tuple[Response, int]:
    """How the latest run is."""
    return _told(attempt_id, position)


def run_now(attempt_id: int, position: int) -> Response:
    """The way to the page of the question, which shows how the run is or why there is none."""
    try:
        _begin(attempt_id, position)
    except ConflictError as error:
        flash(str(error), "info")
    address = url_for("attempts.question", attempt_id=attempt_id, position=position)
    return redirect(f"{address}#runs")


def panel(page: QuestionPage) -> Panel | None:
    """The panel of that page; None where the question is not for code."""
    question = page.item.question
    if not isinstance(question, Code):
        return None
    found = _latest(page.attempt.id, page.position, question)
    source = str(page.interaction.state(page.given.value)["text"])
    is_stale = found.run is not None and not found.run.is_of(source)
    return Panel(
        html=_html(question, found.run, is_stale=is_stale),
        state=found.run.state if found.run else "none",
        runs_left=_runs_left(found),
        style_nonce=headers.style_nonce(),
    )


def _begin(attempt_id: int, position: int) -> None:
    user_id, now = signing_in.this_user().id, signing_in.now()
    limit = signing_in.config().runs_per_minute
    with transaction() as session:
        started = code_runs.begin(session, user_id, attempt_id, position, limit, now)
    runner = runner_state.runner_of(db.session)
    if runner is not None:
        hand_over(runner, started)


def _latest(attempt_id: int, position: int, question: Code) -> Latest:
    user_id, now = signing_in.this_user().id, signing_in.now()
    limit = signing_in.config().runs_per_minute
    patience = code_runs.patience_with(question)
    return code_runs.latest(db.session, user_id, attempt_id, position, limit, now, patience)


def _told(attempt_id: int, position: int) -> tuple[Response, int]:
    question = _question(attempt_id, position)
    found = _latest(attempt_id, position, question)
    if found.run is None:
        raise NotFoundError("Nothing was run here.")
    told = jsonify(
        state=found.run.state,
        html=_html(question, found.run),
        words=_words(found.run),
        runs_left=_runs_left(found),
    )
    return told, 202 if found.run.state == "running" else 200


def _question(attempt_id: int, position: int) -> Code:
    """What is asked there, whosever attempt it is: show nothing of it before that is known. What
    is no question for code is as if it were somebody else's, who shall not learn that either.
    """
    _, content_hash, draw = layouts.of(db.session, attempt_id).at(position)
    question = banks.item_of(db.session, content_hash, draw).question
    if not isinstance(question, Code):
        raise NotFoundError(code_runs.NO_SUCH_QUESTION)
    return question


def _html(question: Code, run: Run | None, *, is_stale: bool = False) -> Markup:
    hidden = sum(len(group.cases) for group in question.groups if not group.visible)
    html = render_template(
        "attempts/_run.html",
        run=run,
        verdict=run and run.report.verdict,
        trouble=run.report.trouble if run else "",
        sentence=code_runs.why_not(db.session, question.library),
        hidden=hidden,
        is_stale=is_stale,
        cases=[case for group in question.groups if group.visible for case in group.cases],
    )
    return Markup(html)  # noqa: S704 - our own template


def _words(run: Run) -> str:
    """What a screen reader says of it."""
    if run.state == "lost":
        return "That run was lost."
    if run.report.verdict is not None:
        return verdicts.summary(run.report.verdict)
    return run.report.trouble


def _runs_left(found: Latest) -> str:
    left = found.runs_left
    return f"{left or 'No'} run{'s' if left != 1 else ''} left this minute"
