"""`eigenproof loss`, `design` and `bench` from the command line: answers that enclose, refusals in words, never a traceback."""

import json
from fractions import Fraction

import pytest

from numeric import design, reference
from theory import cli
from theory.digests import Suite
from theory.papers import uncertainty_design
from theory.proof import dump

GOOD = {"poles": [["1/2", "0.25"], ["-1/3", "0"], ["0", "0"]]}
EXACT = 1 - reference.capture([reference.Gaussian(*map(Fraction, pole)) for pole in GOOD["poles"]], 4)


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command in an empty folder with one file of poles: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "poles.json").write_text(json.dumps(GOOD))

    def command(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out.replace(str(tmp_path), "HERE"), err.replace(str(tmp_path), "HERE")

    return command


def test_loss_of_a_file_encloses(run):
    code, out, _ = run("loss", "--poles", "poles.json", "--shift", "4", "--digits", "25", "--json")
    answer = json.loads(out)
    lower, upper = (Fraction(answer["loss"][end]) for end in ("lower", "upper"))
    assert code == 0 and lower <= EXACT <= upper and upper - lower < Fraction(1, 10**25)
    assert all(isinstance(answer["loss"][end], str) for end in ("lower", "upper"))
    assert answer["order"] == 3 and len(answer["weights"]) == 3
    assert 0 <= 1 - (2 + Fraction(4, 5) ** 5) / 4 - Fraction(answer["bound"]["exact"]) <= Fraction(1, 10**20)
    weight = reference.optimal_weights([reference.Gaussian(*map(Fraction, pole)) for pole in GOOD["poles"]], 4)[0]
    assert Fraction(answer["weights"][0]["im"]["lower"]) <= weight.im <= Fraction(answer["weights"][0]["im"]["upper"])


def test_loss_as_text(run, tmp_path):
    (tmp_path / "twice.json").write_text(json.dumps({"poles": [*GOOD["poles"], GOOD["poles"][0]]}))
    code, out, _ = run("loss", "--poles", "twice.json", "--shift", "4", "--digits", "10")
    assert code == 0 and out.splitlines()[0] == "LOSS       twice.json     order 3, shift 4, white input, ρ = 0"
    assert "repeated     1 poles left out: in a diagonal recurrence a repeated pole adds nothing" in out


@pytest.mark.parametrize("family", ["paper", "s4d-lin", "sharp", "lru-ring", "hippo-legs"])
def test_loss_of_a_family_at_a_long_shift(run, family):
    code, out, _ = run("loss", "--family", family, "--order", "5", "--shift", "1e15", "--rho", "3/10", "--json")
    answer = json.loads(out)
    assert code == 0 and answer["shift"] == 10**15
    assert 0 < Fraction(answer["loss"]["lower"]) <= Fraction(answer["loss"]["upper"]) <= 1 + Fraction(1, 10**30)


def test_against_all_prints_five_routes(run):
    code, out, _ = run("loss", "--poles", "poles.json", "--shift", "4", "--rho", "1/5", "--digits", "12", "--against", "all", "--json")
    answer = json.loads(out)
    assert code == 0 and [row["inside"] for row in answer["against"]] == [True] * 5
    code, out, _ = run("loss", "--poles", "poles.json", "--shift", "4", "--digits", "12", "--against", "all")
    assert code == 0 and sum(" inside " in line for line in out.splitlines()) == 5


def test_a_route_outside_is_a_rejection(run, monkeypatch):
    from flint import arb

    from numeric import against

    monkeypatch.setitem(against.ROUTES, "cascade", lambda problem: arb(2))
    code, out, _ = run("loss", "--poles", "poles.json", "--shift", "4", "--against", "all")
    assert code == 1 and "OUTSIDE" in out


@pytest.mark.parametrize("suffix", ["json", "npz", "safetensors"])
@pytest.mark.parametrize("rho", ["0", "1/2"])
def test_design_writes_a_filter_whose_certificate_repeats(run, tmp_path, suffix, rho):
    code, out, _ = run("design", "--shift", "25", "--order", "4", "--rho", rho, "--out", f"f.{suffix}", "--json")
    answer = json.loads(out)
    assert code == 0 and Fraction(answer["loss"]["upper"]) <= Fraction(answer["paper"]["loss"]["lower"])
    assert Fraction(answer["gap"]["lower"]) == Fraction(answer["loss"]["lower"]) - Fraction(answer["bound"]["exact"])
    code, out, _ = run(*answer["repeat"].split()[1:])
    assert code == 0 and "certificate  repeated" in out
    beside = tmp_path / f"f.{suffix}.certificate.json"
    certificate = json.loads(beside.read_text())
    assert len(certificate["poles"]) == len(certificate["weights"]) == 4
    certificate["loss"] |= {"lower": "0.1", "upper": "0.2"}
    beside.write_text(json.dumps(certificate))
    code, out, _ = run("loss", "--filter", f"f.{suffix}")
    assert code == 1 and "certificate  contradicted" in out


OUTSIDE = """\
REFUSED    eigenproof loss
  poles: every |a_s| should be < 1; here 1 of 1 are not
  for example  a[0] = 1 + 0i
  instead      scale the poles into the open disk (for a polar pole: decay > 0, or base < 1 and exponent > 0)
"""
BARE_NUMBER = """\
MALFORMED  float.json
  poles[0].re: numbers should be strings, as in "0.5" or "1/3", so that nothing is rounded on the way; here it is the number 0.5
  for example  poles[0].re = the number 0.5
  instead      put it in quotes
"""
NO_FILE = """\
UNREADABLE absent.json
  No such file or directory
"""
NEGATIVE = """\
REFUSED    eigenproof loss
  shift: shift should be an integer from 0 to 1000000000000000; here it is '-1'
  for example  shift = '-1'
  instead      pass a whole number in that range
"""
UNDECIDED = """\
UNDECIDED  eigenproof loss
  30 digits need more than 64 bits of working precision, the limit; nothing was tried
"""
SUFFIX = """\
REFUSED    eigenproof design
  suffix: the file should end in .json, .npz, .safetensors; here it ends in .txt
  for example  f.txt
  instead      f.npz
"""
NO_FOLDER = """\
UNWRITABLE absent/f.npz
  No such directory
  instead      name a file in a folder that can be written to
"""
FILES = {"circle.json": '{"poles": [["1", "0"]]}', "float.json": '{"poles": [[0.5, "0"]]}', "text.json": "poles", "key.json": "{}",
         "flat.json": '{"poles": ["1", "0"]}', "empty.json": "", "none.json": '{"poles": []}', "bad.npz": "no"}
PAPER = ["loss", "--family", "paper", "--order", "5"]
POLES = ["loss", "--poles", "poles.json", "--shift", "4"]
DESIGN = ["design", "--order", "3", "--out", "f.npz"]


def test_a_design_is_proved_by_the_kernel_and_a_better_loss_is_not(run, tmp_path):
    code, out, _ = run("design", "--shift", "12", "--order", "2", "--out", "f.npz", "--prove", "--json")
    kernel = json.loads(out)["kernel"]
    assert code == 0 and (kernel["verdict"], kernel["outcome"], kernel["axioms"]) == ("checked", "accepted", [])
    upper = Fraction(json.loads(out)["loss"]["upper"])
    assert upper < Fraction(kernel["loss_at_most"]) < upper + Fraction(3, 10**9)
    record = uncertainty_design.written(design.design(2, 12))
    lower = record._replace(most=str(Fraction(record.most) - Fraction(3, 10**9)))
    wrong = tmp_path / "wrong.json"
    wrong.write_bytes(dump(uncertainty_design.certificate(uncertainty_design.Instance(lower, "1"))))
    assert Suite().kernel().check([wrong], pinned=False)[0]["outcome"] == "rejected"


def test_the_kernel_is_not_asked_for_what_it_cannot_do(run, tmp_path):
    code, _, err = run("design", "--shift", "90", "--order", "34", "--out", "f.npz", "--prove")
    assert code == 64 and "--prove takes orders up to 33" in err and not (tmp_path / "f.npz").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (["loss", "--poles", "circle.json", "--shift", "4"], 64, OUTSIDE),
        (["loss", "--poles", "float.json", "--shift", "4"], 3, BARE_NUMBER),
        (["loss", "--poles", "absent.json", "--shift", "4"], 3, NO_FILE),
        ([*PAPER, "--shift", "-1"], 64, NEGATIVE),
        ([*POLES, "--bits", "64"], 2, UNDECIDED),
        (["design", "--shift", "5", "--order", "3", "--out", "f.txt"], 64, SUFFIX),
        (["design", "--shift", "5", "--order", "3", "--out", "absent/f.npz"], 64, NO_FOLDER),
    ],
)
def test_texts_of_refusals(run, tmp_path, arguments, code, text):
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    assert run(*arguments) == (code, "", text)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        *((["loss", "--poles", f"{name}.json", "--shift", "4"], 3) for name in ("text", "key", "flat", "empty", "none")),
        (["loss", "--poles", ".", "--shift", "4"], 3),
        *(([*PAPER, "--shift", shift], 64) for shift in ("x", "2.5", "1e16", "1000000000000001", "", "0x10", "0")),
        *(([*POLES, "--rho", rho], 64) for rho in ("1", "2", "-1/2", "x", "0.5i", "1/0", "", "nan")),
        *(([*POLES, "--digits", digits], 64) for digits in ("0", "-3", "x", "4001")),
        *((["loss", "--family", "paper", "--shift", "4", "--order", order], 64) for order in ("0", "-1", "4", "x", "65537")),
        (["loss", "--family", "lru-ring", "--shift", "4", "--order", "2049"], 64),
        (["loss", "--family", "papre", "--shift", "4", "--order", "5"], 64),
        (["loss", "--family", "paper", "--shift", "4"], 64),
        (["loss", "--family", "paper", "--order", "5"], 64),
        (["loss", "--shift", "4"], 64),
        ([*POLES, "--family", "paper"], 64),
        ([*POLES, "--filter", "f.npz"], 64),
        ([*POLES, "--against", "some"], 64),
        ([*POLES, "--bits", "x"], 64),
        ([*PAPER, "--shift", "4", "--alpha", "-1"], 64),
        ([*PAPER, "--shift", "4", "--alpha", "x"], 64),
        ([*PAPER, "--shift", "4", "--step", "1/2"], 64),
        (["loss", "--filter", "absent.npz", "--shift", "4"], 3),
        (["loss", "--filter", "bad.npz", "--shift", "4"], 3),
        (["loss", "--filter", "poles.txt", "--shift", "4"], 64),
        (["loss", "--filter", "poles.json", "--shift", "4"], 3),
        *(([*DESIGN, "--shift", shift], 64) for shift in ("0", "-5", "x", "1e13")),
        *(([*DESIGN, "--shift", "5", "--rho", rho], 64) for rho in ("1", "-1", "x")),
        *((["design", "--shift", "5", "--order", order, "--out", "f.npz"], 64) for order in ("0", "1025", "x")),
        (["design", "--shift", "5", "--order", "3", "--out", "folder.npz"], 64),
        (["bench", "nothing"], 64),
        (["bench", "loss_speed.growth", "--out", "absent/b.json"], 64),
    ],
)
def test_bad_input_never_shows_a_traceback(run, tmp_path, arguments, code):
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "folder.npz").mkdir()
    got, out, err = run(*arguments)
    assert (got, out) == (code, "")
    assert "Traceback" not in err and err.split()[0] in {"REFUSED", "MALFORMED", "UNREADABLE", "UNWRITABLE", "USAGE"}
    got, out, err = run(*arguments, "--json")
    assert (got, err) == (code, "") and json.loads(out)["error"]["code"] == code


