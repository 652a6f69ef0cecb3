import gc
import locale
import signal
import sys

FOUND = []
if sys.getrecursionlimit() == 123:
    FOUND.append("recursion")
if sys.getswitchinterval() == 0.125:
    FOUND.append("switch")
if gc.get_threshold()[0] == 123_456:
    FOUND.append("gc")
if sys.get_int_max_str_digits() == 700:
    FOUND.append("digits")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    FOUND.append("signal")
if sys.gettrace() or sys.getprofile():
    FOUND.append("trace")


def solve(xs):
    assert not FOUND, FOUND
    sys.setswitchinterval(0.125)
    gc.set_threshold(123_456)
    sys.set_int_max_str_digits(700)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.setprofile(lambda *args: None)
    locale.setlocale(locale.LC_ALL, "C")
    return sum(x * x for x in xs)
