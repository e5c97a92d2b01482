"""From a claim file to an accepted certificate, with the real builder and the real kernel."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from theory import authoring, runner
from theory.authoring import read_ledger
from theory.digests import Suite
from theory.errors import Fault
from theory.store import Store

SQUARE = """
from theory.claim import Claim
from theory.language import eq, forall, statement, T, names

x = T("x")

claim = Claim(
    title="Square of a sum",
    says="(x + 1)^2 = x^2 + 2x + 1 for every complex x.",
    statement=statement(forall({"x": "complex"}, [], eq((x + 1) ** 2, x ** 2 + 2 * x + 1))),
)


@claim.certify
def certificate(proof, found):
    proof.inhabited(x=0)
    proof.identity(proof.statement["holds"][3])


def constant(data):
    data["holds"][3] = eq((x + 1) ** 2, x ** 2 + 2 * x + 2)
    return data


def empty(data):
    data["holds"][2] = [["<", 1, 0]]
    return data


claim.must_refuse(constant_changed=constant, domain_empty=empty)
"""
USER = """
from theory.claim import Claim
from theory.language import eq, forall, statement, T

y = T("y")
claim = Claim(
    title="Square at 2y",
    says="(2y + 1)^2 = 4y^2 + 4y + 1 for every complex y.",
    statement=statement(forall({"y": "complex"}, [], eq((2 * y + 1) ** 2, 4 * y ** 2 + 4 * y + 1))),
)


@claim.certify
def certificate(proof, found):
    proof.inhabited(y=0)
    proof.use("own.square", eq((2 * y + 1) ** 2, (2 * y) ** 2 + 2 * (2 * y) + 1), x=2 * y)
    proof.identity(proof.statement["holds"][3])
"""
FALSE = """
from theory.claim import Claim
from theory.language import eq, forall, statement, T

x = T("x")
claim = Claim(
    title="A false square",
    says="(x + 1)^2 = x^2 + 1 for every integer x.",
    statement=statement(forall({"x": "int"}, [], eq((x + 1) ** 2, x ** 2 + 1))),
)


@claim.certify(kind="refutation")
def certificate(proof, found):
    proof.inhabited(x=0)
    proof.at = {"x": 1}
    proof.step("instance", ["!=", ["^", ["+", 1, 1], 2], ["+", ["^", 1, 2], 1]])
