"""What the runner's tests may ask for."""

import pytest

from quizapp.runner.client import Runner


@pytest.fixture
def runner(request: pytest.FixtureRequest) -> Runner:
    """The full one, or the one that ``parametrize`` names indirectly."""
    found: Runner = request.getfixturevalue(getattr(request, "param", "full_runner"))
    return found
