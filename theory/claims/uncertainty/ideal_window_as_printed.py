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
