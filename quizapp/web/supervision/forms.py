"""More time for a running attempt."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from quizapp.services.clocks import MOST_MINUTES_ADDED
from quizapp.web.fields import WholeNumberField

LONGEST_REASON = 200


def _one_line(text: str | None) -> str:
    """``text`` without line breaks and signs that cannot be seen."""
    words = " ".join((text or "").split())
    return "".join(sign for sign in words if sign.isprintable())


class TimeChangeForm(FlaskForm):  # type: ignore[misc]
    """How many minutes, and why."""

    minutes = WholeNumberField(
        "Minutes to add",
        (
            InputRequired(f"Enter from 1 to {MOST_MINUTES_ADDED} minutes."),
            NumberRange(1, MOST_MINUTES_ADDED, f"Enter from 1 to {MOST_MINUTES_ADDED} minutes."),
        ),
        default=10,
        render_kw={"inputmode": "numeric", "min": "1", "max": str(MOST_MINUTES_ADDED)},
    )
    reason = StringField(
        "Reason",
        (
            DataRequired("Say why, such as “network down in room 2”."),
            Length(max=LONGEST_REASON, message=f"At most {LONGEST_REASON} characters."),
        ),
        (_one_line,),
        description="Kept in the record, which the learner can read too.",
        render_kw={"maxlength": str(LONGEST_REASON)},
    )
