import builtins
import json
import math
import os
import sys


def marked():
    return (
        hasattr(builtins, "left_behind")
        or "left_behind" in sys.modules
        or getattr(math, "left_behind", 0)
        or os.environ.get("LEFT_BEHIND")
        or getattr(json, "left_behind", 0)
    )


FOUND = marked()
builtins.left_behind = math.left_behind = json.left_behind = 1
sys.modules["left_behind"] = math
os.environ["LEFT_BEHIND"] = "1"
sys.path.insert(0, "/left_behind")


def solve(xs):
    assert not FOUND
    return sum(x * x for x in xs)
