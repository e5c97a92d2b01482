"""Statements as text and MathML: exact strings, well-formed markup, and nothing shown for what the language does not define."""

import xml.etree.ElementTree as ElementTree

import pytest
import report_sample as sample

from theory.report import mathml, notation, text
from theory.report.notation import NotationError, Scope, notes, split_name

SCOPE = Scope().bind(
    ("x", "real"), ("y", "real"), ("z", "complex"), ("n", "int"), ("k", "int"), ("S", "nat"), ("K", "nat"), ("i", "int"),
    ("rho", "real"), ("lam_max", "real"), ("a1", "complex"), ("a", ["seq", "complex"]), ("M", ["mat", "S", "S"]),
    ("N", ["mat", "S", "S"]), ("u", ["mat", "S", 1]),
).define(
    [["F", ["K"], ["^", ["at", "a", "K"], 2]], ["B", ["z0"], ["-", 1, "z0"]], ["G", [], ["*", "M", ["adj", "M"]]]]
)  # fmt: skip

TERMS = [
    (7, "7"),
    (-2, "−2"),
    ("rho", "ρ"),
    ("lam_max", "λ_{max}"),
    ("a1", "a₁"),
    (["+", "x", "y", -3], "x + y − 3"),
    (["+", "x", ["-", "y"]], "x − y"),
    (["+", "x", ["-", "y", "z"]], "x + y − z"),
    (["-", "x", ["-", "y", "z"]], "x − (y − z)"),
    (["-", "x", ["+", "y", "z"]], "x − (y + z)"),
    (["-", ["+", "x", "y"]], "−(x + y)"),
    (["-", ["*", "x", "y"]], "−x y"),
    (["-", ["-", "x"]], "−(−x)"),
    (["*", 2, "x"], "2 x"),
    (["*", "x", 2], "x·2"),
    (["*", -2, "x"], "−2 x"),
    (["+", "y", ["*", -2, "x"]], "y − 2 x"),
    (["*", "x", -2], "x (−2)"),
    (["*", ["+", "x", 1], "y"], "(x + 1) y"),
    (["*", ["/", 1, "x"], "y"], "(1/x) y"),
    (["/", ["*", "x", "y"], ["*", 2, "z"]], "x y/(2 z)"),
    (["/", "x", ["/", "y", "z"]], "x/(y/z)"),
    (["/", ["/", "x", "y"], "z"], "(x/y)/z"),
    (["/", 1, ["^", "x", 2]], "1/x²"),
    (["^", "x", 2], "x²"),
    (["^", "x", ["-", "n"]], "x^{−n}"),
    (["^", ["^", "x", 2], "n"], "(x²)^n"),
    (["^", -2, "k"], "(−2)^k"),
    (["^", ["/", "x", "y"], 2], "(x/y)²"),
    (["^", ["*", "x", "y"], 2], "(x y)²"),
    (["^", ["abs", "z"], 2], "|z|²"),
    (["*", ["^", "z", "k"], ["^", ["conj", "z"], "k"]], "z^k z̄^k"),
    (["conj", ["+", "x", "z"]], "conj(x + z)"),
    (["conj", ["at", "a", "k"]], "ā_k"),
    (["at", "a", ["+", "k", 1]], "a_{k+1}"),
    (["^", ["at", "a", "k"], "n"], "a_k^n"),
    (["^", ["conj", ["at", "a", "k"]], 2], "ā_k²"),
    (["delta", "k", "K"], "δ_{k,K}"),
    (["sqrt", ["+", "x", 1]], "√(x + 1)"),
    (["exp", ["*", ["i"], "x"]], "exp(ⅈ x)"),
    (["*", 2, ["pi"], "x"], "2 π x"),
    (["re", "z"], "Re(z)"),
    (["atan", "x"], "arctan(x)"),
    (["sum", "s", 1, "S", ["at", "a", "s"]], "Σ_{s=1}^S a_s"),
    (["sum", "s", 1, "S", ["+", ["at", "a", "s"], 1]], "Σ_{s=1}^S (a_s + 1)"),
    (["*", ["sum", "s", 1, "S", ["at", "a", "s"]], "x"], "(Σ_{s=1}^S a_s) x"),
    (["*", "x", ["sum", "s", 1, "S", ["at", "a", "s"]]], "x Σ_{s=1}^S a_s"),
    (["^", ["sum", "s", 1, "S", "s"], 2], "(Σ_{s=1}^S s)²"),
    (["prod", "s", 1, ["-", "S", 1], "s"], "∏_{s=1}^{S − 1} s"),
    (["series", "m", 0, ["^", "x", "m"]], "Σ_{m=0}^∞ x^m"),
    (["integral", "w", 0, ["*", 2, ["pi"]], ["+", "w", 1]], "∫_{0}^{2 π} (w + 1) dw"),
    (["*", ["integral", "w", 0, 1, "w"], "x"], "∫_{0}^1 w dw x"),
    (["adj", "M"], "M*"),
    (["inv", "M"], "M⁻¹"),
    (["adj", ["inv", "M"]], "(M⁻¹)*"),
    (["inv", ["-", ["eye", "S"], "M"]], "(I_S − M)⁻¹"),
    (["*", ["adj", "u"], ["inv", "M"], "u"], "u* M⁻¹ u"),
    (["zero", "S", 2], "0_{S×2}"),
    (["tr", "M"], "tr(M)"),
    (["det", ["*", "M", "N"]], "det(M N)"),
    (["entry", ["inv", "M"], 1, "n"], "(M⁻¹)_{1,n}"),
    (["matrix", "s", "S", "t", "S", ["delta", "s", "t"]], "[δ_{s,t}]_{1≤s,t≤S}"),
    (["matrix", "s", "S", "t", 2, "s"], "[s]_{1≤s≤S,1≤t≤2}"),
    (["vec", "s", "S", 1], "[1]_{1≤s≤S}"),
    (["diag", "s", "S", ["at", "a", "s"]], "diag_{1≤s≤S}(a_s)"),
    (["F", ["+", "k", 1]], "F_{k+1}"),
    (["^", ["F", "k"], 2], "F_k²"),
    (["B", ["*", 2, "z"]], "B(2 z)"),
]

