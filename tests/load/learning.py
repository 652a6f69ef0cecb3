"""How well the skill model foretells real learners' answers: five folds by learner, five sets.

    python -m tests.load.learning [--cold] [SET ...]

Fitted to four folds and asked about the fifth, whose learners it has never seen: AUC, log loss,
Brier score and expected calibration error (ECE, ten bins). A leak check flips all answers from a
random one on: what was foretold until then must not move. ``--cold`` fits nothing: all that is
known is an author's label 1 to 5 of each item, here the difficulty that other learners found,
rounded to the scale. The sets are not part of this project; without them there is nothing to do.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from quizapp.domain.mastery import NodeBelief, Observation, update
from quizapp.domain.prediction import Question, predict
from quizapp.domain.read_out import ItemHistory
from quizapp.domain.skill_model import DIFFICULTY_LOGITS, SkillModel
from quizapp.domain.skill_parameters import COLD, SkillParameters
from quizapp.fitting.answer_log import AnswerLog, Flags, Floats, LoggedItem
from quizapp.fitting.encoding import of_learners
from quizapp.fitting.fit import Fitted, fit
from quizapp.fitting.predicting import log_loss, predictions
from tests.load import answer_sets
from tests.load.answer_sets import FOLDS, AnswerSet

GUESSES = {"ednet": (0.0, 0.1, 0.2, 0.25), "eedi": (0.0, 0.2)}
"""Sets of questions with four options; which floor fits better is found by cross-fitting."""
AUC_AT_LEAST = {
    "assist09": 0.7783, "algebra05": 0.8157, "ednet": 0.6976, "eedi": 0.7657, "assist17": 0.7688,
}  # fmt: skip
LOSS_AT_MOST = {
    "assist09": 0.5220, "algebra05": 0.4204, "ednet": 0.5966, "eedi": 0.5592, "assist17": 0.5664,
}  # fmt: skip
COLD_AUC_AT_LEAST = {"ednet": 0.677, "assist17": 0.754}
"""What an earlier version of the filter reaches with the same labels."""
ECE_AT_MOST = 0.015
MICROSECONDS_AT_MOST = 50.0
BINS = 10
CHECKED_LEARNERS = 20
MOST_CHECKED_ANSWERS = 400
START = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Figures:
    """Of one fold, or means over folds. ``microseconds`` of processor time an update takes."""

    auc: float
    loss: float
    brier: float
    ece: float
    microseconds: float
    is_leak_free: bool = True


def main(arguments: Sequence[str]) -> int:
    """The figures of each set; 1 where a budget is broken, or a leak found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("sets", nargs="*", default=answer_sets.NAMES)
    chosen = parser.parse_args(arguments)
    if not answer_sets.FOLDER.is_dir():
        print(f"There are no answer logs in {answer_sets.FOLDER}.")
        return 0
    print("set        AUC    log loss  Brier  ECE (of all folds together)  µs an update")
    results = [_reported(name, is_cold=chosen.cold) for name in chosen.sets]
    return 0 if all(results) else 1


def _reported(name: str, *, is_cold: bool) -> bool:
    """The figures of one set are on the screen; True when they keep to the budget."""
    began = time.monotonic()
    folds, scores, expected = [], [], []
    for fold in range(FOLDS):
        guesses = GUESSES.get(name, (0.0,))
        test, found = _cold(name, fold) if is_cold else _fitted(name, fold, guesses)
        foretold = predictions(test, {}, found)
        folds.append(_figures(test, foretold, found))
        scores.append(test.score)
        expected.append(foretold)
    mean = _mean(folds)
    together = ece(np.concatenate(scores), np.concatenate(expected))
    faults = _faults(mean)
    faults += _cold_faults(name, mean) if is_cold else _fitted_faults(name, mean, together)
    print(
        f"{name:10} {mean.auc:.4f} {mean.loss:.4f}    {mean.brier:.4f} {mean.ece:.4f} "
        f"({together:.4f}) {mean.microseconds:18.0f}   {time.monotonic() - began:.0f} s "
        f"{'; '.join(faults)}",
        flush=True,
    )
    return not faults


def _fitted(name: str, fold: int, guesses: Sequence[float]) -> tuple[AnswerLog, SkillParameters]:
    """The fold to be tested, and what was fitted to the others, by the best of ``guesses``."""
    best: tuple[Fitted, AnswerSet] | None = None
    for guess in guesses:
        answers = answer_sets.load(name, guess=guess)
        found = fit(_part(answers, answers.fold != fold), {}, COLD)
        if best is None or found.loss < best[0].loss:
            best = found, answers
    assert best is not None
    found, answers = best
    return _part(answers, answers.fold == fold), found.parameters


def _cold(name: str, fold: int) -> tuple[AnswerLog, SkillParameters]:
    """The fold, its items labelled by what other learners found, and the built-in parameters."""
    test, found = _fitted(name, fold, GUESSES.get(name, (0.0,))[-1:])
    labelled = [replace(item, difficulty=_label(item, found)) for item in test.items]
    return replace(test, items=tuple(labelled)), COLD


