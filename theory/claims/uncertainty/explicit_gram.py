"""The Gram matrix of the explicit poles is a weighted Fourier frame over one period, so its condition number stays bounded."""
from theory.claim import Claim
from theory.language import Sum, T, both, diag, entry, eq, exp, eye, fn, forall, le, lt, names, ne, statement, within, zero
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_explicit import (
    ABOVE,
    BELOW,
    FACTORED,
    GIVEN,
    ORTHOGONAL,
    PERIOD,
    VARIABLES,
    WHERE_A,
    WHERE_C,
    WHERE_DECAY,
    WHERE_LOST,
    WHERE_S,
    WHERE_W,
    C,
    K,
    Q,
    S,
    W,
    a,
    alpha,
    below_one,
    decay,
    k,
    lag_positive,
    lam,
    s,
    t,
    turn,
)
from theory.proof import explained
from theory.steps import at

q, r = names("q r")
WHERE = [WHERE_S, WHERE_A, WHERE_LOST, WHERE_C, WHERE_W, WHERE_DECAY]

claim = Claim(
    title="The condition number of the explicit poles",
    says="For the poles e^{−α/K} e^{iπs/K}, |s| ≤ T < K: with W the 2K powers of the phases, WW* = 2K·I, (1 − e^{−4α}) C = W Q W* with "
         "Q = diag(e^{−2αk/K}), and 2K e^{−4α} I ⪯ (1 − e^{−4α}) C ⪯ 2K I; so the condition number of C is at most e^{4α}.",
    statement=statement(forall(VARIABLES, GIVEN, both(ORTHOGONAL, FACTORED, BELOW, ABOVE)), WHERE),
    paper="UP", dossier="UP.L4", reference="Appendix, optimal weights of the explicit filter: “the condition number of C stays bounded”",
    source="text",
    hypotheses={"T < K": "2T + 1 phases at multiples of π/K coincide when 2T + 1 > 2K", "α > 0": "the poles lie on the circle"},
    limits="The bound e^{4α} does not depend on T and K; it grows with α.",
)


