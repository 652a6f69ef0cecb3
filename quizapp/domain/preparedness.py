"""How far what comes before a skill lets it be learnt now."""

from collections.abc import Iterable

from quizapp.domain.skill_model import logistic


def preparedness(masteries: Iterable[float], steepness: float = 6.0) -> float:
    """0.1..1, by the weakest mastery (0..1) of the skills that come first; 1 where none does.

    Half of what can be lost is lost at a mastery of 1/2. The steepness is an assumption of ours.
    """
    weakest = min(masteries, default=None)
    return 1.0 if weakest is None else 0.1 + 0.9 * logistic(steepness * (weakest - 0.5))
