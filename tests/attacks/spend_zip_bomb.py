import zlib


def solve(xs):
    packed = zlib.compress(zlib.compress(bytes(64 << 20), 9), 9)
    while True:
        packed = zlib.decompress(zlib.decompress(packed)) * 4
        packed = zlib.compress(packed) + b""
        packed = zlib.compress(packed)
