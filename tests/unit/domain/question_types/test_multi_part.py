"""Multi-part: parts of every kind, weights, and numbers that follow from wrong ones."""

import re
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.advice import advice
from quizapp.domain.draw_checks import draw_problems
from quizapp.domain.interactions import Parts
from quizapp.domain.items import Item, ItemFaultsError
from quizapp.domain.question import PartReview
from quizapp.domain.question_types import question_types
from quizapp.domain.question_types.multi_part import MultiPart
from tests import canaries

COMMON = {"id": "a", "type": "multi-part", "skills": ["maths.numbers"]}
NUMBER = {"type": "numeric", "stem": "How many?"}
A = {"name": "a", **NUMBER, "answer": "4"}
B = {"name": "b", **NUMBER, "answer": "8", "follow_through": "2 * a", "points": 3}


def question(*parts: Mapping[str, Any]) -> MultiPart:
    return MultiPart.parse({"stem": "Count.", "parts": parts})


def reviewed(of: MultiPart, response: list[Any] | None) -> tuple[PartReview, ...]:
    return of.review(response, of.render()).parts


def faults(*parts: Any) -> dict[str, str]:
    """What is said of each place."""
    with pytest.raises(ItemFaultsError) as caught:
        Item.parse({**COMMON, "stem": "Count.", "parts": parts})
    return {".".join(map(str, each.place)): each.message for each in caught.value.problems}


def of_every_kind() -> Iterator[Any]:
    """Fields with each example of each kind as their second part."""
    for kind, number, example in canaries.each_example():
        if kind.can_be_part:
            part = {**example.fields, "name": "x", "type": kind.kind, "explanation": "So it is."}
            fields = {"stem": "Count.", "parts": [A, part]}
            yield pytest.param(fields, example, id=f"{kind.kind}-{number}")


each_kind = pytest.mark.parametrize(("fields", "example"), list(of_every_kind()))


@each_kind
def test_a_part_of_any_kind_is_graded_as_that_kind(fields: dict[str, Any], example: Any) -> None:
    parsed = MultiPart.parse(fields)

    assert MultiPart.parse(parsed.export()) == parsed
    for response, score in example.scores:
        assert parsed.grade(["4", response]).score == pytest.approx((1 + score) / 2)


@each_kind
def test_a_part_of_any_kind_is_shown_read_and_reviewed(
    fields: dict[str, Any], example: Any
) -> None:
    parsed = MultiPart.parse(fields)
    shown = parsed.render().shuffled(Random(1))
    right = parsed.right_response()

    part = parsed.review(right, shown).parts[1]

    assert shown.read(shown.posted(right)) == right
    assert all(line.startswith(("Part a: ", "Part x: ")) for line in shown.lines(right))
    assert (part.name, part.score, part.explanation) == ("x", 1, "So it is.")
    assert any(row.is_given for row in part.review.rows)


@each_kind
def test_a_canary_is_in_every_field_of_a_part_and_none_is_rendered(
    fields: dict[str, Any], example: Any
) -> None:
    kind = question_types()[fields["parts"][1]["type"]]
    marked = canaries.with_canaries(MultiPart, fields)
    alone = canaries.with_canaries(kind, example.fields)
    in_part = {name: marked["parts"][1][name] for name in alone}

    assert _without_numbers(in_part) == _without_numbers(alone)
    assert "73159" in marked["parts"][1]["explanation"]
    assert "73159" not in repr(MultiPart.parse(marked).render())


def _without_numbers(fields: Any) -> str:
    """Canaries of words are numbered as they are met."""
    return re.sub(r"(canary-73159(-never)?)-\d+", r"\1", repr(fields))


@each_kind
def test_texts_of_parts_stand_where_they_are_said_to(fields: dict[str, Any], example: Any) -> None:
    places = MultiPart.parse(fields).texts()

    assert places["parts", 1, "stem"] == example.fields["stem"].strip()
    assert places["parts", 1, "explanation"] == "So it is."


def test_a_kind_that_a_person_marks_and_a_question_in_parts_are_no_parts() -> None:
    for kind in question_types().values():
        if kind.can_be_part:
            scores = [score for example in kind.examples for _, score in example.scores]
            assert all(score is not None for score in scores)
    assert "is no type of a part" in faults(A, {"name": "b", "type": "multi-part"})["parts.1.type"]


