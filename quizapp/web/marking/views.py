"""Answers that await an instructor's mark, and marking them."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.db import db, models
from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError, InvalidMarkError
from quizapp.services import answers_to_mark, marks
from quizapp.services.answers_to_mark import Answer
from quizapp.services.marks import Given
from quizapp.web import signing_in, words
from quizapp.web.fields import posted_points
from quizapp.web.signing_in import role_required

blueprint = Blueprint("marking", __name__, url_prefix="/marking")

teachers_only = role_required("instructor", "admin")


@blueprint.get("")
@teachers_only
def list_answers() -> str:
    """The answers that await a mark or, with ``show=marked``, those that have one."""
    user = signing_in.this_user()
    is_marked = request.args.get("show") == "marked"
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    counts = answers_to_mark.counts(db.session, user)
    find = answers_to_mark.marked if is_marked else answers_to_mark.awaiting
    count = counts.marked if is_marked else counts.awaiting
    return render_template(
        "marking/list.html",
        answers=find(db.session, user, page),
        counts=counts,
        shown="marked" if is_marked else "awaiting",
        page=page,
        has_more=page * answers_to_mark.PAGE_SIZE < count,
    )


@blueprint.get("/<int:attempt_id>/<int:position>")
@teachers_only
def show(attempt_id: int, position: int) -> str:
    """One answer with its question, the rubric, and the mark that was given."""
    user = signing_in.this_user()
    found = answers_to_mark.find(db.session, user, attempt_id, position)
    return _page(found, _points_of(found.mark), found.mark.comment if found.mark else "")


@blueprint.post("/<int:attempt_id>/<int:position>/mark")
@teachers_only
def mark(attempt_id: int, position: int) -> Response | tuple[str, int]:
    """The answer has the instructor's mark; what cannot be one is shown again."""
    user = signing_in.this_user()
    seen = request.form.get("seen", 0, type=int)
    given = Given(posted_points(), request.form.get("comment", ""), seen)
    try:
        with transaction() as session:
            marks.give_as_instructor(session, user, attempt_id, position, given, signing_in.now())
    except (ConflictError, InvalidMarkError) as error:
        found = answers_to_mark.find(db.session, user, attempt_id, position)
        status = 409 if isinstance(error, ConflictError) else 422
        return _page(found, given.points, given.comment, str(error)), status
    flash("The mark is saved. The learner sees it with the result.", "ok")
    return redirect(url_for("marking.show", attempt_id=attempt_id, position=position))


def _page(found: Answer, points: Mapping[int, str], comment: str, error: str = "") -> str:
    return render_template(
        "marking/show.html",
        answer=found,
        lines=found.interaction.lines(found.value),
        values=[points.get(place, "") for place in range(len(found.question.rubric))],
        comment=comment,
        longest_comment=marks.LONGEST_COMMENT,
        error=error,
    )


def _points_of(mark: models.Mark | None) -> dict[int, str]:
    return {place: words.number(each) for place, each in enumerate(mark.points if mark else ())}
