import pytest
from tests.services.test_attempts import *
@pytest.mark.parametrize("n", range(12))
def test_x(app, alice, charlie, now, n): test_closers_and_learners_at_once_close_every_attempt_once(app, alice, charlie, now)
@pytest.mark.parametrize("n", range(12))
def test_y(app, alice, now, n): test_two_attempts_that_end_at_once_both_teach_about_the_learner(app, alice, now)