def _label(item: LoggedItem, found: SkillParameters) -> int:
    """The step of the scale that is next to the item's difficulty, less that of the average."""
    known = found.items.get(item.key)
    if known is None:
        return 3
    difficulty = known.difficulty - found.level
    return min(DIFFICULTY_LOGITS, key=lambda step: abs(DIFFICULTY_LOGITS[step] - difficulty))


def _part(answers: AnswerSet, is_wanted: Flags) -> AnswerLog:
    """The answers of those learners."""
    return of_learners(answers.log, np.flatnonzero(is_wanted).astype(np.int32))


def _figures(test: AnswerLog, foretold: Floats, found: SkillParameters) -> Figures:
    return Figures(
        auc=auc(test.score, foretold),
        loss=log_loss(test.score, foretold),
        brier=float(np.mean((foretold - test.score) ** 2)),
        ece=ece(test.score, foretold),
        microseconds=_one_by_one(test, foretold, SkillModel(found)),
        is_leak_free=_is_leak_free(test, foretold, found),
    )


def auc(score: Floats, expected: Floats) -> float:
    """The chance that a right answer was expected more than a wrong one; ties count half."""
    _, rank, count = np.unique(expected, return_inverse=True, return_counts=True)
    middle = (np.cumsum(count) - (count - 1) / 2.0)[rank]
    right = score > 0.5
    wins, losses = int(right.sum()), int((~right).sum())
    return float((middle[right].sum() - wins * (wins + 1) / 2.0) / (wins * losses))


def ece(score: Floats, expected: Floats) -> float:
    """Mean gap of share right and mean expectation, over ten bins of equal width."""
    place = np.minimum((expected * BINS).astype(int), BINS - 1)
    gaps = np.bincount(place, score - expected, BINS)
    return float(np.abs(gaps).sum() / len(score))


def _is_leak_free(test: AnswerLog, foretold: Floats, found: SkillParameters) -> bool:
    """True when no expectation knew of its own answer or of a later one."""
    random = np.random.default_rng(0)
    starts = np.flatnonzero(np.r_[True, test.learner[1:] != test.learner[:-1]])
    ends = np.r_[starts[1:], len(test)]
    cuts = np.array([random.integers(a, b) for a, b in zip(starts, ends, strict=True)])
    is_after = np.arange(len(test)) >= cuts[test.learner]
    flipped = replace(test, score=np.where(is_after, 1.0 - test.score, test.score))
    again = predictions(flipped, {}, found)
    is_before = np.arange(len(test)) <= cuts[test.learner]
    return bool(np.allclose(again[is_before], foretold[is_before], atol=1e-9, rtol=0.0))


def _one_by_one(test: AnswerLog, foretold: Floats, model: SkillModel) -> float:
    """Microseconds that an update takes in the product's own functions, which foretell the same.

    Raises AssertionError if they do not.
    """
    spent, count = 0.0, 0
    for learner in range(min(CHECKED_LEARNERS, int(test.learner.max()) + 1)):
        rows = np.flatnonzero(test.learner == learner)[:MOST_CHECKED_ANSWERS]
        beliefs: dict[str, NodeBelief] = {}
        histories: dict[int, ItemHistory] = {}
        for row in rows.tolist():
            number, score = int(test.item[row]), float(test.score[row])
            item, skills = test.items[number], test.skill_sets[test.skills[row]]
            now = START + timedelta(seconds=float(test.seconds[row]))
            asked = Question(skills, item.difficulty, item.guess, item.key, histories.get(number))
            own = predict(beliefs, asked, now, model)
            assert abs(own - foretold[row]) < 1e-6, "one by one is not as all at once"
            seen = Observation(skills, score, item.difficulty, item.guess, now, item.key)
            began = time.process_time()
            beliefs.update(update(beliefs, seen, model))
            spent += time.process_time() - began
            count += 1
            wins, fails, _ = histories.get(number) or (0.0, 0.0, 0.0)
            histories[number] = ItemHistory(wins + score, fails + 1.0 - score, score)
    return spent / count * 1e6


def _mean(folds: Sequence[Figures]) -> Figures:
    def mean(name: str) -> float:
        return float(np.mean([getattr(each, name) for each in folds]))

    return Figures(
        auc=mean("auc"),
        loss=mean("loss"),
        brier=mean("brier"),
        ece=mean("ece"),
        microseconds=mean("microseconds"),
        is_leak_free=all(each.is_leak_free for each in folds),
    )


def _faults(found: Figures) -> list[str]:
    faults = []
    if not found.is_leak_free:
        faults.append("LEAK")
    if found.microseconds > MICROSECONDS_AT_MOST:
        faults.append(f"an update over {MICROSECONDS_AT_MOST:.0f} µs")
    return faults


def _fitted_faults(name: str, found: Figures, together: float) -> list[str]:
    faults = []
    if together > ECE_AT_MOST:
        faults.append(f"ECE above {ECE_AT_MOST}")
    if found.auc < AUC_AT_LEAST.get(name, 0.0):
        faults.append(f"AUC below {AUC_AT_LEAST[name]}")
    if found.loss > LOSS_AT_MOST.get(name, 9.0):
        faults.append(f"log loss above {LOSS_AT_MOST[name]}")
    return faults


def _cold_faults(name: str, found: Figures) -> list[str]:
    least = COLD_AUC_AT_LEAST.get(name, 0.0)
    return [f"AUC below {least}"] if found.auc < least else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
