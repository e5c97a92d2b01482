"""The AR(1) loss of a filter with evenly spaced phases and flat weights, as a finite sum."""
from theory.claim import Claim
from theory.claims.uncertainty.ar_lower_bound_frequencies import PULSE
from theory.claims.uncertainty.ar_spectrum_between import distance
from theory.language import IMAGINARY, PI, Abs, Sum, T, both, conj, eq, exp, fn, forall, le, lt, names, ne, re, statement, within
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import K, S, s
from theory.papers.uncertainty_ar import modulus_of_correlation
from theory.papers.uncertainty_design import Coloured, closed, n_
from theory.papers.uncertainty_explicit import below_one
from theory.papers.uncertainty_sharp import reciprocal
from theory.proof import explained
from theory.steps import no_unit_product, not_one, product_in_disk

P, lam, sigma, rho, a, b, n, low, high = names("P lam sigma rho a b n low high")
TURN = IMAGINARY * PI * (2 * n - S - 1) / P
WHERE = [("a", ["n"], exp(TURN - lam / P)), ("b", ["n"], sigma * exp(-K * TURN))]


class Input(Coloured):
    """AR(1) input with a variable for ρ."""

    def __init__(self):
        super().__init__("0")
        self.rho, self.values = rho, {"rho": rho}


SOURCE = Input()
ROWS = within(1, s, S)
LOSS = SOURCE.loss(a, b, S)
STABLE = forall({"s": "int"}, ROWS, lt(Abs(a(s)), 1))
VALUE = eq(LOSS, closed(SOURCE, a, b, S))
APART = forall({"s": "int"}, ROWS, ne(a(s) - rho, 0))
FLOOR = 1 - (PULSE + Sum("j", 1, S, (1 - rho**2) / distance(PI * (2 * T("j") - 1) / (2 * K + 1)))) / K
FORM = re(closed(SOURCE, a, b, S))
BETWEEN = both(le(low, LOSS), le(LOSS, high))
FRAMED = forall({"low": "real", "high": "real"}, [le(1, S), le(S + 1, K), le(low, FLOOR), le(FORM, high)], BETWEEN)
VARIABLES = {"S": "nat", "K": "nat", "P": "real", "lam": "real", "sigma": "real", "rho": "real"}
GIVEN = [lt(0, P), lt(0, lam), le(0, rho), lt(rho, 1), APART]

claim = Claim(
    title="The AR(1) loss of evenly spaced poles",
    says="For the poles e^{(−λ + iπ(2s − S − 1))/P}, none of them ρ, and the weights σ e^{−iπ(2s − S − 1)K/P}, s = 1..S, the AR(1) loss is "
         "1 + Σ b_s b̄_t (1 − ρ²a_sā_t)/((1 − a_sā_t)(1 − a_sρ)(1 − ā_tρ)) − 2 Re Σ b_s (a_s^{K+1}(1 − ρ²) − ρ^{K+1}(1 − a_sρ))/((a_s − ρ)"
         "(1 − a_sρ)).",
    statement=statement(forall(VARIABLES, GIVEN, both(STABLE, *SOURCE.converges(a, b, S), VALUE, FRAMED)), WHERE),
    paper="UP", reference="own; the Gram form of the AR(1) loss for one family",
    hypotheses={"P > 0, λ > 0": "the poles must lie in the disk", "0 ≤ ρ < 1": "the setting", "a_s ≠ ρ": "the quotient divides by a_s − ρ"},
    limits="Real P, so that the phases need not divide the circle. The weights are not the best ones for these poles.",
)


class Poles:
    """The poles, to be read like a sequence."""

    def __getitem__(self, n):
        return a(T(n))


