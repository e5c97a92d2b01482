"""Filters that are designed, written and read back: the loss holds for the doubles in the file, never above the paper's."""

import json
import math
import sys
from fractions import Fraction

import numpy as np
import pytest

import numeric
from numeric import bench, design, families, filterfile, loss, optimum, reference
from numeric.errors import Malformed, Refused
from numeric.filterfile import Filter

CASES = [(1, 7, "0"), (2, 5, "0"), (3, 40, "0"), (4, 30, "1/2"), (9, 300, "3/10"), (15, 600, "0"), (5, 2, "0")]


@pytest.mark.parametrize(("S", "K", "rho"), CASES)
def test_never_worse_than_the_paper_and_above_the_bound(S, K, rho):
    """The paper's loss is computed here by running its recurrence in doubles, and the design's by two float routes."""
    found = design.design(S, K, rho)
    odd = S - 1 + S % 2
    alpha, shape = 0.5, families.centred(odd)
    poles = np.array([np.exp((-alpha + 1j * math.pi * s) / K) for s in shape])
    theirs = loss.series(poles, families.paper_weights(odd, K, alpha, math.exp), K, float(Fraction(rho)))
    assert float(found.paper.mid()) == pytest.approx(theirs, rel=1e-9)
    ours = [route(found.poles, found.weights, K, float(Fraction(rho))) for route in (loss.series, loss.quadrature)]
    assert float(found.loss.mid()) == pytest.approx(ours[0], rel=1e-9, abs=1e-13) == ours[1]
    assert (found.loss <= found.paper) is True and float(found.bound.value) <= float(found.loss.mid())
    assert len(found.poles) <= S and np.abs(found.poles).max() < 1


def test_the_bound_is_met_from_above_only():
    """For one pole the best loss is known: 1 − K^K/(K+1)^{K+1} (UP.S1+); the search comes within 1e-6 of it, and not below."""
    for K in (1, 2, 10, 100):
        best = 1 - Fraction(K**K, (K + 1) ** (K + 1))
        value = Fraction(float(design.design(1, K).loss.mid()))
        assert -Fraction(1, 10**15) <= value - best <= Fraction(1, 10**6)


def test_the_certified_loss_is_that_of_the_doubles():
    """Against the recurrence over exact rationals with its exact tail."""
    found = design.design(3, 6)
    a, b = design.dyadic(found.poles), design.dyadic(found.weights)
    exact = reference.loss_by_recurrence(reference.diagonal(a), b, [1] * 3, 6)
    from test_numeric_balls import holds

    assert holds(found.loss, exact)
    nudged = [b[0], b[1], reference.Gaussian(b[2].re + Fraction(1, 2**30), b[2].im)]
    assert not holds(found.loss, reference.loss_by_recurrence(reference.diagonal(a), nudged, [1] * 3, 6))


@pytest.fixture(scope="module")
def small():
    found = design.design(5, 20)
    return Filter(found.poles, found.weights, {"shift": 20, "rho": "0"})


@pytest.mark.parametrize("suffix", filterfile.SUFFIXES)
def test_written_and_read_back(small, suffix, tmp_path):
    path, beside = filterfile.save(tmp_path / f"filter{suffix}", small)
    again = numeric.load_filter(path)
    assert np.array_equal(again.poles, small.poles) and np.array_equal(again.weights, small.weights)
    assert again.certificate["shift"] == 20 and json.loads(beside.read_text())["file"] == path.name
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted([path.name, beside.name])


@pytest.mark.parametrize("suffix", filterfile.SUFFIXES)
def test_a_certificate_of_another_file(small, suffix, tmp_path):
    path, _ = filterfile.save(tmp_path / f"filter{suffix}", small)
    other = Filter(small.poles, small.weights * 2, None)
    path.write_bytes(filterfile.WRITERS[suffix](other.arrays()))
    with pytest.raises(Refused, match="sha256"):
        numeric.load_filter(path)


def test_both_forms_have_the_same_response(small):
    """Rotations against the complex diagonal, by running both from rest."""
    a, b, c = small.complex_form()
    A, d, e = small.real_form()
    x, z, seen = np.zeros(5, dtype=complex), np.zeros(5), []
    for n in range(60):
        x, z = a * x + (b if n == 0 else 0), A @ z + (d if n == 0 else 0)
        seen.append((complex(c @ x), float(e @ z)))
    left, right = map(np.array, zip(*seen, strict=True))
    assert np.abs(left - right).max() < 1e-14 and np.abs(left).argmax() == 20


