"""Errors planted in the way of oracles: the truth first, then a wrong function, which some measurement has to notice."""

import sys

import mpmath

from theory.claim import _measurement
from theory.digests import Suite

SUITE = Suite()


def inside(claim, oracle):
    """What the suite would store as `inside` for each measurement of an oracle."""
    return [_measurement(oracle, item)["inside"] for item in claim.oracles[oracle].run()]


def notices(claim_id, oracle, where, wrong, monkeypatch):
    """An oracle accepts the truth, and notices that the result of a function goes through `wrong`.

    `where` is module:function. An empty module is the claim file; `mpmath.mp` stands for the context and the module, as a claim may
    call either.
    """
    claim = SUITE.load(claim_id)
    truth = inside(claim, oracle)
    assert truth and all(truth)
    module, function = where.split(":")
    claim_file = f"theory.claims.{claim_id}"
    places = (mpmath.mp, mpmath) if module == "mpmath.mp" else (sys.modules[module or claim_file],)
    right = getattr(places[0], function)
    for each in places:
        monkeypatch.setattr(each, function, lambda *values, **named: wrong(right(*values, **named)))
    assert not all(inside(claim, oracle))


def oracles_of(claim_ids, profile=None):
    """The (claim, oracle) pairs of these claims, of one profile or of all."""
    claims = {claim_id: SUITE.load(claim_id) for claim_id in claim_ids}
    return {(claim_id, oracle) for claim_id, claim in claims.items() for oracle, found in claim.oracles.items()
            if profile in (None, found.profile)}
