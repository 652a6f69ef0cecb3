"""The numbers of the skill model: built in before there are answers to fit, and fitted after.

The built-in ones are medians of fits to public answer logs, with skills set further apart for a
broad tree (docs/decisions/0008-skill-filter.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple, Self

from quizapp.domain.read_out import PLAIN, ReadOut

FORMAT = 1
"""Of ``document``: counts up whenever an older program could not read it."""


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
    learning: float = 0.0
    """Logits gained by a right answer beyond what it tells."""
    correcting: float = 0.0
    """Logits gained by a wrong answer and its explanation, beyond what it tells."""


class ItemParameters(NamedTuple):
    """An item's difficulty b in logits, its variance v_b, and its slope a."""

    difficulty: float
    variance: float
    slope: float = 1.0


@dataclass(frozen=True)
class SkillParameters:
    """All numbers of the model.

    ``level`` mu is the ability of the average learner. ``items`` are those with answers, by key.
    Where nobody judged an item, its difficulty is that of its set of skills (``skill_sets``, ids
    joined by ";"), else the mean over ``skills``.
    """

    root: Dynamics = Dynamics(0.9, 0.001, 0.02, 0.0)
    group: Dynamics = Dynamics(0.3, 0.003, 0.1, 0.1)
    skill: Dynamics = Dynamics(0.6, 0.01, 0.1, 0.1, learning=0.06)
    level: float = 0.0
    prerequisite_share: float = 0.3
    """Of all prerequisites of a skill together, against 1 of the skill itself."""
    item_variance: float = 0.5
    """Variance of an item's true difficulty around what is expected without answers."""
    items: Mapping[str, ItemParameters] = field(default_factory=dict)
    skills: Mapping[str, float] = field(default_factory=dict)
    skill_sets: Mapping[str, float] = field(default_factory=dict)
    read_out: ReadOut = PLAIN

    def document(self) -> dict[str, Any]:
        """As JSON; ``parse`` is the inverse."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> Self:
        """The parameters of ``document``. Raises ValueError for one of another format."""
        values = dict(document)
        if values.pop("format", None) != FORMAT:
            raise ValueError("These parameters were written by another version of the program.")
        for name in ("root", "group", "skill"):
            values[name] = Dynamics(**values[name])
        values["items"] = {key: ItemParameters(*each) for key, each in values["items"].items()}
        values["read_out"] = ReadOut(tuple(values["read_out"]["weights"]))
        return cls(**values)

    def expected_difficulty(self, skills: Sequence[str]) -> float:
        """The difficulty of an item with these skills that nobody judged or answered, logits."""
        found = self.skill_sets.get(";".join(sorted(skills)))
        if found is not None:
            return found
        return sum(self.skills.get(skill, 0.0) for skill in skills) / len(skills)


COLD = SkillParameters()
"""Before there are answers to fit."""
