import functools
import gc
import linecache
import re
import sys


@functools.cache
def cached(x):
    return x


FOUND = [
    thing for thing in gc.get_objects() if type(thing) is list and thing[:1] == ["left behind by another learner"]
]
FOUND += ["linecache"] if "left" in linecache.cache else []
FOUND += ["re"] if any("left_behind" in str(key) for key in getattr(re, "_cache", ())) else []
KEPT = ["left behind by another learner".replace("z", "y"), 1]
gc.freeze()
linecache.cache["left"] = (1, None, ["x"], "left")
re.compile("left_behind")
sys.intern("left behind")
cached(78)


def solve(xs):
    assert not FOUND, FOUND
    return sum(x * x for x in xs)