def test_bench_prints_and_writes(run, tmp_path, monkeypatch):
    from numeric import bench

    monkeypatch.setattr(bench, "regimes", lambda: {"t.one": lambda quick: bench.Regime(
        "one", {"a": lambda: None, "b": lambda: sum(range(100_000))}, targets=(bench.Target("a", "b", 2), bench.Target("b", "a", 10**9)))})
    code, out, _ = run("bench", "t.one", "--out", "b.json")
    assert code == 0 and "met     b / a ≥ 2" in out and "MISSED  a / b ≥ 1e+09" in out
    written = json.loads((tmp_path / "b.json").read_text())
    assert [row["met"] for row in written["regimes"][0]["targets"]] == [True, False]


@pytest.mark.parametrize("rho", ["1e-2000", "0.9999999999999999999999999", "1/3"])
def test_extreme_inputs_are_answered(run, rho):
    """Integers past Python's 4300 digits are written all the same."""
    code, out, _ = run("loss", "--poles", "poles.json", "--shift", "4", "--rho", rho, "--digits", "4000", "--json")
    answer = json.loads(out)
    assert code == 0 and answer["rho"] and 0 < Fraction(answer["loss"]["lower"]) < Fraction(answer["loss"]["upper"]) < 1
    code, out, _ = run("design", "--shift", "9", "--order", "3", "--rho", rho, "--out", "f.json")
    assert code == 0
    assert run("loss", "--filter", "f.json")[0] == 0
