"""`numeric.simulate` against exact rationals within its own bound, for every algorithm; chunks, forms, refusals, planted errors."""

import subprocess
import sys
import warnings
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numeric_strategies import WEIGHTS, double, filters

import numeric
from numeric import reference
from numeric.engine.api import Simulation
from numeric.engine.problem import Unstable
from numeric.errors import Refused

ALGORITHMS = ["tiled", "scan", "matrix", "fft"]
SIZES = st.sampled_from([1, 2, 7, 8, 9, 16, 33, 70])


def exact(a, w, u, form="complex", x=None):
    """y of one row over the rationals, as exact pairs of fractions."""
    a, w, u = ([reference.gaussian(complex(v)) for v in values] for values in (a, w, u))
    state = [reference.ZERO] * len(a) if x is None else [reference.gaussian(complex(v)) for v in x]
    out = []
    for sample in u:
        state = [pole * value + sample for pole, value in zip(a, state, strict=True)]
        y = reference.dot(w, state)
        out.append(reference.Gaussian(2 * y.re) if form == "pairs" else y)
    return out, state


def distances(found, true):
    """|found − true|, each rounded up from an exact square."""
    gaps = [reference.gaussian(complex(value)) - y for value, y in zip(found, true, strict=True)]
    return np.array([float(gap.abs2()) ** 0.5 * (1 + 1e-15) for gap in gaps])


@st.composite
def systems(draw, S=None, steps=40):
    """Seeded poles in a ring, weights, one input row and a start; doubles."""
    S = draw(SIZES) if S is None else S
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    low, high = draw(st.sampled_from([(0, 0.5), (0.3, 0.99), (0.999, 0.9999999)]))
    a = rng.uniform(low, high, S) * np.exp(1j * rng.uniform(-np.pi, np.pi, S))
    w = rng.normal(size=S) + 1j * rng.normal(size=S)
    T = draw(st.integers(1, steps))
    return a, w, rng.normal(size=T) * 10.0 ** draw(st.integers(-3, 3)), rng.normal(size=S) + 1j * rng.normal(size=S), rng


def within(found: Simulation, true) -> bool:
    return bool(np.all(distances(found.output, true) <= found.bound))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("algorithm", ALGORITHMS)
@given(data=st.data())
@settings(max_examples=12)
def test_every_algorithm_is_exact_within_its_bound(algorithm, dtype, data):
    a, w, u, x, rng = data.draw(systems(steps=24 if algorithm != "matrix" else 40))
    form, start = data.draw(st.sampled_from(["complex", "pairs"])), data.draw(st.sampled_from([None, x]))
    u = u + 1j * rng.normal(size=len(u)) if form == "complex" and data.draw(st.booleans()) else u
    found = numeric.simulate(a, w, u, form=form, state=start, algorithm=algorithm, dtype=dtype, error_bound=True, return_state=True)
    true, _ = exact(a, w, u, form, start)
    assert within(found, true)
    unit, size = (2.0**-53 if dtype == "float64" else 2.0**-24), np.sum(np.abs(w)) * (np.sum(np.abs(u)) + np.max(np.abs(x)))
    a_sample = 600 if algorithm == "fft" else 10  # three transforms of 2^6 numbers, 3·(6 + 1)·13.7, and ‖response‖₁ ≤ 2 Σ|w| a sample
    assert np.all(found.bound <= (40 * len(a) + a_sample * len(u) + 2000) * unit * size)


@given(filters(size=3, circle=True), st.lists(WEIGHTS, min_size=1, max_size=12), st.sampled_from(["tiled", "matrix"]))
@settings(max_examples=20)
def test_poles_near_the_circle_repeated_and_at_zero(system, u, algorithm):
    a, w, u = (np.array([double(value) for value in values]) for values in (system[0], system[1], u))
    found = numeric.simulate(a, w, u, algorithm=algorithm, error_bound=True)
    assert within(found, exact(a, w, u)[0])


