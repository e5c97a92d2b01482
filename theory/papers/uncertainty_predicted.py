"""Closed forms of the explicit filter in mpmath, which derivations hold against the certified values of the figures.

None of them sums over the poles as the certificates do: the response is a Dirichlet kernel, the transfer function a sum over one period
of 2K lags, the best weights come from the closed inverse of the Gram matrix.
"""
from functools import cache

from mpmath import mp, mpf


def response(T, K, k, alpha=1):
    """c_k = e^{−α(1 + k/K)} sinh(2α)/K · sin(πS(k−K)/(2K))/sin(π(k−K)/(2K)) with S = 2T+1."""
    scale = mp.exp(-alpha * (1 + mpf(k) / K)) * mp.sinh(2 * alpha) / K
    angle = mpf(k - K) / (2 * K)
    return scale * (2 * T + 1 if angle == round(angle) else mp.sinpi((2 * T + 1) * angle) / mp.sinpi(angle))


def ratio(T, K, place, alpha=1):
    """e^{iπΩ} Σ_{k<2K} c_k e^{−iπΩk/K}/(1 − e^{−2α} e^{−2πiΩ}): one period, and the others a geometric series."""
    samples = _period(T, K, alpha, mp.prec)
    place = mpf(place.numerator) / place.denominator
    turn, total = mp.expjpi(-place / K), mp.zero
    for sample in reversed(samples):
        total = total * turn + sample
    return mp.expjpi(place) * total / (1 - mp.exp(-2 * alpha) * mp.expjpi(-2 * place))


@cache
def _period(T, K, alpha, _):
    return [response(T, K, k, alpha) for k in range(2 * K)]


@cache
def best_weights(T, K, alpha=1):
    """The weights b = conj(Z a^K) of least loss and the captured energy, with Z the closed inverse of the Gram matrix."""
    poles = [mp.exp(-mpf(alpha) / K) * mp.expjpi(mpf(s) / K) for s in range(-T, T + 1)]
    w = [mp.fprod(1 - a * mp.conj(x) for x in poles) / mp.fprod(a - x for x in poles if x is not a) for a in poles]
    pulled = [mp.fsum(w[t] * a**K / (1 - mp.conj(x) * a) for t, a in enumerate(poles)) for x in poles]
    weights = [w[s] * mp.conj(value) for s, value in enumerate(pulled)]
    return poles, weights, mp.fsum(weight * a**K for weight, a in zip(weights, poles, strict=True)).real


def best_ratio(T, K, place, alpha=1):
    """C/D with the best weights."""
    poles, weights, _ = best_weights(T, K, alpha)
    place = mpf(place.numerator) / place.denominator
    return mp.expjpi(place) * mp.fsum(b / (1 - a * mp.expjpi(-place / K)) for a, b in zip(poles, weights, strict=True))


def population_loss(parameters, poles, N, lag, ctx=mp):
    """Σ_{k<N} (c_k − 1{k=K})² for c_k = Re Σ γ_s p_s^k with γ = θ − iη: ½ Re Σ (γ_s γ_t G(p_s p_t) + γ_s γ̄_t G(p_s p̄_t)) − 2c_K + 1 with
    G(z) = (1 − z^N)/(1 − z). The parameters are θ_0, θ_1 …, η_1 …; the first pole is real; `ctx` does the arithmetic."""
    half = len(poles) - 1
    factors = [ctx.mpc(parameters[0]), *(ctx.mpc(parameters[s], -parameters[half + s]) for s in range(1, half + 1))]
    terms = list(zip(factors, poles, strict=True))
    energy = ctx.fsum((x * y * geometric(p * q, N) + x * ctx.conj(y) * geometric(p * ctx.conj(q), N)).real
                      for x, p in terms for y, q in terms)
    return energy / 2 - 2 * ctx.fsum((x * p**lag).real for x, p in terms) + 1


def geometric(z, N):
    """1 + z + … + z^{N−1}."""
    return (1 - z**N) / (1 - z)


def least_population_loss(poles, N, lag):
    """1 − y*A⁻¹y with the normal equations A θ = y: A_ij = Σ_{k<N} f_i(k) f_j(k) and y_i = f_i(K), f the responses of the parameters."""
    units = [(p, mp.mpc(1)) for p in poles] + [(p, mp.mpc(0, -1)) for p in poles[1:]]
    matrix = mp.matrix(len(units), len(units))
    for i, (p, x) in enumerate(units):
        for j, (q, y) in enumerate(units):
            matrix[i, j] = (x * y * geometric(p * q, N) + x * mp.conj(y) * geometric(p * mp.conj(q), N)).real / 2
    column = mp.matrix([(x * p**lag).real for p, x in units])
    return 1 - (mp.lu_solve(matrix, column).T * column)[0]


def turning(phases, K, ctx=mp):
    """The poles e^{−1/K} and e^{−1/K + iφ}."""
    return [ctx.exp(ctx.mpf(-1) / K) * ctx.expj(ctx.mpf(phase)) for phase in (0, *phases)]
