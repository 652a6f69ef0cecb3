"""How likely a learner answers a question right."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import log1p
from typing import NamedTuple

from quizapp.domain import skill_model
from quizapp.domain.mastery import NodeBelief, ability, answer_count, doubt, margin_over, parts_of
from quizapp.domain.read_out import PLAIN, Facts, ItemHistory
from quizapp.domain.skill_model import COLD_MODEL, LEARNER, SkillModel
from quizapp.domain.skill_parameters import ItemParameters

_SECONDS_PER_HOUR = 3_600.0
_NOT_YET = NodeBelief(0.0, 0.0)
_NEVER = ItemHistory(0.0, 0.0, 0.5)


class Question(NamedTuple):
    """A question that might be asked; ``item`` is its key among the fitted parameters.

    ``history`` is what the learner did with this very item before.
    """

    skills: tuple[str, ...]
    difficulty: int | None
    guess: float
    item: str | None = None
    history: ItemHistory | None = None


def predict(
    beliefs: Mapping[str, NodeBelief],
    question: Question,
    now: datetime,
    model: SkillModel = COLD_MODEL,
) -> float:
    """P(right), guessing included, on ``question``."""
    parts = parts_of(beliefs, question.skills, now, model)
    item = model.item(question.item, question.skills, question.difficulty)
    margin, variance = margin_over(parts, item, model)
    logit = margin / skill_model.smoothing(variance)
    read_out = model.parameters.read_out
    if read_out != PLAIN:
        facts = lasting_facts(beliefs, question.skills, now)
        facts = with_moment(facts, beliefs, question.skills, now, question.history)
        facts = with_margin(facts, logit, item, ability(parts), doubt(parts))
        logit = read_out.logit(logit, facts)
    return question.guess + (1.0 - question.guess) * skill_model.logistic(logit)


def lasting_facts(beliefs: Mapping[str, NodeBelief], skills: Sequence[str], now: datetime) -> Facts:
    """What the learner's answers on ``skills``, and all of them, have in common."""
    count = answer_count(beliefs)
    root = beliefs.get(LEARNER, _NOT_YET)
    own = _answered(beliefs, skills)
    share = 1 / len(set(skills))
    return Facts(
        skill_wins=share * sum(log1p(each.wins) for each in own),
        skill_fails=share * sum(log1p(each.fails) for each in own),
        skill_trend=share * sum(each.trend for each in own),
        skill_last=share * sum(2.0 * (each.last_correct or 0.0) - 1.0 for each in own),
        skill_is_new=0.0 if own else 1.0,
        skill_hours=share * sum(log1p(_seconds(each, now) / _SECONDS_PER_HOUR) for each in own),
        skill_lag=share * sum(log1p(count - each.answered_after) for each in own),
        wins=log1p(root.wins),
        fails=log1p(root.fails),
        trend=root.trend,
    )


def with_moment(
    facts: Facts,
    beliefs: Mapping[str, NodeBelief],
    skills: Sequence[str],
    now: datetime,
    history: ItemHistory | None = None,
) -> Facts:
    """``facts`` with those of this very item and of the answer just before."""
    root = beliefs.get(LEARNER, _NOT_YET)
    own = _answered(beliefs, skills)
    is_same = 1.0 if any(each.answered_after == root.answered_after for each in own) else 0.0
    item = history or _NEVER
    pause = log1p(_seconds(root, now))
    return facts._replace(
        item_wins=log1p(item.wins),
        item_fails=log1p(item.fails),
        item_last=2.0 * item.last_score - 1.0,
        surprise=root.surprise,
        pause=pause,
        pause_squared=pause**2,
        surprise_by_pause=root.surprise * pause,
        surprise_by_pause_squared=root.surprise * pause**2,
        is_same_skill=is_same,
        surprise_on_same_skill=is_same * root.surprise,
    )


def with_margin(
    facts: Facts, logit: float, item: ItemParameters, ability: float, doubt: float
) -> Facts:
    """``facts`` with those that depend on item and margin."""
    return facts._replace(
        difficulty=item.difficulty,
        item_doubt=item.variance,
        doubt=doubt,
        margin_by_item_doubt=logit * item.variance,
        margin_by_doubt=logit * doubt,
        margin_squared=logit**2,
        ability_by_difficulty=ability * item.difficulty,
    )


def _seconds(belief: NodeBelief, now: datetime) -> float:
    """Since the last answer on the node; 0 before any, and when the clock went back."""
    if belief.answered_at is None:
        return 0.0
    return max(0.0, (now - belief.answered_at).total_seconds())


def _answered(beliefs: Mapping[str, NodeBelief], skills: Sequence[str]) -> list[NodeBelief]:
    """What is believed of those of ``skills`` that the learner was asked about."""
    found = (beliefs.get(skill) for skill in dict.fromkeys(skills))
    return [belief for belief in found if belief is not None and belief.answered_at is not None]
