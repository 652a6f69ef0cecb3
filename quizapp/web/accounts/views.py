"""Registering, signing in and out, the profile, the first owner."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.db import db, models
from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError, SignInError
from quizapp.services import accommodations, accounts, study_settings, taxonomies
from quizapp.web import signing_in
from quizapp.web.accounts.forms import GoalForm, PasswordForm, RegistrationForm, SignInForm
from quizapp.web.redirects import own_path
from quizapp.web.signing_in import sign_in_required
from quizapp.web.study_form import known_study

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/register")
def register() -> str:
    """The form for a new account."""
    return render_template("accounts/register.html", form=RegistrationForm())


@blueprint.post("/register")
def create_account() -> Response | tuple[str, int]:
    """A new learner, signed in; or the form with what is wrong."""
    form = RegistrationForm()
    if not form.validate():
        return render_template("accounts/register.html", form=form), 422
    try:
        with transaction() as session:
            user = accounts.register(
                session, signing_in.passwords(), _new_account(form), signing_in.now()
            )
            token = accounts.sign_in(session, user, _browser(), signing_in.now())
    except ConflictError as error:
        form.email.errors = [str(error)]
        return render_template("accounts/register.html", form=form), 409
    signing_in.begin(user, token)
    return redirect(url_for("home.overview"))


@blueprint.get("/sign-in")
def sign_in() -> str | Response:
    """The form for e-mail and password."""
    if current_user.is_authenticated:
        return redirect(url_for("home.overview"))
    return render_template(
        "accounts/sign_in.html", form=SignInForm(), next=request.args.get("next")
    )


@blueprint.post("/sign-in")
def create_sign_in() -> Response | tuple[str, int]:
    """The person is signed in and where they wanted to go; or the form with what is wrong."""
    form = SignInForm()
    target = request.form.get("next")
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form, next=target), 422
    try:
        user, token = _signed_in(form.email.data or "", form.password.data or "")
    except SignInError as error:
        form.form_errors.append(str(error))
        return render_template("accounts/sign_in.html", form=form, next=target), 401
    signing_in.begin(user, token)
    return redirect(own_path(target, url_for("home.overview")))


@blueprint.post("/sign-out")
@sign_in_required
def sign_out() -> Response:
    """The sign-in has ended on the server and in the browser."""
    with transaction() as session:
        accounts.sign_out(session, current_user.get_id())
    signing_in.end()
    response = redirect(url_for("accounts.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/profile")
@sign_in_required
def profile() -> str:
    """The person's goal, accommodation, password and data."""
    return _profile_page(_goal_form(), PasswordForm())


@blueprint.post("/profile")
@sign_in_required
def change_goal() -> Response | tuple[str, int]:
    """Name, target role, interview date and time for it are stored."""
    form = _goal_form()
    if not form.validate():
        return _profile_page(form, PasswordForm(formdata=None)), 422
    with transaction() as session:
        user_id = signing_in.this_user().id
        accounts.set_goal(session, user_id, form.name.data or "", form.target_role.data)
        study_settings.store(session, user_id, *form.chosen)
    flash("Saved.", "ok")
    return redirect(url_for("accounts.profile"))


@blueprint.post("/password")
@sign_in_required
def change_password() -> Response | tuple[str, int]:
    """The new password holds; other browsers are signed out."""
    form = PasswordForm()
    if form.validate() and _store_password(form):
        flash("The new password holds. Other browsers have been signed out.", "ok")
        return redirect(url_for("accounts.profile"))
    return _profile_page(_goal_form(is_posted=False), form), 422


@blueprint.get("/invitations/<token>")
def invitation(token: str) -> str:
    """The form behind a one-time link."""
    found = accounts.find_invitation(db.session, token, signing_in.now())
    return render_template("accounts/invitation.html", form=RegistrationForm(), role=found.role)


@blueprint.post("/invitations/<token>")
def accept_invitation(token: str) -> Response | tuple[str, int]:
    """The account that the link promised, signed in."""
    form = RegistrationForm()
    found = accounts.find_invitation(db.session, token, signing_in.now())
    if not form.validate():
        return render_template("accounts/invitation.html", form=form, role=found.role), 422
    try:
        with transaction() as session:
            user = accounts.accept_invitation(
                session, signing_in.passwords(), token, _new_account(form), signing_in.now()
            )
            sign_in_token = accounts.sign_in(session, user, _browser(), signing_in.now())
    except ConflictError as error:
        form.email.errors = [str(error)]
        return render_template("accounts/invitation.html", form=form, role=found.role), 409
    signing_in.begin(user, sign_in_token)
    return redirect(url_for("home.overview"))


def _signed_in(email: str, password: str) -> tuple[models.User, str]:
    """The person and the token of their new sign-in. Raises SignInError."""
    passwords = signing_in.passwords()
    user = accounts.authenticate(db.session, passwords, email, password)
    newer = accounts.newer_hash(passwords, user, password)
    with transaction() as session:
        accounts.confirm(session, user, newer)
        return user, accounts.sign_in(session, user, _browser(), signing_in.now())


def _new_account(form: RegistrationForm) -> accounts.NewAccount:
    return accounts.NewAccount(
        form.email.data or "", form.name.data or "", form.password.data or ""
    )


def _browser() -> str:
    return request.user_agent.string


def _store_password(form: PasswordForm) -> bool:
    """True when the password was changed; otherwise the form says why not."""
    try:
        with transaction() as session:
            accounts.change_password(
                session,
                signing_in.passwords(),
                signing_in.this_user().id,
                form.current.data or "",
                form.new.data or "",
                current_user.get_id(),
            )
    except SignInError as error:
        form.current.errors = [str(error)]
        return False
    return True


def _goal_form(*, is_posted: bool = True) -> GoalForm:
    taxonomy = taxonomies.current(db.session)
    user = signing_in.this_user()
    known = known_study(user.interview_on, study_settings.find(db.session, user.id))
    form = GoalForm(obj=user, data=known) if is_posted else GoalForm(None, obj=user, data=known)
    form.target_role.choices = [(role.id, role.name) for role in taxonomy.roles]
    if not form.is_submitted() or not is_posted:
        form.target_role.data = taxonomy.role(user.target_role).id
    return form


def _profile_page(goal: GoalForm, password: PasswordForm) -> str:
    return render_template(
        "accounts/profile.html",
        goal=goal,
        password=password,
        accommodation=accommodations.find(db.session, signing_in.this_user().id),
    )
