"""Fields of forms that say clearly what is wrong, whatever was posted."""

from datetime import UTC

from wtforms import DateTimeLocalField, IntegerField

MOST_DIGITS = 12
"""A longer number is none that a person means, and too long to be compared with a limit."""


class WholeNumberField(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = "".join(valuelist).strip()
        if not text:
            return
        if len(text) > MOST_DIGITS or not text.removeprefix("-").isdecimal():
            raise ValueError("Enter a whole number.")
        self.data = int(text)


class UtcTimeField(DateTimeLocalField):
    """A day and a time of day in UTC."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a day and a time, such as 2026-11-04T15:00.") from None
        if self.data is not None:
            self.data = self.data.replace(tzinfo=UTC)
