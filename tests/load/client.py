"""A client that costs little: HTTP/1.1 over connections that stay open, and loops that time it.

A closed loop sends the next request when the last answer is in. An open loop sends on a schedule,
whatever the server does, and counts each latency from the scheduled start, so that no queue is
hidden (no coordinated omission).
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

PATIENCE_SECONDS = 60.0
"""An answer that takes longer is an error."""


class Address(NamedTuple):
    """Where a server listens."""

    host: str
    port: int


class Answer(NamedTuple):
    """What came back; status 0 stands for a connection that broke or took too long."""

    status: int
    head: bytes
    body: bytes


class Arrival(NamedTuple):
    """One request of an open loop; it is made when it is sent. ``at`` counts from the start."""

    at: float
    name: str
    make: Callable[[], bytes]


@dataclass
class Sample:
    """Latencies in seconds of the answers that were as expected, and how often each status came."""

    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return self.statuses.total()

    @property
    def errors(self) -> int:
        """Answers that were not as expected."""
        return self.count - len(self.latencies)

    @property
    def failures(self) -> int:
        """Answers by which the server said that it failed, and connections that broke."""
        return sum(count for status, count in self.statuses.items() if status >= 500 or not status)

    def note(self, answer: Answer, seconds: float, expected: int) -> None:
        """Counts one answer."""
        self.statuses[answer.status] += 1
        if answer.status == expected:
            self.latencies.append(seconds)

    def milliseconds(self, share: float) -> float:
        """The latency that this share of the answers did not exceed; 0 without any."""
        if not self.latencies:
            return 0.0
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def get(path: str, cookie: str) -> bytes:
    """A request for a page."""
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\n\r\n".encode()


def post(path: str, cookie: str, fields: Mapping[str, object], accept: str = "*/*") -> bytes:
    """A posted form."""
    body = urlencode(fields)
    return (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\nAccept: {accept}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


class Connection(asyncio.Protocol):
    """One connection, on which one answer at a time is awaited."""

    def __init__(self) -> None:
        self._transport: asyncio.WriteTransport | None = None
        self._received = bytearray()
        self._waiting: asyncio.Future[Answer] | None = None

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._settle(Answer(0, b"", str(exc or "closed").encode()))

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._received[:end])
        size = end + 4 + _content_length(head)
        if len(self._received) >= size:
            body = bytes(self._received[end + 4 : size])
            del self._received[:size]
            self._settle(Answer(int(head[9:12]), head, body))

    async def ask(self, request: bytes) -> Answer:
        """The answer to ``request``."""
        if self._transport is None or not self.is_open:
            return Answer(0, b"", b"not connected")
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await asyncio.wait_for(self._waiting, PATIENCE_SECONDS)
        except TimeoutError:
            self.close()
            return Answer(0, b"", b"no answer")

    def close(self) -> None:
        """The connection is closed."""
        if self._transport is not None:
            self._transport.close()

    def _settle(self, answer: Answer) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(answer)


async def connected(address: Address) -> Connection:
    """A new connection; one that is not open where the server takes none."""
    loop = asyncio.get_running_loop()
    try:
        _, connection = await loop.create_connection(Connection, address.host, address.port)
    except OSError:
        return Connection()
    return connection


async def ask(address: Address, request: bytes) -> Answer:
    """The answer to one request, on a connection of its own."""
    connection = await connected(address)
    try:
        return await connection.ask(request)
    finally:
        connection.close()


async def closed_loop(
    address: Address,
    requests: Iterator[bytes],
    *,
    clients: int,
    seconds: float,
    expected: int,
) -> Sample:
    """``clients`` at once, for so many seconds or until ``requests`` are used up."""
    sample, end = Sample(), time.perf_counter() + seconds

    async def work() -> None:
        connection = await connected(address)
        for request in requests:
            began = time.perf_counter()
            if began >= end:
                break
            if not connection.is_open:
                connection = await connected(address)
            answer = await connection.ask(request)
            sample.note(answer, time.perf_counter() - began, expected)
        connection.close()

    await asyncio.gather(*(work() for _ in range(clients)))
    return sample


async def open_loop(
    address: Address,
    arrivals: Iterable[Arrival],
    *,
    connections: int,
    expected: Mapping[str, int],
) -> dict[str, Sample]:
    """Sends every arrival at its time, over connections that wait for no other's answer."""
    samples = {name: Sample() for name in expected}
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for each in await asyncio.gather(*(connected(address) for _ in range(connections))):
        free.put_nowait(each)
    pending: set[asyncio.Task[None]] = set()
    began = time.perf_counter()

    async def send(arrival: Arrival) -> None:
        connection = await free.get()
        if not connection.is_open:
            connection = await connected(address)
        answer = await connection.ask(arrival.make())
        free.put_nowait(connection)
        seconds = time.perf_counter() - began - arrival.at
        samples[arrival.name].note(answer, seconds, expected[arrival.name])

    for arrival in arrivals:
        await asyncio.sleep(max(0.0, began + arrival.at - time.perf_counter()))
        task = asyncio.create_task(send(arrival))
        pending.add(task)
        task.add_done_callback(pending.discard)
    await asyncio.gather(*pending)
    while not free.empty():
        free.get_nowait().close()
    return samples


def header(answer: Answer, name: str) -> str:
    """A header's value; blank where there is none."""
    for line in answer.head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.decode().lower() == name:
            return value.strip().decode()
    return ""


def _content_length(head: bytes) -> int:
    place = head.lower().find(b"\r\ncontent-length:")
    if place < 0:
        return 0
    return int(head[place + 17 :].split(b"\r\n", 1)[0])
