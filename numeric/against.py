"""The least loss by five routes that share no formula with `cauchy`, each an interval of its own, to hold against an enclosure.

`mpmath_lu`     Gram matrix, LU in mpmath at twice the digits (no error bound; twice the digits leave room)
`arb_solve`     Gram matrix, verified solve in balls
`cascade`       projection on the orthonormal Takenaka–Malmquist basis, run as a cascade of all-pass sections: no Gram matrix
`time_domain`   Σ_{k,l} e_k ē_l ρ^{|k−l|} over the impulse response of the best filter, with a bound of the tail
`frequency`     the trapezoid rule for (1/2π)∫|C − D|²Γ, with a bound of what it aliases

The last two take the best weights from the verified solve. Error of the weights enters squared, and the balls carry it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import acb, acb_mat, arb, ctx

from numeric.balls import DIGIT
from numeric.errors import PrecisionExhausted
from numeric.multiprecision import _context
from numeric.poles import Pole, power_ball, rational_ball, to_acb, to_mpc

WORK = 12_000_000  # multiplications a route may cost before it is left out
SOLVE = 192  # poles the cubic routes take


@dataclass(frozen=True)
class Problem:
    """min over b of the loss of distinct poles a at shift K under γ(k) = ρ^{|k|}, wanted to `digits` digits."""

    poles: Sequence[Pole]
    K: int
    rho: Fraction
    digits: int

    @property
    def bits(self) -> int:
        """Twice the digits, and room for what elimination loses."""
        S = len(self.poles)
        return math.ceil((2 * self.digits + math.log10(self.K + 1) + 12 + 0.4 * S) * DIGIT) + 64


class TooLong(Exception):
    """The route would cost more than `WORK`; the message says how much."""


def _afford(cost: float, what: str) -> None:
    if cost > WORK:
        raise TooLong(f"not run: {what}")


def _grown(radius: float) -> arb:
    """The ball 0 ± radius, radius a power of two above the bound given as a log₂."""
    return arb(mid=(0, 0), rad=(1, math.ceil(radius) + 1))


def _middle(x: acb) -> tuple[acb, arb]:
    """(midpoint, bound of the distance from it). Boxes turned at every step would grow by √2 each time; a midpoint carried on, its
    distance added to one running total, does not, because |a_s| < 1 and the sections of the cascade are rotations."""
    return x.mid(), x.real.rad() + x.imag.rad()


def _around(x: acb, error: arb) -> acb:
    """The box of points within `error` of x."""
    reach = arb(mid=(0, 0), rad=error.upper().man_exp())
    return x + acb(reach, reach)


def mpmath_lu(p: Problem) -> arb:
    """1 − v* G⁻¹ v with G_{st} = Σ a_s^k ā_t^l ρ^{|k−l|} and v_s = Σ_k a_s^k ρ^{|k−K|}, each a sum of geometric series."""
    _afford(WORK * (len(p.poles) / SOLVE) ** 3, f"elimination of {len(p.poles)} unknowns in mpmath")
    mp = _context(math.ceil(p.bits / DIGIT))
    a = [to_mpc(pole, mp) for pole in p.poles]
    r = mp.mpf(p.rho.numerator) / p.rho.denominator
    G = mp.matrix([[(1 + s * r / (1 - s * r) + mp.conj(t) * r / (1 - mp.conj(t) * r)) / (1 - s * mp.conj(t)) for t in a] for s in a])
    v = mp.matrix([_correlation(s, r, p.K) for s in a])
    b = mp.lu_solve(G, v)
    value = 1 - mp.fsum(mp.conj(x) * y for x, y in zip(v, b, strict=True)).real
    sign, mantissa, exponent, _ = value._mpf_
    return arb(mid=(-mantissa if sign else mantissa, exponent), rad=(0, 0))


def _correlation(a, r, K: int):
    """Σ_{k≤K} a^k r^{K−k} + Σ_{k>K} a^k r^{k−K}, in the field of a and r."""
    head = a**K if r == 0 else (a ** (K + 1) - r ** (K + 1)) / (a - r) if a != r else (K + 1) * r**K
    return head + a ** (K + 1) * r / (1 - a * r)


def _best(p: Problem) -> tuple[list[acb], list[acb], acb]:
    """(a, v, b) in balls at the present precision, b by verified elimination."""
    a, r = [to_acb(pole) for pole in p.poles], rational_ball(p.rho)
    G = acb_mat([[(1 + s * r / (1 - s * r) + (t * r / (1 - t * r)).conjugate()) / (1 - s * t.conjugate()) for t in a] for s in a])
    if p.rho:
        v = [_correlation_ball(x, r, p.K) for x in a]
    else:
        v = [power_ball(pole, p.K) for pole in p.poles]
    solved = G.solve(acb_mat([[x] for x in v]))
    return a, v, [solved[s, 0].conjugate() for s in range(len(a))]


def _correlation_ball(a: acb, r: arb, K: int) -> acb:
    gap = a - r
    if gap.contains(0):
        _afford(K, "a pole at ρ and a long shift")
        head = sum((a**k * r ** (K - k) for k in range(K + 1)), acb(0))
    else:
        head = (a ** (K + 1) - r ** (K + 1)) / gap
    return head + a ** (K + 1) * r / (1 - a * r)


def arb_solve(p: Problem) -> arb:
    _afford(WORK * (len(p.poles) / SOLVE / 2) ** 3, f"elimination of {len(p.poles)} unknowns in balls")
    with ctx.workprec(p.bits):
        _, v, b = _best(p)
        return 1 - sum((x * y for x, y in zip(v, b, strict=True)), acb(0)).real


def cascade(p: Problem) -> arb:
    """1 − ‖P t‖² for the delayed sequence t_k = √(1−ρ²) ρ^{k−K}, k ≥ K, which stands for e_K after whitening.

    White input: Σ_s |φ_s[K]|². AR(1): whitening divides by 1 − ρz, so the filters span the f = p/Π(1 − a_s z)(1 − ρz) with
    deg p < S: those in the space of the poles a_1 … a_S, ρ whose z f(z) vanishes at infinity; the component along the one
    function that this removes is taken away again."""
    a_count, tail = len(p.poles) + (p.rho > 0), 0
    if p.rho:
        tail = math.ceil(p.bits / -math.log2(p.rho))
    steps = p.K + 1 + tail
    _afford(2 * steps * a_count, f"{steps} samples through {a_count} sections")
    with ctx.workprec(p.bits + 64):
        a = [to_acb(pole) for pole in p.poles] + ([acb(rational_ball(p.rho))] if p.rho else [])
        d = [(1 - (x * x.conjugate()).real).sqrt() for x in a]
        bar, x = [y.conjugate() for y in a], [acb(0)] * len(a)
        r, weight, inner, error = rational_ball(p.rho), arb(1), [acb(0)] * len(a), arb(0)
        for k in range(steps):
            v = acb(1 if k == 0 else 0)
            for s in range(len(a)):
                before = x[s]
                x[s], first = _middle(a[s] * before + d[s] * v)
                v, second = _middle(d[s] * before - bar[s] * v)
                error += first + second
            if k >= p.K:
                inner = [y + _around(z, error) * weight for y, z in zip(inner, x, strict=True)]
                weight = weight * r
        energy = sum(((y * y.conjugate()).real for y in inner), arb(0))
        if not p.rho:
            return 1 - energy
        at_infinity = []  # of z φ_s(z), times Π a: −d_s Π_{j<s} (−1) Π_{j>s} a_j
        for s in range(len(a)):
            value = acb(-d[s] * (-1) ** s)
            for later in a[s + 1:]:
                value *= later
            at_infinity.append(value)
        along = sum((y.conjugate() * z for y, z in zip(inner, at_infinity, strict=True)), acb(0))
        size = sum(((y * y.conjugate()).real for y in at_infinity), arb(0))
        value = 1 - (1 - r * r) * (energy - (along * along.conjugate()).real / size)
        cut = math.log2(2 * len(a)) + 2 * math.log2(1 / (1 - p.rho)) + tail * math.log2(p.rho)
        return value + _grown(cut + 1)  # |φ_s[k]| ≤ 1: what ρ^{tail} leaves, twice, squared and crossed


def _decay(p: Problem, a: list[acb]) -> float:
    """A double above max(|a_s|, ρ), below 1."""
    largest = max([float(abs(x).upper()) for x in a] + [float(p.rho)])
    return largest * (1 + 2**-50) if largest else 2.0**-60


def _memory(p: Problem, a: list[acb], cap: str) -> tuple[int, float]:
    """(N, log₂ r) with r^N below 2^−bits; refuses when that is too long to run."""
    r = _decay(p, a)
    if r >= 1:
        raise TooLong(f"not run: {cap} next to the unit circle")
    N = p.K + 2 + math.ceil((p.digits * 2 * DIGIT + 64) / -math.log2(r) + 4 * math.log2(1 / (1 - r)) / -math.log2(r))
    _afford(2 * N * len(a), f"{N} {cap} of {len(a)} poles")
    return N, math.log2(r)


def time_domain(p: Problem) -> arb:
    """Samples 0 … N−1 of e = c − d in one pass; |e_k| ≤ B r^k beyond, B = Σ|b_s|, so that what is cut off is at most
    2 B r^N/(1−r) · (1+B)(1+ρ)/(1−ρ)."""
    with ctx.workprec(p.bits + 64):
        _afford(WORK * (len(p.poles) / SOLVE / 2) ** 3, "the weights")
        a, _, b = _best(p)
        N, slope = _memory(p, a, "samples")
        r, v, total = rational_ball(p.rho), acb(0), arb(0)
        x, error = [], arb(0)
        for y in b:
            middle, far = _middle(y)
            x.append(middle)
            error += far
        for k in range(N):
            e = _around(sum(x, acb(-1 if k == p.K else 0)), error)
            v = v * r + e
            total += 2 * (e.conjugate() * v).real - (e * e.conjugate()).real
            for s, pole in enumerate(a):
                x[s], far = _middle(x[s] * pole)
                error += far
        B = math.log2(float(sum((abs(y) for y in b), arb(0)).upper()) + 1)
        cut = 2 + 2 * B + N * slope - math.log2(1 - 2**slope) + 1 - math.log2(1 - p.rho)
        return total + _grown(cut)


def frequency(p: Problem) -> arb:
    """N nodes. With g = √(1−ρ²) (e after 1/(1−ρz)), |g_k| ≤ (B(k+1)+1) r^{k−K} for k ≥ N, B = Σ|b_s|, |g_k| ≤ (1+B)/(1−ρ)
    everywhere; the rule adds what is N, 2N, … samples apart: at most 4 (1+B)² r^{N−K} (N+1)²/((1−ρ)(1−r)³)."""
    with ctx.workprec(p.bits + 64):
        _afford(WORK * (len(p.poles) / SOLVE / 2) ** 3, "the weights")
        a, _, b = _best(p)
        N, slope = _memory(p, a, "nodes")
        N = 2 * N + math.ceil(2 * math.log2(2 * N + 1) / -slope)
        _afford(4 * N * len(a), f"{N} nodes of {len(a)} poles")
        r, total = rational_ball(p.rho), arb(0)
        for j in range(N):
            z = acb(_part(-2 * j, N)).exp_pi_i()
            response = sum((y / (1 - x * z) for x, y in zip(a, b, strict=True)), acb(0))
            gap = response - acb(_part(-2 * (j * p.K % N), N)).exp_pi_i()
            share = 1 - z * r
            total += (1 - r * r) * (gap * gap.conjugate()).real / (share * share.conjugate()).real
        B = math.log2(float(sum((abs(y) for y in b), arb(0)).upper()) + 1)
        rest = 2 + 2 * B + (N - p.K) * slope + 2 * math.log2(N + 1) - math.log2(1 - p.rho) - 3 * math.log2(1 - 2**slope)
        return total / N + _grown(rest + 1)


def _part(n: int, d: int) -> arb:
    return rational_ball(Fraction(n, d))


ROUTES: dict[str, Callable[[Problem], arb]] = {
    "mpmath_lu": mpmath_lu, "arb_solve": arb_solve, "cascade": cascade, "time_domain": time_domain, "frequency": frequency,
}


def inside(value: arb, lower: Fraction, upper: Fraction) -> bool | None:
    """True: the ball lies in [lower, upper]. False: it lies outside. None: it sticks out, so nothing is said."""
    with ctx.workprec(1 << 15):
        low, high = rational_ball(lower), rational_ball(upper)
        if (value >= low) is True and (value <= high) is True:
            return True
        return False if (value < low) is True or (value > high) is True else None


def compare(poles: Sequence[Pole], K: int, rho: Fraction, digits: int, lower: Fraction, upper: Fraction) -> list[dict]:
    """One row for each route: value, whether it lies in [lower, upper], seconds, or why it was not run."""
    rows = []
    for name, route in ROUTES.items():
        started, value, note = time.perf_counter(), None, ""
        try:
            value = route(Problem(poles, K, rho, digits))
            if not value.is_finite():
                value, note = None, "not decided at this precision"
        except TooLong as reason:
            note = str(reason)
        except (ZeroDivisionError, PrecisionExhausted):
            note = "singular at this precision"
        verdict = None if value is None else inside(value, lower, upper)
        rows.append({"route": name, "value": None if value is None else value.str(digits + 3, radius=False), "inside": verdict,
                     "seconds": time.perf_counter() - started, "note": note})
    return rows
