"""The command line: exit codes, JSON, and the exact texts of its refusals."""

import json

import pytest
from conftest import add_claim, statement

from theory import cli
from theory.authoring import read_ledger, write_ledger
from theory.claim import digest


@pytest.fixture
def run(suite, tmp_path, monkeypatch, capsys):
    """Run a command on the fake suite in an empty folder: exit code, standard output, standard error."""
    monkeypatch.setattr(cli, "_suite", lambda: suite)
    monkeypatch.chdir(tmp_path)

    def command(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out.replace(str(tmp_path), "HERE"), err.replace(str(tmp_path), "HERE")

    return command


def test_verify_then_list(run):
    code, out, err = run("verify", "--jobs", "1", "--profile", "quick")
    assert code == 0
    assert "3 claims: 3 checked" in out
    assert err.splitlines()[-1].startswith("[3/3] small.number_")
    code, out, _ = run("list", "--json")
    wanted = {"id": "small.number_0", "dossier": "UP.X0", "paper": "UP", "verdict": "checked", "strength": "universal"}
    row = json.loads(out)[0]
    assert (code, row | wanted) == (0, row)
    assert row["trusted_base"] == ["fake"]


def test_list_before_any_verification(run):
    code, out, _ = run("list", "--json")
    assert code == 0
    assert {(row["verdict"], row["strength"]) for row in json.loads(out)} == {("undecided", None)}


def test_verify_chooses_by_glob_and_paper(run):
    assert [row["id"] for row in json.loads(run("verify", "*_[12]", "--profile", "quick", "--json")[1])] == [
        "small.number_1",
        "small.number_2",
    ]
    assert run("verify", "--paper", "ST")[0] == 64


def test_show(run):
    run("verify", "small.number_1", "--profile", "full", "--jobs", "1")
    code, out, _ = run("show", "small.number_1")
    assert code == 0
    assert "for all x ∈ ℝ\n      1 + x² ≥ 1\n" in out
    facts = dict(line.strip().split("  ", 1) for line in out.splitlines() if line.startswith("  ") and "  " in line.strip())
    facts = {name: text.strip() for name, text in facts.items()}
    assert facts["verdict"] == "checked"
    assert facts["strength"] == "universal"
    assert facts["trusted base"] == "fake"
    assert facts["source"] == "UP.X1 (text), Lemma 1"
    assert facts["refused"] == "constant_improved"
    assert facts["repeat"] == "python -I -m proofs_check small.number_1 --verbose"


UNKNOWN_ID = """\
MISSING    small.numbre_1
  there is no claim with this id
  closest      small.number_1, small.number_2, small.number_0
  all ids      eigenproof list
"""
UNKNOWN_PROFILE = """\
USAGE      eigenproof verify
  there is no profile 'fast'
  profiles     quick, full, scale
"""
BAD_GRAMMAR = """\
MALFORMED  mine.one
  column 6: unknown name 'y': for_all declares x
  found        x <= y
  file         mine.toml
  field        claim
"""
EMPTY_DOMAIN = """\
MALFORMED  mine.one
  column 1: the domain of x is empty: nothing lies between 1 and 0
  found        real 1 0
  file         mine.toml
  field        for_all.x
"""
NO_FILE = """\
UNREADABLE absent.toml
  No such file or directory
"""
DAMAGED = """\
CORRUPT    build/store.sqlite3
  the store was damaged; it was moved aside and a new one is begun. Verdicts are computed again
  moved to     build/store.sqlite3.corrupt-1
"""


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (["show", "small.numbre_1"], 4, UNKNOWN_ID),
        (["verify", "--profile", "fast"], 64, UNKNOWN_PROFILE),
        (["verify", "absent.toml"], 3, NO_FILE),
    ],
)
def test_refusals(run, arguments, code, text):
    assert run(*arguments) == (code, "", text)


