"""With the poles of the explicit filter no weights do better than 1 − κS/K − O(1/K)."""
from theory.claim import Claim
from theory.language import IMAGINARY, SEQ, Abs, Sum, T, conj, delta, entry, eq, exp, fn, forall, le, lt, ne, re, statement, sums, within
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_explicit import (
    GIVEN,
    LAG,
    LEADING,
    PERIOD,
    TERM,
    VARIABLES,
    WHERE_A,
    WHERE_KAPPA,
    WHERE_LOSS,
    WHERE_S,
    K,
    L,
    S,
    alpha,
    below_one,
    cosh,
    grow,
    k,
    kappa,
    kernel,
    lag_positive,
    n,
    response,
    sinh,
    top,
    transformed,
    turn,
)
from theory.proof import explained

b, c = T("b"), T("c")
BOUND = le(LEADING - kappa * (cosh(2 * alpha) - 1) / (2 * K) + kappa * sinh(2 * alpha) / (2 * K**2), L)
WHERE = [WHERE_S, WHERE_A, ("c", ["k"], response(b.__getitem__, k)), WHERE_KAPPA, WHERE_LOSS]
RISING = Sum("k", 1, PERIOD, grow(LAG) * Abs(kernel(LAG)) ** 2)

claim = Claim(
    title="The best weights for the explicit poles",
    says="For the poles e^{−α/K} e^{iπs/K}, |s| ≤ T < K, every choice of the weights has a loss of at least "
         "1 − κS/K − κ(cosh 2α − 1)/(2K) + κ sinh(2α)/(2K²): with the best weights too the loss is 1 − κS/K up to O(1/K).",
    statement=statement(forall({**VARIABLES, "b": SEQ}, GIVEN, BOUND), WHERE),
    paper="UP", dossier="UP.T6", reference="Theorem 6, for the optimal b", source="text",
    hypotheses={"T < K": "with all 2K phases the bound would be a loss below 0", "α > 0": "the loss is infinite"},
    limits="The best weights lose less than the explicit ones by at most κ(cosh 2α − 1)/K; nothing is said of which part is gained.",
)


