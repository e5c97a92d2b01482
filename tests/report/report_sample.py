"""A made-up row set in the shape of the store's rows, with the statements a report really has to show."""

import json

from theory.report import plots

POLES = [["s", "int"]], [["<=", 1, "s"], ["<=", "s", "S"]]
IN_DISK = ["forall", *POLES, ["<", ["abs", ["at", "a", "s"]], 1]]
CAPTURED = ["sum", "s", 1, "S", ["*", ["at", "b", "s"], ["^", ["at", "a", "s"], "k"]]]
LOSS = ["series", "k", 0, ["^", ["abs", ["-", CAPTURED, ["delta", "k", "K"]]], 2]]
GRAM = ["matrix", "s", "S", "t", "S", ["/", 1, ["-", 1, ["*", ["at", "a", "s"], ["conj", ["at", "a", "t"]]]]]]
SEQUENCE = ["seq", "complex"]

LOWER_BOUND = {
    "where": [],
    "holds": [
        "forall",
        [["S", "nat"], ["K", "nat"], ["a", SEQUENCE], ["b", SEQUENCE]],
        [["<=", 1, "S"], IN_DISK],
        ["<=", ["-", 1, ["/", "S", ["+", "K", 1]]], LOSS],
    ],
}
ABBREVIATIONS = [
    ["C", [], GRAM],
    ["D", [], ["diag", "s", "S", ["at", "a", "s"]]],
    ["one", [], ["vec", "s", "S", 1]],
    ["p", ["K"], ["vec", "s", "S", ["^", ["at", "a", "s"], "K"]]],
    ["F", ["K"], ["*", ["adj", ["p", "K"]], ["inv", "C"], ["p", "K"]]],
]
DISPLACEMENT = {
    "where": ABBREVIATIONS,
    "holds": [
        "forall",
        [["S", "nat"], ["a", SEQUENCE]],
        [["<=", 1, "S"], IN_DISK],
        [
            "and",
            ["=", ["-", "C", ["*", "D", "C", ["adj", "D"]]], ["*", "one", ["adj", "one"]]],
            ["<=", ["*", "D", "C", ["adj", "D"]], "C"],
            ["sums", "k", 0, ["F", "k"], "S"],
        ],
    ],
}
STEPS = [
    {"id": "gram", "rule": "operator_identity", "shows": DISPLACEMENT["holds"][3][1], "cofactors": [["C", 1], ["D", -1]]},
    {
        "id": "falls",
        "rule": "hermitian_square",
        "shows": ["<=", ["*", "D", "C", ["adj", "D"]], "C"],
        "from": ["gram", "given.2"],
    },
    {
        "id": "below",
        "rule": "generalise",
        "shows": ["forall", [["k", "nat"]], [], ["<=", ["F", ["+", "k", 1]], ["F", "k"]]],
        "steps": [
            {"id": "cong", "rule": "order", "shows": ["<=", ["F", ["+", "k", 1]], ["F", "k"]], "from": ["falls", "below.1"]},
            {
                "id": "deeper",
                "rule": "induction",
                "shows": ["forall", [["n", "nat"]], [], ["<=", ["F", ["+", "k", "n"]], ["F", "k"]]],
                "base": [{"id": "start", "rule": "identity", "shows": ["=", ["F", ["+", "k", 0]], ["F", "k"]]}],
                "step": [
                    {"id": f"s{n}", "rule": "order", "shows": ["<=", ["F", ["+", "k", "n", n]], ["F", "k"]]} for n in range(1, 6)
                ],
            },
        ],
    },
    {"id": "total", "rule": "trace", "shows": ["sums", "k", 0, ["F", "k"], "S"], "from": ["gram"]},
    {"id": "end", "rule": "order", "shows": ["<=", ["*", ["+", "K", 1], ["F", "K"]], "S"], "from": ["below", "total"]},
]


def tail(sign):
    """The leading term of the alternating tail, with a sign."""
    leading = ["/", ["*", sign, ["^", -1, "N"]], ["*", 2, "N"]]
    rest = ["series", "n", "N", ["/", ["^", -1, "n"], ["*", 2, "n", ["+", "n", 1]]]]
    variables = [["N", "nat"], ["R", SEQUENCE]]
    return {"where": [], "holds": ["forall", variables, [["<=", 1, "N"]], ["=", ["-", ["at", "R", "N"], leading], rest]]}


def share(a, delay):
    """F_K of a single real pole: a^(2K) (1 − a²)."""
    return a ** (2 * delay) * (1 - a * a)


def demonstration(figure):
    """The plot of UP.T2 for one pole, at its best radius and at a fixed one."""
    delays = [1, 2, 5, 10, 20, 50, 100, 200, 500]
    best = [share((k / (k + 1)) ** 0.5, k) for k in delays]
    fixed = [share(0.95, k) for k in delays[:7]]
    curves = [
        {"label": "best single pole", "order": 1, "K": delays, "F": best},
        {"label": "$a=0.95$, simulated", "order": 1, "K": delays[:7], "F": fixed, "error": [f / 5 for f in fixed]},
    ]
    plots.lower_bound(figure, [1, 4], curves, range(1, 601))


