"""The adjoint of the shift in the norm of an autoregressive input: it takes V|x_0|² from the norm, with V the prediction error."""
from theory.claim import Claim
from theory.language import SEQ, Abs, Series, Sum, T, both, conj, delta, eq, fn, forall, le, names, statement, sums, within
from theory.mutations import changed
from theory.proof import explained

p_, f, g, x, A, B, j, k, m, n = names("p f g x A B j k m n")
U, Q, P, V, r = names("U Q P V r")


def autocorrelation(name):
    """The hypotheses on an autocorrelation: Σ|g_k| converges and g_{−k} = ḡ_k."""
    return [sums("k", 0, Abs(name[k]), B), forall({"k": "int"}, [], eq(name[-k], conj(name[k])))]


def yule_walker(g, f):
    """g_k = Σ_j f_j g_{k−j} for k ≥ 1."""
    return forall({"k": "int"}, [le(1, k)], eq(g[k], Sum("j", 1, p_, f[j] * g[k - j])))


def double(e):
    """Σ_n Σ_m e_n ē_m g_{m−n}."""
    return Series("n", 0, Series("m", 0, e(n) * conj(e(m)) * g[m - n]))


def rows(e):
    pair = e(n) * conj(e(m)) * g[m - n]
    return forall({"n": "int"}, [le(0, n)], sums("m", 0, pair, Series("m", 0, pair)))


def column(e, value):
    return sums("n", 0, Series("m", 0, e(n) * conj(e(m)) * g[m - n]), value)


def own(n):
    return x[n]


GIVEN = [sums("k", 0, Abs(x[k]), A), *autocorrelation(g), yule_walker(g, f)]
IDENTITY = eq(P, Q - V * Abs(x[0]) ** 2)
RESULT = both(rows(own), column(own, Q), rows(U), column(U, P), IDENTITY)
WHERE = [("U", ["n"], x[n + 1] + x[0] * Sum("j", 1, p_, f[j] * delta(n, j - 1))), ("Q", [], double(own)), ("P", [], double(U)),
         ("V", [], g[0] - Sum("j", 1, p_, f[j] * g[-j]))]

claim = Claim(
    title="The shift that predicts",
    says="Let g_k = Σ_{j=1}^p f_j g_{k−j} for k ≥ 1 (Yule and Walker). Move a summable sequence one step back and spread what falls "
         "out by the "
         "predictor, Ux = (x_1, x_2, …) + x_0 (f_1, …, f_p, 0, …): then Q(Ux) = Q(x) − V|x_0|² for Q(x) = Σ x_n x̄_m g_{m−n} and "
         "V = g_0 − Σ f_j g_{−j}.",
    statement=statement(forall({"p": "nat", "f": SEQ, "g": SEQ, "x": SEQ, "A": "real", "B": "real"}, GIVEN, RESULT), WHERE),
    reference="the argument behind UP.ar+",
    hypotheses={"Σ|x_k|, Σ|g_k| converge": "the double series need not converge", "g_{−k} = ḡ_k": "Q need not be real",
                "Yule and Walker": "p = 0 and g_1 ≠ 0: the shift alone changes Q"},
    limits="Nothing is said of the sign of V, which is the variance of the prediction error when g belongs to a density.",
)


@claim.derive
def two_samples(step):
    """p = 1, two samples: Q(Ux) and Q(x) expanded."""
    from sympy import expand, symbols

    from theory.papers.uncertainty_symbolic import confirm

    a, b, c, rho = symbols("x0 x1 x2 rho", real=True)
    lags = step("g", {0: 1, 1: rho, 2: rho**2}, why="g_k = ρ g_{k−1}")

    def form(e):
        return sum(s * t * lags[abs(i - j)] for i, s in enumerate(e) for j, t in enumerate(e))
    shifted = step("Ux", (b + rho * a, c), why="f_1 = ρ")
    confirm(step, "what is lost", [expand(form((a, b, c)) - form(shifted) - (1 - rho**2) * a**2)], why="V = 1 − ρ²")


