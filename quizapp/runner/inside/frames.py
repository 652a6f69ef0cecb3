"""Says things to the host: a mark, JSON, and the end of the line.

The mark only tells frames from what a program writes past ``print``. It is no secret from the
program, which could say anything here; that is why nothing said here is more than a claim.
"""

import json
import os
from collections.abc import Callable
from typing import Any

LONGEST_FRAME = 1 << 20

Emit = Callable[[dict[str, Any]], bool]
"""Says it; False when it is too long to be said."""

_write, _dumps = os.write, json.dumps


def emitter(mark: str) -> Emit:
    """What says frames under ``mark``."""

    def emit(frame: dict[str, Any]) -> bool:
        text = _dumps(frame)
        if len(text) > LONGEST_FRAME:
            return False
        data = f"\n{mark}{text}\n".encode()
        while data:
            data = data[_write(1, data) :]
        return True

    return emit


def say(place: int, frame: dict[str, Any], emit: Emit) -> None:
    """Says what is claimed of the case at ``place``, or that it is too large to be said."""
    try:
        if emit({"i": place, **frame}):
            return
        said = {"kind": "bad_result", "message": "The value is too large."}
    except MemoryError:
        said = {"kind": "memory_limit", "message": "MemoryError"}
    emit({"i": place, **said})
