"""The measures by which models are compared."""

import numpy as np
import pytest

from tests.load.learning import auc, ece


def test_the_area_is_the_share_of_pairs_in_the_right_order_ties_half() -> None:
    score = np.array([1.0, 1.0, 0.0, 0.0])
    expected = np.array([0.9, 0.4, 0.4, 0.1])

    # pairs: .9 > .4, .9 > .1, .4 = .4, .4 > .1
    assert auc(score, expected) == 3.5 / 4


def test_calibration_is_the_mean_gap_of_the_bins() -> None:
    score = np.array([1.0, 0.0, 1.0, 1.0])
    expected = np.array([0.25, 0.25, 0.95, 1.0])

    # Bin .2: two answers, half right, .25 expected; the last bin: both right, .975 expected.
    assert ece(score, expected) == pytest.approx((2 * 0.25 + 2 * 0.025) / 4)
