"""Benchmark: what each operation costs the server, beside a bare Flask view in the same run.

    make bench                         everything at its default size, on SQLite: about two minutes
    make bench OPTIONS="--help"        all options

Runs on this machine alone, over a temporary database and the real banks. CPU time comes from
``/proc``: the server with its workers, and PostgreSQL's processes where it is used. It is the
number to trust; times on the clock drift with whatever else the machine does.
"""

import argparse
import asyncio
import gzip
import itertools
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.load import exam, filling, processes, storm
from tests.load import server as servers
from tests.load.budgets import (
    BUDGETS,
    PAGE_COMPRESSED_KILOBYTES,
    PAGE_KILOBYTES,
    WORKER_MEBIBYTES,
    verdict,
    within,
)
from tests.load.client import Sample, ask, closed_loop, get, header
from tests.load.learners import School
from tests.load.operations import Operation, People, operations, sizes
from tests.load.server import Server

WARM_UP_SECONDS = 1.5
WARM_UP_CLIENTS = 8
"""So many that every worker gets its share: what one has rendered once, another has not."""
SEATS = 200
PACE = 700
"""Learners to start and to finish for each second of measuring: more than a server manages."""


class Row(NamedTuple):
    """What one operation cost."""

    name: str
    sample: Sample
    milliseconds: float


def measure(place: Server, operation: Operation, wanted: argparse.Namespace) -> Row:
    """CPU milliseconds a request, and latencies, once the workers know the pages."""
    requests = operation.requests
    stages = ((WARM_UP_CLIENTS, WARM_UP_SECONDS), (wanted.clients, wanted.seconds_each))
    for clients, seconds in stages:
        before = processes.cpu_seconds(place.pids)
        loop = closed_loop(
            place.address,
            requests,
            clients=clients,
            seconds=seconds,
            expected=operation.expected,
        )
        sample = asyncio.run(loop)
        spent = processes.cpu_seconds(place.pids) - before
    return Row(operation.name, sample, 1000 * spent / max(1, sample.count))