FORMULAS = [
    (["<=", 1, "S"], "S ≥ 1"),
    (["<=", "x", "y"], "x ≤ y"),
    (["!=", "x", 0], "x ≠ 0"),
    (["<=", "M", "N"], "M ⪯ N"),
    (["<", 0, "M"], "M ≻ 0"),
    (["<=", "G", ["eye", "S"]], "G ⪯ I_S"),
    (["<=", ["*", ["adj", "u"], "M", "u"], "x"], "u* M u ≤ x"),
    (["<=", ["*", "u", ["adj", "u"]], "M"], "u u* ⪯ M"),
    (["and", ["=", "x", "y"], ["<", "x", 1]], "x = y and x < 1"),
    (["invertible", "M"], "M is invertible"),
    (["tends", "m", 1, ["/", 1, "m"], 0], "1/m → 0 as m → ∞"),
    (["strays", "m", 1, ["^", -1, "m"], 0], "(−1)^m ↛ 0 as m → ∞"),
    (["sums", "m", 0, ["^", "x", "m"], ["/", 1, ["-", 1, "x"]]], "Σ_{m=0}^∞ x^m = 1/(1 − x) (absolutely convergent)"),
    (["integrates", "w", 0, 1, "w", ["/", 1, 2]], "∫_{0}^1 w dw = 1/2 (continuous integrand)"),
    (["derivative", "w", ["^", "w", 2], "x", ["*", 2, "x"]], "(w ↦ w²)′(x) = 2 x"),
    (["forall", [["s", "int"]], [["<=", 0, "s"], ["<=", "s", "S"]], ["=", "s", "s"]], "s = s for s = 0, …, S"),
    (["forall", [["w", "complex"]], [["!=", "w", 0]], ["=", "w", "w"]], "w = w for all w ∈ ℂ with w ≠ 0"),
]


@pytest.mark.parametrize(("term", "expected"), TERMS, ids=[e for _, e in TERMS])
def test_terms_read_as_they_are_meant(term, expected):
    assert text.WALK.term(term, SCOPE).out == expected


@pytest.mark.parametrize(("formula", "expected"), FORMULAS, ids=[e for _, e in FORMULAS])
def test_formulas_read_as_they_are_meant(formula, expected):
    assert text.formula(formula, SCOPE) == expected


@pytest.mark.parametrize("term", [t for t, _ in TERMS])
def test_mathml_of_terms_is_well_formed(term):
    root = ElementTree.fromstring(mathml.term(term, SCOPE))
    arity = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munderover": 3, "mover": 2}
    for element in root.iter():
        assert len(element) == arity.get(element.tag, len(element)), f"{element.tag} has {len(element)} children"


@pytest.mark.parametrize("formula", [f for f, _ in FORMULAS])
def test_mathml_of_formulas_is_well_formed(formula):
    ElementTree.fromstring(mathml.formula(formula, SCOPE))


