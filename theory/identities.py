"""Steps of a derivation that can fail: identities that SymPy confirms, signs it decides, numbers that mpmath computes.

Each helper records one step, with the formula as the page shows it, and raises ArithmeticError when the formula is wrong.
"""
from __future__ import annotations

import re
from itertools import pairwise

import mpmath
import sympy

DIGITS = 40


class Formula:
    """A chain of expressions with signs between them: `first = second < third`."""

    free_symbols = frozenset()  # what tells the report that this has a LaTeX form

    def __init__(self, first, *links):
        self.first, self.links = first, links

    def __str__(self):
        return " ".join([str(self.first), *(f"{sign} {term}" for sign, term in self.links)])

    def _latex(self, printer):
        signs = {"=": "=", "≈": r"\approx", "≤": r"\le", "<": "<", "→": r"\to"}
        return " ".join([printer.doprint(self.first), *(f"{signs[sign]} {printer.doprint(term)}" for sign, term in self.links)])


class Words(sympy.Symbol):
    """What is said in words in the place of an expression; set upright."""

    def _latex(self, printer):
        return rf"\text{{{self.name}}}"


def shown_as(shown):
    """A string as it stands on the page: a formula in letters and signs, or words; anything else is an expression."""
    if not isinstance(shown, str):
        return shown
    said = " " in shown and re.search(r"[A-Za-z]{2}", shown) and not re.search(r"[\\^_]", shown)
    return Words(shown) if said else sympy.Symbol(shown)


def done(expression):
    """An expression with its sums, integrals, derivatives and limits carried out."""
    return expression.doit() if isinstance(expression, sympy.Basic) else expression


def vanishes(difference):
    """Whether one of SymPy's normal forms of an expression is 0; False where none of them is."""
    if difference == 0:
        return True

    def exponentials(x):
        return sympy.expand(x.rewrite(sympy.exp))

    forms = (sympy.expand, sympy.cancel, lambda x: sympy.cancel(exponentials(x)), sympy.simplify, lambda x: sympy.simplify(exponentials(x)))
    return isinstance(difference, sympy.Basic) and any(form(difference) == 0 for form in forms)


def equal(step, name, first, *others, why, shown=None):
    """All the expressions are equal; sums, integrals and limits are shown as they stand and carried out for the comparison.

    `shown` stands on the page in the place of the first one: a name for what was computed. Two sides that look alike say nothing.
    """
    for other in others:
        if not vanishes(done(first) - done(other)):
            raise ArithmeticError(f"{name}: {first} and {other} differ")
    left = first if shown is None else shown_as(shown)
    if not others or str(left) == str(others[0]):
        raise ValueError(f"{name}: both sides read {left}; say what the first one is by `shown`")
    step(name, Formula(left, *(("=", other) for other in others)), why=why)
    return others[-1]


def confirm(step, name, differences, why):
    """Record a step that says how many differences vanish; one that does not vanish ends the derivation."""
    differences = list(differences)
    wrong = [difference for difference in differences if difference != 0]
    if wrong or not differences:
        first = f"; the first is {wrong[0]}" if wrong else ""
        raise ArithmeticError(f"{name}: {len(wrong)} of {len(differences)} differences do not vanish{first}")
    count = len(differences)
    return step(name, "the difference cancels to 0" if count == 1 else f"{count} differences cancel to 0", why=why)


def define(step, name, symbol, expression, why):
    """A name for an expression."""
    step(name, Formula(sympy.Symbol(symbol) if isinstance(symbol, str) else symbol, ("=", expression)), why=why)
    return expression


def nonnegative(step, name, expression, why):
    """0 ≤ expression, from the signs SymPy knows of its parts."""
    if not any(form(expression).is_nonnegative is True for form in (done, sympy.factor)):
        raise ArithmeticError(f"{name}: the sign of {expression} does not follow from its parts")
    step(name, Formula(sympy.S.Zero, ("≤", expression)), why=why)
    return expression


def number(expression):
    """A constant expression in 40 digits; an error when it is not a number."""
    found = sympy.N(expression, DIGITS)
    if not found.is_number or not found.is_real:
        raise ArithmeticError(f"{expression} is not a real number")
    return found


def rounds(step, name, expression, decimal, why, shown=None):
    """A constant rounds to the decimal written down, to the last digit."""
    places = len(decimal.partition(".")[2])
    if abs(number(expression) - sympy.Rational(decimal)) > sympy.Rational(1, 2 * 10**places):
        raise ArithmeticError(f"{name}: {sympy.N(expression, 15)} does not round to {decimal}")
    left = expression if shown is None else shown_as(shown)
    step(name, Formula(left, ("≈", sympy.Symbol(decimal))), why=why)
    return expression


def below(step, name, *chain, why):
    """The constants of the chain increase strictly."""
    values = [number(term) for term in chain]
    if any(not low < high for low, high in pairwise(values)):
        raise ArithmeticError(f"{name}: {[sympy.N(value, 15) for value in values]} do not increase")
    step(name, Formula(chain[0], *(("<", term) for term in chain[1:])), why=why)


def predicts(step, name, stored, predicted, places, why):
    """A formula gives the stored values, integers (or pairs, real and imaginary) in units of 10^−places, up to one unit."""
    distances = []
    for key, value in stored.items():
        parts = value if isinstance(value, tuple) else (value, 0)
        distance = abs(predicted(key) * 10**places - mpmath.mpc(*parts))
        if not distance <= 1:
            raise ArithmeticError(f"{name}: at {key} the formula is {mpmath.nstr(distance, 3)} units away from the stored value")
        distances.append(distance)
    if not distances:
        raise ArithmeticError(f"{name}: nothing to compare")
    count = "the stored value is" if len(distances) == 1 else f"all {len(distances)} stored values are"
    return step(name, f"{count} met, up to {mpmath.nstr(max(distances), 2)}·10^{{−{places}}}", why=why)


def binomial_tail(step, successes, trials, probability, confidence):
    """So many successes in so many trials show a probability at a confidence, by the test of Clopper and Pearson, in rational numbers."""
    p, j = sympy.Rational(*probability), sympy.Symbol("j")
    terms = [sympy.binomial(trials, n) * p**n * (1 - p) ** (trials - n) for n in range(trials + 1)]
    tail, fewer = sum(terms[successes:]), sum(terms[successes - 1:])
    each = sympy.binomial(trials, j) * sympy.UnevaluatedExpr(p) ** j * sympy.UnevaluatedExpr(1 - p) ** (trials - j)
    shown = sympy.Sum(each, (j, successes, trials))
    room = 1 - sympy.Rational(*confidence)
    if not tail <= room:
        raise ArithmeticError(f"{successes} of {trials}: the tail is {sympy.N(tail, 5)}")
    step("binomial tail", Formula(shown, ("≈", sympy.Symbol(str(sympy.N(tail, 3)))), ("≤", room)),
         why=f"{successes} of {trials} trials would come by chance so rarely if the probability were smaller")
    step("with one success fewer", Formula(sympy.N(fewer, 3)), why="the tail: " + ("still small enough" if fewer <= room else "too large"))
