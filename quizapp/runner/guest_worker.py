"""A worker: a process that runs jobs one by one, each in a guest of its own.

It is started with an empty environment, is told what to do by a pipe, knows no expected value, and
is killed from outside when it overruns. ``quizapp.runner.workers`` starts it.
"""

import gc
import json
import os
import sys
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from quizapp.runner import artefacts, harness, walls
from quizapp.runner.engine import in_deep_thread
from quizapp.runner.errors import OffError
from quizapp.runner.guests import Host, Turn
from quizapp.runner.images import Image

POLITENESS = 5
"""Pages and saves come first where the processor is short, but programs still get a quarter."""
PROOF_SECONDS = 20
PROOF = {
    "mark": "",
    "language": "python",
    "source": "",
    "name": "",
    "cases": [],
    "longest_output": 0,
}


class Worker:
    """A host with its images, behind as many walls as this machine has."""

    def __init__(self, module: Path, images: Mapping[str, Path]) -> None:
        self._host = Host(module, artefacts.find().library)
        self._images = {flavour: Image(path) for flavour, path in images.items()}

    def run(self, flavour: str, job: Mapping[str, Any], seconds: float) -> Turn:
        """What became of ``job`` in a fresh guest."""
        guest = self._host.guest(self._images[flavour])
        try:
            return guest.turn(harness.call(job), seconds)
        finally:
            guest.close()

    def prove(self) -> None:
        """Raises OffError unless a guest still runs, now that the walls stand."""
        turn = self.run(next(iter(self._images)), PROOF, PROOF_SECONDS)
        if turn.ending != "end":
            raise OffError(f"A guest does not run behind the walls: {turn.why}")


def serve(given: BinaryIO, told: BinaryIO, orders: Mapping[str, Any]) -> None:
    """Runs what comes as lines on ``given`` until that ends; answers with a line and raw bytes."""
    images = {flavour: Path(path) for flavour, path in orders["images"].items()}
    worker = Worker(Path(orders["module"]), images)
    raised = walls.raise_walls(orders["walls"])
    worker.prove()
    gc.collect()
    gc.freeze()
    _tell(told, {"walls": raised})
    for line in given:
        request = json.loads(line)
        began = time.perf_counter()
        turn = worker.run(request["flavour"], request["job"], request["seconds"])
        took = (time.perf_counter() - began) * 1000
        answer = {"ending": turn.ending, "why": turn.why, "milliseconds": round(took, 2)}
        _tell(told, {**answer, "bytes": len(turn.said)}, turn.said)
        gc.collect()


def main() -> None:
    """Standard input and output become private; nothing else can read or write them."""
    warnings.simplefilter("ignore")
    os.nice(POLITENESS)
    given, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    try:
        in_deep_thread(lambda: serve(given, told, json.loads(sys.argv[1])))
    except OffError as error:
        _tell(told, {"off": str(error)})
    os._exit(0)  # nothing is worth tidying, and it must not wait for anything


def _tell(told: BinaryIO, answer: Mapping[str, Any], data: bytes = b"") -> None:
    told.write(json.dumps(answer).encode() + b"\n" + data)
    told.flush()


if __name__ == "__main__":
    main()
