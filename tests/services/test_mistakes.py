"""The notebook: what is in it, in which order, by cause and skill, and whose notes they are."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.domain.mistakes import Note
from quizapp.services import attempts, mistakes
from quizapp.services.mistakes import Filter, Notebook
from tests.essays import ALL, HALF, mark_as, mark_own, take_essay
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    answer,
    make_bank,
    make_items,
    make_sum,
    row_at,
    start_attempt,
    take_attempt,
)

DAY = timedelta(days=1)


def notebook(session: Session, user: models.User, **wanted: str | int) -> Notebook:
    return mistakes.notebook(session, user.id, Filter(**wanted))  # type: ignore[arg-type]


def slugs(found: Notebook) -> list[str]:
    return [entry.item.slug for entry in found.entries]


def test_what_was_missed_is_listed_with_the_newest_first(
    session: Session, alice: models.User
) -> None:
    for number in (1, 2):
        make_bank(session, make_items(1, stem=f"Bank {number}?"), f"bank-{number}")
        take_attempt(session, alice, f"bank-{number}", NOW + number * DAY, wrong=(1,))

    found = notebook(session, alice)

    assert [each.item.question.prompt for each in found.entries] == ["Bank 2?", "Bank 1?"]
    assert (found.count, found.total, found.has_more) == (2, 2, False)


def test_it_leads_to_the_very_answer_even_of_drawn_numbers(
    session: Session, alice: models.User
) -> None:
    make_bank(session, [make_sum()], "sums")
    attempt = take_attempt(session, alice, "sums", wrong=(1,))

    (entry,) = notebook(session, alice).entries

    response = entry.mistake.response
    assert (response.attempt_id, response.position) == (attempt.id, 1)
    assert entry.item == attempts.item_of(row_at(session, attempt, 1))


def test_an_attempt_that_is_open_tells_nothing(session: Session, alice: models.User) -> None:
    answer(session, start_attempt(session, alice), 1, is_right=False)

    assert notebook(session, alice).total == 0


def test_what_was_never_looked_at_is_no_mistake_unless_the_clock_ended_it(
    session: Session, alice: models.User
) -> None:
    take_attempt(session, alice, right=(1,))
    assert notebook(session, alice).total == 0
    running = start_attempt(session, alice, now=NOW + DAY)

    attempts.close_overdue(session, running.id, NOW + 2 * DAY, GRACE)

    found = notebook(session, alice)
    assert found.total == 4
    assert {each.mistake.likely_cause for each in found.entries} == {"out of time"}


def test_what_awaits_a_mark_is_no_mistake_until_it_has_less_than_all(
    session: Session, alice: models.User, bob: models.User
) -> None:
    attempt = take_essay(session, alice, bob)
    before = notebook(session, alice).total

    mark_own(session, attempt, HALF)
    halved = notebook(session, alice).total
    mark_as(session, bob, attempt, ALL)

    assert halved == before + 1
    assert notebook(session, alice).total == before


def test_answered_right_later_it_is_put_right(session: Session, alice: models.User) -> None:
    make_bank(session, make_items(1), "one")
    take_attempt(session, alice, "one", wrong=(1,))

    later = take_attempt(session, alice, "one", NOW + 3 * DAY, right=(1,))

    (entry,) = notebook(session, alice).entries
    assert entry.mistake.put_right_at == later.finished_at


def test_a_retired_item_stays_in_the_notebook(session: Session, alice: models.User) -> None:
    make_bank(session, make_items(1), "one")
    take_attempt(session, alice, "one", wrong=(1,))

    make_bank(session, [make_sum()], "one")

    assert slugs(notebook(session, alice)) == ["item-1"]


def test_it_is_filtered_by_cause_and_by_skill(session: Session, alice: models.User) -> None:
    skills = ("ml.models.trees", "math.probability.bayes")
    items = [make_items(2, skills=[skill])[place] for place, skill in enumerate(skills)]
    make_bank(session, items, "two")
    take_attempt(session, alice, "two", wrong=(1, 2))
    noted = next(each for each in notebook(session, alice).entries if each.skill.id == skills[0])
    mistakes.write(session, alice.id, noted.item_id, Note("slip"), NOW)

    assert slugs(notebook(session, alice, skill=skills[0])) == [noted.item.slug]
    assert slugs(notebook(session, alice, cause="slip")) == [noted.item.slug]
    assert slugs(notebook(session, alice, cause="none", skill=skills[0])) == []
    assert notebook(session, alice, cause="slip").causes == {"slip": 1, "none": 1}


def test_it_has_pages(
    session: Session, alice: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mistakes, "PAGE_SIZE", 2)
    make_bank(session, make_items(3), "three")
    take_attempt(session, alice, "three", wrong=(1, 2, 3))

    pages = [notebook(session, alice, page=page) for page in (1, 2, 3)]

    assert [len(each.entries) for each in pages] == [2, 1, 0]
    assert [each.has_more for each in pages] == [True, False, False]


def test_a_note_stays_with_the_item_and_is_changed_or_taken_away(
    session: Session, alice: models.User
) -> None:
    make_bank(session, make_items(1), "one")
    take_attempt(session, alice, "one", wrong=(1,))
    item_id = notebook(session, alice).entries[0].item_id
    notes = [Note("slip", "Sign."), Note("misread", "Not."), Note(None, "Why?"), Note()]

    for days, note in enumerate(notes, start=1):
        mistakes.write(session, alice.id, item_id, note, NOW)
        take_attempt(session, alice, "one", NOW + days * DAY, wrong=(1,))

        assert mistakes.find(session, alice.id, item_id).note == note


def test_only_who_missed_an_item_can_note_something_on_it(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    make_bank(session, make_items(1), "one")
    take_attempt(session, alice, "one", wrong=(1,))
    take_attempt(session, charlie, "one", right=(1,))
    item_id = notebook(session, alice).entries[0].item_id

    with pytest.raises(NotFoundError):
        mistakes.write(session, charlie.id, item_id, Note("slip"), NOW)


def test_notes_are_each_learners_own(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    make_bank(session, make_items(1), "one")
    for person in (alice, charlie):
        take_attempt(session, person, "one", wrong=(1,))
    item_id = notebook(session, alice).entries[0].item_id

    mistakes.write(session, alice.id, item_id, Note("slip", "Mine."), NOW + MINUTE)

    assert mistakes.find(session, charlie.id, item_id).note == Note()
