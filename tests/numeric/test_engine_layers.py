"""Poles that change with time and Householder layers: against exact rationals within their bounds, chunks, refusals, planted errors."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import numeric
from numeric import reference
from numeric.engine.householder import householder
from numeric.errors import Refused

SEEDS = st.integers(0, 2**32 - 1)


def exactly(values):
    return [reference.gaussian(complex(value)) for value in values]


def selective(a, b, w, u):
    """y and the last state over the rationals; a, b, w (T, S)."""
    x, y = [reference.ZERO] * a.shape[1], []
    for n, sample in enumerate(exactly(u)):
        x = [pole * value + weight * sample for pole, value, weight in zip(exactly(a[n]), x, exactly(b[n]), strict=True)]
        y.append(reference.dot(exactly(w[n]), x))
    return y, x


def gaps(found, true):
    return np.array([float((reference.gaussian(complex(z)) - y).abs2()) ** 0.5 for z, y in zip(found, true, strict=True)]) * (1 - 1e-15)


def random_system(seed, S, T):
    rng = np.random.default_rng(seed)
    a = rng.uniform(0, 1, (T, S)) * np.exp(1j * rng.uniform(-3, 3, (T, S)))
    b, w = (rng.normal(size=(T, S)) + 1j * rng.normal(size=(T, S)) for _ in range(2))
    return a, b, w, rng.normal(size=T) + 1j * rng.normal(size=T)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@given(SEEDS, st.sampled_from([1, 3, 17]), st.integers(1, 20))
@settings(max_examples=12)
def test_selective_recurrence_is_exact_within_its_bound(dtype, seed, S, T):
    a, b, w, u = random_system(seed, S, T)
    found = numeric.simulate(a, w, u, b=b, dtype=dtype, error_bound=True)
    true, _ = selective(a, b, w, u)
    assert np.all(gaps(found.output, true) <= found.bound)
    planted = a.copy()
    planted[0] *= 1 + 1e-3
    planted[-1] *= 1 + 1e-3
    if T > 2 and dtype == "float64":
        assert not np.all(gaps(numeric.simulate(planted, w, u, b=b), true) <= found.bound)


def test_constant_poles_given_for_each_step_are_constant_poles():
    rng = np.random.default_rng(1)
    a, w, u = 0.9 * np.exp(1j * rng.uniform(0, 3, 5)), rng.normal(size=5), rng.normal(size=(3, 40))
    plain = numeric.simulate(a, w, u, form="pairs", error_bound=True)
    for poles in (np.tile(a, (40, 1)), np.tile(a, (3, 40, 1))):
        found = numeric.simulate(poles, w, u, form="pairs", error_bound=True)
        assert np.all(np.abs(found.output - plain.output) <= found.bound + plain.bound)
    states = numeric.simulate(np.tile(a, (40, 1)), None, u, output="states", error_bound=True)
    fixed = numeric.simulate(a, None, u, output="states", error_bound=True)
    assert np.all(np.abs(states.output - fixed.output) <= states.bound + fixed.bound)


@given(SEEDS, st.integers(0, 30))
@settings(max_examples=10)
def test_selective_chunks_join_bit_for_bit(seed, cut):
    a, b, w, u = random_system(seed, 9, 30)
    whole = numeric.simulate(a, w, u, b=b, return_state=True)
    first = numeric.simulate(a[:cut], w[:cut], u[:cut], b=b[:cut], return_state=True)
    rest = numeric.simulate(a[cut:], w[cut:], u[cut:], b=b[cut:], return_state=True, state=first.state)
    assert np.array_equal(np.concatenate([first.output, rest.output]), whole.output)
    assert np.array_equal(rest.state, whole.state)


@pytest.mark.parametrize(("change", "words"), [
    ({"poles": np.ones((3, 2))}, r"poles should have shape \(2,\), \(4, 2\)"),
    ({"poles": np.full((4, 2), np.nan)}, r"poles\[0, 0\]"),
    ({"poles": np.ones((4, 0))}, "at least one mode"),
    ({"weights": None}, "weights=None"),
    ({"poles": np.full((4, 2), 1e99), "inputs": np.full(4, 1e99)}, "may reach 2"),
    ({"state": [1.0]}, "state should have shape"),
    ({"dtype": "double-double"}, "float64, float32"),
])
def test_selective_refusals(change, words):
    arguments = {"poles": np.full((4, 2), 0.5), "weights": [1.0, 1.0], "inputs": np.ones(4)} | change
    with pytest.raises(Refused, match=words):
        numeric.simulate(arguments.pop("poles"), arguments.pop("weights"), arguments.pop("inputs"), **arguments)


def layer(k, v, beta, q, write):
    """y over the rationals, (T, e), straight from the definition."""
    k, v, q = ([[Fraction(x) for x in row] for row in array.tolist()] for array in (k, v, q))
    d, e = len(k[0]), len(v[0])
    H, y = [[Fraction(0)] * e for _ in range(d)], []
    for n, rate in enumerate(map(Fraction, beta.tolist())):
        read = [sum(k[n][i] * H[i][j] for i in range(d)) for j in range(e)]
        new = [[v[n][i] * k[n][j] if write == "vk" else k[n][i] * v[n][j] for j in range(e)] for i in range(d)]
        H = [[H[i][j] - rate * k[n][i] * read[j] + new[i][j] for j in range(e)] for i in range(d)]
        y.append([sum(q[n][i] * H[i][j] for i in range(d)) for j in range(e)])
    return y


def random_layer(seed, T, d, e):
    rng = np.random.default_rng(seed)
    k = rng.normal(size=(T, d))
    return k / np.sqrt(np.sum(k**2, axis=1, keepdims=True)), rng.normal(size=(T, e)), rng.uniform(0, 2, T), rng.normal(size=(T, d))


def distances(found, true):
    """|found − true| entry by entry."""
    return np.array([[abs(float(Fraction(float(z)) - y)) for z, y in zip(*rows, strict=True)] for rows in zip(found, true, strict=True)])


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@given(SEEDS, st.integers(1, 8), st.sampled_from([("vk", 1, 1), ("vk", 3, 3), ("kv", 3, 2), ("kv", 2, 9)]))
@settings(max_examples=12)
def test_householder_is_exact_within_its_bound(dtype, seed, T, kind):
    write, d, e = kind
    k, v, beta, q = random_layer(seed, T, d, e)
    found = householder(k, v, beta, q, write=write, dtype=dtype, error_bound=True)
    true = layer(k, v, beta, q, write)
    gap = distances(found.output, true)
    assert np.all(gap <= found.bound[:, None])
    assert np.all(found.bound <= 40 * (d + 4) * (T + 1) * (2.0**-53 if dtype == "float64" else 2.0**-23) * (
        1 + np.sum(np.abs(v))) * np.max(np.abs(q)) * d * 2**0.5)
    if T > 1 and dtype == "float64":
        off = householder(k, v * (1 + 1e-6), beta, q, write=write)
        assert not np.all(distances(off, true) <= found.bound[:, None])


def test_householder_batches_chunks_and_states():
    made = [random_layer(seed, 20, 6, 6) for seed in range(3)]
    k, v, beta, q = (np.stack(arrays) for arrays in zip(*made, strict=True))
    whole = householder(k, v, beta, q, return_state=True, threads=2)
    for i, one in enumerate(made):
        assert np.array_equal(householder(*one), whole.output[i])
    first = householder(k[:, :7], v[:, :7], beta[:, :7], q[:, :7], return_state=True)
    rest = householder(k[:, 7:], v[:, 7:], beta[:, 7:], q[:, 7:], return_state=True, state=first.state)
    assert np.array_equal(np.concatenate([first.output, rest.output], axis=1), whole.output)
    assert np.array_equal(rest.state, whole.state)
    states = householder(k, v, beta, output="states", error_bound=True)
    assert np.array_equal(states.output[:, -1], whole.state)
    assert states.bound.shape == (3, 20)
    assert np.allclose(np.einsum("btij,bti->btj", states.output, q), whole.output)


def test_a_reflection_is_orthogonal():
    """β = 2, |k| = 1 and nothing written: H keeps its norm, within the bound."""
    k, v, beta, q = random_layer(9, 200, 5, 5)
    found = householder(k, 0 * v, 0 * beta + 2, q, state=np.eye(5), output="states", error_bound=True)
    norms = np.sqrt(np.sum(found.output**2, axis=(1, 2)))
    assert np.all(np.abs(norms - 5**0.5) <= found.bound + 1e-13)


@pytest.mark.parametrize(("change", "words"), [
    ({"k": np.ones(3)}, r"\(T, d\) or \(B, T, d\)"),
    ({"v": np.ones((4, 2))}, r"shape \(4, 3\)"),
    ({"beta": np.full(4, np.nan)}, "finite"),
    ({"queries": None}, "should be given"),
    ({"write": "kk"}, "vk, kv"),
    ({"k": 1j * np.ones((4, 3))}, "real"),
    ({"beta": np.full(4, 1e100)}, r"0 ≤ β‖k‖² ≤ 2"),
])
def test_householder_refusals(change, words):
    arguments = {"k": np.ones((4, 3)), "v": np.ones((4, 3)), "beta": np.ones(4), "queries": np.ones((4, 3))} | change
    with pytest.raises(Refused, match=words):
        householder(**arguments)
