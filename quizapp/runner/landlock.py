"""Landlock: this process opens no file and no TCP connection any more (Linux 5.13 and later).

The numbers are those of linux/landlock.h; system calls have the same ones on every machine.
"""

import ctypes
import os
import struct
import sys

CREATE_RULESET, RESTRICT_SELF = 444, 446
ASK_VERSION = 1
SET_NO_NEW_PRIVILEGES = 38
FILE_RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 5: 16}
"""How many kinds of access to files each version of the interface knows."""
NETWORK_VERSION, SCOPE_VERSION = 4, 6
BIND_AND_CONNECT = 3
SOCKETS_AND_SIGNALS = 3
"""Abstract Unix sockets of others, and signals to others."""


def shut() -> bool:
    """Whether nothing can be opened any more; descriptors that are open stay so."""
    if sys.platform != "linux":
        return False
    call = ctypes.CDLL(None, use_errno=True)
    version = call.syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    if version < 1:
        return False
    rules = ruleset(version)
    descriptor = call.syscall(CREATE_RULESET, rules, len(rules), 0)
    if descriptor < 0:
        return False
    call.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    is_shut = bool(call.syscall(RESTRICT_SELF, descriptor, 0) == 0)
    os.close(descriptor)
    return is_shut


def ruleset(version: int) -> bytes:
    """Everything that ``version`` can forbid, with no exception: files, network, scopes."""
    known = max(count for since, count in FILE_RIGHTS_BY_VERSION.items() if since <= version)
    fields = [(1 << known) - 1]
    if version >= NETWORK_VERSION:
        fields.append(BIND_AND_CONNECT)
    if version >= SCOPE_VERSION:
        fields.append(SOCKETS_AND_SIGNALS)
    return struct.pack(f"={len(fields)}Q", *fields)
