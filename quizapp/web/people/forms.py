"""What may be granted to a person."""

from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired, NumberRange

from quizapp.db import models
from quizapp.domain.timing import Accommodation
from quizapp.web.fields import WholeNumberField

TIME_FACTORS = {
    1.0: "as everybody",
    1.25: "a quarter more",
    1.5: "half as much again",
    1.75: "three quarters more",
    2.0: "twice the time",
    2.5: "two and a half times",
    3.0: "three times",
    4.0: "four times",
}
MOST_PAUSE_MINUTES = 240
_PAUSE_RULE = f"Enter from 0 to {MOST_PAUSE_MINUTES} minutes."


def _choices() -> list[tuple[float, str]]:
    """``1.5 × – half as much again``, by its factor."""
    return [(factor, f"{factor:g} × – {words}") for factor, words in TIME_FACTORS.items()]


class AccommodationForm(FlaskForm):  # type: ignore[misc]
    """A time factor, an allowance for pauses, practice without a timer."""

    time_factor = SelectField(
        "Time factor",
        choices=_choices,
        coerce=float,
        default=1.0,
        description="The limit of every timed quiz is multiplied by it.",
    )
    pause_minutes = WholeNumberField(
        "Pauses, minutes in all",
        (InputRequired(_PAUSE_RULE), NumberRange(0, MOST_PAUSE_MINUTES, _PAUSE_RULE)),
        default=0,
        description="So long may each timed attempt be paused; 0 means not at all.",
        render_kw={"inputmode": "numeric", "min": "0", "max": str(MOST_PAUSE_MINUTES)},
    )
    is_untimed_in_practice = BooleanField("No timer in practice")

    def granted(self) -> Accommodation:
        """What was chosen."""
        return Accommodation(
            self.time_factor.data,
            timedelta(minutes=self.pause_minutes.data or 0),
            self.is_untimed_in_practice.data,
        )


def of(row: models.Accommodation | None) -> AccommodationForm:
    """The form as it stands for what has been granted so far, whatever was posted."""
    return AccommodationForm(formdata=None, obj=row)
