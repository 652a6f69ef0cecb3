"""Password hashes: argon2id with OWASP's parameters, one at a time in each process."""

from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

MINIMUM_LENGTH = 8
MAXIMUM_LENGTH = 1_024

_one_at_a_time = Lock()
"""A login costs as much as a hundred saves: a crowd of logins must not starve the saves."""


class Passwords:
    """Makes and verifies hashes with ``memory_kib`` KiB, two passes, one lane."""

    def __init__(self, memory_kib: int) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=memory_kib, parallelism=1)
        self._nobodys_hash = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """A new hash of ``password``, with its own salt and the parameters in it."""
        with _one_at_a_time:
            return self._hasher.hash(password)

    def matches(self, password: str, stored: str | None) -> bool:
        """True when ``stored`` is a hash of ``password``; as slow for None as for a real hash."""
        with _one_at_a_time:
            try:
                self._hasher.verify(self._nobodys_hash if stored is None else stored, password)
            except (VerifyMismatchError, InvalidHashError):
                return False
        return stored is not None

    def is_outdated(self, stored: str) -> bool:
        """True when ``stored`` was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)
