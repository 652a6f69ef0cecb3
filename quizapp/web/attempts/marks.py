"""The learner's mark of their own answer."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from quizapp.db.transaction import transaction
from quizapp.domain.errors import ConflictError, InvalidMarkError
from quizapp.services import marks
from quizapp.web import signing_in
from quizapp.web.attempts.blueprint import blueprint
from quizapp.web.fields import posted_points
from quizapp.web.signing_in import sign_in_required


@blueprint.post("/responses/<int:position>/mark")
@sign_in_required
def mark(attempt_id: int, position: int) -> Response:
    """The answer has the learner's own mark, unless an instructor was faster."""
    user_id, now = signing_in.this_user().id, signing_in.now()
    try:
        with transaction() as session:
            marks.give_own(session, user_id, attempt_id, position, posted_points(), now)
        flash("Your mark is saved, and counts in the score.", "ok")
    except (ConflictError, InvalidMarkError) as error:
        flash(str(error), "bad")
    place = f"question-{position}"
    return redirect(url_for("attempts.show", attempt_id=attempt_id, _anchor=place))
