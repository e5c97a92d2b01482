"""False statements that the kernel once accepted, or might: each certificate is an attack and must not be accepted."""
import json

import pytest
from checking import CERTIFICATES, ask, proved

from proofs_check.normal import Scope, canonical
from theory.language import IMAGINARY, SEQ, Sum, T, both, delta, eq, eye, fn, forall, inv, le, lt, mat, names, ne, statement, within, zero

x, K, S, a, b, k, n, s, t, M = names("x K S a b k n s t M")


def test_a_power_that_is_not_zero_does_not_make_its_base_non_zero():
    """x^K ≠ 0 holds for x = 0, K = 0."""
    def build(p):
        p.inhabited(K=1, x=1)
        p.identity(eq(x / x, 1), nonzero=[p.given(1)])
    assert proved(statement(forall({"K": "nat", "x": "complex"}, [ne(x**K, 0)], eq(x / x, 1))), build)["outcome"] != "accepted"


def test_a_positive_multiple_of_the_identity_of_size_zero_says_nothing():
    """0 ≺ x I_S holds for S = 0 and every x."""
    def build(p):
        p.inhabited(S=1, x=1)
        p.identity(eq(x / x, 1), nonzero=[p.given(1)])
    given = [lt(zero(S, S), x * eye(S))]
    assert proved(statement(forall({"S": "nat", "x": "complex"}, given, eq(x / x, 1))), build)["outcome"] != "accepted"


def test_a_refutation_of_the_loewner_order_needs_a_size():
    """0 ⪯ 0 and 0 ≺ 0 both hold for matrices of size 0."""
    def build(p):
        p.inhabited(n=0)
        p.at = {"n": 0}
        p.step("instance", lt(zero(0, 0), zero(0, 0)))
    row = proved(statement(forall({"n": "nat"}, [], le(zero(n, n), zero(n, n)))), build, kind="refutation")
    assert row["outcome"] != "accepted"


def test_equal_terms_under_a_sum_are_not_captured_by_a_primed_name():
    """∀s' b_{s'} a_{s'} = … must not be read as an equation for every s with s' fixed."""
    prime = T("s'")
    claim = forall({"S": "nat", "a": SEQ, "b": SEQ, "s'": "int"},
                   [forall({"t": "int"}, within(1, t, S), eq(a[t] * b[t], 0))], eq(Sum("s", 1, S, a[s] * b[prime]), Sum("s", 1, S, 0)))

    def build(p):
        p.inhabited(**{"S": 1, "a": fn("k", 0), "b": fn("k", 0), "s'": 1})
        p.step("congruence", claim.json[3], equal=p.given(1))
    assert proved(statement(claim), build)["outcome"] != "accepted"


def test_nested_sums_keep_their_own_index():
    """Σ_s Σ_t M(s,t) is not Σ_s M(s,s), however the bound names are chosen."""
    scope = Scope({"S": "nat", "M": ("mat", "S", "S"), "a": ("seq", "complex")})
    def entry(i, j):
        return ("entry", ("inv", "M"), i, j)

    def row(i):
        return ("sum", "r", 1, "S", entry(i, "r"))
    double = ("sum", "s", 1, "S", ("*", ("at", "a", "s"), ("sum", "t", 1, "S", ("*", entry("s", "t"), row("t")))))
    single = ("sum", "s", 1, "S", ("*", ("at", "a", "s"), entry("s", "s"), row("s")))
    assert canonical(double, scope) != canonical(single, scope)
    assert canonical(canonical(double, scope), scope) == canonical(double, scope)


def test_an_inverse_must_be_proper():
    """M M⁻¹ = I fails for singular M; the statement is refused because invertibility is not shown."""
    def build(p):
        p.inhabited(n=1, M=1)
        p.operator(eq(inv(M) @ M, inv(M) @ M))
    row = proved(statement(forall({"n": "nat", "M": mat(n, n)}, [], eq(inv(M) @ M, inv(M) @ M))), build)
    assert row["outcome"] == "rejected"
    assert "obligation" in row["reason"]["message"]


def test_a_fact_does_not_leave_its_block():
    def build(p):
        p.inhabited(x=0)
        with p.generalise({"y": "real"}, [lt(names("y"), 0)], lt(names("y"), 0)):
            inner = p.squares(lt(names("y"), 0), [(1, [f"s{p.count}.1"], "", 1)])
        p.squares(lt(x, 0), [(1, [inner], "", 1)])
    assert proved(statement(forall({"x": "real"}, [], lt(x, 0))), build)["outcome"] == "missing"


def test_an_empty_domain_is_refused():
    def build(p):
        p.inhabited(x=0)
        p.squares(le(1, 0), [(1, [p.given(1)], "", 1), (1, [p.given(2)], "", 1)])
    row = proved(statement(forall({"x": "real"}, [le(1, x), le(x, 0)], le(1, 0))), build)
    assert row["outcome"] == "rejected"
    assert "inhabited" in row["reason"]["message"]


