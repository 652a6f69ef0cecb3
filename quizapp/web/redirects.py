"""Where a form may send a browser next: to our own pages only."""

from urllib.parse import urlsplit

_REFUSED = ("\\", "\t", "\r", "\n", "\x00")


def own_path(target: str | None, default: str) -> str:
    """``target`` when it is a path of this site, else ``default``.

    ``//host``, backslashes, control characters, schemes and user names never pass.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return default
    if any(char in target for char in _REFUSED) or any(ord(char) < 0x20 for char in target):
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else target
