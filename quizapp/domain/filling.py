"""Days filled with questions, those first that add most to the score to expect for each second.

Gains are worked out anew only for what stands at the head of the queue (Minoux, "Accelerated greedy
algorithms for maximizing submodular set functions", 1978): as days fill, gains hardly ever grow.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from math import inf
from typing import NamedTuple, TypeAlias

from quizapp.domain.foresight import trace
from quizapp.domain.prospects import Change, Prospect, Revisit, View, revisit
from quizapp.domain.scheduling import Memory
from quizapp.domain.study import StudyItem, StudySkill
from quizapp.domain.study_days import StudyDays

BLOCK = 3
"""So many new questions of a skill come together: enough to begin with, the rest another day."""

BLOCK_SHARE = 0.5
"""No block takes more of what a skill may have of a day, unless it is one question."""

PROBES = 4
"""So many days, spread over all, are weighed for a revisit."""

Block: TypeAlias = tuple[StudyItem, ...]
Candidate: TypeAlias = str | StudyItem
"""A skill, which has new questions left, or a question that was met."""


class Step(NamedTuple):
    """Questions of one skill on one day, and what they change."""

    day: int
    skill: str
    items: Block
    is_new: bool
    change: Change

    @property
    def gain(self) -> float:
        """What it adds to the score to expect, 0..1."""
        return self.change.density * sum(item.seconds for item in self.items)


class Filling:
    """A plan in the making; once made, ``steps`` are what to do, the best first."""

    def __init__(
        self, skills: Sequence[StudySkill], items: Sequence[StudyItem], days: StudyDays, today: int
    ) -> None:
        """``today`` is the ordinal of the first day; the interview follows the last one."""
        self.steps: list[Step] = []
        self._days = days
        self._horizon = len(days.seconds)
        self._prospects = _prospects(skills, items, self._horizon)
        self._requires = {each.skill: each.requires for each in skills}
        self._followers = _followers(skills)
        self._blocks = _blocks(items, self._prospects, days.longest)
        self._views: dict[int, View] = {}
        self._revisits: dict[int, Revisit] = {}
        self._queue: list[tuple[float, int, Candidate]] = []
        self._newest: dict[str | int, int] = {}
        self._queued = 0
        self._begin(items, today)
        self.without = self.expected
        self._fill()

    @property
    def expected(self) -> float:
        """The score 0..1 to expect on the day of the interview."""
        return sum(each.score for each in self._prospects.values())

    @property
    def mastery(self) -> dict[str, float]:
        """By skill, on the day of the interview."""
        return {skill: each.mastery for skill, each in self._prospects.items()}

    def _begin(self, items: Sequence[StudyItem], today: int) -> None:
        """What was met is remembered as far as it is, and everything waits in the queue."""
        met = []
        for item in items:
            if item.memory and item.skill in self._prospects:
                view = self._views[item.item_id] = _view(item.memory, today)
                self._prospects[item.skill].remember(view)
                met.append(item)
        for skill in self._prospects:
            self._open(skill)
        for item in met:
            self._queue_revisit(item)
        for skill in self._blocks:
            self._put(skill, inf)

    def _open(self, skill: str) -> None:
        first = (self._prospects[each] for each in self._requires[skill] if each in self._prospects)
        self._prospects[skill].open_by(first)

    def _put(self, what: Candidate, density: float) -> None:
        self._queued += 1
        self._newest[_key(what)] = self._queued
        heappush(self._queue, (-density, self._queued, what))

    def _queue_revisit(self, item: StudyItem) -> None:
        view = self._views[item.item_id]
        self._put(item, self._prospects[item.skill].most(view, item.seconds))

    def _fill(self) -> None:
        queue = self._queue
        while queue and self._days.open:
            _, number, what = heappop(queue)
            if self._newest[_key(what)] != number:
                continue
            step = self._new(what) if isinstance(what, str) else self._again(what)
            if step is None or step.change.density <= 0.0:
                continue
            if queue and step.change.density < -queue[0][0]:
                self._put(what, step.change.density)
            else:
                self._take(step)

    def _new(self, skill: str) -> Step | None:
        """The next new questions of a skill that fit, on the first day that has room."""
        blocks = self._blocks[skill]
        while blocks:
            block = blocks[-1]
            seconds = sum(item.seconds for item in block)
            day = self._days.first_for_new(skill, seconds, len(block))
            if day is not None:
                change = self._prospects[skill].with_new(seconds, len(block), day)
                return Step(day, skill, block, True, change)
            blocks.pop()
        return None

    def _again(self, item: StudyItem) -> Step | None:
        """A question once more, on the day after which most is remembered, or near it."""
        view = self._views[item.item_id]
        ahead = self._revisits.get(item.item_id) or self._best_revisit(view)
        if ahead and not self._days.has_room(ahead.day, item.skill, item.seconds):
            ahead = self._near(ahead.day, item, view)
        if ahead is None:
            return None
        self._revisits[item.item_id] = ahead
        change = self._prospects[item.skill].with_again(item.seconds, view, ahead)
        return Step(ahead.day, item.skill, (item,), False, change)

    def _best_revisit(self, view: View) -> Revisit | None:
        days = self._days.spread_after(view.day, PROBES)
        found = (revisit(view, day, self._horizon) for day in days)
        return max(found, key=lambda each: each.then, default=None)

    def _near(self, day: int, item: StudyItem, view: View) -> Revisit | None:
        for other in self._days.near(day, after=view.day):
            if self._days.has_room(other, item.skill, item.seconds):
                return revisit(view, other, self._horizon)
        return None

    def _take(self, step: Step) -> None:
        self.steps.append(step)
        self._days.take(step.day, step.skill, step.items)
        self._prospects[step.skill].accept(step.change)
        for item, view in zip(step.items, step.change.views, strict=True):
            self._views[item.item_id] = view
            self._revisits.pop(item.item_id, None)
            self._queue_revisit(item)
        if step.is_new:
            self._blocks[step.skill].pop()
            for skill in (step.skill, *self._followers.get(step.skill, ())):
                if skill in self._blocks:
                    self._open(skill)
                    self._put(skill, inf)


def _key(what: Candidate) -> str | int:
    return what if isinstance(what, str) else what.item_id


def _view(memory: Memory, today: int) -> View:
    """What is known of a question that was met before the plan."""
    held = trace(memory)
    return View(min(0, memory.reviewed_at.toordinal() - today), 1.0, held, held)


def _prospects(
    skills: Sequence[StudySkill], items: Sequence[StudyItem], horizon: int
) -> dict[str, Prospect]:
    questions: dict[str, int] = defaultdict(int)
    for item in items:
        questions[item.skill] += 1
    total = sum(each.weight for each in skills) or 1.0
    return {
        each.skill: Prospect(each, each.weight / total, max(1, questions[each.skill]), horizon)
        for each in skills
    }


def _followers(skills: Sequence[StudySkill]) -> Mapping[str, Sequence[str]]:
    """By skill those that it comes before."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in skills:
        for required in each.requires:
            found[required].append(each.skill)
    return found


def _blocks(
    items: Sequence[StudyItem], wanted: Mapping[str, Prospect], longest: float
) -> dict[str, list[Block]]:
    """By skill what is new, in blocks, the last one first; what fits no day is left out."""
    found: dict[str, list[Block]] = defaultdict(list)
    for item in items:
        if item.memory is None and item.skill in wanted and item.seconds <= longest:
            blocks = found[item.skill]
            last = blocks[-1] if blocks else ()
            seconds = sum(each.seconds for each in last) + item.seconds
            if last and len(last) < BLOCK and seconds <= BLOCK_SHARE * longest:
                blocks[-1] = (*last, item)
            else:
                blocks.append((item,))
    return {skill: blocks[::-1] for skill, blocks in found.items()}
