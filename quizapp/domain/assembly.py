"""Which items an attempt holds, in which order: from a quiz plan, the pool and a random source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Annotated

from pydantic import Field

from quizapp.domain.errors import QuizError
from quizapp.domain.items import Level
from quizapp.domain.question import Content

MAXIMUM_QUESTIONS = 100


class PlanSection(Content):
    """One draw: ``questions`` items of a bank, narrowed to skills (by prefix) and levels."""

    questions: Annotated[int, Field(ge=1, le=MAXIMUM_QUESTIONS)]
    bank: str | None = None
    skills: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    items: tuple[int, ...] = ()
    """Ids of the only items to draw from, where a plan names them (practising what was missed)."""


class QuizPlan(Content):
    """What a quiz draws, section by section, and the time for all of it."""

    sections: Annotated[tuple[PlanSection, ...], Field(min_length=1, max_length=20)]
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    """Time limit; None is untimed."""
    keep_sections: bool = False
    """True keeps the order of sections (a mock interview's rounds); False mixes all items."""

    @property
    def duration(self) -> timedelta | None:
        """The time limit; None is untimed."""
        return None if self.minutes is None else timedelta(minutes=self.minutes)

    @property
    def questions(self) -> int:
        """How many items the sections ask for together."""
        return sum(section.questions for section in self.sections)


@dataclass(frozen=True)
class PoolItem:
    """An item that may be drawn, and how often this learner has met it."""

    item_id: int
    revision_id: int
    bank: str
    skills: tuple[str, ...]
    level: Level
    seconds: int
    points: float
    times_seen: int


def draw(plan: QuizPlan, pool: Sequence[PoolItem], rng: Random) -> tuple[PoolItem, ...]:
    """The items of one attempt: unseen first, then least used, spread over skills, none twice.

    Raises QuizError when no item fits at all; a section that finds too few takes what there is.
    """
    taken: list[PoolItem] = []
    for section in plan.sections:
        free = [item for item in pool if _fits(section, item) and item not in taken]
        taken.extend(_draw_section(free, section.questions, rng))
    if not taken:
        raise QuizError("No question fits this choice yet. Choose more skills or levels.")
    if not plan.keep_sections:
        rng.shuffle(taken)
    return tuple(taken)


def _fits(section: PlanSection, item: PoolItem) -> bool:
    if section.items:
        return item.item_id in section.items
    return (
        (section.bank is None or item.bank == section.bank)
        and (not section.levels or item.level in section.levels)
        and (not section.skills or any(_is_below(skill, section.skills) for skill in item.skills))
    )


def _is_below(skill: str, prefixes: Iterable[str]) -> bool:
    return any(skill == prefix or skill.startswith(f"{prefix}.") for prefix in prefixes)


def _draw_section(free: Sequence[PoolItem], count: int, rng: Random) -> list[PoolItem]:
    """``count`` items, each time one least seen among those whose first skill is taken least."""
    shuffled = list(free)
    rng.shuffle(shuffled)
    uses: dict[str, int] = {}
    chosen: list[PoolItem] = []
    while shuffled and len(chosen) < count:
        best = min(shuffled, key=lambda item: (item.times_seen, uses.get(item.skills[0], 0)))
        shuffled.remove(best)
        chosen.append(best)
        uses[best.skills[0]] = uses.get(best.skills[0], 0) + 1
    return chosen
