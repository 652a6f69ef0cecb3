"""Whole logs at once give what the domain gives answer by answer."""

from dataclasses import replace

import numpy as np
import pytest

from quizapp.domain.read_out import Facts, ReadOut
from quizapp.domain.skill_model import SkillModel
from quizapp.domain.skill_parameters import COLD, Dynamics, ItemParameters, SkillParameters
from quizapp.fitting.predicting import predictions
from tests.unit.fitting.logs import REQUIRES, make_log, predicted_one_by_one

WEIGHTS = np.random.default_rng(3).normal(0.0, 0.1, len(Facts._fields))
FITTED = SkillParameters(
    root=Dynamics(1.1, 0.002, 0.03, 0.0),
    group=Dynamics(0.2, 0.004, 0.2, 0.15),
    skill=Dynamics(0.5, 0.02, 0.2, 0.15, learning=0.1, correcting=0.05),
    level=0.4,
    items={str(number): ItemParameters(0.1 * number, 0.3, 0.8) for number in range(5)},
    skills={"m.a.x": 0.2, "n.c.w": -0.3},
    skill_sets={"m.a.x;m.b.z": 0.5},
    read_out=ReadOut((0.1, 0.9, *WEIGHTS.tolist())),
)


@pytest.mark.parametrize("parameters", [COLD, replace(FITTED, read_out=COLD.read_out), FITTED])
@pytest.mark.parametrize("requires", [{}, REQUIRES])
def test_a_log_at_once_is_predicted_as_answer_by_answer(
    parameters: SkillParameters, requires: dict[str, tuple[str, ...]]
) -> None:
    log = make_log(300)

    at_once = predictions(log, requires, parameters)

    one_by_one = predicted_one_by_one(log, SkillModel(parameters, requires))
    assert at_once.tolist() == pytest.approx(one_by_one, abs=1e-9)


def test_no_prediction_knows_of_its_answer_or_later_ones() -> None:
    log = make_log(200, learners=1)
    flipped = log.score.copy()
    flipped[120:] = 1.0 - flipped[120:]

    before, after = (
        predictions(each, REQUIRES, FITTED) for each in (log, replace(log, score=flipped))
    )

    assert before[:121].tolist() == after[:121].tolist()
    assert before[121:].tolist() != after[121:].tolist()
