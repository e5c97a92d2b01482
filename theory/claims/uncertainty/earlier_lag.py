"""What a filter moved back by some lags misses, under a density between two positive bounds."""
from fractions import Fraction

from numeric.reference import Gaussian, gaussian
from theory.claim import Claim
from theory.claims.uncertainty.prediction_error import convergent
from theory.language import IMAGINARY, SEQ, Abs, Series, Sum, T, both, conj, delta, eq, exp, fn, forall, le, lt, names, ne, statement, sums
from theory.mutations import changed
from theory.proof import explained
from theory.steps import modulus_of_nonnegative, positive_reciprocal

C, g, A, B, K, q, low, high = names("C g A B K q low high")
k, m, n, y, G, L, Q = names("k m n y G L Q")
place = names("l")
SUMMABLE = [sums("k", 0, Abs(C[k]), A), sums("k", 0, Abs(g[k]), B)]
HERMITIAN = forall({"k": "int"}, [], eq(g[-k], conj(g[k])))
BETWEEN = [forall({"y": "real"}, [], le(low, G(y))), forall({"y": "real"}, [], le(G(y), high))]
TAIL = Sum("l", 1, q, Abs(g[K + 1 - place]) ** 2)


def moved(n):
    return low / high * C[n + q] - delta(n, K - q)


def plain(n):
    return C[n] - delta(n, K)


def double(e):
    return Series("n", 0, Series("m", 0, e(n) * conj(e(m)) * g[n - m]))


def rows(e):
    pair = e(n) * conj(e(m)) * g[n - m]
    return forall({"n": "int"}, [le(0, n)], sums("m", 0, pair, Series("m", 0, pair)))


def column(e, value):
    return sums("n", 0, Series("m", 0, e(n) * conj(e(m)) * g[n - m]), value)


RESULT = le(Q, low / high * (L - g[0]) + g[0] + TAIL / high)
WHERE = [("G", ["y"], Series("k", 0, g[k] * exp(-IMAGINARY * k * y)) + Series("k", 1, g[-k] * exp(IMAGINARY * k * y))),
         ("L", [], double(plain)), ("Q", [], double(moved))]
VARIABLES = {"C": SEQ, "g": SEQ, "A": "real", "B": "real", "K": "nat", "q": "nat", "low": "real", "high": "real"}
GIVEN = [*SUMMABLE, HERMITIAN, *BETWEEN, lt(0, low), le(q, K)]

claim = Claim(
    title="A filter moved to an earlier lag",
    says="Let L be the loss of the impulse response c at the lag K under a density between m > 0 and M. Then (m/M)c, moved back by q ≤ K "
         "lags, has at the lag K − q at most the loss (m/M)(L − γ(0)) + γ(0) + (1/M) Σ_{l=1}^q |γ(K + 1 − l)|².",
    statement=statement(forall(VARIABLES, GIVEN, both(rows(plain), column(plain, L), rows(moved), column(moved, Q), RESULT)), WHERE),
    reference="the argument behind UP.ar+",
    hypotheses={"Σ|c_k|, Σ|γ(k)| converge, γ(−k) = conj γ(k)": "the losses need not be defined or real", "0 < m ≤ Γ ≤ M":
                "m = 0 says nothing of c", "q ≤ K": "there is no lag before 0"},
    limits="The first q values of the filter are dropped; they cost at most their energy and that of γ at the lags K, …, K + 1 − q.",
)


