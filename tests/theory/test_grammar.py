"""The closed grammar of user claims: what it reads, what it refuses, and that it evaluates nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theory import grammar
from theory.errors import Fault

HEAD = '[[claim]]\nid = "mine.one"\nsays = "A test."\n'


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("x^K*(1-x) <= 1/(K+1)", ["<=", ["*", ["^", "x", "K"], ["-", 1, "x"]], ["/", 1, ["+", "K", 1]]]),
        ("-x^2 < 0", ["<", ["-", ["^", "x", 2]], 0]),
        ("x^-1 = 2^3^2", ["=", ["^", "x", ["-", 1]], ["^", 2, ["^", 3, 2]]]),
        ("x - 1 - K != --x", ["!=", ["-", ["-", "x", 1], "K"], "x"]),
        ("x >= 0.25", ["<=", ["/", 1, 4], "x"]),
        ("0 <= x < 1", ["and", ["<=", 0, "x"], ["<", "x", 1]]),
        ("x = 1 and K > 2", ["and", ["=", "x", 1], ["<", 2, "K"]]),
        (
            "sum(k, 0, K-1, x^k) = exp(pi*i)",
            ["=", ["sum", "k", 0, ["-", "K", 1], ["^", "x", "k"]], ["exp", ["*", ["pi"], ["i"]]]],
        ),
        ("prod(k, 1, 3, conj(x)) = abs(x)", ["=", ["prod", "k", 1, 3, ["conj", "x"]], ["abs", "x"]]),
    ],
)
def test_terms(text, term):
    assert grammar.formula(text, {"x", "K"}) == term


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "column 2: expected one of"),
        ("y <= 1", "column 1: unknown name 'y'"),
        ("x <= ", "column 5: unexpected 'end'"),
        ("x <= 1 2", "column 8: unexpected '2'"),
        ("__import__('os') = 1", 'column 12: unexpected "\'"'),
        ("x.real = 1", "column 2: unexpected '.'"),
        ("exp = 1", r"column 5: expected '\(', found '='"),
        ("sum(x, 0, 1, x) = 1", "column 5: 'x' cannot be an index"),
        ("sum(k, 0, k, 1) = 1", "column 11: unknown name 'k'"),
        ("(" * 500 + "x" + ")" * 500 + " = 1", "nested deeper than 60"),
        ("^".join(["x"] * 500) + " = 1", "nested deeper than 60"),
        ("x = 1 or x = 2", "column 7: unexpected 'or'"),
    ],
)
def test_text_outside_the_grammar_is_refused_with_its_column(text, message):
    with pytest.raises(grammar.GrammarError, match=message):
        grammar.formula(text, {"x"})


@given(st.text(alphabet="xK01.+-*/^()<=>!, abcsumprodexpi", max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        result = grammar.formula(text, {"x", "K"})
    except grammar.GrammarError:
        return
    assert result[0] in {"<=", "<", "=", "!=", "and"}


@pytest.mark.parametrize(
    ("text", "kind", "bounds"),
    [
        ("real", "real", []),
        ("real -1/2 1", "real", [["<=", ["/", ["-", 1], 2], "x"], ["<=", "x", 1]]),
        ("integer", "int", []),
        ("integer 0", "int", [["<=", 0, "x"]]),
        ("integer 1 200", "int", [["<=", 1, "x"], ["<=", "x", 200]]),
        ("real 0 pi", "real", [["<=", 0, "x"], ["<=", "x", ["pi"]]]),
        ("complex", "complex", []),
        ("disk", "complex", [["<", ["abs", "x"], 1]]),
    ],
)
def test_domains(text, kind, bounds):
    assert grammar.domain("x", text) == (kind, bounds)


@pytest.mark.parametrize("text", ["real 1 0", "integer 3 2", "integer 1/3 2/3", "integer -1/3 -2/3"])
def test_an_empty_domain_is_refused(text):
    with pytest.raises(grammar.GrammarError, match="the domain of x is empty"):
        grammar.domain("x", text)


@pytest.mark.parametrize("text", ["rational", "real 0", "real 0 1 2", "disk 2", "real 0 x"])
def test_an_unknown_domain_is_refused(text):
    with pytest.raises(grammar.GrammarError):
        grammar.domain("x", text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[claim]", "this is not TOML"),
        ("", r"one or more \[\[claim\]\] tables"),
        ("claim = 3", r"one or more \[\[claim\]\] tables"),
        ("[[claim]]\nid = 'a.b'", "exactly the fields claim, for_all, id, says; here: id"),
        (HEAD + 'for_all = {}\nclaim = "1 = 1"', "must declare at least one variable"),
        (HEAD + 'for_all = { x = "real 2 1" }\nclaim = "x = 1"', "the domain of x is empty"),
        (HEAD + 'for_all = { pi = "real" }\nclaim = "pi = 3"', "a name of its own"),
        (HEAD + 'for_all = { x = 3 }\nclaim = "x = 3"', "a domain written as text"),
        (HEAD + 'for_all = { x = "real" }\nclaim = 3', "claim must be text"),
        (HEAD.replace("mine.one", "../x") + 'for_all = { x = "real" }\nclaim = "x = x"', "id must read like"),
        ((HEAD + 'for_all = { x = "real" }\nclaim = "x = x"\n') * 2, "two claims have the same id"),
    ],
)
def test_a_bad_file_is_malformed(tmp_path, text, message):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(Fault, match=message) as caught:
        grammar.read(path)
    assert caught.value.code == 3


def test_a_good_file_becomes_statements(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + 'for_all = { x = "real 0 1", K = "integer 1 200" }\nclaim = "x^K*(1-x) <= 1/(K+1)"')
    (claim,) = grammar.read(path)
    variables = [["x", "real"], ["K", "int"]]
    hypotheses = [["<=", 0, "x"], ["<=", "x", 1], ["<=", 1, "K"], ["<=", "K", 200]]
    conclusion = ["<=", ["*", ["^", "x", "K"], ["-", 1, "x"]], ["/", 1, ["+", "K", 1]]]
    assert claim.statement == {"where": [], "holds": ["forall", variables, hypotheses, conclusion]}


def test_an_unreadable_file(tmp_path):
    with pytest.raises(Fault, match="No such file") as caught:
        grammar.read(tmp_path / "absent.toml")
    assert caught.value.code == 3
