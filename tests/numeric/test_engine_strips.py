"""Rows in lanes, written past the caches or not: exact within the bound, cut anywhere, nothing written outside, bad inputs seen."""

import numpy as np
import pytest
from test_engine import exact, within

import numeric
from numeric.engine import problem, run
from numeric.errors import Refused


def system(S, B, T, dtype="float64", seed=7):
    rng = np.random.default_rng(seed)
    a, w = rng.uniform(0.5, 0.99, S) * np.exp(1j * rng.uniform(-3, 3, S)), rng.normal(size=S) + 1j * rng.normal(size=S)
    return a, w, rng.normal(size=(B, T)).astype(dtype)


def tiled(a, w, u, **more):
    return numeric.simulate(a, w, u, form="pairs", algorithm="tiled", dtype=u.dtype.name, **more)


@pytest.fixture(params=[True, False], ids=["past the caches", "through them"])
def past_caches(request, monkeypatch):
    monkeypatch.setattr(run, "PAST_CACHES", 0 if request.param else 1 << 62)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(("S", "B"), [(1, 8), (1, 21), (2, 16), (3, 11), (5, 32), (16, 40)])
def test_rows_are_exact_within_their_bound(past_caches, dtype, S, B):
    """Whole squares, what is left of them in time, and a group of fewer rows."""
    a, w, u = system(S, B, 48 + B % 2 * 5, dtype)
    found = tiled(a, w, u, error_bound=True)
    for row in {0, B // 2, B - 1}:
        one = numeric.engine.api.Simulation(found.output[row], None, found.bound[row], found.plan)
        assert within(one, exact(a, w, u[row], "pairs")[0])
        assert not within(one, exact(a * (1 + 1e-3), w, u[row], "pairs")[0])


@pytest.mark.parametrize("offset", range(8))
def test_where_the_output_lies_does_not_matter(offset, monkeypatch):
    """Bit for bit, for each place within a line of 64 bytes; and nothing beside the output is written."""
    a, w, u = system(3, 19, 64)
    plain = tiled(a, w, u)
    monkeypatch.setattr(run, "PAST_CACHES", 0)
    around = np.full(u.size + 16, 7.0)
    out = around[offset:offset + u.size].reshape(u.shape)
    tiled(a, w, u, out=out)
    assert np.array_equal(out, plain)
    assert np.all(around[:offset] == 7) and np.all(around[offset + u.size:] == 7)


@pytest.mark.parametrize("T", [1, 7, 8, 9, 63, 64, 200])
@pytest.mark.parametrize(("S", "B"), [(1, 12), (2, 8), (9, 33)])
def test_cut_anywhere(past_caches, S, B, T):
    a, w, u = system(S, B, T)
    whole = tiled(a, w, u, return_state=True)
    for cut in {1, T // 3, T // 2, T - 1} - {0, T}:
        first = tiled(a, w, u[:, :cut].copy(), return_state=True)
        second = tiled(a, w, u[:, cut:].copy(), state=first.state, return_state=True)
        assert np.array_equal(np.concatenate([first.output, second.output], axis=1), whole.output)
        assert np.array_equal(second.state, whole.state)
    assert np.array_equal(tiled(a, w, u, threads=3), whole.output)


@pytest.mark.parametrize("algorithm", ["tiled", "scan", "matrix", "fft"])
@pytest.mark.parametrize(("B", "T"), [(1, 9001), (21, 405)])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_an_input_that_is_not_finite_is_refused_wherever_it_is(algorithm, B, T, bad, past_caches):
    """The input is large enough to be looked at on the way; the refusal is that of a small one. Without it there is none."""
    a, w, u = system(1, B, T)
    assert u.size >= problem.UNREAD
    for row, n in {(0, 0), (B // 2, T // 2), (B - 1, T - 1), (0, T - 3), (B - 1, 4)}:
        kept, u[row, n] = u[row, n], bad
        where = rf"inputs\[{row}, {n}\]" if B > 1 else rf"inputs\[{n}\]"
        with pytest.raises(Refused, match=where):
            numeric.simulate(a, w, u if B > 1 else u[0], form="pairs", algorithm=algorithm)
        u[row, n] = kept
    assert np.all(np.isfinite(numeric.simulate(a, w, u, form="pairs", algorithm=algorithm)))


@pytest.mark.parametrize("algorithm", ["tiled", "scan", "matrix", "fft"])
def test_a_range_that_could_be_left_is_refused(algorithm):
    """2^990 and a weight of 2^20; half of it in bits is taken."""
    a, w, u = system(1, 9, 600)
    u[4, 77] = 2.0**990
    with pytest.raises(Refused, match=r"should be able to exceed 2\^1000"):
        numeric.simulate(a, w * 2.0**20, u, form="pairs", algorithm=algorithm)
    u[4, 77] = 2.0**495
    assert np.all(np.isfinite(numeric.simulate(a, w * 2.0**20, u, form="pairs", algorithm=algorithm)))


def test_single_precision_whose_sizes_overflow_is_no_reason_to_refuse_in_doubles():
    """Σ|u| is beyond float32 though every number is within it; what decides then is the range of the result."""
    a, w, u = system(1, 16, 512, "float32")
    u[:] = 1e38
    with pytest.raises(Refused, match=r"2\^120 in float32"):
        tiled(a, w, u)
    assert np.all(np.isfinite(numeric.simulate(a, w, u.astype(float), form="pairs", algorithm="tiled")))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("S", [1, 2, 3, 6])
def test_rounds_of_the_scan_against_double_double(S, dtype):
    """Two rounds or more and a tail, from a state, cut at a round; the same with the poles moved is outside the bound."""
    a, w, u = system(S, 2, 5000, dtype)
    state = np.ones((2, S)) * (1 - 2j)
    found = numeric.simulate(a, w, u, form="pairs", algorithm="scan", dtype=dtype, state=state, return_state=True, error_bound=True)
    true = numeric.simulate(a, w, u, form="pairs", dtype="double-double", state=np.stack([state, 0 * state]), return_state=True,
                            error_bound=True)
    assert np.all(np.abs(found.output - true.output) <= found.bound + true.bound)
    first = numeric.simulate(a, w, u[:, :4096], form="pairs", algorithm="scan", dtype=dtype, state=state, return_state=True)
    second = numeric.simulate(a, w, u[:, 4096:], form="pairs", algorithm="scan", dtype=dtype, state=first.state, return_state=True)
    assert np.array_equal(np.concatenate([first.output, second.output], axis=1), found.output)
    assert np.array_equal(second.state, found.state)
    other = numeric.simulate(a * (1 + 1e-4), w, u, form="pairs", algorithm="scan", dtype=dtype, state=state)
    assert not np.all(np.abs(other - true.output) <= found.bound + true.bound)


@pytest.mark.parametrize("S", [1, 4])
def test_the_scan_sees_an_input_that_is_not_finite_in_a_round(S):
    a, w, u = system(S, 1, 9000)
    for n in (0, 1500, 5123, 8999):
        bad = u[0].copy()
        bad[n] = np.nan
        with pytest.raises(Refused, match=rf"inputs\[{n}\] = nan"):
            numeric.simulate(a, w, bad, form="pairs", algorithm="scan")
