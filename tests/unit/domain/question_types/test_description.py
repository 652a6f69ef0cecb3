"""What an author may say of a description."""

import pytest

from quizapp.domain.items import Item, ItemFaultsError
from quizapp.domain.scoring import ScoredResponse, total

FIELDS = {"id": "shop", "type": "description", "skills": ["maths.numbers"], "stem": "A shop."}


@pytest.mark.parametrize(
    "field",
    [{"points": 1}, {"difficulty": 3}, {"explanation": "Why."}, {"parameters": {"a": "1 + 1"}}],
)
def test_what_says_something_of_an_answer_is_refused(field: dict[str, object]) -> None:
    (name,) = field

    with pytest.raises(ItemFaultsError) as error:
        Item.parse({**FIELDS, **field})

    message = f"A description asks nothing, so it has no `{name}`. Delete the field."
    assert message in [each.message for each in error.value.problems if each.place == (name,)]


def test_time_level_and_references_may_be_said() -> None:
    said = {"seconds": 30, "level": "senior", "references": ["A book"]}

    assert Item.parse({**FIELDS, **said}).export() == {**FIELDS, **said}


def test_it_has_skills_as_every_item_has() -> None:
    with pytest.raises(ItemFaultsError) as error:
        Item.parse({**FIELDS, "skills": []})

    assert [each.place for each in error.value.problems] == [("skills",)]


def test_a_total_leaves_it_out() -> None:
    nothing = ScoredResponse(None, 0.0, is_answered=False, points=0.0)
    right = ScoredResponse(1.0, 2.0, is_answered=True, points=2.0)

    assert nothing.outcome is None
    assert total([nothing, right, nothing]) == total([right])
    assert total([nothing]).is_final
