"""Where the buttons of a question's page lead."""

from flask import request, url_for


def next_page(attempt_id: int, position: int) -> str:
    """Where the pressed button leads: another question, the summary, or the same page."""
    go = request.form.get("go", "stay")
    if go == "summary":
        return url_for("attempts.summary", attempt_id=attempt_id)
    steps = {"previous": position - 1, "next": position + 1}
    target = steps.get(go, int(go) if go.isdecimal() and len(go) < 4 else position)
    return url_for("attempts.question", attempt_id=attempt_id, position=max(1, target))
