"""The Gram matrix, its inverse and what follows, for 1, 2, 3 symbolic poles: cross-checks in a field of rational functions.

a_s and c_s = ā_s are independent symbols, so an identity found here holds wherever its denominators do not vanish.
"""
from itertools import product
from math import prod

from sympy import QQ, Symbol, expand, factor, field, symbols

from theory.identities import confirm

ORDERS = (1, 2, 3)


class Poles:
    """Poles a_1..a_S, their conjugates c_1..c_S, the Gram matrix C, its inverse Z in closed form, u = Z1 and its conjugate."""

    def __init__(self, S, *further):
        self.S = S
        symbols = [Symbol(f"{letter}{s}") for letter in "ac" for s in range(1, S + 1)] + [Symbol(name) for name in further]
        self.field, *elements = field(symbols, QQ)
        self.a, self.c, self.further = elements[:S], elements[S:2 * S], elements[2 * S:]
        self.C = [[1 / (1 - x * y) for y in self.c] for x in self.a]
        w, mirrored = self._weights(self.a, self.c), self._weights(self.c, self.a)
        self.Z = [[mirrored[s] * w[t] / (1 - self.c[s] * self.a[t]) for t in self.range] for s in self.range]
        self.u = [sum(row, self.field.zero) for row in self.Z]
        self.conjugate_u = [sum((row[t] for row in self.Z), self.field.zero) for t in self.range]
        self.moduli = prod((x * y for x, y in zip(self.a, self.c, strict=True)), start=self.field.one)

    @property
    def range(self):
        return range(self.S)

    @property
    def pairs(self):
        return list(product(self.range, repeat=2))

    def _weights(self, x, y):
        """Π_k (1 − x_s y_k) / Π_{k≠s} (x_s − x_k)."""
        one = self.field.one
        above = [prod((1 - x[s] * y[k] for k in self.range), start=one) for s in self.range]
        below = [prod((x[s] - x[k] for k in self.range if k != s), start=one) for s in self.range]
        return [top / bottom for top, bottom in zip(above, below, strict=True)]


def shown(element):
    """A field element as a factored expression."""
    return factor(element.as_expr())


def inverse(step, poles):
    """Z is the inverse of C: substituted back."""
    entries = (sum(poles.Z[s][k] * poles.C[k][t] for k in poles.range) - int(s == t) for s, t in poles.pairs)
    confirm(step, f"S = {poles.S}: closed inverse", entries, "Z_{st} = w̄_s w_t/(1 − ā_s a_t) multiplied by C gives the identity")


def displacement(step, poles):
    """C − D C D̄ = 1 1ᵀ."""
    entries = (poles.C[s][t] - poles.a[s] * poles.C[s][t] * poles.c[t] - 1 for s, t in poles.pairs)
    confirm(step, f"S = {poles.S}: C − D C D* = 1 1ᵀ", entries, "entry by entry, (1 − a_s ā_t)/(1 − a_s ā_t) = 1")


def inverse_displacement(step, poles):
    """Z_{st} (1/(ā_s a_t) − 1) = u_s ū_t / Π|a|²."""
    entries = (poles.Z[s][t] * (1 / (poles.c[s] * poles.a[t]) - 1) - poles.u[s] * poles.conjugate_u[t] / poles.moduli
               for s, t in poles.pairs)
    confirm(step, f"S = {poles.S}: displacement of the inverse", entries, "Z_{st} (1/(ā_s a_t) − 1) = u_s v̄_t with v = u/Π|a|²")


def mirrored_column(step, poles):
    """D*⁻¹ Z D⁻¹ 1 = u / Π|a|², row by row."""
    rows = (sum((poles.Z[s][t] / (poles.c[s] * poles.a[t]) for t in poles.range), poles.field.zero) - poles.u[s] / poles.moduli
            for s in poles.range)
    confirm(step, f"S = {poles.S}: v = D*⁻¹C⁻¹D⁻¹1", rows, "the row sums of Z_{st}/(ā_s a_t) are u_s/Π|a|²")


def transform(step, poles):
    """Σ u_s/(1 − z ā_s) = 1 − Π ā_s · Π (a_s − z)/(1 − z ā_s), with z the further symbol of `poles`."""
    z, one = poles.further[0], poles.field.one
    left = sum((poles.u[s] / (1 - z * poles.c[s]) for s in poles.range), poles.field.zero)
    right = 1 - prod((poles.c[s] * (poles.a[s] - z) / (1 - z * poles.c[s]) for s in poles.range), start=one)
    if poles.S < 3:
        step(f"S = {poles.S}: u_1", shown(poles.u[0]), why="row sum of C⁻¹, with c_s for ā_s")
    confirm(step, f"S = {poles.S}: transform of u", [left - right], "both sides over the common denominator Π (1 − z ā_s)")
    confirm(step, f"S = {poles.S}: 1 − 1ᵀC⁻¹1", [1 - sum(poles.u, poles.field.zero) - poles.moduli], "the transform at z = 0")


