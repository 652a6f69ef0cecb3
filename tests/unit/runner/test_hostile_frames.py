"""Whatever a guest writes, the host makes an outcome of it that can be sent on."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.runner import wire
from quizapp.runner.frames import outcome_of

MARK = "\x1emark:"
CASES = 3
DONE = {"done": True}

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
JSON = PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(st.text(max_size=3), PLAIN, max_size=3)
KEYS = st.sampled_from(("i", "v", "kind", "message", "out", "ms", "loaded", "fatal", "done", "e"))
WORDS = st.sampled_from(("runtime_error", "returned", "accepted", "time_limit", "ran", 0, 1, True))
FRAMES = st.lists(st.dictionaries(KEYS, WORDS | JSON, max_size=4), max_size=5)


def said(*frames: Any) -> bytes:
    return "".join(f"\n{MARK}{json.dumps(frame)}\n" for frame in frames).encode()


def check(data: bytes, ending: str = "end") -> None:
    outcome = outcome_of(ending, data, MARK, CASES, 1.0)

    assert wire.outcome_of(json.loads(wire.line(wire.outcome_data(outcome)))) == outcome
    assert outcome.status == "ran" or not outcome.claims
    assert outcome.status != "ran" or outcome.claims.keys() == set(range(CASES))


@given(st.binary())
def test_any_bytes_are_an_outcome(data: bytes) -> None:
    check(data)
    check(MARK.encode() + data)
    check(said(DONE) + MARK.encode() + data)


@given(FRAMES)
def test_any_frames_are_an_outcome(frames: list[dict[str, Any]]) -> None:
    check(said(*frames))
    check(said(*frames, DONE))
    check(said(*frames, DONE), "trap")


@pytest.mark.parametrize(
    "text",
    [
        '{"i": 0, "v": 1, "ms": 1%s}' % ("0" * 400),
        '{"i": 0, "v": 1, "ms": 1e400}',
        '{"i": 0, "v": 1, "ms": -1e400}',
        '{"i": 0, "i": 1, "v": 1}',
        '{"i": 1e0, "v": 1}',
        '{"i": -0, "v": 1}',
        '{"i": 0, "v": %s}' % ("[" * 100_000),
        '{"i": 0, "v": %s}' % ("1" * 5_000),
        '{"i": 0, "kind": {"a": []}}',
        '{"fatal": ["compile_error"], "message": {}}',
        "\ufeff{}",
        "{}{}",
        "",
    ],
    ids=lambda text: text[:30],
)
def test_a_frame_by_hand_breaks_nothing(text: str) -> None:
    frames = [{"i": place, "v": place} for place in range(CASES)]

    check(f"\n{MARK}{text}\n".encode() + said(*frames, DONE))
    check(said(*frames) + f"\n{MARK}{text}\n".encode() + said(DONE))


def test_the_right_frames_run() -> None:
    frames = [{"i": place, "v": place} for place in range(CASES)]

    assert outcome_of("end", said(*frames, DONE), MARK, CASES, 1.0).status == "ran"
