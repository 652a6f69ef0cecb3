"""What asks nothing: drawn along with questions, and counted nowhere."""

import json
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import (
    attempts,
    checking,
    export,
    history,
    invariants,
    missed,
    pools,
    practice_sizes,
    practice_stock,
    question_pages,
    quizzes,
    recommendations,
    responses,
    results,
    skills,
    supervision,
    taxonomies,
)
from quizapp.services.storing import Input
from tests.descriptions import QUIZZES, answer_shop, make_description, make_shop, start_shop
from tests.essays import ESSAY
from tests.factories import GRACE, MINUTE, NOW, make_bank, make_item, row_at, save, start_attempt

LATER = NOW + 5 * MINUTE


@pytest.fixture
def shop(session: Session, alice: models.User) -> models.Attempt:
    """Alice's open attempt: descriptions at 1 and 4, questions at 2, 3 and 5."""
    make_shop(session)
    return start_shop(session, alice)


def asked(attempt: models.Attempt) -> list[str]:
    return [each.item_revision.item.slug for each in attempt.responses]


def test_a_fixed_order_takes_it_along(shop: models.Attempt) -> None:
    assert asked(shop) == ["shop", "first", "second", "later", "third"]
    assert [each.max_points for each in shop.responses] == [0, 1, 2, 0, 1]
    assert shop.max_points == 4


def test_no_random_draw_takes_it(session: Session, alice: models.User) -> None:
    make_shop(session)

    assert set(asked(start_attempt(session, alice, "shop-mixed"))) == {"first", "second", "third"}
    assert {item.points for item in pools.items(session) if item.bank == "shop"} == {0, 1, 2}


def test_the_strip_has_neither_an_answer_nor_an_open_question_there(
    session: Session, shop: models.Attempt
) -> None:
    answer_shop(session, shop, 2)
    strip = question_pages.strip(session, shop.id)

    assert [each.is_scored for each in strip] == [False, True, True, False, True]
    assert [each.is_left for each in strip] == [False, False, True, False, True]
    page = question_pages.question_page(session, shop.user_id, shop.id, 1, NOW + MINUTE)
    assert page.strip == strip


@pytest.mark.parametrize(
    ("answered", "position"), [((), 1), ((2,), 3), ((2, 3), 4), ((2, 3, 5), 1), ((3, 5), 1)]
)
def test_one_goes_on_with_what_introduces_the_first_open_question(
    session: Session, shop: models.Attempt, answered: tuple[int, ...], position: int
) -> None:
    answer_shop(session, shop, *answered)

    assert question_pages.resume_position(question_pages.strip(session, shop.id)) == position


def test_a_save_keeps_only_its_time(session: Session, shop: models.Attempt) -> None:
    fields = {"choice": ["0"], "text": ["read"]}
    given = Input(fields, seconds_spent=20, is_flagged=True, confidence=3)

    saved = responses.save(session, shop.user_id, shop.id, 1, given, NOW + MINUTE, GRACE)

    row = row_at(session, shop, 1)
    assert not getattr(saved, "is_answered", True)
    assert (row.value, row.is_flagged, row.confidence, row.save_count) == (None, False, None, 0)
    assert row.seconds_spent == 20
    assert attempts.discard_if_blank(session, shop.id)


def test_a_late_save_is_not_kept_beside_it(session: Session, shop: models.Attempt) -> None:
    late = NOW + timedelta(hours=1)
    given = Input({"text": ["read"]})

    found = responses.save(session, shop.user_id, shop.id, 1, given, late, GRACE)

    assert found == responses.TooLate(is_recovered=False)


def test_the_database_takes_no_answer_to_it(session: Session, shop: models.Attempt) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(models.Response).values(value=[0]))


def test_it_is_never_scored_and_never_awaits_a_mark(session: Session, shop: models.Attempt) -> None:
    answer_shop(session, shop, 2, 3)
    closed = attempts.close(session, shop.id, LATER)
    session.refresh(closed, ["responses"])

    assert (closed.points, closed.max_points, closed.answered_count) == (3, 4, 2)
    assert (closed.awaiting_count, closed.awaiting_points) == (0, 0)
    assert [each.score for each in closed.responses] == [None, 1, 1, None, 0]
    assert [each.points for each in closed.responses] == [None, 1, 2, None, 0]
    assert invariants.breaches(session, LATER, GRACE) == []


def test_it_is_no_evidence_on_its_skill(session: Session, shop: models.Attempt) -> None:
    answer_shop(session, shop, 2)
    responses.save(session, shop.user_id, shop.id, 1, Input({}, 20), NOW + MINUTE, GRACE)
    attempts.close(session, shop.id, LATER)

    assert (
        skills.outlook(session, shop.user_id, LATER).estimate("math.statistics.tests").answers == 0
    )


def test_the_result_shows_it_and_counts_it_nowhere(session: Session, shop: models.Attempt) -> None:
    answer_shop(session, shop, 2)
    found = results.result(session, attempts.close(session, shop.id, LATER), LATER)

    assert [each.outcome for each in found.questions] == [
        None, "right", "unanswered", None, "unanswered",
    ]  # fmt: skip
    assert {name: len(each) for name, each in found.selections.items()} == {
        "all": 5, "missed": 2, "partly": 0, "unmarked": 0, "flagged": 0,
    }  # fmt: skip
    assert (found.score.count, found.score.right, found.score.percent) == (3, 1, 25)
    assert [each.score.count for each in found.by_bank] == [3]
    assert [each.now.skill.id for each in found.by_skill] == ["math.probability.bayes"]


