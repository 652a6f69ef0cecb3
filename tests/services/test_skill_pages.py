"""One skill as its learner sees it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.services import readiness, skill_items, skill_pages
from quizapp.services.skill_items import ItemsAt
from quizapp.services.skill_pages import Asked, SkillPage
from tests.factories import answer, make_bank, make_items, start_attempt, take_attempt

BAYES = "math.probability.bayes"
HOUR = timedelta(hours=1)


NOTHING = Asked((), False)


def page(session: Session, user: models.User, now: datetime, asked: Asked = NOTHING) -> SkillPage:
    user = session.get_one(models.User, user.id)
    return skill_pages.page(session, user, BAYES, now, asked)


def items(session: Session, user: models.User, at: datetime) -> Mapping[int, ItemsAt]:
    """Those on the skill, by difficulty."""
    return {each.difficulty: each for each in skill_items.of_skill(session, user.id, BAYES, at)}


def test_items_are_counted_by_difficulty_with_those_answered_and_due(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    make_bank(session, make_items(3, difficulty=5))
    before = items(session, alice, now)[5]
    take_attempt(session, alice, "small", now, right=[1], wrong=[2])

    assert items(session, alice, now)[5] == before._replace(memories=2)
    assert items(session, alice, now + timedelta(days=1))[5] == before._replace(memories=2, due=1)
    assert items(session, charlie, now)[5] == before._replace(memories=0)


def test_an_item_of_an_open_attempt_is_not_told_as_answered(
    session: Session, alice: models.User, now: datetime
) -> None:
    answer(session, start_attempt(session, alice, "math-whole", now), 1)

    assert sum(each.memories for each in items(session, alice, now).values()) == 0


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
