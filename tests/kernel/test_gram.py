"""The rule `gram`, accepting and refusing."""

import time

import mpmath
import pytest

from proofs_check.refusal import Malformed, Refusal, Rejected, Undecided
from proofs_check.rules import gram


class Facts:
    def __init__(self, **facts):
        self.facts = facts

    def fact(self, name):
        return self.facts[name]


def outcome(shows, ctx=None, **fields):
    try:
        gram.check({"shows": shows, **fields}, ctx)
    except Refusal as no:
        return type(no)
    return True


def square(*rows):
    n = len(rows)
    body = (
        "+",
        0,
        *(("*", ("delta", "s", i + 1), ("delta", "t", j + 1), x) for i, r in enumerate(rows) for j, x in enumerate(r)),
    )
    return ("matrix", "s", n, "t", n, body)


J, PI = ("i",), ("pi",)
Z2 = ("zero", 2, 2)
TINY = ("^", 10, -60)


@pytest.mark.parametrize(
    "shows, fields, answer",
    [
        (("<", Z2, square((2, 1), (1, 2))), {}, True),
        (("<", Z2, square((1, 2), (2, 1))), {}, Rejected),
        (("<=", Z2, square((1, 1), (1, 1))), {}, True),
        (("<", Z2, square((1, 1), (1, 1))), {}, Rejected),
        (("<", Z2, square((1, ("+", 1, TINY)), (("+", 1, TINY), 1))), {}, Rejected),
        (("<", Z2, square((1, ("-", 1, TINY)), (("-", 1, TINY), 1))), {}, True),
        (("<", Z2, square((PI, ("-", PI, TINY)), (("-", PI, TINY), PI))), {"prec": 64}, Undecided),
        (("<", Z2, square((1, 1), (-1, 1))), {}, Rejected),  # positive on real vectors, not Hermitian
        (("<=", Z2, square((0, 1), (1, 0))), {}, Rejected),
        (("<=", Z2, square((0, 0), (0, 1))), {}, True),
        (("<=", Z2, square((0, 0), (0, -1))), {}, Rejected),
        (("<=", Z2, square((0, 1), (1, 5))), {}, Rejected),
        (("<", Z2, square((2, J), (("-", J), 2))), {}, True),
        (("<", Z2, square((2, J), (J, 2))), {}, Rejected),
        (("<", Z2, square((J, 0), (0, J))), {}, Rejected),
        (("<", ("zero", 1, 1), square((3,))), {}, True),
        (("<", ("zero", 0, 0), ("eye", 0)), {}, True),
        (("<", ("zero", 3, 3), square((2, 1), (1, 2))), {}, Rejected),
        (("<", 0, square((2, 1), (1, 2))), {}, Rejected),
        (("<", ("zero", 2, 3), ("zero", 2, 3)), {}, Rejected),
        (("invertible", square((1, 2), (3, 4))), {}, True),
        (("invertible", square((1, 2), (2, 4))), {}, Rejected),
        (("invertible", ("zero", 2, 3)), {}, Rejected),
        (("invertible", square((1, 2), (2, ("+", 4, TINY)))), {}, True),
        (("invertible", square((PI, 2), (2, ("/", 4, PI)))), {"prec": 200}, Undecided),
        (("=", ("inv", square((2, 0), (0, 4))), square((("/", 1, 2), 0), (0, ("/", 1, 4)))), {}, True),
        (("=", ("inv", square((1, 1), (1, 1))), ("zero", 2, 2)), {}, Rejected),  # not the total value 0
        (("=", ("det", square((1, 2), (3, 4))), -2), {}, True),
        (("=", ("det", square((1, 2), (3, 4))), -3), {}, Rejected),
        (("<", 1, 2), {}, Rejected),
        (("sums", "k", 0, "k", 1), {}, Rejected),
        (("=", ("*", PI, ("eye", 2)), ("*", PI, ("eye", 2))), {}, Undecided),
        (("<", ("zero", 2, 2), ("eye", 2)), {"prec": 1}, Malformed),
        (("<", ("zero", 2, 2), ("+", ("*", PI, ("eye", 2)), square((0, 3), (3, 0)))), {"prec": 64}, True),
        (("<", ("zero", 2, 2), ("+", ("*", PI, ("eye", 2)), square((0, 4), (4, 0)))), {"prec": 64}, Rejected),
        (("<=", ("zero", 2, 2), ("+", ("*", PI, ("eye", 2)), square((0, 3), (4, 0)))), {"prec": 64}, Rejected),
    ],
)
def test_decisions(shows, fields, answer):
    assert outcome(shows, **fields) is answer


