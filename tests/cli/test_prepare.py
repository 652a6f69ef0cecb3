"""Preparing the database: answers from before there were memories of items are remembered."""

from flask import Flask
from sqlalchemy import delete

from quizapp.db import models
from tests.factories import rows, stored, take_attempt


def test_memories_that_are_missing_are_made_once(app: Flask, alice: models.User) -> None:
    with stored(app) as session:
        take_attempt(session, alice, right=(1, 2), wrong=(3,))
    before = [(each.item_id, each.due_at, each.wins) for each in rows(app, models.ItemMemory)]
    with stored(app) as session:
        session.execute(delete(models.ItemMemory))

    said = [app.test_cli_runner().invoke(args=["prepare"]).output for _ in range(2)]

    after = [(each.item_id, each.due_at, each.wins) for each in rows(app, models.ItemMemory)]
    assert after == before
    assert [each.count("Made the memories of items") for each in said] == [1, 0]
