"""The order of work and when answers are shown, in sentences for a learner."""

from quizapp.domain.assembly import QuizPlan

_FREE = "You can move freely between questions and flag them."
_ONE_WAY = (
    "The questions come one after the other. Once you move on you cannot go back, not even to a"
    " question that you left blank.",
    "Moving on needs a connection to the server.",
)
_AT_THE_END = "Scores and explanations are shown when you finish."


def sentences(plan: QuizPlan) -> tuple[str, ...]:
    """What a learner should know of it before the quiz starts."""
    order = _ONE_WAY if plan.one_way else (_FREE,)
    return (*order, _AT_THE_END)
