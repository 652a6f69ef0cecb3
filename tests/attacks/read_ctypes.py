def solve(xs):
    found = []
    for name in ("ctypes", "_ctypes", "cffi", "_testcapi", "_testinternalcapi", "_xxtestfuzz"):
        try:
            found.append(__import__(name))
        except ImportError as error:
            found.append(str(error))
    try:
        import ctypes

        libc = ctypes.CDLL(None)
        found.append(libc.system(b"touch /var/tmp/pwned"))
        found.append(ctypes.string_at(4096, 64))
        found.append(ctypes.string_at(1 << 31, 64))
    except (ImportError, OSError, AttributeError, ValueError) as error:
        found.append(str(error))
    raise RuntimeError(repr(found))