def test_every_fault_has_its_place() -> None:
    options = [{"text": "x"}, {"text": "y", "correct": "perhaps"}]
    choice = {"name": "b", "type": "multiple-choice", "stem": "Which?", "options": options}

    assert faults({**A, "name": "a b", "tolerance": -1}, choice, 5, {"name": "c"}) == {
        "parts.0.name": "Name a part by a letter or a short word, such as `a`.",
        "parts.0.tolerance": "This must be at least 0.",
        "parts.1.options.1.correct": "Expected true or false.",
        "parts.2": "Expected fields with values (`name: value`).",
        "parts.3.type": "The field `type` is missing.",
    }


@pytest.mark.parametrize(
    ("follow_through", "fault"),
    [
        ("2 * c", "`c` is no earlier part with a number."),
        ("2 * b", "`b` is no earlier part with a number."),
        ("3 * a", "From the answers before it 12 follows, not the answer."),
        ("1 / (a - 4)", "From the answers before it no number follows."),
        ("[a, a]", "From the answers before it no number follows."),
        ("2 *", "Column 4: Expected a number, a name or a bracket, but the formula ends."),
    ],
)
def test_a_formula_that_misleads_is_refused(follow_through: str, fault: str) -> None:
    assert faults(A, {**B, "follow_through": follow_through}) == {"parts.1.follow_through": fault}


def test_a_name_is_given_once_and_means_nothing_in_formulas() -> None:
    found = faults(A, A, {**A, "name": "pi"})
    assert found == {"parts.2.name": "`pi` has a meaning in formulas. Choose another name."}
    assert faults(A, A) == {"parts.1.name": "An earlier part is called `a` too."}


def test_only_a_part_with_a_number_follows() -> None:
    text = {"name": "c", "type": "short-text", "stem": "?", "accepted": ["x"]}

    assert list(faults(A, {**text, "follow_through": "a"})) == ["parts.1.follow_through"]
    assert list(faults(text, {**B, "follow_through": "c"})) == ["parts.1.follow_through"]


@pytest.mark.parametrize(
    ("response", "score"),
    [
        (["4", "8"], 1.0),
        (["4", "7"], 0.25),
        (["5", "10"], 0.75),
        (["5", "8"], 0.75),
        (["5", "9"], 0.0),
        (["1/2", "100 %"], 0.75),
        ([None, "8"], 0.75),
        ([None, "10"], 0.0),
        (["five", "10"], 0.0),
        (["1e30", "2e30"], 0.75),
        (["1e999", "2e999"], 0.0),
        (["9" * 60, "9" * 60], 0.0),
        ([["5"], "10"], 0.0),
    ],
)
def test_a_number_that_follows_from_a_wrong_one_earns_its_part(
    response: list[Any], score: float
) -> None:
    assert question(A, B).grade(response).score == score


def test_a_number_follows_through_several_parts() -> None:
    parts = question(A, B, {"name": "c", **NUMBER, "answer": "12", "follow_through": "a + b"})

    assert parts.grade(["5", "10", "15"]).score == 4 / 5
    assert parts.grade(["5", "9", "14"]).score == 1 / 5
    assert parts.grade(["5", None, "15"]).score == 0


def test_what_follows_may_be_as_far_off_as_the_key() -> None:
    near = question({**A, "tolerance": 1}, {**B, "relative_tolerance": 0.1})

    assert near.grade(["50", "110"]).score == 0.75
    assert near.grade(["50", "111"]).score == 0
    assert near.grade(["5", "11"]).score == 1


def test_what_follows_is_in_the_units_of_the_parts() -> None:
    a = {**A, "unit": "s", "units": {"min": "60"}}
    b = {**B, "unit": "m", "units": {"km": "1000"}}

    assert question(a, b).grade(["1 min", "0.12 km"]).score == 0.75
    assert question(a, b).grade(["1 h", "120"]).score == 0


def test_what_follows_is_rounded_as_the_key() -> None:
    b = {**B, "significant_figures": 2}

    assert question(A, b).grade(["123", "250"]).score == 0.75
    assert question(A, b).grade(["0", "0"]).score == 0  # nothing has two significant figures of 0


def test_nothing_follows_where_the_formula_has_no_value() -> None:
    b = {**B, "follow_through": "if(a > 0, 2 * a, 1/0)"}

    assert question(A, b).grade(["5", "10"]).score == 0.75
    assert question(A, b).grade(["-5", "-10"]).score == 0


def test_what_is_too_large_or_too_long_is_not_right_by_accident() -> None:
    b = {**B, "answer": "4", "follow_through": "a ^ a / 64"}

    assert question(A, b).grade(["9" * 40, "1"]).score == 0
    assert question(A, b).grade(["1/" + "7" * 40, "1"]).score is not None


