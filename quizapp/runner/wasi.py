"""Which functions of WASI a guest has: the whole of what it can ask of its host.

wasmtime's own clocks, chance and arguments, none of which takes a descriptor or a path; one file
that can be read (``files``) and waiting (``waiting``), written here; for all others a stub in
WebAssembly that answers "not supported". wasmtime's own file system is never reached, and there are
no sockets, processes, threads or signals to reach.
"""

from collections.abc import Callable, Mapping
from typing import Any

import wasmtime

from quizapp.runner.errors import OffError
from quizapp.runner.files import Files
from quizapp.runner.memory import GuestMemory
from quizapp.runner.meter import Meter
from quizapp.runner.waiting import Waiting

MODULE = "wasi_snapshot_preview1"
NOT_SUPPORTED = 58
INVALID = 28

OWN: frozenset[str] = frozenset(
    "args_get args_sizes_get environ_get environ_sizes_get clock_res_get clock_time_get random_get "
    "proc_exit sched_yield".split()
)
SERVED: Mapping[str, str] = {
    "fd_prestat_get": "i32 i32",
    "fd_prestat_dir_name": "i32 i32 i32",
    "fd_fdstat_get": "i32 i32",
    "fd_filestat_get": "i32 i32",
    "fd_read": "i32 i32 i32 i32",
    "fd_pread": "i32 i32 i32 i64 i32",
    "fd_seek": "i32 i64 i32 i32",
    "fd_tell": "i32 i32",
    "fd_close": "i32",
    "fd_advise": "i32 i64 i64 i32",
    "fd_write": "i32 i32 i32 i32",
    "path_filestat_get": "i32 i32 i32 i32 i32",
    "path_open": "i32 i32 i32 i32 i32 i64 i64 i32 i32",
    "poll_oneoff": "i32 i32 i32 i32",
}
DENIED: Mapping[str, str] = {
    "fd_allocate": "i32 i64 i64",
    "fd_datasync": "i32",
    "fd_sync": "i32",
    "fd_fdstat_set_flags": "i32 i32",
    "fd_fdstat_set_rights": "i32 i64 i64",
    "fd_filestat_set_size": "i32 i64",
    "fd_filestat_set_times": "i32 i64 i64 i32",
    "fd_pwrite": "i32 i32 i32 i64 i32",
    "fd_readdir": "i32 i32 i32 i64 i32",
    "fd_renumber": "i32 i32",
    "path_create_directory": "i32 i32 i32",
    "path_filestat_set_times": "i32 i32 i32 i32 i64 i64 i32",
    "path_link": "i32 i32 i32 i32 i32 i32 i32",
    "path_readlink": "i32 i32 i32 i32 i32 i32",
    "path_remove_directory": "i32 i32 i32",
    "path_rename": "i32 i32 i32 i32 i32 i32",
    "path_symlink": "i32 i32 i32 i32 i32",
    "path_unlink_file": "i32 i32 i32",
    "sock_accept": "i32 i32 i32",
    "sock_recv": "i32 i32 i32 i32 i32 i32",
    "sock_send": "i32 i32 i32 i32 i32",
    "sock_shutdown": "i32 i32",
}
DOOR = "(param i32 i32 i32 i32) (result i32) (i32.const -1)"
"""The one import beside WASI: a door to functions of the host, which stays shut."""


class Functions:
    """What guests of one module import."""

    def __init__(self, engine: wasmtime.Engine, module: wasmtime.Module, meter: Meter) -> None:
        self.files, self.waiting = Files(meter), Waiting(meter)
        self._module = module
        self._stubs = wasmtime.Module(engine, _stubs())
        self._linker = wasmtime.Linker(engine)
        self._linker.define_wasi()
        self._linker.allow_shadowing = True
        for name, parameters in SERVED.items():
            served = self.waiting if name == "poll_oneoff" else self.files
            self._linker.define_func(
                MODULE, name, _type(parameters), _safely(getattr(served, name)), access_caller=True
            )

    def imports(self, store: wasmtime.Store) -> list[Any]:
        """In the order in which the module asks. Raises OffError for what nobody has judged."""
        stubs = wasmtime.Instance(store, self._stubs, []).exports(store)
        return [self._import(store, stubs, wanted) for wanted in self._module.imports]

    def _import(self, store: wasmtime.Store, stubs: Any, wanted: Any) -> Any:
        if wanted.module == "host":
            return stubs["door"]
        if wanted.module == MODULE and wanted.name in DENIED:
            return stubs[wanted.name]
        if wanted.module == MODULE and (wanted.name in OWN or wanted.name in SERVED):
            return self._linker.get(store, wanted.module, wanted.name)
        raise OffError(f"The interpreter asks for {wanted.module}.{wanted.name}, unknown here.")


def _stubs() -> str:
    functions = [
        f'(func (export "{name}") (param {parameters}) (result i32) (i32.const {NOT_SUPPORTED}))'
        for name, parameters in DENIED.items()
    ]
    return "(module {} {})".format(" ".join(functions), f'(func (export "door") {DOOR})')


def _type(parameters: str) -> wasmtime.FuncType:
    kinds = {"i32": wasmtime.ValType.i32, "i64": wasmtime.ValType.i64}
    return wasmtime.FuncType([kinds[name]() for name in parameters.split()], [kinds["i32"]()])


def _safely(function: Callable[..., int]) -> Callable[..., int]:
    """``function`` with the guest's memory and numbers without a sign; a bad address is an error
    code to the guest, and never an exception in the host."""

    def call(caller: wasmtime.Caller, *numbers: int) -> int:
        try:
            memory = GuestMemory(caller)
            return function(memory, *[number & 0xFFFF_FFFF_FFFF_FFFF for number in numbers])
        except (ValueError, IndexError, OverflowError, wasmtime.WasmtimeError):
            return INVALID

    return call
