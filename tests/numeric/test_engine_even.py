"""Evenly spaced poles: found where they are, refused where they are not; their response from one FFT within the stated bound."""

import mpmath
import numpy as np
import pytest
from test_engine import exact, within

import numeric
from numeric import families
from numeric.engine import bounds, even, fft, plan
from numeric.poles import to_complex

FAMILIES = {
    "paper": (families.paper(33, 50), 100), "sharp": (families.sharp(21, 77, "1/9"), 77),
    "full circle": (0.97 * np.exp(0.1j + 2j * np.pi * np.arange(40) / 40), 40),
    "with gaps": (0.9 * np.exp(2j + 2j * np.pi * np.array([0, 1, 2, 5, *range(30, 50)]) / 96), 96),
    "upper half": (0.999 * np.exp(1j * np.pi * (np.arange(64) + 0.5) / 64), 128),
}


def poles_of(name):
    given, N = FAMILIES[name]
    return np.array([a if isinstance(a, complex) else to_complex(a) for a in given]), N


@pytest.fixture
def one_fft(monkeypatch):
    """The structure is used wherever it is found, at any size."""
    monkeypatch.setattr(plan, "spaced_for_fft", lambda problem: (even.spacing(problem.poles), 0.0))


@pytest.mark.parametrize("name", FAMILIES)
def test_the_spacing_is_found_and_its_error_is_enclosed(name):
    a, N = poles_of(name)
    found = even.spacing(a)
    assert found.N == N and len(set(found.places.tolist())) == len(a)
    with mpmath.workdps(40):
        model = [mpmath.mpc(found.q) * mpmath.expjpi(mpmath.mpf(2 * int(j)) / N) for j in found.places]
        gaps = [abs(mpmath.mpc(pole) - value) / abs(mpmath.mpc(pole)) for pole, value in zip(a, model, strict=True)]
    assert 0 < max(gaps) <= found.delta <= 64 * 2.0**-53


@pytest.mark.parametrize("N", [1, 2, 7, 8, 12, 100, 2**20 + 8])
def test_roots_of_one_are_as_close_as_stated(N):
    j = np.unique(np.linspace(0, N - 1, 50).astype(int))
    with mpmath.workdps(40):
        for i, root in zip(j, even.roots(j, N), strict=True):
            assert abs(mpmath.mpc(root) - mpmath.expjpi(mpmath.mpf(2 * int(i)) / N)) <= 11 * mpmath.mpf(2) ** -53


@pytest.mark.parametrize(("change", "why"), [
    (lambda a: a * np.where(np.arange(len(a)) == 5, 1 + 1e-12, 1), "one radius"),
    (lambda a: a * np.where(np.arange(len(a)) == 5, np.exp(1e-12j), 1), "one angle"),
    (lambda a: np.append(a, a[3]), "a pole twice"),
    (lambda a: a[:15], "few"),
    (lambda a: 0.9 * np.exp(2j * np.pi * np.arange(20) / 26), "13 divides the period"),
    (lambda a: 0.9 * np.exp(2j * np.arange(20) / 7), "a period that is no whole number"),
    (lambda a: 0.9 * np.exp(2j * np.pi * np.arange(20) / 2**23), "a long period"),
    (lambda a: np.zeros(20, complex), "all at zero"),
    (lambda a: np.full(20, 0.5 + 0j), "all in one place"),
])
def test_what_is_not_evenly_spaced_is_left_alone(change, why):
    a, _ = poles_of("paper")
    assert even.spacing(a) is not None
    assert even.spacing(change(a)) is None, why


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("form", ["pairs", "complex"])
@pytest.mark.parametrize("start", [False, True])
@pytest.mark.parametrize("name", FAMILIES)
def test_one_fft_is_exact_within_its_bound(name, start, form, dtype, one_fft):
    """Against the rationals; one part in 10^5 on a weight is seen."""
    a, _ = poles_of(name)
    rng = np.random.default_rng(6)
    w, u, x = rng.normal(size=len(a)) + 1j, rng.normal(size=23).astype(dtype), (rng.normal(size=len(a)) + 0.5j if start else None)
    found = numeric.simulate(a, w, u, form=form, dtype=dtype, algorithm="fft", state=x, error_bound=True, explain=True)
    assert found.plan.spaced is not None and "from one FFT" in str(found.plan)
    assert within(found, exact(a, w, u, form, x)[0])
    planted = w * np.where(np.arange(len(a)) == 7, 1 + 1e-5, 1)
    assert not within(found, exact(a, planted if dtype == "float64" else planted * 1.01, u, form, x)[0])


