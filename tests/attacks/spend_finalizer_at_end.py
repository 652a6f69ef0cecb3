import atexit
import weakref


class Late:
    def __del__(self):
        while True:
            pass


late = Late()
late.me = late
weakref.finalize(late, lambda: None)
atexit.register(lambda: late.__del__())


def solve(xs):
    return sum(x * x for x in xs)
