"""Every oracle can fail: with a wrong formula or a wrong measurement in its way, some measurement comes out outside."""

from fractions import Fraction

import pytest
from planting import notices, oracles_of

from theory.claim import Recorder


def twice(values):
    return [value + value for value in values]


def opposite(rows):
    return [[-entry for entry in row] for row in rows]


# (claim, oracle, where the wrong value comes in: module:function, what is wrong about it); an empty module is the claim file
PLANTED = [
    ("unrolling", "exact_recurrence", ":convolution", twice),
    ("unrolling", "compiled_recurrence", "numpy:convolve", lambda y: 1.001 * y),
    ("gram_stein", "summed_states", "numeric.reference:gram", opposite),
    ("filter_energy", "partial_energies", ":closed_energy", lambda energy: 2 * energy),
    ("loss_in_gram_form", "exact_recurrence", "numeric.reference:loss", lambda loss: loss + Fraction(1, 10**9)),
    ("loss_in_gram_form", "time_and_frequency", "numeric.loss:closed", lambda loss: 1.0001 * loss),
    ("gram_semidefinite", "energies_of_filters", "numeric.reference:stein", opposite),
    ("gram_semidefinite", "least_eigenvalues", "numeric.gram:gram", lambda C: -C),
    ("gram_definite", "exact_pivots", "numeric.reference:stein", opposite),
    ("captured_energy_bound", "exact_energies", ":share", lambda share: share - Fraction(1, 10**9)),
    ("blaschke_sum", "exact_transform", ":blaschke_side", lambda value: value + value),
    ("lower_bound_white", "two_precisions", "numeric.multiprecision:capture", lambda share: share * (1 + Fraction(1, 10**40))),
    ("lower_bound_white", "certified_grid", ":bound", lambda bound: (1 + bound) / 2),
    ("lower_bound_white", "exact_optimum", ":bound", lambda bound: bound + Fraction(1, 10**9)),
    ("lower_bound_white", "white_noise", ":exact_loss", lambda loss: loss * 102 / 100),
    ("lower_bound_grid", "enclosures", ":captured", lambda share: 3 * share),
    ("ar_geometric_sums", "truncated_double_sum", ":closed_pair", lambda value: 1.0001 * value),
    ("ar_loss", "exact_recurrence", ":closed_loss", lambda loss: loss + Fraction(1, 10**9)),
    ("ar_loss", "time_and_frequency", "numeric.loss:quadrature", lambda loss: 1.0001 * loss),
    ("ar_loss_in_weights", "exact_recurrence", ":in_weights", lambda loss: loss + Fraction(1, 10**9)),
    ("ar_loss_appendix_weights", "exact_recurrence", ":printed", lambda loss: loss + Fraction(1, 10**9)),
    ("ar_captured_energy_bound", "exact_energies", ":share", lambda share: share / 20),
    ("gram_inverse_step", "exact_solutions", ":rank_one", lambda value: value + value),
    ("ar_gram", "summed_states", ":gram_entry", lambda value: value + value),
    ("ar_unconstrained_minimum", "least_squares", ":least", lambda value: 1.0001 * value),
    ("ar_unconstrained_minimum", "exact_steps", ":rank_one", lambda value: value + value),
    ("ar_captured_energy", "exact_energies", ":bound", lambda share: share / 20),
    ("ar_lower_bound_with_tap", "best_weights", ":bound", lambda bound: (1 + bound) / 2),
    ("ar_captured_energy_eigenvalues", "exact_energies", ":share", lambda share: share / 2),
    ("ar_captured_energy_eigenvalues", "exact_energies", "numeric.reference:stein", opposite),
    ("ar_lower_bound_eigenvalues", "best_weights", ":eigenvalue_bound", lambda bound: (3 + bound) / 4),
    ("ar_lower_bound_eigenvalues", "best_weights", "numeric.reference:ar_loss_by_recurrence", lambda loss: loss / 2),
    ("ar_lower_bound_eigenvalues", "rounded_pairs", ":pair", lambda found: (found[0] / 2, found[1])),
    ("ar_lower_bound_eigenvalues", "rounded_pairs", "numeric.reference:ar_loss_by_recurrence", lambda loss: loss / 4),
    ("ar_lower_bound_eigenvalues", "designed_filters", ":eigenvalue_bound", lambda bound: (1 + bound) / 2),
    ("ar_lower_bound_eigenvalues", "designed_filters", ":trace_bound", lambda least: (1 + least) / 2),
    ("ar_residual_waves", "least_eigenvalues", ":heights_at", lambda heights: heights / 2),
    ("ar_residual_waves", "least_eigenvalues", ":residual", lambda matrix: matrix * 2),
    ("ar_residual_waves", "largest_eigenvalues", ":heights_at", lambda heights: heights / 2),
    ("ar_residual_waves", "largest_eigenvalues", ":residual", lambda matrix: matrix / 2),
    ("ar_lower_bound_frequencies", "best_weights", ":bound", lambda bound: (3 + bound) / 4),
    ("ar_lower_bound_frequencies", "best_weights", "numeric.reference:ar_loss_by_recurrence", lambda loss: loss / 4),
    ("ar_lower_bound_frequencies", "eigenvalues", ":bound", lambda bound: (1 + bound) / 2),
    ("ar_lower_bound_window", "designed_filters", ":sharper_bound", lambda bound: (1 + bound) / 2),
    ("ar_lower_bound_window", "designed_filters", ":bound", lambda bound: (1 + bound) / 2),
    ("ar_lower_bound_window", "eigenvalues", ":limit", lambda loss: loss + 1),
    ("ar_limit_below", "explicit_filters", ":sharper_bound", lambda bound: (1 + bound) / 2),
    ("ar_limit_below", "explicit_filters", "numeric.loss:series", lambda loss: loss / 2),
    ("ar_limit_below", "best_weights", ":sharper_bound", lambda bound: (3 + bound) / 4),
    ("ar_limit_below", "best_weights", "numeric.reference:ar_loss_by_recurrence", lambda loss: loss / 4),
    ("ar_spaced_loss", "recurrences", ":gram_form", lambda found: (1.001 * found[0], found[1])),
    ("ar_spaced_loss", "recurrences", "numeric.loss:series", lambda loss: 1.001 * loss),
    ("ar_spaced_loss", "spectra", ":gram_form", lambda found: (found[0], 1.001 * found[1])),
    ("ar_limit_grid", "recurrences", "numeric.loss:series", lambda loss: 1.001 * loss),
    ("ar_limit_grid", "recurrences", ":limit_of", lambda limit: limit - 1e-4),
    ("ar_limit_grid", "spectra", "numeric.loss:quadrature", lambda loss: 1.001 * loss),
    ("ar_limit_grid", "eigenvalues", ":limit_of", lambda limit: limit + 1),
    ("ar_loss_without_transient", "exact_recurrence", ":formula", lambda loss: loss + Fraction(1, 10**9)),
    ("ar_loss_without_transient", "exact_recurrence", "numeric.reference:ar_loss_by_recurrence", lambda loss: loss + Fraction(1, 10**9)),
    ("ar_loss_without_transient", "spectra", ":formula", lambda loss: 1.001 * loss),
    ("ar_sharp_family", "recurrences", ":bound", lambda found: (found[0] / 2, found[1])),
    ("ar_sharp_family", "spectra", "numeric.loss:quadrature", lambda loss: 2 * loss),
    ("ar_riemann_sum", "summed", ":least", lambda value: value + 1),
    ("ar_riemann_sum", "series", ":least", lambda value: value + 1),
    ("ar_limit_above", "recurrences", ":bound", lambda loss: loss / 2),
    ("ar_limit_above", "spectra", "numeric.loss:quadrature", lambda loss: 2 * loss),
    ("ar_limit_above", "comes_to_the_limit", ":bound", lambda loss: loss + 0.1),
    ("ar_spectrum_between", "series", ":density_series", lambda value: 1.001 * value),
    ("ar_spectrum_between", "quadrature", ":mean", lambda value: 1.001 * value),
    ("ar_lower_bound", "best_weights", ":bound", lambda bound: (3 + bound) / 4),
    ("ar_lower_bound", "explicit_filter", ":bound", lambda bound: (3 + bound) / 4),
    ("transfer_two_cases", "digamma_values", ":summed", lambda value: 1.001 * value),
    ("transfer_two_cases", "laplace_transform", ":expected", lambda value: 1.001 * value),
    ("transfer_outside", "values_beyond_the_edge", ":at_distance", lambda value: value / 10),
    ("transfer_simple_fractions", "impulse_response", ":transformed", lambda value: 1.001 * value),
    ("transfer_simple_fractions", "recurrence", ":simulated", lambda values: 1.001 * values),
    ("transfer_limit", "impulse_response", ":two_cases", lambda value: 1.001 * value),
    ("transfer_limit", "recurrence", ":simulated", lambda values: 1.001 * values),
    ("two_pole_energy", "exact_recurrence", ":formula", lambda energy: energy + Fraction(1, 10**9)),
    ("two_pole_energy", "jordan_blocks", ":formula", lambda energy: energy + Fraction(1, 10**9)),
    ("two_poles_at_lag_two", "exact_losses", ":least_loss", lambda loss: loss + Fraction(1, 10**9)),
    ("two_poles_at_lag_two", "all_pairs", ":least_loss", lambda loss: loss + Fraction(1, 10**9)),
    ("two_poles_at_lag_three", "exact_energies", ":greatest_energy", lambda energy: energy - Fraction(4, 10**6)),
    ("two_poles_at_lag_three", "all_pairs", ":greatest_energy", lambda energy: energy - Fraction(1, 10**6)),
    ("periodic_energy", "simulated", ":from_one_period", lambda energy: 1.001 * energy),
    ("windowed_filter", "recurrences", ":energy_bound", lambda energy: energy / 4),
    ("windowed_loss", "recurrences", ":loss_bound", lambda loss: loss / 2),
    ("sharp_family", "best_weights", ":loss_bound", lambda loss: loss / 2),
    ("sharp_family", "recurrences", ":loss_bound", lambda loss: loss / 2),
    ("sharp_filter", "certified", ":most", lambda loss: loss / 2),
    ("sharp_filter", "recurrences", ":most", lambda loss: loss / 2),
    ("sharp_constant", "tuned_poles", ":target", lambda loss: loss / 2),
    ("sharp_constant", "recurrences", ":target", lambda loss: loss / 2),
    ("explicit_inverse_kernel", "summed_terms", ":size", lambda bound: bound / 10),
    ("explicit_inverse_kernel", "transformed", ":size", lambda bound: bound / 10),
    ("explicit_outside_energy", "solved_weights", ":bound", lambda bound: bound / 10**4),
    ("explicit_outside_energy", "transformed_weights", ":bound", lambda bound: bound / 10**4),
    ("explicit_weights_inside", "solved_weights", ":size", lambda weight: weight / 1000),
    ("explicit_weights_inside", "certified_weights", ":explicit", lambda weight: 1.1 * weight),
]


