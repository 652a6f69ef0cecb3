"""The tables that the second wall is built of."""

import struct
import subprocess
import sys

import pytest

from quizapp.config import ROOT
from quizapp.runner import landlock, seccomp
from quizapp.runner.seccomp import ALLOW, DENY, MACHINES, NO_SUCH_CALL, Machine

X86_64 = MACHINES["x86_64"]
READ, THREAD, PROCESS = 0, 0x0001_0000, 0


def verdict(machine: Machine, number: int, argument: int = 0, audit: int | None = None) -> int:
    """What the kernel would make of a call: runs the filter."""
    data = struct.pack("=IIQQ", number, audit or machine.audit, 0, argument)
    steps = list(struct.iter_unpack("HBBI", seccomp.filter_of(machine)))
    place = held = 0
    while True:
        operation, yes, no, value = steps[place]
        place += 1
        if operation == seccomp.LOAD:
            held = struct.unpack_from("=I", data, value)[0]
        elif operation == seccomp.RETURN:
            return int(value)
        else:
            is_so = {
                seccomp.JUMP_IF_EQUAL: held == value,
                seccomp.JUMP_IF_NOT_LESS: held >= value,
                seccomp.JUMP_IF_BITS: bool(held & value),
            }[operation]
            place += yes if is_so else no


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_what_is_listed_is_denied(machine: Machine) -> None:
    listed = [*machine.calls.values(), *seccomp.EVERYWHERE.values()]

    assert {verdict(machine, number) for number in listed} == {DENY}


def test_reading_writing_and_memory_stay() -> None:
    wanted = (0, 1, 3, 9, 10, 11, 12, 202, 228, 318)  # read write close mmap … futex clock random

    assert {verdict(X86_64, number) for number in wanted} == {ALLOW}


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_threads_may_be_made_and_processes_not(machine: Machine) -> None:
    assert verdict(machine, machine.clone, THREAD | 0x100) == ALLOW
    assert verdict(machine, machine.clone, PROCESS | 17) == DENY
    assert verdict(machine, seccomp.CLONE3) == NO_SUCH_CALL


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_another_machines_numbers_end_the_process(machine: Machine) -> None:
    assert verdict(machine, READ, audit=0x4000_0003) == seccomp.KILL
    assert verdict(machine, seccomp.X32_NUMBERS + 1) == seccomp.KILL


@pytest.mark.parametrize(
    ("version", "fields"), [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (9, 3)]
)
def test_landlock_forbids_all_that_its_version_knows(version: int, fields: int) -> None:
    rules = struct.unpack(f"={fields}Q", landlock.ruleset(version))

    assert rules[0] >= (1 << 13) - 1
    assert all(rules)


BEHIND = """
import os, socket, sys, threading
from quizapp.runner import walls
raised = walls.raise_walls(list(walls.ALL))
def is_free(what):
    try:
        what()
    except (OSError, ValueError):
        return False
    return True
tries = {
    "read": lambda: open("/etc/passwd").read(),
    "list": lambda: os.listdir("/"),
    "write": lambda: open("/tmp/quizapp-walls", "w").write("x"),
    "socket": lambda: socket.socket(),
    "fork": lambda: os.fork() or os._exit(0),
    "run": lambda: os.execv("/bin/true", ["true"]),
    "kill": lambda: os.kill(os.getppid(), 0),
    "memory": lambda: os.memfd_create("x"),
}
thread = threading.Thread(target=lambda: None)
thread.start()
thread.join()
print(*raised, "|", *[name for name, what in tries.items() if is_free(what)])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")
def test_native_code_behind_the_walls_can_do_nothing() -> None:
    command = [sys.executable, "-c", BEHIND]

    found = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    )

    raised, _, free = found.stdout.strip().partition(" |")
    if raised != "rlimits landlock seccomp":
        pytest.skip(f"this system offers only {raised}")
    assert not free.strip()
