"""The WebAssembly engine that compiles and runs guests."""

import ctypes
import threading
from collections.abc import Callable
from concurrent.futures import Future

import wasmtime
from wasmtime import _ffi as ffi

GUEST_STACK_BYTES = 8 << 20
NATIVE_STACK_BYTES = 16 << 20
"""Of the thread that runs a guest: the guest's stack and room for the host's functions."""


def make_engine() -> wasmtime.Engine:
    """An engine that can be interrupted, with room for the recursion that Python allows."""
    config = wasmtime.Config()
    config.epoch_interruption = True
    config.wasm_exceptions = True
    _allow_deep_stack(config)
    return wasmtime.Engine(config)


def in_deep_thread(work: Callable[[], None]) -> None:
    """Has done ``work`` in a thread with room for a guest's stack. Raises what ``work`` raises."""
    outcome: Future[None] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())  # type: ignore[func-returns-value]
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            outcome.set_exception(error)

    before = threading.stack_size(NATIVE_STACK_BYTES)
    threading.Thread(target=run, name="guest", daemon=True).start()
    threading.stack_size(before)
    outcome.result()


def _allow_deep_stack(config: wasmtime.Config) -> None:
    """The bound of the guest's stack must be below that of asynchronous calls, which are not used
    and have no property here; the C function is there."""
    set_size = ffi.dll.wasmtime_config_async_stack_size_set
    set_size.argtypes = [ctypes.POINTER(ffi.wasm_config_t), ctypes.c_uint64]
    set_size.restype = None
    set_size(config.ptr(), GUEST_STACK_BYTES + (2 << 20))
    config.max_wasm_stack = GUEST_STACK_BYTES