@claim.derive
def three_taps(step):
    """Filters with three values: what the bound leaves is three parts, each of one sign; white noise, where one part remains."""
    import sympy

    from theory.identities import confirm, equal, nonnegative

    least, most = sympy.symbols("m M", positive=True)
    values, mirrors = [*sympy.symbols("c0:3"), *[0] * 3], [*sympy.symbols("d0:3"), *[0] * 3]
    lags = {0: sympy.Symbol("gamma_0"), **{k: sympy.Symbol(f"gamma_{{{k}}}") for k in range(-5, 6) if k}}
    share = least / most

    def form(first, second):
        return sum(s * t * lags[i - j] for i, s in enumerate(first) for j, t in enumerate(second))

    def away(numbers, lag):
        return [s - int(i == lag) for i, s in enumerate(numbers)]

    cases, left = ((1, 1), (2, 1), (2, 2), (3, 2)), []
    for lag, back in cases:
        loss, own = form(away(values, lag), away(mirrors, lag)), form(values, mirrors)
        kept, conjugates = values[back:], mirrors[back:]
        moved_loss = form(away([share * s for s in kept], lag - back), away([share * t for t in conjugates], lag - back))
        tail = sum(lags[lag + 1 - j] * lags[j - lag - 1] for j in range(1, back + 1))
        bound = share * (loss - lags[0]) + lags[0] + tail / most
        energies = [sum(s * t for s, t in zip(first, second, strict=True)) for first, second in ((values, mirrors), (kept, conjugates))]
        gaps = [(least * values[j - 1] - lags[lag + 1 - j]) * (least * mirrors[j - 1] - lags[j - lag - 1]) for j in range(1, back + 1)]
        parts = share * (own - least * energies[0]) + share**2 * (most * energies[1] - form(kept, conjugates)) + sum(gaps) / most
        left.append(sympy.expand(bound - moved_loss - parts))
    confirm(step, "what the bound leaves", left,
            why="(K, q) = (1, 1), (2, 1), (2, 2), (3, 2): the bound less the loss of the moved filter is (m/M)(Q(c) − mE) "
                "+ (m/M)²(M(E − E_q) − Q(c_q, c_{q+1}, …)) + (1/M) Σ_{l≤q} |m c_{l−1} − γ(K + 1 − l)|²; "
                "d_n stands for the conjugate of c_n, γ(−k) for that of γ(k)")
    above, below, gap = sympy.symbols("u v w", nonnegative=True)
    nonnegative(step, "no part is negative", share * above + share**2 * below + gap / most,
                why="u = Q(c) − mE ≥ 0 and v = M(E − E_q) − Q(c_q, …) ≥ 0, because m ≤ Γ ≤ M; w is the sum of the squares")
    noise = {least: 1, most: 1, **{lags[k]: int(k == 0) for k in lags}}
    lost = [(form(away(values, 2), away(mirrors, 2)) - form(away(values[back:], 2 - back), away(mirrors[back:], 2 - back))).subs(noise)
            for back in (1, 2)]
    equal(step, "white noise, one lag", lost[0], values[0] * mirrors[0], shown="L - Q", why="K = 2, q = 1: only the energy of c_0 is lost")
    equal(step, "white noise, two lags", lost[1], values[0] * mirrors[0] + values[1] * mirrors[1], shown="L - Q", why="K = q = 2")


