"""The tree of skills, where the learner stands on each, and what they say and do about one."""

from collections.abc import Collection
from random import SystemRandom
from typing import get_args

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain.claims import ClaimKind
from quizapp.domain.errors import ConflictError
from quizapp.domain.skill_standing import AnswerPlace
from quizapp.services import (
    pools,
    practice_sets,
    skill_claims,
    skill_history,
    skills,
    taxonomies,
)
from quizapp.web import signing_in, words
from quizapp.web.redirects import own_path
from quizapp.web.signing_in import sign_in_required
from quizapp.web.skills import rows

blueprint = Blueprint("skills", __name__, url_prefix="/skills")

MOST_DIGITS = 18


@blueprint.get("")
@sign_in_required
def list_skills() -> str:
    """Every skill by bank and area, each with its estimate and range."""
    user, now = signing_in.this_user(), signing_in.now()
    taxonomy = taxonomies.current(db.session)
    seen = skills.outlook(db.session, user.id, now)
    return render_template(
        "skills/list.html",
        taxonomy=taxonomy,
        areas=[(area, skills.estimates(area.skills, seen)) for area in taxonomy.areas],
        role=taxonomy.role(user.target_role),
        rows=rows,
    )


@blueprint.get("/<skill_id>")
@sign_in_required
def show(skill_id: str) -> str:
    """One skill: the estimate, the answers behind it or those asked for, and its neighbours."""
    user, now = signing_in.this_user(), signing_in.now()
    taxonomy = taxonomies.current(db.session)
    skill = taxonomy.skill(skill_id)
    seen = skills.outlook(db.session, user.id, now)
    own = skills.estimates([skill], seen)[0]
    after = [each for each in taxonomy.skills.values() if skill.id in each.requires]
    answers = skill_history.answers_on(db.session, user.id, skill.id)
    claim = skill_claims.of(db.session, user.id).get(skill.id)
    return render_template(
        "skills/show.html",
        skill=skill,
        own=own,
        before=skills.estimates(map(taxonomy.skill, skill.requires), seen),
        after=skills.estimates(after, seen),
        practice=practice_sets.length(pools.items(db.session), skill.id, own.estimate),
        answers=skill_history.only(answers, _places(request.args.getlist("answer"))),
        all_answers=len(answers),
        claim=claim if claim and claim.holds((each.past for each in answers), now) else None,
    )


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
