"""What is believed about a learner at one moment, and what that says about skills and roles."""

from collections.abc import Mapping
from datetime import datetime
from math import log, sqrt

from quizapp.domain import skill_model
from quizapp.domain.mastery import Estimate, NodeBelief, answer_count, faded
from quizapp.domain.skill_model import ITEM_VARIANCE, Dynamics

_TYPICAL_LOGIT = skill_model.difficulty_prior(3)
_NORMAL_QUANTILE_90 = 1.2816
_WIDENING = 1.2  # plain 80 % intervals held the simulated truth in 70 to 75 % of cases
_STANDARD_DEVIATIONS = _NORMAL_QUANTILE_90 * _WIDENING
_SCALE = skill_model.smoothing(ITEM_VARIANCE)
_NO_EVIDENCE = (0, 0.0, None)


class Outlook:
    """One learner's beliefs as they stand at ``now``, for many questions about them.

    What is forgotten until then is worked out once for each node, however many skills lie below:
    a page asks about all skills, areas and the role.
    """

    def __init__(self, beliefs: Mapping[str, NodeBelief], now: datetime) -> None:
        self.beliefs = beliefs
        self._now = now
        self._count = answer_count(beliefs)
        self._variances: dict[str, float] = {}
        self._places: dict[str, tuple[float, float]] = {}
        self._abilities: dict[str, tuple[float, float]] = {}
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
            last_answered_at=max((at for each in own if (at := each.updated_at)), default=None),
        )

    def _mastery(self, skill: str) -> float:
        """P(right) on a typical new question, guessing aside."""
        known = self._estimates.get(skill)
        if known is not None:
            return known.value
        mean, variance = self._ability(skill)
        return skill_model.expected_score(mean - _TYPICAL_LOGIT, variance + ITEM_VARIANCE, 0.0)

    def _estimated(self, skill: str) -> Estimate:
        mean, variance = self._ability(skill)
        margin = mean - _TYPICAL_LOGIT
        value = skill_model.expected_score(margin, variance + ITEM_VARIANCE, 0.0)
        reach = _STANDARD_DEVIATIONS * sqrt(variance)
        low = skill_model.logistic((margin - reach) / _SCALE)
        high = skill_model.logistic((margin + reach) / _SCALE)
        own = self.beliefs.get(skill)
        evidence = (own.answers, own.wins, own.updated_at) if own else _NO_EVIDENCE
        return Estimate(value, min(low, value), max(high, value), *evidence)

    def _range(self, shares: Mapping[str, float]) -> tuple[float, float]:
        """80 % range of the weighted mean of masteries, widened.

        The mean is linearised in the nodes (delta method), each node's variance enters once, and
        the range is taken in logits so that it stays within 0..1.
        """
        centre = 0.0
        slopes: dict[str, float] = {}
        for skill, share in shares.items():
            mastery = skill_model.logistic((self._ability(skill)[0] - _TYPICAL_LOGIT) / _SCALE)
            centre += share * mastery
            slopes[skill] = share * mastery * (1.0 - mastery) / _SCALE
        variances = self._variances
        deviation = sqrt(
            sum(slope * slope * variances[node] for node, slope in _with_places(slopes).items())
        )
        reach = _STANDARD_DEVIATIONS * deviation / (centre * (1.0 - centre))
        logit = log(centre / (1.0 - centre))
        return skill_model.logistic(logit - reach), skill_model.logistic(logit + reach)

    def _ability(self, skill: str) -> tuple[float, float]:
        """Mean and variance of the ability on questions of one skill: sums over its nodes."""
        found = self._abilities.get(skill)
        if found is None:
            found = self._abilities[skill] = self._added(skill, skill_model.SKILL)
        return found

    def _place(self, node: str) -> tuple[float, float]:
        """The same sums over a place above skills, and all above it."""
        found = self._places.get(node)
        if found is None:
            found = self._places[node] = self._added(node, skill_model.GROUP)
        return found

    def _added(self, node: str, dynamics: Dynamics) -> tuple[float, float]:
        """The sums of what is above ``node``, with its own part."""
        above = self._place(node.rpartition(".")[0]) if node else (0.0, 0.0)
        level = dynamics if node else skill_model.ROOT
        mean, variance = faded(level, self.beliefs.get(node), self._count, self._now)
        self._variances[node] = variance
        return above[0] + mean, above[1] + variance


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
