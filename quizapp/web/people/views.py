"""Who has an account, which role, and what has been granted to them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.db.models.accounts import ROLES
from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.services import accommodations, accounts
from quizapp.web import signing_in
from quizapp.web.people import forms
from quizapp.web.people.forms import AccommodationForm
from quizapp.web.signing_in import role_required

blueprint = Blueprint("people", __name__, url_prefix="/people")

admins_only = role_required("admin")


@blueprint.get("")
@admins_only
def list_people() -> str:
    """Everybody with their role and accommodation."""
    return render_template(
        "people/list.html",
        people=accounts.people(db.session),
        granted_to=accommodations.of_everybody(db.session),
        roles=ROLES,
    )


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


@blueprint.get("/<int:user_id>/accommodation")
@admins_only
def accommodation(user_id: int) -> str:
    """What the person has been granted, and the form that changes it."""
    return _accommodation_page(user_id)


@blueprint.post("/<int:user_id>/accommodation")
@admins_only
def grant(user_id: int) -> Response | tuple[str, int]:
    """The person has what the form says; or the form with what is wrong."""
    form = AccommodationForm()
    if not form.validate():
        return _accommodation_page(user_id, form), 422
    try:
        with transaction() as session:
            user = accommodations.grant(
                session, signing_in.this_user().id, user_id, form.granted(), signing_in.now()
            )
    except ConflictError as error:
        form.form_errors.append(str(error))
        return _accommodation_page(user_id, form), 422
    flash(f"Stored. It holds for attempts that {user.name} starts from now on.", "ok")
    return redirect(url_for("people.list_people"))


@blueprint.post("/<int:user_id>/accommodation/withdrawal")
@admins_only
def withdraw(user_id: int) -> Response:
    """The person has the usual time again."""
    with transaction() as session:
        user = accommodations.withdraw(session, user_id)
    flash(f"{user.name} has the usual time in attempts that start from now on.", "ok")
    return redirect(url_for("people.list_people"))


def _accommodation_page(user_id: int, form: AccommodationForm | None = None) -> str:
    person = accommodations.person(db.session, user_id)
    granted = accommodations.find(db.session, user_id)
    return render_template(
        "people/accommodation.html",
        person=person,
        granted_so_far=granted,
        form=form or forms.of(granted),
    )
