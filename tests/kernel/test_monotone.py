"""The rule for monotone functions: what it accepts, and every way in which it must refuse."""
import pytest
from checking import proved

from theory.language import IMAGINARY, Abs, Sum, T, diag, exp, forall, inv, le, lt, matrix, names, statement, tr, within
from theory.steps import increasing

x, y, z, n, f = names("x y z n f")
GOAL = forall({"x": "real", "y": "real"}, [le(x, y)], le(exp(x), exp(y)))


def growing(p, shows=None, body=exp, ends=(x, y), slope=None, order=None):
    """e^x ≤ e^y from 0 ≤ e^z."""
    p.inhabited(x=0, y=0)
    with p.generalise({"z": "real"}, within(ends[0], z, ends[1]), le(0, exp(z))) as block:
        p.squares(le(0, exp(z)), [(1, [p.order("basic", lt(0, exp(z)))], "", 1)])
    increasing(p, body, *ends, slope or block.fact, order or p.given(1), shows or GOAL.json[3])


def test_the_exponential_grows():
    assert proved(statement(GOAL), growing)["outcome"] == "accepted"


@pytest.mark.parametrize(("change", "goal"), [
    ({"shows": le(exp(y), exp(x))}, le(exp(y), exp(x))),
    ({"shows": lt(exp(x), exp(y))}, lt(exp(x), exp(y))),
    ({"body": lambda u: -exp(u), "shows": le(-exp(x), -exp(y))}, le(-exp(x), -exp(y))),
    ({"body": lambda u: exp(2 * u), "shows": le(exp(2 * x), exp(2 * y))}, le(exp(2 * x), exp(2 * y))),
    ({"body": lambda u: exp(u) + u, "shows": le(exp(x) + x, exp(y) + y)}, le(exp(x) + x, exp(y) + y)),
    ({"order": "given.2"}, le(exp(x), exp(y))),
], ids=["swapped", "strict", "falling", "another slope", "slope of a summand missing", "order of other ends"])
def test_a_wrong_use_is_refused(change, goal):
    holds = forall({"x": "real", "y": "real"}, [le(x, y), le(x, x)], goal)
    row = proved(statement(holds), lambda p: growing(p, **change))
    assert row["outcome"] == "rejected" and row["reason"]["rule"] == "monotone", row["reason"]


def complex_ends(p):
    """Complex numbers x ≤ y: their difference is real, they need not be."""
    p.inhabited(x=IMAGINARY, y=IMAGINARY)
    with p.generalise({"z": "real"}, within(x, z, y), le(0, exp(z))) as block:
        p.squares(le(0, exp(z)), [(1, [p.order("basic", lt(0, exp(z)))], "", 1)])
    increasing(p, exp, x, y, block.fact, p.given(1), le(exp(x), exp(y)))


def test_the_ends_must_be_real():
    holds = forall({"x": "complex", "y": "complex"}, [le(x, y)], le(exp(x), exp(y)))
    row = proved(statement(holds), complex_ends)
    assert row["outcome"] == "rejected" and "real terms" in row["reason"]["message"], row["reason"]


BODIES = {
    "modulus": lambda u: Abs(u),
    "quotient": lambda u: 1 / (1 + u),
    "negative power": lambda u: u ** T(-1),
    "power of a matrix": lambda u: tr((u * matrix("s", 2, "t", 2, 1)) ** 2),
    "inverse": lambda u: tr(inv(diag("s", 2, u))),
    "sum": lambda u: Sum("s", 1, n, u),
}


@pytest.mark.parametrize("name", sorted(BODIES))
def test_other_functions_are_not_differentiated(name):
    body = BODIES[name]
    holds = forall({"n": "nat", "x": "real", "y": "real"}, [le(x, y)], le(body(x), body(y)))

    def build(p):
        p.inhabited(n=1, x=0, y=0)
        with p.generalise({"z": "real"}, within(x, z, y), le(0, 0 * z)) as block:
            p.squares(le(0, 0 * z))
        increasing(p, body, x, y, block.fact, p.given(1), le(body(x), body(y)))
    row = proved(statement(holds), build)
    assert row["outcome"] == "rejected" and "not differentiated" in row["reason"]["message"], row["reason"]


def test_products_and_chains_are_differentiated():
    """x e^{x²}: the slope e^{x²}(1 + 2x²) is what the kernel finds, and nothing else."""
    def body(u):
        return u * exp(u**2)

    def build(p, factor=2):
        p.inhabited(x=0, y=0)
        slope = exp(z**2) * (1 + factor * z**2)
        with p.generalise({"z": "real"}, within(x, z, y), le(0, slope)) as block:
            positive = p.order("basic", lt(0, exp(z**2)))
            p.squares(le(0, slope), [(1, [positive], "", 1), (factor, [positive], "", z)])
        increasing(p, body, x, y, block.fact, p.given(1), le(body(x), body(y)))
    holds = statement(forall({"x": "real", "y": "real"}, [le(x, y)], le(body(x), body(y))))
    assert proved(holds, build)["outcome"] == "accepted"
    assert proved(holds, lambda p: build(p, 3))["outcome"] == "rejected"


def test_names_are_not_captured():
    """A free variable of f that has the name of the variable of the slope stays what it is."""
    holds = statement(forall({"z": "real", "y": "real"}, [le(0, y)], le(z * 0, z * y)))

    def build(p):
        p.inhabited(z=0, y=0)
        with p.generalise({"x": "real"}, within(0, x, y), le(0, x**2)) as block:
            p.squares(le(0, x**2), [(1, [], "", x)])
        increasing(p, lambda u: z * u, 0, y, block.fact, p.given(1), le(z * 0, z * y))
    assert proved(holds, build)["outcome"] == "rejected"
