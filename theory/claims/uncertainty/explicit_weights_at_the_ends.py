"""At the ends of the arc the best weight stays away from the explicit one."""
from theory.claim import Claim
from theory.language import Abs, T, both, conj, entry, exp, forall, inv, invertible, le, lt, matrix, names, ne, statement, vec, within
from theory.mutations import changed, fails_in_balls
from theory.papers.uncertainty_explicit import IMAGINARY, PI

top, m, r, s, t, n = names("T m r s t n")


def lag(m):
    return (m + 1) ** 3


POLE = exp(T(-1) / lag(m)) * exp(IMAGINARY * PI * (n - m - 1) / lag(m))
WHERE = [("a", ["m", "n"], POLE),
         ("C", ["m"], matrix("s", 2 * m + 1, "t", 2 * m + 1, 1 / (1 - T("a")(m, s) * conj(T("a")(m, t))))),
         ("x", ["m"], vec("s", 2 * m + 1, T("a")(m, s) ** lag(m)))]


def weight(m):
    """The size of the explicit weights for α = 1."""
    return exp(T(-1)) * (exp(T(2)) - exp(T(-2))) / (2 * lag(m))


def relative(m, low, high, sign=1):
    """low·|b| ≤ |g − b| ≤ high·|b| at s = T."""
    error = Abs(conj(entry(inv(T("C")(m)) @ T("x")(m), 2 * m + 1, 1)) - sign * T(-1) ** m * weight(m))
    return both(le(low * weight(m), error), le(error, high * weight(m)))


LOW, HIGH = T(42) / 100, T(50) / 100
RANGE = within(2, r, 6)
claim = Claim(
    title="The best weights at the ends of the arc",
    says="For α = 1, K = (T+1)³ and T = 2..6, the best weight at s = T differs from the explicit one by 42 to 50 per cent of it.",
    statement=statement(forall({"T": "nat"}, [le(2, top), le(top, 6)], relative(top, LOW, HIGH)), WHERE),
    paper="UP", dossier="UP.L4", reference="Lemma 4, read uniformly in s", source="text", strength="domain",
    hypotheses={"T ≤ 6": "a finite grid, each point decided by balls"},
    limits="Five pairs (T, K); that the limit stays above 0 for T → ∞ is not proved. Away from the ends the error does go to 0: "
           "uncertainty.explicit_weights_inside.",
)


@claim.derive
def limit_of_long_lags(step):
    import sympy

    from theory.papers.uncertainty_symbolic import confirm

    pi = sympy.symbols("p", positive=True)
    span = range(5)
    rows, columns = [2 - sympy.I * pi * j for j in span], [-sympy.I * pi * j for j in span]

    def entry_of_inverse(j, k):
        others = [o for o in span if o != k], [o for o in span if o != j]
        top = sympy.prod((rows[o] - columns[j]) * (rows[k] - columns[o]) for o in span)
        return top / ((rows[k] - columns[j]) * sympy.prod(rows[k] - rows[o] for o in others[0])
                      * sympy.prod(columns[o] - columns[j] for o in others[1]))
    best = [sympy.factor(sum(entry_of_inverse(j, k) * (-1) ** k for k in span)) for j in span]
    step("C_st/K → 1/(2 − iπ(s − t))", 1 / (rows[1] - columns[0]), why="K → ∞ for α = 1; a Cauchy matrix, T = 2")
    gaps = [sympy.simplify(sum(best[k] / (rows[j] - columns[k]) for k in span) - (-1) ** j) for j in span]
    confirm(step, "its closed inverse solves the equations", gaps, why="substituted back, with π a symbol")
    last = step("the best weight at s = T, over e^{−1}/K", best[4], why="the explicit one is sinh 2")
    return step("relative error", sympy.N(abs(last.subs(pi, sympy.pi) / sympy.sinh(2) - 1), 10), why="between 42 and 50 per cent")


@claim.certify
def proof(p, _):
    p.inhabited(T=2)
    count = p.squares(lt(0, top + 1), [(1, [p.given(1)], "", 1), (3, [], "", 1)])
    proper = p.order("nonzero", ne(top + 1, 0), count)
    p.order("product", ne(lag(top), 0), proper, proper, proper)
    p.order("product", ne(2 * lag(top), 0), proper, proper, proper)
    C = T("C")
    places = [*RANGE, *within(1, s, 2 * r + 1), *within(1, t, 2 * r + 1)]
    regular = p.step("ball_bound", forall({"r": "nat", "s": "int", "t": "int"}, places,
                                          ne(1 - T("a")(r, s) * conj(T("a")(r, t)), 0)), prec=100)
    with p.generalise({"s": "int", "t": "int"}, [*within(1, s, 2 * top + 1), *within(1, t, 2 * top + 1)],
                      ne(1 - T("a")(top, s) * conj(T("a")(top, t)), 0)):
        p.apply(regular, ne(1 - T("a")(top, s) * conj(T("a")(top, t)), 0), r=top, s=s, t=t)
    every = p.step("ball_bound", forall({"r": "nat"}, RANGE, both(invertible(C(r)), *relative(r, LOW, HIGH).json[1:])), prec=100)
    parts = [p.apply(every, part, r=top) for part in (invertible(C(top)), *map(T, relative(top, LOW, HIGH).json[1:]))]
    p.both(*parts[1:])


def draw(figure):
    """The relative error of the explicit weights along the arc for α = 1, K = (T+1)³: it dies out inside and stays at the ends."""
    axes = figure.subplots()
    for half, marker in ((4, "o"), (8, "s"), (16, "^")):
        errors = relative_errors(half, (half + 1) ** 3)
        places = [(m - half) / half for m in range(2 * half + 1)]
        axes.plot(places, [float(e) for e in errors], marker, ms=4, mfc="white", label=f"$T = {half}$")
    axes.set(xlabel="$s/T$", ylabel=r"$|\hat b_s - b_s| / |b_s|$", ylim=(0, None))
    axes.legend(fontsize=9)


claim.page = draw


def relative_errors(half, lag):
    """|ĝ_s − b_s|/|b_s| for s = −T..T by solving with the Gram matrix, in 40 digits."""
    from mpmath import mp

    with mp.workdps(40):
        poles = [mp.exp(mp.mpc(-1, mp.pi * m) / lag) for m in range(-half, half + 1)]
        gram = mp.matrix([[1 / (1 - x * mp.conj(y)) for y in poles] for x in poles])
        best = mp.lu_solve(gram, mp.matrix([x**lag for x in poles]))
        size = mp.exp(-1) * mp.sinh(2) / lag
        return [abs(mp.conj(x) - size * (-1) ** (m % 2)) / size for x, m in zip(best, range(-half, half + 1), strict=True)]


@claim.oracle
def solved():
    """The relative error at s = T, by linear algebra without balls."""
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for half in (2, 5, 10):
        error = relative_errors(half, (half + 1) ** 3)[-1]
        found.append(bounded("relative error at s = T", {"T": half, "K": (half + 1) ** 3}, float(error), 0.42, 0.42 <= error <= 0.5))
    return found


claim.must_refuse(
    small_at_the_end=changed(relative(top, T(0), T(1) / 4)),
    small_at_the_end_alone=changed(T(relative(top, T(0), T(1) / 4).json[2])),
    sign_flipped=changed(relative(top, LOW, HIGH, -1)),
    narrower=changed(relative(top, LOW, T(48) / 100)),
)
claim.refute("small_at_the_end_alone")(fails_in_balls(T=2))