def test_balls_agree_with_the_bound():
    """A third route: the sum Σ w a^k u in Arb, for a length the rationals would not like; 1000 bits, since balls wrap."""
    from flint import acb, ctx

    rng = np.random.default_rng(5)
    a, w, u = 0.99 * np.exp(1j * rng.uniform(0, 3, 9)), rng.normal(size=9) + 0j, rng.normal(size=400)
    with ctx.workprec(1000):
        state, true = [acb(0)] * 9, []
        for sample in u:
            state = [acb(pole.real, pole.imag) * value + float(sample) for pole, value in zip(a, state, strict=True)]
            true.append(sum((acb(weight.real, weight.imag) * value for weight, value in zip(w, state, strict=True)), acb(0)))
        for algorithm in ALGORITHMS:
            found = numeric.simulate(a, w, u, algorithm=algorithm, error_bound=True)
            gaps = np.array([float(abs(acb(y.real, y.imag) - z).upper()) for y, z in zip(found.output, true, strict=True)])
            assert np.all(gaps <= found.bound)
            assert np.max(gaps) > 0


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_planted_error_breaks_the_bound(algorithm):
    """One part in 10^9 on one pole, one weight or one sample is seen; without it the same comparison holds."""
    rng = np.random.default_rng(3)
    a, w, u = 0.9 * np.exp(1j * rng.uniform(0, 3, 12)), rng.normal(size=12) + 0j, rng.normal(size=60)
    true = exact(a, w, u)[0]
    assert within(numeric.simulate(a, w, u, algorithm=algorithm, error_bound=True), true)
    one = np.ones(12)
    one[5] += 1e-9
    for planted in ((a * one, w, u), (a, w * one, u), (a, w, u * (1 + 1e-9 * (np.arange(60) == 7)))):
        assert not within(numeric.simulate(*planted, algorithm=algorithm, error_bound=True), true)


def test_long_scan_and_matrix_against_double_double():
    """Past one round of the scan, with the tail; the reference is wrong by less than 2^-52 of the result."""
    rng = np.random.default_rng(8)
    a, w = rng.uniform(0.9, 0.999, 5) * np.exp(1j * rng.uniform(0, 3, 5)), rng.normal(size=5) + 1j * rng.normal(size=5)
    for form, T in (("pairs", 9000), ("complex", 4500)):
        u = rng.normal(size=(2, T)) + (1j * rng.normal(size=(2, T)) if form == "complex" else 0)
        true = numeric.simulate(a, w, u, form=form, dtype="double-double", error_bound=True)
        for algorithm in ALGORITHMS:
            found = numeric.simulate(a, w, u, form=form, algorithm=algorithm, error_bound=True)
            assert np.all(np.abs(found.output - true.output) <= found.bound + true.bound)


@given(systems(steps=15))
@settings(max_examples=10)
def test_double_double_is_exact_within_its_bound(system):
    a, w, u, _, _ = system
    first = numeric.simulate(a, w, u, dtype="double-double", error_bound=True, return_state=True)
    true, state = exact(a, w, u)
    assert np.all(distances(first.output, true) <= first.bound)
    gap = [reference.Gaussian(Fraction(high.real) + Fraction(low.real), Fraction(high.imag) + Fraction(low.imag)) - value
           for high, low, value in zip(*first.state, state, strict=True)]
    assert max(float(value.abs2()) for value in gap) ** 0.5 <= 2.0**-95 * np.sum(np.abs(u)) * len(u)


