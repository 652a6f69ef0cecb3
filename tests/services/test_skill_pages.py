"""One skill as its learner sees it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.services import readiness, skill_items, skill_pages
from quizapp.services.skill_pages import Asked, SkillPage
from tests.factories import make_bank, make_item, start_attempt, take_attempt

BAYES = "math.probability.bayes"
HOUR = timedelta(hours=1)


NOTHING = Asked((), False)


def page(session: Session, user: models.User, now: datetime, asked: Asked = NOTHING) -> SkillPage:
    user = session.get_one(models.User, user.id)
    return skill_pages.page(session, user, BAYES, now, asked)


def test_items_are_counted_by_difficulty_and_by_whether_they_were_met(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    before = {each.difficulty: each for each in skill_items.of_skill(session, alice.id, BAYES)}
    make_bank(session, [make_item("hard", difficulty=5)])
    take_attempt(session, alice, "small", now, right=[1])

    found = {each.difficulty: each for each in skill_items.of_skill(session, alice.id, BAYES)}

    assert (found[5].items, found[5].seen) == (before[5].items + 1 if 5 in before else 1, 1)
    assert sum(each.seen for each in skill_items.of_skill(session, charlie.id, BAYES)) == 0


def test_an_item_of_an_open_attempt_is_not_told_as_met(
    session: Session, alice: models.User, now: datetime
) -> None:
    start_attempt(session, alice, "math-whole", now)

    assert sum(each.seen for each in skill_items.of_skill(session, alice.id, BAYES)) == 0


def test_the_past_of_many_answers_is_drawn_for_who_asks_for_it(
    session: Session, alice: models.User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skill_pages, "MOST_REPLAYED", 3)
    take_attempt(session, alice, "math-whole", now, right=range(1, 7))

    assert page(session, alice, now + HOUR).over_time is None
    assert page(session, alice, now + HOUR, Asked((), True)).over_time


def test_what_a_skill_adds_is_what_the_page_of_readiness_says(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "math-whole", now, wrong=[1, 2, 4])

    user = session.get_one(models.User, alice.id)
    told = readiness.page(session, user, None, None, now + HOUR).raises
    found = page(session, alice, now + HOUR).raises

    assert found is not None
    assert found in told


def test_advice_is_that_of_the_overview(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "math-whole", now, wrong=[1, 2, 4])

    advice = page(session, alice, now + HOUR).advice

    assert advice is not None
    assert advice.skill == BAYES


def test_there_is_no_page_of_an_unknown_skill(
    session: Session, alice: models.User, now: datetime
) -> None:
    with pytest.raises(NotFoundError):
        skill_pages.page(session, alice, "unknown", now, Asked((), False))