@claim.derive
def geometric_sums(step):
    """The two closed forms, from geometric series."""
    import sympy

    x, y, r, lag = sympy.symbols("x y rho K")
    later = step("Σ over k ≥ m of x^k y^m ρ^{k−m}", 1 / ((1 - x * y) * (1 - x * r)), why="k = m + i")
    earlier = step("Σ over k < m", y * r / ((1 - x * y) * (1 - y * r)), why="m = k + i, i ≥ 1")
    cell = step("their sum", sympy.factor(later + earlier), why="the cell of the Gram form")
    past = step("Σ over m ≤ K of z^m ρ^{K−m}", (x ** (lag + 1) - r ** (lag + 1)) / (x - r), why="a finite geometric sum, z = x")
    state = step("with the rest", past + r * x ** (lag + 1) / (1 - x * r), why="Σ over m > K of z^m ρ^{m−K}")
    closed_state = (x ** (lag + 1) * (1 - r**2) - r ** (lag + 1) * (1 - x * r)) / ((x - r) * (1 - x * r))
    closed_cell = (1 - r**2 * x * y) / ((1 - x * y) * (1 - x * r) * (1 - y * r))
    if sympy.simplify(cell - closed_cell) != 0 or sympy.simplify(state - closed_state) != 0:
        raise ArithmeticError("other closed forms")


@claim.certify
def proof(p, _):
    """|a_s| = e^{−λ/P} < 1, and the Gram form of the loss holds for every filter."""
    p.inhabited(S=0, K=0, P=1, lam=1, sigma=0, rho=0)
    stable, exist, value = evaluated(p, p.given)
    p.both(stable, *exist, value, between(p, value))


def evaluated(p, given):
    """(the poles lie in the disk, the series converge, the Gram form) from the hypotheses."""
    _, back = reciprocal(p, P, given(1))
    small = below_one(p, -lam / P, p.squares(lt(-lam / P, 0), [(1, [given(2), back], "", 1)]))
    with p.generalise({"s": "int"}, ROWS, lt(Abs(a(s)), 1)) as block:
        p.squares(lt(Abs(a(s)), 1), [(1, [small], "", 1)])
    stable = block.fact
    no_unit_product(p, Poles(), S, stable)
    disk = modulus_of_correlation(p, given(3), given(4))
    apart = [given(5)]
    for pole in (a(s), conj(a(s))):
        with p.generalise({"s": "int"}, ROWS, ne(1 - pole * rho, 0)) as block:
            not_one(p, pole * rho, product_in_disk(p, pole, rho, p.apply(stable, lt(Abs(a(s)), 1), s=s), disk))
        apart.append(block.fact)
    values = {"S": S, "K": K, "a": fn("n_", a(n_)), "b": fn("n_", b(n_)), "rho": rho}
    value, exist = SOURCE.gram_form(p, a, b, S, values, apart)
    return stable, exist, value


@explained
def between(p, value):
    """What is below the lower bound for every filter of order S is below L; and L is real, so bounds of its real part are bounds of it."""
    u, j = names("u j")
    p.step("ball_bound", lt(0, PI), prec=53)
    p.squares(le(0, T(0)))
    every = p.use("uncertainty.ar_spectrum_between", forall({"u": "real"}, [], lt(0, distance(u))), rho=rho, alpha=0, beta=0)
    angle = PI * (2 * j - 1) / (2 * K + 1)
    odd = p.squares(lt(0, 2 * K + 1), [(2, [p.order("basic", le(0, K))], "", 1), (1, [], "", 1)])
    p.order("nonzero", ne(2 * K + 1, 0), odd)
    with p.generalise({"j": "int"}, [], ne(distance(angle), 0)):
        p.order("nonzero", ne(distance(angle), 0), p.apply(every, lt(0, distance(angle)), u=angle))
    with p.generalise({}, [le(1, S), le(S + 1, K)], ne(K, 0)) as count:
        p.order("nonzero", ne(K, 0), p.squares(lt(0, K), [(1, [count(1)], "", 1), (1, [count(2)], "", 1), (2, [], "", 1)]))
    with p.generalise({"low": "real", "high": "real"}, FRAMED.json[2], BETWEEN) as block:
        tied = p.step("congruence", eq(re(LOSS), FORM), equal=value, context=fn("m_", re("m_")))
        least = p.use("uncertainty.ar_limit_below", le(FLOOR, LOSS), S=S, K=K, a=fn("n_", a(n_)), b=fn("n_", b(n_)), rho=rho)
        above = p.squares(le(0, LOSS - low), [(1, [block(3)], "", 1), (1, [least], "", 1)])
        mirrored = p.step("quadratic_form", eq(conj(LOSS - low), LOSS - low), mode="hermitian", **{"from": [above]})
        real = p.identity(eq(conj(LOSS), LOSS), [(mirrored, 1)])
        p.both(p.squares(le(low, LOSS), [(1, [above], "", 1)]),
               p.squares(le(LOSS, high), [(1, [block(4)], "", 1)], using=[(tied, 1), (real, -T(1) / 2)]))
    return block.fact


