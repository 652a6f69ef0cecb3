"""Items: every fault at once, and a hash that stands for what an author wrote."""

from collections.abc import Callable
from typing import Any

import pytest

from quizapp.domain.items import Item, ItemFaultsError
from quizapp.domain.question_types import question_types

MakeItem = Callable[..., Item]


def faults(**fields: Any) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(ItemFaultsError) as caught:
        Item.parse(fields)
    return [(problem.place, problem.message) for problem in caught.value.problems]


def test_faults_of_the_item_and_of_its_question_are_found_together() -> None:
    found = faults(id="A", type="true-false", skills=["maths.numbers"], answer="perhaps")

    assert [place for place, _ in found] == [("id",), ("stem",), ("answer",)]


def test_a_list_is_not_called_too_short_for_the_entries_that_are_wrong() -> None:
    options = [{"text": "a", "corect": True}, {"text": ""}]
    found = faults(id="a", type="multiple-choice", skills=["a.b"], stem="?", options=options)

    assert [place for place, _ in found] == [("options", 0, "corect"), ("options", 1, "text")]


def test_an_unknown_type_is_told_the_known_ones() -> None:
    found = faults(id="a", type="essay", skills=["a.b"])

    assert len(found) == 1
    assert f"Known types: {', '.join(question_types())}." in found[0][1]


@pytest.mark.parametrize("kind", [None, True, ["true-false"], {"true-false": 1}])
def test_a_type_that_is_no_text_is_one_fault(kind: object) -> None:
    assert [place for place, _ in faults(id="a", type=kind, skills=["a.b"])] == [("type",)]


@pytest.mark.parametrize("slug", ["a--b", "-a", "a-", "A", "a b", "ä", "a\n", "a" * 81, ""])
def test_an_id_is_words_with_hyphens_between(slug: str) -> None:
    with pytest.raises(ItemFaultsError):
        Item.parse(
            {"id": slug, "type": "true-false", "skills": ["a.b"], "stem": "So.", "answer": 1}
        )


def test_export_leaves_defaults_out_and_parses_to_the_same_item(make_item: MakeItem) -> None:
    item = make_item(level="mid", points=1.0)

    assert item.export() == {
        "id": "a-statement",
        "type": "true-false",
        "skills": ["maths.numbers"],
        "stem": "Two is even.",
        "answer": True,
    }
    assert Item.parse(item.export()) == item


def test_the_hash_is_the_same_however_the_fields_were_written(make_item: MakeItem) -> None:
    assert make_item().content_hash() == make_item(level="mid", seconds="90").content_hash()
    assert make_item().content_hash() == Item.parse(make_item().export()).content_hash()


@pytest.mark.parametrize(
    "change", [{"answer": False}, {"stem": "Two is odd."}, {"level": "senior"}, {"points": 2}]
)
def test_the_hash_differs_with_whatever_an_author_changes(
    make_item: MakeItem, change: dict[str, Any]
) -> None:
    assert make_item(**change).content_hash() != make_item().content_hash()


def test_the_hash_does_not_change_with_the_program(make_item: MakeItem) -> None:
    """Stored revisions are found by it: a new default or field must not change it."""
    assert make_item().content_hash().startswith("2d4e427a803667fe")


def test_texts_hold_the_explanation(make_item: MakeItem) -> None:
    item = make_item(explanation="It is $2 \\cdot 1$.")

    assert item.texts() == {
        ("stem",): "Two is even.",
        ("explanation",): "It is $2 \\cdot 1$.",
    }