@claim.derive
def one_period(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    x, alpha, lag = sympy.symbols("x alpha K", positive=True)
    n = sympy.symbols("n", integer=True)
    sums = [sympy.expand((1 - x) * sum(x**k for k in range(2 * K)) - (1 - x ** (2 * K))) for K in range(1, 6)]
    confirm(step, "(1 − x) Σ x^k = 1 − x^{2K}", sums, why="K = 1..5, x = a_s ā_t")
    power = sympy.exp((-2 * alpha + sympy.I * sympy.pi * n) / lag * 2 * lag)
    confirm(step, "x^{2K} = e^{−4α}", [sympy.simplify(power.expand() - sympy.exp(-4 * alpha))], why="n = s − t is an integer")


@claim.certify
def proof(p, _):
    p.inhabited(T=0, K=1, alpha=1)
    _, back = lag_positive(p, p.given(2))
    regular = denominators(p, back)
    orthogonal = p.entries(ORTHOGONAL, each=characters(p))
    factored = p.entries(FACTORED, each=periods(p, regular))
    low, high = decays(p, back)
    below = p.squares(BELOW, [(1, [], low, W.H)], using=[(factored, -1), (orthogonal, -exp(-4 * alpha))])
    above = p.squares(ABOVE, [(1, [], high, W.H)], using=[(factored, 1), (orthogonal, 1)])
    p.both(orthogonal, factored, below, above)


@explained
def denominators(p, back):
    """1 − a_s ā_t ≠ 0, as |1 − a_s ā_t|² = (1 − e^{−2α/K})² + e^{−2α/K} |e^{iπs/K} − e^{iπt/K}|² and e^{−2α/K} < 1."""
    negative = p.squares(lt(-2 * alpha / K, 0), [(2, [p.given(1), back], "", 1)])
    small = below_one(p, -2 * alpha / K, negative)
    size = p.order("basic", lt(0, exp(-2 * alpha / K)))
    with p.generalise({"s": "int", "t": "int"}, [], ne(1 - a(s) * a(t).bar, 0)) as block, \
            p.contradiction(ne(1 - a(s) * a(t).bar, 0)) as absurd:
        p.squares(lt(0, 0), [(1, [small, small], "", 1), (1, [size], "", turn(s) - turn(t))],
                  using=[(f"{absurd}.1", 1, 1 - a(s).bar * a(t))])
    return block.fact


@explained
def characters(p):
    """The rows of W are orthogonal: a row times another is the sum of the powers of a root of unity other than 1 over a whole period."""
    goal = eq(entry(W @ W.H, q, r), entry(PERIOD * eye(S), q, r))
    with p.generalise({"q": "int", "r": "int"}, [*within(1, q, S), *within(1, r, S)], goal) as block:
        split = p.new_id()
        with p.branch() as less:
            far = p.order("gap", le(q + 1, r), f"{split}.less.1")
            vanishing(p, goal, -1, r - q, far, (block(4), block(1)))
        with p.branch() as equal:
            own = p.identity(eq(entry(W @ W.H, r, r), entry(PERIOD * eye(S), r, r)))
            back = p.identity(eq(T("r"), T("q")), [(f"{split}.equal.1", -1)])
            p.step("congruence", goal, equal=back, context=fn("m_", eq(entry(W @ W.H, "m_", r), entry(PERIOD * eye(S), "m_", r))),
                   **{"from": own})
        with p.branch() as greater:
            far = p.order("gap", le(r + 1, q), f"{split}.greater.1")
            vanishing(p, goal, 1, q - r, far, (block(2), block(3)))
        p.step("cases", goal, split, on=[q, r], less=less, equal=equal, greater=greater)
    return block.fact


def vanishing(p, goal, sign, m, far, ends):
    """Σ_k e^{±iπmk/K} = 0 for 1 ≤ m < 2K."""
    p.squares(le(1, m), [(1, [far], "", 1)])
    p.squares(le(m + 1, PERIOD), [(1, [ends[0]], "", 1), (1, [ends[1]], "", 1), (2, [p.given(2)], "", 1), (1, [], "", 1)])
    total = p.use("algebra.unit_root_sum", eq(Sum("k", 1, PERIOD, turn(sign * m * (k - 1))), 0), K=K, m=m)
    p.identity(goal, [(total, 1)])


@explained
def periods(p, regular):
    """(1 − z) Σ_{k<2K} z^k = 1 − z^{2K} with z = a_s ā_t and z^{2K} = e^{−4α}."""
    goal = eq(entry(lam * C, q, r), entry(W @ Q @ W.H, q, r))
    with p.generalise({"q": "int", "r": "int"}, [*within(1, q, S), *within(1, r, S)], goal) as block:
        proper = p.apply(regular, ne(1 - a(q) * a(r).bar, 0), s=q, t=r)

        def powers(k):
            return decay(k - 1) * turn((q - r) * (k - 1))
        total = p.step("telescoping", eq(Sum("k", 1, PERIOD, powers(k)), lam / (1 - a(q) * a(r).bar)),
                       T=fn("j_", -powers(T("j_")) / (1 - a(q) * a(r).bar)), nonzero=[proper])
        p.identity(goal, [(total, -1)], nonzero=[proper])
    return block.fact


@explained
def decays(p, back):
    """e^{−4α} I ⪯ Q ⪯ I, because 0 ≤ 2αk/K ≤ 4α over a period: 1 − e^{−u} = e^{−u}(e^u − 1) ≥ e^{−u} u for u = 2αk/K, and
    e^{−u} − e^{−4α} = e^{−4α}(e^v − 1) ≥ e^{−4α} v for v = 4α − u."""
    high = 1 - decay(k - 1), 2 * alpha * (k - 1) / K, decay(k - 1), lambda h: [(2, [p.given(1), back, h(1)], "", 1)]
    low = (decay(k - 1) - exp(-4 * alpha), 4 * alpha - 2 * alpha * (k - 1) / K, exp(-4 * alpha),
           lambda h: [(2, [p.given(1), back, h(2)], "", 1), (2, [p.given(1), back], "", 1)])
    return (not_negative(p, low, le(exp(-4 * alpha) * eye(PERIOD), Q)), not_negative(p, high, le(Q, eye(PERIOD))))


def not_negative(p, case, goal):
    """0 ≤ body on the diagonal gives the order of the diagonal matrices."""
    body, exponent, factor, terms = case
    with p.generalise({"k": "int"}, within(1, k, PERIOD), le(0, body)) as sign:
        start = p.squares(le(0, exponent), terms(sign))
        tangent = p.use("algebra.exp_above_tangent", le(1 + exponent, exp(exponent)), x=exponent)
        positive = p.order("basic", lt(0, factor))
        p.squares(le(0, body), [(1, [positive, tangent], "", 1), (1, [positive, start], "", 1)])
    M = diag("k", PERIOD, body)
    with p.generalise({"s": "int"}, within(1, s, PERIOD), le(0, body_at(body))):
        p.apply(sign.fact, le(0, body_at(body)), k=s)
    semidefinite = p.use("algebra.diagonal_semidefinite", le(zero(PERIOD, PERIOD), M), n=PERIOD, d=fn("k", body))
    gap = p.entries(eq(M, T(goal.json[2]) - T(goal.json[1])))
    return p.squares(goal, [(1, [], semidefinite, eye(PERIOD))], using=[(gap, 1)])


def body_at(body):
    return at(body, "k", s)


@claim.oracle
def eigenvalues():
    """The extreme eigenvalues of the Gram matrix in 30 digits: their quotient is below e^{4α}."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(30):
        for T_, lag, decay_ in ((0, 1, 1), (2, 3, 1), (3, 40, 2), (5, 6, mpf(1) / 2), (8, 500, 1)):
            poles = [mp.exp(mp.mpc(-decay_, mp.pi * m) / lag) for m in range(-T_, T_ + 1)]
            gram = mp.matrix([[1 / (1 - x * mp.conj(y)) for y in poles] for x in poles])
            values = mp.eigh(gram, eigvals_only=True)
            found.append(bounded("condition number", {"T": T_, "K": lag, "alpha": float(decay_)}, float(values[-1] / values[0]),
                                 float(mp.exp(4 * decay_)), values[-1] / values[0] <= mp.exp(4 * decay_)))
    return found


claim.must_refuse(
    bound_improved=changed(le((PERIOD * exp(-alpha)) * eye(S), lam * C)),
    above_improved=changed(le(lam * C, (PERIOD * exp(-2 * alpha)) * eye(S))),
    phases_coincide=changed(BELOW, given={2: le(1, K)}),
    on_the_circle=changed(FACTORED, given={1: le(0, alpha)}),
    period_halved=changed(eq(W @ W.H, K * eye(S))),
)
claim.refute("bound_improved")(fails_in_balls(T=0, K=8, alpha=1))
claim.refute("above_improved")(fails_in_balls(T=0, K=8, alpha=1))
