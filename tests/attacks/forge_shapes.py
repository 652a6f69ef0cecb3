import os
import sys


def marker():
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()):
            for text in value.values() if type(value) is dict else [value]:
                if type(text) is str and text.startswith("\x1e"):
                    return text
        frame = frame.f_back
    return "\x1e0123456789abcdef01234567:"


BODIES = (
    "",
    "null",
    "14",
    '"text"',
    "[]",
    "[" * 100_000,
    '{"a":' * 50_000,
    '{"i": 0, "i": 1, "ok": true, "v": 14, "v": 15}',
    '{"i": 0, "ok": true, "v": 14} {"i": 1}',
    '{"i": 0, "ok": true',
    "{'i': 0}",
    '{"fatal": ["a"], "e": {"b": 1}}',
    '{"fatal": "accepted"}',
    '{"out": 5, "over": "no"}',
    '{"out": {"a": [1]}}',
    '{"i": 0, "ok": false, "kind": ["runtime_error"], "e": 7}',
    '{"i": 0, "ok": false, "kind": "accepted"}',
    '{"i": 0, "status": "accepted", "value": 14, "message": 5, "output": [], "milliseconds": "1"}',
    '{"i": 0, "status": "returned", "milliseconds": -1e308}',
    '{"done": false}',
)


def solve(xs):
    mark = marker()
    for body in BODIES:
        os.write(1, f"\n{mark}{body}\n".encode())
    return -1
