"""Statements and formulas as MathML inside HTML, drawn from the kernel's own JSON by the walk in `notation`."""

import re
from html import escape
from xml.etree import ElementTree

from theory.report.notation import POW, Piece, Scope, Walk

BOLD_ONE = "\U0001d7cf"
SEMICOLON = '<span class="comma">; </span>'
INVISIBLE_TIMES = "\u2062"
BOLD = {
    **{chr(ord("A") + k): chr(0x1D400 + k) for k in range(26)},
    **{chr(ord("a") + k): chr(0x1D41A + k) for k in range(26)},
    **{chr(0x391 + k): chr(0x1D6A8 + k) for k in range(25)},
    **{chr(0x3B1 + k): chr(0x1D6C2 + k) for k in range(25)},
}


class MathML:
    """The pen for MathML Core; every method returns one well-formed element."""

    def number(self, value):
        """An integer, or ∞ and … in its place."""
        return f"<mn>{escape(str(value))}</mn>"

    def letters(self, text, bold=False):
        """A variable; matrices and columns are bold, since MathML Core has no bold style but the bold letters themselves."""
        if bold and text in ("one", "ones"):
            return f"<mi>{BOLD_ONE}</mi>"
        return f"<mi>{''.join(BOLD.get(c, c) for c in text) if bold else text}</mi>"

    def upright(self, text):
        """A function name or a set."""
        return f'<mi mathvariant="normal">{text}</mi>'

    def constant(self, text, clash):
        """π and the imaginary unit, upright so that i is not an index; a clash of names needs nothing more here."""
        return self.upright(text)

    def bold_zero(self):
        """The zero matrix."""
        return "<mn>\U0001d7ce</mn>"

    def word(self, text):
        """Words inside a formula."""
        return f"<mtext>{escape(text).replace(' ', chr(0xA0))}</mtext>"

    def row(self, parts):
        """Parts side by side."""
        return f"<mrow>{''.join(parts)}</mrow>" if len(parts) != 1 else parts[0]

    def commas(self, parts):
        """Parts with commas between."""
        return self.row([x for p in parts for x in ('<mo separator="true">,</mo>', p)][1:])

    def infix(self, symbol):
        """A relation or operation between its two sides."""
        return f'<mo form="infix">{escape(symbol)}</mo>'

    def minus(self):
        """A leading minus sign."""
        return '<mo form="prefix">−</mo>'

    def star(self):
        """The mark of the conjugate transpose."""
        return "<mo>∗</mo>"

    def dot(self):
        """A visible multiplication sign."""
        return "<mo>⋅</mo>"

    def juxtapose(self):
        """Multiplication by standing side by side."""
        return f'<mo lspace="0" rspace="0.15em">{INVISIBLE_TIMES}</mo>'

    def _fence(self, opening, inner, closing):
        return (
            f'<mrow><mo form="prefix" fence="true" stretchy="true">{opening}</mo>{inner}'
            f'<mo form="postfix" fence="true" stretchy="true">{closing}</mo></mrow>'
        )

    def paren(self, inner):
        """Round brackets."""
        return self._fence("(", inner, ")")

    def bracket(self, inner):
        """The square brackets of a matrix given by its entries."""
        return self._fence("[", inner, "]")

    def braces(self, inner):
        """A set given by its elements."""
        return self._fence("{", inner, "}")

    def modulus(self, inner):
        """Absolute value."""
        return self._fence("|", inner, "|")

    def bar(self, inner):
        """Complex conjugate."""
        return f'<mover accent="true">{inner}<mo stretchy="true">¯</mo></mover>'

    def root(self, inner):
        """Square root."""
        return f"<msqrt>{inner}</msqrt>"

    def sub(self, base, index):
        """Subscript."""
        return f"<msub>{base}{index}</msub>"

    def sup(self, base, exponent):
        """Superscript."""
        return f"<msup>{base}{exponent}</msup>"

    def subsup(self, base, index, exponent):
        """Index and exponent one above the other."""
        return f"<msubsup>{base}{index}{exponent}</msubsup>"

    def fraction(self, above, below, least):
        """A stacked fraction needs no parentheses inside; its neighbours see something closed, a power sees a fraction."""
        return Piece(f"<mfrac>{above.out}{below.out}</mfrac>", POW, numeric=True)

    def big(self, symbol, start, top):
        """Σ, ∏ or ∫ with its limits."""
        symbol = symbol.replace("Σ", "∑")
        return f'<munderover><mo movablelimits="false" largeop="true">{symbol}</mo>{start}{top}</munderover>'