def test_the_headline_statement_in_text():
    assert text.statement(sample.LOWER_BOUND).splitlines() == [
        "for all S, K ∈ ℕ; a, b : ℤ → ℂ",
        "with    S ≥ 1; |a_s| < 1 for s = 1, …, S",
        "    1 − S/(K + 1) ≤ Σ_{k=0}^∞ |Σ_{s=1}^S b_s a_s^k − δ_{k,K}|²",
    ]


def test_abbreviations_are_spelt_out():
    assert text.statement(sample.DISPLACEMENT).splitlines()[2:] == [
        "    C − D C D* = one one*",
        "    D C D* ⪯ C",
        "    Σ_{k=0}^∞ F_k = S (absolutely convergent)",
        "where   C = [1/(1 − a_s ā_t)]_{1≤s,t≤S}",
        "where   D = diag_{1≤s≤S}(a_s)",
        "where   one = [1]_{1≤s≤S}",
        "where   p_K = [a_s^K]_{1≤s≤S}",
        "where   F_K = p_K* C⁻¹ p_K",
    ]


def test_mathml_of_statements_is_well_formed_and_whole():
    html = mathml.statement(sample.DISPLACEMENT)
    root = ElementTree.fromstring(html)
    assert len(root.findall(".//div[@class='display']")) == 3 + 5
    assert "⪯" in html
    assert "𝐂" in html


def test_notes_explain_what_is_used_and_no_more():
    assert any("⪯" in note for note in notes(sample.DISPLACEMENT))
    assert not any("⪯" in note for note in notes(sample.LOWER_BOUND))


def test_a_chain_of_inequalities_is_written_once():
    formula = ["forall", [["x", "real"]], [["<", 0, "x"], ["<=", "x", 1], ["<", 1, 5], ["<", "x", 5]], ["=", "x", "x"]]
    assert text.statement({"where": [], "holds": formula}).splitlines()[1] == "with    0 < x ≤ 1 < 5; x < 5"


def test_sizes_of_matrices_in_declarations():
    formula = ["forall", [["m", "nat"], ["A", ["mat", "m", ["+", "m", 1]]]], [], ["=", "A", "A"]]
    assert text.statement({"where": [], "holds": formula}).splitlines()[0] == "for all m ∈ ℕ; A ∈ ℂ^{m×(m + 1)}"


REFUSED = [
    ["frobnicate", "x"],
    ["sin", "x", "y"],
    ["sum", "k", 0, "x"],
    ["+", "x"],
    "unbound",
    "not a name",
    "<script>",
    1.5,
    True,
    None,
    [],
    {"op": "+"},
    [["+", "x"], "y"],
    ["F", 1, 2],
]


@pytest.mark.parametrize("walk", [text.WALK, mathml.WALK], ids=["text", "mathml"])
@pytest.mark.parametrize("term", REFUSED, ids=repr)
def test_what_the_language_does_not_define_is_refused(walk, term):
    with pytest.raises((NotationError, TypeError)):
        walk.term(term, SCOPE)


@pytest.mark.parametrize("formula", [["frobnicate"], ["=", "x"], ["forall", [["x", "real"]], []], "x", 3, ["sums", "k", 0, "x"]])
def test_unknown_formulas_are_refused(formula):
    with pytest.raises(NotationError):
        text.formula(formula, SCOPE)


def test_sequences_of_columns():
    statement = {
        "where": [],
        "holds": ["forall", [["S", "nat"], ["v", ["seq", ["mat", "S", 1]]]], [], ["=", ["at", "v", 1], ["at", "v", 0]]],
    }
    assert text.statement(statement).splitlines()[0] == "for all S ∈ ℕ; v : ℤ → ℂ^{S×1}"
    assert "𝐯" in mathml.statement(statement)


def test_unknown_types_are_refused():
    with pytest.raises(NotationError, match="unknown type"):
        text.formula(["forall", [["q", "quaternion"]], [], ["=", "q", "q"]], SCOPE)


@pytest.mark.parametrize(("name", "parts"), [("omega", ("ω", [])), ("w_s_1", ("w", ["s", "1"])), ("rho2", ("ρ", ["2"]))])
def test_names(name, parts):
    assert split_name(name) == parts


@pytest.mark.parametrize(("term", "shown"), [
    (["*", 1, "x"], "x"), (["*", -1, "x", "y"], "−x y"), (["+", 0, "x"], "x"), (["-", "x", 0], "x"), (["*", "x", 0], "x·0"),
    (["-", ["-", "x", "y"]], "y − x"), (["*", 2, ["/", "x", 2]], "x"), (["*", -2, ["/", "x", 2]], "−x"),
    (["*", 3, ["/", "x", 2]], "3 (x/2)"),
    (["/", ["-", ["exp", ["*", 2, "x"]], ["exp", ["*", -2, "x"]]], 2], "sinh(2 x)"), (["/", ["+", ["exp", 1], ["exp", -1]], 2], "cosh(1)"),
    (["/", ["-", ["exp", "x"], ["exp", ["-", "y"]]], 2], "(exp(x) − exp(−y))/2"), (["+", "x", 1], "x + 1"), (["^", "x", 1], "x"),
])
def test_neutral_elements_are_left_out_and_nothing_else_is_changed(term, shown):
    assert text.WALK.term(term, SCOPE).out == shown


