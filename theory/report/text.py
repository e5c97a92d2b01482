"""Statements and formulas as plain Unicode text for the terminal, drawn by the same walk as the pages."""

from unicodedata import normalize

from theory.report.notation import MUL, POW, Piece, Scope, Walk

LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
HIGH = str.maketrans("0123456789−*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻*")


class Text:
    """The pen for plain text; matrices are not told apart by their letters, only by the relations between them."""

    def number(self, value):
        """An integer, or ∞ and … in its place."""
        return str(value)

    def letters(self, text, bold=False):
        """A variable."""
        return text

    def upright(self, text):
        """A function name or a set."""
        return text

    def constant(self, text, clash):
        """π and the imaginary unit, the latter in its own letter where an index is called i."""
        return "ⅈ" if text == "i" and clash else text

    def bold_zero(self):
        """The zero matrix."""
        return "0"

    def word(self, text):
        """Words inside a formula."""
        return text

    def row(self, parts):
        """Parts side by side."""
        return "".join(parts)

    def commas(self, parts):
        """Parts with commas between."""
        return ", ".join(parts)

    def infix(self, symbol):
        """A relation or operation between its two sides; × stays tight inside sizes."""
        return symbol if symbol == "×" else f" {symbol} "

    def minus(self):
        """A leading minus sign."""
        return "−"

    def star(self):
        """The mark of the conjugate transpose."""
        return "*"

    def dot(self):
        """A visible multiplication sign."""
        return "·"

    def juxtapose(self):
        """Multiplication by standing side by side."""
        return " "

    def paren(self, inner):
        """Round brackets."""
        return f"({inner})"

    def bracket(self, inner):
        """The square brackets of a matrix given by its entries."""
        return f"[{inner}]"

    def braces(self, inner):
        """A set given by its elements."""
        return f"{{{inner}}}"

    def modulus(self, inner):
        """Absolute value."""
        return f"|{inner}|"

    def bar(self, inner):
        """Complex conjugate: a bar on a single letter, the word on anything longer."""
        return normalize("NFC", inner + "\u0304") if len(inner) == 1 else f"conj({inner})"

    def root(self, inner):
        """Square root."""
        return f"√({inner})"

    def sub(self, base, index):
        """Subscript."""
        index = index.replace(" ", "")
        return base + (index.translate(LOW) if index.isdigit() else f"_{index}" if len(index) == 1 else f"_{{{index}}}")

    def sup(self, base, exponent):
        """Superscript."""
        if exponent.lstrip("−").isdigit() or exponent == "*":
            return base + exponent.translate(HIGH)
        return base + (f"^{exponent}" if len(exponent) == 1 else f"^{{{exponent}}}")

    def subsup(self, base, index, exponent):
        """Index and exponent."""
        return self.sup(self.sub(base, index), exponent)

    def fraction(self, above, below, least):
        """A fraction on one line; a further factor or divisor must put it in parentheses, so it binds less than a product."""
        upper = above.out if above.level >= MUL and not above.fraction and not above.trailing else f"({above.out})"
        return Piece(f"{upper}/{least(below, POW)}", MUL, numeric=above.numeric, fraction=True)

    def big(self, symbol, start, top):
        """Σ, ∏ or ∫ with its limits; the limits are tight, the body follows after a space."""
        top = top if len(top) == 1 else f"{{{top}}}"
        return f"{symbol}_{{{start.replace(' ', '')}}}^{top} "


WALK = Walk(Text())


def formula(data, scope):
    """A formula on one line."""
    return WALK.formula(data, scope)


def statement(data):
    """A whole statement in lines: quantifiers, hypotheses, conclusions, abbreviations."""
    scope = Scope.of(data)
    read = WALK.reading(data["holds"], scope)
    lines = [f"for all {'; '.join(read.variables)}"] if read.variables else []
    lines += [f"with    {'; '.join(read.hypotheses)}"] if read.hypotheses else []
    lines += [f"    {each}" for each in read.conclusions]
    return "\n".join(lines + [f"where   {WALK.definition(entry, scope)}" for entry in data.get("where", [])])
