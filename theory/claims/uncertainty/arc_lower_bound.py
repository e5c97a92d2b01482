"""A lower bound of the loss of every filter with given poles on an arc, from one function that reproduces the value at lag K."""
from theory.claim import Claim
from theory.claims.uncertainty.arc_loss import CLOSED, TERM, WHERE, L, c, lam, turn
from theory.language import SEQ, Abs, Sum, T, conj, eq, exp, fn, forall, le, lt, names, ne, statement, sums, within
from theory.mutations import changed, counterexample
from theory.papers.uncertainty_explicit import below_one, grow, lag_facts
from theory.proof import explained

S, K, h, alpha, b, d, n, k = names("S K h alpha b d n k")
LAG, PERIOD = k - 1 - K, 2 * K
REPRODUCES = forall({"n": "int"}, within(1, n, S), eq(Sum("k", 1, PERIOD, conj(d[k]) * turn((n - h) * LAG)), PERIOD))
WEIGHTED = Sum("k", 1, PERIOD, grow(LAG) * Abs(d[k]) ** 2)
BOUND = le(1 - lam / (4 * K**2) * WEIGHTED, L)

claim = Claim(
    title="Lower bound from a reproducing function",
    says="If Σ_l conj(d_l) e^{iπ(n−h)l/K} = 2K for n = 1..S, the sum over l = −K..K−1, then every filter with poles e^{−α/K} e^{iπ(n−h)/K} "
         "has a loss of at least 1 − (1 − e^{−4α})/(4K²) Σ e^{2αl/K} |d_l|².",
    statement=statement(forall({"S": "nat", "K": "nat", "h": "int", "alpha": "real", "b": SEQ, "d": SEQ},
                               [lt(0, alpha), le(1, K), REPRODUCES], BOUND), WHERE),
    reference="own",
    hypotheses={"d reproduces": "d = 0 would give L ≥ 1", "α > 0": "the loss is infinite on the circle"},
    limits="Equality for the best weights and the best d; d is at choice.",
)


@claim.derive
def reproducing(step):
    import sympy

    from theory.identities import define, equal

    alpha, lag, j, n = sympy.symbols("alpha K l n", positive=True)
    rate = (-alpha + sympy.I * sympy.pi * n) / lag
    equal(step, "growth against decay", alpha * j / lag + (lag + j) * rate, lag * rate + sympy.I * sympy.pi * n * j / lag,
          why="exponents of e^{αl/K} a^{K+l} and of a^K e^{iπnl/K}, a = e^{(−α + iπn)/K}: so c_K = (1/2K) Σ_l e^{αl/K} d̄_l c_{K+l}")
    lam, weighted, peak = sympy.symbols("Lambda D c", positive=True)
    loss = 1 + 4 * lag**2 * peak**2 / (weighted * lam) - 2 * peak
    best = define(step, "worst case of Cauchy and Schwarz", "c", sympy.solve(sympy.diff(loss, peak), peak)[0],
                  why="|c_K|² ≤ D Q/(4K²) with D = Σ e^{2αl/K}|d_l|² and Q = Σ|c|² over a period, which is Λ = 1 − e^{−4α} of the energy: "
                  "L ≥ 1 + 4K²c²/(DΛ) − 2c, least here")
    equal(step, "least loss", loss.subs(peak, best), 1 - lam * weighted / (4 * lag**2), shown="L", why="the bound of the statement")
    order = sympy.symbols("S", positive=True)
    equal(step, "all phases", 1 - lam * (2 * lag) ** 2 / (2 * lag) / (4 * lag**2) * order, 1 - lam * order / (2 * lag),
          shown="1 - Lambda/(4K^2) 2KS",
          why="the Dirichlet kernel of S phases has Σ |d_l|² = 2KS: without the weight e^{2αl/K} the bound would be 1 − κS/K, κ = Λ/2")


@claim.certify
def proof(p, _):
    p.inhabited(S=0, K=1, h=0, alpha=1, b=fn("k", 0), d=fn("k", 0))
    proper, _ = lag_facts(p, p.given(2))
    p.order("product", ne(4 * K**2, 0), proper, proper)
    room = below_one(p, -4 * alpha, p.squares(lt(-4 * alpha, 0), [(4, [p.given(1)], "", 1)]))
    regular = p.order("nonzero", ne(lam, 0), room)
    values = {"S": S, "K": K, "h": h, "alpha": alpha, "b": b}
    loss = p.use("uncertainty.arc_loss", eq(L, CLOSED), **values)
    p.use("uncertainty.arc_loss", sums("k", 0, TERM, L), **values)
    value = reproduced(p)
    mirrored = p.step("congruence", eq(conj(c(K)), conj(RESPONSE)), equal=value, context=fn("m_", conj("m_")))
    gap = c(k - 1) - lam / (2 * K) * SHAPE * d[k]
    with p.generalise({"k": "int"}, within(1, k, PERIOD), le(0, Abs(gap) ** 2)):
        p.squares(le(0, Abs(gap) ** 2), [(1, [], "", gap)])
    total = p.use("algebra.sum_nonnegative", le(0, Sum("k", 1, PERIOD, Abs(gap) ** 2)), n=PERIOD, f=fn("k", Abs(gap) ** 2))
    share = p.squares(le(0, 1 / lam), [(1, [room], "", 1 / lam)], nonzero=[regular])
    p.squares(BOUND, [(1, [share, total], "", 1)], using=[(loss, -1), (value, 1), (mirrored, 1)], nonzero=[regular])


