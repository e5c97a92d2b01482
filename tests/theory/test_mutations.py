"""Editing a statement leaves the rest of it alone; a counterexample is closed and reads as the kernel wants it."""

import copy

import pytest

from proofs_check.language import free, freeze, read
from theory.language import SEQ, Sum, T, eq, fn, forall, le, lt, names, ne, statement
from theory.mutations import EVIDENT, changed, counterexample, opposite
from theory.proof import Proof

n, k, f, total = names("n k f total")
STATEMENT = statement(forall({"n": "nat", "f": SEQ}, [le(1, n), lt(n, 9)], eq(total(n), total(n))),
                      [("total", ["m"], Sum("k", 1, "m", f[k]))])


def test_a_dropped_hypothesis_leaves_the_numbers_of_the_others():
    edited = changed(given={1: None})(copy.deepcopy(STATEMENT))
    assert edited["holds"][2] == [EVIDENT.json, STATEMENT["holds"][2][1]]
    assert edited["where"] == STATEMENT["where"] and edited["holds"][3] == STATEMENT["holds"][3]


def test_only_the_named_abbreviation_changes():
    edited = changed(where={"total": Sum("k", 2, "m", f[k])})(copy.deepcopy(STATEMENT))
    assert edited["where"] == [["total", ["m"], ["sum", "k", 2, "m", ["at", "f", "k"]]]]
    assert edited["holds"] == STATEMENT["holds"]


def test_a_counterexample_closes_terms_and_binds_each_name_once():
    proof = Proof("small.sum", STATEMENT, kind="refutation")
    here = counterexample(proof, n=2, f=fn("k", Sum("j", 1, "k", "j")))
    closed = read(freeze(here(total(n)).json))  # the kernel's reader refuses a name bound twice
    assert not free(closed)
    assert proof.at == proof.witness == {"n": 2, "f": ["fn", "k", ["sum", "j", 1, "k", "j"]]}


@pytest.mark.parametrize(("relation", "expected"), [(eq, ne(1, 2)), (ne, eq(1, 2)), (le, lt(2, 1)), (lt, le(2, 1))])
def test_the_opposite_of_a_relation(relation, expected):
    assert opposite(relation(T(1), T(2))).json == expected.json
