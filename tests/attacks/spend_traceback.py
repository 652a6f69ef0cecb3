def solve(xs):
    name = "n" * 1_000_000
    space = {}
    exec(compile(f"def {name}(f):\n    return f()  # {'#' * 1_000_000}\n", "<" + "f" * 1_000_000 + ">", "exec"), space)
    error = KeyError(name)
    error.add_note("note " * 1_000_000)
    error.__notes__.append(error)

    def fail():
        raise error

    call = space[name]
    deep = fail
    for _ in range(50):
        deep = (lambda inner: lambda: call(inner))(deep)
    deep()