@pytest.mark.parametrize(("name", "oracle", "where", "wrong"), PLANTED, ids=["-".join(row[:3]) for row in PLANTED])
def test_an_oracle_accepts_the_truth_and_notices_a_planted_error(name, oracle, where, wrong, monkeypatch):
    notices(f"uncertainty.{name}", oracle, where, wrong, monkeypatch)


def test_every_oracle_of_these_claims_is_shown_an_error():
    shown = {(f"uncertainty.{name}", oracle) for name, oracle, *_ in PLANTED}
    assert shown == oracles_of({claim for claim, _ in shown}, "full")


@pytest.mark.parametrize(("oracle", "where", "wrong"), [
    ("exact_roots", ":exact_cosines", lambda value: value + value),
    ("cosines", "math:cos", lambda value: 1.001 * value),
])
def test_sums_of_waves_notice_a_planted_error(oracle, where, wrong, monkeypatch):
    notices("algebra.odd_frequencies", oracle, where, wrong, monkeypatch)


@pytest.mark.parametrize("check", ["displacement", "inverse", "inverse_displacement", "transform", "energy_drop", "energy_total"])
def test_a_derivation_stops_at_a_difference_that_does_not_vanish(check):
    from theory.papers import uncertainty_symbolic as symbolic

    step, poles = Recorder(), symbolic.Poles(2, "z")
    getattr(symbolic, check)(step, poles)
    poles.C[0][0], poles.Z[0][0], poles.u[0] = poles.C[0][0] + 1, poles.Z[0][0] + 1, poles.u[0] + 1
    with pytest.raises(ArithmeticError, match="do not vanish"):
        getattr(symbolic, check)(Recorder(), poles)
    assert step.steps
