"""`flask skills fit`: a challenger for the parameters that are live, fitted to all answers.

The only commands' module that loads NumPy and SciPy: imported when the command runs.
"""

from datetime import datetime

import click
import numpy as np

from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.domain.errors import QuizError
from quizapp.domain.skill_parameters import SkillParameters
from quizapp.fitting.answer_log import AnswerLog, LoggedItem
from quizapp.fitting.trial import try_challenger
from quizapp.services import answer_columns, model_editions
from quizapp.services.answer_columns import AnswerColumns
from quizapp.services.model_editions import Trial

FEWEST_LEARNERS = 10
"""Fewer cannot be held out: what one of them knows would decide."""
ANSWERS_BETWEEN_REPORTS = 250_000


def tried(seed: int) -> tuple[SkillParameters, Trial]:
    """The challenger, and what became of it on held-out learners. Raises QuizError: too few."""
    click.echo("Reading the graded answers …")
    columns = answer_columns.read(db.session, _say_count)
    champion = model_editions.live(db.session).numbers
    db.session.rollback()  # what follows takes minutes, and needs no open view of the data
    _refuse_too_few(columns)
    click.echo(f"  {len(columns):,} of {columns.learners:,} learners")
    found = try_challenger(
        as_log(columns),
        champion.requires,
        champion.parameters,
        lambda line: click.echo(f"  {line}"),
        seed,
    )
    losses = (found.champion_loss, found.challenger_loss)
    trial = Trial(len(columns), columns.learners, found.challenger.rung, *losses)
    return found.challenger.parameters, trial


def as_log(columns: AnswerColumns) -> AnswerLog:
    """The same answers as NumPy's columns, over the same memory."""
    return AnswerLog(
        learner=np.frombuffer(columns.learner, dtype=np.int32),
        item=np.frombuffer(columns.item, dtype=np.int32),
        skills=np.frombuffer(columns.skills, dtype=np.int32),
        seconds=np.frombuffer(columns.seconds, dtype=np.float64),
        score=np.frombuffer(columns.score, dtype=np.float64),
        items=tuple(
            LoggedItem(str(each.id), each.difficulty, each.guess) for each in columns.items
        ),
        skill_sets=tuple(columns.skill_sets),
    )


def told(trial: Trial) -> None:
    """What was fitted, and how both did, is on the screen."""
    click.echo(
        f"{trial.answers:,} answers: {trial.rung}\n"
        "log loss per answer of held-out learners (less is better)\n"
        f"  live now  {trial.champion_loss:.4f}\n"
        f"  fitted    {trial.challenger_loss:.4f}"
    )


def published(parameters: SkillParameters, trial: Trial, now: datetime) -> int:
    """The number of the edition that is live now."""
    with transaction() as session:
        return model_editions.publish(session, parameters, trial, now).id


def _refuse_too_few(columns: AnswerColumns) -> None:
    if not len(columns):
        raise QuizError("There are no graded answers yet, so there is nothing to fit.")
    if columns.learners < FEWEST_LEARNERS:
        raise QuizError(
            f"Only {columns.learners} learners have graded answers. From {FEWEST_LEARNERS} on "
            "some can be held out, to see whether what was fitted is better."
        )


def _say_count(answers: int) -> None:
    if answers % ANSWERS_BETWEEN_REPORTS == 0:
        click.echo(f"  {answers:,} read")
