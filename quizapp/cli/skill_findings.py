"""What `flask doctor` finds out about the skill model."""

from quizapp.cli.findings import Finding, ok, warning
from quizapp.services.rebuilding import Standing


def of_models(standing: Standing) -> Finding:
    """Whether what is believed of each learner is by the parameters that are live."""
    what = f"skill model: {standing.learners - standing.outdated} of {standing.learners} learners"
    if not standing.outdated:
        return ok(f"{what} by the live parameters")
    return warning(
        f"{what} by the live parameters, the others by earlier ones",
        "Run `flask skills rebuild`; the site may run meanwhile.",
    )
