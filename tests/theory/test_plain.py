"""Plain text of statements: parentheses where the reading would change, and only there."""

import pytest

from theory import plain


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (["-", "a", ["-", "b", "c"]], "a - (b - c)"),
        (["-", ["-", "a", "b"], "c"], "a - b - c"),
        (["/", 1, ["*", "a", "b"]], "1/(a*b)"),
        (["*", ["+", "a", 1], "b"], "(a + 1)*b"),
        (["^", ["^", "a", 2], 3], "(a^2)^3"),
        (["^", ["-", "a"], 2], "(−a)^2"),
        (["^", -2, 2], "(-2)^2"),
        (["^", "a", ["+", "k", 1]], "a^(k + 1)"),
        (["-", ["+", "a", "b"]], "−(a + b)"),
        (["*", "a", ["sum", "k", 0, "n", ["^", "a", "k"]]], "a*(Σ_{k=0..n} a^k)"),
        (["sum", "k", 0, "n", ["+", "a", "k"]], "Σ_{k=0..n} (a + k)"),
        (["<=", ["conj", "a"], ["pi"]], "conj(a) ≤ π"),
        (["at", "u", "n"], "u(n)"),
        (["matrix", "s", "S", "t", "S", ["/", 1, "s"]], "[1/s]_(s≤S, t≤S)"),
    ],
)
def test_terms(term, text):
    assert plain.term(term) == text


def test_a_whole_statement():
    holds = ["forall", [["S", "nat"], ["b", ["seq", "complex"]], ["M", ["mat", "S", 1]]], [["<=", 1, "S"]], ["=", "F", 0]]
    text = plain.statement({"where": [["F", [], ["tr", "M"]]], "holds": holds})
    assert text == "for all S ∈ ℕ, b ∈ sequences in ℂ, M ∈ ℂ^(S×1)\n  with 1 ≤ S\n  F = 0\nwhere F = tr(M)"


def test_a_nested_quantifier_stays_on_its_line():
    stable = ["forall", [["s", "int"]], [["<=", 1, "s"], ["<=", "s", "S"]], ["<", ["abs", ["at", "a", "s"]], 1]]
    text = plain.formula(["forall", [["S", "nat"], ["a", ["seq", "complex"]]], [stable], ["=", "S", "S"]])
    hypothesis = "with (for all s ∈ ℤ with 1 ≤ s, s ≤ S: |a(s)| < 1)"
    assert text == f"for all S ∈ ℕ, a ∈ sequences in ℂ\n  {hypothesis}\n  S = S"