def test_hilbert_matrices_are_positive_definite_and_barely_so():
    H = ("matrix", "s", 12, "t", 12, ("/", 1, ("-", ("+", "s", "t"), 1)))
    assert outcome(("<", ("zero", 12, 12), H)) is True
    assert outcome(("<", ("zero", 12, 12), ("-", H, ("*", ("^", 10, -15), ("eye", 12))))) is Rejected
    assert outcome(("<", ("zero", 12, 12), ("-", H, ("*", ("^", 10, -17), ("eye", 12))))) is True


def poles(S):
    pole = ("+", ("-", 1, ("/", "s", 500)), ("/", ("*", J, "s"), 900))
    return ("fn", "s", pole)


def form(S, K):
    a = poles(S)
    C = ("matrix", "s", S, "t", S, ("/", 1, ("-", 1, ("*", ("at", a, "s"), ("conj", ("at", a, "t"))))))
    v = ("vec", "s", S, ("^", ("at", a, "s"), K))
    return C, ("*", ("adj", v), ("inv", C), v)


def test_a_quadratic_form_with_a_huge_shift_against_mpmath():
    S, K = 6, 10**7
    _, F = form(S, K)
    with mpmath.workdps(120):
        a = [1 - mpmath.mpf(s) / 500 + 1j * mpmath.mpf(s) / 900 for s in range(1, S + 1)]
        C = mpmath.matrix(S, S)
        for s in range(S):
            for t in range(S):
                C[s, t] = 1 / (1 - a[s] * mpmath.conj(a[t]))
        v = mpmath.matrix([z**K for z in a])
        value = mpmath.re((v.H * mpmath.lu_solve(C, v))[0])
        scale = 10 ** (12 - int(mpmath.floor(mpmath.log10(value))))
        down = int(mpmath.floor(value * scale))
    assert outcome(("<", ("/", down, scale), F), prec=500) is True
    assert outcome(("<", F, ("/", down + 1, scale)), prec=500) is True
    assert outcome(("<", F, ("/", down, scale)), prec=500) is Rejected
    assert outcome(("<", F, ("/", down + 1, scale)), prec=60) is Undecided


def test_size_64_and_shift_10_to_the_12():
    start = time.perf_counter()
    _, F = form(64, 10**12)
    assert outcome(("and", ("<", 0, F), ("<", F, 1)), prec=2000) is Rejected
    assert outcome(("<", F, 1), prec=4000) is True
    assert outcome(("<=", 1, F), prec=4000) is Rejected
    assert time.perf_counter() - start < 240


def test_facts_that_say_real():
    z = ("exp", J)
    T = ("*", z, ("exp", ("-", J)), ("det", ("eye", 1)))
    claim = ("<", 0, T)
    assert outcome(claim, prec=64) is Undecided
    for fact in (("=", T, ("conj", T)), ("=", T, ("adj", T)), ("=", ("im", T), 0)):
        assert outcome(claim, Facts(a=fact), prec=64, real=["a"]) is True
    for fact in (
        ("=", T, 1),
        ("=", ("re", T), 0),
        ("<=", T, ("conj", T)),
        ("=", "x", ("conj", "x")),
        ("forall", (), (), ("=", T, ("adj", T))),
    ):
        assert outcome(claim, Facts(a=fact), prec=64, real=["a"]) is Rejected
    M = ("*", PI, ("+", ("*", 2, ("eye", 2)), square((0, 1), (-1, 0))))  # entrywise real is not Hermitian
    assert outcome(("<", Z2, M), Facts(a=("=", M, ("conj", M))), prec=64, real=["a"]) is Rejected


def test_nearly_hermitian_is_not_hermitian():
    M = ("*", PI, square((2, ("+", 1, TINY)), (1, 2)))
    assert outcome(("<", Z2, M), prec=64) is Undecided
    assert outcome(("<", Z2, M), prec=400) is Rejected
    assert outcome(("<", Z2, ("*", PI, square((2, 1), (1, 2)))), prec=64) is True
    tilted = ("*", ("adj", ("vec", "s", 2, PI)), ("vec", "s", 2, ("+", PI, ("*", TINY, J))))
    assert outcome(("<", 0, tilted), prec=64) is Rejected  # its imaginary part is small, and certainly not 0


def test_an_entrywise_real_matrix_is_not_taken_for_hermitian():
    M = ("*", PI, square((2, ("+", 1, TINY)), (1, 2)))
    assert outcome(("<", Z2, M), Facts(a=("=", M, ("conj", M))), prec=64, real=["a"]) is Undecided
