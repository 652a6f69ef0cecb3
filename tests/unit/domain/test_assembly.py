"""Drawing the items of an attempt."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from pydantic import ValidationError

from quizapp.domain.assembly import Extent, PlanSection, PoolItem, QuizPlan, draw, extent
from quizapp.domain.errors import QuizError

ITEM = PoolItem(1, 1, "ml", True, ("ml.deep.training",), "mid", seconds=90, points=1, times_seen=0)
SKILLS = ("ml.deep.training", "ml.deep.transformers", "ml.deep-water.fish", "math.statistics.tests")
POOL = tuple(
    replace(ITEM, item_id=number, revision_id=number, skills=(SKILLS[number % 4],))
    for number in range(20)
)


def plan(questions: int, **section: object) -> QuizPlan:
    return QuizPlan.model_validate({"sections": [{"questions": questions, **section}]})


def drawn(chosen: QuizPlan, pool: tuple[PoolItem, ...] = POOL, seed: int = 1) -> list[int]:
    return [item.item_id for item in draw(chosen, pool, Random(seed)).items]


def test_draws_as_many_as_planned_and_none_twice() -> None:
    assert len(set(drawn(plan(8)))) == 8


def test_takes_all_there_is_where_there_are_too_few() -> None:
    assert sorted(drawn(plan(50))) == list(range(20))


def test_the_same_seed_draws_the_same_and_another_seed_differs() -> None:
    assert drawn(plan(8), seed=1) == drawn(plan(8), seed=1) != drawn(plan(8), seed=2)


def test_items_not_seen_before_come_first() -> None:
    pool = tuple(replace(item, times_seen=int(item.item_id < 15)) for item in POOL)

    assert {15, 16, 17, 18, 19} < set(drawn(plan(8), pool))


def test_skills_are_spread_evenly() -> None:
    chosen = draw(plan(8), POOL, Random(1)).items

    assert set(Counter(item.skills[0] for item in chosen).values()) == {2}


def test_a_skill_stands_for_all_below_it_and_nothing_else() -> None:
    chosen = draw(plan(50, skills=["ml.deep"]), POOL, Random(1)).items

    assert {item.skills[0] for item in chosen} == {"ml.deep.training", "ml.deep.transformers"}


def test_an_item_fits_by_any_of_its_skills() -> None:
    pool = (replace(ITEM, skills=("ml.deep.training", "math.calculus.gradients")),)

    assert drawn(plan(1, skills=["math"]), pool) == [1]


def test_bank_and_levels_narrow_the_draw() -> None:
    pool = (ITEM, replace(ITEM, item_id=2, bank="math"), replace(ITEM, item_id=3, level="senior"))

    assert drawn(plan(9, bank="ml", levels=["mid", "entry"]), pool) == [1]


def test_named_items_are_the_only_ones_whatever_else_the_plan_says() -> None:
    assert sorted(drawn(plan(9, items=[3, 5, 99], bank="none"))) == [3, 5]


def test_sections_draw_in_turn_from_what_is_left() -> None:
    sections = [PlanSection(questions=3, items=(1, 2, 3)), PlanSection(questions=20)]
    chosen = drawn(QuizPlan(sections=tuple(sections), keep_sections=True))

    assert set(chosen[:3]) == {1, 2, 3}
    assert sorted(chosen) == list(range(20))


def test_without_sections_kept_all_items_are_mixed() -> None:
    sections = (PlanSection(questions=5, items=tuple(range(5))), PlanSection(questions=15))
    chosen = drawn(QuizPlan(sections=sections))

    assert set(chosen[:5]) != set(range(5))


def test_every_item_is_drawn_equally_often() -> None:
    counts = Counter(number for seed in range(400) for number in drawn(plan(4), seed=seed))

    mean = 400 * 4 / 20
    assert sum((counts[number] - mean) ** 2 / mean for number in range(20)) < 36.191  # p = 0.01


def test_a_plan_that_nothing_fits_says_what_to_do() -> None:
    with pytest.raises(QuizError, match="Choose more skills or levels"):
        drawn(plan(5, skills=["law"]))


@pytest.mark.parametrize("questions", [0, 101])
def test_a_section_draws_1_to_100_questions(questions: int) -> None:
    with pytest.raises(ValidationError):
        plan(questions)


def test_the_questions_of_a_plan_are_the_sum_over_its_sections() -> None:
    sections = (PlanSection(questions=3), PlanSection(questions=4))

    assert QuizPlan(sections=sections).questions == 7


# --- Whose items ----------------------------------------------------------------------------------

BOBS = tuple(
    replace(ITEM, item_id=number, bank="bobs", is_practised=False, skills=(SKILLS[0],))
    for number in range(100, 105)
)


def test_items_of_instructors_are_not_drawn_where_no_bank_is_named() -> None:
    assert set(drawn(plan(50), POOL + BOBS)) == set(range(20))
    assert drawn(plan(50, skills=["ml.deep.training"]), BOBS + POOL[:1]) == [0]


def test_items_of_instructors_are_drawn_where_their_bank_or_they_are_named() -> None:
    assert sorted(drawn(plan(50, bank="bobs"), POOL + BOBS)) == list(range(100, 105))
    assert drawn(plan(50, items=[103]), POOL + BOBS) == [103]


# --- Extent ---------------------------------------------------------------------------------------


def test_the_extent_is_what_would_be_drawn_and_the_mean_time_of_what_fits() -> None:
    other = replace(ITEM, item_id=3, bank="math", seconds=600)
    pool = (replace(ITEM, seconds=30), replace(ITEM, item_id=2, seconds=90), other)

    assert extent(plan(1, bank="ml"), pool) == Extent(1, 60)
    assert extent(plan(9, bank="ml"), pool) == Extent(2, 120)
    assert extent(plan(9, bank="law"), pool) == Extent(0, 0)


def test_the_extent_counts_an_item_once_that_two_sections_ask_for() -> None:
    sections = (PlanSection(questions=3, items=(1, 2)), PlanSection(questions=19))

    assert extent(QuizPlan(sections=sections), POOL).questions == 20


# --- Order ----------------------------------------------------------------------------------------


def test_a_fixed_order_takes_the_first_as_they_stand_even_if_they_were_seen() -> None:
    fixed = plan(5).model_copy(update={"fixed_order": True})
    pool = tuple(replace(item, times_seen=item.item_id < 3) for item in POOL)

    assert drawn(fixed, pool) == [0, 1, 2, 3, 4]


def test_a_fixed_order_goes_section_by_section() -> None:
    sections = (PlanSection(questions=2, skills=(SKILLS[1],)), PlanSection(questions=3))

    assert drawn(QuizPlan(sections=sections, fixed_order=True)) == [1, 5, 0, 2, 3]


# --- What asks nothing ----------------------------------------------------------------------------

TEXT = replace(ITEM, points=0.0, seconds=30)
WITH_TEXTS = (
    replace(TEXT, item_id=100), *POOL[:2],
    replace(TEXT, item_id=101), replace(TEXT, item_id=102), *POOL[2:4],
    replace(TEXT, item_id=103),
)  # fmt: skip


def in_order(questions: int) -> QuizPlan:
    return plan(questions).model_copy(update={"fixed_order": True})


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (1, [100, 0]),
        (2, [100, 0, 1]),
        (3, [100, 0, 1, 101, 102, 2]),
        (4, [100, 0, 1, 101, 102, 2, 3]),
        (9, [100, 0, 1, 101, 102, 2, 3]),
    ],
)
def test_a_fixed_order_takes_along_what_stands_before_its_questions(
    questions: int, expected: list[int]
) -> None:
    assert drawn(in_order(questions), WITH_TEXTS) == expected


def test_nothing_else_takes_it_along() -> None:
    assert sorted(drawn(plan(9), WITH_TEXTS)) == [0, 1, 2, 3]
    assert drawn(plan(9, items=[100, 2]), WITH_TEXTS) == [2]
    with pytest.raises(QuizError):
        drawn(in_order(1), (TEXT,))


def test_it_is_worth_nothing_whatever_questions_are_worth() -> None:
    section = PlanSection(questions=2, points=3.0)
    worth = QuizPlan(sections=(section,), fixed_order=True)

    assert [item.points for item in draw(worth, WITH_TEXTS, Random(1)).items] == [0, 3, 3]


def test_the_extent_counts_its_time_and_not_itself() -> None:
    assert extent(in_order(3), WITH_TEXTS) == Extent(3, 3 * 30 + 3 * 90)
    assert extent(plan(9), WITH_TEXTS) == Extent(4, 4 * 90)


def test_a_section_draws_only_the_types_that_it_asks_for() -> None:
    kinds = ("code", "numeric", "cloze")
    pool = tuple(replace(item, kind=kinds[item.item_id % 3]) for item in POOL)

    programs = draw(plan(50, types=["code"]), pool, Random(1)).items
    others = draw(plan(50, without_types=["code"]), pool, Random(1)).items

    assert {item.kind for item in programs} == {"code"}
    assert {item.kind for item in others} == {"numeric", "cloze"}
