"""Forms of accounts."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, Email, EqualTo, Length, Regexp

from quizapp.services.passwords import MAXIMUM_LENGTH, MINIMUM_LENGTH
from quizapp.web.study_form import StudyForm

_EMAIL_RULES = (
    DataRequired("Enter your e-mail address."),
    Length(max=254),
    Email("This is not an e-mail address.", check_deliverability=False),
)
_NAME_RULES = (
    DataRequired("Enter the name that you go by."),
    Length(max=80, message="At most 80 characters."),
    Regexp(
        r"[^\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]*\Z",
        message="This holds a sign that cannot be seen. Type the name again.",
    ),
)


def _stripped(text: str | None) -> str | None:
    return text.strip() if text else text


_EMAIL_FILTERS = (_stripped,)  # a pasted or completed address often ends in a space
_NEW_PASSWORD_RULES = (
    DataRequired("Choose a password."),
    Length(
        min=MINIMUM_LENGTH,
        max=MAXIMUM_LENGTH,
        message=f"Use {MINIMUM_LENGTH} to {MAXIMUM_LENGTH} characters; a few words are best.",
    ),
)
_PASSWORD_HINT = f"At least {MINIMUM_LENGTH} characters; a sentence is fine."


class RegistrationForm(FlaskForm):  # type: ignore[misc]
    """A new account."""

    name = StringField("Name", _NAME_RULES, render_kw={"autocomplete": "name"})
    email = StringField(
        "E-mail",
        _EMAIL_RULES,
        _EMAIL_FILTERS,
        render_kw={"type": "email", "autocomplete": "email"},
    )
    password = PasswordField(
        "Password",
        _NEW_PASSWORD_RULES,
        description=_PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: PasswordField) -> None:
        """A password that is the e-mail or the name is the first one guessed."""
        given = (field.data or "").casefold()
        if given in {(self.email.data or "").casefold(), (self.name.data or "").casefold()}:
            raise ValidationError("Choose something other than your name or e-mail.")


class SignInForm(FlaskForm):  # type: ignore[misc]
    """E-mail and password."""

    email = StringField(
        "E-mail",
        _EMAIL_RULES,
        _EMAIL_FILTERS,
        render_kw={"type": "email", "autocomplete": "username"},
    )
    password = PasswordField(
        "Password",
        (DataRequired("Enter your password."), Length(max=MAXIMUM_LENGTH)),
        render_kw={"autocomplete": "current-password"},
    )


class GoalForm(StudyForm):
    """Name, target role, the day of the interview, and the time for it."""

    name = StringField("Name", _NAME_RULES, render_kw={"autocomplete": "name"})
    target_role = SelectField(
        "Target role", description="Weighs the skills by what its interviews ask."
    )


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """Another password."""

    current = PasswordField(
        "Current password",
        (DataRequired("Enter your current password."), Length(max=MAXIMUM_LENGTH)),
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        "New password",
        _NEW_PASSWORD_RULES,
        description=_PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        "New password again",
        (EqualTo("new", "The two new passwords differ."),),
        render_kw={"autocomplete": "new-password"},
    )
