"""Every file in this folder is one file format of questions; they are found by themselves.

A format is a module with NAME, SUFFIXES, ``sniff`` and ``read`` (see ``reading.Format``).
"""

from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import cast

from quizapp.domain.errors import UploadError
from quizapp.domain.reading import Format


@cache
def formats() -> dict[str, Format]:
    """Every format by its module's name."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: cast(Format, import_module(f"{__name__}.{name}")) for name in names}


def format_for(filename: str, text: str) -> str:
    """The name of the format that ``filename`` ends like and ``text`` looks like.

    Raises UploadError when there is none.
    """
    suffix = PurePath(filename.lower()).suffix
    by_suffix = [name for name, each in formats().items() if suffix in each.SUFFIXES]
    by_look = [name for name in by_suffix if formats()[name].sniff(text[:4096])]
    for name in (*by_look, *by_suffix):
        return name
    known = ", ".join(sorted(suffix for each in formats().values() for suffix in each.SUFFIXES))
    raise UploadError(f"{filename} is not a kind of file that is read. Known endings: {known}.")