SHAPE = exp(alpha * LAG / K)
RESPONSE = Sum("k", 1, PERIOD, SHAPE * conj(d[k]) * c(k - 1)) / PERIOD


@explained
def reproduced(p):
    """c_K = (1/2K) Σ_l e^{αl/K} conj(d_l) c_{K+l}, because e^{αl/K} a_n^{K+l} = a_n^K e^{iπ(n−h)l/K}."""
    weight = b[n] * exp(-alpha) * turn((n - h) * K)
    inner = Sum("k", 1, PERIOD, conj(d[k]) * turn((n - h) * LAG))
    with p.generalise({"n": "int"}, within(1, n, S), eq(weight, weight * inner / PERIOD)) as each:
        whole = p.apply(p.given(3), eq(inner, PERIOD), n=n)
        p.identity(eq(weight, weight * inner / PERIOD), [(whole, -weight / PERIOD)], nonzero=[])
    added = p.step("congruence", eq(Sum("n", 1, S, weight), Sum("n", 1, S, weight * inner / PERIOD)), equal=each.fact)
    return p.identity(eq(c(K), RESPONSE), [(added, 1)])


@claim.oracle
def drawn_weights():
    """Losses of weights drawn around half the explicit ones, run for 30 periods, against the bound with the Dirichlet kernel."""
    import random

    from mpmath import mp, mpf

    from theory.papers.uncertainty_measurements import bounded

    found, chance = [], random.Random(7)
    with mp.workdps(25):
        for half, lag, rate in ((0, 2, 1), (1, 3, 1), (3, 10, mpf(1) / 2)):
            angles = range(-half, half + 1)
            poles = [mp.exp(mp.mpc(-rate, mp.pi * m) / lag) for m in angles]
            kernel = [abs(sum(mp.expjpi(mpf(m * at) / lag) for m in angles)) ** 2 for at in range(-lag, lag)]
            bound = 1 - (1 - mp.exp(-4 * rate)) / (4 * lag**2) * sum(
                mp.exp(2 * rate * mpf(at) / lag) * value for at, value in zip(range(-lag, lag), kernel, strict=True))
            for _ in range(3):
                near = mp.exp(-rate) * mp.sinh(2 * rate) / lag / 2
                drawn = [mp.mpc(chance.uniform(-1, 1), chance.uniform(-1, 1)) / 4 for _ in angles]
                state, loss = [near * ((-1) ** (m % 2) + other) for m, other in zip(angles, drawn, strict=True)], mpf(0)
                for step in range(60 * lag):
                    loss += abs(sum(state) - (step == lag)) ** 2
                    state = [x * pole for x, pole in zip(state, poles, strict=True)]
                found.append(bounded("loss", {"T": half, "K": lag, "alpha": float(rate)}, float(loss), float(bound), loss >= bound))
    return found


claim.must_refuse(
    reproduces_nothing=changed(given={3: None}),
    reproduces_too_much=changed(given={3: forall({"n": "int"}, within(1, n, S),
                                                 eq(Sum("k", 1, PERIOD, conj(d[k]) * turn((n - h) * LAG)), K))}),
    half_the_weight=changed(le(1 - lam / (8 * K**2) * WEIGHTED, L)),
    falling_weight=changed(le(1 - lam / (4 * K**2) * Sum("k", 1, PERIOD, grow(-LAG) * Abs(d[k]) ** 2), L)),
)


@claim.refute("reproduces_nothing")
def one_pole(p):
    """d = 0, S = 1, K = 1, α = 1 and b = −1/4: the loss is below 1."""
    here = counterexample(p, S=1, K=1, h=0, alpha=1, b=fn("k", -T(1) / 4), d=fn("k", 0))
    loss = p.use("uncertainty.arc_loss", here(eq(L, CLOSED)), S=1, K=1, h=0, alpha=1, b=fn("k", -T(1) / 4))
    value = p.step("ball_bound", here(lt(CLOSED, 1)), prec=100)
    p.squares(here(lt(L, 1 - lam / (4 * K**2) * WEIGHTED)), [(1, [value], "", 1)], using=[(loss, 1)])
