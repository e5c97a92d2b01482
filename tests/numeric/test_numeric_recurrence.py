"""The numba recurrence against the exact one, within its stated rounding bound."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numeric_strategies import WEIGHTS, double, filters

from numeric import recurrence, reference
from numeric.errors import Refused

EPS = 2.0**-52


def rounding_bound(a, b, u):
    """4·eps·Σ_s|b_s| Σ_m (m + 2 + log₂S)|a_s|^m |u_{n−m}|, the bound of `numeric.recurrence`, for every n."""
    m = np.arange(len(u))
    weights = sum(abs(w) * abs(s) ** m for s, w in zip(a, b, strict=True)) * (m + 2 + np.log2(len(a)))
    return 4 * EPS * np.convolve(weights, np.abs(u))[: len(u)]


def as_doubles(values):
    return np.array([double(value) for value in values])


@given(filters(size=11, circle=True), st.lists(WEIGHTS, min_size=1, max_size=20))
def test_agrees_with_exact_recurrence(system, u):
    """Both read the same doubles, so only the arithmetic differs; the bound is narrow: below 1e-12 of the input's size."""
    a, b, u = map(as_doubles, (system[0], system[1], u))
    exact = as_doubles(reference.run(a.tolist(), b.tolist(), u.tolist()))
    bound = rounding_bound(a, b, u)
    assert np.all(np.abs(recurrence.run(a, b, u) - exact) <= bound)
    assert np.all(bound <= 1e-12 * np.sum(np.abs(b)) * np.sum(np.abs(u)))


def test_agreement_can_fail():
    """The same comparison refuses a response shifted by one sample and a conjugated pole."""
    a, b, u = np.array([0.5 + 0.25j]), np.array([1.0 + 0j]), np.ones(10)
    exact, bound = as_doubles(reference.run(a.tolist(), b.tolist(), u.tolist())), rounding_bound(a, b, u)
    assert np.all(np.abs(recurrence.run(a, b, u) - exact) <= bound)
    assert not np.all(np.abs(np.roll(recurrence.run(a, b, u), 1) - exact) <= bound)
    assert not np.all(np.abs(recurrence.run(a.conj(), b, u) - exact) <= bound)


@pytest.mark.parametrize("S", [1, 7, 8, 9, 16, 17, 40, 65, 129])
def test_every_pole_counts_once(S):
    """Integers at |a| = 0: y_n = u_n Σ b_s exactly, whatever the padding and the folding do."""
    b = np.arange(1.0, S + 1)
    assert np.array_equal(recurrence.run(np.zeros(S), b, np.array([1.0, -2.0, 3.0])), np.array([1, -2, 3]) * b.sum() + 0j)


@pytest.fixture
def system():
    rng = np.random.default_rng(7)
    a = np.sqrt(rng.uniform(0.2, 0.99, 20)) * np.exp(1j * rng.uniform(-3, 3, 20))
    return a, rng.normal(size=20) + 1j * rng.normal(size=20), rng.normal(size=(3, 50))


def test_chunks_join_exactly(system):
    a, b, u = system
    whole, last = recurrence.advance(a, b, u)
    first, x = recurrence.advance(a, b, u[:, :17])
    rest, end = recurrence.advance(a, b, u[:, 17:], x)
    assert np.array_equal(np.concatenate([first, rest], axis=1), whole)
    assert np.array_equal(end, last)


def test_batch_rows_are_single_runs(system):
    a, b, u = system
    assert np.array_equal(recurrence.run(a, b, u), np.stack([recurrence.run(a, b, row) for row in u]))


def test_states_sum_to_the_output(system):
    """Two loops written apart: complex numbers against split parts; each within the rounding bound."""
    a, b, u = system
    p = np.linspace(-1, 1, 20)
    bound = np.stack([rounding_bound(a, b * p, row) for row in u])
    assert np.all(np.abs(recurrence.states(a, b, u) @ p - recurrence.run(a, b, u, p=p)) <= 2 * bound)


@pytest.mark.parametrize(("change", "words"), [
    ({"a": [0.5, 1.0]}, r"every \|a_s\| should be < 1"),
    ({"a": [0.6 + 0.8j, 0.5]}, r"a\[0\]"),  # 0.6² + 0.8² > 1 for the doubles, by 4e-17: hypot rounds it to 1
    ({"a": [[0.5, 0.1]]}, "shape"),
    ({"b": [1.0]}, r"shape \(2,\)"),
    ({"b": [1.0, np.nan]}, r"b\[1\]"),
    ({"u": [1.0, np.inf]}, r"u\[1\]"),
    ({"u": 1.0}, r"\(N,\) or \(batch, N\)"),
    ({"x": [1.0]}, "state"),
])
def test_refusals(change, words):
    arguments = {"a": [0.5, 0.1], "b": [1.0, 1.0], "u": [1.0, 2.0]} | change
    with pytest.raises(Refused, match=words) as caught:
        recurrence.advance(**arguments)
    assert {"REFUSED", "for example", "instead"} <= {line.strip()[:n] for line in str(caught.value).split("\n") for n in (7, 11)}


def test_pole_next_to_the_circle_is_taken():
    """1 − 2^-53 is inside, and the recurrence neither grows nor decays over 1000 samples."""
    c = recurrence.impulse_response([1 - 2.0**-53], [1.0], 1000)
    assert np.all(np.abs(c - 1) <= 4 * EPS * np.arange(3, 1003))
