"""Setting of the AR(1) part of the uncertainty-principle paper: autocorrelation ρ^|n|, 0 ≤ ρ < 1, and the loss as a double series."""
from theory.language import Abs, Series, T, conj, delta, diag, entry, eq, fn, forall, le, lt, names, ne, sums, vec, within
from theory.papers.uncertainty import FILTER, K, L, S, a, b, c, k, s
from theory.proof import explained
from theory.steps import modulus_of_nonnegative, no_unit_product, not_one, positive_reciprocal, product_in_disk

rho, m = names("rho m")
AR_FILTER = {**FILTER, "rho": "real"}
AR_INPUT = [le(0, rho), lt(rho, 1)]


def error(k):
    """c_k − d_k, with d the unit pulse at K."""
    return c(k) - delta(k, K)


AR_TERM = error(k) * conj(error(m)) * rho ** Abs(k - m)
AR_ROW = Series("m", 0, AR_TERM)
AR_ROWS = forall({"k": "nat"}, [], sums("m", 0, AR_TERM, AR_ROW))
WHERE_AR_LOSS = ("L", [], Series("k", 0, AR_ROW))


def correlation(y, k):
    """Σ_m y^m ρ^|k − m|: what the AR(1) input correlates the geometric response y^m with the pulse at k to."""
    return Series("m", 0, T(y) ** "m" * rho ** Abs(k - m))


WHERE_CORRELATION = ("R", ["z", "k"], correlation("z", k))
R = names("R")


def pair(x, y):
    """Σ_k Σ_m x^k y^m ρ^|k − m|, in closed form."""
    return (1 - rho**2 * x * y) / (1 - x * y) / (1 - x * rho) / (1 - y * rho)


@explained
def modulus_of_correlation(p, sign, below):
    """0 ≤ ρ < 1 gives |ρ| < 1."""
    return p.squares(lt(Abs(rho), 1), [(1, [below], "", 1)], using=[(modulus_of_nonnegative(p, rho, sign), 1)])


@explained
def regular(p, stable, sign, below, size=S):
    """1 − a_s ā_t, 1 − a_s ρ and 1 − ā_t ρ are not zero: facts for all s, t."""
    products = no_unit_product(p, a, size, stable)
    disk, t, found = modulus_of_correlation(p, sign, below), names("t"), []
    for n, pole in ((s, a[s]), (t, conj(a[t]))):
        with p.generalise({n.json: "int"}, within(1, n, size), ne(1 - pole * rho, 0)) as block:
            not_one(p, pole * rho, product_in_disk(p, pole, rho, p.apply(stable, lt(Abs(a[n]), 1), s=n), disk))
        found.append(block.fact)
    return products, *found


@explained
def for_last_too(p, every, last, claim):
    """What holds of the poles 1..S and of the pole S + 1 holds of the poles 1..S + 1; claim: pole -> formula."""
    with p.generalise({"s": "int"}, within(1, s, S + 1), claim(a[s])) as block:
        split = p.new_id()
        with p.branch() as less:
            p.order("gap", le(s + 1, S + 1), f"{split}.less.1")
            p.apply(every, claim(a[s]), s=s)
        with p.branch() as equal:
            pole = p.step("congruence", eq(a[S + 1], a[s]), equal=f"{split}.equal.1", context=fn("m_", a["m_"]))
            p.step("congruence", claim(a[s]), equal=pole, context=fn("m_", claim(T("m_"))), **{"from": last})
        with p.branch() as greater:
            beyond = p.squares(lt(0, 0), [(1, [block(2)], "", 1), (1, [f"{split}.greater.1"], "", 1)])
            p.step("contradiction", claim(a[s]), **{"from": beyond})
        p.step("cases", claim(a[s]), split, on=[s, S + 1], less=less, equal=equal, greater=greater)
    return block.fact


def correlation_facts(p, y):
    """(R_0 = 1/(1 − yρ), ∀k R_{k+1} = y R_k + ρ^{k+1}) for a pole y known to lie in the disk."""
    n = names("n")
    start = p.use("uncertainty.ar_geometric_sums", eq(R(y, 0), 1 / (1 - y * rho)), x=0, y=y, rho=rho)
    step = p.use("uncertainty.ar_geometric_sums", forall({"n": "nat"}, [], eq(R(y, n + 1), y * R(y, n) + rho ** (n + 1))), x=0, y=y,
                 rho=rho)
    return start, step


