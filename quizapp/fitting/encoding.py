"""An answer log as the filter works through it: all learners side by side, answer by answer.

A slot is one node that one answer touches; a pair is a learner and a node, where a belief lives.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from quizapp.domain.skill_model import LEARNER, RESPONSES_TO_FADE, SkillModel
from quizapp.domain.skill_parameters import COLD
from quizapp.fitting.answer_log import AnswerLog, Floats, Integers

SKILL, GROUP = 0, 1
SECONDS_PER_DAY = 86_400.0


@dataclass(frozen=True)
class Encoded:
    """A log in the order of ``steps``: first the first answers of all learners, then the second.

    ``row`` says where each stands in the log. Slots, of shape (answers, most nodes of one), are
    filled up with the pair ``pairs`` of share 0. ``days`` and ``lags`` are logs, of 1 + days and of
    1 + responses / 20, since the pair was touched last; ``root_days`` since the learner was.
    """

    log: AnswerLog
    row: Integers
    steps: tuple[tuple[int, int], ...]
    learners: int
    pairs: int
    slot: Integers
    level: Integers
    share: Floats
    is_counted: Floats
    days: Floats
    lags: Floats
    root_days: Floats

    @property
    def learner(self) -> Integers:
        return self.log.learner

    @property
    def score(self) -> Floats:
        return self.log.score


def encode(log: AnswerLog, requires: Mapping[str, tuple[str, ...]]) -> Encoded:
    """``log`` with the nodes that each answer touches."""
    step = _steps(log.learner)
    row = np.argsort(step, kind="stable").astype(np.int32)
    sets = _node_sets(log, requires)
    slot, pairs = _pairs(log.learner, sets.node[log.skills], sets.nodes)
    before = previous(slot, pairs)
    lags = np.where(before < 0, 0.0, np.arange(len(log))[:, None] - before - 1.0)
    learners = int(log.learner.max()) + 1 if len(log) else 0
    return Encoded(
        log=take(log, row),
        row=row,
        steps=tuple(_bounds(step)),
        learners=learners,
        pairs=pairs,
        slot=slot[row],
        level=sets.level[log.skills][row],
        share=sets.share[log.skills][row],
        is_counted=sets.is_counted[log.skills][row],
        days=_log_days(log.seconds, before)[row],
        lags=np.log1p(lags / RESPONSES_TO_FADE)[row],
        root_days=_log_days(log.seconds, previous(log.learner[:, None], -1))[row, 0],
    )


def take(log: AnswerLog, rows: Integers) -> AnswerLog:
    """Those rows of ``log``."""
    return replace(
        log,
        learner=log.learner[rows],
        item=log.item[rows],
        skills=log.skills[rows],
        seconds=log.seconds[rows],
        score=log.score[rows],
    )


def of_learners(log: AnswerLog, wanted: Integers, most_answers: int | None = None) -> AnswerLog:
    """The answers of the learners ``wanted``, of each at most the first ``most_answers``."""
    is_taken = np.isin(log.learner, wanted)
    if most_answers is not None:
        is_taken &= _steps(log.learner) < most_answers
    found = take(log, np.flatnonzero(is_taken).astype(np.int32))
    numbers = np.unique(found.learner, return_inverse=True)[1]
    return replace(found, learner=numbers.astype(np.int32))


def backwards(log: AnswerLog) -> tuple[AnswerLog, Integers]:
    """Every learner's answers from the last to the first, and where each stood before."""
    rows = np.lexsort((-np.arange(len(log)), log.learner)).astype(np.int32)
    found = take(log, rows)
    return replace(found, seconds=-found.seconds), rows


def previous(slot: Integers, filler: int) -> Integers:
    """Of every slot, the row in which its pair stood before; -1 at first, and for ``filler``."""
    rows, width = slot.shape
    flat = slot.ravel()
    order = np.argsort(flat, kind="stable")
    row = (order // width).astype(np.int32)
    is_same = np.empty(len(flat), bool)
    is_same[:1] = False
    is_same[1:] = flat[order][1:] == flat[order][:-1]
    is_same &= flat[order] != filler
    found = np.full(len(flat), -1, np.int32)
    found[order[is_same]] = row[:-1][is_same[1:]]
    return found.reshape(rows, width)


@dataclass(frozen=True)
class _NodeSets:
    """Of each set of skills its nodes, their level, share, and whether answers count there."""

    nodes: int
    node: Integers
    level: Integers
    share: Floats
    is_counted: Floats


def _node_sets(log: AnswerLog, requires: Mapping[str, tuple[str, ...]]) -> _NodeSets:
    model = SkillModel(COLD, requires)
    loadings = [
        [each for each in model.loadings(skills) if each.node != LEARNER]
        for skills in log.skill_sets
    ]
    names = {each.node for found in loadings for each in found}
    numbers = {name: number for number, name in enumerate(sorted(names))}
    shape = len(loadings), max(map(len, loadings), default=0)
    node, level = np.full(shape, len(numbers), np.int32), np.zeros(shape, np.int32)
    share, is_counted = np.zeros(shape), np.zeros(shape)
    for at, found in enumerate(loadings):
        for place, each in enumerate(found):
            node[at, place] = numbers[each.node]
            level[at, place] = SKILL if each.dynamics is COLD.skill else GROUP
            share[at, place] = each.share
            is_counted[at, place] = each.is_counted
    return _NodeSets(len(numbers), node, level, share, is_counted)


def _pairs(learner: Integers, node: Integers, nodes: int) -> tuple[Integers, int]:
    """Every slot's pair by number, and how many pairs there are; fillers have that number."""
    key = learner[:, None].astype(np.int64) * nodes + node
    is_filler = node == nodes
    known, number = np.unique(key[~is_filler], return_inverse=True)
    slot = np.full(node.shape, len(known), np.int32)
    slot[~is_filler] = number
    return slot, len(known)


def _steps(learner: Integers) -> Integers:
    """The how-manieth answer of its learner each is, from 0."""
    starts = np.flatnonzero(np.r_[True, learner[1:] != learner[:-1]]) if len(learner) else learner
    counts = np.diff(np.r_[starts, len(learner)])
    found: Integers = (np.arange(len(learner)) - np.repeat(starts, counts)).astype(np.int32)
    return found


def _bounds(step: Integers) -> Iterator[tuple[int, int]]:
    """Where each step begins and ends among the rows sorted by step."""
    ends = np.cumsum(np.bincount(step)) if len(step) else np.zeros(0, int)
    yield from zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True)


def _log_days(seconds: Floats, before: Integers) -> Floats:
    """log(1 + days) since the row ``before``, 0 where there is none or the clock went back."""
    passed = np.maximum(0.0, seconds[:, None] - seconds[before])
    return np.where(before < 0, 0.0, np.log1p(passed / SECONDS_PER_DAY))
