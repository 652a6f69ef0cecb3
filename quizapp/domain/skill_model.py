"""The equations of the skill model, a hierarchical Gaussian filter, and their numbers.

A learner's ability on a question is a sum of independent Gaussian parts, one per node that the
question touches: its skills, every place above them in the tree, and the learner as a whole.

    prior    m_j ~ N(0, S)                              S: the variance of the node's level
    keep     k = (1 + days)^-f (1 + responses/20)^-g    m <- k m;  v <- S - (S - v) k^2
    predict  A = sum a_j m_j;  V = sum a_j^2 v_j;  e = A - b;  P = g + (1 - g) s(e / K)
             K = sqrt(1 + pi/8 (V + v_b))
    update   p = g + (1 - g) s(e);  u = (y - p) s(e)/p;  G = (1 - g) s(e)^2 (1 - s(e))/p
             r = u / (1 + G (V + v_b));  c = G / (1 + G (V + v_b))
             m_j <- m_j + a_j v_j r (+ learning);  v_j <- v_j - a_j^2 v_j^2 c + q

with s the logistic function, a_j the share of the question on node j, b and v_b mean and variance
of the question's difficulty, g its guess floor and y the score.

Sources. Update: one Kalman step on the Laplace approximation of the answer's likelihood, Glickman,
"Parameter estimation in large dynamic paired comparison experiments", Applied Statistics 48, 1999,
which is the extended Kalman filter for a Bernoulli observation. Guess floor: Birnbaum, in Lord and
Novick, "Statistical theories of mental test scores", 1968. K: MacKay, "The evidence framework
applied to classification networks", Neural Computation 4, 1992. A fraction y in the Bernoulli
likelihood: Papke and Wooldridge, Journal of Applied Econometrics 11, 1996. Forgetting as a power
of time: Wixted and Ebbesen, Psychological Science 2, 1991. The numbers are medians of fits to
public answer logs, with skills set further apart for a broad tree.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, pi, sqrt
from typing import NamedTuple

LEARNER = ""
"""The root of the tree: the learner as a whole."""

RESPONSES_TO_FADE = 20.0
"""Responses elsewhere that fade a belief as much as one day does, where the exponents are equal."""

MOST_DOUBT = 4.0
"""No variance grows above this many prior variances."""

ITEM_VARIANCE = 0.5
"""Variance of a question's true difficulty around the authored one, squared logits."""

DIFFICULTY_LOGITS = {1: -1.6, 2: -0.8, 3: 0.0, 4: 0.8, 5: 1.6}


@dataclass(frozen=True, slots=True)
class Dynamics:
    """How the beliefs on one level of the tree begin and move."""

    variance: float
    """Prior variance S, squared logits."""
    drift: float
    """Variance q that each response adds: the learner may have changed."""
    fading_by_day: float
    """Exponent f of forgetting by time."""
    fading_by_response: float
    """Exponent g of forgetting by the learner's responses elsewhere."""
    learning: float
    """Logits gained by a right answer beyond what it tells."""


ROOT = Dynamics(0.9, 0.001, 0.02, 0.0, 0.0)
GROUP = Dynamics(0.3, 0.003, 0.1, 0.1, 0.0)
SKILL = Dynamics(0.6, 0.01, 0.1, 0.1, 0.06)


class Loading(NamedTuple):
    """One node that a question measures, and the question's share on it (0..1]."""

    node: str
    share: float
    dynamics: Dynamics


class Correction(NamedTuple):
    """What a response does to every node: ``gain`` r moves means, ``certainty`` c variances."""

    gain: float
    certainty: float


@lru_cache(maxsize=4096)
def loadings(skills: tuple[str, ...]) -> tuple[Loading, ...]:
    """The nodes of a question with these skills, root first.

    Each of k skills has the share 1/k, a place above them the sum of those below, the root 1.
    Skills are leaves of the tree. Raises ValueError when there is none.
    """
    if not skills:
        raise ValueError("A question needs at least one skill to be evidence of.")
    shares: dict[str, float] = {}
    for skill in skills:
        for node in (skill, *_ancestors(skill)):
            shares[node] = shares.get(node, 0.0) + 1 / len(skills)
    below_root = (
        Loading(node, share, SKILL if node in skills else GROUP) for node, share in shares.items()
    )
    return (Loading(LEARNER, 1.0, ROOT), *below_root)


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
