"""Untrusted arithmetic: finds numbers by routes that do not share code, and never says that anything is verified.

module            what it computes
`reference`       the recurrence and its loss over exact Gaussian rationals
`recurrence`      the same recurrence in float64 at speed (numba)
`gram`            Gram matrix and F_0 … F_K in float64, stable next to the unit circle and for repeated poles
`loss`            the loss in float64: closed form, time-domain series, frequency quadrature
`filters`         the loss measured on seeded noise; it never sees the closed form
`multiprecision`  F_K, best weights and loss to a given number of digits (mpmath)
`balls`           the same as enclosures (Arb)
`fast`            F_K and its exact gradient in float64 in O(S²), with a bound of the rounding error
`cell`            one cell of a sweep
`cauchy`          the inverse of the Gram matrix in balls, by Cauchy's closed form; O(S) for evenly spaced poles
`optimum`         least loss and best weights of given poles, white or AR(1) input, as enclosures
`population`      least population loss of the learning experiments, N samples, real weights, as enclosures
`experiments`     those experiments: seeded training of the weights at fixed poles
`against`         the least loss by five other routes, each with an interval of its own
`design`          searches for a filter, writes it in doubles, encloses its loss as written
`filterfile`      filters on disk: .json, .npz, .safetensors
`polefile`        files of poles; `written`: exact numbers as strings, balls as decimals that enclose
`engine`          the recurrence at the speed of the machine, with error bounds; `simulate` is its entry point
`bench`           timed comparisons, one function each, found in a folder
`poles`           poles given exactly, with float64, mpmath and Arb values
`families`        named families of poles

Setting (François, Orvieto, Bach, COLT 2025): x_n = diag(a) x_{n-1} + u_n b, y_n = Σ_s x_n[s], so c_k = Σ_s b_s a_s^k;
target d_k = 1{k = K}; C_{st} = 1/(1 − a_s ā_t); F_K = ⟨a^K, C⁻¹ a^K⟩; white-noise loss L = Σ_k |c_k − d_k|².
Nothing is imported here: `from numeric import gram` loads what that one module needs (numba, mpmath, python-flint).
"""


def load_filter(path):
    """The filter `eigenproof design` wrote to a file: `.poles`, `.weights`, `.complex_form()`, `.real_form()`, `.certificate`."""
    from numeric.filterfile import load

    return load(path)


def simulate(poles, weights, inputs, **options):
    """Diagonal recurrences x_n = diag(a) x_{n−1} + u_n, y_n = Σ w x_n at speed: see `numeric.engine.api.simulate` for the options."""
    from numeric.engine.api import simulate as run

    return run(poles, weights, inputs, **options)
