"""Functions can be taken out of a module; what is left does what it did."""

from typing import Any

import pytest
import wasmtime

from quizapp.runner.trimming import encoded, trimmed

SOURCE = """
(module
  (import "host" "given" (func $given (result i32)))
  (memory (export "memory") 1)
  (table 3 funcref)
  (elem (i32.const 0) func $removed $twice $kept)
  (data (i32.const 5) "kept")
  (func $removed (param i32) (result i32) (i32.mul (local.get 0) (call $given)))
  (func $other_removed (result f64) (f64.const 1.5))
  (func $twice (param i32) (result i32) (i32.add (local.get 0) (local.get 0)))
  (func $kept (export "kept") (param i32) (result i32) (local f32 i64)
    (block (block (br_table 0 1 (local.get 0))))
    (local.set 1 (f32.const 16.0625))
    (local.set 2 (i64.const 0x10_8080_8080))
    (drop (select (result i32) (i32.const 16) (i32.const 0) (local.get 0)))
    (memory.copy (i32.const 9) (i32.const 5) (i32.const 4))
    (i32.add (call $twice (call $given)) (i32.load offset=4 (i32.const 5))))
  (func (export "missing") (result f64) (call $other_removed))
  (func (export "chosen") (param i32) (result i32)
    (call_indirect (param i32) (result i32) (i32.const 21) (local.get 0))))
"""
KEPT = (range(3, 7),)
"""$twice and what is exported; 0 is imported, 1 and 2 are removed."""


@pytest.fixture
def exports() -> Any:
    engine = wasmtime.Engine()
    store = wasmtime.Store(engine)
    module = wasmtime.Module(engine, trimmed(bytes(wasmtime.wat2wasm(SOURCE)), KEPT))
    given = wasmtime.Func(store, wasmtime.FuncType([], [wasmtime.ValType.i32()]), lambda: 100)
    found: Any = wasmtime.Instance(store, module, [given]).exports(store)
    return lambda name, *arguments: found[name](store, *arguments)


def test_what_is_kept_calls_what_it_did(exports: Any) -> None:
    assert exports("kept", 0) == 200 + int.from_bytes(b"kept", "little")
    assert exports("chosen", 1) == 42


@pytest.mark.parametrize(("name", "arguments"), [("missing", ()), ("chosen", (0,))])
def test_what_is_missing_ends_whoever_calls_it(
    exports: Any, name: str, arguments: tuple[int, ...]
) -> None:
    with pytest.raises(wasmtime.Trap, match="unreachable"):
        exports(name, *arguments)


def test_all_of_a_module_is_that_module() -> None:
    module = bytes(wasmtime.wat2wasm(SOURCE.replace("$", "$a")))

    kept = trimmed(module, (range(100),))

    assert trimmed(kept, (range(100),)) == kept
    wasmtime.Module.validate(wasmtime.Engine(), kept)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ('(module (import "host" "memory" (memory 1)) (func) (table 1 funcref) '
         '(elem (i32.const 0) 0) (export "f" (func 0)))', "no function"),
        ('(module (import "h" "f" (func)) (func) (table 1 funcref)'
         '(elem (i32.const 0) 0) (elem (i32.const 0) 0) (export "f" (func 0)))', "other tables"),
    ],
)  # fmt: skip
def test_a_module_of_another_kind_is_refused(source: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        trimmed(bytes(wasmtime.wat2wasm(source)), ())


def test_numbers_can_be_longer_than_they_need() -> None:
    assert encoded(5) == b"\x05"
    assert encoded(300) == b"\xac\x02"
    assert encoded(5, 3) == b"\x85\x80\x00"
