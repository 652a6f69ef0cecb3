"""How ready a learner is for an interview: as a whole, by round, and on the ladder of levels.

A typical interview for a role at a level asks the skills of that level and below, each as often as
the role weighs it, in questions as hard as that level's. Readiness is the expected share right in
it, guessing aside: the weighted mean of masteries, whose range ``Outlook.estimate_group`` takes
over their common doubt. A round is the part of the interview that lies in one bank.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from quizapp.domain import skill_model
from quizapp.domain.items import LEVELS, Level
from quizapp.domain.mastery import TARGET, Estimate, NodeBelief, faded
from quizapp.domain.outlook import Outlook
from quizapp.domain.skill_model import LEARNER
from quizapp.domain.taxonomy import RoleFields, Skill, Taxonomy

USUAL_LEVEL: Level = "mid"
"""Where nobody says which. Its questions are of difficulty 3, as those that mastery is about."""

TYPICAL_DIFFICULTY: Mapping[Level, int] = {"entry": 2, "mid": 3, "senior": 4}
"""Of a question at each level: means of the authored ones in our banks are 2.1, 3.0 and 4.1, and
nearly the same whether the skill itself is asked from entry, mid or senior level.
"""

READY = TARGET
"""An interview all of whose skills are just strong is answered so: no second target is needed."""


class Gap(NamedTuple):
    """Shares 0..1 that are missing to the target, and between which they likely lie."""

    value: float
    low: float
    high: float

    @property
    def points(self) -> tuple[int, int, int]:
        """In whole percentage points."""
        return round(self.value * 100), round(self.low * 100), round(self.high * 100)


class Raise(NamedTuple):
    """A skill, and what bringing it to the target adds to the readiness, 0..1."""

    skill: Skill
    estimate: Estimate
    gain: Gap


class Round(NamedTuple):
    """The part of an interview that lies in one bank; ``share`` of it all, 0..1."""

    bank_id: str
    name: str
    share: float
    estimate: Estimate
    raised_by: Raise | None


class Rung(NamedTuple):
    """One level of the ladder: what it asks beyond the one below, and how far it is.

    ``estimate`` is None where the role is asked nothing yet; ``beyond`` is the estimate on the
    ``added`` skills alone; None where there are none, or all are.
    """

    level: Level
    difficulty: int
    estimate: Estimate | None
    added: tuple[Skill, ...]
    beyond: Estimate | None

    @property
    def gap(self) -> Gap | None:
        return None if self.estimate is None else gap(self.estimate)


def interview(taxonomy: Taxonomy, role: RoleFields, level: Level) -> Mapping[str, float]:
    """The skills that such an interview asks, each with its weight above 0; perhaps none."""
    weights = taxonomy.weights(role)
    asked = LEVELS[: LEVELS.index(level) + 1]
    return {
        skill.id: weights[skill.id]
        for skill in taxonomy.skills.values()
        if skill.level in asked and weights[skill.id] > 0
    }


def usual_level(taxonomy: Taxonomy, role: RoleFields) -> Level:
    """The level to speak of where nobody says which: the highest if the usual one asks nothing."""
    return USUAL_LEVEL if interview(taxonomy, role, USUAL_LEVEL) else LEVELS[-1]


def usual(taxonomy: Taxonomy, role: RoleFields, seen: Outlook, now: datetime) -> Estimate:
    """The readiness for an interview at that level. Raises ValueError for a role without skills."""
    level = usual_level(taxonomy, role)
    return outlook_at(level, seen, now).estimate_group(interview(taxonomy, role, level))


def usual_rounds(
    taxonomy: Taxonomy, role: RoleFields, seen: Outlook, now: datetime
) -> tuple[Round, ...]:
    """The rounds of that interview."""
    level = usual_level(taxonomy, role)
    return rounds(taxonomy, interview(taxonomy, role, level), outlook_at(level, seen, now))


def outlook_at(level: Level, seen: Outlook, now: datetime) -> Outlook:
    """``seen``, as of ``now``, on questions as hard as those of ``level``.

    To be asked what is harder by some logits is to be that much weaker as a whole; what is
    forgotten of the learner's own mean until ``now`` must not take from that.
    """
    harder = skill_model.difficulty_prior(TYPICAL_DIFFICULTY[level])
    harder -= skill_model.difficulty_prior(TYPICAL_DIFFICULTY[USUAL_LEVEL])
    if not harder:
        return seen
    dynamics = seen.model.parameters.root
    root = seen.beliefs.get(LEARNER) or NodeBelief(0.0, dynamics.variance)
    kept, _ = faded(dynamics, root._replace(mean=1.0), seen.answers, now)
    moved = root._replace(mean=root.mean - harder / kept)
    return Outlook({**seen.beliefs, LEARNER: moved}, now, seen.model)


def gap(estimate: Estimate) -> Gap:
    """How far it is to the target."""
    value, low, high = (max(0.0, READY - each) for each in estimate[:3])
    return Gap(value, high, low)


def rounds(taxonomy: Taxonomy, asked: Mapping[str, float], seen: Outlook) -> tuple[Round, ...]:
    """The rounds of the interview that asks so, in the order of the banks."""
    total = sum(asked.values())
    found = []
    for bank in taxonomy.banks:
        own = {skill: weight for skill, weight in asked.items() if _bank(skill) == bank.id}
        if own:
            share = sum(own.values()) / total
            best = next(iter(raises(taxonomy, own, seen, 1)), None)
            found.append(Round(bank.id, bank.name, share, seen.estimate_group(own), best))
    return tuple(found)


def raises(
    taxonomy: Taxonomy, asked: Mapping[str, float], seen: Outlook, most: int
) -> tuple[Raise, ...]:
    """The ``most`` skills that ``raised_by`` finds to add most, the best first."""
    missing = [
        (weight * (seen.estimate(skill).value - READY), skill) for skill, weight in asked.items()
    ]
    best = (taxonomy.skills[skill] for _, skill in sorted(missing)[:most])
    found = (raised_by(asked, seen, skill) for skill in best)
    return tuple(each for each in found if each is not None)


def raised_by(asked: Mapping[str, float], seen: Outlook, skill: Skill) -> Raise | None:
    """What bringing ``skill`` to the target adds to the interview that asks so; None where it is
    there or not asked. Only what the skill itself adds: it says little about its neighbours.
    """
    estimate = seen.estimate(skill.id)
    if skill.id not in asked or estimate.value >= READY:
        return None
    share = asked[skill.id] / sum(asked.values())
    return Raise(skill, estimate, Gap(*(share * each for each in gap(estimate))))


def ladder(taxonomy: Taxonomy, role: RoleFields, seen: Outlook, now: datetime) -> tuple[Rung, ...]:
    """Every level, the lowest first; ``seen`` is what is believed at ``now``."""
    return tuple(
        _rung(taxonomy, interview(taxonomy, role, level), level, outlook_at(level, seen, now))
        for level in LEVELS
    )


def _rung(taxonomy: Taxonomy, asked: Mapping[str, float], level: Level, seen: Outlook) -> Rung:
    added = {skill: asked[skill] for skill in asked if taxonomy.skills[skill].level == level}
    return Rung(
        level=level,
        difficulty=TYPICAL_DIFFICULTY[level],
        estimate=seen.estimate_group(asked) if asked else None,
        added=tuple(taxonomy.skills[skill] for skill in added),
        beyond=seen.estimate_group(added) if added and level != LEVELS[0] else None,
    )


def _bank(skill: str) -> str:
    return skill.partition(".")[0]
