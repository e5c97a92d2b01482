"""From bounds with a free start m, one bound without it: how large the last of K lags can be."""
from theory.claim import Claim
from theory.language import T, forall, le, lt, names, ne, statement, within
from theory.mutations import changed, fails_at
from theory.proof import explained

K, m, n, c, e, f = names("K m n c e f")


def trade(m):
    return le((1 + (K - m) * e) * f, e * (c + (1 - e) ** m))


def bound(c):
    return c + (K / (K + 1)) ** (K + 1)


GOAL = le(K * f, bound(c))

claim = Claim(
    title="The start that bounds the last of K lags best",
    says="If 0 ≤ e ≤ 1, c ≥ 0 and (1 + (K − m) e) f ≤ e (c + (1 − e)^m) for m = 0, …, K, then K f ≤ c + (K/(K+1))^{K+1}.",
    statement=statement(forall({"K": "nat", "c": "real", "e": "real", "f": "real"},
                               [le(0, e), le(e, 1), le(0, c), forall({"m": "int"}, within(0, m, K), trade(m))], GOAL)),
    reference="the last step of the bound on captured energy", source="own",
    hypotheses={"c ≥ 0": "c = −1, e = 0, f = 0", "every m": "with m = 0 only, K = 1, e = 1, f = 1/2",
                "e ≤ 1": "used in the proof only; no example against the rest is known"},
    limits="Equality for c = 0, e = 1/(K+1), f = e (1 − e)^K.",
)


@claim.derive
def combination(step):
    """The combination of the bounds at m and m+1 in which f has the factor K e²."""
    import sympy

    from theory.identities import define, equal

    k, j, y, s, power = sympy.symbols("K m e c P")
    low = define(step, "weight of the bound at m", "u", (j + 1) * y - 1, why="not negative, because (m + 1)e > 1")
    high = define(step, "weight of the bound at m+1", "v", 1 - j * y, why="not negative, because me ≤ 1")
    equal(step, "factor of f", low * (1 + (k - j) * y) + high * (1 + (k - j - 1) * y), k * y**2,
          why="the bounds at m and m+1 have the factors 1 + (K − m)e and 1 + (K − m − 1)e of f")
    equal(step, "the other side", y * (low * (s + power) + high * (s + power * (1 - y))), y**2 * (s + j * y * power),
          why="P = (1 − e)^m")


@claim.certify
def proof(p, _):
    """If m e ≤ 1 < (m+1) e, the bounds at m and m+1 with the weights (m+1) e − 1 and 1 − m e give e² K f ≤ e² (c + m e (1 − e)^m).
    If K e ≤ 1, the bound at K gives K f ≤ K e (c + (1 − e)^K). In both cases m (1 − e)^m e ≤ (m/(m+1))^{m+1} ≤ (K/(K+1))^{K+1}.
    """
    p.inhabited(K=0, c=0, e=0, f=0)
    room = p.squares(le(0, 1 - e), [(1, [p.given(2)], "", 1)])
    crossing = first_crossing(p, room)
    name = p.new_id()

    def last(order):
        here = p.apply(p.given(4), trade(K), m=K)
        share = share_at(p, K, room)
        count = p.order("basic", le(0, K))
        p.squares(GOAL, [(1, [share], "", 1), (1, [count, here], "", 1), (1, [order, p.given(3)], "", 1)])
    with p.branch() as less:
        last(p.squares(le(K * e, 1), [(1, [f"{name}.less.1"], "", 1)]))
    with p.branch() as equal:
        last(p.squares(le(K * e, 1), using=[(f"{name}.equal.1", 1)]))
    with p.branch() as greater:
        general = p.apply(crossing, forall({}, [le(K, K), lt(1, K * e)], GOAL), n=K)
        p.squares(le(K, K))
        p.apply(general, GOAL)
    p.step("cases", GOAL, name, on=[K * e, 1], less=less, equal=equal, greater=greater)


def share_at(p, m, room):
    """m e (1 − e)^m ≤ (K/(K+1))^{K+1} for m ≤ K."""
    share = p.use("algebra.last_power", le(m * (1 - e) ** m * (1 - (1 - e)), ratio(m)), K=K, m=m, x=1 - e)
    grows = p.use("algebra.last_power", le(ratio(m), ratio(K)), K=K, m=m, x=1 - e)
    return p.squares(le(m * e * (1 - e) ** m, ratio(K)), [(1, [share], "", 1), (1, [grows], "", 1)])


def ratio(n):
    return (n / (n + 1)) ** (n + 1)


