"""The explicit weights against the best ones, one by one: close wherever the ends of the arc are far."""
from theory.claim import Claim
from theory.claims.uncertainty.explicit_gram import denominators
from theory.claims.uncertainty.explicit_inverse_kernel import GAIN, WHERE_E, E
from theory.claims.uncertainty.explicit_outside_energy import OUTSIDE, REST, best, combined, frames
from theory.claims.uncertainty.explicit_weights import NORMAL, WITNESS, one_pole
from theory.language import PI, SEQ, Abs, Sum, T, both, conj, delta, diag, entry, eq, exp, eye, fn, forall, le, lt, matrix, names, ne, statement, vec, within
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_explicit import (
    GIVEN,
    PERIOD,
    VARIABLES,
    WEIGHT,
    WHERE_A,
    WHERE_B,
    WHERE_C,
    WHERE_DECAY,
    WHERE_LOST,
    WHERE_S,
    K,
    Q,
    S,
    a,
    alpha,
    b,
    below_one,
    grow,
    k,
    lag_positive,
    lam,
    s,
    sinh,
    t,
    top,
    turn,
)
from theory.proof import explained

g, m, n, j = names("g m n j")
SUM = 2 * OUTSIDE + 3 * exp(-2 * alpha) + 3 * PI**2 * exp(2 * alpha) / 2
NEAR = le(m * K**2 * Abs(g[n] - b(n)) ** 2, sinh(2 * alpha) ** 4 * SUM)
RELATIVE = le(m * Abs(g[n] - b(n)) ** 2, exp(2 * alpha) * sinh(2 * alpha) ** 2 * SUM * Abs(b(n)) ** 2)
PLACE = [le(1, m), le(m, n), le(n + m, S + 1)]

claim = Claim(
    title="The explicit weights are the best ones inside the arc, one by one",
    says="If g solves C ḡ = a^K for the explicit poles and m ≤ T + 1 − |s|, then |g_s/b_s − 1|² ≤ c(α)/m with "
         "c = e^{2α} sinh²(2α) (4 sinh 2α + 4e^{4α}(cosh 2α − 1) + 3e^{−2α} + (3/2)π²e^{2α}), for all T < K: the weights agree one by "
         "one wherever the distance to the ends of the arc grows, whatever T/K does.",
    statement=statement(forall({**VARIABLES, "g": SEQ, "n": "int", "m": "int"}, [*GIVEN, NORMAL, *PLACE], both(NEAR, RELATIVE)),
                        [WHERE_S, WHERE_A, WHERE_B]),
    paper="UP", dossier="UP.L4", reference="Lemma 4, read for each s", source="text",
    hypotheses={"g solves the normal equations": "any other g may be far away", "m ≤ T + 1 − |s|": "at the ends the error does not go to 0",
                "T < K": "the poles coincide"},
    limits="The rate is m^{−1/2}; measured, the relative error is about 0.45/m (α = 1), so the true rate seems to be 1/m.",
)


@claim.certify
def proof(p, _):
    """Over a whole period of 2K points the Gram matrix has an explicit inverse with entries (λ/4K²) E(t − s). The best weights give the
    powers a_t^K at the S poles and something else, of bounded energy, at the other points. The explicit weights would give (−1)^t e^{−α}
    everywhere. So K²(ḡ_s − b_s) is a sum over the other points only, where E(t − s) is small: Cauchy–Schwarz bounds the first part and
    the alternating signs the second.
    """
    with p.inhabited_by(**WITNESS, n=1, m=1):
        one_pole(p)
    for name, params, body in (WHERE_LOST, WHERE_C, WHERE_DECAY, WHERE_E):
        p.abbreviate(name, params, body)
    proper, back = lag_positive(p, p.given(2))
    p.order("product", ne(2 * K, 0), proper)
    natural = p.order("basic", le(0, top))
    p.squares(le(0, REST - 1), [(2, [p.given(2)], "", 1)])
    p.squares(le(0, REST), [(2, [p.given(2)], "", 1), (1, [], "", 1)])
    p.squares(le(0, S), [(2, [natural], "", 1), (1, [], "", 1)])
    room = below_one(p, -4 * alpha, p.squares(lt(-4 * alpha, 0), [(4, [p.given(1)], "", 1)]))
    regular = p.order("nonzero", ne(lam, 0), room)
    frame = frames(p, denominators(p, back))
    outside = difference(p, frame, regular)


