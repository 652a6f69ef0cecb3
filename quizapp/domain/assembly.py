"""Which items an attempt holds, in which order: from a quiz plan, the pool and a random source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heapreplace
from random import Random
from statistics import fmean
from typing import Annotated, Literal, NamedTuple, TypeAlias

from pydantic import Field

from quizapp.domain.errors import QuizError
from quizapp.domain.items import Level
from quizapp.domain.question import Content
from quizapp.domain.scoring_rules import NO_RULES, ScoringRules

MAXIMUM_QUESTIONS = 100


class PlanSection(Content):
    """One draw: ``questions`` items of a bank, narrowed to skills (by prefix) and levels.

    Without a bank it draws only from those meant for practice: what an instructor publishes is
    asked where their bank is named, and never finds its way into everybody's practice.
    """

    questions: Annotated[int, Field(ge=1, le=MAXIMUM_QUESTIONS)]
    bank: str | None = None
    skills: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    types: tuple[str, ...] = ()
    """Kinds of questions to draw from; none named: all."""
    without_types: tuple[str, ...] = ()
    without_skills: tuple[str, ...] = ()
    """Skills (by prefix) that none of its items may have."""
    order: Literal["least-seen", "due"] = "least-seen"
    """due: what was never seen, then what is due, then what has other numbers each time, and last
    what was seen longest ago.
    """
    items: tuple[int, ...] = ()
    """Ids of the only items to draw from, where a plan names them (practising what was missed)."""
    points: Annotated[float, Field(gt=0, le=100)] | None = None
    """What each of its questions is worth here; None leaves that to the rules of the plan."""
    title: str = ""
    """What learners call it."""
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    """Its own time: it is then worked on by itself, and there is no way back to it."""

    def covers(self, skills: Iterable[str], level: Level, kind: str) -> bool:
        """True when items of these skills, this level and this kind are among what is asked for."""
        return (
            (not self.levels or level in self.levels)
            and (not self.types or kind in self.types)
            and kind not in self.without_types
            and (not self.skills or any(_is_below(skill, self.skills) for skill in skills))
            and not any(_is_below(skill, self.without_skills) for skill in skills)
        )

    @property
    def is_narrow(self) -> bool:
        """True when not all items of its banks fit."""
        wanted = (self.levels, self.skills, self.types, self.without_types, self.without_skills)
        return any(wanted)

    def turn(self, item: "PoolItem") -> "Turn":
        """Where ``item`` stands among what this section may draw: lower ones come first."""
        if self.order == "least-seen" or not item.times_seen:
            return (item.times_seen, 0.0)
        if item.due_at is not None:
            return (1, item.due_at.timestamp())
        seen_at = item.seen_at.timestamp() if item.seen_at else 0.0
        return (2 if item.template_hash else 3, seen_at)


class QuizPlan(Content):
    """What a quiz draws, section by section, and the time for all of it."""

    sections: Annotated[tuple[PlanSection, ...], Field(min_length=1, max_length=20)]
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    """Time limit; None is untimed."""
    keep_sections: bool = False
    """True keeps the order of sections (a mock interview's rounds); False mixes all items."""
    fixed_order: bool = False
    """True asks the first items in the order of their bank instead of drawing."""
    scoring: ScoringRules = NO_RULES
    """What responses count for."""
    one_way: bool = False
    """True asks one question after the other, without a way back."""
    feedback: Literal["end", "each"] = "end"
    """each: a learner may see what is right after each question, whose answer is then final."""

    @property
    def duration(self) -> timedelta | None:
        """The time limit, which is that of all sections where they have times; None is untimed."""
        if self.has_timed_sections:
            return timedelta(minutes=sum(section.minutes or 0 for section in self.sections))
        return None if self.minutes is None else timedelta(minutes=self.minutes)

    @property
    def has_timed_sections(self) -> bool:
        """True when each section has a time of its own, and is worked on by itself."""
        return all(section.minutes is not None for section in self.sections)

    @property
    def questions(self) -> int:
        """How many items the sections ask for together."""
        return sum(section.questions for section in self.sections)

    def worth(self, section: PlanSection, item: "PoolItem") -> float:
        """The points of ``item``, drawn by ``section``: the section's word comes first, but for
        what asks nothing.
        """
        if not item.is_scored:
            return 0.0
        if section.points is not None:
            return section.points
        return 1.0 if self.scoring.points == "equal" else item.points


@dataclass(frozen=True)
class PoolItem:
    """An item that may be drawn, and how often this learner has met it."""

    item_id: int
    revision_id: int
    bank: str
    is_practised: bool
    """True when practice may draw it, and not only the quizzes of its bank."""
    skills: tuple[str, ...]
    level: Level
    seconds: int
    points: float
    """What it is worth by itself; 0 where it asks nothing."""
    times_seen: int
    seen_at: datetime | None = None
    """When this learner was asked it last."""
    due_at: datetime | None = None
    """When it was to come back, where that is today or over."""
    template_hash: str | None = None
    """Content hash of an item whose numbers are drawn as well."""
    kind: str = ""
    """Its kind of question."""
    library: str | None = None
    """What a program that answers it imports and not every machine has."""

    @property
    def is_scored(self) -> bool:
        """False of what asks nothing: only a fixed order takes it along, and does not count it."""
        return self.points > 0


@dataclass(frozen=True)
class Extent:
    """How much a plan would draw: questions, and the seconds that a good candidate needs."""

    questions: int
    seconds: float


Turn: TypeAlias = tuple[int, float]
_Candidate: TypeAlias = tuple[Turn, int, float, PoolItem]
"""Turn, items of its skill taken so far, a lot that decides between equals, item."""


class Drawn(NamedTuple):
    """The items of one attempt in their order, and how many each section of its plan gave."""

    items: tuple[PoolItem, ...]
    sizes: tuple[int, ...]


def draw(plan: QuizPlan, pool: Sequence[PoolItem], rng: Random) -> Drawn:
    """The items of one attempt: unseen first, then least used, spread over skills, none twice.

    With a fixed order the first ones of ``pool``, which is in the order of banks, and what stands
    directly before each and asks nothing. Their ``points`` are what they are worth in this attempt.
    Raises QuizError when no item fits at all; a section that finds too few takes what there is.
    """
    rng = Random(rng.getrandbits(64))  # asking the system for each lot would take most of the time
    taken = _taken(plan, pool, rng)
    if not taken.items:
        raise QuizError("No question fits this choice yet. Choose more skills or levels.")
    drawn = list(taken.items)
    if not (plan.keep_sections or plan.fixed_order):
        rng.shuffle(drawn)
    return Drawn(tuple(drawn), taken.sizes)


def _taken(plan: QuizPlan, pool: Sequence[PoolItem], rng: Random) -> Drawn:
    """What each section takes of what is left, in the order of sections."""
    taken: dict[int, PoolItem] = {}
    sizes = []
    for section in plan.sections:
        free = [item for item in _fitting(section, pool) if item.item_id not in taken]
        chosen = (
            _first(free, section.questions)
            if plan.fixed_order
            else _draw_section(section, _scored(free), rng)
        )
        taken.update((item.item_id, _valued(item, plan.worth(section, item))) for item in chosen)
        sizes.append(len(chosen))
    return Drawn(tuple(taken.values()), tuple(sizes))


def _valued(item: PoolItem, points: float) -> PoolItem:
    return item if item.points == points else replace(item, points=points)


def extent(plan: QuizPlan, pool: Sequence[PoolItem]) -> Extent:
    """How much ``draw`` takes from ``pool``: with the time of just that in a fixed order, else with
    the mean time of what fits each section.
    """
    if plan.fixed_order:
        taken = _taken(plan, pool, Random(0)).items
        return Extent(len(_scored(taken)), float(sum(item.seconds for item in taken)))
    found: set[int] = set()
    questions, seconds = 0, 0.0
    for section in plan.sections:
        fitting = _scored(_fitting(section, pool))
        found |= {item.item_id for item in fitting}
        count = min(section.questions, len(fitting), len(found) - questions)
        questions += count
        seconds += count * fmean([item.seconds for item in fitting] or [0.0])
    return Extent(questions, seconds)


def _scored(items: Iterable[PoolItem]) -> list[PoolItem]:
    return [item for item in items if item.is_scored]


def _first(free: Iterable[PoolItem], count: int) -> list[PoolItem]:
    """The first ``count`` questions, each with what stands directly before it and asks nothing."""
    chosen: list[PoolItem] = []
    waiting: list[PoolItem] = []
    for item in free:
        waiting.append(item)
        if item.is_scored:
            chosen += waiting
            waiting = []
            count -= 1
        if not count:
            break
    return chosen


def _fitting(section: PlanSection, pool: Sequence[PoolItem]) -> list[PoolItem]:
    """The items that ``section`` may draw."""
    if section.items:
        wanted = set(section.items)
        return [item for item in pool if item.item_id in wanted]
    if section.bank is None:
        found = [item for item in pool if item.is_practised]
    else:
        found = [item for item in pool if item.bank == section.bank]
    if section.is_narrow:
        return [item for item in found if section.covers(item.skills, item.level, item.kind)]
    return found


def _is_below(skill: str, prefixes: Iterable[str]) -> bool:
    return any(skill == prefix or skill.startswith(f"{prefix}.") for prefix in prefixes)


def _draw_section(section: PlanSection, free: Sequence[PoolItem], rng: Random) -> list[PoolItem]:
    """Of items whose turn it is, each time one of those whose first skill is taken least."""
    waiting: dict[str, list[_Candidate]] = {}
    for item in free:
        waiting.setdefault(item.skills[0], []).append((section.turn(item), 0, rng.random(), item))
    # The best of each skill stand in a heap; when one is taken, the next of its skill steps up.
    for candidates in waiting.values():
        candidates.sort(key=_rank, reverse=True)
    heap = [candidates.pop() for candidates in waiting.values()]
    heapify(heap)
    chosen: list[PoolItem] = []
    while heap and len(chosen) < section.questions:
        _, uses, _, best = heap[0]
        chosen.append(best)
        rest = waiting[best.skills[0]]
        if rest:
            turn, _, lot, item = rest.pop()
            heapreplace(heap, (turn, uses + 1, lot, item))
        else:
            heappop(heap)
    return chosen


def _rank(candidate: _Candidate) -> tuple[Turn, int, float]:
    return candidate[:3]
