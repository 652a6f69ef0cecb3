"""The equations of the skill model, a hierarchical Gaussian filter.

A learner's ability on a question is a sum of independent Gaussian parts, one per node that the
question touches: its skills, every place above them in the tree, the skills that come before them,
and the learner as a whole.

    prior    m_j ~ N(0, S)                              S: the variance of the node's level
    keep     k = (1 + days)^-f (1 + responses/20)^-g    m <- k m;  v <- S - (S - v) k^2
    predict  A = sum a_j m_j;  V = sum a_j^2 v_j;  e = a (mu + A) - b;  P = g + (1 - g) s(e / K)
             K = sqrt(1 + pi/8 (a^2 V + v_b))
    update   p = g + (1 - g) s(e);  u = (y - p) s(e)/p;  G = (1 - g) s(e)^2 (1 - s(e))/p
             r = u / (1 + G (a^2 V + v_b));  c = G / (1 + G (a^2 V + v_b))
             m_j <- m_j + a a_j v_j r (+ learning);  v_j <- v_j - a^2 a_j^2 v_j^2 c + q

with s the logistic function, a_j the share of the question on node j, a, b and v_b the question's
slope and the mean and variance of its difficulty, g its guess floor, mu the ability of the
average learner and y the score.

Sources. Update: one Kalman step on the Laplace approximation of the answer's likelihood, Glickman,
"Parameter estimation in large dynamic paired comparison experiments", Applied Statistics 48, 1999,
which is the extended Kalman filter for a Bernoulli observation. Slope and guess floor:
Birnbaum, in Lord and Novick, "Statistical theories of mental test scores", 1968. K: MacKay, "The
evidence framework applied to classification networks", Neural Computation 4, 1992. A fraction y in
the Bernoulli likelihood: Papke and Wooldridge, Journal of Applied Econometrics 11, 1996. Forgetting
as a power of time: Wixted and Ebbesen, Psychological Science 2, 1991. Prerequisites as shared
evidence: Käser, Klingler, Schwing and Gross, "Dynamic Bayesian networks for student modeling", IEEE
Transactions on Learning Technologies 10, 2017.
"""

from collections.abc import Mapping
from math import exp, pi, sqrt
from typing import NamedTuple

from quizapp.domain.skill_parameters import COLD, Dynamics, ItemParameters, SkillParameters

LEARNER = ""
"""The root of the tree: the learner as a whole."""

RESPONSES_TO_FADE = 20.0
"""Responses elsewhere that fade a belief as much as one day does, where the exponents are equal."""

MOST_DOUBT = 4.0
"""No variance grows above this many prior variances."""

DIFFICULTY_LOGITS = {1: -1.6, 2: -0.8, 3: 0.0, 4: 0.8, 5: 1.6}


class Loading(NamedTuple):
    """One node that a question measures, and the question's share on it (0..1].

    What comes before the question's skills is not counted: its answers are none of its own.
    """

    node: str
    share: float
    dynamics: Dynamics
    is_counted: bool = True


class Correction(NamedTuple):
    """What a response does to every node: ``gain`` r moves means, ``certainty`` c variances."""

    gain: float
    certainty: float