@claim.certify
def proof(p, _):
    """Let r_n = Σ_m x̄_m g_{m−n}. For n ≥ 1 the row of Ux at n − 1 is r_n − x̄_0 (g_{−n} − Σ f̄_j g_{j−n}) = r_n, so Q(Ux) is
    Q(x) − x_0 (r_0 − Σ f_j r_j), and r_0 − Σ f_j r_j = Σ_m x̄_m (g_m − Σ f_j g_{m−j}) = x̄_0 V.
    """
    with p.inhabited_by(p=0, f=fn("n", 0), g=fn("n", 0), x=fn("n", 0), A=0, B=0):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        with p.generalise({"k": "int"}, [], eq(T(0), conj(T(0)))):
            p.identity(eq(T(0), conj(T(0))))
        with p.generalise({"k": "int"}, [le(1, k)], eq(T(0), Sum("j", 1, 0, T(0)))):
            p.identity(eq(T(0), Sum("j", 1, 0, T(0))))
    p.abbreviate("r", ["n"], Series("m", 0, conj(x[m]) * g[m - n]))
    response = own_rows(p, bounded_lags(p))
    first = own_energy(p, response)
    moved = moved_rows(p, response)
    energy = moved_energy(p, first, moved)
    lost = what_is_lost(p, response)
    p.both(*first[:2], *energy[:2], p.identity(IDENTITY, [(energy[2], 1), (lost, -x[0])]))


@explained
def bounded_lags(p):
    """|g_k| ≤ B for every integer k."""
    with p.generalise({"k": "int"}, [le(0, k)], le(Abs(g[k]), B)) as positive:
        single = p.series("finite", sums("n", 0, delta(n, k) * Abs(g[n]), Abs(g[k])), K=k, g=fn("n", Abs(g[n])))
        with p.generalise({"n": "int"}, [le(0, n)], le(delta(n, k) * Abs(g[n]), Abs(g[n]))) as below:
            p.squares(below.shows[3], [(1, [p.order("basic", le(0, Abs(g[n])))], "", 1 - delta(n, k))])
        p.series("order", le(Abs(g[k]), B), single, p.given(2), below.fact)
    with p.generalise({"k": "int"}, [], le(Abs(g[k]), B)) as every:
        split, goal = p.new_id(), every.shows[3]
        branches = {}
        for name in ("less", "equal", "greater"):
            with p.branch() as branches[name]:
                case = f"{split}.{name}.1"
                if name == "less":
                    p.squares(le(0, -k), [(1, [case], "", 1)])
                    there = p.apply(positive.fact, le(Abs(g[-k]), B), k=-k)
                    mirror = p.apply(p.given(3), eq(g[-k], conj(g[k])), k=k)
                    size = p.step("congruence", eq(Abs(g[-k]), Abs(conj(g[k]))), equal=mirror, context=fn("m_", Abs("m_")))
                    p.squares(goal, [(1, [there], "", 1)], using=[(size, -1)])
                else:
                    p.squares(le(0, k), [(1, [case], "", 1)] if name == "greater" else [], using=[(case, -1)] if name == "equal" else [])
                    p.apply(positive.fact, goal, k=k)
        p.step("cases", goal, split, on=[k, 0], **branches)
    return every.fact


@explained
def own_rows(p, bounded):
    """r_n = Σ_m x̄_m g_{m−n} converges for every n."""
    with p.generalise({"n": "int"}, [], sums("m", 0, conj(x[m]) * g[m - n], r(n))) as block:
        term = conj(x[m]) * g[m - n]
        with p.generalise({"m": "int"}, [le(0, m)], le(Abs(term), B * Abs(x[m]))) as below:
            size = p.apply(bounded, le(Abs(g[m - n]), B), k=m - n)
            p.squares(below.shows[3], [(1, [p.order("basic", le(0, Abs(x[m]))), size], "", 1)])
        scaled = p.series("linear", sums("m", 0, B * Abs(x[m]), B * A), using=[[p.given(1), B, 1]])
        p.series("compare", block.shows[3], below.fact, scaled)
    return block.fact


