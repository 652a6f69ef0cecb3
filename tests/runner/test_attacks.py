"""No program breaks out, stays, or gets what it does not deserve."""

from collections.abc import Iterator

import pytest

from quizapp.runner.client import Runner
from tests import runners
from tests.runner.attacking import (
    CANARY_TEXT,
    FOLDERS,
    Attack,
    Canaries,
    attacks,
    canaries,
    ending_of,
    is_next_one_right,
)

ALL = list(attacks())
SLACK_SECONDS = 10
"""Beyond what an attack may take, on a machine that is busy with other tests."""


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canaries]:
    """Canaries that a runner of this module might reach."""
    with canaries(tmp_path_factory.mktemp("canary")) as found:
        yield found


@pytest.fixture(scope="module")
def attacked(laid: Canaries, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """A runner that started beside the canaries."""
    with runners.ready(tmp_path_factory.mktemp("attacked") / "runner.sock") as runner:
        yield runner


@pytest.mark.parametrize("attack", ALL, ids=lambda attack: attack.name)
def test_an_attack_ends_as_it_may(attacked: Runner, laid: Canaries, attack: Attack) -> None:
    status, told, took = ending_of(attacked, attack, laid)

    assert status in attack.allowed, f"{attack.note}: {told[:500]}"
    assert took < attack.seconds + SLACK_SECONDS
    assert CANARY_TEXT not in told
    assert laid.files() == laid.before
    assert not laid.calls
    assert not laid.traces()
    assert is_next_one_right(attacked)


def test_what_the_attacks_are_after_would_be_noticed(laid: Canaries) -> None:
    for folder in (laid.folder, laid.written):
        (folder / "pwned").write_text("here")
    try:
        assert laid.files() != laid.before
        assert laid.traces()
    finally:
        for folder in (laid.folder, laid.written):
            (folder / "pwned").unlink()


def test_it_is_known_how_each_program_may_end() -> None:
    programs = {path for folder in FOLDERS for path in folder.iterdir() if path.suffix != ".json"}

    assert {attack.path for attack in ALL} == programs
