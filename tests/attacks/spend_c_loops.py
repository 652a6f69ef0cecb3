def solve(xs):
    text = "a" * 4_000_000
    needle = "a" * 2_000_000 + "b"
    while True:
        needle in text
        text.count(needle[::-1])
        sum(range(10**12))
