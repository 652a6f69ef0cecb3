"""A file from anywhere to a picture of ours: decoded, and nothing but its pixels written again.

What was hidden in the file or hung onto it (places and times of photographs, comments, profiles,
archives, scripts) is not among the pixels. Work is bounded by the file's bytes and, before any is
decoded, its pixels.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from quizapp.domain.images import ImageReference
from quizapp.images.errors import ImageError
from quizapp.images.headers import DAMAGED, MAX_PIXELS, checked_kind, refuse_size

MAX_STORED_BYTES: Final = 2 * 2**20
"""Bytes of a picture as it is stored."""

MAX_SHOWN_WIDTH: Final = 1_600
MAX_SHOWN_HEIGHT: Final = 3_200
"""Pixels of a stored picture: twice what a page shows, for screens of double density."""

_QUALITY: Final = 88
_COMFORTABLE_BYTES: Final = 2**19
_SIXTEEN_BITS: Final = ("I", "I;16", "I;16L", "I;16B", "I;16N")
_DAMAGE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    MemoryError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
)
"""What Pillow's readers raise over files that are broken, by accident or on purpose."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass(frozen=True)
class EncodedImage:
    """A picture as it is stored and served."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def reference(self) -> ImageReference:
        return ImageReference(hashlib.sha256(self.data).hexdigest(), self.width, self.height)


def reencode(data: bytes) -> EncodedImage:
    """The picture in ``data``, at most as large as pages show it. Raises ImageError."""
    kind = checked_kind(data)
    try:
        pixels = _decoded(data, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageError("The picture has too many pixels. Make it smaller.") from error
    except _DAMAGE as error:
        raise ImageError(DAMAGED) from error
    for encoded, media_type in _encoded(pixels, kind):
        if len(encoded) <= MAX_STORED_BYTES:
            return EncodedImage(encoded, media_type, pixels.width, pixels.height)
    raise ImageError("The picture has too much detail to be stored. Make it smaller.")


def _decoded(data: bytes, kind: str) -> Image.Image:
    """The pixels, upright, in a mode that every browser shows, without anything beside them."""
    with Image.open(BytesIO(data), formats=[kind]) as file:
        refuse_size(file.width, file.height)
        if file.format == kind and getattr(file, "is_animated", False):
            raise ImageError("The picture moves. Save the one frame that the question needs.")
        file.load()
        refuse_size(file.width, file.height)
        upright = ImageOps.exif_transpose(file)
    plain = _plain(upright)
    plain.thumbnail((MAX_SHOWN_WIDTH, MAX_SHOWN_HEIGHT), Image.Resampling.LANCZOS)
    plain.info.clear()
    return plain


def _plain(picture: Image.Image) -> Image.Image:
    """The picture in grey, in colours, or in colours with transparency; 8 bits each."""
    if picture.mode in _SIXTEEN_BITS:
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def _encoded(pixels: Image.Image, kind: str) -> Iterator[tuple[bytes, str]]:
    """The picture as a file: without loss where that is small, else with a little."""
    if kind == "JPEG":
        yield _written(pixels, "JPEG", quality=_QUALITY, optimize=True), "image/jpeg"
    elif len(exact := _written(pixels, "PNG", optimize=True)) <= _COMFORTABLE_BYTES:
        yield exact, "image/png"
    yield _written(pixels, "WEBP", quality=_QUALITY), "image/webp"


def _written(pixels: Image.Image, kind: str, **options: int) -> bytes:
    buffer = BytesIO()
    pixels.save(buffer, kind, **options)
    return buffer.getvalue()
