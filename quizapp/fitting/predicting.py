"""What given parameters expect of a log, and how that compares with what came."""

from collections.abc import Mapping

import numpy as np

from quizapp.domain.skill_model import SkillModel
from quizapp.domain.skill_parameters import ItemParameters, SkillParameters
from quizapp.fitting import numbers
from quizapp.fitting.answer_log import AnswerLog, Floats, Integers
from quizapp.fitting.encoding import encode
from quizapp.fitting.facts import facts_before
from quizapp.fitting.filtering import Difficulties, run
from quizapp.fitting.numbers import Numbers
from quizapp.fitting.reading_out import read


def log_loss(score: Floats, expected: Floats) -> float:
    """Mean log loss of fractions, in nats."""
    sure = np.clip(expected, 1e-6, 1.0 - 1e-6)
    return float(-np.mean(score * np.log(sure) + (1.0 - score) * np.log(1.0 - sure)))


def predictions(
    log: AnswerLog, requires: Mapping[str, tuple[str, ...]], parameters: SkillParameters
) -> Floats:
    """P(right) of every answer before it was given, in the log's order."""
    encoded = encode(log, requires)
    items = in_order(_as_fitted(log, parameters), encoded.row)
    guess = guesses(log)[encoded.row]
    values = Numbers(numbers.of_parameters(parameters)[None])
    filtered = run(encoded, items, guess, values)
    facts = facts_before(encoded, items, filtered, guess)
    return scattered(read(parameters.read_out, filtered.margin[0], facts, guess), encoded.row)


def _as_fitted(log: AnswerLog, parameters: SkillParameters) -> Difficulties:
    model = SkillModel(parameters)
    by_pair: dict[tuple[int, int], ItemParameters] = {}
    for item, skills in set(zip(log.item.tolist(), log.skills.tolist(), strict=True)):
        known = log.items[item]
        by_pair[item, skills] = model.item(known.key, log.skill_sets[skills], known.difficulty)
    rows = [by_pair[pair] for pair in zip(log.item.tolist(), log.skills.tolist(), strict=True)]
    columns = np.array(rows)
    return Difficulties(columns[:, 0], columns[:, 1], columns[:, 2])


def expected(margin: Floats, guess: Floats) -> Floats:
    """P(right) at a margin, the filter at its word."""
    found: Floats = guess + (1.0 - guess) / (1.0 + np.exp(-margin))
    return found


def guesses(log: AnswerLog) -> Floats:
    """The guess floor of every answer."""
    return np.array([item.guess for item in log.items])[log.item]


def in_order(items: Difficulties, rows: Integers) -> Difficulties:
    """Those of ``rows``, in their order."""
    return Difficulties(*(column[rows] for column in items))


def scattered(values: Floats, rows: Integers) -> Floats:
    """The inverse: each value where its row was."""
    found = np.empty(len(values))
    found[rows] = values
    return found