@given(systems(steps=300), st.sampled_from([1, 3, 9, 40]))
@settings(max_examples=20)
def test_random_chunks_join_bit_for_bit(system, B):
    """tiled at any cut; matrix at multiples of its block."""
    a, w, u, _, rng = system
    u = rng.normal(size=(B, len(u)))
    for algorithm, unit in (("tiled", 1), ("matrix", _block(len(a)))):
        whole = numeric.simulate(a, w, u, form="pairs", algorithm=algorithm, return_state=True)
        cuts = sorted(unit * int(c) for c in rng.integers(0, u.shape[1] // unit + 1, 3))
        pieces, state = [], None
        for piece in np.split(u, cuts, axis=1):
            part = numeric.simulate(a, w, piece, form="pairs", algorithm=algorithm, state=state, return_state=True)
            pieces, state = [*pieces, part.output], part.state
        assert np.array_equal(np.concatenate(pieces, axis=1), whole.output)
        assert np.array_equal(state, whole.state)


def _block(S):
    from numeric.engine.matrix import block_length

    return block_length(S, 1)


def test_chunks_of_the_scan_join_at_its_rounds():
    rng = np.random.default_rng(2)
    a, w, u = [0.99j, -0.5], [1.0, 2.0], rng.normal(size=3 * 4096 + 17)
    whole = numeric.simulate(a, w, u, algorithm="scan")
    first = numeric.simulate(a, w, u[:4096], algorithm="scan", return_state=True)
    assert np.array_equal(numeric.simulate(a, w, u[4096:], algorithm="scan", state=first.state), whole[4096:])


@given(systems(steps=50), st.sampled_from(ALGORITHMS))
@settings(max_examples=20)
def test_pairs_are_the_complex_form_of_both_poles(system, algorithm):
    a, w, u, _, _ = system
    pair = numeric.simulate(a, w, u, form="pairs", algorithm=algorithm, error_bound=True)
    both = numeric.simulate(np.concatenate([a, a.conj()]), np.concatenate([w, w.conj()]), u, algorithm=algorithm, error_bound=True)
    assert pair.output.dtype == np.float64
    assert np.all(np.abs(pair.output - both.output) <= pair.bound + both.bound)


@pytest.mark.parametrize(("S", "B"), [(1, 40), (3, 7), (16, 64), (40, 2)])
def test_states_are_those_of_the_tiles(S, B):
    """Bit for bit: the same roundings in two kernels; and the output is their weighted sum."""
    rng = np.random.default_rng(S)
    a, w = 0.8 * np.exp(1j * rng.uniform(0, 3, S)), rng.normal(size=S) + 1j * rng.normal(size=S)
    u = rng.normal(size=(B, 37)) + 1j * rng.normal(size=(B, 37))
    tiled = numeric.simulate(a, w, u, algorithm="tiled", return_state=True, error_bound=True)
    states = numeric.simulate(a, None, u, output="states", return_state=True, error_bound=True)
    assert np.array_equal(states.output[:, -1], states.state)
    assert np.array_equal(tiled.state, states.state)
    assert np.all(np.abs(states.output @ w - tiled.output) <= 2 * tiled.bound)
    assert states.bound.shape == states.output.shape


def test_b_weights_the_input():
    a, w, b, u = [0.5, 0.25j], [1.0, 2.0], [3.0, 1j], np.arange(5.0)
    assert np.allclose(numeric.simulate(a, w, u, b=b), [complex(v) for v in map(double, reference.run(a, b, u.tolist(), w))])
    assert np.allclose(numeric.simulate(a, None, u, b=b, output="states") @ w, numeric.simulate(a, w, u, b=b))


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_rows_and_threads_do_not_matter(algorithm):
    rng = np.random.default_rng(4)
    a, w, u = 0.9 * np.exp(1j * rng.uniform(0, 3, 6)), rng.normal(size=6), rng.normal(size=(50, 130))
    one = numeric.simulate(a, w, u, form="pairs", algorithm=algorithm)
    assert np.array_equal(numeric.simulate(a, w, u, form="pairs", algorithm=algorithm, threads=3), one)
    bound = numeric.simulate(a, w, u, form="pairs", algorithm=algorithm, error_bound=True).bound
    assert np.all(np.abs(numeric.simulate(a, w, u[7], form="pairs", algorithm=algorithm) - one[7]) <= 2 * bound[7])


@pytest.mark.parametrize(("radius", "T"), [(0.9, 250_000), (0.9999, 1_500_000), (0.999999, 250_000)])
def test_threads_share_the_frames_of_one_row(radius, T):
    """The response in one part, in several, and in too many to share; a start as well."""
    from numeric.engine import fft

    a, w, u = [radius, 0.5j], [1.0, 1.0], np.random.default_rng(1).normal(size=T)
    one = numeric.simulate(a, w, u, form="pairs", algorithm="fft", state=[3.0, 1j], explain=True)
    shape = fft.shapes(one.plan.response, T)
    parts = fft.pieces(shape, T, 3)
    assert (shape.P > 1) == (radius > 0.9) and (len(parts) > 1) == (radius < 0.99999)
    assert parts[0][0] == 0 and all(left[1] == right[0] for left, right in pairwise(parts))
    assert np.array_equal(numeric.simulate(a, w, u, form="pairs", algorithm="fft", state=[3.0, 1j], threads=3), one.output)


def test_arrays_of_any_layout():
    """Strided, reversed, transposed, integer, boolean and read-only inputs are the same numbers."""
    a, w, base = [0.5, -0.3j], [1.0, 1.0], np.arange(24)
    plain = numeric.simulate(a, w, base.astype(float).reshape(4, 6))
    assert np.array_equal(numeric.simulate(a, w, base.reshape(4, 6)), plain)
    assert np.array_equal(numeric.simulate(a, w, np.asfortranarray(base.reshape(4, 6))), plain)
    assert np.array_equal(numeric.simulate(a, w, np.repeat(base.reshape(4, 6), 2, axis=1)[:, ::2]), plain)
    assert np.array_equal(numeric.simulate(a, w, base.reshape(4, 6).tolist()), plain)
    frozen = base.astype(float).reshape(4, 6)
    frozen.flags.writeable = False
    assert np.array_equal(numeric.simulate(a, w, frozen), plain)
    assert np.array_equal(numeric.simulate([0], [1], np.array([True, False, True])), [1, 0, 1])
    assert np.array_equal(numeric.simulate(a, w, np.float32(frozen)), plain)


def test_no_samples():
    found = numeric.simulate([0.5], [1.0], np.zeros((3, 0)), return_state=True, error_bound=True, state=np.ones((3, 1)))
    assert found.output.shape == found.bound.shape == (3, 0)
    assert np.array_equal(found.state, np.ones((3, 1)))
    assert numeric.simulate([0.5], None, np.zeros(0), output="states").shape == (0, 1)


def test_out_is_written_in_place():
    out = np.empty(4)
    assert numeric.simulate([0.5], [1.0], np.ones(4), form="pairs", out=out).base is out
    assert np.array_equal(out, 2 * np.array([1, 1.5, 1.75, 1.875]))


@pytest.mark.parametrize(("change", "words"), [
    ({"poles": []}, "at least one entry"),
    ({"poles": "poles"}, "array of numbers"),
    ({"weights": [1.0]}, r"shape \(2,\)"),
    ({"weights": None}, "should be given"),
    ({"poles": [0.5, np.nan]}, r"poles\[1\]"),
    ({"inputs": [1.0, np.inf]}, r"inputs\[1\] = inf"),
    ({"inputs": np.where(np.arange(10**4) == 77, np.nan, 0.0)}, r"inputs\[77\] = nan"),
    ({"inputs": 1.0}, "time last"),
    ({"inputs": np.zeros((0, 4))}, "at least one row"),
    ({"inputs": [1j], "form": "pairs"}, "should be real"),
    ({"inputs": [1e300], "dtype": "float32"}, "range of float32"),
    ({"state": [1.0]}, "state should have shape"),
    ({"form": "real"}, "complex, pairs"),
    ({"output": "x"}, "y, states"),
    ({"dtype": "float16"}, "float64, float32"),
    ({"backend": "tpu"}, "cpu, cuda"),
    ({"algorithm": "magic"}, "tiled"),
    ({"threads": 0}, "whole number"),
    ({"poles": [0.5, 1.5], "inputs": np.ones(3000)}, r"may reach 2\^17"),
    ({"poles": [0.5, 1.0], "algorithm": "fft"}, r"every \|a\| < 1"),
    ({"out": np.empty(3)}, "out should be"),
    ({"b": [1.0]}, "b should be"),
])
def test_refusals(change, words):
    arguments = {"poles": [0.5, 0.1], "weights": [1.0, 1.0], "inputs": [1.0, 2.0]} | change
    with warnings.catch_warnings(), pytest.raises(Refused, match=words) as caught:
        warnings.simplefilter("ignore", Unstable)
        numeric.simulate(arguments.pop("poles"), arguments.pop("weights"), arguments.pop("inputs"), **arguments)
    assert {"REFUSED", "for example", "instead"} <= {line.strip()[:n] for line in str(caught.value).split("\n") for n in (7, 11)}


def test_a_billion_steps_are_refused_before_anything_is_allocated():
    """A broadcast row of 10^9 samples takes no memory; its states for 64 modes would take a terabyte."""
    with pytest.raises(Refused, match=r"need 1040\.\d GB"):
        numeric.simulate(np.full(64, 0.5), None, np.broadcast_to(1.0, 10**9), output="states")


@pytest.mark.parametrize("algorithm", ["tiled", "scan", "matrix"])
def test_poles_on_and_outside_the_circle_are_warned_about(algorithm):
    u = np.ones(200)
    with pytest.warns(Unstable, match=r"poles\[1\].*does not forget"):
        found = numeric.simulate([1.0, 1.25], [1.0, 1.0], u, algorithm=algorithm, error_bound=True)
    assert within(found, exact([1.0, 1.25], [1.0, 1.0], u)[0])
    assert np.all(np.isfinite(found.output))


def test_the_plan_says_what_and_why():
    few = numeric.simulate([0.5], [1.0], np.ones(20000), form="pairs", explain=True).plan
    many = numeric.simulate(np.full(1024, 0.9), np.ones(1024), np.ones(50000), form="pairs", explain=True).plan
    assert (few.algorithm, many.algorithm) == ("scan", "fft")
    assert "B = 1, T = 20000, S = 1" in str(few)
    assert set(few.predicted) == set(ALGORITHMS)
    slow = numeric.simulate(np.full(128, 0.9999999), np.ones(128), np.ones(20000), form="pairs", explain=True).plan
    assert slow.algorithm in ("tiled", "matrix")


def test_regimes_can_be_run_by_name():
    from numeric.engine import regimes

    assert set(regimes.ALGORITHMS) == set(ALGORITHMS)
    arguments = regimes.problem("sixteen modes, batch")
    assert numeric.simulate(**arguments, explain=True).plan.algorithm in ALGORITHMS
    assert np.any(arguments["out"])


def test_numba_is_imported_when_it_is_needed():
    code = "import sys, numeric, numeric.engine.api, numeric.engine.plan; assert 'numba' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
