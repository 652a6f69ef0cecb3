"""What can be started: quizzes and practice."""

from random import SystemRandom

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db, models
from quizapp.db.transaction import transaction
from quizapp.domain import flow_rules, scoring_rules
from quizapp.domain.errors import ConflictError, QuizError
from quizapp.domain.taxonomy import Taxonomy
from quizapp.domain.timing import Accommodation
from quizapp.services import attempts, clocks, closing_times, quizzes, taxonomies
from quizapp.web import signing_in, words
from quizapp.web.quizzes.forms import ClosingTimeForm, PracticeForm
from quizapp.web.signing_in import role_required, sign_in_required

blueprint = Blueprint("quizzes", __name__)


@blueprint.get("/quizzes")
@sign_in_required
def list_quizzes() -> str:
    """Everything that can be started."""
    user = signing_in.this_user()
    return render_template(
        "quizzes/list.html",
        groups=quizzes.card_groups(db.session, user.id),
        open_attempts=attempts.open_attempts(db.session, user.id, signing_in.now()),
    )


@blueprint.get("/quizzes/<slug>")
@sign_in_required
def show(slug: str) -> str | Response:
    """What a quiz holds and how long it takes this person, before it starts."""
    if slug == quizzes.PRACTICE:
        return redirect(url_for("quizzes.practice"))
    return _start_page(quizzes.find(db.session, slug))


@blueprint.post("/quizzes/<slug>/closing-time")
@role_required("instructor", "admin")
def set_closing_time(slug: str) -> Response | tuple[str, int]:
    """The quiz closes when the form says, or not at all."""
    quiz = closing_times.find(db.session, signing_in.this_user(), slug)
    form = ClosingTimeForm()
    if form.validate() and _store_closing_time(form, slug):
        return redirect(url_for("quizzes.show", slug=slug))
    return _start_page(quiz, form), 422


@blueprint.post("/quizzes/<slug>/attempts")
@sign_in_required
def start(slug: str) -> Response:
    """The learner's attempt at the quiz: the running one or a new one, whose time begins now."""
    with transaction() as session:
        quiz = quizzes.find(session, slug)
        attempt = quizzes.start(
            session, signing_in.this_user().id, quiz, signing_in.now(), SystemRandom()
        )
    return redirect(url_for("attempts.question", attempt_id=attempt.id, position=1))


@blueprint.get("/practice")
@sign_in_required
def practice() -> str:
    """The form that makes a practice set."""
    taxonomy = taxonomies.current(db.session)
    form = PracticeForm(formdata=None)
    form.offer(taxonomy, _granted())
    form.skills.data = request.args.getlist("skills")
    return _practice_page(form, taxonomy)


@blueprint.post("/practice")
@sign_in_required
def start_practice() -> Response | tuple[str, int]:
    """A practice attempt; the running one, where there is one."""
    taxonomy = taxonomies.current(db.session)
    form = PracticeForm()
    form.offer(taxonomy, _granted())
    if not form.validate():
        return _practice_page(form, taxonomy), 422
    try:
        with transaction() as session:
            attempt = quizzes.practise(
                session,
                signing_in.this_user().id,
                form.plan(),
                form.title(taxonomy),
                signing_in.now(),
                SystemRandom(),
            )
    except ConflictError as error:
        flash(str(error), "info")
        return redirect(url_for("quizzes.practice", skills=form.skills.data or []))
    except QuizError as error:
        form.form_errors.append(str(error))
        return _practice_page(form, taxonomy), 422
    return redirect(url_for("attempts.question", attempt_id=attempt.id, position=1))


def _start_page(quiz: models.Quiz, form: ClosingTimeForm | None = None) -> str:
    user, now = signing_in.this_user(), signing_in.now()
    offer = quizzes.offer(db.session, user.id, quiz, now)
    is_kept = closing_times.is_kept_by(quiz, user)
    return render_template(
        "quizzes/start.html",
        offer=offer,
        rules=scoring_rules.sentences(offer.plan.scoring),
        flow=flow_rules.sentences(offer.plan, offer.terms.time_factor),
        closing=(form or ClosingTimeForm(formdata=None, obj=quiz)) if is_kept else None,
        now=now,
    )


def _store_closing_time(form: ClosingTimeForm, slug: str) -> bool:
    """True when the quiz closes as the form says; otherwise the form says why not."""
    closes_at = form.closes_at.data
    try:
        with transaction() as session:
            closing_times.set_for(
                session, signing_in.this_user(), slug, closes_at, signing_in.now()
            )
    except ConflictError as error:
        form.closes_at.errors = [str(error)]
        return False
    flash(f"Closes {words.moment(closes_at)}." if closes_at else "The quiz stays open.", "ok")
    return True


def _granted() -> Accommodation:
    return clocks.accommodation(db.session, signing_in.this_user().id)


def _practice_page(form: PracticeForm, taxonomy: Taxonomy) -> str:
    running = attempts.open_attempt(
        db.session, signing_in.this_user().id, quizzes.find(db.session, quizzes.PRACTICE).id
    )
    chosen = set(form.skills.data or ())
    return render_template(
        "quizzes/practice.html",
        form=form,
        taxonomy=taxonomy,
        chosen=chosen,
        opened={skill.rpartition(".")[0] for skill in chosen} | chosen,
        running=running,
    )
