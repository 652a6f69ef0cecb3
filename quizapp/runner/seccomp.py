"""seccomp: system calls that a worker never needs once it is ready answer "not permitted".

A list of what is denied, not of what is allowed: which calls an allocator or an interpreter makes
differs between C libraries, and Landlock and the limits stand beside this.
"""

import ctypes
import platform
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass

DENY, NO_SUCH_CALL, ALLOW, KILL = 0x0005_0001, 0x0005_0026, 0x7FFF_0000, 0x8000_0000
LOAD, JUMP_IF_EQUAL, JUMP_IF_NOT_LESS, JUMP_IF_BITS, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_PLACE, MACHINE_PLACE, FIRST_ARGUMENT_PLACE = 0, 4, 16
X32_NUMBERS = 0x4000_0000
CLONE_THREAD = 0x0001_0000
SET_NO_NEW_PRIVILEGES, SET_DUMPABLE = 38, 4
FILTER_MODE, ALL_THREADS = 1, 1

X86_64 = {
    "socket": 41, "connect": 42, "accept": 43, "sendto": 44, "recvfrom": 45, "sendmsg": 46,
    "recvmsg": 47, "bind": 49, "listen": 50, "socketpair": 53, "fork": 57, "vfork": 58,
    "execve": 59, "kill": 62, "rename": 82, "mkdir": 83, "rmdir": 84, "creat": 85, "link": 86,
    "unlink": 87, "symlink": 88, "chmod": 90, "chown": 92, "truncate": 76, "ptrace": 101,
    "setuid": 105, "setgid": 106, "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166,
    "init_module": 175, "tkill": 200, "tgkill": 234, "add_key": 248, "keyctl": 250, "mkdirat": 258,
    "fchownat": 260, "unlinkat": 263, "renameat": 264, "linkat": 265, "symlinkat": 266,
    "fchmodat": 268, "unshare": 272, "accept4": 288, "perf_event_open": 298, "setns": 308,
    "rt_sigqueueinfo": 129, "mknod": 133, "mknodat": 259, "rt_tgsigqueueinfo": 297,
    "fchmod": 91, "fchown": 93, "lchown": 94, "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190,
    "shmget": 29, "semget": 64, "msgget": 68, "sendmmsg": 307, "recvmmsg": 299, "reboot": 169,
    "kexec_load": 246, "kexec_file_load": 320, "swapon": 167, "swapoff": 168, "settimeofday": 164,
    "clock_settime": 227, "clock_adjtime": 305, "adjtimex": 159, "delete_module": 176, "iopl": 172,
    "ioperm": 173, "sethostname": 170, "process_vm_readv": 310,
    "process_vm_writev": 311, "finit_module": 313, "renameat2": 316,
    "memfd_create": 319, "bpf": 321, "execveat": 322, "userfaultfd": 323,
}  # fmt: skip
AARCH64 = {
    "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38, "umount2": 39, "mount": 40,
    "pivot_root": 41, "mkdirat": 34, "truncate": 45, "chroot": 51, "fchmodat": 53, "fchownat": 54,
    "unshare": 97, "init_module": 105, "ptrace": 117, "kill": 129, "tkill": 130, "tgkill": 131,
    "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240, "mknodat": 33, "fchmod": 52, "fchown": 55,
    "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "shmget": 194, "semget": 190, "msgget": 186,
    "sendmmsg": 269, "recvmmsg": 243, "reboot": 142, "kexec_load": 104, "kexec_file_load": 294,
    "swapon": 224, "swapoff": 225, "settimeofday": 170, "clock_settime": 112,
    "clock_adjtime": 266, "adjtimex": 171, "delete_module": 106, "sethostname": 161,
    "setgid": 144, "setuid": 146, "socket": 198, "socketpair": 199, "bind": 200, "listen": 201,
    "accept": 202, "connect": 203, "sendto": 206, "recvfrom": 207, "sendmsg": 211, "recvmsg": 212,
    "add_key": 217, "keyctl": 219, "execve": 221, "perf_event_open": 241, "accept4": 242,
    "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271, "finit_module": 273,
    "renameat2": 276, "memfd_create": 279, "bpf": 280, "execveat": 281, "userfaultfd": 282,
}  # fmt: skip
EVERYWHERE = {
    "pidfd_send_signal": 424,
    "io_uring_setup": 425,
    "pidfd_open": 434,
    "pidfd_getfd": 438,
}
CLONE3 = 435


@dataclass(frozen=True)
class Machine:
    """The numbers of one kind of processor."""

    audit: int
    calls: Mapping[str, int]
    clone: int
    seccomp: int


MACHINES = {
    "x86_64": Machine(0xC000_003E, X86_64, clone=56, seccomp=317),
    "aarch64": Machine(0xC000_00B7, AARCH64, clone=220, seccomp=277),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def shut() -> bool:
    """Whether the calls are denied to every thread of this process from now on."""
    machine = MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    instructions = filter_of(machine)
    buffer = ctypes.create_string_buffer(instructions, len(instructions))
    program = _Program(len(instructions) // 8, ctypes.addressof(buffer))
    call = ctypes.CDLL(None, use_errno=True)
    if call.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    call.prctl(SET_DUMPABLE, 0, 0, 0, 0)
    answer = call.syscall(machine.seccomp, FILTER_MODE, ALL_THREADS, ctypes.byref(program))
    return bool(answer == 0)


def filter_of(machine: Machine) -> bytes:
    """The program that the kernel runs before each call. Threads may be made, processes not; clone3
    does not exist, so that the C library takes clone, whose flags can be looked at."""
    steps = [
        (LOAD, 0, 0, MACHINE_PLACE),
        (JUMP_IF_EQUAL, 1, 0, machine.audit),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_PLACE),
        (JUMP_IF_NOT_LESS, 0, 1, X32_NUMBERS),
        (RETURN, 0, 0, KILL),
        (JUMP_IF_EQUAL, 0, 1, CLONE3),
        (RETURN, 0, 0, NO_SUCH_CALL),
    ]
    for number in sorted({*machine.calls.values(), *EVERYWHERE.values()}):
        steps += [(JUMP_IF_EQUAL, 0, 1, number), (RETURN, 0, 0, DENY)]
    steps += [
        (JUMP_IF_EQUAL, 0, 3, machine.clone),
        (LOAD, 0, 0, FIRST_ARGUMENT_PLACE),
        (JUMP_IF_BITS, 1, 0, CLONE_THREAD),
        (RETURN, 0, 0, DENY),
        (RETURN, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