def spaced(order, lag, period, rate):
    """(poles, weights of modulus 1) in doubles."""
    import numpy as np

    turns = 1j * np.pi * (2 * np.arange(1, order + 1) - order - 1) / period
    return np.exp(turns - rate / period), np.exp(-lag * turns)


def gram_form(poles, weights, lag, decay):
    """The formula: (energy, peak), so that the loss is 1 + energy − 2 peak; doubles."""
    x, y = poles[:, None], poles.conj()
    cells = (1 - decay**2 * x * y) / ((1 - x * y) * (1 - x * decay) * (1 - y * decay))
    states = (poles ** (lag + 1) * (1 - decay**2) - decay ** (lag + 1) * (1 - poles * decay)) / ((poles - decay) * (1 - poles * decay))
    return float((weights @ cells @ weights.conj()).real), float((weights @ states).real)


CASES = ((1, 3, 4.5, 1.0, 0.3, 0.5), (4, 40, 49.7, 1.1, 0.036, 0.5), (9, 20, 25.0, 1.3, 0.1, 0.8), (16, 64, 72.0, 0.7, 0.03, 0.0))


def compare(name, measure):
    """Measurements of the loss by `measure` against the formula."""
    from theory.papers.uncertainty_measurements import compared

    found = []
    for order, lag, period, rate, scale, decay in CASES:
        poles, weights = spaced(order, lag, period, rate)
        energy, peak = gram_form(poles, scale * weights, lag, decay)
        measured, expected = measure(poles, scale * weights, lag, decay), 1 + energy - 2 * peak
        found.append(compared(name, {"S": order, "K": lag, "P": period, "rho": decay}, measured, expected, abs(measured - expected) < 1e-9))
    return found


@claim.oracle
def recurrences():
    """The filter run as a recurrence under the AR(1) weights, in doubles."""
    from numeric import loss as losses

    return compare("loss by recurrence", losses.series)


@claim.oracle
def spectra():
    """The loss as an integral over frequencies, by the trapezoid rule."""
    from numeric import loss as losses

    return compare("loss by quadrature", losses.quadrature)


claim.must_refuse(
    response_counted_once=changed(eq(LOSS, closed(SOURCE, a, b, S) + re(Sum("s", 1, S, b(s) * SOURCE.state(a(s)))))),
    floor_raised=changed(forall({"low": "real", "high": "real"}, [le(1, S), le(S + 1, K), le(low, 1), le(FORM, high)], BETWEEN)),
    sign_flipped=changed(eq(LOSS, 2 - closed(SOURCE, a, b, S))),
    on_the_circle=changed(given={2: le(0, lam)}),
    poles_may_be_rho=changed(given={5: None}),
)


@claim.refute("sign_flipped")
def one_sample(p):
    """S = 1, K = 0, the weight 1 and ρ = 0: the loss is 1/(1 − e^{−2}) − 1 < 1."""
    values = {"S": 1, "K": 0, "P": 1, "lam": 1, "sigma": 1, "rho": 0}
    here = counterexample(p, **values)
    with p.inhabited_by(**values):
        p.step("ball_bound", here(APART), prec=64)
    p.step("ball_bound", here(APART), prec=64)
    with p.generalise(VARIABLES, GIVEN, VALUE) as block:
        p.part(p.both(evaluated(p, block)[2]), VALUE)
    true = p.apply(block.fact, here(VALUE), **values)
    apart = p.step("ball_bound", ne(*(T(here(x).json) for x in (closed(SOURCE, a, b, S), 2 - closed(SOURCE, a, b, S)))), prec=100)
    back = p.identity(eq(T(true.shows[2]), T(true.shows[1])), [(true, -1)])
    goal = here(p.statement["holds"][3])
    p.step("congruence", ne(*map(T, goal.json[1:])), equal=back, context=fn("m_", ne("m_", T(goal.json[2]))), **{"from": apart})
