"""Answer logs of real learners, to measure the skill model by; none is part of this project.

A set is ``<name>.csv.gz`` (learner, order, item, skills separated by ";", correct; a timestamp
where there is one), and perhaps ``<name>_tree.csv`` (skill, parent).
"""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quizapp.config import ROOT
from quizapp.fitting.answer_log import AnswerLog, Integers, LoggedItem

FOLDER = ROOT.parent / "shared" / "learning" / "data"
NAMES = ("assist09", "algebra05", "ednet", "eedi", "assist17")
FOLDS = 5


@dataclass(frozen=True)
class AnswerSet:
    """A set and, of every learner, the fold in which they are tested."""

    name: str
    log: AnswerLog
    fold: Integers


def load(name: str, folder: Path = FOLDER, guess: float = 0.0) -> AnswerSet:
    """The set of that name. Raises OSError where it is not there."""
    with gzip.open(folder / f"{name}.csv.gz", "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.sort(key=lambda row: (row["learner"], int(row["order"])))
    places = _places(folder / f"{name}_tree.csv")
    learners, learner = np.unique([row["learner"] for row in rows], return_inverse=True)
    items, item = np.unique([row["item"] for row in rows], return_inverse=True)
    sets, skills = np.unique([row["skills"] for row in rows], return_inverse=True)
    log = AnswerLog(
        learner=learner.astype(np.int32),
        item=item.astype(np.int32),
        skills=skills.astype(np.int32),
        seconds=np.array([float(row.get("timestamp") or 0.0) for row in rows]),
        score=np.array([float(row["correct"]) for row in rows]),
        items=tuple(LoggedItem(key, None, guess) for key in items.tolist()),
        skill_sets=tuple(
            tuple(places.get(skill, skill) for skill in each.split(";")) for each in sets.tolist()
        ),
    )
    # The same folds as those of the published comparison.
    fold = np.random.default_rng(7).permutation(len(learners)) % FOLDS
    return AnswerSet(name, log, fold.astype(np.int32))


def _places(path: Path) -> dict[str, str]:
    """Every skill of a tree by its place, written with dots; the root is left out."""
    if not path.exists():
        return {}
    with path.open(newline="") as file:
        parents = {row["skill"]: row["parent"] for row in csv.DictReader(file)}

    def above(skill: str) -> list[str]:
        parent = parents.get(skill, "")
        return [*above(parent), parent] if parents.get(parent) else []

    return {skill: ".".join([*above(skill), f"={skill}"]) for skill in parents}
