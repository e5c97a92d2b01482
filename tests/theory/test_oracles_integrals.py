"""The oracles about integrals and spectra can fail, each at a wrong formula or a wrong measurement."""

import pytest
from planting import notices, oracles_of

# (claim, oracle, where the wrong value comes in: module:function, what is wrong about it); an empty module is the claim file
PLANTED = [
    ("ideal_window", "quadrature", ":captured", lambda share: share * (1 + 1e-9)),
    ("ideal_window", "quadrature", ":mean_over_window", lambda share: share / 2),
    ("ideal_window", "autocorrelation", "mpmath:sin", lambda value: 2 * value),
    ("ideal_window_as_printed", "quadrature", ":mean_over_window", lambda _: float("nan")),
    ("ar1_spectrum", "autoregression", ":two_sided", lambda value: value + 1),
    ("poisson_kernel", "sampled_circle", ":expected_mean", lambda value: value * (1 + 1e-6)),
    ("poisson_kernel", "numerical_derivative", ":product", lambda value: value * value),
    ("derivative_energy", "differences", ":weighted", lambda value: value * (1 + 1e-3)),
    ("derivative_energy", "exact_circle", "numeric.reference:gaussian", lambda value: value + value),
    ("parseval_loss", "simulated_response", ":double_sum", lambda value: value.conjugate() + 1e-6),
    ("parseval_loss", "hermitian_input", ":over_frequencies", lambda value: 6 + 2 * (value - 5)),
]


@pytest.mark.parametrize(("name", "oracle", "where", "wrong"), PLANTED, ids=["-".join(row[:3]) for row in PLANTED])
def test_an_oracle_accepts_the_truth_and_notices_a_planted_error(name, oracle, where, wrong, monkeypatch):
    notices(f"uncertainty.{name}", oracle, where, wrong, monkeypatch)


def test_every_oracle_of_these_claims_is_shown_an_error():
    shown = {(f"uncertainty.{name}", oracle) for name, oracle, *_ in PLANTED}
    assert shown == oracles_of({claim for claim, _ in shown})
