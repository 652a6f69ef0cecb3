"""What a guest wrote becomes an outcome: bounded, and with each case answered once."""

import json
from typing import Any

import pytest

from quizapp.domain.programs.jobs import LONGEST_SHOWN_OUTPUT, Outcome
from quizapp.runner.frames import LONGEST_FRAME, MOST_NODES, outcome_of

MARK = "\x1emark:"
LOADED, DONE = {"loaded": ""}, {"done": True}


def said(*frames: Any) -> bytes:
    return "".join(f"\n{MARK}{json.dumps(frame)}\n" for frame in frames).encode()


def outcome(*frames: Any, cases: int = 1, ending: str = "end") -> Outcome:
    return outcome_of(ending, said(*frames), MARK, cases, 5.0)


def test_a_value_for_each_case_is_claimed() -> None:
    found = outcome(LOADED, {"i": 0, "v": 1, "ms": 2.5}, {"i": 1, "v": [2]}, DONE, cases=2)

    assert found.status == "ran"
    assert [found.claims[place].value for place in (0, 1)] == [1, [2]]
    assert found.claims[0].milliseconds == 2.5


def test_what_stands_between_frames_is_ignored() -> None:
    data = b"noise" + said(LOADED, {"i": 0, "v": 1}) + b"more\n" + said(DONE) + b"end"

    assert outcome_of("end", data, MARK, 1, 0).claims[0].value == 1


@pytest.mark.parametrize(
    "frames",
    [
        ({"i": 0, "v": 1}, {"i": 0, "v": 1}, DONE),
        ({"i": 1, "v": 1}, DONE),
        ({"i": -1, "v": 1}, DONE),
        ({"i": True, "v": 1}, DONE),
        ({"i": "0", "v": 1}, DONE),
        ({"i": 0, "kind": "accepted"}, DONE),
        ({"i": 0}, DONE),
        ({"loaded": "", "fatal": "accepted"}, DONE),
        ({"fatal": "runtime_error"}, {"fatal": "runtime_error"}, DONE),
        (LOADED, LOADED, {"i": 0, "v": 1}, DONE),
        ({"i": 0, "v": 1}, DONE, DONE),
        (DONE, {"i": 0, "v": 1}),
        (DONE,),
        ({"verdict": "accepted"}, {"i": 0, "v": 1}, DONE),
        ([0], DONE),
        (7, DONE),
    ],
)
def test_what_breaks_the_rules_is_worth_nothing(frames: tuple[Any, ...]) -> None:
    found = outcome(*frames)

    assert found.status == "protocol_violation"
    assert not found.claims


@pytest.mark.parametrize("text", ["{", "NaN", '{"i": 0, "v": NaN}', "[" * 100_000, "9" * 5_000, ""])
def test_what_is_no_json_is_worth_nothing(text: str) -> None:
    data = f"{MARK}{text}\n".encode() + said(DONE)

    assert outcome_of("end", data, MARK, 1, 0).status == "protocol_violation"


def nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value", [nested(200), [0] * (2 * MOST_NODES + 1), "x" * LONGEST_FRAME], ids=len
)
def test_what_is_too_large_is_worth_nothing(value: Any) -> None:
    assert outcome({"i": 0, "v": value}, DONE).status == "protocol_violation"


@pytest.mark.parametrize(
    ("ending", "status"),
    [
        ("late", "time_limit"),
        ("too long", "output_limit"),
        ("exit", "crashed"),
        ("trap", "crashed"),
        ("out of memory", "memory_limit"),
    ],
)
def test_a_guest_that_was_stopped_claims_nothing(ending: str, status: str) -> None:
    found = outcome(LOADED, {"i": 0, "v": 1}, DONE, ending=ending)

    assert found.status == status
    assert not found.claims


def test_a_guest_that_does_not_say_that_it_is_done_has_crashed() -> None:
    assert outcome(LOADED, {"i": 0, "v": 1}).status == "crashed"


def test_a_program_that_cannot_be_used_says_why() -> None:
    found = outcome({"loaded": "hi", "fatal": "compile_error", "message": "line 1"}, DONE)

    assert (found.status, found.message, found.output) == ("compile_error", "line 1", "hi")


def test_what_is_shown_of_all_cases_is_bounded_in_all() -> None:
    half = "x" * (LONGEST_SHOWN_OUTPUT // 2 + 10)
    frames = [{"i": place, "v": 0, "out": half} for place in range(3)]

    found = outcome({"loaded": half}, *frames, DONE, cases=3)

    shown = len(found.output) + sum(len(claim.output) for claim in found.claims.values())
    assert shown == LONGEST_SHOWN_OUTPUT


def test_what_is_shown_can_be_stored_anywhere() -> None:
    found = outcome(LOADED, {"i": 0, "v": 0, "out": "a\0b\ud800c"}, DONE)

    assert found.claims[0].output == "a�b?c"


@pytest.mark.parametrize("took", [-1, True, "1", None, 1e300, [1]])
def test_a_time_that_cannot_be_is_none(took: Any) -> None:
    assert outcome(LOADED, {"i": 0, "v": 0, "ms": took}, DONE).claims[0].milliseconds is None