@pytest.mark.parametrize(("domain", "claim", "text"), [("real", "x <= y", BAD_GRAMMAR), ("real 1 0", "x = x", EMPTY_DOMAIN)])
def test_refused_user_claims(run, tmp_path, domain, claim, text):
    (tmp_path / "mine.toml").write_text(
        f'[[claim]]\nid = "mine.one"\nsays = "A test."\nfor_all = {{ x = "{domain}" }}\nclaim = "{claim}"\n'
    )
    assert run("verify", "mine.toml") == (3, "", text)


def test_a_user_claim_without_certificate_is_undecided(run, tmp_path):
    (tmp_path / "mine.toml").write_text(
        '[[claim]]\nid = "mine.one"\nsays = "A test."\nfor_all = { x = "real 0 1" }\nclaim = "x*(1-x) <= 1/4"\n'
    )
    code, out, _ = run("verify", "mine.toml")
    assert code == 2
    assert "1 claims: 1 undecided" in out
    assert "no certificate for it can be found automatically yet" in out


@pytest.mark.parametrize("arguments", [["frobnicate"], ["verify", "--no-such"], ["show"], ["verify", "--jobs", "0"]])
def test_wrong_usage(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (64, "")
    assert err.startswith("USAGE      eigenproof ")
    assert err.endswith("see          eigenproof --help\n")


def test_faults_as_json(run):
    code, out, err = run("show", "small.numbre_1", "--json")
    error = json.loads(out)["error"]
    assert (code, err, error["kind"], error["code"]) == (4, "", "missing", 4)
    assert error["details"]["closest"].startswith("small.number_1")


def test_a_damaged_store_is_named_and_rebuilt(run, tmp_path):
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "store.sqlite3").write_text("damaged " * 100)
    code, out, err = run("list", "--json")
    assert (code, err, len(json.loads(out))) == (0, DAMAGED, 3)


def test_a_truncated_certificate_keeps_its_exit_code(run, suite):
    path = suite.certificate("small.number_1")
    path.write_bytes(path.read_bytes()[:30])
    code, out, _ = run("verify", "small.number_1", "--jobs", "1")
    assert code == 3
    assert "MALFORMED  small.number_1\n  not JSON" in out


def test_new_is_honest_about_being_undecided(run, suite):
    code, out, _ = run("new", "small.fresh")
    assert (code, out.splitlines()[0]) == (0, "HERE/claims/small/fresh.py")
    code, out, _ = run("verify", "small.fresh", "--jobs", "1")
    assert code == 2
    assert "nobody has written its `certify` yet" in out
    assert run("new", "small.fresh")[0] == 64
    assert run("new", "Small.Fresh")[0] == 64


def test_doctor_reports_the_kernel_and_the_store(run):
    findings = {item["what"]: item for item in json.loads(run("doctor", "--json")[1])}
    assert findings["kernel"]["ok"]
    assert findings["store"]["detail"].startswith("0 rows")
    assert findings["chromium"]["optional"]


def test_accept_without_a_certifier(run):
    code, _, err = run("accept", "small.number_1")
    assert code == 4
    assert err.startswith("MISSING    small.number_1\n  the claim file has no `certify` yet\n")


def test_the_ledger_keeps_its_head_and_sorts_its_pins(tmp_path):
    path = tmp_path / "ledger.toml"
    path.write_text('# what is pinned\n\n[statements]\n"z.z" = "' + "0" * 64 + '"\n')
    pins = read_ledger(path)
    pins["statements"]["a.a"] = digest(statement(1))
    write_ledger(path, pins)
    lines = path.read_text().splitlines()
    assert [line[:5] for line in lines] == ["# wha", "", "[stat", '"a.a"', '"z.z"', "", "[cert"]
    assert read_ledger(path)["statements"]["a.a"] == digest(statement(1))
    assert read_ledger(tmp_path / "absent") == {"statements": {}, "certificates": {}}


def test_an_added_claim_shows_without_any_list(run, suite):
    add_claim(suite, 9)
    assert "small.number_9" in run("list")[1]
