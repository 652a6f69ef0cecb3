"""What programs need, and which engine has it."""

import pytest

from quizapp.domain.programs.jobs import Job, Language, Library
from quizapp.runner.builds import FULL, LIGHT


def job(source: str, library: Library | None = None, language: Language = "python") -> Job:
    return Job(language, source, "", (), 1.0, library)


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        (job("x = 1"), ()),
        (job("x = 1", "numpy"), ("numpy",)),
        (job("import numpy as np"), ("numpy",)),
        (job("def f():\n    from numpy.linalg import norm\n"), ("numpy",)),
        (job("import os, pandas as pd, numpy"), ("numpy", "pandas")),
        (job("# import numpy\nimport os  # not numpy\nnumpy = 1"), ()),
        (job("import numpy", language="sql"), ()),
        (job("import numpy_like\nfrom os import path"), ()),
    ],
)
def test_the_light_engine_knows_what_a_job_needs_and_it_lacks(
    asked: Job, missing: tuple[Library, ...]
) -> None:
    assert LIGHT.missing_for(asked) == missing
    assert FULL.missing_for(asked) == ()


def test_each_job_runs_in_a_guest_that_has_what_it_needs() -> None:
    assert FULL.flavour_of(job("")) == "plain"
    assert FULL.flavour_of(job("", "pandas")) == "pandas"
    assert LIGHT.flavour_of(job("")) == "light"
