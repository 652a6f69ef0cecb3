"""The filter's numbers as columns, and as the coordinates in which they are fitted.

What must be above 0 is fitted as its logarithm. Start and spread are medians and deviations of fits
to public answer logs: a prior that holds fast where answers are few.
"""

from dataclasses import dataclass, replace

import numpy as np

from quizapp.domain.skill_parameters import Dynamics, SkillParameters
from quizapp.fitting.answer_log import Floats

NAMES = (
    "root_variance", "skill_variance", "group_variance", "root_drift", "skill_drift", "group_drift",
    "learning", "correcting", "fading_by_day", "fading_by_response", "root_fading_by_day", "level",
)  # fmt: skip
START = np.array([0.9, 0.3, 0.15, 0.001, 0.02, 0.003, 0.06, 0.0, 0.1, 0.1, 0.02, 0.0])
SPREAD = np.array([1, 1, 1.5, 2, 1.5, 2, 0.2, 0.2, 1.5, 1.5, 1.5, 2])
IS_POSITIVE = np.array([name not in ("learning", "correcting", "level") for name in NAMES])
FARTHEST_SPREADS = 4.0
TIMED = ("fading_by_day", "root_fading_by_day")


@dataclass(frozen=True)
class Numbers:
    """Several sets of numbers, one a row of ``table``; the columns are ``NAMES``."""

    table: Floats

    @property
    def sets(self) -> int:
        return len(self.table)

    def __getattr__(self, name: str) -> Floats:
        if name not in NAMES:
            raise AttributeError(name)
        column: Floats = self.table[:, NAMES.index(name)]
        return column

    @property
    def variances(self) -> Floats:
        """Of skills and of groups, in the order of ``encoding``'s levels."""
        return np.stack([self.skill_variance, self.group_variance], axis=1)

    @property
    def drifts(self) -> Floats:
        return np.stack([self.skill_drift, self.group_drift], axis=1)

    def without(self, *names: str) -> "Numbers":
        """The same with those at 0."""
        table = self.table.copy()
        table[:, [NAMES.index(name) for name in names]] = 0.0
        return Numbers(table)


def coordinates(numbers: Floats) -> Floats:
    """One set of numbers as it is fitted."""
    found: Floats = np.where(IS_POSITIVE, np.log(np.maximum(numbers, 1e-8)), numbers)
    return found


def from_coordinates(points: Floats) -> Floats:
    """The inverse of ``coordinates``, for one or more sets."""
    found: Floats = np.where(IS_POSITIVE, np.exp(np.where(IS_POSITIVE, points, 0.0)), points)
    return found


def of_parameters(parameters: SkillParameters) -> Floats:
    """The numbers among ``parameters``."""
    root, skill, group = parameters.root, parameters.skill, parameters.group
    return np.array(
        [
            root.variance, skill.variance, group.variance,
            root.drift, skill.drift, group.drift,
            skill.learning, skill.correcting,
            skill.fading_by_day, skill.fading_by_response, root.fading_by_day, parameters.level,
        ]
    )  # fmt: skip


def into_parameters(numbers: Floats, parameters: SkillParameters) -> SkillParameters:
    """``parameters`` with these numbers."""
    named = dict(zip(NAMES, map(float, numbers), strict=True))
    fading = named["fading_by_day"], named["fading_by_response"]
    return replace(
        parameters,
        root=Dynamics(
            named["root_variance"], named["root_drift"], named["root_fading_by_day"], 0.0
        ),
        group=Dynamics(named["group_variance"], named["group_drift"], *fading),
        skill=Dynamics(
            named["skill_variance"], named["skill_drift"], *fading,
            named["learning"], named["correcting"],
        ),
        level=named["level"],
    )  # fmt: skip
