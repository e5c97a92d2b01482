"""`eigenproof optimum` from the command line."""

import json
from fractions import Fraction

import pytest

from numeric import reference
from theory import cli


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments):
        code = cli.main(["optimum", *arguments])
        return code, *capsys.readouterr()

    return command


@pytest.mark.parametrize("shift", ["2", "200"])
def test_two_poles_as_data(run, shift):
    code, out, _ = run("--order", "2", "--shift", shift, "--gap", "1e-3", "--json")
    answer = json.loads(out)
    lower, upper = (Fraction(answer["energy"][end]) for end in ("lower", "upper"))
    assert code == 0 and answer["reached"] and lower < upper < lower * Fraction(10011, 10000)
    assert Fraction(answer["loss"]["lower"]) == 1 - upper and Fraction(answer["loss"]["upper"]) == 1 - lower
    if shift == "2":
        poles = [reference.gaussian(tuple(map(Fraction, pole))) for pole in answer["poles"]]
        assert lower <= reference.capture(poles, 2) <= Fraction(7, 16) <= upper  # the poles as printed, in exact arithmetic


def test_two_poles_as_text(run):
    code, out, _ = run("--order", "2", "--shift", "10")
    lines = out.splitlines()
    assert code == 0 and lines[0] == "OPTIMUM    order 2, shift 10, white input"
    assert "branch and bound in balls over all pairs of poles (UP.S1+)" in out and "a[1] " in lines[-1]


def test_the_limit_as_text(run):
    code, out, _ = run("--order", "1", "--shift", "limit")
    assert code == 0 and "order 1, shift K → ∞" in out and "K F_K ≥      0.367879" in out and "λ[0]" in out


def test_a_limit_of_boxes_says_the_width_reached(run):
    code, out, _ = run("--order", "2", "--shift", "10", "--gap", "1e-6", "--boxes", "3000")
    assert code == 2 and "1/1000000 was asked for, the limit of 3000 boxes ended the search" in out
    code, out, _ = run("--order", "2", "--shift", "10", "--gap", "1e-6", "--boxes", "3000", "--json")
    answer = json.loads(out)
    assert code == 2 and not answer["reached"] and answer["boxes"] <= 3000
    lower, upper = (Fraction(answer["energy"][end]) for end in ("lower", "upper"))
    assert (upper - lower) / lower <= Fraction(answer["gap"]["found"]) and upper <= Fraction(2, 11) + Fraction(1, 10**15)


def test_more_poles_are_bounded_by_the_theorem(run):
    code, out, _ = run("--order", "3", "--shift", "10")
    assert code == 0 and "(S − 1 + (K/(K+1))^(K+1))/K, above every set of S poles (UP.S1+)" in out
    code, out, _ = run("--order", "3", "--shift", "10", "--gap", "1/10")
    assert code == 2 and "1/10 was asked for" in out


@pytest.mark.parametrize(("arguments", "word"), [
    (("--order", "0", "--shift", "5"), "order"), (("--order", "9", "--shift", "5"), "order"), (("--order", "x", "--shift", "5"), "order"),
    (("--order", "2", "--shift", "0"), "shift"), (("--order", "2", "--shift", "10^7"), "shift"),
    (("--order", "2", "--shift", "x"), "shift"),
    (("--order", "2", "--shift", "5", "--gap", "0"), "gap"), (("--order", "2", "--shift", "5", "--gap", "-1/3"), "gap"),
    (("--order", "2", "--shift", "5", "--gap", "nan"), "gap"), (("--order", "2", "--shift", "5", "--boxes", "0"), "boxes"),
    (("--order", "2"), "--shift")])
def test_refusals_in_words(run, arguments, word):
    code, out, err = run(*arguments)
    assert code == 64 and not out and word in err and "Traceback" not in err
    code, out, _ = run(*arguments, "--json")
    assert code == 64 and word in json.dumps(json.loads(out))
