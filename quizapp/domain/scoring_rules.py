"""What a response counts for: from its score, by the scoring rules of its quiz."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeAlias

from pydantic import model_validator

from quizapp.domain.question import Content

Confidence: TypeAlias = Literal[1, 2, 3]
"""How sure a learner is: 1 is guessing, 2 fairly sure, 3 sure."""

SURE: Confidence = 3

CONFIDENCES: Mapping[int, str] = {3: "Sure", 2: "Fairly sure", 1: "Guessing"}
"""As the page offers them, and in that order."""

_RIGHT: Mapping[int, float] = {3: 3, 2: 2, 1: 1}
_WRONG: Mapping[int, float] = {3: -6, 2: -2, 1: 0}
_FULL = 3
_SLACK = 1e-9


class ScoringRules(Content):
    """What counts in a quiz; without any rule it is score times points, summed up."""

    points: Literal["own", "equal"] = "own"
    """equal: every question is worth 1 point; own: each as many as it says itself."""
    partial_credit: bool = True
    """False: what is not fully right counts 0."""
    guessing_penalty: bool = False
    """True: wrong answers cost so much that guessing gains nothing; blank costs nothing."""
    confidence: Literal["ask", "scored"] | None = None
    """ask: learners say how sure they are; scored: and that decides what an answer counts."""

    @model_validator(mode="after")
    def _wrong_costs_once(self) -> Self:
        if self.guessing_penalty and self.confidence == "scored":
            raise ValueError(
                "With `confidence: scored` a wrong answer costs already."
                " Leave out `guessing_penalty`, or write `confidence: ask`."
            )
        return self

    @property
    def can_cost(self) -> bool:
        """True when an answer may count less than a blank one."""
        return self.guessing_penalty or self.confidence == "scored"


NO_RULES = ScoringRules()


def of_plan(plan: Mapping[str, Any]) -> ScoringRules:
    """The rules of a stored plan; those from before there were any have none."""
    return ScoringRules.model_validate(plan.get("scoring") or {})


@dataclass(frozen=True)
class GradedResponse:
    """A response as its question graded it.

    ``score`` and ``guess``, what guessing would score on average, are shares (0..1);
    ``max_points`` is what the question is worth. ``confidence`` is None where the learner did not
    say.
    """

    score: float
    max_points: float
    guess: float
    is_answered: bool
    confidence: int | None = None


def points_of(given: GradedResponse, rules: ScoringRules) -> float:
    """The points that ``given`` counts for: -2 to 1 times its ``max_points``, not rounded.

    Blank is 0. The sum over an attempt is not below 0, as ``scoring.total`` sees to.
    """
    if not given.is_answered:
        return 0.0
    if rules.confidence == "scored":
        score = given.score if rules.partial_credit else float(_is_right(given.score))
        return confident_share(score, given.confidence) * given.max_points
    share = _corrected(given.score, given.guess) if rules.guessing_penalty else given.score
    if not rules.partial_credit and not _is_right(given.score):
        share = min(0.0, share)
    return share * given.max_points


def confident_share(score: float, confidence: int | None) -> float:
    """The share of its points that an answer counts for with that confidence, -2 to 1.

    A. R. Gardner-Medwin's certainty-based marking, of which 3 is the whole: 3, 2 or 1 when right,
    -6, -2 or 0 when wrong. It makes "sure" the best to say from 80 % on, "guessing" below 67 %.
    Between right and wrong it is linear, so that the same holds of a score that is expected.
    """
    level = confidence or 1
    return (score * _RIGHT[level] + (1 - score) * _WRONG[level]) / _FULL


def _corrected(score: float, guess: float) -> float:
    """The correction for guessing, by which ``guess`` becomes 0 and 1 stays 1.

    Of an answer that is right or wrong: 1, or -guess / (1 - guess), such as -1/3 with four options.
    It never costs more than the question is worth.
    """
    if not 0 < guess < 1:
        return score
    return max(-1.0, (score - guess) / (1 - guess))


def _is_right(score: float) -> bool:
    return score >= 1 - _SLACK


def confidence_lines(confidence: int | None) -> list[str]:
    """How sure the learner is, to be read below their answer; nothing where they did not say."""
    if confidence is None:
        return []
    return [f"How sure: {CONFIDENCES[confidence].lower()}"]


@dataclass(frozen=True)
class Choice:
    """One answer to "How sure are you?", and the points it leads to, where it is scored."""

    confidence: int
    name: str
    right: float | None = None
    wrong: float | None = None


def choices(rules: ScoringRules, points: float) -> tuple[Choice, ...]:
    """What to choose from at a question that is worth ``points``; nothing where it is not asked, or
    nothing is.
    """
    if rules.confidence is None or not points:
        return ()
    if rules.confidence == "ask":
        return tuple(Choice(level, name) for level, name in CONFIDENCES.items())
    return tuple(
        Choice(level, name, *(confident_share(score, level) * points for score in (1, 0)))
        for level, name in CONFIDENCES.items()
    )


def sentences(rules: ScoringRules) -> tuple[str, ...]:
    """The rules for a learner, before the quiz starts; none where nothing is unusual."""
    said = {
        "Every question is worth the same.": rules.points == "equal",
        "Only a fully right answer scores; a partly right one counts 0.": not rules.partial_credit,
        "A wrong answer costs points where it can be guessed: with four options to choose from,"
        " a third of what the question is worth. Leave blank what you do not know: that costs"
        " nothing.": rules.guessing_penalty,
        "A partly right answer counts from what guessing would score.": rules.guessing_penalty
        and rules.partial_credit,
        "Each question asks how sure you are. Your score does not depend on it.": rules.confidence
        == "ask",
        **dict.fromkeys(_CONFIDENCE_SENTENCES, rules.confidence == "scored"),
        "Your total is never below 0.": rules.can_cost,
    }
    return tuple(sentence for sentence, is_so in said.items() if is_so)


_CONFIDENCE_SENTENCES = (
    "Each question asks how sure you are, and your score depends on it.",
    "Sure: the full points if you are right, minus twice the points if you are wrong."
    " It pays off when you are right more than 4 times in 5.",
    "Fairly sure: two thirds of the points, or minus two thirds."
    " It pays off when you are right 2 times in 3.",
    "Guessing, or not saying: one third of the points, or nothing.",
)
