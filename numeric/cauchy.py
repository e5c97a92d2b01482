"""The inverse of the Gram matrix C_{st} = 1/(1 − a_s ā_t) in balls, by Cauchy's closed form: C⁻¹ needs no elimination.

    w_s = Π_k (1 − a_s ā_k) / Π_{k≠s} (a_s − a_k),   ⟨y, C⁻¹ y⟩ = Σ_{s,t} q_s q̄_t / (1 − a_s ā_t)   with q = w y,
    (C⁻¹ y)_s = conj( w_s Σ_t q̄_t / (1 − a_s ā_t) ).

`General` works for any distinct poles in O(S²); `Even` for poles of one modulus, evenly spaced in angle, where a_s ā_t depends on
s − t alone, the products telescope and the double sum is a correlation: O(S) and one multiplication of polynomials. Both give
`a`, `w`, `powers(n)`, `quadratic(q)` and `apply(q)` at the working precision of the moment they are made; nothing is cached beyond it.
Products are balanced trees, and differences that cancel are formed by expm1, so few digits are lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import mul

from flint import acb, acb_poly, arb, fmpq

from numeric.poles import Polar, Pole, cartesian_ball, power_ball

ZERO, ONE = acb(0), acb(1)


def product(factors: Sequence[acb]) -> acb:
    """Π of the factors by a balanced tree; 1 when there are none."""
    factors = list(factors) or [ONE]
    while len(factors) > 1:
        pairs = list(map(mul, factors[::2], factors[1::2]))
        factors = pairs + factors[len(pairs) * 2:]
    return factors[0]


def prefixes(factors: list[acb]) -> list[acb]:
    """x_0, x_0 x_1, x_0 x_1 x_2, … in trees of depth 2 log₂ n: 2n multiplications."""
    if len(factors) < 2:
        return list(factors)
    pairs = prefixes(list(map(mul, factors[::2], factors[1::2])))
    return [factors[0], *(pairs[j // 2] if j % 2 else pairs[j // 2 - 1] * factors[j] for j in range(1, len(factors)))]


def geometric(ratio: acb, count: int) -> list[acb]:
    """1, x, …, x^{count−1}, each from squares: log₂ count roundings deep."""
    out = [ONE, ratio]
    for j in range(2, count):
        half = out[j // 2]
        out.append(half * half * ratio if j % 2 else half * half)
    return out[:count]


def size_log(pole: Polar) -> arb:
    """Enclosure of log|a| ≤ 0."""
    _, decay, base, exponent = pole.data
    return arb(-decay) + (arb(exponent) * arb(base).log() if exponent and base != 1 else 0)


def direction(half_turns: fmpq) -> acb:
    """Enclosure of e^{iπ·half_turns}; the angle is reduced exactly first."""
    sine, cosine = arb.sin_cos_pi_fmpq(half_turns - 2 * (half_turns / 2).floor())
    return acb(cosine, sine)


def values(poles: Sequence[Pole], n: int = 1) -> list[acb]:
    """Enclosures of a_s^n, n ≥ 0; a modulus that many polar poles share is computed once."""
    sizes, out = {}, []
    for pole in poles:
        if isinstance(pole, Polar):
            turns, *modulus = pole.data
            key = tuple(modulus)
            if key not in sizes:
                sizes[key] = (size_log(pole) * n).exp()
            out.append(direction(turns * n) * sizes[key])
        else:
            out.append(cartesian_ball(pole.value) if n == 1 else power_ball(pole, n))
    return out


class General:
    """Distinct poles anywhere in the disk. Only the upper triangle of 1 − a_s ā_t is formed: the matrix is Hermitian."""

    def __init__(self, poles: Sequence[Pole]):
        self.poles, self.a = poles, values(poles)
        conjugates = [x.conjugate() for x in self.a]
        self.defects = [[ONE - x * y for y in conjugates[s:]] for s, x in enumerate(self.a)]
        self.w = [self._weight(s) for s in range(len(self.a))]
        self._inverses: list[list[acb]] | None = None

    def _weight(self, s: int) -> acb:
        a, x = self.a, self.a[s]
        left = product([self.defects[k][s - k] for k in range(s)]).conjugate()
        return left * product(self.defects[s]) / product([x - y for k, y in enumerate(a) if k != s])

    @property
    def inverses(self) -> list[list[acb]]:
        """1/(1 − a_s ā_t) for t ≥ s; they take the place of the defects."""
        if self._inverses is None:
            self._inverses, rows = [], self.defects
            for s, row in enumerate(rows):
                self._inverses.append([ONE / x for x in row])
                rows[s] = []
        return self._inverses

    def powers(self, n: int) -> list[acb]:
        """a_s^n, n ≥ 0."""
        return values(self.poles, n)

    def quadratic(self, q: list[acb]) -> arb:
        """Σ_{s,t} q_s q̄_t/(1 − a_s ā_t), a real number."""
        bar, diagonal, rest = [x.conjugate() for x in q], arb(0), ZERO
        for s, row in enumerate(self.inverses):
            diagonal += (q[s] * bar[s]).real * row[0].real
            rest += q[s] * sum(map(mul, bar[s + 1:], row[1:]), ZERO)
        return diagonal + 2 * rest.real

    def apply(self, q: list[acb]) -> list[acb]:
        """Σ_t q̄_t/(1 − a_s ā_t), for every s."""
        rows, bar = self.inverses, [x.conjugate() for x in q]
        out = [sum(map(mul, bar[s:], row), ZERO) for s, row in enumerate(rows)]
        for t in range(len(q)):
            out[t] += sum((q[s] * rows[s][t - s] for s in range(t)), ZERO).conjugate()
        return out


def spacing(poles: Sequence[Pole]) -> fmpq | None:
    """The step in half-turns when the poles have one modulus and evenly spaced angles, by their exact data; else None."""
    if len(poles) < 2 or not all(isinstance(pole, Polar) for pole in poles):
        return None
    first, step = poles[0].data, poles[1].data[0] - poles[0].data[0]
    if any(pole.data[1:] != first[1:] for pole in poles[2:]) or poles[1].data[1:] != first[1:]:
        return None
    turns = [pole.data[0] for pole in poles]
    whole = all(((y - x - step) / 2).denom() == 1 for x, y in pairwise(turns))
    return step if whole else None


class Even:
    """a_s = a_0 z^s, |z| = 1. With f_m = 1 − |a|² z^m and g_m = 1 − z^m,

        w_s = f_0 a_s^{−(S−1)} X_s conj(X_{S−1−s}),   X_j = Π_{m=1}^{j} f_m / ḡ_m,

    because Π_k (1 − a_s ā_k) runs over f_{s−k}, f_{−m} = conj f_m, and a_s − a_k = a_s g_{k−s}. z^m − 1 comes from
    (1+x)(1+y) − 1 = x + y + xy, which keeps relative accuracy however small the step is."""

    def __init__(self, poles: Sequence[Polar], step: fmpq):
        S, self.pole, self.step = len(poles), poles[0], step
        self.log, self.turns = size_log(poles[0]), poles[0].data[0]
        shrink = (2 * self.log).expm1()  # |a|² − 1
        unit = self._less_one(step)
        rise = [ZERO, unit]  # z^m − 1
        for j in range(2, S):
            half = rise[j // 2]
            double = half * (half + 2)
            rise.append(double + unit + double * unit if j % 2 else double)
        gap, size = acb(-shrink), 1 + shrink
        f = [gap - x * size for x in rise]
        self.h = [ONE / x for x in f]
        X = prefixes([ONE, *(x / (-y).conjugate() for x, y in zip(f[1:], rise[1:]))])
        down = self._powers(1 - S, S)
        self.w = [f[0] * down[s] * X[s] * X[S - 1 - s].conjugate() for s in range(S)]
        self._a: list[acb] | None = None

    @staticmethod
    def _less_one(step: fmpq) -> acb:
        """z − 1 = 2i sin(πstep/2) e^{iπstep/2}."""
        sine, cosine = arb.sin_cos_pi_fmpq(step / 2)
        return acb(-2 * sine * sine, 2 * sine * cosine)

    def _powers(self, n: int, S: int) -> list[acb]:
        start = direction(self.turns * n) * (self.log * n).exp()
        return [start * x for x in geometric(direction(self.step * n), S)]

    @property
    def a(self) -> list[acb]:
        """The poles."""
        if self._a is None:
            self._a = self._powers(1, len(self.w))
        return self._a

    def powers(self, n: int) -> list[acb]:
        """a_s^n, n ≥ 0."""
        return self._powers(n, len(self.w))

    def quadratic(self, q: list[acb]) -> arb:
        """Σ_m h_m Σ_t q_{t+m} q̄_t, h_{−m} = conj h_m: one product of polynomials."""
        S = len(q)
        lagged = (acb_poly(q) * acb_poly([x.conjugate() for x in reversed(q)])).coeffs()
        lagged += [ZERO] * (2 * S - 1 - len(lagged))
        rest = sum(map(mul, self.h[1:], lagged[S:]), ZERO)
        return (self.h[0] * lagged[S - 1]).real + 2 * rest.real

    def apply(self, q: list[acb]) -> list[acb]:
        """Σ_t q̄_t h_{s−t}, for every s."""
        S = len(q)
        kernel = [x.conjugate() for x in reversed(self.h[1:])] + self.h
        out = (acb_poly([x.conjugate() for x in q]) * acb_poly(kernel)).coeffs()
        out += [ZERO] * (2 * S - 1 - len(out))
        return out[S - 1:2 * S - 1]


def inverse_of(poles: Sequence[Pole]) -> General | Even:
    """The cheapest form that fits the poles, which must be distinct."""
    step = spacing(poles)
    return General(poles) if step is None else Even(poles, step)
