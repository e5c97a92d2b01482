"""The oracles about autoregressive inputs and bounded densities can fail, each at a wrong formula or a wrong measurement."""

from fractions import Fraction

import pytest
from planting import notices, oracles_of

# (claim, oracle, where the wrong value comes in: module:function, what is wrong about it); an empty module is the claim file
PLANTED = [
    ("ar_limit_reached", "recurrences", ":formula", lambda bound: bound / 4),
    ("ar_limit_reached", "recurrences", "numeric.loss:series", lambda loss: 3 * loss),
    ("ar_limit_reached", "spectra", "numeric.loss:quadrature", lambda loss: loss / 10),
    ("ar_limit_reached", "long_filters", ":formula", lambda bound: bound - 0.01),
    ("ar_limit_reached", "long_filters", "theory.claims.uncertainty.ar_limit_above:bound", lambda bound: bound + 0.01),
    ("autoregressive_lower_bound", "simulated_recurrences", ":least_loss", lambda value: 1 + value),
    ("autoregressive_lower_bound", "simulated_recurrences", ":correlations", lambda values: values / 100),
    ("autoregressive_lower_bound", "weighted_frequencies", ":toeplitz", lambda values: values / 100),
    ("autoregressive_lower_bound", "weighted_frequencies", ":least_loss", lambda value: 1 + value),
    ("autoregressive_trace_bound", "simulated_recurrences", ":floor", lambda value: 1 + value),
    ("autoregressive_trace_bound", "simulated_recurrences", ":responses", lambda pair: (pair[0] / 4, pair[1] / 4)),
    ("autoregressive_trace_bound", "weighted_frequencies", ":floor", lambda value: 1 + value),
    ("autoregressive_trace_bound", "weighted_frequencies", ":densities", lambda pair: (pair[0], pair[1] / 2)),
    ("bounded_density_lower_bound", "simulated_recurrences", ":least_loss", lambda value: 1 + value),
    ("bounded_density_lower_bound", "simulated_recurrences", ":ends_of", lambda pair: (pair[0] / 2, pair[1])),
    ("bounded_density_lower_bound", "weighted_frequencies", ":least_loss", lambda value: 1 + value),
    ("bounded_density_trace_bound", "simulated_recurrences", ":floor", lambda value: 1 + value),
    ("bounded_density_trace_bound", "simulated_recurrences", ":ends_of", lambda pair: (pair[0] / 2, pair[1])),
    ("bounded_density_trace_bound", "weighted_frequencies", ":floor", lambda value: 1 + value),
    ("earlier_lag", "exact_filters", ":most", lambda value: value - Fraction(1, 10**9)),
    ("earlier_lag", "exact_filters", ":loss_by_recurrence", lambda loss: loss + Fraction(1, 10**9)),
    ("earlier_lag", "exact_filters", ":loss_by_lags", lambda loss: loss - Fraction(1, 10**9)),
    ("spectral_fit", "exact_energies", ":least_total", lambda total: total + Fraction(1, 10**9)),
    ("spectral_fit", "exact_energies", ":filtered_energy", lambda energy: energy - Fraction(1, 10**9)),
    ("spectral_fit", "exact_energies", ":modulus_above", lambda size: size * Fraction(999, 1000)),
]


@pytest.mark.parametrize(("name", "oracle", "where", "wrong"), PLANTED, ids=["-".join(row[:3]) for row in PLANTED])
def test_an_oracle_accepts_the_truth_and_notices_a_planted_error(name, oracle, where, wrong, monkeypatch):
    notices(f"uncertainty.{name}", oracle, where, wrong, monkeypatch)


def test_every_oracle_of_these_claims_is_shown_an_error():
    shown = {(f"uncertainty.{name}", oracle) for name, oracle, *_ in PLANTED}
    assert oracles_of({name for name, _ in shown}) == shown
