"""Saving one answer from several pages, and out of order: the newest is kept."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import responses
from quizapp.services.responses import AnswerChangedError
from quizapp.services.storing import Input, Saved, Stamp
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    in_parallel,
    make_bank,
    make_item,
    row_at,
    start_attempt,
    stored,
)


@pytest.fixture
def word(session: Session, alice: models.User) -> models.Attempt:
    """An open attempt whose only question takes a word."""
    return start_word(session, alice)


def start_word(session: Session, user: models.User) -> models.Attempt:
    item = make_item("word", type="short-text", stem="Which one?", accepted=["normal"])
    make_bank(session, [item])
    return start_attempt(session, user, "small")


def give(
    session: Session, attempt: models.Attempt, text: str, stamp: Stamp, *, flag: bool | None = None
) -> Saved:
    """A page has posted ``text`` as the first answer."""
    given = Input({"text": [text]}, is_flagged=flag, stamp=stamp)
    saved = responses.save(session, attempt.user_id, attempt.id, 1, given, NOW + MINUTE, GRACE)
    assert isinstance(saved, Saved)
    return saved


def test_a_page_goes_on_from_its_own_saves_without_having_heard_of_them(
    session: Session, word: models.Attempt
) -> None:
    for sequence, text in enumerate(["n", "nor", "normal"], start=1):
        saved = give(session, word, text, Stamp(seen=0, client="tab", sequence=sequence))

    assert (saved.save_count, row_at(session, word, 1).value) == (3, "normal")


def test_an_older_save_of_the_same_page_that_arrives_late_changes_nothing(
    session: Session, word: models.Attempt
) -> None:
    give(session, word, "new", Stamp(seen=0, client="tab", sequence=2))

    late = give(session, word, "", Stamp(seen=0, client="tab", sequence=1))

    assert late == Saved(
        NOW + MINUTE, word.ends_at, is_answered=True, save_count=1, is_superseded=True
    )
    assert row_at(session, word, 1).value == "new"


def test_an_answer_back_at_what_is_stored_still_outruns_what_was_sent_between(
    session: Session, word: models.Attempt
) -> None:
    give(session, word, "a", Stamp(seen=0, client="tab", sequence=1))
    give(session, word, "a", Stamp(seen=0, client="tab", sequence=3))

    assert give(session, word, "b", Stamp(seen=0, client="tab", sequence=2)).is_superseded
    assert row_at(session, word, 1).value == "a"


def test_an_answer_back_at_what_the_page_began_with_outruns_what_was_sent_between_too(
    session: Session, word: models.Attempt
) -> None:
    give(session, word, "abc", Stamp(seen=0, client="earlier", sequence=1))
    give(session, word, "abc", Stamp(seen=1, client="tab", sequence=3))

    assert give(session, word, "abcd", Stamp(seen=1, client="tab", sequence=2)).is_superseded
    assert row_at(session, word, 1).value == "abc"


@pytest.mark.parametrize("client", ["", "tab"])
def test_the_same_save_again_is_confirmed_and_changes_nothing(
    session: Session, word: models.Attempt, client: str
) -> None:
    stamp = Stamp(seen=0, client=client, sequence=1)
    first = give(session, word, "normal", stamp, flag=True)

    assert give(session, word, "normal", stamp, flag=True) == first
    assert row_at(session, word, 1).save_count == 1


@pytest.mark.parametrize("client", ["", "tab-1"])
def test_a_page_that_has_not_seen_the_newest_answer_does_not_replace_it(
    session: Session, word: models.Attempt, client: str
) -> None:
    newest = give(session, word, "newest", Stamp(seen=0, client="tab-2", sequence=1))

    with pytest.raises(AnswerChangedError, match="in another tab or window") as caught:
        give(session, word, "", Stamp(seen=0, client=client, sequence=9))

    assert (caught.value.saved_at, caught.value.save_count) == (newest.saved_at, 1)
    assert (caught.value.stored, caught.value.yours) == (["newest"], [])
    assert row_at(session, word, 1).value == "newest"


def test_another_flag_is_a_change_that_a_page_must_have_seen(
    session: Session, word: models.Attempt
) -> None:
    give(session, word, "a", Stamp(seen=0), flag=True)

    with pytest.raises(AnswerChangedError):
        give(session, word, "a", Stamp(seen=0), flag=False)

    assert row_at(session, word, 1).is_flagged


def test_a_page_that_has_seen_the_newest_answer_replaces_it(
    session: Session, word: models.Attempt
) -> None:
    give(session, word, "a", Stamp(seen=0, client="tab-1", sequence=5))

    saved = give(session, word, "b", Stamp(seen=1, client="tab-2", sequence=1))

    row = row_at(session, word, 1)
    assert (saved.save_count, row.value, row.saved_by, row.saved_sequence) == (2, "b", "tab-2", 1)


def test_a_page_left_without_a_change_does_not_hold_up_another(
    session: Session, word: models.Attempt
) -> None:
    give(session, word, "", Stamp(seen=0, client="tab-2", sequence=1))

    give(session, word, "a", Stamp(seen=0, client="tab-1", sequence=1))

    assert row_at(session, word, 1).value == "a"


def test_a_save_that_does_not_say_what_it_has_seen_is_stored(
    session: Session, word: models.Attempt
) -> None:
    give(session, word, "a", Stamp(seen=0, client="tab", sequence=1))

    assert give(session, word, "b", Stamp()).save_count == 2
    assert row_at(session, word, 1).saved_by is None


@pytest.mark.parametrize("_", range(6))
def test_of_two_pages_that_save_at_once_one_is_told_of_the_other(
    app: Flask, alice: models.User, _: int
) -> None:
    with stored(app) as session:
        attempt = start_word(session, alice)

    outcomes = in_parallel(
        app,
        [
            lambda session: give(session, attempt, "a", Stamp(seen=0, client="1", sequence=1)),
            lambda session: give(session, attempt, "b", Stamp(seen=0, client="2", sequence=1)),
        ],
    )

    kinds = {type(each) for each in outcomes}
    assert kinds == {Saved, AnswerChangedError}
    with stored(app) as session:
        expected = "a" if isinstance(outcomes[0], Saved) else "b"
        assert row_at(session, attempt, 1).value == expected


@pytest.mark.parametrize("_", range(4))
def test_of_pages_that_come_too_late_at_once_none_waits_for_the_other(
    app: Flask, alice: models.User, _: int
) -> None:
    with stored(app) as session:
        attempt = start_word(session, alice)
        give(session, attempt, "newest", Stamp(seen=0))

    def late(client: str) -> Callable[[Session], Saved]:
        stamp = Stamp(seen=0, client=client, sequence=1)
        return lambda session: give(session, attempt, f"from {client}", stamp)

    outcomes = in_parallel(app, [late(client) for client in "abcdef"])

    assert {type(each) for each in outcomes} == {AnswerChangedError}