class SkillModel:
    """The numbers, and which skills come before which: all that beliefs are read and moved by."""

    def __init__(
        self,
        parameters: SkillParameters = COLD,
        requires: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.parameters = parameters
        self.requires = requires or {}
        self._loadings: dict[tuple[str, ...], tuple[Loading, ...]] = {}

    def loadings(self, skills: tuple[str, ...]) -> tuple[Loading, ...]:
        """The nodes of a question with these skills, root first.

        Each of k skills has the share 1/k, a place above them the sum of those below, the root 1;
        what comes before a skill shares ``prerequisite_share`` of its share. Skills are leaves of
        the tree. Raises ValueError when there is none.
        """
        found = self._loadings.get(skills)
        if found is None:
            found = self._loadings[skills] = self._loaded(skills)
        return found

    def item(
        self, key: str | None, skills: tuple[str, ...], difficulty: int | None
    ) -> ItemParameters:
        """The item of that key as fitted; else as authored (1..5); else as its skills suggest."""
        found = self.parameters.items.get(key) if key is not None else None
        if found is not None:
            return found
        if difficulty is not None:
            expected = difficulty_prior(difficulty)
        else:
            expected = self.parameters.expected_difficulty(skills)
        return ItemParameters(expected, self.parameters.item_variance)

    def _loaded(self, skills: tuple[str, ...]) -> tuple[Loading, ...]:
        if not skills:
            raise ValueError("A question needs at least one skill to be evidence of.")
        numbers = self.parameters
        own, above, before = (dict[str, float]() for _ in range(3))
        for skill in skills:
            own[skill] = own.get(skill, 0.0) + 1 / len(skills)
            for place in _ancestors(skill):
                above[place] = above.get(place, 0.0) + 1 / len(skills)
            required = self.requires.get(skill, ())
            for each in required:
                share = numbers.prerequisite_share / len(required) / len(skills)
                before[each] = before.get(each, 0.0) + share
        return (
            Loading(LEARNER, 1.0, numbers.root),
            *(Loading(node, share, numbers.skill) for node, share in own.items()),
            *(Loading(node, share, numbers.group) for node, share in above.items()),
            *(
                Loading(node, share, numbers.skill, is_counted=False)
                for node, share in before.items()
                if node not in own
            ),
        )


COLD_MODEL = SkillModel()
"""As built in, with no skill before another."""


def _ancestors(skill: str) -> list[str]:
    """Places above ``skill`` and below the root: ``a.b.c`` has ``a.b`` and ``a``."""
    parts = skill.split(".")
    return [".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]


def difficulty_prior(difficulty: int) -> float:
    """The logits b that an authored difficulty 1..5 stands for. Raises KeyError for any other.

    Taken at its word the scale has steps of about 1.15 logits: an average learner who studied the
    skill (ability 0) knows 3 with probability 1/2 and 1 with 9/10, so b = -2.2 for 1; a strong
    candidate (upper quartile, ability 1.0) knows 5 with 1/5, so b = 1.0 + 1.4 = 2.4 for 5. But a
    label is one author's judgement. With labels of variance 1 (1.3 squared logits) and judgements
    that err by ``ITEM_VARIANCE``, the difficulty to expect lies 1.3 / (1.3 + 0.5) = 0.7 of the way
    (regression of a fallible value to its mean, Kelley 1927): steps of 0.8.
    """
    return DIFFICULTY_LOGITS[difficulty]


def retention(dynamics: Dynamics, days: float, responses: int) -> float:
    """Share of what was learnt about a node that still holds: 1 at once, then falling to 0."""
    by_day = (1.0 + max(0.0, days)) ** -dynamics.fading_by_day
    by_response = (1.0 + max(0, responses) / RESPONSES_TO_FADE) ** -dynamics.fading_by_response
    return float(by_day * by_response)


def smoothing(variance: float) -> float:
    """K: a logit with this variance is divided by it before the logistic function."""
    return sqrt(1.0 + pi / 8.0 * variance)


def expected_score(margin: float, variance: float, guess: float) -> float:
    """P(right) of a question that lies ``margin`` logits, with ``variance``, below the ability."""
    return guess + (1.0 - guess) * logistic(margin / smoothing(variance))


def correction(score: float, margin: float, variance: float, guess: float) -> Correction:
    """One Kalman step of a response: ``margin`` is e, ``variance`` is V + v_b."""
    known = logistic(margin)
    right = guess + (1.0 - guess) * known
    surprise = (score - right) * known / right
    information = (1.0 - guess) * known * known * (1.0 - known) / right
    damping = 1.0 + information * variance
    return Correction(surprise / damping, information / damping)


def logistic(logit: float) -> float:
    """From logits to a probability; logits beyond 30 are as good as 30."""
    return 1.0 / (1.0 + exp(-min(30.0, max(-30.0, logit))))
