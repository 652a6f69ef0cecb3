import os
import sys


def solve(xs):
    archive = [path for path in sys.path if path.endswith(".zip")]
    while True:
        for path in archive or ["/"]:
            try:
                descriptor = os.open(path, 0)
                for _ in range(1000):
                    os.lseek(descriptor, 5, 0)
                    os.read(descriptor, 0)
                    os.fstat(descriptor)
                os.close(descriptor)
            except OSError:
                pass
        os.write(1, b"")
