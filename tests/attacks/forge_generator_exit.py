def solve(xs):
    try:
        raise BaseExceptionGroup("a", [GeneratorExit(), StopIteration(78), KeyboardInterrupt()])
    except* GeneratorExit:
        raise GeneratorExit(78) from None
