"""The tree of skills, where the learner stands on each, and what they say and do about one."""

from collections.abc import Collection
from random import SystemRandom
from typing import get_args

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain.claims import ClaimKind
from quizapp.domain.errors import ConflictError
from quizapp.domain.skill_standing import AnswerPlace
from quizapp.services import (
    model_export,
    practice_sets,
    skill_claims,
    skill_pages,
    skills,
    taxonomies,
)
from quizapp.web import signing_in, words
from quizapp.web.redirects import own_path
from quizapp.web.signing_in import sign_in_required
from quizapp.web.skills import rows

blueprint = Blueprint("skills", __name__, url_prefix="/skills")

MOST_DIGITS = 18
VIEWS = {"tree": "Tree", "squares": "Squares", "table": "Weakest first"}


@blueprint.get("")
@sign_in_required
def list_skills() -> str:
    """Every skill with its estimate and range: as a tree, as squares, or the weakest first."""
    user, now = signing_in.this_user(), signing_in.now()
    wanted = request.args.get("view")
    taxonomy = taxonomies.current(db.session)
    seen = skills.outlook(db.session, user.id, now)
    return render_template(
        "skills/list.html",
        taxonomy=taxonomy,
        areas=[(area, skills.estimates(area.skills, seen)) for area in taxonomy.areas],
        with_sums=skills.areas(taxonomy, seen) if wanted == "squares" else (),
        role=taxonomy.role(user.target_role),
        views=VIEWS,
        view=wanted if wanted in VIEWS else next(iter(VIEWS)),
        rows=rows,
    )


@blueprint.get("/model.json")
@sign_in_required
def export_model() -> Response:
    """What is believed about the person, for other programs."""
    found = model_export.export(db.session, signing_in.this_user(), signing_in.now())
    response = jsonify(found)
    response.headers["Content-Disposition"] = "attachment; filename=skill-model.json"
    return response


@blueprint.get("/<skill_id>")
@sign_in_required
def show(skill_id: str) -> str:
    """One skill: the estimate, the answers behind it, what comes before and after, what to do."""
    asked = skill_pages.Asked(
        _places(request.args.getlist("answer")), request.args.get("over-time") == "all"
    )
    found = skill_pages.page(db.session, signing_in.this_user(), skill_id, signing_in.now(), asked)
    return render_template("skills/show.html", page=found)


@blueprint.post("/<skill_id>/practice")
@sign_in_required
def practise(skill_id: str) -> Response:
    """A practice set on the skill begins; the running one, where there is one."""
    skill = taxonomies.current(db.session).skill(skill_id)
    try:
        with transaction() as session:
            attempt = practice_sets.start(
                session, signing_in.this_user().id, skill, signing_in.now(), SystemRandom()
            )
    except ConflictError as error:
        flash(str(error), "info")
        return redirect(url_for("quizzes.practice", skills=skill.id))
    return redirect(url_for("attempts.question", attempt_id=attempt.id, position=1))


@blueprint.post("/<skill_id>/claim")
@sign_in_required
def claim(skill_id: str) -> Response:
    """The learner has said that they know the skill, or will not practise it now."""
    skill = taxonomies.current(db.session).skill(skill_id)
    kind: ClaimKind | None = next(
        (each for each in get_args(ClaimKind) if each == request.form.get("kind")), None
    )
    if kind is None:
        abort(400)
    with transaction() as session:
        said = skill_claims.say(
            session, signing_in.this_user().id, skill.id, kind, signing_in.now()
        )
    flash(f"{skill.name} is set aside until {words.day(said.holds_until)}.", "ok")
    return _back(skill.id)


@blueprint.post("/<skill_id>/claim/withdrawal")
@sign_in_required
def withdraw_claim(skill_id: str) -> Response:
    """The skill is weighed up like any other again."""
    skill = taxonomies.current(db.session).skill(skill_id)
    with transaction() as session:
        skill_claims.withdraw(session, signing_in.this_user().id, skill.id)
    flash(f"{skill.name} may be recommended again.", "ok")
    return _back(skill.id)


def _back(skill_id: str) -> Response:
    return redirect(own_path(request.form.get("next"), url_for("skills.show", skill_id=skill_id)))


def _places(given: Collection[str]) -> frozenset[AnswerPlace]:
    """What ``attempt.position`` each names; anything else names nothing."""
    found = (each.partition(".") for each in given)
    return frozenset(
        AnswerPlace(int(attempt_id), int(position))
        for attempt_id, _, position in found
        if _is_number(attempt_id) and _is_number(position)
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
