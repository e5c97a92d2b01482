"""Figure of Appendix B: the spectra of AR(1) inputs."""
from theory.claim import Claim
from theory.language import IMAGINARY, PI, Abs, T, both, eq, exp, forall, le, lt, names, ne, re, statement
from theory.mutations import changed, fails_at
from theory.proof import explained
from theory.steps import positive_reciprocal

rho, x, y, w, G, D = names("rho x y w G D")
RHOS = (1, 3, 5, 7, 9)
WHERE = [("D", ["w"], Abs(1 - rho * exp(-IMAGINARY * w)) ** 2), ("G", ["w"], (1 - rho**2) / D(w))]
LOWER = le(re(exp(IMAGINARY * y)), re(exp(IMAGINARY * x)))
FALLS = forall({"x": "real", "y": "real"}, [LOWER], le(G(y), G(x)))
ENDS = eq(G(0), (1 + rho) / (1 - rho)), eq(G(PI), (1 - rho) / (1 + rho))


def spectrum(rho, angles):
    """(1 − ρ²)/|1 − ρe^{−iω}|² in doubles."""
    import numpy as np

    return (1 - rho**2) / abs(1 - rho * np.exp(-1j * np.asarray(angles))) ** 2


def draw(figure):
    """The five spectra of the figure; dots are the values (1+ρ)/(1−ρ) and (1−ρ)/(1+ρ) at the ends."""
    import numpy as np

    axes, grid = figure.subplots(), np.linspace(0, np.pi, 400)
    for tenths in RHOS:
        value = tenths / 10
        line, = axes.plot(grid, spectrum(value, grid), label=f"$\\rho={value}$: {10 + tenths}/{10 - tenths} to {10 - tenths}/{10 + tenths}")
        axes.plot([0, np.pi], [(1 + value) / (1 - value), (1 - value) / (1 + value)], "o", ms=4, color=line.get_color(), clip_on=False)
    axes.set(yscale="log", xlabel="$\\omega$", ylabel="$\\Gamma(e^{i\\omega})$")
    axes.set_xticks([0, np.pi / 2, np.pi], ["0", "$\\pi/2$", "$\\pi$"])
    axes.legend(fontsize=8)


claim = Claim(
    title="The spectra of AR(1) inputs",
    says="For 0 ≤ ρ < 1 the spectrum (1 − ρ²)/|1 − ρe^{−iω}|² is (1+ρ)/(1−ρ) at ω = 0, (1−ρ)/(1+ρ) at ω = π, and does not increase "
         "when cos ω decreases; so it does not increase on [0, π].",
    statement=statement(forall({"rho": "real"}, [le(0, rho), lt(rho, 1)], both(*ENDS, FALLS)), WHERE),
    paper="UP", dossier="UP.FB1", reference="Appendix B, the figure of the spectra", source="text",
    hypotheses={"ρ < 1": "at ρ = 1 the spectrum is 0/0 at ω = 0", "0 ≤ ρ": "for ρ < 0 the spectrum increases"},
    limits="That cos decreases on [0, π] is elementary and is left to the reader. The figure's ρ = .1, .3, .5, .7, .9 are instances: at "
           "ω = 0 the values 11/9, 13/7, 3, 17/3, 19, and their reciprocals at π. For ρ = 0 the spectrum is constant.",
    page=draw,
)


@claim.derive
def autocorrelation_sum(step):
    import sympy

    from theory.identities import define, equal, nonnegative

    rho, z, omega = sympy.symbols("rho", positive=True), sympy.symbols("z", nonzero=True), sympy.symbols("omega", real=True)
    n, q = sympy.symbols("n", integer=True, positive=True), sympy.symbols("q")
    partial = q * (1 - q**n) / (1 - q)
    equal(step, "one side", partial.subs(n, n + 1) - partial, q ** (n + 1),
          why="so q + … + q^n = q(1 − q^n)/(1 − q), which tends to q/(1 − q)")
    half = [(q / (1 - q)).subs(q, rho * turn) for turn in (z, 1 / z)]
    spectrum = equal(step, "spectrum", 1 + half[0] + half[1], (1 - rho**2) / ((1 - rho * z) * (1 - rho / z)),
                     why="lag 0, positive and negative lags, with z = e^{−iω}")
    trigonometric = equal(step, "with cosines", spectrum.subs(z, sympy.exp(-sympy.I * omega)),
                          (1 - rho**2) / (1 - 2 * rho * sympy.cos(omega) + rho**2), why="z + 1/z = 2 cos ω")
    for place, value in ((0, (1 + rho) / (1 - rho)), (sympy.pi, (1 - rho) / (1 + rho))):
        equal(step, f"at ω = {place}", trigonometric.subs(omega, place), value, why="(1 ∓ ρ)² in the denominator")
        step(f"in the figure, ω = {place}", sympy.Tuple(*(value.subs(rho, sympy.Rational(n, 10)) for n in RHOS)),
             why="ρ = .1, .3, .5, .7, .9")
    room, other = sympy.symbols("r", positive=True), sympy.symbols("sigma", positive=True)
    equal(step, "derivative", sympy.Derivative(trigonometric, omega),
          -2 * rho * (1 - rho**2) * sympy.sin(omega) / (1 - 2 * rho * sympy.cos(omega) + rho**2) ** 2, why="it has the sign of −sin ω")
    share = define(step, "ρ", "rho", 1 / (1 + room), why="0 < ρ < 1 written with r > 0")
    nonnegative(step, "its sign", sympy.factor((2 * share * (1 - share**2)) * other),
                why="2ρ(1 − ρ²)σ ≥ 0 for σ = sin ω > 0: the spectrum falls on (0, π)")


