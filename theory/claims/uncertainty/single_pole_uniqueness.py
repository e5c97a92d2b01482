"""The best filters with one pole: one modulus, one weight for each phase (stronger than the paper)."""
from theory.claim import Claim
from theory.claims.uncertainty.single_pole_optimum import (
    ATTAINED,
    CAPTURED,
    HERE,
    SHARE,
    TERM,
    K,
    L,
    M,
    a,
    b,
    closed_loss,
    denominator_proper,
    k,
    m,
    ratio,
    x,
)
from theory.language import IMAGINARY, Abs, Series, T, both, conj, delta, eq, forall, le, lt, ne, raw, statement
from theory.mutations import changed, counterexample, opposite
from theory.proof import explained
from theory.steps import modulus_square_below_one, nonnegative_power, positive_reciprocal

BEST = conj(a) ** K * (1 - Abs(a) ** 2)
SHARE_ONLY = forall({}, [eq(SHARE, M)], HERE)
LOSS_ONLY = forall({}, [eq(L, 1 - M)], both(HERE, eq(b, BEST)))

claim = Claim(
    title="The optimum for one pole is taken nowhere else",
    says="For S = 1, |a|^{2K}(1 − |a|²) = K^K/(K+1)^{K+1} only if |a|² = K/(K+1); and the loss is 1 − K^K/(K+1)^{K+1} only if in "
         "addition b = ā^K (1 − |a|²).",
    statement=statement(
        forall({"K": "nat", "a": "complex", "b": "complex"}, [lt(Abs(a), 1)], both(SHARE_ONLY, LOSS_ONLY)),
        [("M", [], K**K / (K + 1) ** (K + 1)), ("L", [], Series("k", 0, TERM))]),
    paper="UP", dossier="UP.S1+", reference="stronger than the paper", source="own",
    hypotheses={"|a| < 1": "the loss is infinite"},
    limits="S = 1 only. The phase of a is free: turning a by θ and b by −Kθ leaves the loss as it is. How fast the share falls away "
           "from the optimum is not said.",
)


@claim.derive
def double_root(step):
    import sympy

    from theory.identities import equal, nonnegative

    u, w, x, lag = sympy.symbols("u w x K", positive=True)
    for n in range(4):
        missing = w ** (n + 2) - (n + 2) * u ** (n + 1) * w + (n + 1) * u ** (n + 2)
        rest = sum((j + 1) * u**j * w ** (n - j) for j in range(n + 1))
        equal(step, f"the gap of the means, n = {n}", missing, (w - u) ** 2 * rest,
              why="u = w is a double root, and no other one is positive")
    share = x**lag * (1 - x)
    place = lag / (lag + 1)
    equal(step, "slope of the share", sympy.Derivative(share, x), x ** (lag - 1) * (lag - (lag + 1) * x),
          why="it changes its sign at K/(K+1) only")
    second = sympy.diff(share, x, 2)
    equal(step, "curvature at the optimum", sympy.simplify(second.subs(x, place) / place ** (lag - 2)), -lag,
          shown="f''(K/(K+1)) / x^{K-2}", why="in units of x^{K−2}: not a flat place")
    a, c, b, beta = sympy.symbols("a abar b bbar")
    for n in (0, 1, 3):
        best, mirrored = c**n * (1 - a * c), a**n * (1 - a * c)
        equal(step, f"the loss, K = {n}", 1 + b * beta / (1 - a * c) - b * a**n - beta * c**n,
              1 - (a * c) ** n * (1 - a * c) + (b - best) * (beta - mirrored) / (1 - a * c),
              why="so the weight is ā^K (1 − |a|²) or the loss is larger")
    nonnegative(step, "weight of the square", 1 / (u / (1 + u)), why="1/(1 − |a|²) with 1 − |a|² = u/(1 + u)")