"""


@pytest.fixture
def suite(tmp_path):
    """A suite of its own, with the real kernel."""
    suite = Suite(tmp_path / "claims", tmp_path / "certificates", tmp_path / "ledger.toml")
    write(suite, "square", SQUARE)
    suite.ledger.write_text("# pinned\n")
    return suite


def write(suite, name, text):
    path = suite.claims / "own" / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def reopened(suite, tmp_path):
    """The same files at another place: a claim file that was loaded is not loaded again."""
    target = tmp_path / "again"
    shutil.copytree(suite.claims, target / "claims")
    return Suite(target / "claims", suite.certificates, suite.ledger)


def verify(suite, path):
    with Store(path) as store, ThreadPoolExecutor(2) as executor:
        return runner.verify(store, suite, list(suite.paths()), "quick", executor, lambda *_: None)


def yes(change):
    return True


def no(change):
    return False


def test_accept_writes_the_certificate_and_pins_the_statement(suite, tmp_path):
    assert verify(suite, tmp_path / "s")[0]["reason"]["message"] == "no committed certificate; run eigenproof accept own.square"
    (result,) = authoring.accept(suite, ["own.square"], no)
    assert (result["old"], result["certificate"]) == (None, "written")
    assert read_ledger(suite.ledger)["statements"] == {"own.square": result["new"]}
    (row,) = verify(suite, tmp_path / "s")
    assert (row["verdict"], row["strength"], row["failures"]) == ("checked", "universal", [])
    assert {item["name"]: item["outcome"] for item in row["mutations"]} == {
        "constant_changed": "rejected",
        "domain_empty": "rejected",
    }
    assert authoring.accept(suite, ["own.square"], no)[0]["certificate"] == "unchanged"


def test_used_claims_are_accepted_first_and_recorded(suite, tmp_path):
    write(suite, "again", USER)
    results = authoring.accept(suite, ["own.again"], no)
    assert [result["id"] for result in results] == ["own.square", "own.again"]
    again, square = verify(suite, tmp_path / "s")
    assert (again["verdict"], again["uses"], square["uses"]) == ("checked", ["own.square"], [])


def test_a_changed_statement_needs_consent(suite, tmp_path):
    authoring.accept(suite, ["own.square"], no)
    before = suite.certificate("own.square").read_bytes(), suite.ledger.read_text()
    write(suite, "square", SQUARE.replace("2 * x + 1))),", "x + x + 1))),"))
    changed = reopened(suite, tmp_path)
    with pytest.raises(Fault, match="the statement has changed") as caught:
        authoring.accept(changed, ["own.square"], no)
    assert caught.value.code == 64
    assert (suite.certificate("own.square").read_bytes(), suite.ledger.read_text()) == before
    (row,) = verify(changed, tmp_path / "s")
    assert (row["verdict"], row["outcome"]) == ("undecided", "rejected")
    assert authoring.accept(changed, ["own.square"], yes)[0]["certificate"] == "written"
    assert verify(changed, tmp_path / "s")[0]["verdict"] == "checked"


def test_a_certificate_the_kernel_rejects_is_not_written(suite, tmp_path):
    write(suite, "square", SQUARE.replace("2 * x + 1))),", "2 * x + 3))),"))
    with pytest.raises(Fault, match="left − right is not zero") as caught:
        authoring.accept(suite, ["own.square"], yes)
    assert (caught.value.code, caught.value.details["rule"]) == (1, "identity")
    assert not suite.certificate("own.square").exists()
    assert read_ledger(suite.ledger)["statements"] == {}


def test_a_claim_file_that_builds_another_certificate_is_stale(suite, tmp_path):
    authoring.accept(suite, ["own.square"], no)
    write(suite, "square", SQUARE.replace("inhabited(x=0)", "inhabited(x=1)"))
    (row,) = verify(reopened(suite, tmp_path), tmp_path / "s")
    assert row["verdict"] == "checked"
    assert [failure["kind"] for failure in row["failures"]] == ["stale"]
    assert runner.exit_code([row]) == 1


def test_a_false_claim_is_refuted_by_its_witness(suite, tmp_path):
    write(suite, "square", FALSE)
    authoring.accept(suite, ["own.square"], no)
    (row,) = verify(suite, tmp_path / "s")
    assert (row["verdict"], row["outcome"], row["kind"], row["failures"]) == ("refuted", "accepted", "refutation", [])
    assert runner.exit_code([row]) == 1


@pytest.mark.parametrize("old, new", [(b'"x"', b'"y"'), (b'"x", 1', b'"x", 2'), (b'"identity"', b'"trace"'), (b": {", b": [")])
def test_any_change_of_a_certificate_is_refused(suite, tmp_path, old, new):
    authoring.accept(suite, ["own.square"], no)
    path = suite.certificate("own.square")
    data = path.read_bytes().replace(b",", b", ")
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    (row,) = verify(suite, tmp_path / "s")
    assert row["verdict"] == "undecided"
    assert row["outcome"] in ("rejected", "malformed", "missing")


def test_every_digit_of_a_certificate_matters(suite):
    """Each digit changed in turn: the kernel refuses every one, with a reason."""
    authoring.accept(suite, ["own.square"], no)
    path = suite.certificate("own.square")
    text, files = path.read_text(), []
    for place, sign in enumerate(text):
        if sign.isdigit():
            changed = suite.certificates / str(place) / path.name
            changed.parent.mkdir()
            changed.write_text(text[:place] + str((int(sign) + 1) % 10) + text[place + 1 :])
            files.append(changed)
    answers = suite.kernel().check(files)
    assert len(files) > 40
    assert [answer["outcome"] for answer in answers if answer["outcome"] == "accepted"] == []
    assert all(answer["reason"]["message"] for answer in answers)


def test_a_circle_of_claims_is_refused(suite):
    built = {"a.a": ({}, {"b.b"}), "b.b": ({}, {"a.a"})}
    with pytest.raises(Fault, match="in a circle") as caught:
        authoring._users_last(built)
    assert caught.value.code == 1
