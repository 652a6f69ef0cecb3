"""How well a learner knows what they know: what they said, beside what came of it.

Confidence is said in three steps, and each stands for the probabilities at which it is the best
thing to say (``scoring_rules.confident_share``): guessing below 2/3, fairly sure up to 4/5, sure
above. Where one number is needed, it is the middle of the step.

Sources. Curve by steps and its reading: Lichtenstein, Fischhoff and Phillips, in Kahneman, Slovic
and Tversky, "Judgment under uncertainty", 1982. Score: Brier, Monthly Weather Review 78, 1950.
Range of a share: Wilson, Journal of the American Statistical Association 22, 1927, here with scores
between 0 and 1 as fractions of an answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal, NamedTuple, TypeAlias

from quizapp.domain.scoring_rules import CONFIDENCES

Verdict: TypeAlias = Literal["too sure", "not sure enough", "well judged", "too few"]

NORMAL_QUANTILE_90 = 1.2816
FEWEST_ANSWERS = 5
"""Below it a step's range leaves everything open, whatever its answers were."""
FEWEST_FOR_A_SCORE = 10
"""Below it the spread that the score's range is made of is hardly known."""


class Stated(NamedTuple):
    """The probabilities, 0..1, that one confidence stands for."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


STATED: Mapping[int, Stated] = {
    1: Stated(0.0, 2 / 3),
    2: Stated(2 / 3, 4 / 5),
    3: Stated(4 / 5, 1.0),
}


class Tally(NamedTuple):
    """How many graded answers had that confidence and that score."""

    confidence: int
    score: float
    times: int


class Share(NamedTuple):
    """A share with its 80 % range, all 0..1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Step:
    """What came of one confidence: ``right`` is the sum of scores of ``answers`` responses."""

    confidence: int
    answers: int
    right: float

    @property
    def name(self) -> str:
        return CONFIDENCES[self.confidence]

    @property
    def stated(self) -> Stated:
        return STATED[self.confidence]

    @property
    def share(self) -> Share:
        """The share that was right, by Wilson's interval."""
        n, p, z = self.answers, self.right / self.answers, NORMAL_QUANTILE_90
        centre, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        scale = 1 + z * z / n
        low, high = (centre - spread) / scale, (centre + spread) / scale
        return Share(p, max(0.0, min(low, p)), min(1.0, max(high, p)))

    @property
    def verdict(self) -> Verdict:
        """Only where the whole range of the share lies outside of what was said."""
        if self.answers < FEWEST_ANSWERS:
            return "too few"
        if self.share.high < self.stated.low:
            return "too sure"
        return "not sure enough" if self.share.low > self.stated.high else "well judged"


@dataclass(frozen=True)
class Calibration:
    """All steps that were used, the surest first; ``brier`` is None below ten answers."""

    steps: Sequence[Step]
    brier: Share | None

    @property
    def answers(self) -> int:
        return sum(step.answers for step in self.steps)


def calibrate(tallies: Iterable[Tally]) -> Calibration:
    """What all these answers together say."""
    found = list(tallies)
    counts: dict[int, int] = defaultdict(int)
    rights: dict[int, float] = defaultdict(float)
    for confidence, score, times in found:
        counts[confidence] += times
        rights[confidence] += score * times
    steps = [Step(level, counts[level], rights[level]) for level in CONFIDENCES if counts[level]]
    return Calibration(steps, _brier(found))


def _brier(tallies: Sequence[Tally]) -> Share | None:
    """The mean squared distance between what was said and what came: 0 is perfect, and saying
    "half" each time makes 1/4. The range is that of a mean, by its standard error.
    """
    count = sum(each.times for each in tallies)
    if count < FEWEST_FOR_A_SCORE:
        return None
    errors = [((STATED[each[0]].middle - each.score) ** 2, each.times) for each in tallies]
    mean = sum(error * times for error, times in errors) / count
    variance = sum((error - mean) ** 2 * times for error, times in errors) / (count - 1)
    reach = NORMAL_QUANTILE_90 * sqrt(variance / count)
    return Share(mean, max(0.0, mean - reach), min(1.0, mean + reach))
