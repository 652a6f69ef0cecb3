"""Champion against challenger: new parameters replace those in force only if they foretell better.

Both are judged on learners of whom the challenger has seen nothing; the champion may have.
"""

from dataclasses import dataclass

import numpy as np

from quizapp.domain.skill_parameters import SkillParameters
from quizapp.fitting.answer_log import AnswerLog
from quizapp.fitting.encoding import of_learners
from quizapp.fitting.fit import Fitted, Progress, Requires, fit
from quizapp.fitting.predicting import log_loss, predictions

HELD_OUT_SHARE = 0.2


@dataclass(frozen=True)
class Tried:
    """The challenger, fitted to all answers, and both log losses per held-out answer.

    Where it has lost, it was not fitted to all, and is as it was judged.
    """

    challenger: Fitted
    champion_loss: float
    challenger_loss: float


def try_challenger(
    log: AnswerLog, requires: Requires, champion: SkillParameters, progress: Progress, seed: int
) -> Tried:
    """What comes of fitting to ``log``; it needs answers of three learners or more."""
    random = np.random.default_rng(seed)
    learners = random.permutation(int(log.learner.max()) + 1).astype(np.int32)
    held_out = max(1, round(len(learners) * HELD_OUT_SHARE))
    seen, unseen = of_learners(log, learners[held_out:]), of_learners(log, learners[:held_out])
    progress(f"without {held_out:,} learners, by whom it will be judged")
    judged = fit(seen, requires, champion, progress, seed)
    champion_loss, challenger_loss = (
        log_loss(unseen.score, predictions(unseen, requires, each))
        for each in (champion, judged.parameters)
    )
    if challenger_loss >= champion_loss:
        return Tried(judged, champion_loss, challenger_loss)
    progress("with all learners")
    final = fit(log, requires, champion, progress, seed, judged.rung)
    return Tried(final, champion_loss, challenger_loss)
