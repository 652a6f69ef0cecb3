"""Authors' regular expressions, matched in time that grows only with the length of the text."""

from functools import lru_cache
from typing import Any

MEMORY_BYTES = 1 << 20
PATTERNS_KEPT = 500


def fault_of(pattern: str) -> str:
    """What is wrong with ``pattern``, as a sentence; "" where nothing is."""
    import re2  # noqa: PLC0415 - 2.4 MB in each worker, and few banks have patterns

    try:
        _compiled(pattern, is_case_sensitive=True)
    except re2.error as error:
        reason = error.args[0].decode(errors="replace") if error.args else ""
        return (
            f"The pattern {pattern!r} is not one of RE2, which has neither backreferences nor"
            f" lookarounds: {reason}."
        )
    return ""


def is_match(pattern: str, text: str, *, is_case_sensitive: bool) -> bool:
    """Whether all of ``text`` matches; ``pattern`` has no fault."""
    storable = text.encode(errors="replace").decode()
    return _compiled(pattern, is_case_sensitive).fullmatch(storable) is not None


@lru_cache(maxsize=PATTERNS_KEPT)
def _compiled(pattern: str, is_case_sensitive: bool) -> Any:  # noqa: FBT001 - part of the key
    import re2  # noqa: PLC0415 - as above

    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY_BYTES
    options.case_sensitive = is_case_sensitive
    return re2.compile(pattern, options)
