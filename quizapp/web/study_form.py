"""The form for the time until an interview: on the page of the plan and within the profile."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, ValidationError
from wtforms.validators import Optional

from quizapp.domain.planning import MINUTES
from quizapp.services.study_settings import StudySettings
from quizapp.web.fields import CheckboxesField

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