@explained
def own_energy(p, response):
    """Q = Σ x_n r_n."""
    pair = x[n] * conj(x[m]) * g[m - n]
    with p.generalise({"n": "int"}, [le(0, n)], sums("m", 0, pair, Series("m", 0, pair))) as each:
        here = p.apply(response, sums("m", 0, conj(x[m]) * g[m - n], r(n)), n=n)
        p.series("exists", each.shows[3], p.series("linear", sums("m", 0, pair, x[n] * r(n)), using=[[here, x[n], 1]]))
    with p.generalise({"n": "int"}, [le(0, n)], eq(Series("m", 0, pair), x[n] * r(n))) as value:
        here = p.apply(response, sums("m", 0, conj(x[m]) * g[m - n], r(n)), n=n)
        p.series("value", value.shows[3], p.series("linear", sums("m", 0, pair, x[n] * r(n)), using=[[here, x[n], 1]]))
    tail = p.series("linear", sums("k", 1, Abs(g[k]), B - Abs(g[0])), using=[[p.series(
        "peel", sums("k", 1, Abs(g[k]), B - Abs(g[0])), p.given(2)), 1, 1]])
    with p.generalise({"k": "int"}, [le(1, k)], eq(Abs(g[k]), Abs(g[-k]))) as same:
        mirror = p.apply(p.given(3), eq(g[-k], conj(g[k])), k=k)
        size = p.step("congruence", eq(Abs(g[-k]), Abs(conj(g[k]))), equal=mirror, context=fn("m_", Abs("m_")))
        p.identity(same.shows[3], [(size, -1)])
    p.series("equal", sums("k", 1, Abs(g[-k]), B - Abs(g[0])), tail, same.fact)
    whole = p.use("analysis.spectral_quadratic", column(own, Q), e=x, g=g, A=A, B=B, M=B - Abs(g[0]))
    return each.fact, whole, p.series("equal", sums("n", 0, x[n] * r(n), Q), whole, value.fact)


@explained
def moved_rows(p, response):
    """The row of Ux at n is r_{n+1}: the first term goes, and the predictor brings it back by Yule and Walker."""
    fact = sums("m", 0, conj(U(m)) * g[m - n], r(n + 1))
    with p.generalise({"n": "int"}, [le(0, n)], fact) as block:
        here = p.apply(response, sums("m", 0, conj(x[m]) * g[m - n - 1], r(n + 1)), n=n + 1)
        rest = r(n + 1) - conj(x[0]) * g[-n - 1]
        later = p.series("peel", sums("m", 1, conj(x[m]) * g[m - n - 1], rest), here)
        shifted = p.series("shift", sums("m", 0, conj(x[m + 1]) * g[m - n], rest), later, by=1)
        term, value = conj(f[j]) * delta(m, j - 1) * g[m - n], conj(f[j]) * g[j - 1 - n]
        with p.generalise({"j": "int"}, within(1, j, p_), sums("m", 0, term, value)) as each:
            p.series("finite", each.shows[3], K=j - 1, g=fn("m", conj(f[j]) * g[m - n]))
        spread = p.series("exchange", sums("m", 0, Sum("j", 1, p_, term), Sum("j", 1, p_, value)), each.fact)
        total = rest + conj(x[0]) * Sum("j", 1, p_, value)
        whole = p.series("linear", sums("m", 0, conj(U(m)) * g[m - n], total), using=[[shifted, 1, 1], [spread, conj(x[0]), 1]])
        predicted = p.apply(p.given(4), eq(g[n + 1], Sum("j", 1, p_, f[j] * g[n + 1 - j])), k=n + 1)
        mirrored = p.step("congruence", eq(conj(g[n + 1]), conj(Sum("j", 1, p_, f[j] * g[n + 1 - j]))), equal=predicted,
                          context=fn("m_", conj("m_")))
        first = p.apply(p.given(3), eq(g[-n - 1], conj(g[n + 1])), k=n + 1)
        with p.generalise({"j": "int"}, within(1, j, p_), eq(value, conj(f[j]) * conj(g[n + 1 - j]))) as back:
            lag = p.apply(p.given(3), eq(g[j - n - 1], conj(g[n + 1 - j])), k=n + 1 - j)
            p.identity(back.shows[3], [(lag, conj(f[j]))])
        same = p.step("congruence", eq(Sum("j", 1, p_, value), Sum("j", 1, p_, conj(f[j]) * conj(g[n + 1 - j]))), equal=back.fact)
        equation = p.identity(eq(total, r(n + 1)), [(first, -conj(x[0])), (same, conj(x[0])), (mirrored, -conj(x[0]))])
        p.step("congruence", fact, equal=equation, context=fn("m_", sums("m", 0, conj(U(m)) * g[m - n], "m_")), **{"from": whole})
    return block.fact