@claim.derive
def one_pole(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    alpha, h = sympy.symbols("alpha h", positive=True)
    kappa = sympy.exp(-2 * alpha) * sympy.sinh(2 * alpha)
    share = step("F_K for T = 0", (1 - sympy.exp(-2 * alpha * h)) * sympy.exp(-2 * alpha), why="S = 1, h = 1/K")
    confirm(step, "K F_K → 2α e^{−2α}", [sympy.limit(share / h, h, 0) - 2 * alpha * sympy.exp(-2 * alpha)], why="K → ∞")
    room = kappa * (1 + (sympy.cosh(2 * alpha) - 1) / 2) - 2 * alpha * sympy.exp(-2 * alpha)
    terms = step("what the bound leaves", sympy.series(room, alpha, 0, 5).removeO(), why="κ + κ(cosh 2α − 1)/2 − 2αe^{−2α}, small α")
    confirm(step, "it is of third order", [terms.coeff(alpha, n) for n in range(3)], why="no first or second power")


@claim.certify
def proof(p, _):
    """For every sequence d that the poles cannot tell from the pulse at lag K, that is Σ_k d_k a_s^k = a_s^K, the loss is at least
    1 − ‖d‖². The Dirichlet kernel of one period with the weight e^{+2αl/K} is such a sequence, and its energy is the same finite
    sum as that of the explicit filter with α replaced by −α. So no weights do better than 1 − κS/K by more than a constant over
    K.
    """
    p.inhabited(T=0, K=1, alpha=1, b=fn("k", 0))
    _, back = denominators(p)
    reproducing(p)
    lam = 2 * kappa
    values = {"S": S, "K": K, "h": top + 1, "alpha": alpha, "b": b}
    p.use("uncertainty.arc_loss", sums("k", 0, TERM, L), **values)
    bound = p.use("uncertainty.arc_lower_bound", le(1 - lam / (4 * K**2) * RISING, L), **values, d=fn("k", kernel(LAG)))
    high = le(RISING, PERIOD * S + K * (cosh(2 * alpha) - 1) - sinh(2 * alpha))
    energy = p.use("uncertainty.explicit_period_sums", high, T=top, K=K, alpha=alpha)
    far = p.squares(lt(-4 * alpha, 0), [(4, [p.given(1)], "", 1)])
    room = below_one(p, -4 * alpha, far)
    p.squares(BOUND, [(1, [bound], "", 1), (T(1) / 4, [room, back, back, energy], "", 1)])


@explained
def denominators(p):
    """K ≠ 0 and 1/K > 0."""
    proper, back = lag_positive(p, p.given(2))
    p.order("product", ne(2 * K**2, 0), proper, proper)
    p.order("product", ne(2 * K, 0), proper)
    return proper, back


@explained
def reproducing(p):
    """Σ_l D_l e^{iπ(n−h)l/K} = 2K: the n-th row of W W* z = 2K z with W* z the Dirichlet kernel."""
    (W, z, d), orthogonal, image = transformed(p)
    framed = p.operator(eq(W @ d, PERIOD * z), [(orthogonal, 1, z), (image, -W, 1)])
    sign = turn((n - top - 1) * K)
    goal = eq(Sum("k", 1, PERIOD, conj(kernel(LAG)) * turn((n - top - 1) * LAG)), PERIOD)
    with p.generalise({"n": "int"}, within(1, n, S), goal):
        row = p.step("congruence", eq(entry(W @ d, n, 1), entry(PERIOD * z, n, 1)), equal=framed, context=fn("m_", entry("m_", n, 1)))
        p.identity(goal, [(row, sign)])


def least_loss(half, lag, rate):
    """1 − ⟨a^K, C⁻¹ a^K⟩ by solving with the Gram matrix, in 40 digits."""
    from mpmath import mp

    with mp.workdps(40):
        poles = [mp.exp(mp.mpc(-rate, mp.pi * m) / lag) for m in range(-half, half + 1)]
        gram = mp.matrix([[1 / (1 - x * mp.conj(y)) for y in poles] for x in poles])
        state = mp.matrix([x**lag for x in poles])
        return 1 - mp.re((state.H * mp.lu_solve(gram, state))[0])


@claim.oracle
def solved():
    """The least loss for these poles, by linear algebra, against the bound."""
    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(40):
        for half, lag, rate in ((0, 1, 1), (1, 2, 1), (2, 3, 2), (5, 6, 1), (8, 9, 1), (8, 400, mpf(1) / 2), (15, 16, 1), (12, 10**6, 1)):
            share = (1 - mp.exp(-4 * rate)) / 2
            bound = 1 - share * ((2 * half + 1) + (mp.cosh(2 * rate) - 1) / 2 - mp.sinh(2 * rate) / (2 * lag)) / lag
            loss = least_loss(half, lag, rate)
            found.append(bounded("least loss", {"T": half, "K": lag, "alpha": float(rate)}, mp.nstr(loss, 12), mp.nstr(bound, 12),
                                 loss >= bound))
    return found


claim.must_refuse(
    no_error_term=changed(le(LEADING, L)),
    leading_halved=changed(le(1 - kappa * S / (2 * K), L)),
    all_phases=changed(le(LEADING, L), given={2: le(1, K)}),
    falling=changed(le(LEADING + kappa * sinh(2 * alpha) / (2 * K**2), L)),
)


def good_weights(p):
    """T = 1, K = 2, α = 2 and b = (−163 − 157i, 325, −163 + 157i)/100: a loss of 0.117…, by the energy of one period and balls."""
    side = T(163) / 100 * (delta(k, 1) + delta(k, 3)) + IMAGINARY * T(157) / 100 * (delta(k, 1) - delta(k, 3))
    weights = fn("k", T(325) / 100 * delta(k, 2) - side)
    here = counterexample(p, T=1, K=2, alpha=2, b=weights)
    form = 1 + Sum("k", 1, PERIOD, Abs(c(k - 1)) ** 2) / (1 - exp(-4 * alpha)) - 2 * re(c(K))
    loss = p.use("uncertainty.arc_loss", here(eq(L, form)), S=3, K=2, h=2, alpha=2, b=weights)
    wrong = opposite(p.statement["holds"][3]).json[2]
    value = p.step("ball_bound", here(lt(form, wrong)), prec=200)
    p.squares(here(lt(L, wrong)), [(1, [value], "", 1)], using=[(loss, 1)])


for name in ("no_error_term", "leading_halved", "falling"):
    claim.refute(name)(good_weights)
