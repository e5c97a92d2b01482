"""Filters in closed form on a grid of S/K and ρ: their loss comes to the limit for AR(1) input as S grows, and no filter goes below it."""
from fractions import Fraction
from typing import NamedTuple

from theory.claim import Claim
from theory.claims.uncertainty import ar_spaced_loss as spaced
from theory.language import PI, T, atan, both, cos, forall, le, lt, names, ne, statement, tan, within
from theory.mutations import changed, counterexample
from theory.papers.uncertainty import K, S, s
from theory.papers.uncertainty_design import g, h, quotient
from theory.proof import explained
from theory.steps import at

PREC = 64
ROWS = within(1, s, S)


class Row(NamedTuple):
    """A filter with poles e^{(−λ + iπ(2s − S − 1))/P} and weights σ e^{−iπ(2s − S − 1)K/P}: its loss under the autocorrelation ρ^|n| is at
    most limit + high, and no filter of this order is below limit − low."""

    order: int
    K: int
    rho: str
    period: str
    rate: str
    scale: str
    high: str
    low: str


TABLE = (
    Row(4, 40, "0.5", "49.7", "1.091", "0.0362833", "0.10809", "0.00895"),
    Row(32, 320, "0.5", "362.3", "1.358", "0.0078352", "0.06634", "0.00111"),
    Row(4, 40, "0.8", "49.1", "1.221", "0.043944", "0.17014", "0.0493"),
    Row(32, 320, "0.8", "361.7", "1.488", "0.00915", "0.10241", "0.00606"),
    Row(4, 16, "0.5", "20.1", "1.175", "0.0991629", "0.18191", "0.02858"),
    Row(32, 128, "0.5", "145.1", "1.443", "0.0215854", "0.10784", "0.0035"),
    Row(4, 16, "0.8", "19.9", "1.419", "0.1347826", "0.14813", "0.13092"),
    Row(32, 128, "0.8", "144.8", "1.696", "0.0286066", "0.08357", "0.01648"),
    Row(4, 8, "0.5", "10.3", "1.292", "0.2177477", "0.20044", "0.07294"),
    Row(32, 64, "0.5", "72.8", "1.56", "0.0488382", "0.11318", "0.0091"),
    Row(4, 8, "0.8", "10.2", "1.583", "0.3029711", "0.11779", "0.22058"),
    Row(32, 64, "0.8", "78.1", "2.062", "0.0666935", "0.05812", "0.0342"),
)


class Instance:
    """What is stated of one row."""

    def __init__(self, row):
        self.row = row
        texts = {"P": row.period, "lam": row.rate, "sigma": row.scale, "rho": row.rho}
        self.values = {name: quotient(text) for name, text in texts.items()}
        self.given = [*within(row.order, S, row.order), *within(row.K, K, row.K)]
        self.angle = PI * quotient(Fraction(row.order, 2 * row.K))
        r = Fraction(row.rho)
        self.limit = 1 - 2 / PI * atan(quotient((1 + r) / (1 - r)) * tan(self.angle))
        self.loss = self.here(spaced.LOSS)

    def a(self, n):
        return self.here(at(spaced.WHERE[0][2], "n", n))

    def b(self, n):
        return self.here(at(spaced.WHERE[1][2], "n", n))

    def here(self, term):
        """A term of the family at the values of the row."""
        for name, params, body in spaced.WHERE:
            term = unfolded(term, name, params[0], body)
        for name, value in self.values.items():
            term = at(term, name, value)
        return term

    def holds(self, high=None, low=None):
        """The poles lie in the disk; limit − low ≤ L ≤ limit + high."""
        return both(self.here(spaced.STABLE), le(self.limit - quotient(low or self.row.low), self.loss),
                    le(self.loss, self.limit + quotient(high or self.row.high)))

    def states(self, **changes):
        return forall({"S": "nat", "K": "nat"}, self.given, self.holds(**changes))

    def by_balls(self, p, part):
        """The formula `part` about S and K, by ball arithmetic at the numbers that they are."""
        fixed = [*within(self.row.order, h, self.row.order), *within(self.row.K, g, self.row.K)]
        every = p.step("ball_bound", forall({"h": "int", "g": "int"}, fixed, at(at(part, "S", h), "K", g)), prec=PREC)
        return p.apply(every, part, h=S, g=K)


def unfolded(term, name, parameter, body):
    """A term without the abbreviation `name`, which has one parameter."""
    def walk(x):
        if isinstance(x, list) and x and x[0] == name and len(x) == 2:
            return at(body, parameter, T(walk(x[1]))).json
        return [walk(y) for y in x] if isinstance(x, list) else x
    return T(walk(term.json))