@claim.certify
def proof(p, _):
    """With E = Σ|c_n|², E_q the part of n < q and X = Σ c_n γ(n − K): L = Q(c) − 2 Re X + γ(0) with Q(c) ≥ mE, while the moved filter has
    Q ≤ (m/M)² M (E − E_q) − 2(m/M) Re(X − X_q) + γ(0), and 2 Re X_q ≤ m E_q + (1/m) Σ_{l≤q} |γ(K + 1 − l)|².
    """
    with p.inhabited_by(C=fn("n", 0), g=fn("n", delta(n, 0)), A=0, B=1, K=0, q=0, low=1, high=1):
        p.series("linear", sums("k", 0, Abs(T(0)), 0), using=[])
        p.series("finite", sums("k", 0, Abs(delta(k, 0)), 1), K=0, g=fn("k", 1))
        with p.generalise({"k": "int"}, [], eq(delta(-k, 0), conj(delta(k, 0)))) as even:
            p.identity(even.shows[3])
        first, second = delta(k, 0) * exp(-IMAGINARY * k * y), delta(-k, 0) * exp(IMAGINARY * k * y)
        noise = Series("k", 0, first) + Series("k", 1, second)
        for goal, c in ((le(1, noise), -1), (le(noise, 1), 1)):
            with p.generalise({"y": "real"}, [], goal):
                one = p.series("value", eq(Series("k", 0, first), 1), p.series(
                    "finite", sums("k", 0, first, 1), K=0, g=fn("k", exp(-IMAGINARY * k * y))))
                none = p.series("value", eq(Series("k", 1, second), 0), p.series("linear", sums("k", 1, second, 0), using=[]))
                p.squares(goal, [], using=[(one, c), (none, c)])
    values, proper = mirrored(p)
    own, own_found = distance(p, values, lambda n: C[n], K, p.given(1), A)
    later = {}
    for name, term, total in (("meets", lambda n: C[n] * g[n - K], own_found["meets"]), ("energy", lambda n: Abs(C[n]) ** 2,
        own_found["energy"]),
                              ("size", lambda n: Abs(C[n]), p.given(1))):
        later[name] = dropped(p, term, total)
    share = low / high
    scale = p.squares(le(0, share), [(1, [proper["low"], proper["share"]], "", 1)])
    size = share * T(later["size"].shows[4])
    with p.generalise({"k": "int"}, [le(0, k)], eq(share * Abs(C[k + q]), Abs(share * C[k + q]))) as same:
        absolute(p, share, scale, C[k + q])
    scaled = p.series("linear", sums("k", 0, share * Abs(C[k + q]), size), using=[[later["size"], share, 1]])
    summed = p.series("equal", sums("k", 0, Abs(share * C[k + q]), size), scaled, same.fact)
    p.squares(le(0, K - q), [(1, [p.given(7)], "", 1)])
    after, found = distance(p, values, lambda n: share * C[n + q], K - q, summed, size)
    meets = p.series("value", eq(found["X"], share * T(later["meets"].shows[4])), p.series(
        "linear", sums("n", 0, share * C[n + q] * g[n - K + q], share * T(later["meets"].shows[4])), using=[[later["meets"], share, 1]]))
    mirrored_meets = p.step("congruence", eq(conj(found["X"]), conj(share * T(later["meets"].shows[4]))), equal=meets, context=fn("m_",
        conj("m_")))
    energy = p.series("value", eq(found["E"], share**2 * T(later["energy"].shows[4])), p.series(
        "linear", sums("n", 0, Abs(share * C[n + q]) ** 2, share**2 * T(later["energy"].shows[4])), using=[[later["energy"], share**2, 1]]))
    cross = crossed(p, proper)
    whole = p.squares(RESULT, [(1, [after["upper"]], "", 1), (1, [scale, own["lower"]], "", 1), (1, [proper["share"], proper["low"],
        cross], "", 1)],
                      using=[(after["distance"], 1), (own["distance"], -share), (meets, -1), (mirrored_meets, -1), (energy, high)],
                      nonzero=[proper["high"], proper["least"]])
    p.both(own["rows"], own["column"], after["rows"], after["column"], whole)


@explained
def mirrored(p):
    """γ read backwards, and 0 < m ≤ M."""
    with p.generalise({"k": "int"}, [le(0, k)], eq(Abs(g[k]), Abs(g[-k]))) as same:
        back = p.apply(p.given(3), eq(g[-k], conj(g[k])), k=k)
        size = p.step("congruence", eq(Abs(g[-k]), Abs(conj(g[k]))), equal=back, context=fn("m_", Abs("m_")))
        p.identity(same.shows[3], [(size, -1)])
    p.series("equal", sums("k", 0, Abs(g[-k]), B), p.given(2), same.fact)
    with p.generalise({"k": "int"}, [], eq(g[k], conj(g[-k]))):
        p.apply(p.given(3), eq(g[k], conj(g[-k])), k=-k)
    convergent(p, p.given(2), p.given(3), "y")
    backwards = Series("k", 0, g[-k] * exp(-IMAGINARY * k * y)) + Series("k", 1, g[k] * exp(IMAGINARY * k * y))
    with p.generalise({"y": "real"}, [], eq(backwards, G(-y))) as turned:
        inside = p.squares(le(0, G(-y) - low), [(1, [p.apply(p.given(4), le(low, G(-y)), y=-y)], "", 1)])
        real = p.step("quadratic_form", eq(conj(G(-y) - low), G(-y) - low), mode="hermitian", **{"from": [inside]})
        parts = []
        for lo, value, phase in ((0, g[k], -1), (1, g[-k], 1)):
            wave, other, new = exp(phase * IMAGINARY * k * y), conj(value), g[-k] if lo == 0 else g[k]
            with p.generalise({"k": "int"}, [le(lo, k)], eq(new * wave, other * wave)) as each:
                p.identity(each.shows[3], [(p.apply(p.given(3), eq(new, other), k=k if lo == 0 else -k), wave)])
            parts.append(p.step("congruence", eq(Series("k", lo, new * wave), Series("k", lo, other * wave)), equal=each.fact))
        p.identity(turned.shows[3], [(real, 1), *((part, 1) for part in parts)])
    bounds = []
    for given, sides in ((4, (low, "m_")), (5, ("m_", high))):
        with p.generalise({"y": "real"}, [], le(*(backwards if side == "m_" else side for side in sides))) as bound:
            here = p.apply(turned.fact, eq(backwards, G(-y)), y=y)
            there = p.apply(p.given(given), le(*(G(-y) if side == "m_" else side for side in sides)), y=-y)
            p.squares(bound.shows[3], [(1, [there], "", 1)], using=[(here, -1 if given == 4 else 1)])
        bounds.append(bound.fact)
    first, second = (p.apply(p.given(n), shown, y=0) for n, shown in ((4, le(low, G(0))), (5, le(G(0), high))))
    top = p.squares(lt(0, high), [(1, [p.given(6)], "", 1), (1, [first], "", 1), (1, [second], "", 1)])
    proper = {"inside": bounds[0], "top": top, "high": p.order("nonzero", ne(high, 0), top), "low": p.squares(le(0, low), [(1,
        [p.given(6)], "", 1)])}
    proper["share"] = positive_reciprocal(p, high, top, proper["high"])
    proper["least"] = p.order("nonzero", ne(low, 0), p.given(6))
    proper["reciprocal"] = positive_reciprocal(p, low, p.given(6), proper["least"])
    return {"g": fn("n", g[-n]), "B": B, "low": low, "high": high}, proper