def test_how_nearly_the_poles_are_spaced_belongs_to_the_bound(one_fft, monkeypatch):
    """Poles of a full circle moved by 10^-14 outwards and inwards in turn, weights ±1 in turn: the response, else 0 there, is off by
    64 k r^k 10^-14 at the multiples of 64. That is within the bound, and outside the same bound with δ = 0."""
    s, u = np.arange(64), np.zeros(12_000)
    u[0] = 1
    a, w = 0.9999 * np.exp(2j * np.pi * s / 64) * (1 + 1e-14 * (-1.0) ** s), (-1.0) ** s
    found = numeric.simulate(a, w, u, form="pairs", algorithm="fft", error_bound=True, explain=True)
    true = numeric.simulate(a, w, u, form="pairs", dtype="double-double", error_bound=True)
    gap, whole = np.abs(found.output - true.output), bounds.even_constants
    assert found.plan.spaced.delta > 1e-14 and np.all(gap <= found.bound + true.bound)
    monkeypatch.setattr(bounds, "even_constants",
                        lambda k, primes, blocks, delta, name, fresh: whole(k, primes, blocks, 0.0, name, fresh=fresh))
    blind = numeric.simulate(a, w, u, form="pairs", algorithm="fft", error_bound=True).bound
    assert np.any(gap > blind + true.bound)


@pytest.mark.parametrize(("C", "L"), [(1, 100), (1, 5000), (2, 5000)])
def test_the_response_is_that_of_any_poles(C, L):
    """Longer and shorter than the period, past a block of powers; relative to Σ|w||a|^k with δ k for the spacing."""
    a, _ = poles_of("upper half")
    w = np.exp(1j * np.arange(64))
    one, any_poles = even.response(even.spacing(a), w, L, C, np.float64), fft.free_response(a, w, np.ones(64), L, C, np.float64, 0)
    k = np.repeat(np.arange(L), C)
    size, u = 64 * 0.999**k * (1 + 1e-9), 2.0**-53
    most = size * (even.spacing(a).delta * k + (L // 48 + 1000) * u)
    assert np.all(np.abs(one - any_poles) <= most)
    assert np.any(np.abs(even.response(even.spacing(a), w * (1 + 1e-9), L, C, np.float64) - any_poles) > most)


def test_the_plan_takes_one_fft_where_it_pays_and_says_so():
    a = 0.999 * np.exp(1j * np.pi * (np.arange(1024) + 0.5) / 1024)
    w, u = np.full(1024, 1 / 1024), np.random.default_rng(0).normal(size=150_000)
    found = numeric.simulate(a, w, u, form="pairs", explain=True, error_bound=True)
    assert found.plan.algorithm == "fft" and found.plan.spaced.N == 2048
    assert "its response from one FFT: poles q·exp(2πi j/2048) within" in str(found.plan)
    moved = a * np.where(np.arange(1024) == 500, 0.999, 1)
    other = numeric.simulate(moved, w, u, form="pairs", explain=True).plan
    assert other.algorithm == "fft" and other.spaced is None and "one FFT" not in str(other)
    slow = numeric.simulate(a, w, u, form="pairs", algorithm="matrix", error_bound=True)
    assert np.all(np.abs(found.output - slow.output) <= found.bound + slow.bound)
    few = numeric.simulate(a[:32], w[:32], u, form="pairs", algorithm="fft", explain=True).plan
    assert few.spaced is None  # the response of 32 poles costs less than looking


def test_factors():
    assert even.factors(2**3 * 3 * 5**2 * 7 * 11) == [2, 2, 2, 3, 5, 5, 7, 11]
    assert even.factors(26) == [2, 13] and even.factors(1) == []
