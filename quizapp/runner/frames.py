"""Reads what a guest wrote: bounded, and believed in nothing but its form."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn, get_args

from quizapp.domain.programs.jobs import (
    LONGEST_SHOWN_OUTPUT,
    Claim,
    ClaimStatus,
    JobStatus,
    Outcome,
)

LONGEST_FRAME = 1 << 20
MOST_NODES = 300_000
"""A value has 200,000 at most; those that name its types are counted here too."""
DEEPEST = 130
"""A value is nested 60 deep at most; its encoding twice as much."""
LONGEST_MESSAGE = 1_000
LONGEST_MILLISECONDS = 1e6
FATAL: tuple[JobStatus, ...] = (
    "compile_error",
    "runtime_error",
    "memory_limit",
    "output_limit",
)
FAILURES: tuple[ClaimStatus, ...] = tuple(
    status for status in get_args(ClaimStatus) if status != "returned"
)


class BadFrameError(Exception):
    """What stands after a mark is no frame, or one too many."""


class Said:
    """The frames of one guest, in order."""

    def __init__(self, cases: int) -> None:
        self._cases = cases
        self._left = LONGEST_SHOWN_OUTPUT
        self.claims: dict[int, Claim] = {}
        self.fatal: JobStatus | None = None
        self.message = self.output = ""
        self.is_loaded = self.is_done = False

    def read(self, data: bytes, mark: str) -> "Said":
        """Itself, with all that ``data`` says. Raises BadFrameError."""
        for piece in data.split(mark.encode())[1:]:
            self._take(_frame(piece.partition(b"\n")[0]))
        return self

    def _take(self, frame: dict[str, Any]) -> None:
        if self.is_done:
            raise BadFrameError("A frame after the last one.")
        if "fatal" in frame:
            self._take_fatal(frame)
        if "loaded" in frame:
            self._take_loaded(frame)
        elif "i" in frame:
            self._take_claim(frame)
        elif frame.get("done") is True:
            self.is_done = True
        elif "fatal" not in frame:
            raise BadFrameError("An unknown frame.")

    def _take_fatal(self, frame: dict[str, Any]) -> None:
        if self.fatal or frame["fatal"] not in FATAL:
            raise BadFrameError("An unknown end.")
        self.fatal = frame["fatal"]
        self.message = _text(frame.get("message"), LONGEST_MESSAGE)

    def _take_loaded(self, frame: dict[str, Any]) -> None:
        if self.is_loaded:
            raise BadFrameError("Loaded twice.")
        self.is_loaded = True
        self.output = self._shown(frame["loaded"])

    def _take_claim(self, frame: dict[str, Any]) -> None:
        place = frame["i"]
        if type(place) is not int or not 0 <= place < self._cases or place in self.claims:
            raise BadFrameError("A case that does not exist, or twice the same.")
        milliseconds = _milliseconds(frame.get("ms"))
        output = self._shown(frame.get("out"))
        if "v" in frame:
            self.claims[place] = Claim("returned", frame["v"], "", output, milliseconds)
            return
        if frame.get("kind") not in FAILURES:
            raise BadFrameError("An unknown failure.")
        message = _text(frame.get("message"), LONGEST_MESSAGE)
        self.claims[place] = Claim(frame["kind"], None, message, output, milliseconds)

    def _shown(self, text: object) -> str:
        shown = _text(text, self._left)
        self._left -= len(shown)
        return shown


def outcome_of(ending: str, said: bytes, mark: str, cases: int, milliseconds: float) -> Outcome:
    """What became of a job whose guest ended so and wrote that. Claims count for nothing where a
    guest did not come to its end by itself, or broke the rules of speaking."""
    stopped = {
        "late": ("time_limit", ""),
        "too long": ("output_limit", "The program wrote too much."),
    }
    if ending in stopped:
        status, message = stopped[ending]
        return Outcome(status, {}, message, milliseconds=milliseconds)  # type: ignore[arg-type]
    try:
        found = Said(cases).read(said, mark)
    except BadFrameError as error:
        return Outcome("protocol_violation", {}, str(error), milliseconds=milliseconds)
    if ending != "end" or not found.is_done:
        return _crash(ending, found, milliseconds)
    if found.fatal:
        return Outcome(found.fatal, {}, found.message, found.output, milliseconds)
    if len(found.claims) != cases:
        message = "Not every case was answered once."
        return Outcome("protocol_violation", {}, message, found.output, milliseconds)
    return Outcome("ran", found.claims, "", found.output, milliseconds)


def _crash(ending: str, found: Said, milliseconds: float) -> Outcome:
    if ending == "out of memory":
        return Outcome("memory_limit", {}, "out of memory", found.output, milliseconds)
    message = "The program ended the interpreter." if ending == "exit" else ""
    return Outcome("crashed", {}, message, found.output, milliseconds)


def _frame(raw: bytes) -> dict[str, Any]:
    if len(raw) > LONGEST_FRAME:
        raise BadFrameError("A frame is too long.")
    try:
        frame = json.loads(raw, parse_constant=_refuse)
    except (ValueError, RecursionError):  # an integer of too many digits is a ValueError too
        raise BadFrameError("A frame is no JSON.") from None
    if type(frame) is not dict:
        raise BadFrameError("A frame is no object.")
    _check_size(frame)
    return frame


def _refuse(name: str) -> NoReturn:
    raise BadFrameError(f"A frame holds {name}.")


def _check_size(frame: dict[str, Any]) -> None:
    """Raises BadFrameError for what is too large or too deep."""
    level: list[Any] = [frame]
    count = 0
    for _ in range(DEEPEST):
        count += len(level)
        level = list(_children(level))
        if count + len(level) > MOST_NODES * 2:
            break
        if not level:
            return
    raise BadFrameError("A frame is too large or too deep.")


def _children(level: list[Any]) -> Iterator[Any]:
    for node in level:
        if type(node) is dict:
            yield from node.values()
        elif type(node) is list:
            yield from node


def _milliseconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value < LONGEST_MILLISECONDS else None


def _text(value: object, longest: int) -> str:
    """``value`` as a text that any database takes: no NUL, and no half of a surrogate pair."""
    if not isinstance(value, str):
        return ""
    whole = value[:longest].encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\0", "�")
