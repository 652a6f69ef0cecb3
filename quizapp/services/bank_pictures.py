"""Pictures that lie beside the questions of a bank, in its folder ``images``."""

from dataclasses import dataclass
from pathlib import Path

from quizapp.domain.images import FOLDER
from quizapp.domain.reading import Problem
from quizapp.images import MAX_BYTES, EncodedImage, ImageError
from quizapp.services import images
from quizapp.services.images import Shelf

HINT = f"Put it into the folder `{FOLDER}` of the bank."


@dataclass(frozen=True)
class FolderPictures:
    """The sound pictures of a bank by name, and what is wrong with the files of others."""

    pictures: dict[str, EncodedImage]
    problems: tuple[tuple[Path, Problem], ...]

    @property
    def shelf(self) -> Shelf:
        references = {name: each.reference for name, each in self.pictures.items()}
        return Shelf(references, HINT, frozenset(path.name for path, _ in self.problems))


def read(bank: Path) -> FolderPictures:
    """Every file of the bank's folder of pictures; names that begin with a dot are not ours."""
    pictures, problems = {}, []
    for path in files(bank):
        try:
            pictures[path.name] = images.read_file(path.name, _data(path))
        except ImageError as error:
            problems.append((path, Problem(1, 1, str(error))))
    return FolderPictures(pictures, tuple(problems))


def files(bank: Path) -> list[Path]:
    """The files of the bank's folder of pictures."""
    found = sorted((bank / FOLDER).glob("*"))
    return [path for path in found if path.is_file() and not path.name.startswith(".")]


def not_shown(bank: Path, name: str) -> tuple[Path, Problem]:
    """A warning about a picture that no question of the bank shows."""
    message = "No question shows this picture. Delete it, or name it in one."
    return bank / FOLDER / name, Problem(1, 1, message, is_error=False)


def _data(path: Path) -> bytes:
    """What is in the file, as far as it matters. Raises ImageError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ImageError(f"The file cannot be read: {error.strerror}.") from error
