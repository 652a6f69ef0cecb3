"""Password hashes."""

import pytest

from quizapp.services.passwords import Passwords
from tests.factories import cheap_passwords as passwords


def test_a_password_matches_its_own_hash_only() -> None:
    stored = passwords.hash("a good password")

    assert passwords.matches("a good password", stored)
    assert not passwords.matches("another password", stored)


def test_the_same_password_has_another_hash_each_time() -> None:
    assert passwords.hash("a good password") != passwords.hash("a good password")


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
def test_nothing_matches_where_there_is_no_hash(stored: str | None) -> None:
    assert not passwords.matches("nobody has this password", stored)


def test_a_hash_made_with_other_parameters_is_outdated() -> None:
    stored = passwords.hash("a good password")

    assert not passwords.is_outdated(stored)
    assert Passwords(memory_kib=16).is_outdated(stored)
