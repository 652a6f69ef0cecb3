"""The plan to the day of the interview, as a page and as a calendar to subscribe to."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain import calendar_feed
from quizapp.domain.errors import NotFoundError
from quizapp.services import plan_pages, study_settings
from quizapp.web import signing_in
from quizapp.web.signing_in import sign_in_required
from quizapp.web.study_form import WEEKDAYS, StudyForm, known_study

blueprint = Blueprint("plan", __name__, url_prefix="/plan")


@blueprint.get("")
@sign_in_required
def show() -> str:
    """The days until the interview, and what each of them holds."""
    return _page()


@blueprint.post("")
@sign_in_required
def change() -> AnyResponse | tuple[str, int]:
    """The day of the interview, minutes and days of rest are stored."""
    user = signing_in.this_user()
    settings = study_settings.find(db.session, user.id)
    form = StudyForm(data=known_study(user.interview_on, settings))
    if not form.validate():
        return _page(form), 422
    with transaction() as session:
        study_settings.store(session, signing_in.this_user().id, *form.chosen)
    flash("Saved. The plan has been made anew.", "ok")
    return redirect(url_for("plan.show"))


@blueprint.post("/calendar")
@sign_in_required
def open_calendar() -> str:
    """A new link to the calendar, which is shown this once; the one before is dead."""
    with transaction() as session:
        token = study_settings.make_calendar_token(session, signing_in.this_user().id)
    return _page(calendar_link=_public("plan.calendar", token=token))


@blueprint.post("/calendar/withdrawal")
@sign_in_required
def end_calendar() -> AnyResponse:
    """No link to the calendar works any more."""
    with transaction() as session:
        study_settings.end_calendar(session, signing_in.this_user().id)
    flash("The calendar’s link no longer works.", "ok")
    return redirect(url_for("plan.show"))


@blueprint.get("/<token>.ics")
def calendar(token: str) -> Response:
    """The plan of whoever gave the link away, for a calendar program, which cannot sign in."""
    user = study_settings.whose_calendar(db.session, token)
    if user is None:
        raise NotFoundError("This calendar’s link no longer works. Copy the new one from the plan.")
    now = signing_in.now()
    text = calendar_feed.feed(
        "Interview practice",
        _public("plan.show"),
        plan_pages.events(db.session, user, now),
        now,
    )
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": "inline; filename=plan.ics",
        "Cache-Control": "no-store",
    }
    return Response(text, headers=headers)


def _public(endpoint: str, **values: Any) -> str:
    """The whole address, as people reach the site: not as a proxy in between asks for it."""
    return signing_in.config().public_url + url_for(endpoint, **values)


def _page(form: StudyForm | None = None, calendar_link: str = "") -> str:
    """The page, with ``form`` as it was posted where it was wrong."""
    page = plan_pages.page(db.session, signing_in.this_user(), signing_in.now())
    known = known_study(page.interview_on, page.settings)
    return render_template(
        "plan/show.html",
        page=page,
        form=form or StudyForm(None, data=known),
        weekdays=WEEKDAYS,
        calendar_link=calendar_link,
    )
