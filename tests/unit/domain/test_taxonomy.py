"""The skill tree: what is refused, and looking things up."""

from copy import deepcopy
from typing import Any

import pytest

from quizapp.domain.errors import InvalidContentError, NotFoundError
from quizapp.domain.taxonomy import Taxonomy

FIELDS: dict[str, Any] = {
    "banks": [
        {
            "id": "ml",
            "name": "Machine learning",
            "areas": [
                {
                    "id": "ml.deep",
                    "name": "Deep learning",
                    "skills": [
                        {
                            "id": "ml.deep.training",
                            "name": "Training",
                            "level": "mid",
                            "covers": "x",
                        },
                        {
                            "id": "ml.deep.transformers",
                            "name": "Transformers",
                            "level": "senior",
                            "covers": "attention",
                            "requires": ["ml.deep.training"],
                        },
                    ],
                }
            ],
        }
    ],
    "roles": [
        {"id": "scientist", "name": "Scientist", "weights": {"ml": 1, "ml.deep.transformers": 3}},
        {"id": "engineer", "name": "Engineer", "weights": {"ml.dee": 2, "ml.deep.transformers": 1}},
    ],
    "aliases": {"ml.deep.attention": "ml.deep.transformers"},
}
TAXONOMY = Taxonomy.parse(FIELDS)


def changed(**skill: Any) -> dict[str, Any]:
    """The fields with another first skill."""
    fields = deepcopy(FIELDS)
    fields["banks"][0]["areas"][0]["skills"][0] |= skill
    return fields


def test_parse_and_export_are_inverses() -> None:
    assert Taxonomy.parse(TAXONOMY.export()) == TAXONOMY


def test_a_skill_knows_its_place_in_the_tree() -> None:
    skill = TAXONOMY.skill("ml.deep.transformers")

    assert (skill.area_id, skill.area_name) == ("ml.deep", "Deep learning")
    assert (skill.bank_id, skill.bank_name) == ("ml", "Machine learning")
    assert skill.requires == ("ml.deep.training",)


def test_a_renamed_skill_is_found_by_its_former_id() -> None:
    assert TAXONOMY.skill("ml.deep.attention").id == "ml.deep.transformers"


def test_a_skill_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(NotFoundError, match=r"There is no skill ml\.wide\."):
        TAXONOMY.skill("ml.wide")


@pytest.mark.parametrize(
    ("prefix", "count"), [("ml", 2), ("ml.deep", 2), ("ml.deep.training", 1), ("ml.dee", 0)]
)
def test_below_a_prefix_are_whole_parts_only(prefix: str, count: int) -> None:
    assert len(TAXONOMY.below(prefix)) == count


def test_the_weight_is_the_one_of_the_longest_prefix() -> None:
    assert TAXONOMY.weights(TAXONOMY.role("scientist")) == {
        "ml.deep.training": 1,
        "ml.deep.transformers": 3,
    }
    assert TAXONOMY.weights(TAXONOMY.role("engineer"))["ml.deep.training"] == 0


@pytest.mark.parametrize("role", [None, "poet"])
def test_the_first_role_stands_in_for_none(role: str | None) -> None:
    assert TAXONOMY.role(role).id == "scientist"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (changed(id="ml.deep.transformers"), "ml.deep.transformers stands twice"),
        (changed(id="ml.wide.training"), "ml.wide.training stands in the area ml.deep"),
        (changed(requires=["ml.deep.magic"]), "requires ml.deep.magic, which does not exist"),
        (changed(requires=["ml.deep.transformers"]), "prerequisites go in a circle"),
        (changed(requires=["ml.deep.training"]), "prerequisites go in a circle"),
        (changed(level="expert"), "banks.0.areas.0.skills.0.level: Expected 'entry'"),
        (FIELDS | {"aliases": {"a.b": "c.d"}}, "the alias a.b: c.d must lead"),
        (FIELDS | {"roles": []}, "roles: This list needs at least 1"),
        (FIELDS | {"banks": None}, "banks: Nothing is written here"),
        ("text", "Expected fields with values"),
        (None, ": "),
    ],
)
def test_what_cannot_be_a_tree_is_refused(fields: Any, message: str) -> None:
    with pytest.raises(InvalidContentError) as caught:
        Taxonomy.parse(fields)

    assert message in str(caught.value)


def test_every_fault_is_named() -> None:
    fields = changed(id="ml.wide.training", requires=["ml.deep.magic"])

    with pytest.raises(InvalidContentError) as caught:
        Taxonomy.parse(fields)

    assert len(str(caught.value).splitlines()) == 3


def test_a_role_that_weighs_no_skill_is_refused() -> None:
    fields = deepcopy(FIELDS)
    fields["roles"][1]["weights"] = {"ml.dee": 2}

    with pytest.raises(InvalidContentError, match="engineer gives no skill a weight"):
        Taxonomy.parse(fields)
