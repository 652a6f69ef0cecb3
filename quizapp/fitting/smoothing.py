"""Abilities in hindsight: at every answer, from all other answers of the learner.

The filter forwards and backwards, joined as two measurements that share a prior: the two-filter
smoother of Fraser and Potter, IEEE Transactions on Automatic Control 14, 1969.
"""

from collections.abc import Mapping

import numpy as np

from quizapp.fitting.answer_log import AnswerLog, Floats
from quizapp.fitting.difficulties import Abilities
from quizapp.fitting.encoding import Encoded, backwards, encode
from quizapp.fitting.filtering import Difficulties, run
from quizapp.fitting.numbers import Numbers
from quizapp.fitting.predicting import in_order, scattered


class Smoother:
    """A log encoded in both directions."""

    def __init__(
        self, log: AnswerLog, encoded: Encoded, requires: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._forth = encoded
        reverse, rows = backwards(log)
        self._back = encode(reverse, requires)
        self._place = rows[self._back.row]

    def smoothed(self, items: Difficulties, guess: Floats, values: Numbers) -> Abilities:
        """With the level. ``items`` and ``guess`` are in the log's order."""
        encoded, place = self._forth, self._place
        forth = run(encoded, in_order(items, encoded.row), guess[encoded.row], values)
        plain = values.without("learning", "correcting")
        back = run(self._back, in_order(items, place), guess[place], plain)
        mean, doubt = (scattered(each[0], encoded.row) for each in (forth.ability, forth.doubt))
        mean_back, doubt_back = (scattered(each[0], place) for each in (back.ability, back.doubt))
        prior = scattered(_prior_doubt(encoded, values), encoded.row)
        precision = np.maximum(1.0 / doubt + 1.0 / doubt_back - 1.0 / prior, 1.0 / prior)
        joined = (mean / doubt + mean_back / doubt_back) / precision
        return Abilities(joined + float(values.level[0]), 1.0 / precision)


def _prior_doubt(encoded: Encoded, values: Numbers) -> Floats:
    """V before any answer."""
    parts = encoded.share**2 * values.variances[0][encoded.level]
    found: Floats = values.root_variance[0] + parts.sum(axis=1)
    return found