def people_of(school: School, url: str, wanted: argparse.Namespace) -> People:
    """Everybody that the operations need, and the past that was asked for."""
    crowd_size = round(PACE * (wanted.seconds_each + WARM_UP_SECONDS))
    learners = max(10, wanted.responses // filling.responses_for(1))
    readers = filling.fill(school, url, learners)
    return People(
        starters=school.enrol(crowd_size),
        sitters=school.seat(school.enrol(SEATS)),
        finishers=school.seat(school.enrol(crowd_size), is_answered=True),
        readers=readers,
        finished_ids=range(1, 1 + filling.ATTEMPTS_A_LEARNER),
    )


def run(database: str, school: School, people: People, place: Server, bare: Server,
              wanted: argparse.Namespace) -> None:  # fmt: skip
    """Measures and prints everything."""
    token = school.csrf_token()
    has_clock = _has_clock(place, people)
    rows = []
    first = measure(bare, _bare_page(), wanted)
    for operation in operations(people, token):
        if _is_wanted(operation.name, wanted, has_clock=has_clock):
            rows.append(measure(place, operation, wanted))
            print(".", end="", flush=True)
    last = measure(bare, _bare_page(), wanted)
    bare_ms = (first.milliseconds + last.milliseconds) / 2
    print("\r" + "\n".join(table(database, rows, last._replace(milliseconds=bare_ms))))
    print("\n".join([*weigh(place, people), *memory(place)]), flush=True)
    if wanted.takers:
        sitting = school.seat(school.enrol(wanted.takers))
        lasting = {"seconds": wanted.seconds, "has_clock": has_clock and not wanted.no_clock}
        print(exam.sit(place, sitting, token, **lasting), flush=True)
    if not wanted.no_storm:
        print(storm.both(place, school, storm.STARTS, storm.FINISHES[database]), flush=True)


def table(database: str, rows: Sequence[Row], bare: Row) -> Iterator[str]:
    """One line an operation."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    yield f"{database}; load of the machine {load} (last 1, 5, 15 minutes)"
    yield (
        f"{'':10}{'requests':>9}{'CPU-ms':>8}{'budget':>8}{'× bare':>8}{'budget':>8}"
        f"{'p50':>8}{'p95':>8}{'p99':>8} ms  verdict"
    )
    for row in (bare, *rows):
        budget = BUDGETS.get(row.name)
        times = row.milliseconds / bare.milliseconds
        said = verdict(row.name, row.milliseconds, bare.milliseconds, database) if budget else ""
        errors = f"  {row.sample.errors} ERRORS {dict(row.sample.statuses)}"
        yield (
            f"{row.name:10}{row.sample.count:9}{row.milliseconds:8.2f}"
            f"{_or_blank(budget and budget.milliseconds):>8}{times:8.1f}"
            f"{_or_blank(budget and budget.times_bare):>8}"
            f"{row.sample.milliseconds(0.5):8.1f}{row.sample.milliseconds(0.95):8.1f}"
            f"{row.sample.milliseconds(0.99):8.1f}     {said}{errors if row.sample.errors else ''}"
        )


def weigh(place: Server, people: People) -> list[str]:
    """Kilobytes of each kind of page, as they are and as they travel."""
    found = []
    for name, request in sizes(people).items():
        plain = asyncio.run(ask(place.address, request))
        asked = request.replace(b"Host:", b"Accept-Encoding: br, gzip\r\nHost:", 1)
        sent = asyncio.run(ask(place.address, asked))
        encoding = header(sent, "content-encoding")
        travelling = sent.body if encoding else gzip.compress(plain.body, 6)
        raw, small = len(plain.body) / 1000, len(travelling) / 1000
        said = ""
        if name == "page":
            share = max(raw / PAGE_KILOBYTES, small / PAGE_COMPRESSED_KILOBYTES)
            said = within(share, 1.0)
        how = encoding or "sent as it is; gzip would make"
        found.append(f"  {name:9}{raw:7.1f} kB, {how} {small:5.1f} kB   {said}")
    return ["Sizes of pages", *found]


def memory(place: Server) -> list[str]:
    """What each worker holds after all this."""
    found = [processes.memory(pid) for pid in place.workers]
    return [
        "Memory of the workers",
        *(
            f"  {each.resident:6.1f} MiB resident, {each.unshared:6.1f} unshared   "
            f"{within(each.resident, WORKER_MEBIBYTES)}"
            for each in found
        ),
    ]


def main(arguments: Sequence[str]) -> int:
    """Prints what was found on each database."""
    wanted = _options().parse_args(arguments)
    kinds = ("sqlite", "postgresql") if wanted.database == "both" else (wanted.database,)
    for kind in kinds:
        with tempfile.TemporaryDirectory() as name, servers.database(kind, Path(name)) as url:
            config = servers.settings(url, Path(name))
            school = School(config)
            people = people_of(school, url, wanted)
            with servers.serving(config) as place, servers.bare_view() as bare:
                run(kind, school, people, place, bare, wanted)
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these operations alone")
    parser.add_argument("--clients", type=int, default=1, metavar="N", help="at once; default 1")
    parser.add_argument("--seconds-each", type=float, default=3.0, metavar="S", help="default 3")
    parser.add_argument(
        "--responses", type=int, default=0, metavar="N",
        help="stored responses of others, up to 10 million; default 50,000",
    )  # fmt: skip
    parser.add_argument(
        "--takers", type=int, default=2_000, metavar="N", help="of the steady exam; 0: none"
    )
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S", help="of the exam")
    parser.add_argument("--no-clock", action="store_true", help="no page of the exam asks for it")
    parser.add_argument("--no-storm", action="store_true", help="leave out starts and finishes")
    return parser


def _is_wanted(name: str, wanted: argparse.Namespace, *, has_clock: bool) -> bool:
    if name == "clock" and not has_clock:
        return False
    return wanted.only is None or name in wanted.only


def _has_clock(place: Server, people: People) -> bool:
    path = f"/attempts/{people.sitters.first_attempt_id}/clock"
    request = get(path, people.sitters.crowd.cookies[0])
    return asyncio.run(ask(place.address, request)).status == 200


def _bare_page() -> Operation:
    return Operation("bare view", itertools.repeat(get("/", "")))


def _or_blank(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
