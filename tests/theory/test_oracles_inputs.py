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
    ("autoregressive_density", "simulated_recurrences", ":variance", lambda value: value * (1 + 1e-6)),
    ("autoregressive_density", "simulated_recurrences", ":correlated", lambda values: values**2),
    ("autoregressive_density", "solved_equations", ":variance", lambda value: value * (1 + 1e-6)),
    ("autoregressive_density_between", "simulated_recurrences", ":ends", lambda pair: (pair[0], 0.9 * pair[1])),
    ("autoregressive_density_between", "simulated_recurrences", ":ends", lambda pair: (1.1 * pair[0], pair[1])),
    ("autoregressive_density_between", "simulated_recurrences", ":correlated", lambda values: 1 + values),
    ("autoregressive_density_between", "roots_on_one_ray", ":ends", lambda pair: (pair[0] * (1 + 1e-6), pair[1])),
    ("autoregressive_density_between", "roots_on_one_ray", ":variance", lambda value: value * (1 + 1e-6)),
    ("autoregressive_explicit_bound", "simulated_recurrences", ":floor", lambda value: 1 + value),
    ("autoregressive_explicit_bound", "simulated_recurrences", ":response", lambda own: own / 4),
    ("autoregressive_explicit_bound", "weighted_frequencies", ":floor", lambda value: 1 + value),
    ("autoregressive_explicit_bound", "weighted_frequencies", ":density_of", lambda density: density / 2),
    ("autoregressive_lower_bound", "simulated_recurrences", ":least_loss", lambda value: 1 + value),
    ("autoregressive_lower_bound", "simulated_recurrences", ":correlations", lambda values: values / 100),
    ("autoregressive_lower_bound", "weighted_frequencies", ":toeplitz", lambda values: values / 100),
    ("autoregressive_lower_bound", "weighted_frequencies", ":least_loss", lambda value: 1 + value),
    ("autoregressive_root_bound", "simulated_recurrences", ":floor", lambda value: 1 + value),
    ("autoregressive_root_bound", "simulated_recurrences", ":response", lambda own: own / 4),
    ("autoregressive_root_bound", "weighted_frequencies", ":floor", lambda value: 1 + value),
    ("autoregressive_root_bound", "weighted_frequencies", ":density_of", lambda density: density / 4),
    ("autoregressive_trace_bound", "simulated_recurrences", ":floor", lambda value: 1 + value),
    ("autoregressive_trace_bound", "simulated_recurrences", ":response", lambda own: own / 4),
    ("autoregressive_trace_bound", "weighted_frequencies", ":floor", lambda value: 1 + value),
    ("autoregressive_trace_bound", "weighted_frequencies", ":density_of", lambda density: density / 2),
    ("innovation_variance", "simulated_recurrences", ":room", lambda value: value / 2),
    ("innovation_variance", "simulated_recurrences", ":variance", lambda value: 10 * value),
    ("innovation_variance", "exact_recursion", ":room", lambda value: value - Fraction(1, 10**9)),
    ("innovation_variance", "exact_recursion", ":variance", lambda value: value + Fraction(1, 10**9)),
    ("bounded_density_lower_bound", "simulated_recurrences", ":floor", lambda value: 1 + value),
    ("bounded_density_lower_bound", "simulated_recurrences", ":ends", lambda pair: (pair[0], -pair[1])),
    ("consecutive_errors", "exact_energies", ":least_total", lambda total: total + 2),
    ("decorrelated_lower_bound", "simulated_recurrences", ":floor", lambda value: 1 + value),
    ("decorrelated_lower_bound", "simulated_recurrences", ":missed", lambda value: value / 4),
    ("moving_average_lower_bound", "simulated_recurrences", ":floor", lambda value: 1 + value),
    ("moving_average_lower_bound", "simulated_recurrences", ":missed", lambda value: value / 4),
    ("tail_lower_bound", "simulated_recurrences", ":floor", lambda value: 1 + value),
    ("tail_lower_bound", "simulated_recurrences", ":missed", lambda value: value / 4),
    ("stationary_lower_bound", "simulated_recurrences", ":least_loss", lambda value: 1 + value),
    ("stationary_lower_bound", "simulated_recurrences", ":missed", lambda value: value / 4),
    ("stationary_lower_bound", "band_limited_noise", ":unforetold", lambda value: 2 * value),
    ("spectral_density_lower_bound", "weighted_frequencies", ":floor", lambda value: 1 + value),
    ("spectral_density_lower_bound", "weighted_frequencies", ":unforetold", lambda value: 4 * value),
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


@pytest.mark.parametrize(("name", "oracle", "where", "wrong"), [
    ("algebra.product_of_distances", "exact_polynomials", ":multiplied_out", lambda value: (2 * value[0], value[1])),
    ("algebra.product_of_distances", "exact_polynomials", "mpmath:fprod", lambda value: 1 + value),
    ("algebra.fit_under_form", "rational_matrices", ":energy", lambda value: value / 4),
    ("algebra.lag_form", "products", ":double", lambda value: value.conjugate()),
    ("algebra.selected_lags", "products", ":entry_of", lambda value: -value),
    ("algebra.triangle_sums", "drawn_sums", "mpmath.mp:fsum", lambda value: 1 / value),
    ("analysis.stationary_form", "geometric_sequences", ":allowed", lambda value: value / 10),
    ("analysis.last_coefficient", "numerical_roots", ":expanded", lambda values: [*values[:-1], 2 * values[-1]]),
    ("analysis.last_coefficient", "numerical_roots", "numpy:roots", lambda values: values**2),
    ("analysis.wave_times_series", "sampled_series", ":moved_halves", lambda value: value.conjugate()),
    ("analysis.wave_times_series", "sampled_series", "numpy.fft:fft", lambda values: values[::-1]),
])
def test_oracles_of_elementary_claims_notice_a_planted_error(name, oracle, where, wrong, monkeypatch):
    notices(name, oracle, where, wrong, monkeypatch)
