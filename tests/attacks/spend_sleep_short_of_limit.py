import time


def solve(xs):
    time.sleep(0.99)
    while True:
        pass