WALK = Walk(MathML())


def math(inner, display=False):
    """The `<math>` element around notation."""
    return f'<math display="block">{inner}</math>' if display else f"<math>{inner}</math>"


def formula(data, scope):
    """A formula on one line as a `<math>` element."""
    return math(WALK.formula(data, scope))


def term(data, scope):
    """A term as a `<math>` element."""
    return math(WALK.term(data, scope).out)


WIDTHS = {"mo": 1.05, "mtext": 0.48, "mn": 0.52, "mi": 0.6}
"""The width of a letter in units of the font size, on the wide side."""
SMALL = 0.72
"""The size of an index or exponent."""


def width(drawn):
    """About how wide a drawn formula is, in units of its font size: not less than a browser makes it."""
    return _width(ElementTree.fromstring(drawn))


def _width(element):
    if element.tag in WIDTHS:
        text = (element.text or "").strip(INVISIBLE_TIMES)
        tight = element.get("fence") or element.get("separator") or text in "⋅∗"
        return (0.5 if tight else WIDTHS[element.tag]) * len(text) if text else 0.15
    parts = [_width(child) for child in element]
    if element.tag == "mfrac":
        return (SMALL if element.get("deep") else 1) * max(parts) + 0.2
    if element.tag == "munderover":
        return max(1.3 * parts[0], SMALL * max(parts[1:])) + 0.2
    if element.tag in ("msub", "msup"):
        return parts[0] + SMALL * parts[1]
    if element.tag == "msubsup":
        return parts[0] + SMALL * max(parts[1:])
    return sum(parts) + (1 if element.tag == "msqrt" else 0)


def paragraph(css, inner):
    """A paragraph of words and formulas, set smaller where a formula in it is wider than the page."""
    drawn = re.findall("<math>(.*?)</math>", inner)
    wide = f' style="--wide: {max(map(width, drawn)):.1f}"' if drawn else ""
    return f'<p class="{css} fit"{wide}>{inner}</p>'


def display(pieces, css=""):
    """Pieces of a formula on a line of its own, broken between pieces where the page is narrow, smaller where one does not fit."""
    least = max(map(width, pieces))
    drawn = " ".join(f'<math displaystyle="true">{piece}</math>' for piece in pieces)
    return f'<div class="display{css}" style="--wide: {least:.1f}"><div>{drawn}</div></div>'


def _shown(each):
    lines = "".join(map(display, each.lines))
    tail = [WALK.pen.row([part, '<mo separator="true">,</mo>']) for part in each.tail[:-1]] + each.tail[-1:]
    return lines + (display(tail, " tail") if tail else "")


def reading(data, scope):
    """A formula as HTML in reading order: for all …, with …, the conclusions on lines of their own."""
    read = WALK.reading(data, scope)
    rows = [("for all", [math(v) for v in read.variables]), ("with", [math(h) for h in read.hypotheses])]
    quantifiers = "".join(
        paragraph("given", f'<span class="word">{word}</span> {SEMICOLON.join(parts)}') for word, parts in rows if parts
    )
    return quantifiers + "".join(map(_shown, read.displays))


def definitions(entries, scope):
    """What each abbreviation stands for."""
    return "".join(display(WALK.defined(entry, scope)) for entry in entries)


def statement(data):
    """A whole statement as HTML: quantifiers, hypotheses, conclusions, then what each abbreviation stands for."""
    scope = Scope.of(data)
    entries = definitions(data.get("where", []), scope)
    where = f'<p class="given"><span class="word">where</span></p>{entries}' if entries else ""
    return f'<div class="statement">{reading(data["holds"], scope)}{where}</div>'


def hypotheses(data):
    """The hypotheses of a statement, each a `<math>` element, under the names `given.1`, … by which proofs cite them."""
    holds = data["holds"]
    scope = Scope.of(data)
    given = holds[2] if holds[0] == "forall" else []
    return {f"given.{number}": formula(each, scope) for number, each in enumerate(given, 1)}