def test_a_limit_is_taken_along_integers_that_exist():
    """∀n ≥ i: 1 ≤ δ(n,0) holds because no integer n has n − i real and ≥ 0; it says nothing about the limit of δ(n,0)."""
    tail = delta(n, 0)

    def build(p):
        p.inhabited(x=1)
        convergent = p.series("finite", T(["sums", "n", 0, tail.json, 1]), K=0, g=fn("n", 1))
        with p.generalise({"n": "int"}, [le(IMAGINARY, n)], le(1, tail)) as block:
            real = p.step("quadratic_form", eq((n - IMAGINARY).H, n - IMAGINARY), mode="hermitian", **{"from": [block(1)]})
            p.step("contradiction", le(1, tail), **{"from": p.operator(eq(IMAGINARY, 0), using=[(real, T(1) / 2)])})
        p.step("contradiction", eq(x, 0), **{"from": p.series("vanishing", le(1, 0), convergent, block.fact)})
    row = proved(statement(forall({"x": "complex"}, [], eq(x, 0))), build)
    assert (row["outcome"], row["reason"]["rule"]) == ("rejected", "series_tail")


def test_a_power_does_not_leave_a_sum_that_may_be_empty():
    """Σ_{k=1}^n n^(n−1) is 0 for n = 0, where n^n is 1."""
    claim = eq(Sum("k", 1, n, n ** (n - 1)), n**n)

    def build(p):
        p.inhabited(n=1)
        p.identity(claim)
    assert proved(statement(forall({"n": "nat"}, [], claim)), build)["outcome"] == "rejected"


@pytest.mark.parametrize("bound", [le(n, 10), lt(n, 10), le(n - 10, 0), both(le(n, 10), le(0, n)), eq(n, 3), eq(3, n),
                                   le(2 * n, 20), le(n, T(7) / 2)])
def test_a_bounded_variable_is_not_universal(bound):
    def build(p):
        p.inhabited(n=3)
        p.identity(eq(n, n))
    assert proved(statement(forall({"n": "nat"}, [bound], eq(n, n))), build)["strength"] == "domain"


GOOD = json.loads((CERTIFICATES / "algebra.cauchy_schwarz.json").read_bytes())


@pytest.mark.parametrize(("name", "change", "outcome"), [
    ("float", lambda text: text.replace('"n":2', '"n":2.0'), "malformed"),
    ("nan", lambda text: text.replace('"n":2', '"n":NaN'), "malformed"),
    ("bool", lambda text: text.replace('"n":2', '"n":true'), "malformed"),
    ("duplicate field", lambda text: '{"kind":"proof",' + text[1:], "malformed"),
    ("unknown field", lambda text: '{"extra":1,' + text[1:], "malformed"),
    ("truncated", lambda text: text[: len(text) // 2], "malformed"),
    ("negative size", lambda text: text.replace('"n":2', '"n":-1'), "rejected"),
    ("another statement", lambda text: text.replace(GOOD["digest"], "0" * 64), "rejected"),
    ("no steps", lambda text: json.dumps({**GOOD, "steps": []}), "malformed"),
    ("a step with an unknown field", lambda text: text.replace('"rule":"order"', '"trust":1,"rule":"order"'), "malformed"),
    ("an unknown rule", lambda text: text.replace('"rule":"order"', '"rule":"belief"'), "malformed"),
    ("witness steps that are no list", lambda text: json.dumps({**GOOD, "inhabited": {**GOOD["inhabited"], "steps": 5}}), "malformed"),
    ("values of a refutation in a proof", lambda text: json.dumps({**GOOD, "at": 5}), "malformed"),
    ("a reference that is no name", lambda text: text.replace('"terms":[[1,[', '"terms":[[1,[[1],'), "malformed"),
    ("not a certificate", lambda text: "[]", "malformed"),
])
def test_the_reader_is_strict(name, change, outcome):
    text = json.dumps(GOOD, separators=(",", ":"))
    assert ask(text.encode())["outcome"] == "accepted"
    changed = change(text)
    assert changed != text
    assert ask(changed.encode())["outcome"] == outcome


def test_the_trusted_base_names_the_rationals_of_flint():
    """The witness of every statement is decided with them."""
    assert any("python-flint" in name for name in ask(GOOD)["trusted_base"])


def test_the_ledger_pins_statement_and_certificate():
    pins = {"statements": {GOOD["claim"]: GOOD["digest"]}, "certificates": {GOOD["claim"]: "0" * 64}}
    assert ask(GOOD, ledger=pins)["outcome"] == "rejected"
    assert ask(GOOD, ledger={})["outcome"] == "missing"


@pytest.mark.parametrize("base, accepted", [(-1, True), (-2, True), (0, False)])
def test_a_negative_power_needs_a_base_that_is_known_not_to_be_zero(base, accepted):
    power = T(base) ** names("m")
    row = proved(statement(forall({"m": "int"}, [], eq(power, power))), lambda p: (p.inhabited(m=1), p.identity(eq(power, power))))
    assert (row["outcome"] == "accepted") is accepted, row["reason"]


@pytest.mark.parametrize("given, accepted", [
    ([le(1, names("m"))], True), ([le(names("m"), -1)], True), ([le(0, names("m"))], False), ([], False)])
def test_a_count_is_not_zero_where_the_facts_say_so(given, accepted):
    quotient = 1 / names("m")
    row = proved(statement(forall({"m": "int"}, given, eq(quotient, quotient))),
                 lambda p: (p.inhabited(m=-1 if given and given[0].json[1] == "m" else 1), p.identity(eq(quotient, quotient))))
    assert (row["outcome"] == "accepted") is accepted, row["reason"]
