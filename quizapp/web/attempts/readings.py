"""How a typed expression is understood, while it is typed: nothing is stored."""

from flask import abort, jsonify, render_template, request
from werkzeug.wrappers import Response

from quizapp.db import db
from quizapp.domain.interactions import FormulaEntry, Interaction, Parts
from quizapp.services import question_pages
from quizapp.web import signing_in
from quizapp.web.attempts.blueprint import blueprint
from quizapp.web.signing_in import sign_in_required


@blueprint.get("/questions/<int:position>/reading")
@sign_in_required
def reading(attempt_id: int, position: int) -> Response:
    """The text as mathematics and in words, or what is not understood of it, and at which column.

    It knows the variables of the question and nothing of its key.
    """
    page = question_pages.question_page(
        db.session, signing_in.this_user().id, attempt_id, position, signing_in.now()
    )
    text, entry = request.args.get("text", ""), _entry(page.interaction)
    if not isinstance(entry, FormulaEntry) or len(text) > entry.max_length:
        abort(404)
    understood = entry.understood(text)
    html = render_template("interactions/_understood.html", understood=understood)
    words = (understood.fault or f"Read as {understood.plain}") if understood else ""
    return jsonify(html=html, words=words)


def _entry(interaction: Interaction) -> Interaction | None:
    """Where the text is typed: ``part`` is the prefix of its fields in a question of parts."""
    if not isinstance(interaction, Parts):
        return interaction
    prefix = request.args.get("part", "")
    return next((each.interaction for each in interaction.parts if each.prefix == prefix), None)
