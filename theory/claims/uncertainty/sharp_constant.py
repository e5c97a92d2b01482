"""The constant of the lower bound is sharp: the best loss lies between 1 − S/(K+1) and 1 − (1 − 5η) S/(K+1), η = (8S)^{−2/5}."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Series, Sum, T, conj, delta, exp, fn, forall, le, lt, names, re, statement, sums, within
from theory.mutations import changed, counterexample, opposite
from theory.papers.uncertainty_sharp import ETA, K, S, lam, turn
from theory.proof import explained
from theory.steps import at, no_unit_product

a, b, k, n, s, least, m = names("a b k n s M m")


def loss(pole, weight):
    return Series("k", 0, Abs(Sum("s", 1, S, weight(s) * pole(s) ** k) - delta(k, K)) ** 2)


STABLE = forall({"s": "int"}, within(1, s, S), lt(Abs(a[s]), 1))
BELOW_ALL = forall({"a": SEQ, "b": SEQ}, [STABLE], le(least, loss(a.__getitem__, b.__getitem__)))
GIVEN = [le(5, exp(2 * lam)), le(S, K), le(exp(5 * lam), 8 * S), BELOW_ALL]
TARGET = 1 - (1 - 5 * ETA) * S / (K + 1)
TIGHT = le(least, TARGET)

claim = Claim(
    title="The constant 1 in the uncertainty principle is sharp",
    says="For every S and K ≥ S and every η = e^{−2λ} with (8S)^{−2/5} ≤ η ≤ 1/5, no lower bound on the loss of all filters of order S "
         "exceeds 1 − (1 − 5η) S/(K+1): the infimum is between that and 1 − S/(K+1). No constant "
         "below 1 can stand before S/(K+1).",
    statement=statement(forall({"S": "nat", "K": "nat", "lam": "real", "M": "real"}, GIVEN, TIGHT)),
    paper="UP", dossier="UP.tight+", reference="own; the sharpness of Theorem 2", source="own",
    hypotheses={"e^{5λ} ≤ 8S": "it sets the rate: ε = 5η ≥ 5 (8S)^{−2/5} ≈ 2.18 S^{−2/5}", "K ≥ S": "for K < S a delay line attains 0",
                "e^{2λ} ≥ 5": "for larger η the claim is that some filter loses at most 1 + (5η − 1) S/(K+1), which the filter 0 does",
                "M below every loss": "any M would do"},
    limits="It says something from S = 7 on. The rate S^{−2/5} is not the best: evenly spaced phases allow about √(log S/S).",
)


@claim.derive
def three_losses(step):
    import sympy

    from theory.identities import below, define, equal, nonnegative, rounds

    eta, order = sympy.symbols("eta S", positive=True)
    period, layers, square = 1 + 2 * eta, 2 * eta + 4 * eta**2, 8 * eta**2
    left = (1 - eta) * (1 - layers)
    rest = equal(step, "decay, layers and period together", left - (1 - 5 * eta) * period * (1 + square), 28 * eta**3 + 80 * eta**4,
                 why="share (1 − η)(S − 2h)/(P(1 + d²)) at 2h = (2η + 4η²)S, P = (1 + 2η)(K + 1), d² = 8η², against (1 − 5η) S/(K + 1)")
    nonnegative(step, "what is left over", rest, why="so the filter captures at least (1 − 5η) S/(K+1)")
    least = define(step, "least η", "eta", (8 * order) ** sympy.Rational(-2, 5), why="η = e^{−2λ}")
    equal(step, "there the layers are at their limit", least ** sympy.Rational(-5, 2), 8 * order, shown="e^{5 lambda}",
          why="e^{5λ} ≤ 8S: the layers, e^λ/(2d) wide, take at most the share 2η + 4η² of the order")
    rounds(step, "constant of the rate", 5 * least.subs(order, 1), "2.18", why="ε = 5η in units of S^{−2/5}", shown="5 * 8^{-2/5}")
    below(step, "from S = 7 on it says something", least.subs(order, 7), sympy.Rational(1, 5), least.subs(order, 6),
          why="η at S = 7, the limit 1/5, η at S = 6")
    root = sympy.symbols("x", positive=True)
    equal(step, "no smaller constant", sympy.Limit(1 - 5 * least.subs(order, root ** sympy.Rational(5, 2)), root, sympy.oo), sympy.S.One,
          why="S = x^{5/2}: for a constant c < 1 some S and every K ≥ S have a filter with a loss below 1 − c S/(K+1)")


@claim.certify
def proof(p, _):
    """Suppose that M lies above. An integer δ with 2ηK ≤ δ ≤ 2ηK + 1 would give an explicit filter of smaller loss, so there is none.
    But then δ < 2ηK for every natural δ, by induction, because the step from below 2ηK cannot land in the interval and is too
    short to pass it; and δ = K is a contradiction.
    """
    witness(p)
    finite_losses(p)
    abbreviations(p)
    eta = p.order("basic", lt(0, ETA))
    filters = every_filter(p)
    many = p.squares(lt(0, S), [(T(1) / 8, [p.given(3)], "", 1), (T(1) / 8, [p.order("basic", lt(0, exp(5 * lam)))], "", 1)])
    lag = p.squares(lt(0, K), [(1, [many], "", 1), (1, [p.given(2)], "", 1)])
    split = p.new_id()
    with p.branch() as less:
        p.squares(TIGHT, [(1, [f"{split}.less.1"], "", 1)])
    with p.branch() as equal:
        p.squares(TIGHT, using=[(f"{split}.equal.1", 1)])
    with p.branch() as greater:
        no_gap(p, filters, (f"{split}.greater.1", eta, lag))
    p.step("cases", TIGHT, split, on=[least, TARGET], less=less, equal=equal, greater=greater)


def witness(p):
    """λ = 1, S = K = 20 and M = 0, which is below every loss by the lower bound 1 − 20/21."""
    with p.inhabited_by(S=20, K=20, lam=1, M=0):
        p.step("ball_bound", le(5, exp(T(2) * 1)), prec=53)
        p.step("ball_bound", le(exp(T(5) * 1), T(8) * 20), prec=53)
        stable, value = (at(at(x, "S", 20), "K", 20) for x in (STABLE, loss(a.__getitem__, b.__getitem__)))
        with p.generalise({"a": SEQ, "b": SEQ}, [stable], le(0, value)):
            bound = p.use("uncertainty.lower_bound_white", le(1 - T(20) / 21, value), S=20, K=20, a=a, b=b)
            p.squares(le(0, value), [(1, [bound], "", 1), (T(1) / 21, [], "", 1)])


@explained
def finite_losses(p):
    """Every loss converges."""
    value = loss(a.__getitem__, b.__getitem__)
    square = value.json[3]
    with p.generalise({"a": SEQ, "b": SEQ}, [STABLE], sums("k", 0, square, value)) as block:
        no_unit_product(p, a, S, block(1))
        response = Sum("s", 1, S, b[s] * a[s] ** K)
        closed = 1 + Sum("s", 1, S, Sum("t", 1, S, b[s] * conj(b["t"]) / (1 - a[s] * conj(a["t"])))) - 2 * re(response)
        total = p.use("uncertainty.loss_in_gram_form", sums("k", 0, square, closed), S=S, K=K, a=a, b=b)
        p.series("exists", sums("k", 0, square, value), total)


P, d, pole, width, q, window, sigma, weight = names("P d pole h q w sigma weight")


def abbreviations(p):
    """The filter of uncertainty.sharp_filter with δ = m + 1."""
    p.abbreviate("P", ["m"], K + m + 1)
    p.abbreviate("d", ["m"], (m + 1) / P(m))
    p.abbreviate("pole", ["m", "n"], exp(-lam / P(m)) * turn(n, P(m)))
    p.abbreviate("h", ["m"], exp(lam) / (4 * d(m)))
    p.abbreviate("q", ["m"], width(m) / (1 + width(m)))
    p.abbreviate("w", ["m", "n"], 1 - (q(m) ** n + q(m) ** (S + 1 - n)) / (1 + q(m) ** (S + 1)))
    p.abbreviate("sigma", ["m"], (1 - ETA) * exp(lam * K / P(m)) / (P(m) * (1 + d(m) ** 2)))
    p.abbreviate("weight", ["m", "n"], sigma(m) * window(m, n) * turn(-n * K, P(m)))


@explained
def every_filter(p):
    """Each δ = m + 1 in the interval gives a filter, which M is below."""
    with p.generalise({"m": "nat"}, [le(2 * ETA * K, m + 1), le(m + 1, 2 * ETA * K + 1)], TIGHT) as block:
        p.squares(le(1, m + 1), [(1, [p.order("basic", le(0, m))], "", 1)])
        values = {"S": S, "K": K, "gap": m + 1, "lam": lam}
        p.use("uncertainty.sharp_filter", forall({"n": "int"}, [], lt(Abs(pole(m, n)), 1)), **values)
        value = loss(lambda s: pole(m, s), lambda s: weight(m, s))
        above = p.use("uncertainty.sharp_filter", le(value, TARGET), **values)
        below = p.apply(p.given(4), le(least, value), a=fn("n", pole(m, n)), b=fn("n", weight(m, n)))
        p.squares(TIGHT, [(1, [below], "", 1), (1, [above], "", 1)])
    return block.fact


@explained
def no_gap(p, filters, known):
    """m < 2ηK for every natural m, if M is above the target."""
    above, eta, lag = known
    goal = lt(m, 2 * ETA * K)
    with p.branch() as base:
        p.squares(lt(0, 2 * ETA * K), [(2, [eta, lag], "", 1)])
    block, split = p.new_id(), p.new_id()
    with p.branch() as step:
        branches = {}
        for name in ("less", "equal", "greater"):
            with p.branch() as branches[name]:
                here = f"{split}.{name}.1"
                if name == "less":
                    p.squares(at(goal, "m", m + 1), [(1, [here], "", 1)])
                    continue
                if name == "equal":
                    p.squares(le(2 * ETA * K, m + 1), using=[(here, -1)])
                else:
                    p.squares(le(2 * ETA * K, m + 1), [(1, [here], "", 1)])
                p.squares(le(m + 1, 2 * ETA * K + 1), [(1, [f"{block}.2"], "", 1)])
                reached = p.apply(filters, TIGHT, m=m)
                absurd = p.squares(lt(0, 0), [(1, [reached], "", 1), (1, [above], "", 1)])
                p.step("contradiction", at(goal, "m", m + 1), **{"from": absurd})
        p.step("cases", at(goal, "m", m + 1), split, on=[m + 1, 2 * ETA * K], **branches)
    every = p.step("induction", forall({"m": "nat"}, [], goal), block, base=base, step=step)
    late = p.apply(every, lt(K, 2 * ETA * K), m=K)
    small = p.squares(le(5 * ETA, 1), [(1, [eta, p.given(1)], "", 1)])
    absurd = p.squares(lt(0, 0), [(1, [late], "", 1), (T(2) / 5, [small, lag], "", 1), (T(3) / 5, [lag], "", 1)])
    return p.step("contradiction", TIGHT, **{"from": absurd})


def target(order, lag):
    """The formula: 1 − (1 − 5η) S/(K+1) with the least η, rounded up to a square of a multiple of 1/10000."""
    from fractions import Fraction

    from numeric import sharpness

    return 1 - sharpness.proved(order, lag) * Fraction(order, lag + 1)


@claim.oracle
def tuned_poles():
    """Evenly spaced poles tuned by the law for S/K → 0, enclosed in balls: between the lower bound and the target."""
    from fractions import Fraction

    from numeric import balls, families, sharpness
    from numeric.optimum import optimum
    from numeric.poles import rational_ball
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for order in (7, 9, 21, 65, 257):
        for lag in (2 * order, 100 * order, 10**7):
            r, wide = sharpness.tuned(order, lag)
            loss = optimum(families.sharp(order, lag + wide, r), lag, digits=15, weights=False).loss
            least, most = 1 - Fraction(order, lag + 1), target(order, lag)
            inside = balls.less(rational_ball(least), loss) is True and balls.less(loss, rational_ball(most)) is True
            found.append(bounded("loss", {"S": order, "K": lag}, loss.str(12), f"{float(least):.9f} to {float(most):.9f}", inside))
    return found


@claim.oracle
def recurrences():
    """Best weights for these poles from the normal equations in 30 digits; the filter is run by the recurrence over 24 periods and more."""
    from fractions import Fraction

    from mpmath import mp

    from numeric import families, multiprecision, sharpness
    from theory.papers.uncertainty_measurements import bounded

    found = []
    with mp.workdps(30):
        for order, lag in ((7, 14), (9, 27), (13, 26), (21, 21)):
            r, wide = sharpness.tuned(order, lag)
            exact = families.sharp(order, lag + wide, r)
            weights = multiprecision.optimal_weights(exact, lag, 30)
            poles = [mp.exp(mp.mpc(mp.log(mp.mpf(r.numerator) / r.denominator) / (lag + wide), mp.pi * float_free(x))) for x in exact]
            state, loss = [mp.mpc(x) for x in weights], mp.mpf(0)
            for step in range(24 * (lag + wide)):
                loss += abs(mp.fsum(state) - (step == lag)) ** 2
                state = [x * pole for x, pole in zip(state, poles, strict=True)]
            least, most = 1 - Fraction(order, lag + 1), target(order, lag)
            found.append(bounded("loss", {"S": order, "K": lag}, mp.nstr(loss, 12), f"{float(least):.9f} to {float(most):.9f}",
                                 least <= Fraction(str(loss)) <= most))
    return found


def float_free(pole):
    """The phase of a pole in half turns, as an mpmath number."""
    from mpmath import mpf

    return mpf(pole.half_turns.numerator) / pole.half_turns.denominator


claim.must_refuse(
    factor_above_one=changed(le(least, 1 - (1 + ETA) * S / (K + 1))),
    error_improved=changed(le(least, 1 - (1 - 4 * ETA) * S / (K + 1))),
    nothing_lost=changed(le(least, 1 - S / (K + 1))),
    any_number=changed(given={4: None}),
    rate_too_fast=changed(given={3: None}),
    filters_without_weights=changed(given={4: forall({"a": SEQ}, [STABLE], le(least, loss(a.__getitem__, lambda s: T(1))))}),
)


def counter(bound, sharp):
    """S = K = 20, λ = 1 and this M, which is below every loss by the theorem."""

    def hypotheses(p):
        p.step("ball_bound", le(5, exp(T(2) * 1)), prec=53)
        p.step("ball_bound", le(exp(T(5) * 1), T(8) * 20), prec=53)
        if sharp:
            stable, value = (at(at(x, "S", 20), "K", 20) for x in (STABLE, loss(a.__getitem__, b.__getitem__)))
            with p.generalise({"a": SEQ, "b": SEQ}, [stable], le(bound, value)):
                p.use("uncertainty.lower_bound_white", le(1 - T(20) / 21, value), S=20, K=20, a=a, b=b)

    def refutation(p):
        values = {"S": 20, "K": 20, "lam": 1, "M": bound}
        with p.inhabited_by(**values):
            hypotheses(p)
        here = counterexample(p, **values)
        hypotheses(p)
        p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=100)

    return refutation


claim.refute("factor_above_one")(counter(T(1) / 21, True))
claim.refute("any_number")(counter(T(2), False))
