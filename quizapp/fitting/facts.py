"""The facts of ``domain.read_out`` for every answer of a log at once."""

import numpy as np

from quizapp.domain.read_out import Facts
from quizapp.fitting.answer_log import Floats, Integers
from quizapp.fitting.encoding import SKILL, Encoded, previous
from quizapp.fitting.filtering import Difficulties, Filtered, trends

SECONDS_PER_HOUR = 3_600.0


def facts_before(
    encoded: Encoded, items: Difficulties, filtered: Filtered, guess: Floats
) -> Floats:
    """One column a fact, in the order of ``Facts``, of what was known before each answer."""
    margin = filtered.margin[0]
    surprise = encoded.score - guess - (1.0 - guess) / (1.0 + np.exp(-margin))
    known: dict[str, Floats] = {}
    known |= _of_skills(encoded, surprise)
    known |= _of_item(encoded)
    known |= _of_moment(encoded, surprise, known.pop("is_just_asked"))
    known |= {
        "difficulty": items.mean,
        "item_doubt": items.variance,
        "doubt": filtered.doubt[0],
        "margin_by_item_doubt": margin * items.variance,
        "margin_by_doubt": margin * filtered.doubt[0],
        "margin_squared": margin**2,
        "ability_by_difficulty": filtered.ability[0] * items.mean,
    }
    return np.stack([known[name] for name in Facts._fields], axis=1)


def _of_skills(encoded: Encoded, surprise: Floats) -> dict[str, Floats]:
    """The log is in the order of steps here, so sums run over rows put back in their own order."""
    log, place = encoded.log, _places(encoded)
    own = (encoded.is_counted > 0) & (encoded.level == SKILL)
    share = own / np.maximum(1, own.sum(axis=1))[:, None]
    slot = np.where(own, encoded.slot, encoded.pairs)
    before = previous(slot[place], encoded.pairs)[encoded.row]
    last = np.where(before < 0, 0, place[before])
    is_known = (before >= 0) & own
    wins, fails = (_counts(slot, place, score, encoded) for score in (log.score, 1.0 - log.score))
    moving = trends(encoded, surprise)
    hours = np.maximum(0.0, log.seconds[:, None] - log.seconds[last]) / SECONDS_PER_HOUR
    lag = encoded.row[:, None] - before - 1.0

    def mean(values: Floats) -> Floats:
        found: Floats = (share * np.where(is_known, values, 0.0)).sum(axis=1)
        return found

    every = np.where(True, log.learner[:, None], 0).astype(np.int32)
    all_wins, all_fails = (
        _counts(every, place, score, encoded)[:, 0] for score in (log.score, 1.0 - log.score)
    )
    return {
        "skill_wins": mean(np.log1p(wins)),
        "skill_fails": mean(np.log1p(fails)),
        "skill_trend": mean(moving.slots),
        "skill_last": mean(2.0 * log.score[last] - 1.0),
        "skill_is_new": 1.0 - is_known.any(axis=1),
        "skill_hours": mean(np.log1p(hours)),
        "skill_lag": mean(np.log1p(np.maximum(0.0, lag))),
        "wins": np.log1p(all_wins),
        "fails": np.log1p(all_fails),
        "trend": moving.learner,
        "is_just_asked": (is_known & (lag == 0)).any(axis=1).astype(float),
    }


def _of_item(encoded: Encoded) -> dict[str, Floats]:
    """What the learner did with this very item before."""
    log, place = encoded.log, _places(encoded)
    key = log.learner.astype(np.int64) * len(log.items) + log.item
    slot = np.unique(key, return_inverse=True)[1].astype(np.int32)[:, None]
    before = previous(slot[place], -1)[encoded.row][:, 0]
    wins, fails = (
        _counts(slot, place, score, encoded)[:, 0] for score in (log.score, 1.0 - log.score)
    )
    last = 2.0 * log.score[place[np.maximum(before, 0)]] - 1.0
    return {
        "item_wins": np.log1p(wins),
        "item_fails": np.log1p(fails),
        "item_last": np.where(before < 0, 0.0, last),
    }


def _of_moment(encoded: Encoded, surprise: Floats, is_same: Floats) -> dict[str, Floats]:
    """What the answer just before says."""
    log, place = encoded.log, _places(encoded)
    before = previous(log.learner[place][:, None], -1)[encoded.row][:, 0]
    last = place[np.maximum(before, 0)]
    just = np.where(before < 0, 0.0, surprise[last])
    passed = np.where(before < 0, 0.0, np.maximum(0.0, log.seconds - log.seconds[last]))
    pause = np.log1p(passed)
    return {
        "surprise": just,
        "pause": pause,
        "pause_squared": pause**2,
        "surprise_by_pause": just * pause,
        "surprise_by_pause_squared": just * pause**2,
        "is_same_skill": is_same,
        "surprise_on_same_skill": is_same * just,
    }


def _places(encoded: Encoded) -> Integers:
    """Where each row of the log stands among the steps."""
    found: Integers = np.argsort(encoded.row).astype(np.int32)
    return found


def _counts(slot: Integers, place: Integers, amount: Floats, encoded: Encoded) -> Floats:
    """Of every slot, the sum of ``amount`` over earlier answers on its pair."""
    rows = slot[place]
    flat, width = rows.ravel(), rows.shape[1]
    order = np.argsort(flat, kind="stable")
    amounts = np.repeat(amount[place], width)[order]
    sums = np.cumsum(amounts) - amounts
    starts = np.flatnonzero(np.r_[True, flat[order][1:] != flat[order][:-1]])
    first = np.repeat(sums[starts], np.diff(np.r_[starts, len(flat)]))
    found = np.empty(len(flat))
    found[order] = sums - first
    return found.reshape(rows.shape)[encoded.row]