INSTANCES = [Instance(row) for row in TABLE]


def told(row):
    return f"S = {row.order}, K = {row.K}, ρ = {row.rho}: −{row.low}, +{row.high}"


def draw(figure):
    """The certified intervals about the limit, for each S/K and ρ."""
    axes = figure.subplots()
    places = {}
    for row in TABLE:
        places.setdefault((Fraction(row.order, row.K), row.rho), []).append(row)
    for index, rows in enumerate(places.values()):
        for step, (row, colour) in enumerate(zip(rows, ("#a5501d", "#1f4e79"), strict=True)):
            limit = limit_of(row)
            axes.plot([index + 0.16 * (2 * step - 1)] * 2, [limit - float(row.low), limit + float(row.high)], "-", lw=5, color=colour,
                      solid_capstyle="butt", label=f"$S = {row.order}$" if index == 0 else None)
        axes.plot([index - 0.35, index + 0.35], [limit, limit], color="#22262b", lw=1.2, label="limit" if index == 0 else None)
    axes.set(xticks=range(len(places)), ylabel="loss", ylim=(0, 1),
             xticklabels=[f"$S/K={share}$\n$\\rho={rho}$" for share, rho in places])
    axes.tick_params(axis="x", labelsize=8)
    axes.legend(fontsize=8)


def limit_of(row):
    """The limit, in doubles."""
    from theory.claims.uncertainty.ar_lower_bound_window import limit

    return limit(row.order, row.K, float(row.rho))


def conclusion(**changes):
    return both(*(instance.states(**changes) for instance in INSTANCES))


claim = Claim(
    title="The limit for AR(1) input on a grid",
    says="At S/K = 1/10, 1/4, 1/2 and ρ = 1/2, 4/5 twelve filters in closed form, with poles e^{(−λ + iπ(2s − S − 1))/P} and flat "
         "weights, lose at most a stated decimal more than the limit 1 − (2/π) arctan(κ tan(πS/2K)), and no filter of that order is below "
         "the limit by more than another: " + "; ".join(map(told, TABLE)) + ".",
    statement=statement(forall({}, [], conclusion())),
    paper="UP", dossier="UP.tightar+", reference="own; both sides of the limit for AR(1) input, at given numbers",
    strength="domain", hypotheses={"the numbers of the table": "they are what is certified"},
    limits="Twelve filters: this is the limit from above at S = 4 and S = 32 only, with filters whose distance from it falls slowly, by a "
           "factor near 1.6 from the one to the other; designed poles are closer. The lower side is the universal claim "
           "uncertainty.ar_limit_below at these numbers. For ρ = 0 the limit is 1 − S/K, and uncertainty.sharp_constant reaches it.",
    page=draw,
)


@claim.derive
def scale(step):
    """Where σ comes from; period and decay are tuned in floats."""
    import sympy

    sigma, energy, peak = sympy.symbols("sigma E X", positive=True)
    loss = step("loss", 1 + sigma**2 * energy - 2 * sigma * peak, why="E and X for σ = 1")
    best = step("best σ", sympy.solve(sympy.diff(loss, sigma), sigma)[0], why="the derivative in σ vanishes")
    step("loss there", sympy.simplify(loss.subs(sigma, best)), why="rounded, σ loses a square of its error")


@claim.certify
def proof(p, _):
    """The loss of each filter is a finite sum, which ball arithmetic encloses, and so is the limit. From below the loss is above the
    bound for every filter of that order, which is enclosed too.
    """
    p.inhabited()
    p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=64))
    for angle in {str(instance.angle.json): instance.angle for instance in INSTANCES}.values():
        p.step("ball_bound", ne(cos(angle), 0), prec=64)
    p.both(*(framed(p, instance) for instance in INSTANCES))


