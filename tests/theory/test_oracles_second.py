"""The oracles about C⁻¹, captured energies and general realisations can fail, each at a wrong formula or a wrong measurement."""

from fractions import Fraction

import pytest
from planting import notices, oracles_of

from theory.claim import Recorder
from theory.papers import uncertainty_symbolic as symbolic
from theory.papers.uncertainty_measurements import pole_sets

TINY = Fraction(1, 10**9)

# (claim, oracle, where the wrong value comes in: module:function, what is wrong about it); an empty module is the claim file
PLANTED = [
    ("optimal_weights", "exact_recurrence", ":least", lambda loss: loss + TINY),
    ("optimal_weights", "exact_recurrence", "numeric.reference:optimal_weights", lambda b: [weight.conjugate() for weight in b]),
    ("optimal_weights", "least_squares", "numeric.gram:capture", lambda energies: energies * (1 + 1e-6)),
    ("gram_displacement", "exact_solutions", ":moduli", lambda product: product * product),
    ("gram_displacement", "exact_solutions", "numeric.reference:stein", lambda X: [[entry + entry for entry in row] for row in X]),
    ("captured_energy_step", "exact_losses", ":quotient", lambda lost: lost * (1 + TINY)),
    ("captured_energy_step", "tails", "numeric.gram:capture", lambda energies: energies * (1 + 1e-6)),
    ("trace_identity", "exact_energies", ":total", lambda order: order - 1),
    ("trace_identity", "exact_energies", "numeric.reference:capture_dense", lambda share: share * (1 + TINY)),
    ("trace_identity", "cascade", "numeric.gram:capture", lambda energies: energies * (1 + 1e-6)),
    ("any_realisation", "random_outputs", "numeric.reference:loss_by_recurrence", lambda loss: loss / 4),
    ("any_realisation", "best_outputs", ":bound", lambda least: least + TINY),
    ("any_realisation", "long_recurrence", ":bound", lambda least: (least + 1) / 2),
    ("blaschke_coefficients", "exact_series", ":coefficients", lambda beta: [-value for value in beta]),
    ("blaschke_coefficients", "exact_series", ":product_series", lambda beta: [*beta[1:], beta[0]]),
    ("blaschke_coefficients", "winding", "numpy.fft:fft", lambda values: values * (1 + 1e-6)),
]


@pytest.mark.parametrize(("name", "oracle", "where", "wrong"), PLANTED, ids=["-".join(row[:3]) for row in PLANTED])
def test_an_oracle_accepts_the_truth_and_notices_a_planted_error(name, oracle, where, wrong, monkeypatch):
    notices(f"uncertainty.{name}", oracle, where, wrong, monkeypatch)


def test_every_oracle_of_these_claims_is_shown_an_error():
    shown = {(f"uncertainty.{name}", oracle) for name, oracle, *_ in PLANTED}
    assert shown == oracles_of({claim for claim, _ in shown})


@pytest.mark.parametrize("check", ["mirrored_column", "product_coefficients", "coefficient_mean"])
def test_a_derivation_stops_at_a_difference_that_does_not_vanish(check):
    step, poles = Recorder(), symbolic.Poles(2)
    getattr(symbolic, check)(step, poles)
    assert step.steps
    poles.Z[0][0], poles.u[0] = poles.Z[0][0] + 1, poles.u[0] + 1
    with pytest.raises(ArithmeticError, match="do not vanish"):
        getattr(symbolic, check)(Recorder(), poles)


@pytest.mark.parametrize("count", [1, 2, 4, 8])
def test_the_poles_of_the_oracles_are_distinct_non_zero_and_inside_the_circle(count):
    for drawn in pole_sets(count, seed=count).values():
        assert len(set(drawn)) == count
        assert all(0 < re * re + im * im < 1 for re, im in drawn)
    assert all(re * re + im * im > Fraction(99, 100) for re, im in pole_sets(count, seed=count)["near the circle"])
