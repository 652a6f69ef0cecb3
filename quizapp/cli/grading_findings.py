"""What `flask doctor` finds out about programs that wait for their verdict."""

from datetime import datetime, timedelta

from quizapp.cli.findings import Finding, ok, warning
from quizapp.services.grading_queue import Load

LONGEST_WAIT = timedelta(minutes=10)


def of_queue(load: Load, newest: datetime | None, now: datetime) -> Finding:
    """Whether programs get their verdicts; ``newest`` is when the latest one was found."""
    latest = f"; the latest verdict is of {newest:%Y-%m-%d %H:%M} UTC" if newest else ""
    if load.oldest is None:
        return ok(f"grading: no program waits{latest}")
    age = max(timedelta(0), now - load.oldest)
    what = (
        f"grading: {load.waiting} programs wait, {load.running} of them are being graded, "
        f"the oldest since {_in_words(age)}{latest}"
    )
    if age <= LONGEST_WAIT:
        return ok(what)
    return warning(
        what,
        "The server's log says what became of its code runner and its grader. If there is only "
        "too much to do, run `flask grader run` on another machine.",
    )


def _in_words(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
