"""The form for the time until an interview: on the page of the plan and within the profile."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, ValidationError
from wtforms.validators import Optional

from quizapp.domain.planning import MINUTES
from quizapp.services.study_settings import StudySettings
from quizapp.web import signing_in
from quizapp.web.fields import CheckboxesField

FARTHEST = timedelta(days=2 * 365)
"""A date beyond is a slip of the keyboard."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class StudyForm(FlaskForm):  # type: ignore[misc]
    """The day of the interview, minutes a day and days of rest."""

    interview_on = DateField(
        "Interview on",
        (Optional(),),
        description="Leave it empty while there is no date.",
    )
    minutes = SelectField(
        "Minutes a day",
        coerce=int,
        description="A question that takes longer than a day’s minutes is not planned.",
    )
    rest_weekdays = CheckboxesField("Days of rest", coerce=int)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.minutes.choices = [(minutes, f"{minutes} minutes") for minutes in MINUTES]
        self.rest_weekdays.choices = list(enumerate(WEEKDAYS))

    def validate_interview_on(self, field: DateField) -> None:
        """A year with a digit too much would be planned for."""
        if field.data is not None and field.data > signing_in.now().date() + FARTHEST:
            raise ValidationError("Give a date within the next two years.")

    def validate_rest_weekdays(self, field: CheckboxesField) -> None:
        """A week of rest leaves nothing to plan."""
        if len(field.data or ()) == len(WEEKDAYS):
            raise ValidationError("Leave a day to practise.")

    @property
    def chosen(self) -> tuple[date | None, int, Iterable[int]]:
        """Interview, minutes and days of rest, as they are stored."""
        return self.interview_on.data, self.minutes.data, self.rest_weekdays.data or ()


def known_study(interview_on: date | None, settings: StudySettings) -> dict[str, Any]:
    """What the form shows before anything is entered."""
    return {
        "interview_on": interview_on,
        "minutes": settings.minutes,
        "rest_weekdays": sorted(settings.rest_weekdays),
    }
