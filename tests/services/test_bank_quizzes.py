"""The quizzes of a bank, and the addresses at which they stand."""

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError
from quizapp.services import quizzes
from tests.factories import item_at, make_bank, make_item, make_items, start_attempt

QUICK = {"id": "quick", "title": "Quick", "questions": 2}


# --- Addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["practice", "todays-set", "mock-interview", "math-screen"])
def test_a_set_whose_quiz_would_stand_at_a_taken_address_is_refused(
    session: Session, bob: models.User, slug: str
) -> None:
    with pytest.raises(ConflictError, match=f"another quiz at /quizzes/{slug}"):
        make_bank(session, make_items(1), slug=slug, owner_id=bob.id)


def test_two_quizzes_of_a_set_with_one_id_are_refused(session: Session) -> None:
    quick = {"id": "quick", "title": "Quick", "questions": 1}

    with pytest.raises(ConflictError, match="Two quizzes"):
        make_bank(session, make_items(1), quizzes=[quick, quick])


# --- By the head of the bank ----------------------------------------------------------------------


def test_a_bank_without_quizzes_has_one_over_everything(session: Session) -> None:
    make_bank(session, make_items(30, seconds=60), slug="small")

    quiz = quizzes.find(session, "small")
    assert (quiz.title, quiz.kind) == ("Small", "ready-made")
    assert quiz.plan["sections"][0]["questions"] == 20
    assert quiz.plan["minutes"] == 20


def test_the_quizzes_of_a_bank_are_those_of_its_head(session: Session) -> None:
    quick = {"id": "quick", "title": "Quick", "questions": 2, "levels": ["mid"]}
    make_bank(session, make_items(3), quizzes=[quick])

    quiz = quizzes.find(session, "small-quick")

    assert quiz.plan["sections"][0]["bank"] == "small"
    assert quiz.plan["sections"][0]["levels"] == ["mid"]
    assert quiz.plan["minutes"] is None


def test_a_quiz_that_the_head_no_longer_names_is_withdrawn_until_it_does(
    session: Session,
) -> None:
    quick = {"id": "quick", "title": "Quick", "questions": 2}
    make_bank(session, make_items(3), quizzes=[quick])

    def on_offer() -> list[str]:
        return [quiz.slug for quiz in quizzes.ready_made(session) if quiz.slug.startswith("small")]

    make_bank(session, make_items(3))
    assert on_offer() == ["small"]
    make_bank(session, make_items(3), quizzes=[quick])
    assert on_offer() == ["small-quick"]


# --- Making way -----------------------------------------------------------------------------------


def test_our_own_bank_takes_the_id_that_an_instructor_has(
    session: Session, alice: models.User, bob: models.User
) -> None:
    theirs = make_bank(session, make_items(1), "sql", bob.id, quizzes=[QUICK]).bank

    ours = make_bank(session, make_items(2), "sql").bank

    assert (ours.slug, ours.owner_id) == ("sql", None)
    assert (theirs.slug, theirs.owner_id) == ("sql-2", bob.id)
    moved = start_attempt(session, alice, "sql-2-quick")
    assert [row.item_revision.item.bank_id for row in moved.responses] == [theirs.id]


def test_a_bank_that_made_way_is_published_under_its_new_id(
    session: Session, bob: models.User
) -> None:
    make_bank(session, make_items(1), "sql", bob.id)
    make_bank(session, make_items(2), "sql")

    with pytest.raises(ConflictError, match="`sql` is taken"):
        make_bank(session, make_items(1), "sql", bob.id)
    assert make_bank(session, make_items(2), "sql-2", bob.id).added == 1


def test_a_bank_makes_way_to_an_id_that_nobody_has(session: Session, bob: models.User) -> None:
    theirs = make_bank(session, make_items(1), "sql", bob.id).bank
    make_bank(session, make_items(1), "sql-2", bob.id)
    make_bank(session, make_items(1), "sql-3", bob.id, quizzes=[QUICK])

    make_bank(session, make_items(1), "sql")

    assert theirs.slug == "sql-4"


def test_an_instructors_quiz_makes_way_for_one_of_ours(session: Session, bob: models.User) -> None:
    make_bank(session, make_items(1), "ml-quick", bob.id)

    make_bank(session, make_items(2), "ml", quizzes=[QUICK])

    assert quizzes.find(session, "ml-quick").title == "Quick"
    assert quizzes.find(session, "ml-quick-2").title == "Ml-Quick"


# --- What they draw -------------------------------------------------------------------------------


def test_a_quiz_asks_for_no_more_than_fits(session: Session) -> None:
    items = [*make_items(3), make_item("senior", level="senior")]
    wanted = {**QUICK, "questions": 20, "levels": ["senior"]}
    make_bank(session, items, quizzes=[wanted, {**QUICK, "id": "all", "questions": 20}])

    plans = [quizzes.find(session, f"small-{name}").plan for name in ("quick", "all")]

    assert [plan["sections"][0]["questions"] for plan in plans] == [1, 4]


def test_a_quiz_may_name_a_skill_by_its_former_id(session: Session, alice: models.User) -> None:
    former = {**QUICK, "skills": ["math.probability.conditional"]}
    make_bank(session, [make_item("bayes")], quizzes=[former])

    attempt = start_attempt(session, alice, "small-quick")

    assert item_at(session, attempt, 1).slug == "bayes"
