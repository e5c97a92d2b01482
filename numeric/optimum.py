"""The least loss over the weights of given poles, and the best weights, enclosed in balls; white or AR(1) input.

With γ(k) = ρ^{|k|} the filters k ↦ a_s^k have the Gram matrix

    (1 − ρ² a ā′)/((1 − a ā′)(1 − aρ)(1 − ā′ρ)) = E ((1−ρ²) C + ρ² 1 1ᵀ) E*,   C_{st} = 1/(1 − a_s ā_t),  E = diag(1/(1 − a_s ρ)),

and ⟨a_s^·, e_K⟩ = y_s/(1 − a_s ρ) with y_s = (a_s^{K+1}(1−ρ²) − ρ^{K+1}(1 − a_s ρ))/(a_s − ρ). A rank-one update of C is inverted from C⁻¹
(Sherman and Morrison), and C⁻¹ is known in closed form (`cauchy`). With τ = ρ²/(1−ρ²), u = C⁻¹1 and σ = u*y,

    1 − L = (⟨y, C⁻¹ y⟩ − τ|σ|²/(1 + τ(1 − Π|a_s|²)))/(1−ρ²),   ū_s = (−1)^{S−1} w_s Π_{k≠s} a_k,   1ᵀC⁻¹1 = 1 − Π|a_s|².

In a diagonal recurrence a repeated pole adds nothing: the span of the filters is that of the distinct poles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from flint import acb, arb, fmpz

from numeric.balls import adaptive
from numeric.cauchy import ZERO, inverse_of, product, spacing, values
from numeric.errors import refusal
from numeric.poles import Cartesian, Pole, cartesian_ball, exact, rational_ball, shown
from numeric.reference import Gaussian

SHIFT_LIMIT = 10**15
GENERAL_LIMIT, EVEN_LIMIT = 2048, 1 << 16  # poles; the general form keeps S²/2 balls
SAME_BITS = 1 << 16  # rationals larger than this are not compared exactly


@dataclass(frozen=True)
class Optimum:
    """loss: enclosure of the least loss. weights: one enclosure for each of `poles`, which are distinct.

    repeated: how many of the given poles were left out as repetitions. form: 'even' or 'general'."""

    poles: tuple[Pole, ...]
    loss: arb
    weights: list[acb] | None
    repeated: int
    form: str


def check_rho(where: str, rho) -> Fraction:
    """The coefficient of an AR(1) input as an exact rational in [0, 1), or a refusal."""
    value = Fraction(rho)
    if not 0 <= value < 1:
        raise refusal(where, "rho", "rho should satisfy 0 ≤ rho < 1", f"it is {shown(value)}", f"rho = {shown(value)}",
                      "pass the coefficient of a stationary AR(1) input, as in 3/10")
    return value


def _is(pole: Pole, value: Fraction) -> bool:
    """Whether the exact data of a pole name this rational; numbers too long to compare are taken for different."""
    if isinstance(pole, Cartesian):
        return pole.value == Gaussian(value)
    if pole.half_turns != 0 or pole.decay != 0 or value <= 0:
        return False
    root, n, d = pole.base, pole.exponent.numerator, pole.exponent.denominator
    bits = max(x.bit_length() for x in (*root.as_integer_ratio(), *value.as_integer_ratio()))
    return bits * max(abs(n), d) < SAME_BITS and root**n == value**d


def correlation(poles: Sequence[Pole], K: int, rho: Fraction, a: list[acb], powers) -> list[acb]:
    """y_s = (1 − a_s ρ)⟨a_s^·, e_K⟩ for every s; `powers(n)` gives a_s^n. For ρ = 0 it is a^K."""
    if rho == 0:
        return powers(K)
    r, last = rational_ball(rho), arb(rational_ball(rho)) ** fmpz(K + 1)
    white = 1 - r * r
    limit = acb(white * (K + 1) * last / r + r * last)  # the value at a_s = ρ
    out = []
    for pole, x, top in zip(poles, a, powers(K + 1), strict=True):
        gap = cartesian_ball(pole.value - Gaussian(rho)) if isinstance(pole, Cartesian) else x - r
        out.append(limit if _is(pole, rho) else (top * white - last * (1 - x * r)) / gap)
    return out


def _others(a: list[acb], zero: int | None) -> list[acb]:
    """Π_{k≠s} a_k for every s; at most one pole, number `zero`, vanishes."""
    if zero is None:
        every = product(a)
        return [every / x for x in a]
    return [product(a[:s] + a[s + 1:]) if s == zero else ZERO for s in range(len(a))]


def _evaluate(poles: Sequence[Pole], K: int, rho: Fraction, weights: bool) -> list[list]:
    """[[loss], weights] at the working precision, by the formulas above."""
    inverse = inverse_of(poles)
    w, a = inverse.w, inverse.a if rho else []
    q = list(map(mul, w, correlation(poles, K, rho, a, inverse.powers)))
    sums = inverse.apply(q)
    captured, b = sum(map(mul, q, sums), ZERO).real, list(map(mul, w, sums)) if weights else []
    if rho:
        r = rational_ball(rho)
        white = 1 - r * r
        zero = next((s for s, pole in enumerate(poles) if _is(pole, Fraction(0))), None)
        others, sign = _others(a, zero), -1 if len(a) % 2 == 0 else 1
        sigma = sign * sum(map(mul, others, q), ZERO)
        every = product(a)
        share = r * r / (white + r * r * (1 - (every * every.conjugate()).real))
        captured = (captured - share * (sigma * sigma.conjugate()).real) / white
        back = sigma.conjugate() * share * sign
        b = [(1 - x * r) / white * (y - back * other * z) for x, y, other, z in zip(a, b, others, w, strict=False)] if weights else []
    return [[1 - captured], b] if weights else [[1 - captured]]


def check_size(where: str, poles: Sequence[Pole]) -> None:
    """Refuse more poles than memory holds."""
    even = spacing(poles) is not None
    limit = EVEN_LIMIT if even else GENERAL_LIMIT
    if len(poles) > limit:
        kind = "evenly spaced" if even else "general"
        raise refusal(where, "order", f"S should be ≤ {limit} for {kind} poles", f"there are {len(poles)}", f"S = {len(poles)}",
                      f"take fewer poles (evenly spaced ones of one modulus: up to {EVEN_LIMIT})")


def optimum(poles, K: int, rho=0, digits: int = 30, weights: bool = True, limit: int | None = None) -> Optimum:
    """Enclosures of min_b L and of its minimiser; relative radius below 10^−digits (weights: relative to the largest).

    poles: exact, in the disk, repetitions and zero allowed. 0 ≤ K ≤ 10^15. rho: rational in [0, 1)."""
    where = "numeric.optimum"
    given = exact(poles)
    distinct, rho = tuple(dict.fromkeys(given)), check_rho(where, rho)
    if K > SHIFT_LIMIT:
        raise refusal(where, "shift", "K should be ≤ 10^15", f"it is {K}", f"K = {K}", "the bound 1 − S/(K+1) is within 1e-11 of 1 there")
    check_size(where, distinct)
    repeated, form = len(given) - len(distinct), "general" if spacing(distinct) is None else "even"
    zero = next((s for s, pole in enumerate(distinct) if _is(pole, Fraction(0))), None)
    if K == 0 and zero is not None:  # the filter of the pole zero is e_0 itself
        b = [acb(1 if s == zero else 0) for s in range(len(distinct))]
        return Optimum(distinct, arb(0), b if weights else None, repeated, form)
    groups = adaptive(lambda: _evaluate(distinct, K, rho, weights), digits, K, len(distinct), limit)
    return Optimum(distinct, groups[0][0], groups[1] if weights else None, repeated, form)


def captured(poles, K: int, rho=0, digits: int = 30, limit: int | None = None) -> arb:
    """Enclosure of 1 − min_b L, narrower than 10^−digits relative to itself, however small; poles and input as for `optimum`."""
    found = optimum(poles, K, rho, 1, weights=False, limit=limit)  # refuses what cannot be, and leaves repetitions out
    if found.loss.is_exact() and found.loss == 0:
        return arb(1)
    return adaptive(lambda: [[1 - _evaluate(found.poles, K, check_rho("numeric.optimum", rho), False)[0][0]]], digits, K,
                    len(found.poles), limit)[0][0]


def loss_of(poles, weights, K: int, rho=0, digits: int = 30) -> arb:
    """Enclosure of the loss of given exact poles and weights, in O(S²); poles may repeat.

    weights: Gaussian rationals, or a function without arguments that returns balls at the working precision.

    L = 1 + (1−ρ²) Σ β_s β̄_t/(1 − a_s ā_t) + ρ²|Σ β_s|² − 2 Re Σ β_s y_s with β_s = b_s/(1 − a_s ρ)."""
    poles, rho = exact(poles), check_rho("numeric.optimum", rho)

    def evaluate() -> list[list[arb]]:
        a, r = values(poles), rational_ball(rho)
        b = list(map(acb, weights())) if callable(weights) else list(map(cartesian_ball, weights))
        bar = [x.conjugate() for x in a]
        beta = [x / (1 - y * r) for x, y in zip(b, a, strict=True)] if rho else b
        energy, mirror = arb(0), [x.conjugate() for x in beta]
        for s, x in enumerate(a):
            rest = sum((mirror[t] / (1 - x * bar[t]) for t in range(s + 1, len(a))), ZERO)
            own = (beta[s] * mirror[s]).real / (1 - x * bar[s]).real
            energy += own + 2 * (beta[s] * rest).real
        y = correlation(poles, K, rho, a, lambda n: values(poles, n))
        whole = sum(beta, ZERO)
        level = (1 - r * r) * energy + r * r * (whole * whole.conjugate()).real
        return [[1 + level - 2 * sum(map(mul, beta, y), ZERO).real]]

    return adaptive(evaluate, digits, K, len(poles))[0][0]
