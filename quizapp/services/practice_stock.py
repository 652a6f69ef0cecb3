"""What there is to practise on each skill, and how long it takes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.domain.assembly import PoolItem
from quizapp.domain.question_types.code import Code


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is to practise: items, and the mean seconds of one."""

    items: int
    seconds: float


NOTHING = Stock(0, 0.0)


@dataclass(frozen=True, slots=True)
class Stocks:
    """What there is on each skill, and what is mixed into the sets of others."""

    by_skill: Mapping[str, Stock]
    elsewhere: Stock

    def of(self, skill_id: str) -> Stock:
        return self.by_skill.get(skill_id, NOTHING)


def of(pool: Sequence[PoolItem]) -> Stocks:
    """What ``pool`` has for practice."""
    by_skill: dict[str, list[int]] = defaultdict(list)
    elsewhere: list[int] = []
    for item in pool:
        if item.is_practised and item.is_scored:
            for skill in item.skills:
                by_skill[skill].append(item.seconds)
            if item.kind != Code.kind:
                elsewhere.append(item.seconds)
    return Stocks({skill: _stock(each) for skill, each in by_skill.items()}, _stock(elsewhere))


def _stock(seconds: Sequence[int]) -> Stock:
    return Stock(len(seconds), sum(seconds) / len(seconds)) if seconds else NOTHING
