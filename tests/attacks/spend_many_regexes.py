import re


def solve(xs):
    text = "a" * 22 + "!"
    while True:
        for at in range(100):
            re.match(r"(a|aa|a{2})+$" + "x" * (at % 3), text)
