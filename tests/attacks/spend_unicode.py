import unicodedata


def solve(xs):
    text = "\ufdfa" * 1_000_000
    while True:
        text = unicodedata.normalize("NFKD", text)
        text = f"{text:>{len(text) * 2}}".upper()
