"""Untrusted arithmetic: finds numbers by routes that do not share code, and never says that anything is verified.

module            what it computes
`reference`       the recurrence and its loss over exact Gaussian rationals
`recurrence`      the same recurrence in float64 at speed (numba)
`gram`            Gram matrix and F_0 … F_K in float64, stable next to the unit circle and for repeated poles
`loss`            the loss in float64: closed form, time-domain series, frequency quadrature
`filters`         the loss measured on seeded noise; it never sees the closed form
`multiprecision`  F_K, best weights and loss to a given number of digits (mpmath)
`balls`           the same as enclosures (Arb)
`poles`           poles given exactly, with float64, mpmath and Arb values
`families`        named families of poles

Setting (François, Orvieto, Bach, COLT 2025): x_n = diag(a) x_{n-1} + u_n b, y_n = Σ_s x_n[s], so c_k = Σ_s b_s a_s^k;
target d_k = 1{k = K}; C_{st} = 1/(1 − a_s ā_t); F_K = ⟨a^K, C⁻¹ a^K⟩; white-noise loss L = Σ_k |c_k − d_k|².
Nothing is imported here: `from numeric import gram` loads what that one module needs (numba, mpmath, python-flint).
"""