def test_beside_an_answer_that_awaits_a_mark_it_does_not_count(
    session: Session, alice: models.User
) -> None:
    items = [make_description(), make_item("essay", **ESSAY)]
    make_bank(session, items, "shop", quizzes=QUIZZES[:1])
    attempt = start_shop(session, alice)
    save(session, attempt, 2, "A text.")

    closed = attempts.close(session, attempt.id, LATER)

    assert (closed.awaiting_count, closed.awaiting_points, closed.max_points) == (1, 3, 3)
    assert invariants.breaches(session, LATER, GRACE) == []


def test_rules_of_scoring_give_it_no_worth(session: Session, alice: models.User) -> None:
    rules = {"points": "equal", "confidence": "scored"}
    make_shop(session, quizzes=[{**QUIZZES[0], "scoring": rules}])
    attempt = start_shop(session, alice)

    assert [each.max_points for each in attempt.responses] == [0, 1, 1, 0, 1]


def test_practising_the_missed_leaves_it_out(session: Session, shop: models.Attempt) -> None:
    answer_shop(session, shop, 2)
    attempts.close(session, shop.id, LATER)

    again = missed.practise(session, shop.user_id, shop.id, LATER, Random(1))
    session.refresh(again, ["responses"])

    assert sorted(asked(again)) == ["second", "third"]


def test_supervision_and_history_count_questions(
    session: Session, shop: models.Attempt, bob: models.User
) -> None:
    answer_shop(session, shop, 2, 3)
    admin = session.scalars(select(models.User).where(models.User.role == "admin")).one()
    supervised = supervision.find(session, admin, shop.id)
    attempts.close(session, shop.id, LATER)

    assert (supervised.questions, supervised.answered) == (3, 2)
    assert history.totals(session, shop.user_id, history.Filter()).questions == 2


def test_the_export_says_that_it_was_worth_nothing(session: Session, shop: models.Attempt) -> None:
    rows = list(export.export_rows(session, shop.user_id))

    assert [(each["type"], each["max_points"]) for each in rows[:2]] == [
        ("description", 0),
        ("multiple-choice", 1),
    ]
    assert json.dumps(rows)


def test_sizes_count_questions(session: Session, alice: models.User) -> None:
    before = practice_stock.of(pools.items(session)).elsewhere.items
    make_shop(session)

    assert practice_sizes.of_banks(session)["shop"].items == 3
    assert practice_stock.of(pools.items(session)).elsewhere.items == before + 3
    whole = quizzes.offer(session, alice.id, quizzes.find(session, "shop-whole"), NOW)
    assert (whole.size.questions, whole.size.minutes) == (3, 7)  # 30 + 90 + 3 * 90 seconds


def test_nothing_is_recommended_for_it(session: Session, alice: models.User, now: datetime) -> None:
    taxonomy, seen = taxonomies.current(session), skills.outlook(session, alice.id, now)
    make_shop(session)
    pool = [item for item in pools.items(session) if item.bank == "shop"]

    found = recommendations.advice(session, taxonomy, seen, pool, alice, now).revisit

    assert [each.skill for each in found] == ["math.probability.bayes"]


def test_a_quiz_over_everything_counts_questions(session: Session) -> None:
    make_shop(session, quizzes=[])

    plan = quizzes.find(session, "shop").plan

    assert plan["sections"][0]["questions"] == 3


def test_who_makes_a_question_of_it_makes_another_revision(
    session: Session, shop: models.Attempt, alice: models.User
) -> None:
    make_bank(session, [make_item("shop"), make_item("first")], "shop", quizzes=QUIZZES)
    attempts.close(session, shop.id, LATER)

    assert [each.max_points for each in start_shop(session, alice, LATER).responses] == [1, 1]
    assert invariants.breaches(session, LATER, GRACE) == []


# --- What authors are told ------------------------------------------------------------------------

SET = """\
id: shop
title: Shop
quizzes:
  - {{id: all, title: All, questions: {questions}{order}}}
items:
  - {{id: shop, type: description, skills: [math.probability.bayes], stem: A shop.}}
  - id: rule
    type: true-false
    skills: [math.probability.bayes]
    stem: Bayes has a rule.
    answer: true
    explanation: He has.
    references: ["Any course"]
"""


@pytest.mark.parametrize(
    ("questions", "order", "expected"),
    [
        (1, ", fixed_order: true", []),
        (2, ", fixed_order: true", ["Only 1 question fits, so this quiz will have 1."]),
        (
            1,
            "",
            ["Learners see a description only in a quiz with `fixed_order: true`; add one."],
        ),
    ],
)
def test_authors_are_told_where_it_is_not_shown(
    session: Session, questions: int, order: str, expected: list[str]
) -> None:
    text = SET.format(questions=questions, order=order)

    problems = checking.read_set("shop.yaml", text, taxonomies.current(session)).problems

    assert [each.message for each in problems] == expected
    assert not any(each.is_error for each in problems)
