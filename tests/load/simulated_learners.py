"""Made-up learners whose true mastery is known, and a bank of questions for them.

The world is not the model's own. There are 6 areas of 10 skills each, in which every skill needs
the one before it. Of a learner's ability on a skill, in logits,

    ability = general + area + skill + gained * exp(-days since its last practice / tau)

general has the standard deviation 0.7, an area 0.5, a skill 0.9; of skills 15 % have a hole of
-1.5; each inherits 35 % of what the one before it lacks to 0; tau is 10 to 40 days. Each skill has
5 questions of difficulty N(its own, 0.8), its own N(0, 0.3); the author's label errs by N(0, 0.7)
on steps of 0.8. A right answer has the chance 0.2 + 0.77 known. Whoever answers gains
0.45 (1 - mastery), and 0.12 (1 - mastery) where mastery of the skill before is below a half.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import exp
from random import Random

from quizapp.domain.skill_model import logistic

AREAS, SKILLS_AN_AREA, QUESTIONS_A_SKILL = 6, 10, 5
SKILLS = tuple(
    f"area-{area}.skill-{place}" for area in range(AREAS) for place in range(SKILLS_AN_AREA)
)
REQUIRED: Mapping[str, str] = {
    later: first
    for first, later in pairwise(SKILLS)
    if first.rpartition(".")[0] == later.rpartition(".")[0]
}
GUESS, SLIP = 0.2, 0.03
BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
BLOCK = 10
"""Questions of one day."""
BREAK_AFTER, BREAK = 50, timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its true difficulty in logits, and its author's label, 1 to 5."""

    skill: str
    logits: float
    label: int


def bank(rng: Random) -> Mapping[str, Sequence[Question]]:
    """The questions on each skill."""
    return {skill: _questions(skill, rng) for skill in SKILLS}


def _questions(skill: str, rng: Random) -> Sequence[Question]:
    own = rng.gauss(0.0, 0.3)
    drawn = [own + rng.gauss(0.0, 0.8) for _ in range(QUESTIONS_A_SKILL)]
    return [Question(skill, each, _label(each + rng.gauss(0.0, 0.7))) for each in drawn]


def _label(logits: float) -> int:
    return min(5, max(1, round(3 + logits / 0.8)))


@dataclass(slots=True)
class Learner:
    """One learner, at the moment ``now``."""

    given: Mapping[str, float]
    tau: Mapping[str, float]
    rng: Random
    now: datetime = BEGIN
    gained: dict[str, float] = field(default_factory=dict)
    practised_at: dict[str, datetime] = field(default_factory=dict)

    @classmethod
    def born(cls, rng: Random) -> "Learner":
        """A learner as the world draws them."""
        general, given = rng.gauss(0.0, 0.7), dict[str, float]()
        areas = {area: rng.gauss(0.0, 0.5) for area in range(AREAS)}
        for place, skill in enumerate(SKILLS):
            own = rng.gauss(0.0, 0.9) - (1.5 if rng.random() < 0.15 else 0.0)
            before = given.get(REQUIRED.get(skill, ""), 0.0)
            given[skill] = general + areas[place // SKILLS_AN_AREA] + own + 0.35 * min(0.0, before)
        return cls(given, {skill: rng.uniform(10.0, 40.0) for skill in SKILLS}, rng)

    def ability(self, skill: str) -> float:
        """Logits, now."""
        gained = self.gained.get(skill)
        if gained is None:
            return self.given[skill]
        days = (self.now - self.practised_at[skill]) / timedelta(days=1)
        return self.given[skill] + gained * exp(-days / self.tau[skill])

    def mastery(self, skill: str) -> float:
        """The true chance to know a question of middle difficulty."""
        return logistic(self.ability(skill))

    def answer(self, question: Question) -> float:
        """1 if right, 0 if not; afterwards the learner knows more and time has passed."""
        skill = question.skill
        ability = self.ability(skill)
        known = logistic(ability - question.logits)
        score = float(self.rng.random() < GUESS + (1.0 - GUESS - SLIP) * known)
        before = REQUIRED.get(skill)
        is_ready = before is None or self.mastery(before) > 0.5
        step = (0.45 if is_ready else 0.12) * (1.0 - logistic(ability))
        self.gained[skill] = ability - self.given[skill] + step
        self.practised_at[skill] = self.now
        return score

    def untaught_mastery(self, skill: str) -> float:
        """What mastery would be without any practice."""
        return logistic(self.given[skill])

    def pass_time(self, answers: int) -> None:
        """A quarter of an hour after each of ``answers``, a day after ten, a week's break once."""
        self.now += timedelta(days=1) if answers % BLOCK == 0 else timedelta(days=0.01)
        if answers == BREAK_AFTER:
            self.now += BREAK