@explained
def framed(p, instance):
    """One filter: its series converge; the lower bound for every filter and the closed form of the loss, in balls."""
    j, values = names("j"), {"S": S, "K": K, **instance.values}
    inner, outer = map(instance.here, spaced.SOURCE.converges(spaced.a, spaced.b, S))
    row = at(inner.json[3], "k", j)
    with p.generalise({"S": "nat", "K": "nat", "j": "int"}, [*instance.given, le(0, j)], row):
        instance.by_balls(p, instance.here(spaced.APART))
        p.apply(p.use("uncertainty.ar_spaced_loss", inner, **values), row, k=j)
    with p.generalise({"S": "nat", "K": "nat"}, instance.given, outer):
        instance.by_balls(p, instance.here(spaced.APART))
        p.use("uncertainty.ar_spaced_loss", outer, **values)
    bottom, top = instance.limit - quotient(instance.row.low), instance.limit + quotient(instance.row.high)
    with p.generalise({"S": "nat", "K": "nat"}, instance.given, instance.holds()) as block:
        for part in (le(1, S), le(S + 1, K), spaced.APART, le(bottom, spaced.FLOOR), le(spaced.FORM, top)):
            instance.by_balls(p, instance.here(part))
        stable, general = (p.use("uncertainty.ar_spaced_loss", instance.here(part), **values) for part in (spaced.STABLE, spaced.FRAMED))
        low, high = le(bottom, instance.loss), le(instance.loss, top)
        inside = p.apply(general, both(low, high), low=bottom, high=top)
        p.both(stable, p.part(inside, low), p.part(inside, high))
    return block.fact


def doubles(row):
    """(poles, weights) in doubles."""
    poles, weights = spaced.spaced(row.order, row.K, float(row.period), float(row.rate))
    return poles, float(row.scale) * weights


def measured(name, measure):
    """The loss of each filter against its interval about the limit; the upper end is attained up to two units of its last place."""
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for row in TABLE:
        loss, limit = measure(*doubles(row), row.K, float(row.rho)), limit_of(row)
        low, high = limit - float(row.low), limit + float(row.high)
        found.append(bounded(name, {"S": row.order, "K": row.K, "rho": row.rho}, loss, f"{low:.5f} to {high:.5f}",
                             low < high - 3e-5 < loss <= high))
    return found


@claim.oracle
def recurrences():
    """The filters run as recurrences in doubles."""
    from numeric import loss as losses

    return measured("loss by recurrence", losses.series)


@claim.oracle
def spectra():
    """The loss as an integral over frequencies, by the trapezoid rule."""
    from numeric import loss as losses

    return measured("loss by quadrature", losses.quadrature)


@claim.oracle
def eigenvalues():
    """The bound in the eigenvalues of a numerical library is above the lower ends, and below the certified losses."""
    from theory.claims.uncertainty.ar_lower_bound_eigenvalues import eigenvalue_bound
    from theory.papers.uncertainty_measurements import bounded

    found = []
    for row in TABLE:
        least, limit = eigenvalue_bound(row.order, row.K, float(row.rho)), limit_of(row)
        found.append(bounded("bound in eigenvalues", {"S": row.order, "K": row.K, "rho": row.rho}, least, limit - float(row.low),
                             limit - float(row.low) < least < limit + float(row.high)))
    return found


FIRST, LAST = INSTANCES[0], INSTANCES[-1]
BELOW = FIRST.limit - quotient(FIRST.row.low) - T(1) / 1000

claim.must_refuse(
    ceiling_lowered=changed(LAST.states(high=str(Fraction(LAST.row.high) - Fraction(3, 10**5)))),
    floor_raised=changed(LAST.states(low=str(Fraction(LAST.row.low) - Fraction(3, 10**5)))),
    beaten=changed(le(at(at(FIRST.loss, "S", FIRST.row.order), "K", FIRST.row.K), BELOW)),
)


@claim.refute("beaten")
def above_the_floor(p):
    """The loss of the first filter is above the lower end of its interval."""
    here = counterexample(p)
    p.order("nonzero", ne(PI, 0), p.step("ball_bound", lt(0, PI), prec=64))
    p.step("ball_bound", ne(cos(FIRST.angle), 0), prec=64)
    low, values = BELOW + T(1) / 1000, {"S": S, "K": K, **FIRST.values}
    with p.generalise({"S": "nat", "K": "nat"}, FIRST.given, lt(BELOW, FIRST.loss)) as block:
        for part in (le(1, S), le(S + 1, K), spaced.APART, le(low, spaced.FLOOR), le(spaced.FORM, 2)):
            FIRST.by_balls(p, FIRST.here(part))
        general = p.use("uncertainty.ar_spaced_loss", FIRST.here(spaced.FRAMED), **values)
        inside = p.apply(general, both(le(low, FIRST.loss), le(FIRST.loss, 2)), low=low, high=2)
        p.squares(lt(BELOW, FIRST.loss), [(1, [p.part(inside, le(low, FIRST.loss))], "", 1), (T(1) / 1000, [], "", 1)])
    p.apply(block.fact, here(lt(BELOW, at(at(FIRST.loss, "S", FIRST.row.order), "K", FIRST.row.K))), S=FIRST.row.order, K=FIRST.row.K)