def rows():
    """Eight claims: rich, plain, refuted and mended, undecided, with failures, with almost nothing recorded."""
    bound = {
        "id": "uncertainty.lower_bound_white",
        "title": "Lower bound for white noise",
        "says": "No linear recurrence of order S approximates the shift by K with a loss below `1 - S/(K+1)`.",
        "dossier": "UP.T2",
        "paper": "uncertainty",
        "reference": "Theorem 2, arXiv 2502.09287",
        "source": "text",
        "limits": "Poles on or outside the unit circle are outside; there the loss is infinite.",
        "hypotheses": {
            "given.1": "With S = 0 the filter is zero and its loss is 1, which the bound also allows; the case is left out.",
            "given.2": "With a pole on the unit circle the impulse response is not square summable and the loss is not a number.",
        },
        "statement": {**LOWER_BOUND, "where": ABBREVIATIONS},
        "verdict": "checked",
        "strength": "universal",
        "trusted_base": ["kernel", "python-flint"],
        "axioms": [],
        "rules": ["hermitian_square", "induction", "operator_identity", "order", "trace"],
        "uses": ["uncertainty.displacement", "uncertainty.optimal_weights"],
        "steps": STEPS,
        "derivation": [
            {
                "name": "Gram matrix",
                "latex": r"C_{st} = \frac{1}{1 - a_s \overline{a_t}}",
                "why": "inner products of geometric series",
            },
            {
                "name": "Order two",
                "latex": r"1 - F_K = \left|\frac{a_1 - a_2}{1 - a_1 \overline{a_2}}\right|^{2}",
                "why": "expanded",
            },
        ],
        "constants": [
            {"name": "best single pole, K = 1", "lower": "1/4", "upper": "1/4", "printed": "0.25"},
            {"name": "limit of K F_K", "lower": "0.36787944", "upper": "0.36787945", "printed": "0.3679"},
            {"name": "a slip", "lower": "0.36787944", "upper": "0.36787945", "printed": "0.3697"},
        ],
        "measurements": [
            {
                "name": "simulated loss",
                "inputs": {"S": 4, "K": 20, "samples": 10**7},
                "measured": "0.8412 ± 0.0009",
                "bound": "0.8095",
                "inside": True,
                "detail": "99.9 % interval",
            },
            {"name": "clustered poles", "inputs": {"S": 3, "K": 10}, "measured": "0.912", "bound": "0.727", "inside": True},
        ],
        "mutations": [
            {"name": "constant_improved", "outcome": "rejected", "refused": True, "reason": "step end: S/(K+2) is not reached"},
            {"name": "domain_widened", "outcome": "refuted", "refused": True, "reason": "a₁ = 1 violates it"},
        ],
        "certificate": "uncertainty.lower_bound_white.json",
        "sha256": "9f" * 32,
        "digest": "3c" * 32,
        "seconds": 0.8123,
        "plot": plots.drawn(demonstration, "uncertainty.lower_bound_white"),
        "failures": [],
    }
    shared = {"paper": "uncertainty", "source": "text", "trusted_base": ["kernel"], "axioms": [], "strength": "universal"}
    displacement = {
        **shared,
        "id": "uncertainty.displacement",
        "title": "Displacement of the Gram matrix",
        "dossier": "UP.C1",
        "says": "The Gram matrix loses rank one under conjugation by the poles.",
        "statement": DISPLACEMENT,
        "verdict": "checked",
        "uses": [],
        "steps": STEPS[:2],
        "seconds": 0.05,
    }
    weights = {
        **shared,
        "id": "uncertainty.optimal_weights",
        "title": "Optimal weights",
        "dossier": "UP.P16",
        "verdict": "checked",
        "says": "The best weights solve a Gram system.",
        "uses": ["uncertainty.displacement"],
    }
    refuted = {
        **shared,
        "id": "uncertainty.alternating_tail",
        "title": "Tail of the alternating series",
        "dossier": "UP.L20",
        "says": "The tail as printed has the wrong sign.",
        "statement": tail(-1),
        "verdict": "refuted",
        "rules": ["instance"],
        "uses": [],
        "steps": STEPS[:1],
        "measurements": [
            {"name": "tail summed", "inputs": {"N": 10}, "measured": "0.0475", "printed": "-0.0525", "inside": True},
            {"name": "tail summed", "inputs": {"N": 0}, "measured": "0", "printed": "0", "inside": False},
        ],
        "reason": {
            "step": "s1",
            "message": "left −1/4, right 1/4",
            "again": "python -I -m proofs_check uncertainty.alternating_tail",
        },
    }
    mended = {
        **shared,
        "id": "uncertainty.alternating_tail_corrected",
        "title": "Tail of the alternating series, mended",
        "dossier": "UP.L20.corrected",
        "says": "The tail begins with the same sign.",
        "corrects": "uncertainty.alternating_tail",
        "statement": tail(1),
        "verdict": "checked",
        "uses": [],
    }
    short = {
        **shared,
        "id": "uncertainty.short_proof",
        "title": "Short proof",
        "dossier": "UP.short+",
        "verdict": "checked",
        "source": "own",
        "says": "F_K falls and its sum is S.",
        "uses": ["uncertainty.lower_bound_white"],
        "axioms": ["Cartan–Dieudonné"],
    }
    failing = {
        **shared,
        "id": "uncertainty.width",
        "title": "Uncertainty as an inequality",
        "dossier": "UP.width+",
        "verdict": "undecided",
        "says": "Energy against peak.",
        "uses": ["uncertainty.lower_bound_white"],
        "failures": [{"kind": "oracle", "message": "measured 3 against 4"}],
        "statement": {"where": [], "holds": ["frobnicate", 1, 2]},
    }
    return [bound, displacement, weights, refuted, mended, short, failing, {"id": "mine.bare"}]


def plain_copy(data):
    """The same data after a trip through JSON."""
    return json.loads(json.dumps(data))
