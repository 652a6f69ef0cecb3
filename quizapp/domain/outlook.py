"""What is believed about a learner at one moment, and what that says about skills and roles."""

from collections.abc import Mapping
from datetime import datetime
from math import log, sqrt
from typing import NamedTuple

from quizapp.domain import prediction, skill_model
from quizapp.domain.mastery import Estimate, NodeBelief, answer_count, faded
from quizapp.domain.read_out import PLAIN
from quizapp.domain.skill_model import COLD_MODEL, SkillModel
from quizapp.domain.skill_parameters import Dynamics, ItemParameters

_NORMAL_QUANTILE_90 = 1.2816
_WIDENING = 1.2  # plain 80 % intervals held the simulated truth in 70 to 75 % of cases
_STANDARD_DEVIATIONS = _NORMAL_QUANTILE_90 * _WIDENING
_NO_EVIDENCE = (0, 0.0, None)


class _Ability(NamedTuple):
    """On questions of one skill: sums over its nodes, logits."""

    mean: float
    variance: float


class Outlook:
    """One learner's beliefs as they stand at ``now``, for many questions about them.

    What is forgotten until then is worked out once for each node, however many skills lie below:
    a page asks about all skills, areas and the role. A question of a skill is a new one of
    difficulty 3.
    """

    def __init__(
        self, beliefs: Mapping[str, NodeBelief], now: datetime, model: SkillModel = COLD_MODEL
    ) -> None:
        self.beliefs = beliefs
        self.model = model
        self._now = now
        self._count = answer_count(beliefs)
        numbers = model.parameters
        self._typical = ItemParameters(skill_model.difficulty_prior(3), numbers.item_variance)
        self._scale = skill_model.smoothing(numbers.item_variance)
        self._nodes: dict[str, _Ability] = {}
        self._places: dict[str, _Ability] = {}
        self._abilities: dict[str, _Ability] = {}
        self._estimates: dict[str, Estimate] = {}

    @property
    def answers(self) -> int:
        """Responses of the learner on any skill."""
        return self._count

    def estimate(self, skill: str) -> Estimate:
        """Mastery of one skill, with its range."""
        found = self._estimates.get(skill)
        if found is None:
            found = self._estimates[skill] = self._estimated(skill)
        return found

    def estimate_group(self, skills_with_weights: Mapping[str, float]) -> Estimate:
        """Mastery of an area or readiness for a role: the weighted mean over its skills.

        Doubt about a node that several skills share is counted as one doubt, so it does not average
        out; doubt about each skill's own part does. Weights are 0 or more; raises ValueError when
        all are 0.
        """
        total = sum(skills_with_weights.values())
        if total <= 0:
            raise ValueError("A group needs a skill with a weight above 0.")
        if len(skills_with_weights) == 1:
            return self.estimate(*skills_with_weights)
        shares = {skill: weight / total for skill, weight in skills_with_weights.items()}
        value = sum(share * self._mastery(skill) for skill, share in shares.items())
        low, high = self._range(shares)
        own = [self.beliefs[skill] for skill in shares if skill in self.beliefs]
        return Estimate(
            value=value,
            low=min(low, value),
            high=max(high, value),
            answers=sum(belief.answers for belief in own),
            wins=sum(belief.wins for belief in own),
            last_answered_at=max((at for each in own if (at := each.answered_at)), default=None),
        )

    def _mastery(self, skill: str) -> float:
        """P(right) on a typical new question, guessing aside."""
        known = self._estimates.get(skill)
        if known is not None:
            return known.value
        return self._read(skill, 0.0, self._ability(skill).variance)

    def _estimated(self, skill: str) -> Estimate:
        variance = self._ability(skill).variance
        reach = _STANDARD_DEVIATIONS * sqrt(variance)
        value = self._read(skill, 0.0, variance)
        low, high = (self._read(skill, step, 0.0) for step in (-reach, reach))
        own = self.beliefs.get(skill)
        evidence = (own.answers, own.wins, own.answered_at) if own else _NO_EVIDENCE
        return Estimate(value, min(low, value), max(high, value), *evidence)

    def _read(self, skill: str, step: float, variance: float) -> float:
        """P(right) if the ability lay ``step`` logits from its mean, and was in doubt by that."""
        ability = self._ability(skill)
        margin = self.model.parameters.level + ability.mean + step - self._typical.difficulty
        logit = margin / skill_model.smoothing(variance + self._typical.variance)
        read_out = self.model.parameters.read_out
        if read_out != PLAIN:
            facts = prediction.lasting_facts(self.beliefs, (skill,), self._now)
            logit = read_out.logit(
                logit,
                prediction.with_margin(
                    facts, logit, self._typical, ability.mean + step, ability.variance
                ),
            )
        return skill_model.logistic(logit)

    def _range(self, shares: Mapping[str, float]) -> tuple[float, float]:
        """80 % range of the weighted mean of masteries, widened.

        The mean is linearised in the nodes (delta method), each node's variance enters once, and
        the range is taken in logits so that it stays within 0..1.
        """
        centre = 0.0
        slopes: dict[str, float] = {}
        for skill, share in shares.items():
            mastery = self._read(skill, 0.0, 0.0)
            centre += share * mastery
            slopes[skill] = share * mastery * (1.0 - mastery) / self._scale
        deviation = sqrt(
            sum(
                slope * slope * self._nodes[node].variance
                for node, slope in self._by_node(slopes).items()
            )
        )
        reach = _STANDARD_DEVIATIONS * deviation / (centre * (1.0 - centre))
        logit = log(centre / (1.0 - centre))
        return skill_model.logistic(logit - reach), skill_model.logistic(logit + reach)

    def _ability(self, skill: str) -> _Ability:
        found = self._abilities.get(skill)
        if found is None:
            found = self._abilities[skill] = self._added(skill)
        return found

    def _added(self, skill: str) -> _Ability:
        """The sums of the skill's own part, all places above it, and what comes before it."""
        parameters = self.model.parameters
        own = self._node(skill, parameters.skill)
        above = self._place(skill.rpartition(".")[0])
        mean, variance = own.mean + above.mean, own.variance + above.variance
        share = self._share_before(skill)
        for required in self.model.requires.get(skill, ()):
            before = self._node(required, parameters.skill)
            mean += share * before.mean
            variance += share * share * before.variance
        return _Ability(mean, variance)

    def _place(self, node: str) -> _Ability:
        """The same sums over a place above skills, and all above it."""
        found = self._places.get(node)
        if found is None:
            if node:
                own = self._node(node, self.model.parameters.group)
                above = self._place(node.rpartition(".")[0])
                found = _Ability(own.mean + above.mean, own.variance + above.variance)
            else:
                found = self._node(node, self.model.parameters.root)
            self._places[node] = found
        return found

    def _node(self, node: str, dynamics: Dynamics) -> _Ability:
        """One node's own part, as it stands now."""
        found = self._nodes.get(node)
        if found is None:
            now = faded(dynamics, self.beliefs.get(node), self._count, self._now)
            found = self._nodes[node] = _Ability(*now)
        return found

    def _share_before(self, skill: str) -> float:
        """Of each skill that comes before ``skill``."""
        required = self.model.requires.get(skill, ())
        return self.model.parameters.prerequisite_share / len(required) if required else 0.0

    def _by_node(self, slopes: Mapping[str, float]) -> dict[str, float]:
        """``slopes`` of skills, as those of every node that moves them."""
        found = _with_places(slopes)
        for skill, slope in slopes.items():
            for required in self.model.requires.get(skill, ()):
                found[required] = found.get(required, 0.0) + slope * self._share_before(skill)
        return found


def _with_places(slopes: Mapping[str, float]) -> dict[str, float]:
    """``slopes`` of skills, with every place above them: it moves all that is below it."""
    found = dict(slopes)
    level: Mapping[str, float] = slopes
    while level:
        above: dict[str, float] = {}
        for node, slope in level.items():
            if node:
                place = node.rpartition(".")[0]
                above[place] = above.get(place, 0.0) + slope
        for place, slope in above.items():
            found[place] = found.get(place, 0.0) + slope
        level = above
    return found