@explained
def first_crossing(p, room):
    """If n e > 1 for some n ≤ K, the bound holds: by induction on n, from the first such n = m + 1."""
    def crossed(n):
        return forall({}, [le(n, K), lt(1, n * e)], GOAL)
    with p.branch() as base, p.generalise({}, [le(0, K), lt(1, 0 * e)], GOAL) as nothing:
        absurd = p.squares(lt(1, 0), [(1, [nothing(2)], "", 1)])
        p.step("contradiction", GOAL, **{"from": absurd})
    block = p.new_id()
    with p.branch() as step, p.generalise({}, [le(n + 1, K), lt(1, (n + 1) * e)], GOAL) as here:
        p.squares(le(n, K), [(1, [here(1)], "", 1), (1, [], "", 1)])
        p.squares(le(0, n + 1), [(1, [f"{block}.1"], "", 1), (1, [], "", 1)])
        name = p.new_id()
        with p.branch() as less:
            between(p, p.squares(le(n * e, 1), [(1, [f"{name}.less.1"], "", 1)]), here(2), room)
        with p.branch() as equal:
            between(p, p.squares(le(n * e, 1), using=[(f"{name}.equal.1", 1)]), here(2), room)
        with p.branch() as greater:
            p.apply(f"{block}.2", GOAL)
        p.step("cases", GOAL, name, on=[n * e, 1], less=less, equal=equal, greater=greater)
    return p.step("induction", forall({"n": "nat"}, [], crossed(n)), block, base=base, step=step)


@explained
def between(p, low, high, room):
    """n e ≤ 1 < (n+1) e: weigh the bounds at n and n+1."""
    first, second = (p.apply(p.given(4), trade(j), m=j) for j in (n, n + 1))
    share = share_at(p, n, room)
    with p.contradiction(ne(e, 0)) as flat:
        p.squares(lt(1, 0), [(1, [high], "", 1)], using=[(f"{flat}.1", n + 1)])
    small = p.squares(le(n * e, 1), [(1, [low], "", 1)])
    weights = [p.squares(le(0, 1 - n * e), [(1, [small], "", 1)]), p.squares(le(0, (n + 1) * e - 1), [(1, [high], "", 1)])]
    p.squares(GOAL, [(1, [share], "", 1), (1, [weights[1], first], "", 1 / e), (1, [weights[0], second], "", 1 / e)],
              nonzero=[str(flat)])


@claim.oracle
def greatest_last_value():
    """The largest f that every start allows, over rational e, c = 0, 1 and 5/2: K f below the bound, and equal to it once for c = 0."""
    from fractions import Fraction

    from theory.papers.uncertainty_measurements import bounded

    results = []
    for lag in (1, 2, 5, 9):
        for rest in (Fraction(0), Fraction(1), Fraction(5, 2)):
            values = [most(lag, Fraction(j, 10 * (lag + 1)), rest) for j in range(10 * (lag + 1) + 1)]
            top = allowed(lag, rest)
            attained = max(values) * lag == top if rest == 0 else True
            results.append(bounded("largest K f, e = j/(10(K+1))", {"K": lag, "c": str(rest)}, float(lag * max(values)), float(top),
                                   inside=attained and lag * max(values) <= top))
    return results


def most(lag, start, rest):
    """The least of e (c + (1 − e)^m)/(1 + (K − m) e) over m = 0..K."""
    return min(start * (rest + (1 - start) ** j) / (1 + (lag - j) * start) for j in range(lag + 1))


def allowed(lag, rest):
    """The formula: c + (K/(K+1))^{K+1}."""
    from fractions import Fraction

    return rest + Fraction(lag, lag + 1) ** (lag + 1)


@claim.oracle
def searched():
    """The same with a bounded search over e in float64, for larger K."""
    from scipy.optimize import minimize_scalar

    from theory.papers.uncertainty_measurements import bounded

    results = []
    for lag in (20, 100, 500):
        for rest in (0, 2):
            found = max(-minimize_scalar(lambda y, lag=lag, rest=rest: -lag * most(lag, y, rest), bounds=(low / lag, (low + 1) / lag),
                                         method="bounded", options={"xatol": 1e-12}).fun for low in range(6))
            top = float(allowed(lag, rest))
            results.append(bounded("largest K f", {"K": lag, "c": rest}, found, top, inside=found <= top * (1 + 1e-12)))
    return results


claim.must_refuse(
    constant_improved=changed(le(K * f, c + (K / (K + 1)) ** (K + 2))),
    strict=changed(lt(K * f, bound(c))),
    one_lag_more=changed(le((K + 1) * f, bound(c))),
    only_at_the_start=changed(given={4: trade(0)}),
    sign_dropped=changed(given={3: None}),
    sign_flipped=changed(le(bound(c), K * f)),
)
ATTAINED = {"K": 1, "c": 0, "e": T(1) / 2, "f": T(1) / 4}
for name in ("constant_improved", "strict", "one_lag_more"):
    claim.refute(name)(fails_at(**ATTAINED))
claim.refute("only_at_the_start")(fails_at(K=1, c=0, e=1, f=T(1) / 2))
claim.refute("sign_dropped")(fails_at(K=1, c=-1, e=0, f=0))
claim.refute("sign_flipped")(fails_at(K=1, c=0, e=0, f=0))