def box(low, high, *roots):
    """Hypotheses on T."""
    product = 1
    for root in roots:
        product = ["*", product, ["-", "T", root]]
    return [["<=", low, "T"], ["<=", "T", high], *([["=", product, 0]] if roots else [])]


@pytest.mark.parametrize(("kind", "hypotheses", "values"), [
    ("nat", box(25, 100, 25, 100), [25, 100]), ("int", box(-1, 1), [-1, 0, 1]), ("nat", box(-1, 1), [0, 1]),
    ("nat", box(2, 50, 1, 2, 60), [2]),
    ("nat", box(0, 6), None), ("real", box(0, 1), None), ("nat", [["<=", 0, "T"]], None),
    ("nat", box(2, 1), None), ("nat", box(2, 3, 7), None),
    ("nat", [*box(0, 9), ["=", ["*", ["-", "T", 1], "T"], 0]], None),
])
def test_finitely_many_values_are_listed(kind, hypotheses, values):
    found, rest = notation.finite([["T", kind]], [*hypotheses, ["<", "x", "T"]])
    assert found == ({} if values is None else {"T": values})
    assert rest == ([*hypotheses, ["<", "x", "T"]] if values is None else [["<", "x", "T"]])


GRID = Scope.of({"where": [["G", ["x"], ["*", "x", "x"]], ["D", ["x", "K"], ["/", "x", "K"]]], "holds": ["=", 0, 0]}).bind(("T", "nat"))


@pytest.mark.parametrize(("rows", "places"), [
    ([["<=", ["G", 0], ["/", 0, "T"]], ["<=", ["G", 3], ["/", 3, "T"]]], {"x": (0, 3)}),
    ([["<", ["D", v, k], k] for v in (0, "T") for k in (1, 2)], {"x": (0, 0, "T", "T"), "K": (1, 2, 1, 2)}),
    ([["<=", ["G", 0], 1], ["<=", ["G", 3], 2]], None),  # something else differs too
    ([["<=", ["G", 0], "T"], ["<", ["G", 3], "T"]], None),  # another relation
    ([["<=", ["G", ["G", 1]], 1], ["<=", ["G", "T"], 1]], None),  # not built from numbers and variables
    ([["<=", 0, 1], ["<=", 2, 1]], None),  # no abbreviation
])
def test_formulas_that_differ_in_one_place_are_one(rows, places):
    pattern = notation.Pattern(rows, GRID)
    assert pattern.names == (None if places is None else list(places))
    if places is not None:
        assert pattern.places == places
        for number, row in enumerate(rows):
            assert _put(pattern.common, {name: column[number] for name, column in places.items()}) == row


def _put(node, values):
    if isinstance(node, list):
        return [node[0], *(_put(child, values) for child in node[1:])]
    return values.get(node, node) if isinstance(node, str) else node


def test_pairs_that_are_no_product_are_listed_as_pairs():
    at = [(0, 1), (0, 2), (5, 2)]
    parts = [["forall", [["n", "nat"]], [["<=", 1, "n"], ["<=", "n", 2]], ["<", ["D", v, k], "n"]] for v, k in at]
    scope = Scope(abbreviations=GRID.abbreviations)
    display, = text.WALK.displays(["and", *parts], scope)
    assert "".join(display.lines[0]) == "D(x, K) < n"
    assert display.tail[-1] == "(x, K) ∈ {(0, 1), (0, 2), (5, 2)}"


def test_a_display_may_be_broken_before_relations_and_signs():
    display, = text.WALK.displays(["<=", ["-", "x", "y"], ["+", "x", ["*", -1, "y"]]], SCOPE)
    assert display.lines == [["x", " − y", " ≤ x", " − y"]]


def test_the_width_of_a_formula_is_estimated():
    narrow, wide = (mathml.width(mathml.WALK.term(["*", *["x"] * n], SCOPE).out) for n in (2, 20))
    assert 1 < narrow < wide < 40
    assert mathml.width("<mfrac><mi>x</mi><mn>1000</mn></mfrac>") < mathml.width("<mrow><mi>x</mi><mn>1000</mn></mrow>")
    assert "--wide: " in mathml.display(["<mi>x</mi>"])
