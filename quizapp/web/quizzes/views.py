"""What can be started: quizzes and practice."""

from random import SystemRandom

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError, QuizError
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import attempts, practice_sizes, quizzes, taxonomies
from quizapp.web import signing_in
from quizapp.web.quizzes.forms import PracticeForm
from quizapp.web.signing_in import sign_in_required

blueprint = Blueprint("quizzes", __name__)


@blueprint.get("/quizzes")
@sign_in_required
def list_quizzes() -> str:
    """Everything that can be started."""
    user = signing_in.this_user()
    return render_template(
        "quizzes/list.html",
        groups=quizzes.card_groups(db.session),
        open_attempts=attempts.open_attempts(db.session, user.id, signing_in.now()),
    )


@blueprint.get("/quizzes/<slug>")
@sign_in_required
def show(slug: str) -> str | Response:
    """What a quiz holds and how long it takes, before it starts."""
    if slug == quizzes.PRACTICE:
        return redirect(url_for("quizzes.practice"))
    user, now = signing_in.this_user(), signing_in.now()
    quiz = quizzes.find(db.session, slug)
    plan = quizzes.plan_for(db.session, user.id, quiz, now)
    return render_template(
        "quizzes/start.html",
        quiz=quiz,
        plan=plan,
        size=practice_sizes.of_plan(db.session, user.id, plan),
        running=attempts.open_attempt(db.session, user.id, quiz.id),
        now=now,
    )


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
    form.offer(taxonomy)
    form.skills.data = request.args.getlist("skills")
    return _practice_page(form, taxonomy)


@blueprint.post("/practice")
@sign_in_required
def start_practice() -> Response | tuple[str, int]:
    """A practice attempt; the running one, where there is one."""
    taxonomy = taxonomies.current(db.session)
    form = PracticeForm()
    form.offer(taxonomy)
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
