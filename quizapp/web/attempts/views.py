"""The pages of an attempt: its questions, what is open before it is finished, its result."""

from random import SystemRandom

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain import scoring_rules, timing
from quizapp.domain.errors import AttemptClosedError, ConflictError
from quizapp.services import (
    attempts,
    feedback,
    missed,
    question_pages,
    records,
    results,
    runner_state,
    stages,
    taxonomies,
)
from quizapp.services.clocks import clock_of
from quizapp.services.question_pages import StripEntry
from quizapp.services.responses import AttemptPausedError
from quizapp.services.stages import StageClosedError
from quizapp.web import signing_in
from quizapp.web.attempts import runs, timers
from quizapp.web.attempts.blueprint import blueprint, can_pause, current
from quizapp.web.attempts.fragments import information, interaction_html, square
from quizapp.web.signing_in import sign_in_required


@blueprint.get("")
@sign_in_required
def show(attempt_id: int) -> str | Response:
    """The result of a finished attempt; the first open question of a running one."""
    attempt = current(attempt_id)
    if attempt.finished_at is None:
        opening = stages.opening(attempt, signing_in.now())
        strip = question_pages.strip(db.session, attempt_id, opening)
        position = question_pages.resume_position(strip)
        return redirect(url_for("attempts.question", attempt_id=attempt_id, position=position))
    found = results.result(db.session, attempt, signing_in.now())
    return render_template(
        "attempts/result.html",
        result=found,
        attempt=attempt,
        hindrance=runner_state.hindrance(db.session, found.libraries_awaited),
        wanted=request.args.get("show", "all"),
    )


@blueprint.get("/questions/<int:position>")
@sign_in_required
def question(attempt_id: int, position: int) -> str | Response:
    """One question of a running attempt."""
    now = signing_in.now()
    try:
        page = question_pages.question_page(
            db.session, signing_in.this_user().id, attempt_id, position, now
        )
    except AttemptClosedError:
        return redirect(url_for("attempts.summary", attempt_id=attempt_id))
    except AttemptPausedError:
        return redirect(url_for("attempts.paused", attempt_id=attempt_id))
    except StageClosedError as error:
        flash(str(error), "info")
        return redirect(url_for("attempts.show", attempt_id=attempt_id))
    skill = taxonomies.current(db.session).skill(page.item.fields.skills[0])
    attempt = page.attempt
    found = None
    if page.given.checked_at is not None:
        found = feedback.of(page.item, page.interaction, page.given, attempt)
    return render_template(
        "attempts/question.html",
        feedback=found,
        can_check=page.item.question.is_scored and feedback.is_given(attempt) and found is None,
        explanation=page.item.fields.explanation if found else "",
        references=page.item.fields.references if found else (),
        attempt=attempt,
        position=page.position,
        count=page.count,
        skill_name=skill.name,
        question=page.item.question,
        interaction=page.interaction,
        is_flagged=page.given.is_flagged,
        strip=page.strip,
        opening=page.opening,
        counts=_counts(page.strip),
        timer=timers.of(attempt, page.opening, now),
        can_pause=can_pause(attempt, now),
        seconds_spent=page.given.seconds_spent,
        revision=page.given.item_revision_id,
        save_count=page.given.save_count,
        saved_by=page.given.saved_by,
        saved_sequence=page.given.saved_sequence,
        saved_at=page.given.saved_at,
        confidence=page.given.confidence,
        is_scored=page.item.question.is_scored,
        confidences=scoring_rules.choices(
            scoring_rules.of_plan(attempt.plan), page.given.max_points
        ),
        interaction_html="" if found else interaction_html(page.interaction, page.given.value),
        square=square,
        information=information,
        panel=None if found else runs.panel(page),
    )


@blueprint.get("/submission")
@sign_in_required
def summary(attempt_id: int) -> str | Response:
    """What is unanswered or flagged before finishing; when the time is up, the way on."""
    attempt, now = current(attempt_id), signing_in.now()
    if attempt.finished_at is not None:
        return redirect(url_for("attempts.show", attempt_id=attempt_id))
    if clock_of(attempt).is_paused(now):
        return redirect(url_for("attempts.paused", attempt_id=attempt_id))
    opening = stages.opening(attempt, now)
    strip = question_pages.strip(db.session, attempt_id, opening)
    return render_template(
        "attempts/summary.html",
        attempt=attempt,
        opening=opening,
        strip=strip,
        counts=_counts(strip),
        count=len(strip),
        is_over=timing.is_over(attempt.ends_at, now),
        timer=timers.of(attempt, opening, now),
        next_stage=stages.next_stage(attempt, opening),
        can_pause=can_pause(attempt, now),
    )


@blueprint.post("/submission")
@sign_in_required
def submit(attempt_id: int) -> Response:
    """The attempt is finished and graded; a second post finds it so."""
    with transaction() as session:
        attempts.finish(session, signing_in.this_user().id, attempt_id, signing_in.now())
    return redirect(url_for("attempts.show", attempt_id=attempt_id))


@blueprint.get("/record")
@sign_in_required
def record(attempt_id: int) -> str | Response:
    """Every change of a finished attempt: when, what, by whom."""
    attempt = current(attempt_id)
    if attempt.finished_at is None:
        return redirect(url_for("attempts.show", attempt_id=attempt_id))
    return render_template(
        "attempts/record.html",
        attempt=attempt,
        events=records.events(db.session, attempt),
        back=url_for("attempts.show", attempt_id=attempt_id),
    )


@blueprint.post("/practice")
@sign_in_required
def practise_missed(attempt_id: int) -> Response:
    """A practice attempt over what was missed."""
    try:
        with transaction() as session:
            attempt = missed.practise(
                session, signing_in.this_user().id, attempt_id, signing_in.now(), SystemRandom()
            )
    except ConflictError as error:
        flash(str(error), "info")
        return redirect(url_for("home.overview"))
    return redirect(url_for("attempts.question", attempt_id=attempt.id, position=1))


def _counts(strip: tuple[StripEntry, ...]) -> dict[str, int]:
    answered = sum(entry.is_answered for entry in strip)
    return {
        "answered": answered,
        "open": sum(entry.is_left for entry in strip),
        "flagged": sum(entry.is_flagged for entry in strip),
    }
