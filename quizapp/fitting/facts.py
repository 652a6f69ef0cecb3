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
    skills = _OwnSkills(encoded)
    known: dict[str, Floats] = {}
    known |= skills.facts(surprise)
    known |= _of_learner(encoded)
    known |= _of_item(encoded)
    known |= _of_moment(encoded, surprise, skills.is_just_asked())
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


class _OwnSkills:
    """The slots of each answer's own skills, and what came before on them.

    The columns are in the order of steps; ``previous`` and ``_counts`` want the log's own.
    """

    def __init__(self, encoded: Encoded) -> None:
        self._encoded, self._place = encoded, _places(encoded)
        own = (encoded.is_counted > 0) & (encoded.level == SKILL)
        self._share = own / np.maximum(1, own.sum(axis=1))[:, None]
        self._slot = np.where(own, encoded.slot, encoded.pairs).astype(np.int32)
        before = previous(self._slot[self._place], encoded.pairs)[encoded.row]
        self._is_known = (before >= 0) & own
        self._last = np.where(before < 0, 0, self._place[before])
        self._lag = np.maximum(0.0, encoded.row[:, None] - before - 1.0)

    def facts(self, surprise: Floats) -> dict[str, Floats]:
        log = self._encoded.log
        wins, fails = (
            _counts(self._slot, self._place, score, self._encoded)
            for score in (log.score, 1.0 - log.score)
        )
        hours = np.maximum(0.0, log.seconds[:, None] - log.seconds[self._last]) / SECONDS_PER_HOUR
        moving = trends(self._encoded, surprise)
        return {
            "skill_wins": self._mean(np.log1p(wins)),
            "skill_fails": self._mean(np.log1p(fails)),
            "skill_trend": self._mean(moving.slots),
            "skill_last": self._mean(2.0 * log.score[self._last] - 1.0),
            "skill_is_new": 1.0 - self._is_known.any(axis=1),
            "skill_hours": self._mean(np.log1p(hours)),
            "skill_lag": self._mean(np.log1p(self._lag)),
            "trend": moving.learner,
        }

    def is_just_asked(self) -> Floats:
        """1 where the answer just before was on one of these skills."""
        found: Floats = (self._is_known & (self._lag == 0)).any(axis=1).astype(np.float64)
        return found

    def _mean(self, values: Floats) -> Floats:
        """Over the skills of each answer; 0 for one that is new."""
        found: Floats = (self._share * np.where(self._is_known, values, 0.0)).sum(axis=1)
        return found


def _of_learner(encoded: Encoded) -> dict[str, Floats]:
    """All answers of the learner so far."""
    log, place = encoded.log, _places(encoded)
    wins, fails = (
        _counts(log.learner[:, None], place, score, encoded)[:, 0]
        for score in (log.score, 1.0 - log.score)
    )
    return {"wins": np.log1p(wins), "fails": np.log1p(fails)}


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
