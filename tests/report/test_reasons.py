"""The reason of a step is read from what the certificate hands to the rule, and from nothing else."""

import json
import re

import pytest

from theory.report import reasons, record, steps
from theory.report.notation import Scope

SCOPE = Scope.of({"where": [], "holds": ["forall", [["n", "nat"], ["Y", ["mat", "n", "n"]], ["x", "real"]], [], ["=", 0, 0]]})


def read(step):
    """The reason without markup."""
    return re.sub(r"<[^>]*>", "", reasons.reason(step, SCOPE, lambda name: name)).replace("\u2062", "")


@pytest.mark.parametrize("fields, text", [
    ({"terms": [[1, ["s1"], "", 1], [1, [], "", 1]]}, "right side − left side = [s1] + 1"),
    ({"terms": [[2, [], "s1", "Y"]]}, "right side − left side = 2 · (𝐘)* · [s1] · (𝐘)"),
    ({"terms": [[1, [], "s1", ["eye", "n"]]]}, "right side − left side = [s1]"),
    ({"using": [["s1", -1, 1], ["s2", ["-", "x"], "x"]]}, "right side − left side = − [s1] − (x) · [s2] · (x)"),
    ({"terms": [[1, ["s1"], "", 1]], "nonzero": ["s2"]}, "right side − left side = [s1] (division allowed by s2)"),
    ({"at": {"m": ["+", "n", 1]}}, "taken at m := n+1"),
    ({"context": ["fn", "m_", ["conj", "m_"]]}, "both sides put into m↦m¯"),
    ({"mode": "basic"}, ""),
    ({"terms": "frobnicate"}, ""),
    ({"at": {"m": ["frobnicate"]}}, ""),
])
def test_reasons(fields, text):
    assert read({"id": "s", "rule": "r", **fields}) == text


def test_every_step_of_every_certificate_says_why_it_holds():
    waiting = [step for path in record.CERTIFICATES.glob("*.json") for step in json.loads(path.read_bytes())["steps"]]
    silent = set()
    while waiting:
        step = waiting.pop()
        waiting += [inner for _, block in steps.blocks(step) for inner in block]
        if not reasons.words(step):
            silent.add((step["rule"], step.get("mode")))
    assert silent == set()
