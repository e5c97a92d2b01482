"""The white-noise bound of the uncertainty principle at poles drawn anywhere in the disk, repeated and near-circular ones too."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numeric_strategies import double, pole_lists, rational_pole

from numeric import gram, reference


@given(pole_lists(size=3, circle=False), st.lists(rational_pole(), min_size=3, max_size=3), st.integers(0, 6))
def test_the_exact_loss_of_any_filter_is_above_the_bound(poles, weights, lag):
    order = len(poles)
    loss = reference.loss_by_recurrence(reference.diagonal(poles), weights[:order], [reference.ONE] * order, lag)
    assert loss >= 1 - Fraction(order, lag + 1)


@given(pole_lists(size=5), st.integers(0, 400))
def test_shares_decrease_and_stay_below_the_bound(poles, lag):
    order = len(poles)
    shares = gram.capture(np.array([double(pole) for pole in poles]), lag)
    slack = 16 * np.finfo(float).eps * order * np.arange(1, lag + 2)
    assert np.all(np.diff(shares) <= slack[1:])
    assert np.all(shares * np.arange(1, lag + 2) <= order + slack * np.arange(1, lag + 2))