@claim.certify
def proof(p, _):
    p.inhabited(K=0, a=0, b=1)
    count = p.squares(lt(0, K + 1), [(1, [], "", 1), (1, [p.order("basic", le(0, K))], "", 1)])
    proper = p.order("nonzero", ne(K + 1, 0), count)
    denominator_proper(p, proper)
    room = modulus_square_below_one(p, a, p.given(1))
    regular = p.order("nonzero", ne(1 - a * conj(a), 0), room)
    loss = closed_loss(p)
    p.order("basic", le(0, a * conj(a)), Y=a)
    unique = p.apply(only_there(p), only(K), m=K)
    with p.generalise({}, [eq(SHARE, M)], HERE) as share_only:
        p.identity(eq((a * conj(a)) ** K * (1 - a * conj(a)), ratio(K)), [(share_only(1), 1)])
        here = p.apply(unique, eq((K + 1) * (a * conj(a)), K), x=a * conj(a))
        p.identity(HERE, [(here, 1)])
    with p.generalise({}, [eq(L, 1 - M)], both(HERE, eq(b, BEST))) as loss_only:
        weight = best_weight(p, loss_only(1), loss, (room, regular, proper))
        p.identity(eq(SHARE, M), [(loss, 1), (loss_only(1), -1), (weight, conj(b - BEST) / (1 - a * conj(a)))], nonzero=[regular, proper])
        p.both(p.apply(share_only.fact, HERE), weight)
    p.both(share_only.fact, loss_only.fact)


def largest(m):
    """x ≥ 0 has the largest share x^m (1 − x)."""
    return [le(0, x), eq(x**m * (1 - x), ratio(m))]


def place(m):
    return eq((m + 1) * x, m)


def only(m):
    return forall({"x": "real"}, largest(m), place(m))


@explained
def only_there(p):
    """For x ≥ 0 and every m, x^m (1 − x) = m^m/(m+1)^{m+1} only if (m+1) x = m."""
    with p.branch() as base, p.generalise({"x": "real"}, largest(T(0)), place(T(0))) as start:
        p.identity(place(T(0)), [(start(2), -1)])
    block = p.new_id()
    with p.branch() as step, p.generalise({"x": "real"}, largest(m + 1), place(m + 1)) as given:
        means_agree(p, given, f"{block}.1")
    return p.step("induction", forall({"m": "nat"}, [], only(m)), block, base=base, step=step)


@explained
def means_agree(p, given, start):
    """With u = (m+2) x and w = m + 1 the gap of the weighted means is 0, so w^m (w − u)² ≤ 0, so u = w."""
    first, second = (p.squares(lt(0, m + j), [(1, [start], "", 1), (j, [], "", 1)]) for j in (1, 2))
    proper, regular = (p.order("nonzero", ne(m + j, 0), fact) for j, fact in ((1, first), (2, second)))
    u, w = (m + 2) * x, m + 1
    p.squares(le(0, u), [(1, [second, given(1)], "", 1)])
    p.squares(le(0, w), [(1, [first], "", 1)])
    missing = w ** (m + 2) - (m + 2) * u ** (m + 1) * w + (m + 1) * u ** (m + 2)
    gap = p.use("algebra.weighted_mean_gap", le(w**m * (w - u) ** 2, missing), n=m, u=u, w=w)
    power = nonnegative_power(p, 1 / w, positive_reciprocal(p, w, first, proper), m)
    none = p.squares(le((w - u) ** 2, 0), [(1, [power, gap], "", 1)],
                     using=[(given(2), -(1 / w) ** m * (m + 1) * (m + 2) ** (m + 2))], nonzero=[proper, regular])
    same = p.order("vanish", eq(u, w), none, Y=u - w)
    p.identity(place(m + 1), [(same, 1)])


