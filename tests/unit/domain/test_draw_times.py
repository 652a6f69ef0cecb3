"""How long the start of an attempt waits for numbers, whatever an author wrote."""

from random import Random
from time import process_time

from quizapp.domain.parameters import draw
from tests.factories import make_sum

LARGE = {"integers": {"from": 1, "to": 1_000_000}}


def test_numbers_that_are_hardly_ever_found_are_soon_those_of_the_example() -> None:
    free = make_sum(parameters={"a": LARGE, "b": {"formula": "a"}})
    example = draw(free.fields, Random(0))["a"]
    rare = {"a": LARGE, "b": {"formula": " + ".join(["sum([a, 1, 2, 3])"] * 20)}}
    item = make_sum(parameters=rare, constraints=[f"a == {example}"])

    begun = process_time()
    values = item.draw(5)

    assert values["a"] == example
    assert process_time() - begun < 0.5
