"""The loss of the idealised window as printed (paper, section on the explicit filter): false."""
from theory.claim import Claim
from theory.claims.uncertainty.ideal_window import (
    GIVEN,
    PRINTED,
    VALUE,
    VARIABLES,
    WHERE,
    captured,
    cases,
    mean_over_window,
    refuted,
)
from theory.language import forall, statement
from theory.mutations import changed

claim = Claim(
    title="The idealised window, as printed",
    says="Outside |ω| ≤ πS/2K an AR(1) input has the energy 1 − (2/π) arctan(((1+ρ)/(1−ρ)) tan(πS/K)).",
    statement=statement(forall(VARIABLES, GIVEN, PRINTED), WHERE),
    paper="UP", dossier="UP.W", reference="idealised window (main text)", source="text",
    limits="The argument of the tangent is four times too large, and so is the first-order term: the print has (2/π)((1+ρ)/(1−ρ)) πS/K, "
           "which is 2((1+ρ)/(1−ρ)) S/K, for ((1+ρ)/(1−ρ)) S/2K.",
)


@claim.derive
def quarter_of_the_angle(step):
    import sympy

    from theory.identities import below, equal, rounds

    x, ratio, edge = sympy.symbols("x c theta", positive=True)
    density = ratio * (1 + sympy.tan(x / 2) ** 2) / (1 + ratio**2 * sympy.tan(x / 2) ** 2)
    rho = sympy.symbols("rho", real=True)
    equal(step, "spectral density", (1 - rho**2) / (1 - 2 * rho * (1 - x**2) / (1 + x**2) + rho**2),
          (density.subs(sympy.tan(sympy.Symbol("x", positive=True) / 2), x)).subs(ratio, (1 + rho) / (1 - rho)),
          why="with x = tan(ω/2), cos ω = (1 − x²)/(1 + x²) and c = (1+ρ)/(1−ρ)")
    primitive = 2 * sympy.atan(ratio * sympy.tan(x / 2))
    equal(step, "antiderivative", sympy.Derivative(primitive, x), density, why="the half angle")
    inside = (primitive.subs(x, edge) - primitive.subs(x, -edge)) / (2 * sympy.pi)
    share = equal(step, "energy inside |ω| ≤ θ", inside, 2 / sympy.pi * sympy.atan(ratio * sympy.tan(edge / 2)), shown="I(θ)",
                  why="θ = πS/2K, so the tangent is taken at πS/4K; the print has πS/K")
    y = sympy.symbols("y", positive=True)
    true = share.subs(edge, sympy.pi * y / 2)
    printed = 2 / sympy.pi * sympy.atan(ratio * sympy.tan(sympy.pi * y))
    equal(step, "true first order", sympy.Limit(true / y, y, 0), ratio / 2, why="y = S/K")
    equal(step, "printed first order", sympy.Limit(printed / y, y, 0), 2 * ratio, why="four times as much")
    white = {ratio: 1, y: sympy.Rational(1, 4)}
    rounds(step, "white noise, S/K = 1/4", 1 - true.subs(white), "0.87500000000000000000", shown="true loss",
           why="an eighth of the circle is inside")
    equal(step, "as printed", 1 - printed.subs(white), sympy.Rational(1, 2), shown="printed loss", why="off by 3/8")
    coloured = {ratio: 3, y: sympy.Rational(1, 4)}
    below(step, "with colour it is worse", sympy.N(1 - printed.subs(coloured), 10), sympy.N(1 - true.subs(coloured), 10),
          why="ρ = 1/2: printed and true loss")


@claim.certify(kind="refutation")
def witness(p, _):
    """White noise with S = 1 and K = 4. The spectral density is 1, so the window |ω| ≤ π/8 holds 1/8 of the energy and the loss is 7/8;
    the print gives 1 − (2/π) arctan tan(π/4) = 1/2."""
    refuted(p)


@claim.oracle
def quadrature():
    """The loss by quadrature at 30 digits against the print."""
    import mpmath

    from theory.papers.uncertainty_measurements import contradicted

    found = []
    for order, lag, rho in cases()[:5]:
        with mpmath.workdps(30):
            share, r = mpmath.mpf(order) / lag, mpmath.mpf(rho.numerator) / rho.denominator
            measured, printed = 1 - mean_over_window(share, r), 1 - captured(share, r, divisor=1)
            found.append(contradicted("loss of the window", {"S": order, "K": lag, "rho": str(rho)}, mpmath.nstr(measured, 12),
                                      mpmath.nstr(printed, 12), abs(measured - printed) > mpmath.mpf(10) ** -3))
    return found


claim.must_refuse(corrected=changed(VALUE))
