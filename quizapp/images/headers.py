"""What the first bytes of a file say: kind and size, known before anything is decoded."""

from typing import Final

from quizapp.images.errors import ImageError

MAX_BYTES: Final = 2 * 2**20
"""Bytes of a file that is taken."""

MAX_SIDE: Final = 10_000
"""Pixels of its longer side."""

MAX_PIXELS: Final = 16_000_000
"""Pixels in all: 64 MB when decoded, and about a second."""

MAX_SCANS: Final = 100
"""Passes over the pixels of a JPEG; usual are up to 11. Each costs time for all pixels, and a
file of 2 MB could ask for a hundred thousand."""

_MAGIC: Final = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
}
_START_OF_SCAN: Final = b"\xff\xda"
DAMAGED: Final = "The picture is damaged or cut off. Save it anew."


def checked_kind(data: bytes) -> str:
    """PNG, JPEG, WEBP or GIF, by what the file begins with. Raises ImageError for all else."""
    if not data:
        raise ImageError("The file is empty.")
    if len(data) > MAX_BYTES:
        raise ImageError(f"The picture has more than {MAX_BYTES // 2**20} MB. Make it smaller.")
    kind = _kind(data)
    if kind == "JPEG" and data.count(_START_OF_SCAN) > MAX_SCANS:
        raise ImageError("This JPEG file is built of too many passes. Save it as a plain one.")
    if kind == "WEBP":  # its decoder takes memory for all pixels as soon as it is asked
        refuse_size(*_webp_size(data))
    return kind


def refuse_size(width: int, height: int) -> None:
    """Raises ImageError when the picture has no pixels, or more than we decode."""
    if not width or not height:
        raise ImageError("The picture has no pixels.")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise ImageError(
            f"The picture has {width:,} × {height:,} pixels. It may have up to {MAX_SIDE:,} on a "
            f"side and {MAX_PIXELS // 1_000_000} million in all. Make it smaller."
        )


def _kind(data: bytes) -> str:
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    head = data[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg")):
        raise ImageError("SVG is not taken, for it may hold scripts. Save the picture as PNG.")
    raise ImageError("This is no PNG, JPEG, WebP or GIF file, whatever its name says.")


def _webp_size(data: bytes) -> tuple[int, int]:
    """Width and height in the first chunk, which has three forms."""
    if len(data) < 30:
        raise ImageError(DAMAGED)
    match data[12:16]:
        case b"VP8X":
            return _number(data[24:27]) + 1, _number(data[27:30]) + 1
        case b"VP8L":
            bits = _number(data[21:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return _number(data[26:28]) & 0x3FFF, _number(data[28:30]) & 0x3FFF
    raise ImageError(DAMAGED)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")
