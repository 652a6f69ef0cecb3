import os
import sys


def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


ARCHIVE = [path for path in sys.path if path.endswith(".zip")]
FOUND = [number for number in range(4, 64) if is_open(number)]
MISSING = [number for number in (0, 1, 2) if not is_open(number)]
for path in ARCHIVE * 20:
    os.lseek(os.open(path, os.O_RDONLY), 1000, 0)


def solve(xs):
    assert not FOUND and not MISSING, (FOUND, MISSING)
    return sum(x * x for x in xs)