@claim.certify
def proof(p, _):
    p.inhabited(rho=T(1) / 2)
    room = p.squares(lt(0, 1 - rho), [(1, [p.given(2)], "", 1)])
    sum_ = p.squares(lt(0, 1 + rho), [(1, [room], "", 1), (2, [p.given(1)], "", 1)])
    first, last = (p.order("nonzero", ne(value, 0), fact) for value, fact in ((1 - rho, room), (1 + rho, sum_)))
    positive = denominators(p, room)
    zero, turn = (p.apply(positive, lt(0, D(at)), w=at) for at in (0, PI))
    proper = [p.order("nonzero", ne(D(at), 0), fact) for at, fact in ((0, zero), (PI, turn))]
    start = p.identity(ENDS[0], nonzero=[first, proper[0]])
    end = p.identity(ENDS[1], nonzero=[last, proper[1]])
    p.conclude(start, end, falling(p, positive, room, sum_))


@explained
def denominators(p, room):
    """|1 − ρe^{−iω}|² = (1 − ρ)² + ρ|1 − e^{iω}|² > 0."""
    with p.generalise({"w": "real"}, [], lt(0, D(w))) as every:
        p.squares(lt(0, D(w)), [(1, [room, room], "", 1), (1, [p.given(1)], "", 1 - exp(IMAGINARY * w))])
    with p.generalise({"w": "real"}, [], ne(D(w), 0)):
        p.order("nonzero", ne(D(w), 0), p.apply(every.fact, lt(0, D(w)), w=w))
    return every.fact


@explained
def falling(p, positive, room, total):
    """D(y) − D(x) = 2ρ (cos x − cos y) ≥ 0, and n/D decreases in D > 0."""
    n, u, v = names("n u v")
    given = [le(0, n), lt(0, u), lt(0, v), le(u, v)]
    with p.generalise({"n": "real", "u": "real", "v": "real"}, given, le(n / v, n / u)) as quotient:
        proper = [p.order("nonzero", ne(value, 0), quotient(j)) for value, j in ((u, 2), (v, 3))]
        inverse = [positive_reciprocal(p, value, quotient(j), fact) for value, j, fact in zip((u, v), (2, 3), proper, strict=True)]
        p.squares(le(n / v, n / u), [(1, [quotient(1), quotient(4), *inverse], "", 1)], nonzero=proper)
    p.squares(le(0, 1 - rho**2), [(1, [room, total], "", 1)])
    with p.generalise({"x": "real", "y": "real"}, [LOWER], le(G(y), G(x))) as every:
        for at in (x, y):
            p.apply(positive, lt(0, D(at)), w=at)
        p.squares(le(D(x), D(y)), [(2, [p.given(1), every(1)], "", 1)])
        p.apply(quotient.fact, le(G(y), G(x)), n=1 - rho**2, u=D(x), v=D(y))
    return every.fact


@claim.oracle
def autocorrelation():
    """The spectrum as the sum of the autocorrelations ρ^{|k|}e^{−iωk}, to k = 2000: the ends, and a grid of 200 angles in order."""
    import numpy as np

    from theory.papers.uncertainty_measurements import bounded, compared

    angles, delays, found = np.linspace(0, np.pi, 201), np.arange(1, 2001), []
    for tenths in RHOS:
        value = tenths / 10
        summed = 1 + 2 * (value**delays[None, :] * np.cos(np.outer(angles, delays))).sum(1)
        for place, expected in ((0, closed_end(value)), (-1, 1 / closed_end(value))):
            found.append(compared("end of a spectrum", {"rho": value, "ω": float(angles[place])}, f"{summed[place]:.9f}",
                                  f"{expected:.9f}", abs(summed[place] - expected) < 1e-9 * expected))
        rise = float(np.diff(summed).max())
        found.append(bounded("largest rise between neighbours", {"rho": value}, rise, 0, inside=rise < 0))
    return found


def closed_end(value):
    """The formula at ω = 0: (1+ρ)/(1−ρ)."""
    return (1 + value) / (1 - value)


claim.must_refuse(
    ends_exchanged=changed(both(eq(G(0), (1 - rho) / (1 + rho)), eq(G(PI), (1 + rho) / (1 - rho)), FALLS)),
    end_exchanged_alone=changed(eq(G(0), (1 - rho) / (1 + rho))),
    rises=changed(both(*ENDS, forall({"x": "real", "y": "real"}, [LOWER], le(G(x), G(y))))),
    strict=changed(both(*ENDS, forall({"x": "real", "y": "real"}, [LOWER], lt(G(y), G(x))))),
    negative_rho=changed(given={1: lt(-1, rho)}),
    unit_rho=changed(given={2: le(rho, 1)}),
)
claim.refute("end_exchanged_alone")(fails_at(rho=T(1) / 2))
