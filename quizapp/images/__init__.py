"""Pictures decoded and written anew. Knows neither Flask nor the database."""

from quizapp.images.errors import ImageError
from quizapp.images.headers import MAX_BYTES, MAX_PIXELS, MAX_SIDE
from quizapp.images.reencoding import (
    MAX_SHOWN_HEIGHT,
    MAX_SHOWN_WIDTH,
    MAX_STORED_BYTES,
    EncodedImage,
    reencode,
)

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "MAX_SHOWN_HEIGHT",
    "MAX_SHOWN_WIDTH",
    "MAX_SIDE",
    "MAX_STORED_BYTES",
    "EncodedImage",
    "ImageError",
    "reencode",
]