def test_the_review_says_what_followed_from_what() -> None:
    a, b = reviewed(question(A, B), ["5", "10"])

    assert (a.score, b.score, b.share) == (0, 1, 0.75)
    given, key = b.review.rows
    assert (given.is_given, given.is_key, given.text) == (True, True, "10")
    assert given.why == "Right by your value of a: 10 follows."
    assert (key.is_given, key.is_key, key.text) == (False, True, "8")


def test_the_review_says_nothing_of_it_where_the_key_was_given() -> None:
    assert [row.why for row in reviewed(question(A, B), ["5", "8"])[1].review.rows] == [""]


def test_a_review_without_answers_has_no_verdict() -> None:
    parts = question(A, B)

    found = parts.review(None, parts.render()).of_key()

    assert [(part.score, part.review.note) for part in found.parts] == [(None, ""), (None, "")]


def test_options_of_parts_are_shuffled_each_by_themselves() -> None:
    options = [{"text": text, "correct": text == "1"} for text in "12345678"]
    choice = {"type": "multiple-choice", "stem": "Which?", "options": options}
    parts = question({**choice, "name": "a"}, {**choice, "name": "b"})

    shown = parts.render().shuffled(Random(1))

    assert isinstance(shown, Parts)
    orders = {repr(part.interaction) for part in shown.parts}
    assert len(orders) == 2
    assert shown == parts.render().shuffled(Random(1))


@given(st.lists(st.sampled_from(["4", "8", "9", None]), min_size=2, max_size=2))
def test_more_in_one_part_is_never_less_in_all_without_follow_through(response: list[Any]) -> None:
    plain = question(A, {name: value for name, value in B.items() if name != "follow_through"})
    score = plain.grade(response).score
    assert score is not None
    assert 0 <= score <= 1
    for place, right in enumerate(("4", "8")):
        better = [*response[:place], right, *response[place + 1 :]]
        assert (plain.grade(better).score or 0) >= score


NESTED_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from(["4", "1/0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=12,
)


@given(NESTED_JSON)
def test_anything_that_is_stored_is_graded_and_reviewed(value: Any) -> None:
    parts = question(A, B)
    for response in (value, [value, value]):
        assert 0 <= (parts.grade(response).score or 0) <= 1
        assert len(parts.review(response, parts.render()).parts) == 2
        assert parts.render().lines(response) is not None


DRAWN: Mapping[str, Any] = {
    **COMMON,
    "parameters": {"n": {"integers": {"from": 3, "to": 40}}, "r": {"formula": "1 / n"}},
    "stem": "A batch is one of {{ n }}.",
    "parts": [
        {**NUMBER, "name": "a", "answer": "{{ r | .4f }}", "tolerance": 0.001},
        {
            **NUMBER,
            "name": "b",
            "answer": "{{ 1 - r | .4f }}",
            "tolerance": 0.001,
            "follow_through": "1 - a",
            "explanation": "What {{ n }} leaves.",
        },
    ],
}


def test_drawn_numbers_follow_through_too() -> None:
    item = Item.parse(DRAWN)
    drawn = item.with_values(item.draw(3))

    assert isinstance(drawn.question, MultiPart)
    assert drawn.question.grade(drawn.question.right_response()).score == 1
    assert drawn.question.grade(["0.4", "0.6"]).score == 0.5
    assert "{{" not in repr(drawn.question)
    assert Item.parse(item.export()) == item


def test_draws_are_checked_within_parts() -> None:
    assert draw_problems(Item.parse(DRAWN)) == ()

    exact = [DRAWN["parts"][0] | {"tolerance": 0}, A | {"name": "b"}]
    assert any(
        "the key is rounded so far" in each.message
        for each in draw_problems(Item.parse({**DRAWN, "parts": exact}))
    )


def test_draws_of_which_only_the_parts_differ_are_different() -> None:
    part = {**DRAWN["parts"][0], "stem": "One of {{ n }}?"}
    item = Item.parse({**DRAWN, "stem": "Count.", "parts": [part, {**A, "name": "b"}]})

    assert draw_problems(item) == ()


def test_options_of_parts_are_looked_at_too() -> None:
    options = [{"text": "{{ n }}", "correct": True}, {"text": "3.0"}]
    choice = {"name": "b", "type": "multiple-choice", "stem": "Which?", "options": options}
    item = Item.parse({**DRAWN, "stem": "{{ n }}, {{ r | fraction }}", "parts": [A, choice]})

    assert ("parts", 1, "options", 1, "why") in [each.place for each in advice(item)]
    assert ("parts", 1, "options", 1, "text") in [each.place for each in draw_problems(item)]
