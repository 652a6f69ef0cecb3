"""The overview that greets a learner, and the theme."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.services import overview as overviews
from quizapp.web import signing_in
from quizapp.web.redirects import own_path

blueprint = Blueprint("home", __name__)

THEMES = ("light", "dark")
THEME_LIFETIME = timedelta(days=365)


@blueprint.get("/")
def overview() -> str:
    """Where the learner stands and what comes next; for strangers, what this is."""
    if not current_user.is_authenticated:
        return render_template("home/welcome.html")
    found = overviews.overview(db.session, signing_in.this_user(), signing_in.now())
    return render_template("home/overview.html", overview=found)


@blueprint.post("/theme")
def theme() -> Response:
    """The chosen theme is kept in a cookie; without a choice it changes to the other one."""
    wanted = request.form.get("theme", "")
    if wanted not in THEMES:
        wanted = "light" if request.cookies.get("theme") == "dark" else "dark"
    response = redirect(own_path(request.form.get("next"), url_for("home.overview")))
    response.set_cookie(
        "theme",
        wanted,
        max_age=THEME_LIFETIME,
        samesite="Lax",
        secure=signing_in.config().is_secure,
        path="/",
    )
    return response
