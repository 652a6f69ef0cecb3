"""The same item in other words."""

import pytest

from quizapp.domain.items import Item, ItemFaultsError
from quizapp.domain.rewriting import authored_texts, rewritten
from tests.canaries import each_example, those_of

COMMON = {"id": "one", "skills": ["math.probability.bayes"], "explanation": "Because."}
ITEMS = [
    Item.parse(those_of(question_type, COMMON) | {**example.fields, "type": question_type.kind})
    for question_type, _, example in each_example()
]
DRAWN = Item.parse(
    {
        **COMMON,
        "type": "numeric",
        "parameters": {"a": {"integers": {"from": 2, "to": 9}}},
        "stem": "What is twice {{ a }}?",
        "answer": "{{ 2 * a }}",
    }
)


@pytest.mark.parametrize("item", [*ITEMS, DRAWN])
def test_nothing_to_change_leaves_the_item(item: Item) -> None:
    assert rewritten(item, str) is item


@pytest.mark.parametrize("item", ITEMS)
def test_every_text_is_changed_and_nothing_else(item: Item) -> None:
    changed = rewritten(item, lambda text: f"{text}!")

    assert changed.texts() == {place: f"{text}!" for place, text in item.texts().items()}
    assert rewritten(changed, lambda text: text.removesuffix("!")).export() == item.export()


def test_placeholders_stay() -> None:
    changed = rewritten(DRAWN, lambda text: text.replace("twice", "double"))

    assert authored_texts(changed)["stem",] == "What is double {{ a }}?"
    assert changed.template is not None


def test_a_text_that_becomes_too_long_is_a_fault_at_its_place() -> None:
    with pytest.raises(ItemFaultsError) as caught:
        rewritten(ITEMS[0], lambda text: text * 30_000)

    assert ("stem",) in {fault.place for fault in caught.value.problems}
