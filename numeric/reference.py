"""The recurrence over exact Gaussian rationals: an oracle that runs the definition and rounds nothing.

`loss_by_recurrence`, `states`, `run`, `run_dense` and `impulse_response` see no closed form. `gram`, `capture`, `loss` are
the closed forms of the setting evaluated exactly, kept apart from them so that each can be held against the other.
Cost grows with the size of the numbers: meant for S ≤ 8 and K ≤ 200.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from numeric.errors import Refused, check_shift, refusal


@dataclass(frozen=True)
class Gaussian:
    """re + i·im with rational parts; arithmetic is exact."""

    re: Fraction = Fraction(0)
    im: Fraction = Fraction(0)

    def __add__(self, other: Gaussian) -> Gaussian:
        return Gaussian(self.re + other.re, self.im + other.im)

    def __sub__(self, other: Gaussian) -> Gaussian:
        return Gaussian(self.re - other.re, self.im - other.im)

    def __neg__(self) -> Gaussian:
        return Gaussian(-self.re, -self.im)

    def __mul__(self, other: Gaussian) -> Gaussian:
        return Gaussian(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)

    def __truediv__(self, other: Gaussian) -> Gaussian:
        size, top = other.abs2(), self * other.conjugate()
        return Gaussian(top.re / size, top.im / size)

    def __bool__(self) -> bool:
        return bool(self.re or self.im)

    def conjugate(self) -> Gaussian:
        return Gaussian(self.re, -self.im)

    def abs2(self) -> Fraction:
        """|z|², a rational."""
        return self.re * self.re + self.im * self.im


ZERO, ONE = Gaussian(), Gaussian(Fraction(1))


def gaussian(value) -> Gaussian:
    """Exact value of an int, Fraction, float, complex (the double itself), decimal or p/q string, or (re, im) pair of those."""
    if isinstance(value, Gaussian):
        return value
    if isinstance(value, tuple):
        re, im = value
        return Gaussian(Fraction(re), Fraction(im))
    if isinstance(value, complex):
        return Gaussian(Fraction(value.real), Fraction(value.imag))
    return Gaussian(Fraction(value))


def column(values: Iterable) -> list[Gaussian]:
    return [gaussian(value) for value in values]


def dot(p: Sequence[Gaussian], x: Sequence[Gaussian]) -> Gaussian:
    """Σ p_s x_s, without conjugation."""
    return sum((left * right for left, right in zip(p, x, strict=True)), ZERO)


def diagonal(a: Sequence) -> list[list[Gaussian]]:
    """diag(a)."""
    return [[pole if s == t else ZERO for t in range(len(a))] for s, pole in enumerate(column(a))]


def states(A, b: Sequence, u: Sequence) -> list[list[Gaussian]]:
    """x_0 … x_{N-1} of x_n = A x_{n-1} + u_n b, x_{-1} = 0, for an S×S list of rows A."""
    A, b = [column(row) for row in A], column(b)
    x, out = [ZERO] * len(b), []
    for sample in column(u):
        x = [dot(row, x) + sample * weight for row, weight in zip(A, b, strict=True)]
        out.append(x)
    return out


def run_dense(A, b: Sequence, u: Sequence, p: Sequence) -> list[Gaussian]:
    """y_n = Σ_s p_s x_n[s] for a general S×S matrix A."""
    p = column(p)
    return [dot(p, x) for x in states(A, b, u)]


def run(a: Sequence, b: Sequence, u: Sequence, p: Sequence | None = None) -> list[Gaussian]:
    """y_n = Σ_s p_s x_n[s] for A = diag(a); p is all ones unless given. One pole at a time: the entries do not mix."""
    p = [ONE] * len(b) if p is None else column(p)
    y = [ZERO] * len(u)
    for pole, weight, out in zip(column(a), column(b), p, strict=True):
        x = ZERO
        for n, sample in enumerate(column(u)):
            x = pole * x + sample * weight
            y[n] = y[n] + out * x
    return y


def impulse_response(a: Sequence, b: Sequence, N: int, p: Sequence | None = None) -> list[Gaussian]:
    """c_0 … c_{N-1}, by feeding the recurrence 1, 0, 0, …"""
    return run(a, b, [1] + [0] * (N - 1), p) if N else []


def solve(M, right: Sequence[Gaussian]) -> list[Gaussian]:
    """M⁻¹ right by elimination; raises `Refused` when M is singular."""
    rows = [[*row, value] for row, value in zip(M, right, strict=True)]
    for s in range(len(rows)):
        pivot = next((r for r in range(s, len(rows)) if rows[r][s]), None)
        if pivot is None:
            raise Refused("the linear system is singular (are two poles equal, or is one on the unit circle?)")
        rows[s], rows[pivot] = rows[pivot], rows[s]
        rows[s] = [entry / rows[s][s] for entry in rows[s]]
        for r in range(len(rows)):
            if r != s and rows[r][s]:
                factor = rows[r][s]
                rows[r] = [entry - factor * lead for entry, lead in zip(rows[r], rows[s], strict=True)]
    return [row[-1] for row in rows]


def stein(A, Q) -> list[list[Gaussian]]:
    """X with X = A X A* + Q, by solving the S² linear equations; a convergent Σ A^k Q A^{*k} is that X."""
    size = range(len(A))
    pairs = [(s, t) for s in size for t in size]
    M = [[(ONE if (s, t) == (i, j) else ZERO) - A[s][i] * A[t][j].conjugate() for i, j in pairs] for s, t in pairs]
    flat = solve(M, [Q[s][t] for s, t in pairs])
    return [flat[s * len(A):(s + 1) * len(A)] for s in size]


def outer(x: Sequence[Gaussian]) -> list[list[Gaussian]]:
    """x x*."""
    return [[left * right.conjugate() for right in x] for left in x]


def loss_by_recurrence(A, b: Sequence, p: Sequence, K: int) -> Fraction:
    """Exact Σ_k |c_k − 1{k=K}|², c_k = pᵀA^k b, for a stable A.

    Terms 0 … K are run; the tail Σ_{k>K} |pᵀA^k b|² is pᵀ X p̄ with X = A X A* + z z*, z = A^{K+1} b: nothing is cut off."""
    A, p = [column(row) for row in A], column(p)
    x = states(A, b, [1] + [0] * (K + 1))
    head = sum((dot(p, x[k]) - (ONE if k == K else ZERO)).abs2() for k in range(K + 1))
    X = stein(A, outer(x[K + 1]))
    return head + dot(p, [dot(row, [entry.conjugate() for entry in p]) for row in X]).re


def capture_dense(A, b: Sequence, K: int) -> Fraction:
    """F_K of the span of k ↦ pᵀA^k b, p free: ⟨v, X⁻¹ v⟩ with v = A^K b, X = A X A* + b b*; needs (A, b) controllable.

    Holds for repeated poles (Jordan blocks), where the Gram matrix C is singular."""
    A, b = [column(row) for row in A], column(b)
    v = states(A, b, [1] + [0] * K)[K]
    return dot([entry.conjugate() for entry in v], solve(stein(A, outer(b)), v)).re


def gram(a: Sequence) -> list[list[Gaussian]]:
    """C_{st} = 1/(1 − a_s ā_t)."""
    a = column(a)
    if bad := [f"a[{j}], |a|² = {pole.abs2()}" for j, pole in enumerate(a) if pole.abs2() >= 1]:
        raise refusal("numeric.reference.gram", "poles", "every |a_s| should be < 1", f"{len(bad)} of {len(a)} are not", bad[0],
                      "scale the poles into the open disk; reference.run takes any pole")
    return [[ONE / (ONE - s * t.conjugate()) for t in a] for s in a]


def powers(a: Sequence, K: int) -> list[Gaussian]:
    """The vector a^K by repeated multiplication."""
    out = [ONE] * len(a)
    for _ in range(check_shift("numeric.reference", K)):
        out = [left * right for left, right in zip(out, column(a), strict=True)]
    return out


def optimal_weights(a: Sequence, K: int) -> list[Gaussian]:
    """b with b̄ = C⁻¹ a^K (UP.P16); poles distinct, |a_s| < 1."""
    return [value.conjugate() for value in solve(gram(a), powers(a, K))]


def capture(a: Sequence, K: int) -> Fraction:
    """F_K = ⟨a^K, C⁻¹ a^K⟩; poles distinct, |a_s| < 1."""
    return dot(optimal_weights(a, K), powers(a, K)).re


def loss(a: Sequence, b: Sequence, K: int) -> Fraction:
    """L = 1 + bᵀ C b̄ − 2 Re Σ b_s a_s^K (UP.P15)."""
    b = column(b)
    energy = dot(b, [dot(row, [weight.conjugate() for weight in b]) for row in gram(a)])
    return 1 + energy.re - 2 * dot(b, powers(a, K)).re


def ar_loss_by_recurrence(a: Sequence, b: Sequence, K: int, rho) -> Fraction:
    """Exact Σ_k Σ_k' e_k ē_k' ρ^|k−k'| for e = c − pulse at K, as (1 − ρ²) Σ_j |q_j|² with q_j = ρ q_{j−1} + e_j; any stable poles.

    Samples 0 … K are run; the tail Σ_{j>K} |q_j|² is the last entry of X = M X M* + z z* for the state z = (x, q) at K + 1."""
    a, r, size = column(a), gaussian(rho), len(a) + 1
    M = [[*row, ZERO] for row in diagonal(a)] + [[*a, r]]
    z, head = [*column(b), ZERO], Fraction(0)
    for k in range(K + 2):
        x = [pole * value for pole, value in zip(a, z, strict=False)] if k else z[:-1]
        z = [*x, r * z[-1] + sum(x, ZERO) - (ONE if k == K else ZERO)]
        head += z[-1].abs2() if k <= K else 0
    return (1 - Fraction(rho) ** 2) * (head + stein(M, outer(z))[size - 1][size - 1].re)
