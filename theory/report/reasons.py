"""Why a step holds, as a line of mathematics: what the certificate hands to the rule, read back."""

from html import escape

from theory.report import mathml
from theory.report.notation import NotationError

UNREADABLE = (NotationError, TypeError, ValueError, IndexError, KeyError)
MINUS, PLUS = "−", "+"


def reason(step, scope, cite):
    """HTML of the reason, or nothing where the fields are of another form; `cite` makes a link of the name of a fact."""
    try:
        lines = [_sum(step, scope, cite), _values(step.get("at"), scope), _context(step, scope)]
    except UNREADABLE:
        return ""
    return "".join(f'<p class="reason">{line}</p>' for line in lines if line)


def _sum(step, scope, cite):
    """right − left of the step as a sum: squares with facts between them, and multiples of equations."""
    squares, multiples = step.get("terms", []), step.get("using", [])
    parts = [_square(item, scope, cite) for item in squares] + [_multiple(item, scope, cite) for item in multiples]
    if not parts:
        return ""
    first_sign, first = parts[0]
    text = (f"{MINUS} " if first_sign == MINUS else "") + first + "".join(f" {sign} {part}" for sign, part in parts[1:])
    nonzero = ", ".join(map(cite, step.get("nonzero", [])))
    return f"right side {MINUS} left side = {text}" + (f" (division allowed by {nonzero})" if nonzero else "")


def _square(item, scope, cite):
    """c·[facts]·Y*·[middle]·Y."""
    scale, facts, middle, factor = item
    sign, outside = _coefficient(scale, scope)
    around = factor not in (1, ["eye", 1])
    inner = [_gap(middle, cite)] if middle else []
    shape = isinstance(factor, list) and factor[:1] == ["eye"]
    if around and not shape:
        read = mathml.math(mathml.WALK.term(factor, scope).out)
        inner = [f"({read})*", *inner, f"({read})"]
    return sign, _product([*outside, *(_gap(fact, cite) for fact in facts), *inner])


def _multiple(item, scope, cite):
    """left·[equation]·right."""
    name, left, right = item
    sign, before = _coefficient(left, scope)
    after = [] if right == 1 else [f"({mathml.math(mathml.WALK.term(right, scope).out)})"]
    return sign, _product([*before, _gap(name, cite), *after])


def _coefficient(term, scope):
    """The sign of a factor and the rest of it."""
    if isinstance(term, int):
        return (MINUS if term < 0 else PLUS), ([] if abs(term) == 1 else [str(abs(term))])
    if isinstance(term, list) and len(term) == 2 and term[0] == "-":
        return MINUS, _coefficient(term[1], scope)[1]
    return PLUS, [f"({mathml.math(mathml.WALK.term(term, scope).out)})"]


def _product(factors):
    return " · ".join(factors) or "1"


def _gap(name, cite):
    """The right side of a fact minus its left side."""
    return f"[{cite(name)}]"


def _values(values, scope):
    if not isinstance(values, dict) or not values:
        return ""
    shown = [f"{escape(name)} := {mathml.math(mathml.WALK.term(value, scope).out)}" for name, value in values.items()]
    return f"taken at {', '.join(shown)}"


def _context(step, scope):
    if "context" not in step:
        return ""
    return f"both sides put into {mathml.math(mathml.WALK.term(step['context'], scope).out)}"
