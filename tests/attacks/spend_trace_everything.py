import sys


def trace(frame, event, arg):
    frame.f_trace_opcodes = True
    sys.settrace(trace)
    return trace


sys.settrace(trace)


def solve(xs):
    while True:
        xs = [x for x in range(1000)]
