"""The oracles about the explicit filter can fail: with a wrong function in their way, some measurement comes out outside."""
import sys

import pytest
from planting import SUITE, inside, notices, oracles_of

# (claim, oracle, the function of mpmath that is made wrong, what is wrong about it)
PLANTED = [
    ("algebra.sine_bounds", "measured", "factorial", lambda value: 2 * value),
    ("algebra.part_of_an_angle", "chords", "sinh", lambda value: value**2),
    ("algebra.exp_above_tangent", "measured", "factorial", lambda value: 2 * value),
    ("algebra.cosine_weight", "on_a_grid", "cos", lambda value: (9 + value) / 10),
    ("uncertainty.explicit_gram", "eigenvalues", "eigh", lambda values: [values[0] / 10**6, values[len(values) - 1]]),
    ("uncertainty.explicit_period_sums", "recurrences", "sinh", lambda value: 2 * value),
    ("uncertainty.arc_loss", "simulated", "re", lambda value: 2 * value),
    ("uncertainty.arc_lower_bound", "drawn_weights", "expjpi", lambda value: 0 * value),
    ("uncertainty.explicit_loss_as_printed", "scaled_errors", "re", lambda value: 0 * value),
    ("uncertainty.explicit_loss", "gram_sums", "re", lambda value: 2 * value),
    ("uncertainty.explicit_loss", "simulated", "sinh", lambda value: -100 * value),
    ("uncertainty.explicit_every_weight", "solved", "re", lambda value: 2 * value),
    ("uncertainty.explicit_weights", "solved_weights", "conj", lambda value: value + 10),
    ("uncertainty.explicit_weights_at_the_ends", "solved", "sinh", lambda value: 2 * value),
    ("uncertainty.explicit_spectrum", "by_recurrence", "sin", lambda value: value**2),
    ("uncertainty.explicit_spectrum", "by_transform", "expj", lambda value: 2 * value),
    ("uncertainty.explicit_filter", "response", "conj", lambda value: value + 1),
    ("uncertainty.alternating_harmonic", "partial_sums", "log", lambda value: 2 * value),
    ("uncertainty.alternating_tail", "accelerated_sums", "nsum", lambda value: -value),
    ("uncertainty.alternating_tail", "digamma_values", "digamma", lambda value: 2 * value),
    ("uncertainty.alternating_tail_printed", "leading_terms", "nsum", lambda value: -value),
    ("uncertainty.cosecant_series", "partial_sums", "sinh", lambda value: 2 * value),
    ("algebra.period_quotients", "sums", "expjpi", lambda value: -value),
    ("algebra.cosecant_mean", "summed", "csch", lambda value: 2 * value),
    ("analysis.hyperbolic_cosecant", "strip", "factorial", lambda value: 2 * value),
    ("algebra.triangle", "lengths", "hypot", lambda value: value**3),
]


@pytest.mark.parametrize(("name", "oracle", "function", "wrong"), PLANTED, ids=["-".join(row[:2]) for row in PLANTED])
def test_an_oracle_accepts_the_truth_and_notices_a_planted_error(name, oracle, function, wrong, monkeypatch):
    notices(name, oracle, f"mpmath.mp:{function}", wrong, monkeypatch)


def test_every_oracle_of_these_claims_is_shown_an_error():
    shown = {row[:2] for row in PLANTED}
    assert oracles_of({claim for claim, _ in shown}) - WITHOUT_MPMATH == shown


# Balls are of a compiled type that nothing can be planted in; the other one is below.
WITHOUT_MPMATH = {("uncertainty.explicit_filter", "modes_at_the_lag"), ("uncertainty.cosecant_series", "discrete_sums")}


@pytest.mark.parametrize(("name", "oracle", "place", "wrong"), [
    ("uncertainty.cosecant_series", "discrete_sums", "math.sinh", lambda x: 2 * x),
    ("uncertainty.explicit_poles_s4d", "discretised", "numeric.poles.to_complex", lambda pole: 0.5),
    ("uncertainty.toeplitz_eigenvector", "finite_sections", "numpy.sinh", lambda x: 2 * x),
])
def test_other_oracles_notice_a_planted_error(name, oracle, place, wrong, monkeypatch):
    claim = SUITE.load(name)
    assert all(inside(claim, oracle))
    monkeypatch.setattr(place, wrong)
    assert not all(inside(claim, oracle))


@pytest.mark.parametrize(("name", "oracle", "function", "wrong"), [
    ("algebra.sum_split", "rational_sums", "split_sum", lambda g, first, more: sum(g[:first])),
    ("algebra.cauchy_schwarz_sums", "rational_sums", "total", lambda values: len(values) / 10),
])
def test_oracles_of_elementary_claims_notice_a_planted_error(name, oracle, function, wrong, monkeypatch):
    claim = SUITE.load(name)
    assert all(inside(claim, oracle))
    monkeypatch.setattr(sys.modules[f"theory.claims.{name}"], function, wrong)
    assert not all(inside(claim, oracle))
