"""How long a practice set takes, from the time that its items are expected to need."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy import Boolean, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PoolItem, QuizPlan, extent
from quizapp.domain.question_types.code import Code
from quizapp.services import runner_state
from quizapp.services.pools import LIBRARY


@dataclass(frozen=True)
class PracticeSize:
    """Number of questions, and the minutes a good candidate needs for them."""

    questions: int
    minutes: int


@dataclass(frozen=True)
class BankSize:
    """What a bank asks: questions, and the seconds of all of them together."""

    is_practised: bool
    items: int
    seconds: int


def of_plan(plan: QuizPlan, pool: Sequence[PoolItem]) -> PracticeSize:
    """What ``plan`` draws from ``pool``."""
    found = extent(plan, pool)
    return PracticeSize(found.questions, ceil(found.seconds / 60))


def of_banks(session: Session) -> Mapping[str, BankSize]:
    """What there is to draw in each bank, by its slug."""
    runnable = runner_state.runnable(session)
    rows = session.execute(
        _OF_BANKS, {"with_programs": runnable.is_any, "libraries": runnable.libraries}
    )
    return {
        slug: BankSize(is_practised, items, int(seconds))
        for slug, is_practised, items, seconds in rows
    }


def planned(plan: QuizPlan, sizes: Mapping[str, BankSize]) -> PracticeSize:
    """What ``plan`` takes of banks of these sizes, each item with the mean time of its bank.

    Quizzes of a bank know how many of its items fit; this is for lists, where asking the bank for
    each would take too long.
    """
    taken: Counter[str | None] = Counter()
    seconds = 0.0
    for section in plan.sections:
        found = [
            size
            for name, size in sizes.items()
            if (name == section.bank if section.bank else size.is_practised)
        ]
        items = sum(size.items for size in found)
        count = min(section.questions, items - taken[section.bank])
        taken[section.bank] += count
        seconds += count * sum(size.seconds for size in found) / max(1, items)
    return PracticeSize(taken.total(), ceil(seconds / 60))


_CAN_BE_ASKED = or_(
    models.ItemRevision.kind != Code.kind,
    and_(
        bindparam("with_programs", type_=Boolean),
        or_(LIBRARY.is_(None), LIBRARY.in_(bindparam("libraries", expanding=True))),
    ),
)
_OF_BANKS = (
    select(
        models.ItemBank.slug,
        models.ItemBank.is_practised,
        func.count(models.ItemRevision.id),
        func.sum(models.ItemRevision.seconds),
    )
    .join(models.Item, models.Item.bank_id == models.ItemBank.id)
    .join(models.ItemRevision, models.ItemRevision.item_id == models.Item.id)
    .where(
        models.ItemRevision.is_current,
        models.ItemRevision.points > 0,
        _CAN_BE_ASKED,
        models.Item.retired_at.is_(None),
    )
    .group_by(models.ItemBank.id)
)
