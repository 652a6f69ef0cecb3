"""Finished attempts, and all of a person's data to take away."""

import csv
import io
from datetime import date, datetime, timedelta

from flask import Blueprint, Response, jsonify, render_template, request

from quizapp.db import db
from quizapp.services import export, history, overview
from quizapp.web import signing_in
from quizapp.web.history import rows
from quizapp.web.signing_in import sign_in_required

blueprint = Blueprint("history", __name__, url_prefix="/history")

SPANS = {"8w": ("Last 8 weeks", 8), "1y": ("Last year", 52), "all": ("All time", None)}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@blueprint.get("")
@sign_in_required
def list_attempts() -> str:
    """Past attempts with filters, readiness over time, practice days and totals."""
    user, now = signing_in.this_user(), signing_in.now()
    span = request.args.get("span", "8w")
    wanted = _filter(span, now)
    days = history.seconds_by_day(db.session, user.id, now - timedelta(days=history.CALENDAR_DAYS))
    found = history.attempts(db.session, user.id, wanted)
    totals = history.totals(db.session, user.id, wanted)
    return render_template(
        "history/list.html",
        attempts=found,
        totals=totals,
        days=days,
        weeks=calendar(days, now),
        streak=history.streak(days, now.date()),
        longest=history.longest_streak(days),
        trend=overview.trend(db.session, user.id, now, SPANS.get(span, SPANS["8w"])[1]),
        quizzes=history.quizzes_taken(db.session, user.id),
        spans=SPANS,
        span=span if span in SPANS else "8w",
        wanted=wanted,
        today=now.date(),
        rows=rows,
        has_more=totals.attempts > wanted.page * history.PAGE_SIZE,
    )


@blueprint.get("/export.json")
@sign_in_required
def export_json() -> Response:
    """Everything that is stored about the person."""
    response = jsonify(export.export(db.session, signing_in.this_user()))
    response.headers["Content-Disposition"] = "attachment; filename=history.json"
    return response


@blueprint.get("/export.csv")
@sign_in_required
def export_csv() -> Response:
    """One row a response; no cell begins like a formula."""
    out = io.StringIO()
    found = list(export.export_rows(db.session, signing_in.this_user().id))
    writer = csv.writer(out)
    if found:
        writer.writerow(found[0])
    writer.writerows([_cell(value) for value in row.values()] for row in found)
    return Response(
        "\ufeff" + out.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=history.csv"},
    )


def calendar(days: dict[date, int], now: datetime) -> list[list[float | None]]:
    """Minutes of practice by week and weekday, oldest week first; None for days to come."""
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=history.CALENDAR_DAYS // 7 - 1)
    dates = [first + timedelta(days=number) for number in range(history.CALENDAR_DAYS)]
    minutes = [days.get(day, 0) / 60 if day <= today else None for day in dates]
    return [minutes[start : start + 7] for start in range(0, len(minutes), 7)]


def _filter(span: str, now: datetime) -> history.Filter:
    weeks = SPANS.get(span, SPANS["8w"])[1]
    quiz = request.args.get("quiz", type=int)
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    return history.Filter(quiz, None if weeks is None else now - timedelta(weeks=weeks), page)


def _cell(value: object) -> object:
    text = "" if value is None else str(value)
    is_number = isinstance(value, (int, float))
    return f"'{text}" if not is_number and text.startswith(FORMULA_STARTS) else text
