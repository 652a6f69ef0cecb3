"""Made-up answer logs, for tests of what is fitted to them."""

from datetime import UTC, datetime, timedelta

import numpy as np

from quizapp.domain.mastery import NodeBelief, Observation, update
from quizapp.domain.prediction import Question, predict
from quizapp.domain.read_out import ItemHistory
from quizapp.domain.skill_model import SkillModel
from quizapp.fitting.answer_log import AnswerLog, LoggedItem

START = datetime(2026, 1, 1, tzinfo=UTC)
SETS = (("m.a.x",), ("m.a.y",), ("m.b.z",), ("m.a.x", "m.b.z"), ("n.c.w",))
REQUIRES = {"m.b.z": ("m.a.x", "n.c.w"), "m.a.y": ("m.a.x",)}


def make_log(answers: int, learners: int = 6, items: int = 12, seed: int = 0) -> AnswerLog:
    """Answers of learners whose ability, and of items whose difficulty, is drawn once each.

    Item i has difficulty (i - items / 2) / 4 logits, and every learner N(0.3, 1).
    """
    random = np.random.default_rng(seed)
    learner = np.sort(random.integers(0, learners, answers))
    learner = np.unique(learner, return_inverse=True)[1]
    item = random.integers(0, items, answers)
    ability = random.normal(0.3, 1.0, learners)[learner]
    guess = np.array([0.25 if number % 3 == 0 else 0.0 for number in range(items)])
    known = 1.0 / (1.0 + np.exp(-(ability - (item - items / 2) / 4)))
    score = (random.random(answers) < guess[item] + (1.0 - guess[item]) * known).astype(float)
    score[random.random(answers) < 0.05] = 0.5
    return AnswerLog(
        learner=learner.astype(np.int32),
        item=item.astype(np.int32),
        skills=(item % len(SETS)).astype(np.int32),
        seconds=np.cumsum(random.integers(1, 40_000, answers)).astype(np.float64),
        score=score,
        items=tuple(
            LoggedItem(str(number), 1 + number % 5 if number % 2 else None, float(guess[number]))
            for number in range(items)
        ),
        skill_sets=SETS,
    )


def predicted_one_by_one(log: AnswerLog, model: SkillModel) -> list[float]:
    """P(right) of every answer before it, by the domain's own functions."""
    found = []
    beliefs: dict[str, NodeBelief] = {}
    histories: dict[int, ItemHistory] = {}
    for row in range(len(log)):
        if row == 0 or log.learner[row] != log.learner[row - 1]:
            beliefs, histories = {}, {}
        number, score = int(log.item[row]), float(log.score[row])
        item, skills = log.items[number], log.skill_sets[log.skills[row]]
        now = START + timedelta(seconds=float(log.seconds[row]))
        before = histories.get(number)
        question = Question(skills, item.difficulty, item.guess, item.key, before)
        found.append(predict(beliefs, question, now, model))
        seen = Observation(skills, score, item.difficulty, item.guess, now, item.key)
        beliefs |= update(beliefs, seen, model)
        wins, fails, _ = before or (0.0, 0.0, 0.0)
        histories[number] = ItemHistory(wins + score, fails + 1.0 - score, score)
    return found
