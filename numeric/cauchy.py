"""The inverse of the Gram matrix C_{st} = 1/(1 − a_s ā_t) in balls, by Cauchy's closed form: C⁻¹ needs no elimination.

    w_s = Π_k (1 − a_s ā_k) / Π_{k≠s} (a_s − a_k),   ⟨y, C⁻¹ y⟩ = Σ_{s,t} q_s q̄_t / (1 − a_s ā_t)   with q = w y,
    (C⁻¹ y)_s = conj( w_s Σ_t q̄_t / (1 − a_s ā_t) ).

`General` works for any distinct poles in O(S²); `Even` for poles of one modulus, evenly spaced in angle, where a_s ā_t depends on
s − t alone, the products telescope and the double sum is a correlation: O(S) and one multiplication of polynomials. Both give
`a`, `w`, `powers(n)` and `apply(q)` at the working precision of the moment they are made; nothing is cached beyond it.
Products are balanced trees, and differences that cancel are formed by sinh and expm1, so few digits are lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import mul

from flint import acb, acb_poly, arb, fmpq

from numeric.poles import Cartesian, Polar, Pole, cartesian_ball, power_ball
from numeric.reference import Gaussian

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


def half_plane(pole: Pole) -> acb:
    """Enclosure of p = (1 − a)/(1 + a), Re p > 0, as accurate next to a = 1 and a = −1 as elsewhere."""
    if isinstance(pole, Cartesian):
        return cartesian_ball(Gaussian(1) - pole.value) / cartesian_ball(Gaussian(1) + pole.value)
    size, turns = size_log(pole), pole.data[0]
    sine, cosine = arb.sin_pi_fmpq(turns), arb.cos_pi_fmpq(turns / 2)
    return -acb(size.sinh(), sine) / (2 * ((size / 2).sinh() ** 2 + cosine * cosine))


class Block:
    """Some of the numbers p: their centre c, and Π (z − p_t) as a polynomial in z − c. The mirror image is Π (z + p̄_t) in z + c̄."""

    def __init__(self, p: list[acb]):
        self.p, self.centre = p, acb((sum(p, ZERO) / len(p)).mid())
        self.roots = [x - self.centre for x in p]
        self.polynomial = acb_poly.from_roots(self.roots)
        self.mirrored = [-x.conjugate() for x in self.roots]
        self.mirror = acb_poly.from_roots(self.mirrored)

    def at(self, z: list[acb]) -> list[acb]:
        """Π_t (z − p_t)."""
        return self.polynomial.evaluate([x - self.centre for x in z], algorithm="iter")

    def mirror_at(self, z: list[acb], polynomial: acb_poly | None = None) -> list[acb]:
        """Π_t (z + p̄_t), or another polynomial in z + c̄."""
        bar = self.centre.conjugate()
        return (self.mirror if polynomial is None else polynomial).evaluate([x + bar for x in z], algorithm="iter")

    def numerator(self, g: list[acb]) -> acb_poly:
        """Σ_t g_t Π_{k≠t} (z + p̄_k), the numerator of Σ_t g_t/(z + p̄_t), in z + c̄."""
        parts = [(acb_poly([x]), acb_poly([-root, 1])) for x, root in zip(g, self.mirrored, strict=True)]
        while len(parts) > 1:
            pairs = [(top * low + other * bottom, bottom * low)
                     for (top, bottom), (other, low) in zip(parts[::2], parts[1::2])]
            parts = pairs + parts[len(pairs) * 2:]
        return parts[0][0]


class General:
    """Distinct poles anywhere in the disk, in the half-plane of p = (1 − a)/(1 + a), where sums and differences take the place of products:

        1 − a ā′ = 2(p + p̄′)/((1 + p)(1 + p̄′)),   a − a′ = 2(p′ − p)/((1 + p)(1 + p′)),
        w_s = (−1)^{S−1} 2 (1 + p_s)^{−2} V/V̄ · Π_k (p_s + p̄_k) / Π_{k≠s} (p_s − p_k),   V = Π_k (1 + p_k).

    Neighbours are taken in blocks: a product over a block is a polynomial, evaluated at all points in one call about the centre of the
    block; a sum over a block is a quotient of two. S²/16 numbers are kept."""

    SIZE = 16  # poles in a block: larger ones lose digits, smaller ones make more products

    def __init__(self, poles: Sequence[Pole]):
        self.poles, S = poles, len(poles)
        p = [half_plane(pole) for pole in poles]
        self.order = sorted(range(S), key=lambda s: float(p[s].imag.mid()))
        self.p = [p[s] for s in self.order]
        self.blocks = [Block(self.p[low:low + self.SIZE]) for low in range(0, S, self.SIZE)]
        self.sums = [block.mirror_at(self.p) for block in self.blocks]
        differences = [block.at(self.p) for block in self.blocks]
        for j, block in enumerate(self.blocks):
            for i, x in enumerate(block.p):  # the factor of the pole itself is left out
                differences[j][j * self.SIZE + i] = product([x - y for k, y in enumerate(block.p) if k != i])
        every = product([1 + x for x in self.p])
        turn = (-2 if S % 2 == 0 else 2) * every / every.conjugate()
        above, below = [list(map(product, zip(*rows, strict=True))) for rows in (self.sums, differences)]
        self.w = self._as_given([turn * top / (bottom * (1 + x) ** 2) for x, top, bottom in zip(self.p, above, below, strict=True)])

    def _as_given(self, values: list[acb]) -> list[acb]:
        out = [ZERO] * len(values)
        for s, value in zip(self.order, values, strict=True):
            out[s] = value
        return out

    @property
    def a(self) -> list[acb]:
        """The poles."""
        return values(self.poles)

    def powers(self, n: int) -> list[acb]:
        """a_s^n, n ≥ 0."""
        return values(self.poles, n)

    def apply(self, q: list[acb]) -> list[acb]:
        """Σ_t q̄_t/(1 − a_s ā_t), for every s."""
        g = [q[t].conjugate() * (1 + x.conjugate()) for t, x in zip(self.order, self.p, strict=True)]
        parts = []
        for j, (block, bottoms) in enumerate(zip(self.blocks, self.sums, strict=True)):
            tops = block.mirror_at(self.p, block.numerator(g[j * self.SIZE:(j + 1) * self.SIZE]))
            parts.append([top / bottom for top, bottom in zip(tops, bottoms, strict=True)])
        return self._as_given([(1 + x) / 2 * sum(row, ZERO) for x, row in zip(self.p, zip(*parts, strict=True), strict=True)])


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