def ar_loss(p, closed, size=S):
    """The double series of the loss converges, and L = closed, from the Gram form."""
    at = {"S": size, "K": K, "a": a, "b": b, "rho": rho}
    p.use("uncertainty.ar_loss", AR_ROWS, **at)
    total = p.use("uncertainty.ar_loss", sums("k", 0, AR_ROW, closed), **at)
    p.series("exists", sums("k", 0, AR_ROW, L), total)
    return p.use("uncertainty.ar_loss", eq(L, closed), **at)


LAST = S + 1
EXTENDED = vec("s", LAST, delta(s, LAST))


@explained
def last_of_diagonal(p, d, value, at_last):
    """diag(d) e = value·e for the last unit column e, because d_{S+1} = value; d: index -> term."""
    e, i = EXTENDED, names("i_")
    left, right = diag("s", LAST, d(s)) @ e, value * e
    with p.generalise({"i_": "int"}, within(1, i, LAST), eq(entry(left, i, 1), entry(right, i, 1))) as each:
        split, goal = p.new_id(), each.shows[3]
        with p.branch() as less:
            p.identity(goal)
        with p.branch() as equal:
            here = p.step("congruence", eq(d(i), d(LAST)), equal=f"{split}.equal.1", context=fn("m_", d(T("m_"))))
            p.identity(goal, [(here, delta(i, LAST)), (at_last, delta(i, LAST))])
        with p.branch() as greater:
            beyond = p.squares(lt(0, 0), [(1, [each(2)], "", 1), (1, [f"{split}.greater.1"], "", 1)])
            p.step("contradiction", goal, **{"from": beyond})
        p.step("cases", goal, split, on=[i, LAST], less=less, equal=equal, greater=greater)
    return p.entries(eq(left, right), each=each.fact)


@explained
def stable_with_input_pole(p, stable, sign, below, last):
    """a_{S+1} = ρ lies in the disk, so all poles 1..S + 1 do."""
    same = p.identity(eq(rho, a[LAST]), [(last, -1)])
    disk = modulus_of_correlation(p, sign, below)
    end = p.step("congruence", lt(Abs(a[LAST]), 1), equal=same, context=fn("m_", lt(Abs("m_"), 1)), **{"from": disk})
    return for_last_too(p, stable, end, lambda x: lt(Abs(x), 1)), disk


@explained
def input_variance(p, sign, below):
    """(0 ≤ 1 − ρ², 1 − ρ² ≠ 0, 0 ≤ 1/(1 − ρ²), 0 < 1 − ρ²) from 0 ≤ ρ < 1."""
    strict = p.squares(lt(0, 1 - rho**2), [(1, [below], "", 1), (1, [sign, below], "", 1)])
    weak = p.squares(le(0, 1 - rho**2), [(1, [strict], "", 1)])
    proper = p.order("nonzero", ne(1 - rho**2, 0), strict)
    return weak, proper, positive_reciprocal(p, 1 - rho**2, strict, proper), strict


def one_pole_loss(p, here, pole, weight, lag, r, general=None):
    """(L = its value, R_0 = its value) for a refutation with one real pole and weight, at lag 0 or 1; `here` closes a term."""
    y, w = T(pole), T(weight)

    def series(n):
        return Series("m_", 0, y ** "m_" * T(r) ** Abs(n - T("m_")))
    x = {"x": 0, "y": pole, "rho": r}
    start = p.use("uncertainty.ar_geometric_sums", eq(series(0), 1 / (1 - y * r)), **x)
    every = p.use("uncertainty.ar_geometric_sums", forall({"n": "nat"}, [],
                                                          eq(series(T("n") + 1), y * series(T("n")) + T(r) ** (T("n") + 1))), **x)
    step = p.apply(every, eq(series(1), y * series(0) + r), n=0)
    energy = w * w * ((1 - T(r) * r * y * y) / (1 - y * y) / (1 - y * r) / (1 - y * r))
    goal, at = eq(here(L), 1 + energy - 2 * w * series(lag)), {"S": 1, "K": lag, "a": fn("n", pole), "b": fn("n", weight), "rho": r}
    closed = p.apply(general, goal, **at) if general else p.use("uncertainty.ar_loss", goal, **at)
    value = 1 / (1 - y * r) if lag == 0 else y / (1 - y * r) + r
    used = [(start, -2 * w)] if lag == 0 else [(step, -2 * w), (start, -2 * w * y)]
    return p.identity(eq(here(L), 1 + energy - 2 * w * value), [(closed, 1), *used]), start