@explained
def moved_energy(p, first, moved):
    """Q(Ux) = Q(x) − x_0 r_0 + x_0 Σ f_j r_j."""
    pair = U(n) * conj(U(m)) * g[m - n]
    with p.generalise({"n": "int"}, [le(0, n)], sums("m", 0, pair, Series("m", 0, pair))) as each:
        here = p.apply(moved, sums("m", 0, conj(U(m)) * g[m - n], r(n + 1)), n=n)
        p.series("exists", each.shows[3], p.series("linear", sums("m", 0, pair, U(n) * r(n + 1)), using=[[here, U(n), 1]]))
    with p.generalise({"n": "int"}, [le(0, n)], eq(U(n) * r(n + 1), Series("m", 0, pair))) as value:
        here = p.apply(moved, sums("m", 0, conj(U(m)) * g[m - n], r(n + 1)), n=n)
        line = p.series("value", eq(Series("m", 0, pair), U(n) * r(n + 1)), p.series(
            "linear", sums("m", 0, pair, U(n) * r(n + 1)), using=[[here, U(n), 1]]))
        p.identity(value.shows[3], [(line, -1)])
    later = p.series("peel", sums("n", 1, x[n] * r(n), Q - x[0] * r(0)), first[2])
    shifted = p.series("shift", sums("n", 0, x[n + 1] * r(n + 1), Q - x[0] * r(0)), later, by=1)
    term, lone = f[j] * delta(n, j - 1) * r(n + 1), f[j] * r(j)
    with p.generalise({"j": "int"}, within(1, j, p_), sums("n", 0, term, lone)) as cell:
        p.series("finite", cell.shows[3], K=j - 1, g=fn("n", f[j] * r(n + 1)))
    spread = p.series("exchange", sums("n", 0, Sum("j", 1, p_, term), Sum("j", 1, p_, lone)), cell.fact)
    total = Q - x[0] * r(0) + x[0] * Sum("j", 1, p_, lone)
    whole = p.series("linear", sums("n", 0, U(n) * r(n + 1), total), using=[[shifted, 1, 1], [spread, x[0], 1]])
    lines = p.series("equal", column(U, total), whole, value.fact)
    return each.fact, p.series("exists", column(U, P), lines), p.series("value", eq(P, total), lines)


@explained
def what_is_lost(p, response):
    """r_0 − Σ f_j r_j = x̄_0 V: every other x̄_m has the factor g_m − Σ f_j g_{m−j} = 0."""
    start = p.apply(response, sums("m", 0, conj(x[m]) * g[m], r(0)), n=0)
    term = f[j] * conj(x[m]) * g[m - j]
    with p.generalise({"j": "int"}, within(1, j, p_), sums("m", 0, term, f[j] * r(j))) as each:
        here = p.apply(response, sums("m", 0, conj(x[m]) * g[m - j], r(j)), n=j)
        p.series("linear", each.shows[3], using=[[here, f[j], 1]])
    spread = p.series("exchange", sums("m", 0, Sum("j", 1, p_, term), Sum("j", 1, p_, f[j] * r(j))), each.fact)
    gap, total = conj(x[m]) * (g[m] - Sum("j", 1, p_, f[j] * g[m - j])), r(0) - Sum("j", 1, p_, f[j] * r(j))
    whole = p.series("linear", sums("m", 0, gap, total), using=[[start, 1, 1], [spread, -1, 1]])
    later = p.series("peel", sums("m", 1, gap, total - conj(x[0]) * V), whole)
    with p.generalise({"m": "int"}, [le(1, m)], eq(gap, 0)) as none:
        predicted = p.apply(p.given(4), eq(g[m], Sum("j", 1, p_, f[j] * g[m - j])), k=m)
        p.identity(none.shows[3], [(predicted, conj(x[m]))])
    empty = p.series("equal", sums("m", 1, T(0), total - conj(x[0]) * V), later, none.fact)
    here = p.series("value", eq(Series("m", 1, T(0)), total - conj(x[0]) * V), empty)
    nothing = p.series("value", eq(Series("m", 1, T(0)), 0), p.series("linear", sums("m", 1, T(0), 0), using=[]))
    return p.identity(eq(total, conj(x[0]) * V), [(here, -1), (nothing, 1)])


claim.must_refuse(
    nothing_lost=changed(both(rows(own), column(own, Q), rows(U), column(U, P), eq(P, Q))),
    sign_flipped=changed(both(rows(own), column(own, Q), rows(U), column(U, P), eq(P, Q + V * Abs(x[0]) ** 2))),
    predictor_forgotten=changed(where={"U": x[n + 1]}),
    index_flipped=changed(where={"P": Series("n", 0, Series("m", 0, U(n) * conj(U(m)) * g[n - m]))}),
    not_predicted=changed(given={4: None}),
    not_hermitian=changed(given={3: None}),
)