def energy_drop(step, poles):
    """F_K − F_{K+1} = |Σ ā_s^{K+1} u_s|²/Π|a|²: the coefficients of ā_s^K a_t^K on both sides."""
    coefficients = (poles.Z[s][t] * (1 - poles.c[s] * poles.a[t])
                    - poles.c[s] * poles.u[s] * poles.a[t] * poles.conjugate_u[t] / poles.moduli for s, t in poles.pairs)
    confirm(step, f"S = {poles.S}: F_K − F_{{K+1}}", coefficients,
            "the coefficients of ā_s^K a_t^K in F_K − F_{K+1} and in |Σ ā_s^{K+1} u_s|²/Π|a_s|²")


def energy_total(step, poles):
    """Σ_k F_k = Σ_st Z_st/(1 − ā_s a_t) = S."""
    total = sum((poles.Z[s][t] / (1 - poles.c[s] * poles.a[t]) for s, t in poles.pairs), poles.field.zero)
    confirm(step, f"S = {poles.S}: Σ_k F_k = {poles.S}", [total - poles.S], "geometric series in each entry, then tr(C⁻¹C)")


def product_coefficients(step, poles, count=6):
    """The first coefficients of Π (a_s − z)/(1 − ā_s z), one factor at a time, against (δ_L − Σ ā_s^L u_s)/Π ā_s."""
    one, zero = poles.field.one, poles.field.zero
    series = [one] + [zero] * (count - 1)
    for a, c in zip(poles.a, poles.c, strict=True):
        factor = [a] + [c ** (n - 1) * (a * c - 1) for n in range(1, count)]
        series = [sum((series[m] * factor[n - m] for m in range(n + 1)), zero) for n in range(count)]
    root = prod(poles.c, start=one)
    closed = [(int(n == 0) - sum((c**n * u for c, u in zip(poles.c, poles.u, strict=True)), zero)) / root for n in range(count)]
    if poles.S == 1:
        step("S = 1: β_1", shown(closed[1]), why="a Blaschke factor is a − (1 − aā) z − (1 − aā) ā z² − …")
    confirm(step, f"S = {poles.S}: β_0 … β_{count - 1}", (x - y for x, y in zip(series, closed, strict=True)),
            "each factor is a geometric series; the factors are multiplied and compared with the formula")


def coefficient_mean(step, poles):
    """Σ_L L|β_L|² = Σ_st u_s ū_t x/(1 − x)²/Π|a|² with x = ā_s a_t, which is S."""
    terms = ((poles.u[s] * poles.conjugate_u[t], poles.c[s] * poles.a[t]) for s, t in poles.pairs)
    total = sum((weight * x / (1 - x) ** 2 for weight, x in terms), poles.field.zero) / poles.moduli
    confirm(step, f"S = {poles.S}: Σ L|β_L|² = {poles.S}", [total - poles.S], "Σ L x^L = x/(1 − x)² in each pair of poles")


def impulse_energy(step, poles):
    """Antidifferences of (a_s ā_t)^k, with q for that power: T(k) = −q/(1 − a_s ā_t) has T(k+1) − T(k) = q."""
    q = poles.further[0]
    rest = [(1 - poles.a[s] * poles.c[t], poles.a[s] * poles.c[t]) for s, t in poles.pairs]
    confirm(step, f"S = {poles.S}: antidifferences", (-q * z / room + q / room - q for room, z in rest),
            "T(k) = −(a_s ā_t)^k/(1 − a_s ā_t) has T(k+1) − T(k) = (a_s ā_t)^k and tends to 0, so the series is −T(0)")


def squared_distance(step, S):
    """|c − δ|² for c = Σ b_s p_s with p_s = a_s^k, at k = K and elsewhere, from the energy and the pulse terms."""
    b, p, beta, q = (symbols(f"{letter}1:{S + 1}") for letter in ("b", "p", "beta", "q"))
    c, conjugate = (sum(x * y for x, y in zip(*pair, strict=True)) for pair in ((b, p), (beta, q)))
    energy = sum(b[s] * beta[t] * p[s] * q[t] for s, t in product(range(S), repeat=2))
    away, at_pulse = expand(c * conjugate - energy), expand((c - 1) * (conjugate - 1) - (energy - c - conjugate + 1))
    confirm(step, f"S = {S}: |c_k − δ|²", [away, at_pulse],
            "expanded for k ≠ K and for k = K, with p_s = a_s^k, and q_s, β_s the conjugates of p_s, b_s")
