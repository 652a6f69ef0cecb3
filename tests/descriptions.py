"""Introductions between questions, and a quiz that takes them along."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.items import Item
from tests.factories import MINUTE, NOW, answer, make_bank, make_item, start_attempt

SHOP = "A shop sends an offer to 40,000 customers."
QUIZZES = [
    {"id": "whole", "title": "The shop", "questions": 3, "fixed_order": True, "minutes": 10},
    {"id": "mixed", "title": "Mixed", "questions": 9},
]


def make_description(slug: str = "shop", stem: str = SHOP, **fields: Any) -> Item:
    """An item that asks nothing."""
    common = {"id": slug, "type": "description", "skills": ["math.statistics.tests"]}
    return Item.parse({**common, "stem": stem, **fields})


def make_shop(session: Session, owner_id: int | None = None, **header: Any) -> None:
    """The bank ``shop``, whose quiz ``shop-whole`` has two descriptions (1 and 4) and three
    questions (2, 3 and 5); a third description stands last.
    """
    items = [
        make_description(seconds=30),
        make_item("first"),
        make_item("second", points=2),
        make_description("later", "One year later."),
        make_item("third"),
        make_description("end", "Nothing follows."),
    ]
    make_bank(session, items, "shop", owner_id, **{"quizzes": QUIZZES, **header})


def start_shop(session: Session, learner: models.User, now: datetime = NOW) -> models.Attempt:
    """The learner's open attempt at ``shop-whole``."""
    return start_attempt(session, learner, "shop-whole", now)


def answer_shop(
    session: Session, attempt: models.Attempt, *right: int, at: datetime = NOW + MINUTE
) -> None:
    """The questions at those positions have right answers."""
    for position in right:
        answer(session, attempt, position, at)
