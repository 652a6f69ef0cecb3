"""The tree of skills, and where the learner stands on each."""

from flask import Blueprint, Response, jsonify, render_template, request

from quizapp.db import db
from quizapp.services import model_export, skill_pages, skills, taxonomies
from quizapp.web import signing_in
from quizapp.web.signing_in import sign_in_required
from quizapp.web.skills import rows

blueprint = Blueprint("skills", __name__, url_prefix="/skills")

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
    user, now = signing_in.this_user(), signing_in.now()
    is_long_wanted = request.args.get("over-time") == "all"
    found = skill_pages.page(db.session, user, skill_id, now, is_long_wanted=is_long_wanted)
    return render_template("skills/show.html", page=found)
