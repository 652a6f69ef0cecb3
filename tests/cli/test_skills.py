"""Commands over the skill model."""

import subprocess
import sys
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from quizapp.config import ROOT
from quizapp.db import models
from quizapp.domain.skill_parameters import ItemParameters, SkillParameters
from quizapp.services import attempts, model_editions
from quizapp.services.model_editions import Trial, built_in, live
from tests.cli.installation import run
from tests.factories import (
    MINUTE,
    NOW,
    answer,
    find_person,
    make_bank,
    make_item,
    make_person,
    position_of,
    rows,
    start_attempt,
    stored,
    take_attempt,
)

FITTED = SkillParameters(items={"1": ItemParameters(1.0, 0.2)})
WON = Trial(1_234, 56, "item difficulties", champion_loss=0.61234, challenger_loss=0.6)


@pytest.fixture
def learners(app: Flask) -> Flask:
    """Alice and Charlie have three answers and one."""
    alice, charlie = find_person(app, "alice"), find_person(app, "charlie")
    with stored(app) as session:
        take_attempt(session, alice, right=[1, 2], wrong=[3])
        take_attempt(session, charlie, right=[1])
    return app


def publish(app: Flask) -> None:
    with stored(app) as session:
        model_editions.publish(session, FITTED, WON, NOW)


def built_in_digest(app: Flask) -> str | None:
    with stored(app) as session:
        return built_in(session).digest


def live_digest(app: Flask) -> str | None:
    with stored(app) as session:
        return live(session).digest


def digests(app: Flask) -> set[str | None]:
    return {each.model_digest for each in rows(app, models.SkillBelief)}


def test_rebuilding_what_is_right_changes_nothing(learners: Flask) -> None:
    said = run(learners, "skills", "rebuild")

    assert said.output == "Rebuilt: 2 learners, 4 answers; nothing changed.\n"


def test_rebuilding_says_what_it_changed(learners: Flask) -> None:
    with stored(learners) as session:
        of_root = models.SkillBelief.node == ""
        session.execute(update(models.SkillBelief).where(of_root).values(mean=10.0))

    said = run(learners, "skills", "rebuild", "--learner", "Alice@example.org")

    assert "1 learners, 3 answers; changed: 1 beliefs about 1 learners, by " in said.output
    means = [each.mean for each in rows(learners, models.SkillBelief) if each.node == ""]
    assert sorted(mean == 10 for mean in means) == [False, True]


def test_an_unknown_learner_is_named(learners: Flask) -> None:
    said = run(learners, "skills", "rebuild", "--learner", "nobody@example.org")

    assert said.exit_code == 1
    assert "Error: Nobody has the address nobody@example.org." in said.output


@pytest.fixture
def school(app: Flask) -> Flask:
    """Twelve learners, who all find the easy item hard and the hard one easy."""
    with stored(app) as session:
        items = [make_item("easy", difficulty=1), make_item("hard", difficulty=5)]
        make_bank(session, items, "wrongly-rated")
        for number in range(12):
            learner = make_person(session, f"learner-{number}")
            for day in range(5):
                at = NOW + timedelta(days=day)
                attempt = start_attempt(session, learner, "wrongly-rated", at)
                easy = position_of(session, attempt, "easy")
                answer(session, attempt, easy, at + MINUTE, is_right=False)
                answer(session, attempt, 3 - easy, at + MINUTE)
                attempts.close(session, attempt.id, at + 2 * MINUTE)
    return app


def test_a_fit_that_is_better_goes_live_for_everybody(school: Flask) -> None:
    said = run(school, "skills", "fit")

    assert said.exit_code == 0
    assert "\n120 answers: item difficulties\n" in said.output
    assert "The fit is better, and live as edition 1.\nRebuilt: 12 learners, 120 answers;" in (
        said.output
    )
    (edition,) = rows(school, models.SkillModelEdition)
    assert (edition.answers, edition.learners, edition.is_live) == (120, 12, True)
    assert digests(school) == {live_digest(school)}


def test_a_dry_run_changes_nothing(school: Flask) -> None:
    said = run(school, "skills", "fit", "--dry-run", "--seed", "3")

    assert said.output.endswith("The fit is better. Without --dry-run it would go live.\n")
    assert rows(school, models.SkillModelEdition) == []
    assert digests(school) == {built_in_digest(school)}


def test_a_fit_that_is_no_better_changes_nothing(school: Flask) -> None:
    run(school, "skills", "fit")

    said = run(school, "skills", "fit")

    assert said.output.endswith("The fit is no better, so everything stays as it is.\n")
    assert len(rows(school, models.SkillModelEdition)) == 1


def test_with_few_learners_or_none_nothing_is_fitted(app: Flask) -> None:
    assert "Error: There are no graded answers yet" in run(app, "skills", "fit").output
    alice = find_person(app, "alice")
    with stored(app) as session:
        take_attempt(session, alice, right=[1])

    said = run(app, "skills", "fit")

    assert said.exit_code == 1
    assert "Error: Only 1 learners have graded answers. From 10 on" in said.output


def test_nothing_that_serves_pages_loads_numpy() -> None:
    program = "import sys, quizapp.factory, quizapp.worker; print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout == "False\n"


def test_editions_are_listed_with_the_live_one_marked(app: Flask) -> None:
    assert run(app, "skills", "editions").output == "*   0  built in\n"
    publish(app)

    said = run(app, "skills", "editions")

    assert said.output == (
        "*   1  2026-11-04 09:30  1,234 answers of 56 learners: item difficulties; "
        "log loss 0.6123 -> 0.6000\n"
        "    0  built in\n"
    )


def test_restoring_an_edition_makes_all_beliefs_by_it(learners: Flask) -> None:
    publish(learners)
    assert digests(learners) == {built_in_digest(learners)}

    said = run(learners, "skills", "rebuild")
    assert said.exit_code == 0
    assert digests(learners) == {live_digest(learners)}

    said = run(learners, "skills", "restore", "0")
    assert said.output.startswith("Edition 0 is live.\nRebuilt: 2 learners, 4 answers; ")
    assert digests(learners) == {built_in_digest(learners)}

    assert run(learners, "skills", "restore", "1").exit_code == 0
    assert digests(learners) == {live_digest(learners)}


def test_the_doctor_knows_of_beliefs_by_another_model(learners: Flask) -> None:
    assert "skill model: 2 of 2 learners by the live parameters\n" in run(learners, "doctor").output
    publish(learners)
    run(learners, "skills", "rebuild", "--learner", "alice@example.org")

    said = run(learners, "doctor").output

    assert "skill model: 1 of 2 learners by the live parameters, the others by" in said
    assert "Run `flask skills rebuild`" in said


def test_an_edition_that_is_not_there_is_not_restored(app: Flask) -> None:
    said = run(app, "skills", "restore", "7")

    assert said.exit_code == 1
    assert "Error: There is no edition 7." in said.output
