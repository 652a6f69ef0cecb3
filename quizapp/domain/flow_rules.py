"""The order of work and when answers are shown, in sentences for a learner."""

from quizapp.domain.assembly import QuizPlan

_FREE = "You can move freely between questions and flag them."
_ONE_WAY = (
    "The questions come one after the other. Once you move on you cannot go back, not even to a"
    " question that you left blank.",
    "Moving on needs a connection to the server.",
)
_SECTIONS = (
    "Inside a section you can move freely. Once you finish it, or its time is over, the next one"
    " begins, and there is no way back.",
    "Time that you do not use in a section is not added to the others: the quiz ends earlier.",
    "Finishing a section needs a connection to the server.",
)
_EACH = (
    "After each question you can see what is right, and why. Your answer is then final,"
    " even a blank one.",
    "Your score is shown when you finish.",
)
_AT_THE_END = "Scores and explanations are shown when you finish."


def sentences(plan: QuizPlan, factor: float = 1.0) -> tuple[str, ...]:
    """What a learner should know of it before the quiz starts.

    Times of sections are multiplied by ``factor``.
    """
    order: tuple[str, ...] = _ONE_WAY if plan.one_way else (_FREE,)
    if plan.has_timed_sections and len(plan.sections) > 1:
        order = (_sections(plan, factor), *_SECTIONS)
    return (*order, *(_EACH if plan.feedback == "each" else (_AT_THE_END,)))


def _sections(plan: QuizPlan, factor: float) -> str:
    """The sections of ``plan`` by name, with their times."""
    named = [
        f"{section.title or f'Section {number}'}, {_minutes((section.minutes or 0) * factor)}"
        for number, section in enumerate(plan.sections, start=1)
    ]
    return f"The quiz has {len(named)} sections with times of their own: {'; '.join(named)}."


def _minutes(minutes: float) -> str:
    return f"{minutes:g} minute{'' if minutes == 1 else 's'}"
