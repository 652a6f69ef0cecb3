"""The migrations lead up, down and up again, and end where the models are."""

import json
import logging
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from quizapp.db import db, models
from quizapp.db.base import Base
from quizapp.db.migrations import alembic
from quizapp.images import reencode
from quizapp.services import (
    attempts,
    clocks,
    invariants,
    question_files,
    responses,
    skill_claims,
    study_settings,
    uploads,
)
from quizapp.services.storing import Input, Stamp
from tests.descriptions import answer_shop, make_description, make_shop, start_shop
from tests.essays import ALL, HALF, essay_and_choice, mark_as, mark_own, take_essay, totals
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    SMALL_QUESTIONS,
    answer,
    fields_for,
    grant,
    make_bank,
    make_item,
    make_person,
    make_sum,
    publish_model,
    rows,
    save,
    start_attempt,
    stored,
    take_attempt,
)
from tests.pictures import picture
from tests.programs import RIGHT, WRONG, settle_all, take_programs


@pytest.fixture
def quiet_app(blank_app: Flask) -> Flask:
    """An app over a database without a table, whose migrations say nothing."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    return blank_app


def upgrade(app: Flask) -> None:
    with app.app_context():
        alembic.upgrade()


def downgrade_to_nothing(app: Flask) -> None:
    with app.app_context():
        alembic.downgrade("base")


def fill(app: Flask) -> None:
    """Rows in most tables, by the program's own means."""
    with stored(app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        question_files.note_loaded(session, "digest", NOW)
        alice = make_person(session, "alice")
        take_attempt(session, alice, "mock-interview", right=[1, 2])
        bob = make_person(session, "bob", "instructor")
        essay = take_essay(session, alice, bob)
        mark_own(session, essay, ALL)
        mark_as(session, bob, essay, HALF)
        make_bank(session, [make_sum()], "sums")
        take_attempt(session, alice, "sums", right=[1])
        grant(session, alice, pause_minutes=15)
        skill_claims.say(session, alice.id, "math.probability.bayes", "known", NOW)
        study_settings.make_calendar_token(session, alice.id)
        take_programs(session, alice)
        settle_all(session, NOW + 3 * MINUTE)
        take_programs(session, bob)
        running = start_attempt(session, alice)
        clocks.add_time(session, running.id, 5, alice.id, "a fire alarm", NOW)
        clocks.pause(session, alice.id, running.id, NOW + MINUTE)
        answer(session, running, 1, NOW + timedelta(days=1))
        stem = {"stem": "![A disc](disc.png)", "type": "true-false", "answer": "true"}
        item = {"id": "shown", "skills": ["math.probability.bayes"], **stem}
        content = json.dumps({"id": "pictures", "title": "Pictures", "items": [item]})
        pictures = {"disc.png": reencode(picture())}
        note = {"cause": "slip", "note": "The sign.", "written_at": NOW}
        session.add(models.MistakeNote(user_id=alice.id, item_id=1, **note))
        publish_model(session)
        upload = uploads.receive(session, alice.id, "a.yaml", content.encode(), NOW, pictures)
        uploads.publish(session, uploads.checked(session, alice.id, upload.id), NOW)


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_makes_every_table_of_the_models(quiet_app: Flask) -> None:
    upgrade(quiet_app)

    assert tables(quiet_app) == set(Base.metadata.tables)


def test_the_migrations_end_where_the_models_are(quiet_app: Flask) -> None:
    upgrade(quiet_app)

    with quiet_app.app_context():
        assert alembic.compare_metadata() == []


def test_down_leaves_no_table_behind_even_of_a_full_database(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    fill(quiet_app)

    downgrade_to_nothing(quiet_app)

    assert tables(quiet_app) == set()


def test_after_down_and_up_the_database_works_again(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    fill(quiet_app)
    downgrade_to_nothing(quiet_app)

    upgrade(quiet_app)
    fill(quiet_app)

    with stored(quiet_app) as session:
        assert session.scalar(select(func.count()).select_from(models.Attempt)) == 6


def test_up_twice_is_up_once(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    fill(quiet_app)

    upgrade(quiet_app)

    with stored(quiet_app) as session:
        assert session.scalar(select(func.count()).select_from(models.User)) == 2


# --- The record of answers that were stored before there was one ----------------------------------


def step(app: Flask, revision: str) -> None:
    """The database is as that migration left it."""
    with app.app_context():
        alembic.downgrade(revision)


def noted(app: Flask) -> list[tuple[object, ...]]:
    """The last row of the record of each response."""
    latest = {(row.attempt_id, row.position): row for row in rows(app, models.ResponseChange)}
    return [
        (row.position, row.number, row.at, row.made_by_id, row.client, row.value, row.is_late)
        for row in latest.values()
    ]


@pytest.fixture
def answered(quiet_app: Flask) -> Flask:
    """Its only attempt holds two answers: one given twice, one by a script in the grace."""
    upgrade(quiet_app)
    with stored(quiet_app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        attempt = start_attempt(session, make_person(session, "alice"))
        answer(session, attempt, 1, NOW + MINUTE, is_right=False)
        answer(session, attempt, 1, NOW + 2 * MINUTE)
        given = Input(fields_for(session, attempt, 3), stamp=Stamp(client="tab", sequence=1))
        late = NOW + 10 * MINUTE + GRACE / 2
        responses.save(session, attempt.user_id, attempt.id, 3, given, late, GRACE)
    return quiet_app


def test_each_stored_answer_gets_a_row_of_the_record(answered: Flask) -> None:
    before = noted(answered)
    step(answered, "0001")

    upgrade(answered)

    assert noted(answered) == before
    assert [(each[1], each[4], each[6]) for each in before] == [(2, None, False), (1, "tab", True)]
    assert len(rows(answered, models.ResponseChange)) == 2


def test_the_record_goes_on_from_there_and_cannot_be_rewritten(answered: Flask) -> None:
    step(answered, "0001")
    upgrade(answered)

    with stored(answered) as session:
        attempt = session.scalars(select(models.Attempt)).one()
        answer(session, attempt, 1, NOW + 3 * MINUTE, is_right=False)

    assert [(row.position, row.number) for row in rows(answered, models.ResponseChange)] == [
        (1, 2),
        (1, 3),
        (3, 1),
    ]
    with pytest.raises(IntegrityError), stored(answered) as session:
        session.execute(update(models.ResponseChange).values(is_late=False))


def test_down_and_up_keeps_what_was_answered(answered: Flask) -> None:
    before = [(row.value, row.save_count) for row in rows(answered, models.Response)]

    step(answered, "0001")
    upgrade(answered)

    assert [(row.value, row.save_count) for row in rows(answered, models.Response)] == before


# --- What counts, of attempts from before there were rules ----------------------------------------


def test_what_was_graded_without_rules_counts_score_times_points(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    fill(quiet_app)
    before = [(row.max_points, row.score, row.points) for row in rows(quiet_app, models.Response)]
    step(quiet_app, "0011")

    upgrade(quiet_app)

    after = [(row.max_points, row.score, row.points) for row in rows(quiet_app, models.Response)]
    assert after == before
    assert {points for _, _, points in after} == {None, 0.0, 1.0, 1.5, 2.0}
    assert {most for most, _, _ in after} >= {1.0, 2.0}


# --- What awaits a mark ---------------------------------------------------------------------------


def test_what_awaited_a_mark_does_so_again_after_down_and_up(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    with stored(quiet_app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        people = [make_person(session, name, "instructor") for name in ("alice", "bob", "dora")]
        take_essay(session, people[0], people[2])
        mark_own(session, take_essay(session, people[1], people[2]), HALF)
    before = [totals(each) for each in rows(quiet_app, models.Attempt)]

    step(quiet_app, "0013")
    upgrade(quiet_app)

    assert [totals(each) for each in rows(quiet_app, models.Attempt)] == before
    assert before == [(1.0, 4.0, 1, 3.0), (2.5, 4.0, 0, 0.0)]


def test_what_awaits_a_mark_is_never_worth_more_than_its_attempt(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    with stored(quiet_app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        equal = {"questions": 1, "scoring": {"points": "equal"}}
        quiz = {"id": "equal", "title": "Equal", **equal}
        make_bank(session, essay_and_choice(with_choice=False), "equal", quizzes=[quiz])
        attempt = start_attempt(session, make_person(session, "alice"), "equal")
        save(session, attempt, 1, "For 1 point, not 3.")
        attempts.close(session, attempt.id, NOW + 2 * MINUTE)

    step(quiet_app, "0011")
    upgrade(quiet_app)

    assert [totals(each) for each in rows(quiet_app, models.Attempt)] == [(0.0, 1.0, 1, 1.0)]


def test_changes_of_marks_cannot_be_rewritten(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    fill(quiet_app)

    with pytest.raises(IntegrityError), stored(quiet_app) as session:
        session.execute(update(models.MarkChange).values(score=1.0))


# --- What asks nothing ----------------------------------------------------------------------------


def worth(app: Flask) -> list[tuple[object, ...]]:
    """What revisions, attempts and responses are worth, and what was reached."""
    return [
        *((row.kind, row.points) for row in rows(app, models.ItemRevision)),
        *((row.points, row.max_points, row.awaiting_count) for row in rows(app, models.Attempt)),
        *((row.max_points, row.score, row.points) for row in rows(app, models.Response)),
    ]


MAXIMA = text(
    "SELECT attempt.max_points, sum(response.max_points),"
    " sum(CASE WHEN finished_at IS NOT NULL AND score IS NULL AND response.max_points > 0"
    " THEN 1 ELSE 0 END)"
    " FROM attempt JOIN response ON attempt_id = attempt.id GROUP BY attempt.id ORDER BY attempt.id"
)
"""Of each attempt its maximum, the sum over its responses, and how many of those have no score."""


@pytest.fixture
def described(quiet_app: Flask) -> Flask:
    """A finished and an open attempt at two descriptions and three questions."""
    upgrade(quiet_app)
    with stored(quiet_app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        make_shop(session)
        closed = start_shop(session, make_person(session, "alice"))
        answer_shop(session, closed, 2, 3)
        attempts.close(session, closed.id, NOW + 5 * MINUTE)
        start_shop(session, make_person(session, "charlie"))
    return quiet_app


def test_before_there_were_descriptions_they_are_questions_left_blank(described: Flask) -> None:
    with stored(described) as session:
        before = [tuple(row) for row in session.execute(MAXIMA)]

    step(described, "0016")

    with stored(described) as session:
        assert {
            (*row,) for row in session.execute(text("SELECT points > 0 FROM item_revision"))
        } == {(True,)}
        assert [tuple(row) for row in session.execute(MAXIMA)] == [
            (most + 2, sum_ + 2, without) for most, sum_, without in before
        ]


@pytest.mark.parametrize("revision", ["0016", "0014", "0011"])
def test_what_asks_nothing_does_so_again_after_down_and_up(described: Flask, revision: str) -> None:
    before = worth(described)

    step(described, revision)
    upgrade(described)

    assert worth(described) == before
    with stored(described) as session:
        assert invariants.breaches(session, NOW + 5 * MINUTE, GRACE) == []


def test_who_had_all_points_has_them_after_down_and_up(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    with stored(quiet_app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        items = [make_description(), make_item("tenths", points=0.9)]
        quiz = {"id": "tenths", "title": "Tenths", "questions": 1, "fixed_order": True}
        make_bank(session, items, "tenths", quizzes=[quiz])
        attempt = start_attempt(session, make_person(session, "alice"), "tenths")
        answer(session, attempt, 2)
        attempts.close(session, attempt.id, NOW + 2 * MINUTE)

    step(quiet_app, "0016")  # where the description is worth 1, and 1.9 - 1 < 0.9
    upgrade(quiet_app)

    assert [totals(each) for each in rows(quiet_app, models.Attempt)] == [(0.9, 0.9, 0, 0.0)]


# --- Programs that await their verdict ------------------------------------------------------------


def test_programs_that_await_their_verdict_do_so_again_after_down_and_up(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    with stored(quiet_app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        take_programs(session, make_person(session, "dora"), [RIGHT, None])
        settle_all(session, NOW + 3 * MINUTE)
        for name in ("alice", "bob"):
            take_programs(session, make_person(session, name), [RIGHT, WRONG])
    before = queued(quiet_app)

    step(quiet_app, "0017")
    upgrade(quiet_app)

    assert queued(quiet_app) == before
    assert sorted(turn for *_, turn in before) == [0, 0, 1, 1]
    with stored(quiet_app) as session:
        assert invariants.breaches(session, NOW + 5 * MINUTE, GRACE) == []


def queued(app: Flask) -> list[tuple[int, int, int, int]]:
    """Each job: of what, of whom, and when it is its turn."""
    jobs = rows(app, models.GradingJob)
    return [(each.attempt_id, each.position, each.user_id, each.turn) for each in jobs]


def test_verdicts_cannot_be_changed(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    fill(quiet_app)

    with pytest.raises(IntegrityError), stored(quiet_app) as session:
        session.execute(update(models.Verdict).values(score=0.5))


# --- The order of evidence ------------------------------------------------------------------------


def numbered(app: Flask) -> dict[tuple[int, int], int | None]:
    """By attempt and position, as the how-manieth answer of its learner it was evidence."""
    found = rows(app, models.Response)
    return {(each.attempt_id, each.position): each.evidence_number for each in found}


def test_answers_keep_the_order_of_evidence_after_down_and_up(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    with stored(quiet_app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        alice, bob = make_person(session, "alice"), make_person(session, "bob", "instructor")
        essay = take_essay(session, alice, bob)
        take_programs(session, alice, [RIGHT, WRONG])
        take_attempt(session, alice, "math-screen", NOW + MINUTE, right=[1], wrong=[2])
        settle_all(session, NOW + 8 * MINUTE)
        mark_as(session, bob, essay, HALF, NOW + 9 * MINUTE)
        mark_as(session, bob, essay, ALL, NOW + 20 * MINUTE, seen=1)
    before = numbered(quiet_app)
    step(quiet_app, "0019")

    upgrade(quiet_app)

    assert numbered(quiet_app) == before
    assert sorted(filter(None, before.values())) == [1, 2, 3, 4, 5, 6, 7]


def test_beliefs_keep_when_their_skill_was_answered_last_after_down_and_up(
    quiet_app: Flask,
) -> None:
    upgrade(quiet_app)
    with stored(quiet_app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        alice = make_person(session, "alice")
        take_attempt(session, alice, "math-screen", NOW + MINUTE, right=[1], wrong=[2])
    before = {each.node: each.answered_at for each in rows(quiet_app, models.SkillBelief)}
    step(quiet_app, "0020")

    upgrade(quiet_app)

    after = {each.node: each.answered_at for each in rows(quiet_app, models.SkillBelief)}
    assert after == before
    assert after["math.probability.bayes"] is None  # only what builds on it was asked


def test_there_is_one_line_of_migrations(quiet_app: Flask) -> None:
    with quiet_app.app_context():
        assert len(alembic.script_directory.get_heads()) == 1
