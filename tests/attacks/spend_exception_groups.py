def solve(xs):
    text = "x" * (1 << 20)
    made = ValueError(text)
    for _ in range(1_000):
        made = ExceptionGroup(text, [made, made])
    raise made
