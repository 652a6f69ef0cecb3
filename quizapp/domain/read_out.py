"""From what the filter expects to what is predicted: a small logistic regression.

    P = g + (1 - g) s(w_0 + w_1 z + sum_i w_i x_i)

z is the filter's margin in logits, x are the facts below. As built in, w = (0, 1, 0, …): the
filter is taken at its word. Counts of wins and fails as predictors: Pavlik, Cen and Koedinger,
"Performance factors analysis", AIED 2009; with those of the item and of all skills: Gervet,
Koedinger, Schneider and Mitchell, "When is deep learning the best approach to knowledge tracing?",
JEDM 12, 2020; running means of what was unexpected: Galyardt and Goldin, "Move your lamp post",
JEDM 7, 2015.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Facts(NamedTuple):
    """What is known of a question before its answer, beside the filter; all are 0 at first.

    Wins and fails are log(1 + count), a trend is a running mean of surprises (score less what was
    expected), ``last`` is -1 for wrong to 1 for right. Those of skills are means over the
    question's skills.
    """

    skill_wins: float = 0.0
    skill_fails: float = 0.0
    skill_trend: float = 0.0
    skill_last: float = 0.0
    skill_is_new: float = 0.0
    skill_hours: float = 0.0
    """log(1 + hours since its last answer)."""
    skill_lag: float = 0.0
    """log(1 + responses elsewhere since its last answer)."""
    wins: float = 0.0
    fails: float = 0.0
    trend: float = 0.0
    item_wins: float = 0.0
    item_fails: float = 0.0
    item_last: float = 0.0
    surprise: float = 0.0
    """Of the answer before this one."""
    pause: float = 0.0
    """log(1 + seconds since that answer)."""
    pause_squared: float = 0.0
    surprise_by_pause: float = 0.0
    surprise_by_pause_squared: float = 0.0
    is_same_skill: float = 0.0
    """1 when that answer was on one of these skills."""
    surprise_on_same_skill: float = 0.0
    difficulty: float = 0.0
    item_doubt: float = 0.0
    """Variance of the item's difficulty."""
    doubt: float = 0.0
    """Variance of the ability."""
    margin_by_item_doubt: float = 0.0
    margin_by_doubt: float = 0.0
    margin_squared: float = 0.0
    ability_by_difficulty: float = 0.0


class ItemHistory(NamedTuple):
    """What one learner did with one item: scores, what they lacked, and the last score."""

    wins: float
    fails: float
    last_score: float


@dataclass(frozen=True, slots=True)
class ReadOut:
    """w: the intercept, the weight of the margin, then one weight a fact."""

    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.weights) != 2 + len(Facts._fields):
            raise ValueError(f"A read-out has {2 + len(Facts._fields)} weights.")

    def logit(self, margin: float, facts: Facts) -> float:
        """The margin as corrected by the facts."""
        total = self.weights[0] + self.weights[1] * margin
        for weight, fact in zip(self.weights[2:], facts, strict=True):
            total += weight * fact
        return total


PLAIN = ReadOut((0.0, 1.0, *(0.0 for _ in Facts._fields)))
"""The filter at its word."""
