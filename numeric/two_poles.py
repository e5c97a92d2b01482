"""The largest energy that two poles capture at lag K, bounded over all poles in the disk by branch and bound in balls.

For poles a, a′ of moduli r₁, r₂ and angle θ apart, with h_n = Σ_{i+j=n} a^i a′^j,

    F_K = p₁ + p₂ + (1 − r₁²)(1 − r₂²)(|h_{K−1}|² − |h_K|²),   p_i = (1 − r_i²) r_i^{2K}

(UP.S1+); repeated poles, as limits of distinct ones, are included. A rotation changes nothing, so three real numbers are left:
u_i = r_i^K in [0, 1] and φ = Kθ in [0, Kπ]. F_K is the same for (u₁, u₂) and (u₂, u₁), so u₂ ≤ u₁ is enough. No other symmetry is
assumed. With n = K(1 − r²), D = K²|a − a′|²,

    (A)  K F_K = p₁ + p₂ + (n₁n₂(p₁ + p₂) − 2 n₁u₁ n₂u₂ (s cos φ + w sin φ))/D     p = n u²,  s = K(1 − r₁r₂ cos θ),  w = K r₁r₂ sin θ
    (B)  K F_K = p₁ + n₂|n₁ h_{K−1}/K − ā a′^K|²

    (C)  K F_K ≤ p₁ + (n₁u₁ √n₂/(K(r₁ − r₂)) + √p₂)²                               √n₂/(r₁ − r₂) grows with r₂ < r₁
    (D)  K F_K ≤ p₁ + (max(√8 √n₁, √2 n₁^{3/2}) r₁^{K−1} + √p₂)²                    (C) for r₂ ≤ r₁², |h_{K−1}| ≤ K r₁^{K−1} otherwise

(A) is evaluated in balls as it stands and in the mean value form about the midpoint of a box, (B) with h_{K−1} within
|∂h_{K−1}| ≤ K(K−1)/2 max r^{K−2} of its value at the midpoint, (C) and (D) where a modulus is small. The smallest of these bounds counts.

K = None is the limit K → ∞ of K F_K with r = e^{−x/K}: n = 2x, s = x₁ + x₂, w = φ, D = (x₁ − x₂)² + φ², h_{K−1}/K an integral.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from flint import acb, arb, ctx, fmpq

PREC = 80
EVERY = 2000  # boxes between two reports of progress
INFINITE = arb("inf")


@dataclass(frozen=True)
class Side:
    """One modulus over lo ≤ u ≤ hi: balls for r, n, x = −K log r, and for n u², n u, √n r^{K−1}, n^{3/2} r^{K−1} (hulls over the interval).

    ends: r and n at hi, where n is smallest. x and n may be infinite in the limit K = None."""

    u: arb
    r: arb
    n: arb
    x: arb
    p: arb
    m: arb
    root: arb
    cube: arb
    r_hi: arb
    n_hi: arb
    x_hi: arb


@dataclass(frozen=True)
class Cover:
    """upper: every box of the cover of all pole pairs is below it. boxes: how many were evaluated; reached: whether the target was."""

    upper: arb
    boxes: int
    reached: bool


def ball(lo, hi) -> arb:
    return arb(lo).union(arb(hi))


def exact(x: Fraction) -> arb:
    return arb(fmpq(x.numerator, x.denominator))


def greatest(values) -> arb:
    """The largest upper end; infinite or undefined balls count as infinite."""
    top = None
    for value in values:
        end = value.upper() if value.is_finite() else INFINITE
        top = end if top is None or (end > top) is True else top
    return top


def least(values) -> arb:
    """The smallest upper end."""
    top = INFINITE
    for value in values:
        end = value.upper() if value.is_finite() else INFINITE
        top = end if (end < top) is True else top
    return top


class Energy:
    """K F_K for two poles over boxes (u₁, u₂, v) with dyadic ends; K = None is the limit. v in [0, 1] with φ = min(4v/(1 − v), Kπ)."""

    def __init__(self, K: int | None):
        self.K, self.e = K, (arb(0) if K is None else 1 / arb(K))
        self.side, self.angle, self.end = (lru_cache(1 << 16)(f) for f in (self._side, self._angle, self._end))
        self.peaks = self._peaks()

    def _peaks(self) -> dict[str, arb]:
        """u where n u², n u, √n r^{K−1} and n^{3/2} r^{K−1} are largest: (1 − t)^c t^d, t = r², at t = d/(c+d)."""
        if self.K is None:
            return {name: (-arb(x)).exp() for name, x in (("p", 0.5), ("m", 1), ("root", 0.5), ("cube", 1.5))}
        K, out = self.K, {}
        for name, c, d in (("p", 1, K), ("m", 1, Fraction(K, 2)), ("root", Fraction(1, 2), Fraction(K - 1, 2)),
                           ("cube", Fraction(3, 2), Fraction(K - 1, 2))):
            out[name] = exact(Fraction(d) / (c + d)) ** (arb(K) / 2)
        return out

    def _point(self, u: arb) -> dict[str, arb]:
        """The quantities of `Side` at one u ≥ 0 (a ball around one number)."""
        if (u == 0) is True:
            n = INFINITE if self.K is None else arb(self.K)
            zero = arb(0)
            lag = n.sqrt() if self.K == 1 else zero
            cube = n * n.sqrt() if self.K == 1 else zero
            return {"r": arb(1) if self.K is None else zero, "n": n, "x": INFINITE, "p": zero, "m": zero, "root": lag, "cube": cube}
        x = -u.log()
        x = x if (x >= 0) is True else arb(0).union(x.abs_upper())
        r = arb(1) if self.K is None else (-x * self.e).exp()
        n = 2 * x if self.K is None else -self.K * (-2 * x * self.e).expm1()
        power = u / r
        return {"r": r, "n": n, "x": x, "p": n * u * u, "m": n * u, "root": n.sqrt() * power, "cube": n * n.sqrt() * power}

    def _end(self, u: float) -> dict[str, arb]:
        return self._point(arb(u))

    def _side(self, lo: float, hi: float) -> Side:
        a, b = self.end(lo), self.end(hi)
        hull = {name: a[name].union(b[name]) for name in ("r", "n", "x")}
        for name, peak in self.peaks.items():
            hull[name] = a[name].union(b[name])
            inside = not ((peak < lo) is True or (peak > hi) is True)
            if inside:  # unimodal: between its ends and its largest value
                hull[name] = hull[name].union(self._point(peak)[name])
        return Side(u=ball(lo, hi), **hull, r_hi=b["r"], n_hi=b["n"], x_hi=b["x"])

    def _phi(self, v: float) -> arb:
        """φ = 4v/(1 − v), at most Kπ."""
        top = INFINITE if self.K is None else self.K * arb.pi()
        if v == 1:
            return top
        phi = 4 * arb(v) / (1 - arb(v))
        return phi if (phi < top) is True else top

    def _angle(self, lo: float, hi: float) -> dict[str, arb]:
        """φ, its sine and cosine, and of θ = φ/K: cos θ, K sin θ, K(1 − cos θ), 4K² sin²(θ/2); monotone ones from both ends."""
        a, b = self._phi(lo), self._phi(hi)
        if not b.is_finite():
            return {"low": a.lower(), "phi": INFINITE}
        phi = a.union(b)
        out = {"low": a.lower(), "phi": phi, "sin": phi.sin(), "cos": phi.cos()}
        if self.K is None:
            return {**out, "ct": arb(1), "ks": phi, "vers": arb(0), "half": (a * a).union(b * b)}
        K, ends = self.K, [(x * self.e / 2).sin() for x in (a, b)]
        return {**out, "ct": (a * self.e).cos().union((b * self.e).cos()), "ks": K * (phi * self.e).sin(),
                "vers": (2 * K * ends[0] ** 2).union(2 * K * ends[1] ** 2),
                "half": ((2 * K * ends[0]) ** 2).union((2 * K * ends[1]) ** 2)}

    def parts(self, one: Side, two: Side, t: dict[str, arb]) -> tuple:
        """K(r₁ − r₂), r₁r₂, s, w, q = u₁u₂(s cos φ + w sin φ) without the factor u₁u₂, D."""
        rr = one.r * two.r
        if self.K is None:
            gap, s, w = two.x - one.x, one.x + two.x, t["ks"]
        else:
            gap, s, w = self.K * (one.r - two.r), self.K * (1 - rr) + rr * t["vers"], rr * t["ks"]
        return gap, rr, s, w, s * t["cos"] + w * t["sin"], gap * gap + rr * t["half"]

    def natural(self, one: Side, two: Side, t: dict[str, arb], parts: tuple) -> arb:
        """(A) in balls."""
        *_, q, D = parts
        both = one.p + two.p
        return both + (one.n * two.n * both - 2 * one.m * two.m * q) / D

    def far(self, one: Side, two: Side, t: dict[str, arb]) -> arb:
        """(A) in the limit for all φ ≥ low: |s cos φ + w sin φ| ≤ s + φ, and φ/D ≤ 1/φ."""
        gap, low = two.x - one.x, t["low"]
        both, D = one.p + two.p, gap * gap + low * low
        return both + (one.n * two.n * both + 2 * one.m * two.m * (one.x + two.x)) / D + 2 * one.m * two.m / low

    def slopes(self, one: Side, two: Side, t: dict[str, arb], parts: tuple) -> tuple[arb, arb, arb]:
        """∂(K F_K) by x₁, x₂ and φ, from (A)."""
        gap, rr, s, w, q, D = parts
        uu, both = one.u * two.u, one.p + two.p
        N = both - 2 * uu * q
        nn, ct, out = one.n * two.n, rr * t["ct"], []
        for a, b, sign in ((one, two, 1), (two, one, -1)):
            dp = 2 * a.u * a.u * (a.r * a.r - a.n)
            dN = dp + 2 * uu * (q - ct * t["cos"] + self.e * w * t["sin"])
            dD = -2 * a.r * (sign * gap + b.r * t["vers"])
            out.append(dp + (2 * a.r * a.r * b.n * N + nn * dN - nn * N * dD / D) / D)
        dN = -2 * uu * ((self.e + 1) * w * t["cos"] + (ct - s) * t["sin"])
        return out[0], out[1], (nn * dN - nn * N * 2 * w / D) / D

    def close(self, one: Side, two: Side, t: dict[str, arb], mid: tuple) -> arb:
        """(B) with h_{K−1}/K enclosed about the midpoint; K F_K. Needs u > 0."""
        a, b, tm = mid
        if self.K is None:
            lam, mu = acb(a.x), acb(b.x, tm["phi"])
            half = (lam - mu) / 2
            centre = (-(lam + mu) / 2).exp() * (half * acb(0, 1)).sinc()
            top = (-one.x.union(two.x).lower()).exp()
            move = (one.x - a.x).abs_upper() + (two.x - b.x).abs_upper() + (t["phi"] - tm["phi"]).abs_upper()
            h = centre + acb(ball(-1, 1), ball(-1, 1)) * (top * move / 2)
            target = acb(0, -t["phi"]).exp() * two.u
        else:
            K = self.K
            theta = tm["phi"] * self.e
            x, y = acb(-a.x * self.e), acb(-b.x * self.e, theta)
            half = (x - y) / 2
            centre = ((K - 1) * (x + y) / 2).exp() * (half * K * acb(0, 1)).sinc() / (half * acb(0, 1)).sinc()
            top = greatest((one.r, two.r))
            turn = (t["phi"] - tm["phi"]).abs_upper() * self.e
            move = (one.r - a.r).abs_upper() + (two.r - b.r).abs_upper() + two.r.abs_upper() * turn
            h = centre + acb(ball(-1, 1), ball(-1, 1)) * ((arb(K - 1) / 2 * top ** (K - 2) if K > 1 else arb(0)) * move)
            target = acb(0, t["phi"]).exp() * two.u * one.r
        rest = one.n * h - target
        return one.p + two.n * (rest.real**2 + rest.imag**2)

    def small(self, one: Side, two: Side) -> list[arb]:
        """(C) and (D)."""
        out, rest = [], two.p.abs_upper().sqrt()
        gap = two.x_hi - one.x if self.K is None else self.K * (one.r - two.r_hi)
        if (gap > 0) is True:
            out.append(one.p + (one.m * two.n_hi.sqrt() / gap + rest) ** 2)
        out.append(one.p + (greatest((arb(8).sqrt() * one.root, arb(2).sqrt() * one.cube)) + rest) ** 2)
        return out

    def bound(self, box: tuple, target: arb | None = None) -> tuple[arb, int]:
        """(an upper bound of K F_K on the box with u₂ ≤ u₁, the axis to halve); stops at the first bound below the target."""
        sides = [self.side(*box[0]), self.side(*box[1])]
        one, two = sides
        t = self.angle(*box[2])
        found = [b if b.is_finite() else INFINITE for b in self.small(one, two)]
        if t["phi"].is_finite():
            parts = self.parts(one, two, t)
            found.append(self.natural(one, two, t, parts))
        else:
            found.append(self.far(one, two, t))
            return least(found), self.longest(box)
        best = least(found)
        if (target is not None and (best <= target) is True) or min(box[0][0], box[1][0]) == 0:
            return best, self.longest(box)
        centre = [((lo + hi) / 2, (lo + hi) / 2) for lo, hi in box]
        mid = self.side(*centre[0]), self.side(*centre[1]), self.angle(*centre[2])
        slopes = self.slopes(one, two, t, parts) if (parts[-1] > 0) is True else None
        axis = self.longest(box)
        if slopes is not None and all(slope.is_finite() for slope in slopes):
            moves = [(one.x - mid[0].x), (two.x - mid[1].x), t["phi"] - mid[2]["phi"]]
            changes = [(slope * move).abs_upper() for slope, move in zip(slopes, moves, strict=True)]
            found.append(self.natural(*mid, self.parts(*mid)) + sum(changes, arb(0)))
            if all(change.is_finite() for change in changes):
                axis = max(range(3), key=lambda j: float(changes[j]))
        found.append(self.close(one, two, t, mid))
        return least(found), axis

    def longest(self, box: tuple) -> int:
        """The longest side, by u₁, u₂ and v."""
        return max(range(3), key=lambda j: box[j][1] - box[j][0])


def cover(K: int | None, target: arb, limit: int, report: Callable[[int, float], None] | None = None) -> Cover:
    """An upper bound of F_K (K = None: of lim K F_K) over all pairs of poles in the disk, by halving boxes until it is ≤ target.

    K ≥ 1. Boxes are halved in the order of their bounds, at most `limit` are evaluated. The target decides only when to stop."""
    with ctx.workprec(PREC + (0 if K is None else K.bit_length())):
        energy, scale = Energy(K), arb(K or 1)
        goal = (target * scale).lower()
        root = ((0.0, 1.0), (0.0, 1.0), (0.0, 1.0))
        bound, axis = energy.bound(root)
        heap, done, count, serial = [(-float(bound), 0, bound, axis, root)], None, 1, 0
        while heap and count + 2 <= limit:
            if (heap[0][2] <= goal) is True:
                break
            _, _, _, axis, box = heapq.heappop(heap)
            lo, hi = box[axis]
            middle = (lo + hi) / 2
            for half in ((lo, middle), (middle, hi)):
                piece = (*box[:axis], half, *box[axis + 1:])
                if piece[1][0] >= piece[0][1]:
                    continue  # u₂ ≥ u₁ throughout: the mirror image of pairs in other boxes, which are closed
                bound, next_axis = energy.bound(piece, goal)
                count, serial = count + 1, serial + 1
                if (bound <= goal) is True:
                    done = bound if done is None or (bound > done) is True else done
                else:
                    heapq.heappush(heap, (-float(bound), serial, bound, next_axis, piece))
            if report is not None and count // EVERY != (count - 2) // EVERY:
                report(count, -heap[0][0] / float(scale) if heap else float(goal / scale))
        rest = [entry[2] for entry in heap] + ([] if done is None else [done])
        upper = greatest(rest)
        return Cover((upper / scale).upper(), count, (upper <= goal) is True)
