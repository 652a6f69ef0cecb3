"""Choosing what to practise."""

from math import ceil
from typing import Literal

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional

from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.items import LEVELS
from quizapp.domain.scoring_rules import ScoringRules
from quizapp.domain.taxonomy import Taxonomy
from quizapp.domain.timing import Accommodation
from quizapp.web.fields import CheckboxesField, UtcTimeField, WholeNumberField

MOST_QUESTIONS = 50
SECONDS_A_QUESTION = 90
_LEVEL_NAMES = {"entry": "Entry", "mid": "Mid", "senior": "Senior"}


def _timed(factor: float) -> str:
    """``Timed, 1 minute 30 a question``, with this person's minutes."""
    minutes, seconds = divmod(round(SECONDS_A_QUESTION * factor), 60)
    pace = f"{minutes} minute{'s' if minutes != 1 else ''}{f' {seconds:02}' if seconds else ''}"
    return f"Timed, {pace} a question"


class ClosingTimeForm(FlaskForm):  # type: ignore[misc]
    """Until when a quiz can be taken."""

    closes_at = UtcTimeField(
        "Closes at, in UTC",
        (Optional(),),
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        description="Leave it empty to keep the quiz open. Attempts that run keep their end.",
    )


class PracticeForm(FlaskForm):  # type: ignore[misc]
    """Skills (by area or leaf), levels, number and time of a practice set."""

    skills = CheckboxesField("Skills", description="None chosen means all of them.")
    levels = CheckboxesField("Level", description="None chosen means all of them.")
    questions = WholeNumberField(
        "Questions",
        (
            InputRequired("Enter how many questions you want."),
            NumberRange(1, MOST_QUESTIONS, f"Choose from 1 to {MOST_QUESTIONS}."),
        ),
        default=10,
        render_kw={"inputmode": "numeric", "min": "1", "max": str(MOST_QUESTIONS)},
    )
    timed = RadioField("Time", default="no")
    confidence = BooleanField(
        "Ask how sure I am", description="With each answer. Your score does not depend on it."
    )

    feedback = BooleanField(
        "Show the answer after each question", description="What you answered is then final."
    )

    def offer(self, taxonomy: Taxonomy, granted: Accommodation) -> None:
        """Banks, areas and leaves of ``taxonomy`` may be chosen, and the time of this person."""
        self.levels.choices = [(level, _LEVEL_NAMES[level]) for level in LEVELS]
        self.timed.choices = [("no", "Untimed"), ("yes", _timed(granted.time_factor))]
        if granted.is_untimed_in_practice:
            self.timed.choices = [("no", "Untimed")]
            self.timed.description = "You have been granted practice without a timer."
        ids = [bank.id for bank in taxonomy.banks]
        ids += [area.id for area in taxonomy.areas]
        ids += list(taxonomy.skills)
        self.skills.choices = [(prefix, prefix) for prefix in ids]

    def plan(self) -> QuizPlan:
        """What was chosen, as a plan."""
        count = self.questions.data or 1
        section = PlanSection(
            questions=count,
            skills=tuple(self.skills.data or ()),
            levels=tuple(self.levels.data or ()),
        )
        is_timed = self.timed.data == "yes"
        minutes = ceil(count * SECONDS_A_QUESTION / 60) if is_timed else None
        rules = ScoringRules(confidence="ask" if self.confidence.data else None)
        feedback: Literal["end", "each"] = "each" if self.feedback.data else "end"
        return QuizPlan(sections=(section,), minutes=minutes, scoring=rules, feedback=feedback)

    def title(self, taxonomy: Taxonomy) -> str:
        """What to call the set: its one skill or area, or how many there are."""
        chosen = self.skills.data or []
        names = {bank.id: bank.name for bank in taxonomy.banks}
        names |= {area.id: area.name for area in taxonomy.areas}
        names |= {skill.id: skill.name for skill in taxonomy.skills.values()}
        if len(chosen) == 1:
            return f"Practice: {names[chosen[0]]}"
        return f"Practice: {len(chosen)} skills" if chosen else "Practice: all skills"
