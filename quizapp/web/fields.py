"""Fields of forms that say clearly what is wrong, whatever was posted."""

from datetime import UTC

from flask import request
from wtforms import DateTimeLocalField, IntegerField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.domain.rubrics import MAXIMUM_CRITERIA

MOST_DIGITS = 12
"""A longer number is none that a person means, and too long to be compared with a limit."""


def posted_points() -> dict[int, str]:
    """What was posted for the criteria of a rubric, by their place."""
    names = {f"points-{place}": place for place in range(MAXIMUM_CRITERIA)}
    return {names[name]: text for name, text in request.form.items() if name in names}


class WholeNumberField(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = "".join(valuelist).strip()
        if not text:
            return
        if len(text) > MOST_DIGITS or not text.removeprefix("-").isdecimal():
            raise ValueError("Enter a whole number.")
        self.data = int(text)


class CheckboxesField(SelectMultipleField):
    """Any number of choices, each with a box of its own."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class UtcTimeField(DateTimeLocalField):
    """A day and a time of day in UTC."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a day and a time, such as 2026-11-04T15:00.") from None
        if self.data is not None:
            self.data = self.data.replace(tzinfo=UTC)