def test_a_filter_that_is_not_real(tmp_path):
    with pytest.raises(Refused, match="conjugate pairs"):
        filterfile.save(tmp_path / "x.npz", Filter(np.array([0.5j]), np.array([1.0 + 0j])))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def jax64():
    """jax with doubles, as it was afterwards."""
    jax = pytest.importorskip("jax")
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield jax
    jax.config.update("jax_enable_x64", before)


def run_from_rest(transition, inwards, out, N, torch):
    """The response of x ← transition(x) + inwards u, y = Σ out x, by torch."""
    x, seen = torch.zeros_like(inwards), []
    for n in range(N):
        x = transition(x) + inwards * (n == 0)
        seen.append((out * x).sum())
    return torch.stack(seen).numpy()


@pytest.mark.parametrize("suffix", filterfile.SUFFIXES)
def test_a_file_runs_in_torch(small, suffix, tmp_path):
    """What `design` wrote, loaded and run by torch alone in both forms: the response of the NumPy recurrence, with its peak at K."""
    torch = pytest.importorskip("torch")
    loaded = numeric.load_filter(filterfile.save(tmp_path / f"filter{suffix}", small)[0])
    (a, b, c), (A, d, e) = loaded.complex_form("torch"), loaded.real_form("torch")
    assert (a.dtype, A.dtype, A.shape) == (torch.complex128, torch.float64, (5, 5))
    assert np.array_equal(a.numpy(), small.poles) and np.array_equal(b.numpy(), small.weights)
    diagonal = run_from_rest(lambda x: a * x, b, c, 60, torch)
    rotations = run_from_rest(lambda z: A @ z, d, e, 60, torch)
    expected = (small.weights * small.poles ** np.arange(60)[:, None]).sum(axis=1)
    assert np.abs(diagonal - expected).max() < 1e-14 and np.abs(rotations - expected).max() < 1e-14
    assert rotations.argmax() == 20


@pytest.mark.parametrize("suffix", filterfile.SUFFIXES)
def test_a_file_runs_in_jax(small, suffix, tmp_path, jax64):
    """The same by a compiled scan."""
    jnp = jax64.numpy
    loaded = numeric.load_filter(filterfile.save(tmp_path / f"filter{suffix}", small)[0])
    (a, b, c), (A, d, e) = loaded.complex_form("jax"), loaded.real_form("jax")
    assert (a.dtype, A.dtype, A.shape) == (jnp.complex128, jnp.float64, (5, 5))
    u = jnp.zeros(60).at[0].set(1.0)

    def scanned(transition, inwards, out):
        def step(x, sample):
            x = transition @ x + inwards * sample
            return x, out @ x

        return np.asarray(jax64.lax.scan(step, jnp.zeros(5, dtype=inwards.dtype), u)[1])

    expected = (small.weights * small.poles ** np.arange(60)[:, None]).sum(axis=1)
    assert np.abs(scanned(jnp.diag(a), b, c) - expected).max() < 1e-14
    assert np.abs(scanned(A, d, e) - expected).max() < 1e-14


def test_jax_without_doubles_is_refused(small, jax64):
    jax64.config.update("jax_enable_x64", False)
    with pytest.raises(Refused, match="x64"):
        small.complex_form("jax")


AWKWARD = {
    "read only": lambda x: np.frombuffer(x.tobytes(), x.dtype),
    "backwards": lambda x: x[::-1].copy()[::-1],
    "strided": lambda x: np.repeat(x, 2)[::2],
    "of the other byte order": lambda x: x.astype(x.dtype.newbyteorder("S")),
}


@pytest.mark.parametrize("kind", AWKWARD)
@pytest.mark.parametrize("library", ["numpy", "torch", "jax"])
def test_arrays_of_any_layout_are_handed_over(small, library, kind, request):
    if library != "numpy":
        request.getfixturevalue("jax64") if library == "jax" else pytest.importorskip("torch")
    odd = Filter(AWKWARD[kind](small.poles), AWKWARD[kind](small.weights))
    handed, plain = (*odd.complex_form(library), *odd.real_form(library)), (*small.complex_form(), *small.real_form())
    for found, expected in zip(handed, plain, strict=True):
        assert np.array_equal(np.asarray(found), expected)


@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_training_in_place_leaves_the_filter_as_it_was_certified(small, library):
    if library == "torch":
        pytest.importorskip("torch")
    before = small.poles.copy(), small.weights.copy()
    for array in (*small.complex_form(library), *small.real_form(library)):
        array *= 0
    assert np.array_equal(small.poles, before[0]) and np.array_equal(small.weights, before[1])


