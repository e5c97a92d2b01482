"""The normal form keeps the value of a term: both are evaluated exactly, by an evaluator that knows no algebra."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from proofs_check.normal import Scope, canonical, nf
from proofs_check.refusal import Malformed, Refusal
from proofs_check.values import Budget, Evaluator, NotExact

TYPES = {"x": "complex", "y": "complex", "r": "real", "n": "nat", "m": "int",
         "a": ("seq", "complex"), "M": ("mat", 2, 2), "v": ("mat", 2, 1)}
PARTS = st.integers(-3, 3)


def gaussian(re, im, bottom=1):
    return ("/", ("+", re, ("*", im, ("i",))), bottom)


NUMBERS = st.builds(gaussian, PARTS, PARTS, st.integers(1, 3))


@st.composite
def environments(draw):
    entries = [draw(NUMBERS) for _ in range(6)]

    def pick(first, s, t):
        """A matrix by its entries, chosen with Kronecker deltas."""
        return ("+", *(("*", ("delta", s, i + 1), ("delta", t, j + 1), entries[first + 2 * i + j]) for i in range(2) for j in range(2)))
    column = ("+", ("*", ("delta", "s", 1), entries[4]), ("*", ("delta", "s", 2), entries[5]))
    return {"x": draw(NUMBERS), "y": draw(NUMBERS), "r": ("/", draw(PARTS), draw(st.integers(1, 3))), "n": draw(st.integers(0, 3)),
            "m": draw(st.integers(-3, 3)),
            "a": ("fn", "k", ("+", draw(NUMBERS), ("*", "k", draw(NUMBERS)))),
            "M": ("matrix", "s", 2, "t", 2, pick(0, "s", "t")), "v": ("vec", "s", 2, column)}


LEAVES = st.sampled_from(["x", "y", "r", "n", "m", 0, 1, 2, -1, ("i",), ("at", "a", "n"), ("at", "a", 1), ("*", ("adj", "v"), "v"),
                          ("*", ("adj", "v"), "M", "v"), ("tr", "M"), ("det", "M"), ("entry", "M", 1, 2), ("entry", ("*", "M", "v"), 2, 1),
                          ("tr", ("*", "M", "v", ("adj", "v"))), ("*", ("conj", ("adj", "v")), ("conj", "M"), "v")])


def larger(inner):
    pairs = st.tuples(inner, inner)
    indexed = st.sampled_from([("at", "a", "k"), ("^", "x", "k"), ("*", "r", "k")])
    return st.one_of(
        pairs.map(lambda p: ("+", *p)), pairs.map(lambda p: ("-", *p)), pairs.map(lambda p: ("*", *p)), pairs.map(lambda p: ("/", *p)),
        st.tuples(inner, st.integers(0, 3)).map(lambda p: ("^", *p)), inner.map(lambda t: ("^", t, "n")), inner.map(lambda t: ("conj", t)),
        inner.map(lambda t: ("re", t)), inner.map(lambda t: ("im", t)), inner.map(lambda t: ("^", ("abs", t), 2)),
        st.tuples(st.sampled_from(["sum", "prod"]), inner, indexed).map(lambda p: (p[0], "k", 0, "n", ("*", p[1], p[2]))),
        st.tuples(inner, indexed).map(lambda p: ("sum", "k", 1, ("+", "n", 1), ("sum", "j", 0, "n", ("+", ("*", *p), ("^", "y", "j"))))))


def perhaps_empty(inner):
    """Also powers that are proper only where the range is not empty, and ranges shorter than empty."""
    power = st.tuples(st.sampled_from(["sum", "prod"]), inner, st.sampled_from(["n", "m"]), st.sampled_from(["x", "n", "m"]))
    return larger(inner) | power.map(lambda p: (p[0], "k", 1, p[2], ("*", p[1], ("^", p[3], ("-", p[2], 1)))))


TERMS = st.recursive(LEAVES, larger, max_leaves=5)
RANGES = st.recursive(LEAVES, perhaps_empty, max_leaves=5)


def value(term, env):
    evaluator = Evaluator(Budget())
    z = evaluator.scalar(evaluator.value(term, env))
    return Fraction(str(z.real)), Fraction(str(z.imag))


@given(TERMS | RANGES, environments())
def test_the_normal_form_keeps_the_value(term, env):
    scope = Scope(TYPES)
    try:
        before = value(term, env)
        after = value(canonical(term, scope), env)
    except (Refusal, NotExact):
        assume(False)
    assert before == after


@given(TERMS)
def test_normalising_twice_changes_nothing(term):
    scope = Scope(TYPES)
    assert nf(canonical(term, scope), scope)[0] == nf(term, scope)[0]


def test_a_wrong_rewriting_would_be_seen():
    """The property compares values, so x² for x·x̄ is caught."""
    env = {"x": gaussian(1, 2)}
    assert value(("*", "x", "x"), env) != value(("*", "x", ("conj", "x")), env)


NUMBERED = Scope({"n": "int", "m": "int", "N": "nat", "x": "real", "z": "complex"}, [("<=", 1, "N")])
TURN = ("*", ("i",), ("pi",))


@pytest.mark.parametrize("left, right", [
    (("exp", ("*", TURN, "n")), ("^", -1, "n")),
    (("exp", ("*", -3, TURN, ("+", "n", "m"))), ("*", ("^", -1, "n"), ("^", -1, "m"))),
    (("exp", ("*", 2, TURN, "n")), 1),
    (("exp", ("/", TURN, 2)), ("i",)),
    (("exp", ("/", ("*", 3, TURN), 2)), ("*", -1, ("i",))),
    (("*", ("exp", ("/", "z", 2)), ("exp", ("/", "z", 2))), ("exp", "z")),
    (("^", ("exp", "z"), "n"), ("exp", ("*", "n", "z"))),
    (("^", ("exp", ("/", ("+", "x", ("*", TURN, "n")), "N")), "N"), ("*", ("exp", "x"), ("^", -1, "n"))),
    (("/", ("^", "N", 3), "N"), ("^", "N", 2)),
])
def test_exponentials_and_known_counts_reduce(left, right):
    assert canonical(left, NUMBERED) == canonical(right, NUMBERED)


@pytest.mark.parametrize("left, right", [
    (("exp", ("*", TURN, "x")), ("^", -1, "n")),  # x is no integer
    (("exp", ("/", ("*", TURN, "n"), 2)), ("^", -1, "n")),
    (("exp", ("/", TURN, 3)), -1),
    (("exp", ("*", TURN, "n")), 1),
    (("*", "n", ("/", 1, "n")), 1),  # n may be 0
    (("*", "z", ("/", 1, "z")), 1),
    (("^", ("exp", ("/", "x", "n")), "n"), ("exp", "x")),
    (("exp", ("*", TURN, ("/", "n", "N"))), ("^", -1, "n")),
])
def test_what_need_not_be_equal_stays_apart(left, right):
    assert canonical(left, NUMBERED) != canonical(right, NUMBERED)


INTEGERS = Scope({"k": "int", "m": "int", "n": "nat", "x": "complex", "r": "real"})
FAR, NEAR = ("^", "r", ("abs", ("-", "k", "m"))), ("^", "r", ("abs", ("-", "m", "k")))


def test_the_modulus_of_an_integer_is_an_integer():
    assert nf(FAR, INTEGERS) == nf(NEAR, INTEGERS)
    assert nf(("abs", ("-", ("-", "n"), 1)), INTEGERS) == nf(("+", "n", 1), INTEGERS)
    below = Scope({}, [("<=", "k", "m")], INTEGERS)
    assert nf(FAR, below) == nf(("^", "r", ("-", "m", "k")), below)
    assert nf(("abs", ("-", "k", "m")), below) != nf(("-", "k", "m"), below)


def test_the_modulus_of_an_integer_of_unknown_sign_stays():
    assert nf(("abs", ("-", "k", "m")), INTEGERS)[0] not in [nf(("-", *pair), INTEGERS)[0] for pair in (("k", "m"), ("m", "k"))]
    with pytest.raises(Malformed):
        nf(("^", "r", ("abs", "x")), INTEGERS)
    with pytest.raises(Malformed):
        nf(("^", "r", ("abs", "r")), INTEGERS)


def test_a_modulus_is_not_negative_and_no_more_is_known():
    distance = nf(("abs", ("-", "k", "m")), INTEGERS)[0]
    assert INTEGERS.nonneg(distance)
    assert not INTEGERS.nonneg(nf(("-", ("abs", ("-", "k", "m"))), INTEGERS)[0])
    assert not INTEGERS.nonneg(nf(("-", ("abs", "k"), 1), INTEGERS)[0])
    assert not INTEGERS.nonneg(nf(("-", ("abs", "k"), "k"), INTEGERS)[0])


@given(st.integers(-4, 4), st.integers(-4, 4), st.sampled_from([FAR, NEAR, ("abs", ("-", ("*", 2, "m"), ("+", "k", 1)))]))
def test_moduli_of_integers_keep_their_value(k, m, term):
    env = {"k": k, "m": m, "r": ("/", 2, 3)}
    assert value(term, env) == value(canonical(term, INTEGERS), env)
    known = Scope({}, [("<=", "k", "m") if k <= m else ("<=", "m", "k")], INTEGERS)
    assert value(term, env) == value(canonical(term, known), env)


def test_a_reciprocal_does_not_depend_on_which_exponential_was_pulled_out():
    """1/(e^{x−y} − 1) and e^{y}/(e^{x} − e^{y}) are one normal form; 1/(e^{x−y} + 1) is another."""
    scope = Scope({"x": "complex", "y": "complex"})
    plain = ("/", 1, ("-", ("exp", ("-", "x", "y")), 1))
    turned = ("/", ("exp", "y"), ("-", ("exp", "x"), ("exp", "y")))
    other = ("/", 1, ("+", ("exp", ("-", "x", "y")), 1))
    assert nf(plain, scope) == nf(turned, scope) != nf(other, scope)
    assert nf(("*", plain, other), scope) == nf(("*", turned, other), scope)
