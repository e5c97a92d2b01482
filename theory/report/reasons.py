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
        lines = []
    lines.append(words(step))
    return "".join(mathml.paragraph("reason", line) for line in lines if line)


WORDS = {
    "axiom": "a classical theorem, taken on trust by name",
    "ball_bound": "every value in it is enclosed in a ball with rigorous rounding",
    "box_cover": "enclosed in balls on cells that cover the box",
    "cases": "the same conclusion in every case",
    "contradiction": "the opposite, assumed, leads to something false",
    "generalise": "shown for arbitrary values under the hypotheses, which inside are facts 1, 2, …; hence for all",
    "gram": "decided exactly, or by balls, from the factorisation LDL* of this matrix of numbers",
    "instance": "numbers put in and decided exactly",
    "monotone": "a function whose derivative is not negative between two points is not smaller at the second",
    "sampling": "the trials in the certificate are evaluated one by one; their number of successes bounds the probability",
    "sign": "polynomials compared by exact counting of roots, or by Bernstein coefficients",
    "telescoping": "each term is a difference T(k+1) − T(k) of the T handed over, so that the sum is the difference of the ends",
    "trace": "the trace of a product of two positive semidefinite matrices is not negative",
    "induction": "it holds at the lower end, and at n + 1 whenever it holds at n",
    "derivative:term": "differentiated by the rules for sums, products, quotients and powers",
    "derivative:series": "a series may be differentiated term by term where the derivatives are dominated by a convergent series",
    "determinant:rank_one": "det(I + xy) = 1 + yx for a column x and a row y",
    "determinant:nonzero": "an invertible matrix has a determinant other than 0",
    "integral:fundamental": "the integral of a derivative is the difference at the ends",
    "integral:linear": "integrals are linear",
    "integral:finite": "a finite sum may be integrated term by term",
    "integral:exchange": "a series dominated by a convergent one may be integrated term by term",
    "integral:value": "the value of the integral, by what was shown of it",
    "integral:exists": "the integrand is continuous, so that the integral exists",
    "integral:equal": "equal functions have equal integrals",
    "integral:order": "the smaller function has the smaller integral",
    "invertible:positive": "a positive definite matrix is invertible",
    "invertible:left": "a square matrix with a left inverse is invertible",
    "invertible:kernel": "a square matrix that sends only 0 to 0 is invertible",
    "invertible:determinant": "a matrix whose determinant is not 0 is invertible",
    "invertible:inverse": "an invertible matrix times its inverse is the identity",
    "limits:reciprocal": "a constant over n tends to 0",
    "limits:squeeze": "the distance from the limit is at most a sequence that tends to 0",
    "limits:linear": "limits are linear",
    "limits:equal": "equal sequences have equal limits",
    "limits:partial_sums": "partial sums of a convergent series tend to its value",
    "limits:unique": "a sequence has one limit",
    "limits:bound": "a bound of the distances passes to the limit",
    "limits:apart": "a sequence that stays a fixed distance away from a number does not tend to it",
    "limits:later": "a limit does not depend on where the sequence starts",
    "order:basic": "a modulus, a square, a natural number is not negative, and exp of a real number is positive",
    "order:nonzero": "a number greater than another differs from it",
    "order:square": "the square of the modulus of a number other than 0 is positive",
    "order:product": "a product of factors other than 0 is not 0",
    "order:antisymmetric": "a ≤ b and b ≤ a give a = b",
    "order:vanish": "Y*Y ⪯ 0 gives Y = 0",
    "order:separate": "a ≤ b and a ≠ b give a < b",
    "order:gap": "a < b in the integers gives a + 1 ≤ b",
    "order:limit": "a ≤ b + εc for every ε > 0 gives a ≤ b",
    "quadratic_form:semidefinite": "a form that is not negative at any column belongs to a positive semidefinite matrix",
    "quadratic_form:definite": "an invertible positive semidefinite matrix is positive definite",
    "quadratic_form:positive": "a positive definite form is positive at every column other than 0",
    "quadratic_form:hermitian": "matrices that are compared have a Hermitian difference",
    "series_tail:geometric": "the geometric series",
    "series_tail:finite": "all terms but one vanish",
    "series_tail:linear": "convergent series are linear",
    "series_tail:exchange": "a finite sum of convergent series is summed term by term",
    "series_tail:value": "the value of the series, by what was shown of it",
    "series_tail:exists": "the series converges, so that it has a value",
    "series_tail:partial": "partial sums of terms that are not negative are at most the value",
    "series_tail:remainder": "the partial sums stay below the value and come as close to it as one likes",
    "series_tail:bounded": "terms that are not negative with bounded partial sums have a convergent series",
    "series_tail:limit": "a bound of all partial sums bounds the value",
    "series_tail:vanishing": "the terms of a convergent series tend to 0",
    "series_tail:compare": "comparison with a convergent series of larger terms",
    "series_tail:absolute": "absolute convergence",
    "series_tail:triangle": "the modulus of a series is at most the series of larger terms",
    "series_tail:order": "the series of smaller terms has the smaller value",
    "series_tail:equal": "equal terms have equal series",
    "series_tail:shift": "the series with its terms numbered anew",
    "series_tail:peel": "the first term by itself",
    "trigonometry:euler": "sine, cosine and tangent written with exponentials",
    "trigonometry:positive": "the cosine is positive between −π/2 and π/2",
}
"""What a rule says, in words, under its name or its name and mode."""

GIVEN = {  # rules whose words depend on what the step hands over
    "apply": ("at", "a fact for all values, taken at these values", "the fact just cited, or the part of it that is needed"),
    "use": ("at", "the statement of the claim, at these values", "the statement of the claim"),
    "congruence": ("context", "equals put for equals", "equal terms have equal sums, products, series and matrices"),
    "conjunction": ("part", "one of the parts of what is cited", "all its parts have been shown"),
    "entries": ("each", "two matrices are equal when their entries are",
                "both sides unfolded entry by entry, by the definition of the product"),
    "hermitian_square": ("terms", "each term is not negative, as a product of such facts and of squares",
                         "the difference of the two sides, multiplied out, is 0 or a number of the right sign"),
    "identity": ("using", "multiplied out, both sides agree when the equations cited are used", "multiplied out, both sides agree"),
    "operator_identity": ("using", "multiplied out, both sides agree when the equations cited are used",
                          "multiplied out, both sides agree"),
}


def words(step):
    """The reason in words, or nothing for a rule that has none here."""
    rule = step.get("rule")
    if rule == "order" and step.get("mode") == "basic" and step.get("Y"):
        return "Y*Y ⪰ 0"
    if rule == "contradiction" and not step.get("steps"):
        return "what is cited is false, and what is false shows anything"
    if rule == "hermitian_square" and step.get("using") and not step.get("terms"):
        rule = "identity"
    if rule in GIVEN:
        name, with_it, without = GIVEN[rule]
        return with_it if step.get(name) else without
    text = WORDS.get(f"{rule}:{step.get('mode')}") or WORDS.get(rule, "")
    return f"{text}, with {step['prec']} bits" if rule == "ball_bound" and isinstance(step.get("prec"), int) else text


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
