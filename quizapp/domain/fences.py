"""Code in Markdown."""

import re

_BACKTICKS = re.compile(r"`{3,}")


def fenced(code: str, language: str = "") -> str:
    """``code`` as a fenced block that nothing in it can end; ``language`` is for its colours."""
    longest = max((len(run) for run in _BACKTICKS.findall(code)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{code.rstrip()}\n{fence}"