@explained
def best_weight(p, least, loss, facts):
    """L = 1 − |a|^{2K}(1 − |a|²) + |b − ā^K (1 − |a|²)|²/(1 − |a|²), and the share is at most M: so the square is 0."""
    room, regular, proper = facts
    captured = p.use("uncertainty.single_pole_optimum", CAPTURED, K=K, a=a, b=b)
    offset = b - BEST
    none = p.squares(le(conj(offset) * offset, 0), [(1, [room, captured], "", 1)],
                     using=[(loss, -(1 - a * conj(a))), (least, 1 - a * conj(a))], nonzero=[regular, proper])
    return p.order("vanish", eq(b, BEST), none, Y=offset)


@claim.oracle
def exact_neighbours():
    """Losses of one pole from the recurrence in exact arithmetic: the least one at the named modulus and weight, whatever the phase,
    and more at every neighbour."""
    from fractions import Fraction

    from numeric import reference
    from theory.papers.uncertainty_measurements import bounded, text

    found = []
    for n in (1, 2, 3):
        lag, least = n * n, 1 - Fraction(n * n, n * n + 1) ** (n * n) / (n * n + 1)
        for phase in (reference.ONE, reference.gaussian((Fraction(3, 5), Fraction(4, 5)))):
            best = reference.gaussian((Fraction(n * n, n * n + 1), Fraction(n, n * n + 1))) * phase
            for radius, weight in ((1, 1), (Fraction(99, 100), 1), (Fraction(101, 100), 1), (1, Fraction(99, 100)), (1, -1)):
                pole = best * reference.gaussian(radius)
                scaled = reference.optimal_weights([pole], lag)[0] * reference.gaussian(weight)
                loss = reference.loss_by_recurrence([[pole]], [scaled], [1], lag)
                inputs = {"K": lag, "a": text(pole), "b over the best": str(weight)}
                found.append(bounded("loss", inputs, float(loss), float(least), loss == least if radius == weight == 1 else loss > least))
    return found


def under(hypothesis, goal):
    """The edit that states `goal` under one more hypothesis."""

    def edit(statement):
        edited = changed(goal)(statement)
        edited["holds"][2].append(raw(hypothesis))
        return edited

    return edit


claim.must_refuse(
    place_shifted=under(eq(SHARE, M), eq((K + 2) * (a * conj(a)), K)),
    pole_real=under(eq(SHARE, M), eq((K + 1) * a**2, K)),
    weight_not_conjugated=under(eq(L, 1 - M), eq(b, a**K * (1 - a * conj(a)))),
    share_smaller=changed(where={"M": K**K / (K + 1) ** (K + 2)}),
    lag_shifted=changed(where={"L": Series("k", 0, Abs(b * a**k - delta(k, K + 1)) ** 2)}),
    reaches_circle=changed(given={1: le(Abs(a), 1)}),
)


def at_half(added):
    """K = 1, a = (1+i)/2, b = (1−i)/4, one of the best filters; `added(p, values, here)` shows the hypothesis that the edit adds."""

    def refutation(p):
        values = {"K": 1, "a": (1 + IMAGINARY) / 2, "b": (1 - IMAGINARY) / 4}
        here = counterexample(p, **values)
        with p.inhabited_by(**values):
            hypotheses(p, values, here)
        hypotheses(p, values, here)
        p.step("instance", opposite(here(p.statement["holds"][3])))

    def hypotheses(p, values, here):
        p.squares(here(lt(Abs(a), 1)), [(T(1) / 4, [], "", 1), (T(1) / 2, [], "", here(1 - Abs(a)))])
        added(p, values, here)

    return refutation


def largest_share(p, _, here):
    p.identity(here(eq(SHARE, M)))


def least_loss(p, values, here):
    attained = p.use("uncertainty.single_pole_optimum", here(ATTAINED), **values)
    p.identity(here(HERE))
    p.identity(here(eq(b, BEST)))
    p.apply(attained, here(eq(L, 1 - M)))


claim.refute("place_shifted")(at_half(largest_share))
claim.refute("pole_real")(at_half(largest_share))
claim.refute("weight_not_conjugated")(at_half(least_loss))
