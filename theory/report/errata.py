"""The errata page: what is false as printed, what is true instead, a witness, and the size of the difference."""

from html import escape

from theory.report import mathml, steps
from theory.report import pages as page

LEAD = (
    "Statements that are false as printed. Each was refuted by the kernel at the witness shown, and contradicted by measurements "
    "that use neither the kernel nor the corrected formula. The true statement beside it has a proof of its own."
)


def found(records):
    """(refuted, its corrections) for every refuted claim, in the order of the dossier."""
    twins = {each.id: [other for other in records if other.get("corrects") == each.id] for each in records}
    refuted = [each for each in records if each.verdict == "refuted"]
    return [(each, twins[each.id]) for each in sorted(refuted, key=lambda each: (each.get("dossier", "~"), each.id))]


def errata_page(records):
    """The page of all errata; when there are none it says so."""
    entries = found(records)
    body = "".join(_entry(*pair) for pair in entries) or "<p>No claim is refuted.</p>"
    head = '<header class="top"><a href="index.html">All claims</a></header>'
    return page.document("Errata · eigenproof", f'{head}<main><h1>Errata</h1><p class="lead">{LEAD}</p>{_overview(entries)}{body}</main>')


def _overview(entries):
    rows = [
        (
            f'<a href="#{escape(wrong.id)}">{page.prose(wrong.get("title", wrong.id))}</a>',
            escape(str(wrong.get("dossier", "–"))),
            page.prose(wrong.get("says", "not recorded")),
            " ".join(page.prose(right.get("says", "not recorded")) for right in rights) or _missing("no corrected statement"),
        )
        for wrong, rights in entries
    ]
    return page.table(("erratum", "dossier", "printed", "true"), rows)


def _entry(wrong, rights):
    parts = [
        _links(wrong, rights),
        "<h3>As printed</h3>" + _statement(wrong),
        "<h3>True</h3>" + ("".join(map(_corrected, rights)) or _missing("no corrected statement has been decided")),
        "<h3>Witness</h3>" + (_witness(wrong) or _missing("no witness recorded")),
        "<h3>Size of the effect</h3>" + _effect(wrong),
    ]
    heading = f'{page.prose(wrong.get("title", wrong.id))} {page.verdict(wrong)}'
    return f'<section id="{escape(wrong.id)}"><h2>{heading}</h2>{"".join(parts)}</section>'


def _links(wrong, rights):
    pages = page.listing([wrong.id, *(right.id for right in rights)], {wrong.id, *(right.id for right in rights)})
    place = " · ".join(str(wrong.get(name)) for name in ("dossier", "reference") if wrong.get(name))
    return f'<p class="note">{page.prose(place)}. Pages: {pages}.</p>'


def _corrected(right):
    return f"<p>{page.verdict(right)} {page.prose(right.get('says', 'not recorded'))}</p>{_statement(right)}"


def _statement(each):
    try:
        return mathml.statement(each.get("statement"))
    except steps.UNREADABLE as error:
        return steps.untypeset(each.get("statement"), error)


def _witness(each):
    """The values at which the kernel found the statement to fail, or where its steps put them, and by which rules."""
    rules = ", ".join(each.get("rules", [])) or "not recorded"
    method = f'<p class="note">First method: {steps.count(each.steps)} steps of the kernel, by {escape(rules)}.</p>'
    try:
        values = page.witness(each, steps.scope_of(each))
    except steps.UNREADABLE as error:
        values = steps.untypeset(each.values, error)
    return values and values + method


def _effect(wrong):
    """What was measured against what the print gives there: the second method."""
    rows = [
        (
            page.prose(item.get("name") or ""),
            page.mono(item.get("inputs")),
            page.mono(item.get("measured")),
            page.mono(item.get("printed")),
            _answer(item),
        )
        for item in wrong.get("measurements") or []
        if item.get("printed") is not None
    ]
    if not rows:
        return _missing("no measurement contradicts the print: the refutation rests on the kernel alone")
    return page.table(("second method", "inputs", "measured", "as printed", "result"), rows)


def _answer(item):
    return '<span class="good">contradicts the print</span>' if item.get("inside") is True else '<span class="bad">does not</span>'


def _missing(text):
    return f'<p class="absent">{text}</p>'
