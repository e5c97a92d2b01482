"""Classical theorems on trust: a certificate may use one by its name, as it stands in the list, and it shows in what rests on it.

The list of the kernel itself is empty, so the rule is tried with a list of the test.
"""
import json
import tomllib

import pytest
from checking import ask, proved

from proofs_check.rules import axiom
from theory.language import exp, forall, le, lt, names, statement
from theory.proof import Proof, dump

x, y = names("x y")
TANGENT = forall({"y": "real"}, [], le(1 + y, exp(y)))
HERE = statement(forall({"x": "real"}, [lt(0, x)], le(1 + x, exp(x))))


@pytest.fixture
def listed(tmp_path, monkeypatch):
    """The list of the kernel holds one theorem while the test runs."""
    path = tmp_path / "axioms.toml"
    entry = {"title": "The tangent at 0", "source": "a test", "holds": json.dumps(TANGENT.json)}
    path.write_text("[tangent]\n" + "".join(f"{key} = '{value}'\n" for key, value in entry.items()), encoding="utf-8")
    monkeypatch.setattr(axiom, "AXIOMS", path)


def by_axiom(p, name="tangent", theorem=TANGENT):
    p.inhabited(x=1)
    p.apply(p.axiom(name, theorem), le(1 + x, exp(x)), y=x)


def test_the_list_of_the_kernel_is_empty():
    assert tomllib.loads(axiom.AXIOMS.read_text(encoding="utf-8")) == {}


def test_a_theorem_of_the_list_is_taken_and_named_in_the_trusted_base(listed):
    row = proved(HERE, by_axiom)
    assert row["outcome"] == "accepted"
    assert row["axioms"] == ["tangent"]
    assert "axiom tangent" in row["trusted_base"]


def certificate(name, build):
    proof = Proof(name, HERE)
    build(proof)
    return dump(proof.certificate())


def by_the_lemma(p):
    p.inhabited(x=2)
    p.use("test.lemma", le(1 + x, exp(x)), x=x)


def test_what_uses_such_a_claim_rests_on_the_theorem_too(listed, tmp_path):
    (tmp_path / "test.lemma.json").write_bytes(certificate("test.lemma", by_axiom))
    row = ask(certificate("test.claim", by_the_lemma), folder=tmp_path)
    assert (row["outcome"], row["axioms"], row["uses"]) == ("accepted", ["tangent"], ["test.lemma"])


@pytest.mark.parametrize(("name", "theorem", "outcome"), [
    ("tangents", TANGENT, "missing"),
    ("tangent", forall({"y": "real"}, [], le(2 + y, exp(y))), "rejected"),
    ("tangent", forall({"y": "complex"}, [], le(1 + y, exp(y))), "rejected"),
])
def test_another_name_or_another_formula_is_refused(listed, name, theorem, outcome):
    assert proved(HERE, lambda p: by_axiom(p, name, theorem))["outcome"] == outcome


def test_without_the_list_the_same_certificate_is_refused():
    row = proved(HERE, by_axiom)
    assert row["outcome"] == "missing"
    assert row["axioms"] == []