def left(n):
    """What the best weights give at a point, less what the explicit weights would give with all the 2K points."""
    return combined(best, n) - exp(-alpha) * turn((n - top - 1) * K)


@explained
def difference(p, frame, regular):
    """4K²(ḡ_s − b_s) = λ Σ_t E(t − s)(Σ_r ḡ_r/(1 − a_t ā_r) − (−1)^t e^{−α}), where t runs over the other points."""
    (W, _, _, B), orthogonal, _, _, (V, unitary, factored) = frame
    y = p.abbreviate("y_", [], matrix("q", 1, "k", PERIOD, turn((n - top - 1) * (k - 1))))
    grown = p.abbreviate("G_", [], diag("k", PERIOD, grow(k - 1)))
    x = p.abbreviate("x_", [], vec("s", S, conj(g[s])))
    Z = p.abbreviate("Z_", [], vec("t", PERIOD, turn((t - top - 1) * K)))
    peak = p.abbreviate("e_", [], vec("k", PERIOD, delta(k, K + 1)))
    undone = p.entries(eq(grown @ Q, eye(PERIOD)))
    row = p.step("congruence", eq(entry(W @ W.H @ x, n, 1), entry(PERIOD * x, n, 1)),
                 equal=p.operator(eq(W @ W.H @ x, PERIOD * x), [(orthogonal, 1, x)]), context=fn("m_", entry("m_", n, 1)))
    same = p.entries(eq(y @ W.H @ x, entry(W @ W.H @ x, n, 1)))
    read = p.identity(eq(y @ W.H @ x, PERIOD * conj(g[n])), [(same, 1), (row, 1)])
    mine = p.operator(eq(lam * (y @ grown @ V.H @ B @ x), PERIOD**2 * conj(g[n])),
                      [(factored, y @ grown @ V.H, x), (unitary, y @ grown, Q @ W.H @ x), (undone, PERIOD * y, W.H @ x), (read, PERIOD)])
    framed = p.operator(eq(y @ grown @ V.H @ V, PERIOD * y @ grown), [(unitary, y @ grown, 1)])
    pick = p.step("congruence", eq(entry(y @ grown @ V.H @ V, 1, K + 1), entry(PERIOD * y @ grown, 1, K + 1)), equal=framed,
                  context=fn("m_", entry("m_", 1, K + 1)))
    column = p.entries(eq(y @ grown @ V.H @ Z, entry(y @ grown @ V.H @ V, 1, K + 1)))
    plain = p.identity(eq(y @ grown @ V.H @ Z, PERIOD * exp(2 * alpha) * turn((n - top - 1) * K)), [(column, 1), (pick, 1)])
    f = names("f_")
    unfolded = eq(y @ grown @ V.H @ vec("t", PERIOD, f[t]), Sum("k", 1, PERIOD, E(k - n) * f[k]))
    with p.generalise({"f_": SEQ}, [], unfolded) as every:
        p.entries(unfolded)
    gap = p.entries(eq(B @ x - exp(-alpha) * Z, vec("t", PERIOD, left(t))))
    total = Sum("k", 1, PERIOD, E(k - n) * left(k))
    here = p.apply(every.fact, eq(y @ grown @ V.H @ vec("t", PERIOD, left(t)), total), f_=fn("k", left(k)))
    whole = p.operator(eq(lam * total, PERIOD**2 * (conj(g[n]) - b(n))),
                       [(here, -lam), (gap, -lam * y @ grown @ V.H, 1), (mine, 1), (plain, -lam * exp(-alpha))])
    with p.generalise({"k": "int"}, within(1, k, S), eq(E(k - n) * left(k), 0)) as none:
        solved = p.apply(p.given(3), eq(Sum("t", 1, S, conj(g[t]) / (1 - a(k) * conj(a(t)))), a(k) ** K), s=k)
        p.identity(eq(E(k - n) * left(k), 0), [(solved, E(k - n))])
    nothing = p.step("congruence", eq(Sum("k", 1, S, E(k - n) * left(k)), Sum("k", 1, S, 0)), equal=none.fact)
    rest = Sum("k", 1, REST, E(S + k - n) * left(S + k))
    split = p.use("algebra.sum_split", eq(total, Sum("k", 1, S, E(k - n) * left(k)) + rest), n=S, m=REST, g=fn("k", E(k - n) * left(k)))
    return p.identity(eq(lam * rest, PERIOD**2 * (conj(g[n]) - b(n))), [(whole, 1), (split, -lam), (nothing, -lam)])