@pytest.mark.parametrize("library", ["torch", "jax"])
def test_a_library_that_is_not_installed_is_named(small, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(Refused, match=rf"pip install 'eigenproof\[{library}\]'"):
        small.complex_form(library)


def test_the_safetensors_library_reads_the_file(small, tmp_path):
    safetensors = pytest.importorskip("safetensors.numpy")
    path, _ = filterfile.save(tmp_path / "filter.safetensors", small)
    data = safetensors.load_file(path)
    assert {name: array.shape for name, array in data.items()} == {
        name: (*array.shape, 2) if np.iscomplexobj(array) else array.shape for name, array in small.arrays().items()}
    assert np.array_equal(data["poles"][:, 0] + 1j * data["poles"][:, 1], small.poles)
    ours = tmp_path / "theirs.safetensors"
    safetensors.save_file({name: data[name] for name in ("weights", "poles")}, ours)
    assert np.array_equal(numeric.load_filter(ours).weights, small.weights)


def test_an_unknown_library(small):
    with pytest.raises(Refused, match="numpy, torch or jax"):
        small.complex_form("tensorflow")


@pytest.mark.parametrize("suffix", filterfile.SUFFIXES)
def test_damaged_files(small, suffix, tmp_path):
    """Empty, cut at every eighth, of another kind, with bytes changed in the header."""
    path, beside = filterfile.save(tmp_path / f"filter{suffix}", small)
    beside.unlink()
    whole = path.read_bytes()
    cuts = [whole[:len(whole) * part // 8] for part in range(8)]
    for damaged in [*cuts, b"x" * 100, b"[]", b"{}", b'{"poles": 1, "weights": 2}', b"\xff" * 64]:
        path.write_bytes(damaged)
        with pytest.raises(Malformed):
            numeric.load_filter(path)


def test_damaged_arrays(tmp_path):
    path = tmp_path / "filter.npz"
    for arrays in ({"poles": [1.0]}, {"poles": [[0.5]], "weights": [[1.0]]}, {"poles": [0.5], "weights": [1.0, 2.0]},
                   {"poles": ["a"], "weights": ["b"]}, {"poles": [math.nan], "weights": [1.0]}, {"poles": [], "weights": []}):
        np.savez(path, **{name: np.array(values) for name, values in arrays.items()})
        with pytest.raises(Malformed):
            numeric.load_filter(path)
    np.savez(path, poles=np.array([{}], dtype=object), weights=np.array([1.0]))
    with pytest.raises(Malformed):
        numeric.load_filter(path)


@pytest.mark.parametrize(("S", "K"), [(0, 5), (1025, 5), (3, 0), (3, 10**12 + 1)])
def test_orders_and_shifts_outside_the_range(S, K):
    with pytest.raises(Refused, match="from 1 to"):
        design.design(S, K)
    with pytest.raises(Refused, match="rho < 1"):
        design.design(3, 5, 1)


def test_a_pole_outside_has_no_loss():
    with pytest.raises(Refused, match="should be < 1"):
        design.enclosed_loss(np.array([1.0 + 0j]), np.array([1.0 + 0j]), 3, Fraction(0))


def test_regimes_are_found_and_judged(monkeypatch):
    """The judge is shown targets that are met and missed; what the machine does is not asserted."""
    found = bench.regimes()
    assert "loss_speed.order_64" in found and all(not name.split(".")[1].startswith("_") for name in found)
    medians = {"a": 2.0, "b": 10.0}
    assert bench._judged(bench.Target("a", "b", 5), medians)["met"] and not bench._judged(bench.Target("a", "b", 5.1), medians)["met"]
    assert bench._judged(bench.Target("a", most=2), medians)["met"] and not bench._judged(bench.Target("b", most=2), medians)["met"]
    assert bench.exponent([1, 2, 4], [3, 12, 48]) == pytest.approx(2)
    calls = []
    monkeypatch.setattr(bench, "TURN", 0)  # one call a turn, after two that are not counted
    regime = bench.Regime("t", {"x": lambda: calls.append("x"), "y": lambda: calls.append("y")}, rounds=3, slow={"y": 1},
                          targets=(bench.Target("x", most=100),), sizes={"x": 1, "y": 2})
    result = bench.measure("t", regime)
    assert calls == [*"xxyy", *"xyxx"] and result["seconds"]["x"]["runs"] == 3 and result["targets"][0]["met"]


def test_the_routines_of_a_regime_compute_the_same_number():
    routines = {name: routine() for name, routine in bench.regimes()["loss_speed.order_64"]().routines.items() if "mpmath" not in name}
    assert routines["general"].loss.overlaps(routines["Arb solve, general"])
    assert isinstance(routines["even"], optimum.Optimum) and routines["even"].form == "even"
