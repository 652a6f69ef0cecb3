"""How ready a learner is for an interview, by round and level."""

from flask import Blueprint, render_template, request

from quizapp.db import db
from quizapp.services import readiness, round_trends
from quizapp.web import signing_in
from quizapp.web.signing_in import sign_in_required

blueprint = Blueprint("readiness", __name__, url_prefix="/readiness")


@blueprint.get("")
@sign_in_required
def show() -> str:
    """For the role and level of the address, which nothing stores; else for the target role."""
    user, now = signing_in.this_user(), signing_in.now()
    role, level = request.args.get("role"), request.args.get("level")
    found = readiness.page(db.session, user, role, level, now)
    return render_template("readiness/show.html", page=found)


@blueprint.get("/rounds")
@sign_in_required
def rounds() -> str:
    """Each round over the weeks, for the role and level of the address."""
    role, level = request.args.get("role"), request.args.get("level")
    found = round_trends.page(db.session, signing_in.this_user(), role, level)
    return render_template("readiness/rounds.html", page=found)