def distance(p, values, e, lag, total, size):
    """The facts about the distance of a sequence to the pulse at a lag, and their terms."""
    def apart(n):
        return e(n) - delta(n, lag)
    X, E = Series("n", 0, e(n) * g[n - lag]), Series("n", 0, Abs(e(n)) ** 2)
    shown = {"meets": sums("n", 0, e(n) * g[n - lag], X), "energy": sums("n", 0, Abs(e(n)) ** 2, E), "rows": rows(apart),
             "column": column(apart, double(apart)), "distance": eq(double(apart), double(e) - X - conj(X) + g[0]),
             "lower": le(low * E, double(e)), "upper": le(double(e), high * E)}
    at = {"x": fn("n", e(n)), "A": size, "q": lag, **values}
    facts = {name: p.use("uncertainty.pulse_distance", fact, **at) for name, fact in shown.items()}
    return facts, {"X": X, "E": E, "meets": facts["meets"], "energy": facts["energy"]}


@explained
def dropped(p, term, total):
    """Without its first q terms a series has the value less these."""
    start, i = T(total.shows[4]), names("i_")

    def rest(i):
        return sums("n", 0, term(n + i), start - Sum("l", 1, i, term(place - 1)))
    with p.branch() as base:
        p.series("shift", rest(T(0)), total, by=0)
    block = p.new_id()
    with p.branch() as step:
        here = start - Sum("l", 1, i, term(place - 1)) - term(i)
        peeled = p.series("peel", sums("n", 1, term(n + i), here), f"{block}.2")
        p.series("shift", rest(i + 1), peeled, by=1)
    every = p.step("induction", forall({"i_": "nat"}, [], rest(i)), block, base=base, step=step)
    return p.apply(every, rest(q), i_=q)


def absolute(p, share, scale, value):
    """share·|z| = |share·z| for share ≥ 0."""
    own = modulus_of_nonnegative(p, share, scale)
    return p.identity(eq(share * Abs(value), Abs(share * value)), [(own, -Abs(value))])


@explained
def crossed(p, proper):
    """2 Re Σ_{l≤q} c_{l−1}γ(l − 1 − K) ≤ m Σ|c_{l−1}|² + (1/m) Σ|γ(K + 1 − l)|², term by term."""
    i = names("i_")

    def gap(place):
        value = C[place - 1] * g[place - 1 - K]
        return low * Abs(C[place - 1]) ** 2 + Abs(g[K + 1 - place]) ** 2 / low - value - conj(value)

    def below(i):
        return le(0, Sum("l", 1, i, gap(place)))
    with p.branch() as base:
        p.squares(below(T(0)))
    block = p.new_id()
    with p.branch() as step:
        back = p.apply(p.given(3), eq(g[i - K], conj(g[K - i])), k=K - i)
        mirror = p.step("congruence", eq(conj(g[i - K]), conj(conj(g[K - i]))), equal=back, context=fn("m_", conj("m_")))
        p.squares(below(i + 1), [(1, [f"{block}.2"], "", 1), (1, [proper["low"]], "", C[i] - g[K - i] / low)],
                  using=[(back, C[i]), (mirror, conj(C[i]))], nonzero=[proper["least"]])
    every = p.step("induction", forall({"i_": "nat"}, [], below(i)), block, base=base, step=step)
    return p.apply(every, below(q), i_=q)


