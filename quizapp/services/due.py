"""The due list: which items are to be seen again, when, and a set of what is due now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scheduling
from quizapp.domain.assembly import MAXIMUM_QUESTIONS, PlanSection, PoolItem, QuizPlan
from quizapp.domain.errors import QuizError
from quizapp.domain.taxonomy import Skill
from quizapp.services import memories, pools, quizzes, taxonomies

DAYS_AHEAD = 7
SET_MINUTES = 20
TITLE = "Due questions"


class DueItem(NamedTuple):
    """An item that is or will be due on a day; ``recall`` is how likely it is still known now."""

    item: PoolItem
    on: date
    recall: float


class Load(NamedTuple):
    """A number of items, and the seconds that a good candidate needs for them."""

    questions: int
    seconds: int


@dataclass(frozen=True)
class DueList:
    """What is due ``now``, today or since earlier, by skill, and what of it a set takes; and what
    comes on each of the next days.
    """

    now: Load
    set: Load
    by_skill: Sequence[tuple[Skill, Load]]
    days: Sequence[tuple[date, Load]]

    @property
    def coming(self) -> int:
        """How many items are due on the next days."""
        return sum(load.questions for _, load in self.days)


def due_list(session: Session, user_id: int, now: datetime) -> DueList:
    """What the learner has to see again today and on the next days. Days are those of UTC."""
    taxonomy, today = taxonomies.current(session), now.date()
    found = _found(session, user_id, now, DAYS_AHEAD)
    present = [each for each in found if each.on <= today]
    skills, days = defaultdict(list), defaultdict(list)
    for each in found:
        if each.on <= today:
            skills[each.item.skills[0]].append(each)
        else:
            days[each.on].append(each)
    by_skill = [(taxonomy.skill(skill), _load(items)) for skill, items in skills.items()]
    ahead = [today + timedelta(days=number) for number in range(1, DAYS_AHEAD + 1)]
    return DueList(
        now=_load(present),
        set=_load(_fitting(present)),
        by_skill=sorted(by_skill, key=lambda each: (-each[1].questions, each[0].name)),
        days=[(day, _load(days[day])) for day in ahead],
    )


def start(session: Session, user_id: int, now: datetime, rng: Random) -> models.Attempt:
    """An untimed practice attempt over what is due now, as far as it fits ``SET_MINUTES``.

    An item with parameters asks for fresh numbers. Raises QuizError when nothing is due, and as
    ``quizzes.practise`` does.
    """
    chosen = _fitting(_found(session, user_id, now, 0))
    if not chosen:
        raise QuizError("Nothing is due today. Come back tomorrow, or practise something new.")
    items = tuple(sorted(each.item.item_id for each in chosen))
    plan = QuizPlan(sections=(PlanSection(questions=len(items), items=items),))
    return quizzes.practise(session, user_id, plan, TITLE, now, rng)


def _found(session: Session, user_id: int, now: datetime, days_ahead: int) -> list[DueItem]:
    """What is due until that many days from today, but for what is not asked any more."""
    end = scheduling.due_until(now, days_ahead)
    asked = {
        item.item_id: item for item in pools.items(session) if item.is_practised and item.is_scored
    }
    return [
        DueItem(asked[item_id], each.due_at.date(), scheduling.recall(each.memory, now))
        for item_id, each in memories.due_before(session, user_id, end).items()
        if item_id in asked
    ]


def _fitting(due: Iterable[DueItem]) -> list[DueItem]:
    """What of ``due`` fits a set, the most forgotten first; one item in any case."""
    chosen: list[DueItem] = []
    seconds = 0
    for each in sorted(due, key=lambda each: each.recall):
        fits = seconds + each.item.seconds <= SET_MINUTES * 60 or not chosen
        if fits and len(chosen) < MAXIMUM_QUESTIONS:
            chosen.append(each)
            seconds += each.item.seconds
    return chosen


def _load(due: Sequence[DueItem]) -> Load:
    return Load(len(due), sum(each.item.seconds for each in due))
