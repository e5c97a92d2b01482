"""Attacking a claim: edits that make its statement false, and exact counterexamples that show it.

`changed(...)` is an edit for `claim.must_refuse`; `counterexample(...)` starts a refutation for `claim.refute`.
"""

from proofs_check.language import alpha, freeze, read, read_where, substitute

from .language import T, eq, le, lt, ne, raw, strays, tends
from .proof import Fact

EVIDENT = le(0, 0)


def changed(holds=None, *, given=None, where=None):
    """The edit of a statement: another conclusion, other hypotheses by number, other abbreviations by name.

    A hypothesis that is None is dropped: 0 ≤ 0 takes its place, so that the numbers of the others stay.
    """

    def edit(statement):
        _, variables, hypotheses, conclusion = statement["holds"]
        replaced = [(given or {}).get(j, old) for j, old in enumerate(hypotheses, 1)]
        kept = [EVIDENT if new is None else new for new in replaced]
        bodies = where or {}
        entries = [[name, names, bodies.get(name, body)] for name, names, body in statement["where"]]
        return raw({"where": entries, "holds": ["forall", variables, kept, conclusion if holds is None else holds]})

    return edit


def counterexample(p, /, **values):
    """Closed values at which every hypothesis holds and the conclusion fails; returns `term -> its closed form` there."""
    p.inhabited(**values)
    p.at = dict(p.witness)
    variables = tuple(name for name, _ in p.statement["holds"][1])
    table = {name: freeze(value) for name, value in p.at.items()}
    abbreviations = read_where(freeze(p.statement["where"]), variables)
    return lambda term: T(renamed(substitute(read(freeze(raw(term)), abbreviations), table)))


def renamed(term):
    """Expanded abbreviations may bind one name twice: every bound name is replaced by its depth."""

    def walk(part):
        if isinstance(part, tuple):
            return [walk(piece) for piece in part]
        return f"k{part[1:]}_" if isinstance(part, str) and part.startswith("?") else part

    return walk(alpha(term))


def fails_at(**values):
    """A refutation in which exact evaluation decides everything: the conclusion is false at these values."""

    def refutation(p):
        here = counterexample(p, **values)
        p.step("instance", opposite(here(p.statement["holds"][3])))

    return refutation


def fails_in_balls(prec=100, given=(), **values):
    """A refutation in which balls decide: the conclusion is false at these values, by more than the error of evaluating it.

    `given` are the numbers of the hypotheses that balls decide, too.
    """

    def refutation(p):
        here = counterexample(p, **values)
        hypotheses = [here(T(p.statement["holds"][2][j - 1])) for j in given]
        if hypotheses:
            with p.inhabited_by(**values):
                for formula in hypotheses:
                    p.step("ball_bound", formula, prec=prec)
        for formula in hypotheses:
            p.step("ball_bound", formula, prec=prec)
        p.step("ball_bound", opposite(here(p.statement["holds"][3])), prec=prec)

    return refutation


def opposite(formula):
    """What contradicts a relation of scalars, an equation or a limit."""
    name, *parts = raw(formula)
    if name in ("tends", "strays"):
        return {"tends": strays, "strays": tends}[name](*parts)
    left, right = parts
    return {"=": ne(left, right), "!=": eq(left, right), "<=": lt(right, left), "<": le(right, left)}[name]


def differs(p, equation, wrong):
    """From the fact a = b, with a rational number b other than `wrong`: a ≠ wrong."""
    _, left, value = equation.shows
    with p.contradiction(ne(left, wrong)) as absurd:
        p.identity(eq(value, wrong), [(Fact(f"{absurd}.1"), 1), (equation, -1)])
    return absurd.fact
