"""Who has an account, and which role."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.models.accounts import ROLES
from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.services import accounts
from quizapp.web import signing_in
from quizapp.web.signing_in import role_required

blueprint = Blueprint("people", __name__, url_prefix="/people")

admins_only = role_required("admin")


@blueprint.get("")
@admins_only
def list_people() -> str:
    """Everybody with their role."""
    return render_template("people/list.html", people=accounts.people(db.session), roles=ROLES)


@blueprint.post("/<int:user_id>/role")
@admins_only
def set_role(user_id: int) -> Response:
    """The person has the role; the only administrator stays one."""
    role = request.form.get("role", "")
    if role not in ROLES:
        raise NotFoundError("There is no such role.")
    try:
        with transaction() as session:
            user = accounts.set_role(session, signing_in.this_user(), user_id, role)
        flash(f"{user.name} is now {role}.", "ok")
    except ConflictError as error:
        flash(str(error), "bad")
    return redirect(url_for("people.list_people"))
