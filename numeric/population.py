"""The least population loss of a learning experiment, as an enclosure: real weights, fixed poles, a window of N samples, AR(1) input.

The features of a sequence of N samples are Σ_{k<N} a_s^k u_k, u_k the sample k steps before the last, with E u_k u_l = ρ^{|k−l|}; the
target is u_t. A filter c in the real span of a_0^k (a_0 real), Re a_s^k, Im a_s^k has the loss (c − e_t)ᵀΓ(c − e_t), Γ = (ρ^{|k−l|}), and
the least one is 1 − gᵀG⁻¹g. The window is that of the experiment, so nothing is neglected: for the infinite filters (`optimum`) the
value differs by terms of the size |a|^{2N}. With Γ = WWᵀ, Wᵀ filtering backwards, s_k(a) = Σ_{k≤l<N} ρ^{l−k} a^l
= (a^k − ρ^{N−k} a^N)/(1 − ρa),

    aᵀΓb = s_0 s_0′ + (1−ρ²) Σ_{0<k<N} s_k s_k′,   (Γa)_t = (a^{t+1} − ρ^{t+1})/(a − ρ) + ρ a^{t+1}(1 − (ρa)^{N−1−t})/(1 − ρa),

all geometric sums; products of real and imaginary parts come from (a, b) and (a, b̄). No direction is left out, however small its
variance: the precision grows until the ball is narrow, or `PrecisionExhausted` is raised. For ρ = 1 the input is constant and the loss is
(1 − Σ_k c_k)²; the real pole has Σ_k a_0^k > 0, so the least loss is exactly 0.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import acb, arb, arb_mat

from numeric.balls import adaptive
from numeric.errors import refusal
from numeric.poles import rational_ball

WHERE = "numeric.population"
LIMIT = 1 << 14  # bits of working precision


def product(x: tuple, y: tuple, rho: arb, tail: arb) -> acb:
    """aᵀΓb from what `prepared` made of a and b; tail = ρ²(1 − ρ^{2(N−1)})."""
    (a, aN, cross, share, first), (b, bN, cross2, share2, first2) = x, y
    inner = (a * b - aN * bN) / (1 - a * b) - bN * cross - aN * cross2
    return first * first2 + ((1 - rho * rho) * inner + tail * aN * bN) * share * share2


def prepared(log: acb, N: int, rho: arb) -> tuple:
    """(a, a^N, Σ_{0<k<N} ρ^{N−k}a^k, 1/(1 − ρa), s_0) of the pole with this logarithm."""
    a, aN = log.exp(), (N * log).exp()
    share = 1 / (1 - rho * a)
    return a, aN, (aN * rho - a * rho**N) / (a - rho), share, (1 - rho**N * aN) * share


def system(logs: list[acb], N: int, delay: int, rho: arb) -> tuple[arb_mat, arb_mat]:
    """(G, g) at the working precision; the first pole is real, its imaginary part is left out."""
    poles, tail, n = [prepared(log, N, rho) for log in logs], rho * rho * (1 - rho ** (2 * N - 2)), len(logs)
    mirror = [tuple(z.conjugate() for z in pole) for pole in poles]
    G = [[arb(0)] * (2 * n) for _ in range(2 * n)]
    for i in range(n):
        for j in range(i + 1):
            same, other = product(poles[i], poles[j], rho, tail), product(poles[i], mirror[j], rho, tail)
            entries = {(i, j): same.real + other.real, (n + i, n + j): other.real - same.real,
                       (n + i, j): same.imag + other.imag, (i, n + j): same.imag - other.imag}
            for (p, q), value in entries.items():
                G[p][q] = G[q][p] = value / 2
    right = []
    for log, (a, _, _, share, _) in zip(logs, poles):
        last = ((delay + 1) * log).exp()
        right.append((last - rho ** (delay + 1)) / (a - rho) + rho * last * (1 - (rho * a) ** (N - 1 - delay)) * share)
    keep = [p for p in range(2 * n) if p != n]
    g = [z.real for z in right] + [z.imag for z in right]
    return arb_mat([[G[p][q] for q in keep] for p in keep]), arb_mat([[g[p]] for p in keep])


def least_loss(logs: Callable[[], list[acb]], N: int, delay: int, rho: Fraction, digits: int = 12, limit: int = LIMIT) -> arb:
    """Enclosure of the least loss, relative radius below 10^−digits. `logs()` gives the logarithms of the poles at the working
    precision, that of the real pole first, then one of each conjugate pair; 0 ≤ delay < N, ρ in [0, 1]."""
    real, count = logs()[0], 2 * len(logs()) - 1
    for what, good, expected, value in (
            ("rho", 0 <= rho <= 1, "rho should satisfy 0 ≤ rho ≤ 1", rho),
            ("delay", 0 <= delay < N, f"the delay should be < N = {N}", delay),
            ("order", count < N, f"there should be fewer than N = {N} weights", count),
            ("pole", real.imag == 0, "the first pole should be real and positive", real)):
        if not good:
            raise refusal(WHERE, what, expected, f"it is {value}", f"{what} = {value}",
                          "experiments.optimum(Start('shift', 20, 4), 64, 20, 0.5)")
    if rho == 1:
        return arb(0)

    def evaluate() -> list[list[arb]]:
        G, g = system(logs(), N, delay, rational_ball(rho))
        return [[1 - (g.transpose() * G.solve(g))[0, 0]]]

    return adaptive(evaluate, digits, N, count, limit)[0][0]
