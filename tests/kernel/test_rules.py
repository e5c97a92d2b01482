"""Every rule is seen accepting and refusing.

Accepting: the committed certificates. Refusing: the same certificates with what one step shows made wrong; the kernel must stop at that
very step. Rules and modes that no certificate uses have cases of their own below.
"""
import copy
import json
from pathlib import Path

import pytest
from checking import CERTIFICATES, ask, proved

from proofs_check.engine import RULES
from proofs_check.rules import derivative, integral, invertible, order, quadratic_form, series_tail
from theory.language import Abs, T, det, forall, le, lt, mat, names, ne, statement, sums
from theory.language import invertible as regular

x, y, k, n, M = names("x y k n M")
ALONE = {"sign", "box_cover", "gram", "ball_bound", "limits", "axiom"}  # these have test files of their own


def wrong(formula):
    """A formula that says something else: sides swapped or scaled differently, a value off by one."""
    op, *rest = formula
    if op == "=":
        return ["=", ["*", 2, rest[0]], ["*", 3, rest[1]]]
    if op in ("<=", "<"):
        return [op, rest[1], rest[0]]
    if op == "!=":
        return ["=", *rest]
    if op == "and":
        return ["and", wrong(rest[0]), *rest[1:]]
    if op == "forall":
        return ["forall", *rest[:2], wrong(rest[2])]
    if op in ("sums", "tends", "strays"):
        return [op, *rest[:3], ["+", rest[3], 1]]
    if op in ("integrates", "derivative"):
        return [op, *rest[:-1], ["+", rest[-1], 1]]
    return ["invertible", ["-", rest[0], rest[0]]]


def steps_of(steps):
    """All steps, nested ones included."""
    for step in steps:
        yield step
        for value in step.values():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                yield from steps_of(value)


def first_uses():
    """(rule, mode) → (certificate, step id) of its first use, in the smallest certificate that has one."""
    found = {}
    for path in sorted(CERTIFICATES.glob("*.json"), key=lambda p: p.stat().st_size):
        for step in steps_of(json.loads(path.read_bytes())["steps"]):
            found.setdefault((step["rule"], step.get("mode", "")), (path, step["id"]))
    return found


USES = first_uses()


def modes(rule):
    with_modes = {"order": order, "series_tail": series_tail, "integral": integral, "derivative": derivative}
    return with_modes[rule].MODES if rule in with_modes else {}


def uncovered(uses, own):
    """Rules, and modes of rules, that are neither in a certificate nor among the cases of this file."""
    seen = set(uses) | set(own)
    wanted = {(rule, mode) for rule in RULES if rule not in ALONE for mode in modes(rule) or [None]}
    return {(rule, mode) for rule, mode in wanted if not any(r == rule and mode in (None, m) for r, m in seen)}


@pytest.mark.parametrize(("rule", "mode"), sorted(USES), ids=lambda value: value or "-")
def test_a_wrong_step_is_refused_where_it_stands(rule, mode):
    path, name = USES[rule, mode]
    data = copy.deepcopy(json.loads(path.read_bytes()))
    step = next(step for step in steps_of(data["steps"]) if step["id"] == name)
    step["shows"] = wrong(step["shows"])
    row = ask(data)
    assert row["outcome"] in ("rejected", "malformed", "missing"), row
    assert row["reason"]["step"] == name or name in {s["id"] for s in steps_of([step])}, row["reason"]


def test_the_committed_certificates_are_accepted():
    rows = [ask(path.read_bytes()) for path in sorted(CERTIFICATES.glob("algebra.*.json"))]
    assert {row["outcome"] for row in rows} == {"accepted"}


APART = forall({"x": "real", "y": "real"}, [le(x, y), ne(x, y)], lt(x, y))
DETERMINANT = forall({"n": "nat", "M": mat(n, n)}, [ne(det(M), 0)], regular(M))


def apart(p, goal=None):
    p.inhabited(x=0, y=1)
    p.order("separate", goal or lt(x, y), p.given(1), p.given(2))


def by_determinant(p, mode="determinant"):
    p.inhabited(n=1, M=1)
    p.step("invertible", regular(M), mode=mode, **{"from": p.given(1)})


def compared(bound):
    """Σ |x|·2^{−k} majorises Σ x 2^{−k}, so that the latter converges."""
    series = ["series", "k", 0, ["*", "x", ["^", ["/", 1, 2], "k"]]]
    holds = forall({"x": "complex"}, [le(Abs(x), 1)], ["sums", "k", 0, ["*", "x", ["^", ["/", 1, 2], "k"]], series])

    def build(p):
        p.inhabited(x=0)
        half = p.squares(lt(Abs(T(1) / 2), 1), [(T(1) / 2, [], "", 1)])
        power = p.series("geometric", sums("k", 0, (T(1) / 2) ** k, 2), half, z=T(1) / 2)
        with p.generalise({"k": "int"}, [le(0, k)], le(Abs(x * (T(1) / 2) ** k), bound(k))) as below:
            p.squares(le(Abs(x * (T(1) / 2) ** k), bound(k)), [(1, [p.given(1), sign(p, k)], "", 1)])
        p.series("compare", holds.json[3], below, power)
    return statement(holds), build


def sign(p, k):
    """0 ≤ 2^{−k}."""
    p.order("basic", le(0, (T(1) / 2) ** k))
    return f"s{p.count}"


CASES = {
    ("order", "separate"): [(statement(APART), apart, True), (statement(forall(
        {"x": "real", "y": "real"}, [le(x, y), ne(x, y)], lt(y, x))), lambda p: apart(p, lt(y, x)), False)],
    ("invertible", "determinant"): [(statement(DETERMINANT), by_determinant, True),
                                    (statement(DETERMINANT), lambda p: by_determinant(p, "positive"), False)],
    ("series_tail", "compare"): [(*compared(lambda k: (T(1) / 2) ** k), True), (*compared(lambda k: (T(1) / 2) ** (k + 1)), False)],
}


@pytest.mark.parametrize(("rule", "mode", "number"), [(*key, j) for key, cases in CASES.items() for j in range(len(cases))])
def test_cases_of_their_own(rule, mode, number):
    holds, build, good = CASES[rule, mode][number]
    row = proved(holds, build)
    assert (row["outcome"] == "accepted") is good, row["reason"]


def test_every_rule_and_mode_is_covered():
    assert uncovered(USES, CASES) == set()
    assert all(Path(__file__).with_name(f"test_{rule}.py").is_file() for rule in ALONE)


def test_the_cover_check_can_fail():
    fewer = {key: value for key, value in USES.items() if key[0] != "telescoping"}
    assert uncovered(fewer, CASES) == {("telescoping", None)}
    assert ("order", "separate") in uncovered({}, CASES.keys() - {("order", "separate")})


def test_invertible_and_quadratic_form_modes_are_known():
    text = (invertible.__doc__ or "") + (quadratic_form.__doc__ or "")
    used = {mode for rule, mode in [*USES, *CASES] if rule in ("invertible", "quadratic_form")}
    assert used == {word for word in ("positive", "left", "kernel", "determinant", "inverse", "semidefinite", "definite", "hermitian")
                    if f"`{word}`" in text}