claim.must_refuse(
    tail_forgotten=changed(le(Q, low / high * (L - g[0]) + g[0])),
    not_below=changed(given={5: None}),
    too_far=changed(given={7: None}),
    not_positive=changed(given={6: None}),
)


def correlation(response, shift):
    """γ of white noise through h: γ(k) = Σ_u h_u h̄_{u+k}."""
    if shift < 0:
        return correlation(response, -shift).conjugate()
    return sum((response[i] * response[i + shift].conjugate() for i in range(len(response) - shift)), Gaussian())


def loss_by_lags(response, taps, lag):
    """Σ e_n ē_m γ(n − m), the double sum."""
    error = errors(taps, lag)
    return sum((x * y.conjugate() * correlation(response, i - j) for i, x in enumerate(error) for j, y in enumerate(error)), Gaussian()).re


def loss_by_recurrence(response, taps, lag):
    """The energy of the error behind h, sample by sample."""
    error, energy = errors(taps, lag), Fraction(0)
    for index in range(len(error) + len(response) - 1):
        pairs = ((h, index - back) for back, h in enumerate(response))
        energy += sum((h * error[place_] for h, place_ in pairs if 0 <= place_ < len(error)), Gaussian()).abs2()
    return energy


def errors(taps, lag):
    """The filter less the pulse at the lag."""
    padded = [*taps, *[Gaussian()] * (lag + 1 - len(taps))]
    return [value - Gaussian(Fraction(int(index == lag))) for index, value in enumerate(padded)]


def most(response, loss, lag, back, ends):
    """The formula: (m/M)(L − γ(0)) + γ(0) + (1/M) Σ_{l≤q} |γ(K + 1 − l)|²."""
    tail = sum(correlation(response, lag + 1 - step_).abs2() for step_ in range(1, back + 1))
    level = correlation(response, 0).re
    return ends[0] / ends[1] * (loss - level) + level + tail / ends[1]


@claim.oracle
def exact_filters():
    """Rational filters moved back under moving averages 1 + ηz^k, where Γ lies between (1 − |η|)² and (1 + |η|)²; no rounding.

    The first filters vanish before q and the input is white: there the loss meets the bound.
    """
    from theory.papers.uncertainty_measurements import bounded, numbers

    echoes = {"white noise": (1, (0, 0), 0), "MA(1)": (1, (Fraction(3, 50), Fraction(4, 50)), Fraction(1, 10)),
              "an echo at the lag": (0, (Fraction(-3, 25), Fraction(4, 25)), Fraction(1, 5))}
    results = []
    for lag, back in ((2, 1), (5, 2), (6, 6)):
        for name, (shift, value, size) in echoes.items():
            response = [gaussian(1), *[Gaussian()] * ((shift or lag) - 1), gaussian(value)]
            ends = (1 - Fraction(size)) ** 2, (1 + Fraction(size)) ** 2
            drawn = [gaussian(number) / gaussian(8) for number in numbers(lag + 3, seed=lag)]
            best = [correlation(response, index - lag) / gaussian(ends[0]) for index in range(lag + 3)]
            filters = {"drawn": drawn, "drawn, nothing before q": [*[Gaussian()] * back, *drawn[back:]], "correlations": best}
            for kind, taps in filters.items():
                loss = loss_by_lags(response, taps, lag)
                share = gaussian(ends[0] / ends[1])
                measured = loss_by_recurrence(response, [share * tap for tap in taps[back:]], lag - back)
                limit = most(response, loss, lag, back, ends)
                results.append(bounded(f"{name}, {kind}", {"K": lag, "q": back}, measured, limit, measured <= limit))
    return results
