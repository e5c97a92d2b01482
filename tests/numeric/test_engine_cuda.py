"""The accelerator's kernels: on a device if there is one (marked gpu), always in numba's simulator on sizes that cross its blocks."""

import os
import subprocess
import sys

import numpy as np
import pytest

import numeric
from numeric.errors import Refused

SIMULATED = """
import numpy as np, numeric
from numeric.engine import cuda
cuda.PIECE, cuda.THREADS = 8, 4
rng = np.random.default_rng(0)
for S, B, T, form, dtype in ((3, 2, 21, "pairs", "float64"), (17, 1, 16, "complex", "float64"), (2, 1, 9, "complex", "float32")):
    a, w = rng.uniform(0, 1, S) * np.exp(1j * rng.uniform(0, 3, S)), rng.normal(size=S) + 1j * rng.normal(size=S)
    x, u = rng.normal(size=(B, S)) + 0j, rng.normal(size=(B, T)) + (1j * rng.normal(size=(B, T)) if form == "complex" else 0)
    options = dict(form=form, dtype=dtype, state=x, return_state=True, error_bound=True)
    one, two = numeric.simulate(a, w, u, backend="cuda", **options), numeric.simulate(a, w, u, **options)
    assert np.all(np.abs(one.output - two.output) <= one.bound + two.bound), (S, B, T)
    assert np.allclose(one.state, two.state, rtol=1e-5 if dtype == "float32" else 1e-12)
    assert not np.all(np.abs(numeric.simulate(a * 1.01, w, u, backend="cuda", **options).output - two.output) <= one.bound + two.bound)
print("agreed")
"""


def test_kernels_in_the_simulator():
    run = subprocess.run([sys.executable, "-c", SIMULATED], env={**os.environ, "NUMBA_ENABLE_CUDASIM": "1"}, capture_output=True, text=True,
                         check=False)
    assert run.stdout.split() == ["agreed"], run.stderr


def test_without_a_device_the_refusal_says_so():
    from numeric.engine import cuda

    if cuda.available():
        pytest.skip("there is a device")
    with pytest.raises(Refused, match="backend='cpu'"):
        numeric.simulate([0.5], [1.0], [1.0], backend="cuda")


@pytest.mark.gpu
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("form", ["pairs", "complex"])
@pytest.mark.parametrize(("S", "B", "T"), [(1, 1, 1), (1, 3, 1000), (16, 64, 4096), (100, 5, 10_000)])
def test_device_equals_cpu_within_both_bounds(S, B, T, form, dtype):
    from numeric.engine import cuda

    if not cuda.available():
        pytest.skip("numba sees no accelerator")
    rng = np.random.default_rng(S)
    a, w = rng.uniform(0.5, 0.999, S) * np.exp(1j * rng.uniform(0, 3, S)), rng.normal(size=S) + 1j * rng.normal(size=S)
    u = rng.normal(size=(B, T)) + (1j * rng.normal(size=(B, T)) if form == "complex" else 0)
    one = numeric.simulate(a, w, u, form=form, dtype=dtype, backend="cuda", error_bound=True, return_state=True)
    two = numeric.simulate(a, w, u, form=form, dtype=dtype, error_bound=True, algorithm="tiled")
    assert np.all(np.abs(one.output - two.output) <= one.bound + two.bound)
    half = numeric.simulate(a, w, u[:, : T // 2], form=form, dtype=dtype, backend="cuda", return_state=True)
    rest = numeric.simulate(a, w, u[:, T // 2:], form=form, dtype=dtype, backend="cuda", state=half.state)
    assert np.all(np.abs(np.concatenate([half.output, rest], axis=1) - two.output) <= one.bound + two.bound)
