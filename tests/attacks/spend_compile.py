def solve(xs):
    compile("x = " + "(" * 90 + "1" + ")" * 90, "a", "exec")
    for source in (
        "x = " + " + ".join(["1"] * 100_000),
        "x = " + "-" * 100_000 + "1",
        "a" + ".b" * 100_000,
        "x = " + "[" * 5_000 + "]" * 5_000,
        "x = ((1 << 10_000_000) ** 100)",
        "\n".join(" " * depth + "if x:" for depth in range(99)) + "\n" + " " * 99 + "pass",
        "match x:\n" + "".join(f"    case {n}: pass\n" for n in range(20_000)),
        "f'" + "{f\"" * 100 + "\"}" * 100 + "'",
    ):
        try:
            compile(source, "a", "exec")
        except (SyntaxError, MemoryError, RecursionError, OverflowError, ValueError):
            pass
    while True:
        compile("x = " + "[" + "1," * 200_000 + "]", "a", "exec")
