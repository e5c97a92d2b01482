"""What an AR(1) input correlates a geometric response with a pulse to, in closed form."""
from theory.claim import Claim
from theory.language import Abs, T, eq, forall, le, lt, names, statement, sums
from theory.mutations import changed, counterexample, differs
from theory.papers.uncertainty_ar import AR_INPUT, WHERE_CORRELATION, R, correlation_facts, modulus_of_correlation, rho
from theory.proof import explained
from theory.steps import not_one, product_in_disk

z, k, m = names("z k m")
VARIABLES, GIVEN = {"z": "complex", "rho": "real"}, [lt(Abs(z), 1), *AR_INPUT]


def at_lag(k, sign=1):
    """(z − ρ)(1 − zρ) R_k = z^{k+1}(1 − ρ²) − ρ^{k+1}(1 − zρ)."""
    return eq((z - rho) * (1 - z * rho) * R(z, k), z ** (k + 1) * (1 - rho**2) - sign * rho ** (k + 1) * (1 - z * rho))


def every(sign=1):
    return forall({"k": "nat"}, [], at_lag(k, sign))


claim = Claim(
    title="A geometric response and a pulse under an AR(1) input",
    says="R_k = Σ_m z^m ρ^|k−m| satisfies (z − ρ)(1 − zρ) R_k = z^{k+1}(1 − ρ²) − ρ^{k+1}(1 − zρ).",
    statement=statement(forall(VARIABLES, GIVEN, every()), [WHERE_CORRELATION]),
    paper="UP", reference="Appendix C, loss under an AR(1) input",
    hypotheses={"|z| < 1": "the series need not converge: z = 2 makes its terms grow when ρ > 1/2",
                "0 ≤ ρ < 1": "the setting; ρ = z = 1 has infinite R_0"},
    limits="At z = ρ both sides vanish and nothing is said about R_k.",
)


@claim.derive
def recursion(step):
    import sympy

    from theory.identities import equal

    z, rho, k = sympy.symbols("z"), sympy.symbols("rho", positive=True), sympy.symbols("k", integer=True, nonnegative=True)
    right = z ** (k + 1) * (1 - rho**2) - rho ** (k + 1) * (1 - z * rho)
    factor = (z - rho) * (1 - z * rho)
    equal(step, "start", right.subs(k, 0), factor / (1 - z * rho), why="R_0 = Σ z^m ρ^m = 1/(1 − zρ)")
    equal(step, "one lag later", right.subs(k, k + 1) - z * right, factor * rho ** (k + 1),
          why="R_{k+1} = Σ_m z^m ρ^|k+1−m| = z R_k + ρ^{k+1}: the first term apart, the others moved by one")
    for lag in (1, 3):
        finite = sum(z**m * rho ** (lag - m) for m in range(lag)) + z**lag / (1 - z * rho)
        equal(step, f"K = {lag}, summed", factor * finite, right.subs(k, lag),
              why="terms up to the lag one by one, a geometric series after it")
    equal(step, "at z = ρ", sympy.Limit(right.subs(k, 2) / factor, z, rho), 2 * rho**2 + rho**2 / (1 - rho**2),
          why="k = 2: the limit is R_2 = kρ^k + ρ^k/(1 − ρ²)")


@claim.certify
def proof(p, _):
    """R_0 = 1/(1 − zρ) and R_{k+1} = z R_k + ρ^{k+1}; induction on k."""
    p.inhabited(z=0, rho=0)
    closed(p, *map(p.given, (1, 2, 3)))


@explained
def closed(p, pole, sign, below):
    """Both sides agree at k = 0, and obey the same recursion."""
    proper = not_one(p, z * rho, product_in_disk(p, z, rho, pole, modulus_of_correlation(p, sign, below)))
    start, recursion = converging(p)
    with p.branch() as base:
        p.identity(at_lag(0), [(start, (z - rho) * (1 - z * rho))], nonzero=[proper])
    block = p.new_id()
    with p.branch() as step:
        here = p.apply(recursion, eq(R(z, k + 1), z * R(z, k) + rho ** (k + 1)), n=k)
        p.identity(at_lag(k + 1), [(here, (z - rho) * (1 - z * rho)), (f"{block}.2", z)])
    return p.step("induction", every(), block, base=base, step=step)


@explained
def converging(p):
    """The series converge; their first value and the recursion."""
    p.use("uncertainty.ar_geometric_sums", forall({"k": "nat"}, [], sums("m", 0, z**m * rho ** Abs(k - m), R(z, k))), x=0, y=z, rho=rho)
    return correlation_facts(p, z)


@claim.oracle
def truncated_sums():
    """The series over m < 600 in doubles, against the quotient; z = ρ left out."""
    import numpy as np

    from theory.papers.uncertainty_measurements import compared

    found, n = [], np.arange(600)
    for pole, decay in ((0.5 + 0.3j, 0.7), (0.9j, 0.4), (-0.9, 0.9), (0, 0.5)):
        for lag in (0, 1, 7, 40):
            measured = complex(np.sum(np.power(complex(pole), n) * decay ** np.abs(n - lag)))
            expected = quotient(pole, decay, lag)
            found.append(compared("R_k", {"z": pole, "rho": decay, "k": lag}, measured, expected, abs(measured - expected) < 1e-12))
    return found


def quotient(z, rho, k):
    """The formula."""
    return (z ** (k + 1) * (1 - rho**2) - rho ** (k + 1) * (1 - z * rho)) / ((z - rho) * (1 - z * rho))


claim.must_refuse(
    sign_flipped=changed(every(-1)),
    lag_shifted=changed(forall({"k": "nat"}, [], eq((z - rho) * (1 - z * rho) * R(z, k), z**k * (1 - rho**2) - rho**k * (1 - z * rho)))),
    sign_flipped_at_zero=changed(at_lag(0, -1)),
    pole_on_circle=changed(given={1: le(Abs(z), 1)}),
    correlation_reaches_one=changed(given={3: le(rho, 1)}),
)


@claim.refute("sign_flipped_at_zero")
def at_half(p):
    """z = 0, ρ = 1/2: the left side is −1/2, the right side 1/2."""
    values = {"z": 0, "rho": T(1) / 2}
    here = counterexample(p, **values)
    with p.generalise(VARIABLES, GIVEN, at_lag(0)) as block:
        p.apply(closed(p, *map(block, (1, 2, 3))), at_lag(0), k=0)
    true = p.apply(block.fact, here(at_lag(0)), **values)
    left, _ = (T(x) for x in true.shows[1:])
    value = p.identity(eq(left, -T(1) / 2), [(true, 1)])
    differs(p, value, here(T(at_lag(0, -1).json[2])))
