"""The report as a folder of HTML pages that work from disk: an index and one page for every claim.

Everything on a page is computed: the mathematics is drawn from the kernel's statement, the verdict is the kernel's. What the
store does not have is shown as "not recorded", and a claim without a verdict is undecided.
"""

import base64
import json
import re
from fractions import Fraction
from html import escape
from pathlib import Path

from theory.report import graph, mathml, record, steps
from theory.report.notation import notes
from theory.report.plots import inline
from theory.report.prose import prose

HERE = Path(__file__).parent
FONTS = (
    ("STIX Two Math", "400", "normal", "STIXTwoMath"),
    ("STIX Two Text", "400", "normal", "STIXTwoText-Regular"),
    ("STIX Two Text", "400", "italic", "STIXTwoText-Italic"),
    ("STIX Two Text", "700", "normal", "STIXTwoText-Bold"),
)
VERDICTS = ("checked", "refuted", "undecided", "assumed")
SOURCES = {
    "text": "text seen: restated from the paper's own text",
    "reconstructed": "reconstructed: derived anew in the paper's setting, from its abstract and summaries",
    "own": "own: stated here for the first time",
}
ABSENT = '<p class="absent">not recorded</p>'

UNFOLD = "<script>addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach(d=>d.open=true))</script>"
FILTER = """<script>
const form = document.querySelector('form.filter'), rows = [...document.querySelectorAll('table.claims tbody tr')];
function apply() {
  const words = form.search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let seen = 0;
  for (const row of rows) {
    const fits = words.every(w => row.dataset.text.includes(w)) &&
      ['verdict', 'strength', 'paper'].every(n => !form[n].value || row.dataset[n] === form[n].value);
    row.hidden = !fits;
    seen += fits;
  }
  document.querySelector('#seen').textContent = `${seen} of ${rows.length} shown`;
}
form.addEventListener('input', apply);
form.addEventListener('submit', event => event.preventDefault());
apply();
</script>"""


def write(rows, claims, out_dir, certificates=record.CERTIFICATES):
    """Write the report of these rows and claims to a folder and return the path of its index.

    `rows` are the store's rows; `claims` is `{id: Claim}` or a list of claims; claims without a row appear as undecided.
    """
    out = Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    records = record.gather(rows, claims, certificates)
    (out / "style.css").write_text((HERE / "style.css").read_text(encoding="utf-8"), encoding="utf-8")
    (out / "fonts.css").write_text(_fonts(), encoding="utf-8")
    used_by = _used_by(records)
    for each in records:
        (out / each.page).write_text(claim_page(each, used_by[each.id], {r.id for r in records}), encoding="utf-8")
        _copy_certificate(each, out)
    from theory.report.consequences import consequences_page
    from theory.report.errata import errata_page

    (out / "consequences.html").write_text(consequences_page(records), encoding="utf-8")
    (out / "errata.html").write_text(errata_page(records), encoding="utf-8")
    index = out / "index.html"
    index.write_text(index_page(records), encoding="utf-8")
    return index


def _fonts():
    """The fonts inside the style sheet: some browsers load no font file from disk."""
    faces = []
    for family, weight, style, name in FONTS:
        data = base64.b64encode((HERE / "fonts" / f"{name}.woff2").read_bytes()).decode()
        faces.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
            f'src: url(data:font/woff2;base64,{data}) format("woff2"); }}\n'
        )
    return "/* STIX Two, subsets; SIL Open Font License 1.1, Copyright 2001-2021 The STIX Fonts Project Authors */\n" + "".join(
        faces
    )


def _copy_certificate(each, out):
    if each.certificate is not None:
        (out / "certificates").mkdir(exist_ok=True)
        (out / "certificates" / f"{each.id}.json").write_bytes(each.certificate)


def _used_by(records):
    found = {each.id: [] for each in records}
    for claim, used in graph.edges(records).items():
        for name in used:
            found[name].append(claim)
    return found


# --- small parts ---------------------------------------------------------------------------------------------------------------


def document(title, body, css=""):
    """A whole HTML document."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">\n'
        f'<link rel="stylesheet" href="fonts.css">\n<link rel="stylesheet" href="style.css">\n</head>\n'
        f'<body class="{css}">\n{body}\n</body>\n</html>\n'
    )


def section(title, inner, name):
    """A headed part of a page; an empty one says so."""
    return f'<section id="{name}"><h2>{title}</h2>{inner or ABSENT}</section>'


def empty(each, *keys):
    """What stands in place of an empty list: "none" when it was recorded as empty, else nothing, which shows as not recorded."""
    return "<p>None.</p>" if any(each.data.get(key) == [] for key in keys) else ""


def table(heads, rows, css=""):
    """A table that scrolls sideways, or with `stack` turns into a list, where the page is narrow."""
    if not rows:
        return ""
    top = "".join(f"<th>{h}</th>" for h in heads)
    body = "".join(
        "<tr>" + "".join(f'<td data-name="{h}"{_css(c)}>{_inner(c)}</td>' for h, c in zip(heads, row, strict=True)) + "</tr>"
        for row in rows
    )
    return f'<div class="wide"><table class="stack {css}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def mono(value):
    """A cell in fixed width."""
    return ("mono", escape(plain(value)))


def _css(cell):
    return f' class="{cell[0]}"' if isinstance(cell, tuple) else ""


def _inner(cell):
    return cell[1] if isinstance(cell, tuple) else cell


def plain(value):
    """A recorded value as text; a mapping as `S = 3, K = 10`."""
    if value is None:
        return "not recorded"
    if isinstance(value, dict):
        return ", ".join(f"{k} = {plain(v)}" for k, v in value.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def verdict(each):
    """The verdict in its colour."""
    shown = each.verdict if each.verdict in VERDICTS else f"{each.verdict}?"
    return f'<span class="verdict {escape(each.verdict)}">{escape(shown)}</span>'


def listing(names, known):
    """Names with links to the claims among them."""
    return ", ".join(f'<a href="{escape(n)}.html">{escape(n)}</a>' if n in known else escape(str(n)) for n in names)


# --- the page of a claim -------------------------------------------------------------------------------------------------------


def claim_page(each, used_by, known):
    """The page of one claim."""
    parts = [
        f'<header class="top"><a href="index.html">All claims</a></header><main><h1>{prose(each.get("title", each.id))}</h1>',
        f'<p class="id">{escape(each.id)}</p>',
        _troubles(each),
        f'<p class="lead">{prose(each.get("says", "not recorded"))}</p>',
        _banner(each),
        section("Statement", _statement(each), "statement"),
        section("Source", _source(each, known), "source"),
        section("Hypotheses", _hypotheses(each), "hypotheses"),
        section("Proof", _proof(each), "proof"),
        section("How it was found", _derivation(each) or empty(each, "derivation"), "derivation"),
        section("Constants", _constants(each) or empty(each, "constants"), "constants"),
        section("Measurements", _measurements(each) or empty(each, "measurements"), "measurements"),
        section("Refused variants", _mutations(each) or empty(each, "mutations"), "mutations"),
        section("Trusted base", _trust(each, used_by, known), "trust"),
        section("Repeat it", _repeat(each), "repeat"),
        "</main>",
        "<footer><p>Drawn from the statement, the certificate and the store of verdicts by eigenproof.</p></footer>",
        UNFOLD,
    ]
    return document(f"{each.get('title', each.id)} · eigenproof", linked("\n".join(parts), known))


def linked(html, known):
    """The names of claims in sentences as links to their pages."""
    return re.sub(
        r"<code>([\w.]+)</code>",
        lambda found: f'<a href="{found[1]}.html">{found[0]}</a>' if found[1] in known else found[0],
        html,
    )


def _troubles(each):
    lines = [
        f"{f.get('kind', 'failure')}: {f.get('message', '')}" if isinstance(f, dict) else str(f) for f in each.get("failures", [])
    ]
    boxes = [f'<p class="alarm"><strong>Failure.</strong> {prose(line)}</p>' for line in lines]
    reason = each.get("reason")
    if reason and each.verdict != "checked":
        boxes.append(f'<div class="alarm"><strong>{escape(each.verdict.capitalize())}.</strong> {_reason(reason)}</div>')
    return "".join(boxes)


def _reason(reason):
    if not isinstance(reason, dict):
        return prose(reason)
    rest = table(
        ("what", "value"),
        [(name, mono(reason[name])) for name in ("step", "rule", "expected", "found", "instance", "again") if reason.get(name)],
    )
    return prose(reason.get("message", "no reason recorded")) + rest


def _banner(each):
    axioms = each.get("axioms")
    modulo = "not recorded" if axioms is None else ", ".join(map(str, axioms)) or "nothing"
    cells = [
        ("verdict", verdict(each)),
        ("strength", escape(str(each.get("strength", "none")))),
        ("dossier", escape(str(each.get("dossier", "none")))),
        ("taken on trust", escape(modulo)),
        ("steps", str(steps.count(each.steps)) if each.steps else "not recorded"),
        ("time to verify", _seconds(each)),
    ]
    return '<dl class="banner">' + "".join(f"<div><dt>{k}</dt><dd>{v}</dd></div>" for k, v in cells) + "</dl>"


def _seconds(each):
    seconds = each.get("seconds")
    return "not recorded" if seconds is None else f"{seconds:.3g} s"


def _statement(each):
    data = each.get("statement")
    if not data:
        return ""
    try:
        written = [f"{letter}: {meaning}" for letter, meaning in each.get("symbols", {}).items()]
        legend = "".join(f"<li>{prose(text)}</li>" for text in [*written, *notes(data)])
        return _domain(each) + mathml.statement(data) + (f'<ul class="legend">{legend}</ul>' if legend else "")
    except steps.UNREADABLE as error:
        return steps.untypeset(data, error)


DOMAIN = (
    "Strength <strong>domain</strong>: this holds for the numbers and ranges in the statement; "
    "nothing is claimed between or beyond them."
)


def _domain(each):
    """What a claim of strength "domain" does not say."""
    return f'<p class="note">{DOMAIN}</p>' if each.get("strength") == "domain" else ""


def _source(each, known):
    source = each.get("source")
    lines = [
        prose(" · ".join(str(each.get(n)) for n in ("dossier", "paper", "reference") if each.get(n))),
        escape(SOURCES.get(source, f"source recorded as {source}" if source else "source not recorded")),
    ]
    if each.get("corrects"):
        lines.append(f"Corrects {listing([each.get('corrects')], known)}, which is false as printed.")
    if each.verdict == "refuted":
        lines.append(f'False as printed: see the <a href="errata.html#{escape(each.id)}">errata</a>.')
    lines.append(f"<strong>Limits.</strong> {prose(each.get('limits') or 'not recorded')}")
    return "".join(f"<p>{line}</p>" for line in lines if line)


def _hypotheses(each):
    """Each hypothesis with what breaks without it; formal ones that nobody commented on are listed too."""
    written = dict(each.get("hypotheses", {}))
    try:
        formal = mathml.hypotheses(each.get("statement")) if each.get("statement") else {}
    except steps.UNREADABLE:
        formal = {}
    spoken = [(formal.get(name, prose(name)), prose(breaks)) for name, breaks in written.items()]
    # A claim file may name its hypotheses in words; then the formal ones stand in the statement above and are not repeated.
    silent = [] if written and not set(written) & set(formal) else [n for n in formal if n not in written]
    if each.get("statement") and not spoken and not silent:
        return "<p>None beyond the ranges in the statement.</p>"
    return table(
        ("hypothesis", "what breaks without it"),
        spoken + [(formal[n], '<span class="absent">not recorded</span>') for n in silent],
    )


def _proof(each):
    note = f'<p class="alarm">{escape(each.certificate_note)}</p>' if each.certificate_note else ""
    if not each.steps:
        return note
    try:
        scope = steps.scope_of(each)
        preamble = _given(each) + _values(each, scope) + _proof_abbreviations(each, scope)
    except steps.UNREADABLE as error:
        scope, preamble = None, steps.untypeset({"where": each.where, **each.values}, error)
    accepted = each.verdict == "checked"
    lead = f"{steps.count(each.steps)} steps, each accepted by the kernel under the rule named beside it."
    lead += " Remarks in italics are for the reader; nothing is checked against them. In a reason, [s] stands for the right side of"
    lead += " fact s minus its left side: zero for an equation, not negative for an inequality."
    lead = lead if accepted else "The steps of the certificate."
    idea = "".join(f'<p class="idea">{prose(part)}</p>' for part in each.get("idea", "").split("\n\n") if part)
    holds = (each.get("statement") or {}).get("holds")
    whole = [holds, *holds[3:]] if isinstance(holds, list) and holds[:1] == ["forall"] else [holds]
    return f"{note}{idea}<p>{lead}</p>{preamble}{steps.listed(each.steps, scope, statement=whole)}"


def _given(each):
    """The hypotheses of the statement under the names by which the steps cite them."""
    formal = mathml.hypotheses(each.get("statement")) if each.get("statement") else {}
    items = [f'<span id="{name}"><span class="label">{name}</span> {formula}</span>' for name, formula in formal.items()]
    return mathml.paragraph("hypotheses", f"Hypotheses: {'; '.join(items)}.") if items else ""


def _proof_abbreviations(each, scope):
    """What the letters stand for that only the proof uses."""
    shown = mathml.definitions(each.where, scope)
    return f'<p class="given"><span class="word">with</span></p>{shown}' if shown else ""


def _values(each, scope):
    """The point given to show that the domain is not empty, and the witness of a refutation."""
    return _point(each, "inhabited", "The hypotheses hold together, for instance at", scope) + witness(each, scope)


def witness(each, scope):
    """Where a refuted statement fails."""
    return _point(each, "at", "Witness:", scope)


def _point(each, name, title, scope):
    items = [f"{mathml.term(v, scope)} = {mathml.term(value, scope)}" for v, value in each.values.get(name, {}).items()]
    return f"<p>{title} {'; '.join(items)}.</p>" if items else ""


def _derivation(each):
    items, before = "", None
    for s in each.get("derivation", []):
        why = s.get("why") or ""
        told = "" if why == before else f" {prose(sentence(why))}"  # what holds for several steps is said once
        items += f"<li><p><strong>{prose(sentence(s.get('name', '')))}</strong>{told}</p>{_found(s)}</li>"
        before = why
    return f'<p class="note">Not trusted: only what the proof above repeats counts.</p><ol class="found">{items}</ol>' if items else ""


OPERATORS = {"arg", "conj", "cos", "cosh", "det", "exp", "im", "log", "re", "sin", "sinh", "tan", "tr"}


def sentence(text):
    """Words as a sentence: a capital where a word begins it, a full stop at its end; a formula keeps its letters."""
    word = re.match(r"[a-z]{2,}(?=[ ,:;-]|$)|a(?= [a-z]{2})", text)
    text = text[:1].upper() + text[1:] if word and word[0] not in OPERATORS else text
    return text if not text or text[-1] in ".!?:;" else f"{text}."


def _found(step):
    if step.get("latex"):
        from latex2mathml.converter import convert

        try:
            pieces = "".join(convert(piece, display="block") for piece in relations(step["latex"]))
            return f'<div class="display"><div>{pieces}</div></div>'
        except Exception:  # the converter raises whatever it likes; the text below says the same
            return f"<pre>{escape(step.get('text') or step['latex'])}</pre>"
    return f'<p class="reason">{prose(sentence(steps.clipped(step["text"])))}</p>' if step.get("text") else ""


def relations(latex):
    """A formula cut before each relation that stands outside brackets, so that a chain too long for the line is broken there."""
    pieces, depth = [""], 0
    for token in re.findall(r"\\[A-Za-z]+|\\.|.", latex, re.DOTALL):
        if depth == 0 and token in RELATIONS and pieces[-1].strip():
            pieces.append("")
        depth += (token in "{([") - (token in "})]") if len(token) == 1 else 0
        pieces[-1] += token
    return pieces


RELATIONS = {"=", "<", r"\le", r"\approx", r"\to"}


def _constants(each):
    rows = [
        (
            prose(c.get("name", "")),
            mono(f"[{c.get('lower', '?')}, {c.get('upper', '?')}]"),
            mono(c.get("printed")),
            agreement(c.get("lower"), c.get("upper"), c.get("printed")),
        )
        for c in each.get("constants", [])
    ]
    if not rows and each.get("statement"):  # the statement language has no rounded numbers
        return "<p>None to enclose: every number in the statement is an integer or built from integers.</p>"
    return table(("constant", "enclosure", "printed", "agree"), rows)


def agreement(lower, upper, printed):
    """Whether a printed value, up to half a unit of its last digit, meets the enclosure."""
    try:
        low, high, value = (Fraction(str(x)) for x in (lower, upper, printed))
    except (ValueError, ZeroDivisionError):
        return '<span class="absent">not compared</span>'
    digits = len(str(printed).partition(".")[2]) if "." in str(printed) and "e" not in str(printed).lower() else None
    slack = Fraction(1, 2 * 10**digits) if digits else 0
    if low <= high and low <= value + slack and value - slack <= high:
        return '<span class="good">yes</span>'
    return '<span class="bad">no</span>'


FOLDED = 12
"""More measurements than this are folded behind a line that counts them."""


def _measurements(each):
    rows = []
    for item in each.get("measurements") or []:
        against = next((name for name in ("bound", "expected", "printed") if name in item), "expected")
        good, bad = ("contradicts the print", "agrees with the print") if against == "printed" else ("inside", "outside")
        inside = f'<span class="good">{good}</span>' if item.get("inside") is True else f'<span class="bad">{bad}</span>'
        rows.append(
            (
                prose(item.get("name") or item.get("oracle") or ""),
                mono(item.get("inputs")),
                mono(item.get("measured")),
                mono(f"{against} {plain(item.get(against))}"),
                f"{inside} {prose(item.get('detail') or '')}",
            )
        )
    plot = each.plot or ""
    figure = f"<figure>{inline(plot, each.id) if plot.lstrip().startswith('<?xml') else plot}</figure>" if plot else ""
    columns = ("measurement", "inputs", "measured", "against", "result")
    if len(rows) <= FOLDED:
        return table(columns, rows) + figure
    outside = sum(item.get("inside") is not True for item in each.get("measurements"))
    count = f"{len(rows)} measurements, {f'{outside} outside' if outside else 'all inside'}"
    return f"{figure}<details><summary>{count}</summary>{table(columns, rows)}</details>"


def _mutations(each):
    """One row for every offer: the old steps with the changed statement, steps built anew for it, and its refutation."""
    rows, seen = [], set()
    for item in each.get("mutations", []):
        name = str(item.get("name", ""))
        refused = item.get("refused", item.get("outcome") in ("refused", "rejected", "refuted", "undecided"))
        refuted = refused and item.get("outcome") == "accepted"
        outcome = "refuted" if refuted else escape(str(item.get("outcome", "not recorded")))
        offered = "a counterexample" if refuted else "steps built anew" if name in seen else "the steps of the proof"
        reason = item.get("reason") or item.get("message") or ("the changed statement is false" if refuted else "no reason recorded")
        rows.append(
            (
                escape(name).replace("_", " ") if name not in seen else "",
                offered,
                f'<span class="{"good" if refused else "bad"}">{outcome if refused else f"{outcome}: must not happen"}</span>',
                prose(reason.get("message", "") if isinstance(reason, dict) else reason),
            )
        )
        seen.add(name)
    lead = "<p>Changed versions of the statement, offered to the kernel next to the untouched one, which it accepts.</p>"
    return lead + table(("change", "offered with it", "answer", "reason"), rows) if rows else ""


def _trust(each, used_by, known):
    def named(key, none):
        values = each.get(key)
        return '<span class="absent">not recorded</span>' if values is None else listing(values, known) or none

    lines = [
        ("Trusted base", named("trusted_base", "nothing")),
        ("Classical theorems taken as axioms", named("axioms", "none")),
        ("Kernel rules used", named("rules", "none")),
        ("Claims used", named("uses", "none")),
        ("Used by", listing(used_by, known) or "no claim"),
    ]
    return "".join(f"<p><strong>{k}.</strong> {v}</p>" for k, v in lines)


def _repeat(each):
    name = escape(str(each.get("certificate", f"{each.id}.json")))
    file = f'<a href="certificates/{escape(each.id)}.json">{name}</a>' if each.certificate is not None else name
    facts = [
        ("certificate", ("mono", file)),
        ("sha256 of the certificate", mono(each.get("sha256"))),
        ("digest of the statement", mono(each.get("digest"))),
        ("time to verify", _seconds(each)),
    ]
    return f"<pre>python -I -m proofs_check {escape(each.id)} --verbose\neigenproof show {escape(each.id)}</pre>" + table(
        ("what", "value"), facts
    )


# --- the index -----------------------------------------------------------------------------------------------------------------


def index_page(records):
    """The list of claims with search, counts and the graph of uses; what a dossier asks for comes before what it rests on."""
    tally = {v: sum(r.verdict == v for r in records) for v in VERDICTS}
    counts = "".join(f'<span>{n} <span class="verdict {v}">{v}</span></span>' for v, n in tally.items() if n)
    failed = sum(bool(r.get("failures")) for r in records)
    how_many = "1 claim has failures" if failed == 1 else f"{failed} claims have failures"
    alarm = f'<p class="alarm">{how_many}; the pages say which.</p>' if failed else ""
    parts = [
        "<main><h1>eigenproof</h1>",
        '<p class="lead">Claims about linear recurrent networks, each with its exact statement, its verdict and what the verdict '
        "rests on. A verdict is given by a small kernel that reads the certificate, and by nothing else.</p>",
        f'<p class="counts"><span>{len(records)} claims</span>{counts}<a href="errata.html">Errata</a>'
        f'<a href="consequences.html">Consequences for users</a></p>{alarm}',
        _form(records),
        f'<table class="claims stack"><thead><tr>{"".join(f"<th>{h}</th>" for h in HEADS)}</tr></thead>'
        f"<tbody>{''.join(map(_index_row, sorted(records, key=lambda each: not each.get('dossier'))))}</tbody></table>",
        section("What uses what", graph.svg(records), "graph"),
        section("How to read a verdict", READING, "reading"),
        "</main><footer></footer>",
        FILTER,
    ]
    return document("eigenproof", "\n".join(parts), "index")


HEADS = ("claim", "dossier", "verdict", "strength", "taken on trust", "time")
READING = """<p><strong>checked</strong>: the kernel accepted a proof of exactly the statement shown. <strong>refuted</strong>:
it accepted an exact counterexample. <strong>assumed</strong>: the statement is taken from elsewhere.
<strong>undecided</strong>: none of these.</p>
<p>A <strong>universal</strong> proof covers every value of every parameter in the stated domain; <strong>domain</strong>
means exact or ball arithmetic on an explicit grid or on boxes; <strong>statistical</strong> means a stated confidence
from seeded sampling.</p>"""


def _form(records):
    def choice(name, values):
        options = "".join(f"<option>{escape(v)}</option>" for v in sorted(values))
        return f'<select name="{name}" aria-label="{name}"><option value="">any {name}</option>{options}</select>'

    return (
        '<form class="filter"><input type="search" name="search" placeholder="search title, id, sentence" aria-label="search">'
        + choice("verdict", {r.verdict for r in records})
        + choice("strength", {r.get("strength") for r in records} - {None})
        + choice("paper", {r.get("paper") for r in records} - {None})
        + '<span id="seen" class="note"></span></form>'
    )


def _index_row(each):
    text = " ".join(str(each.get(n, "")) for n in ("title", "says", "dossier", "paper")).lower() + " " + each.id.lower()
    axioms = each.get("axioms")
    cells = [
        escape(str(each.get("dossier", "–"))),
        verdict(each) + (' <span class="bad">failures</span>' if each.get("failures") else ""),
        escape(str(each.get("strength", "–"))),
        "not recorded" if axioms is None else escape(", ".join(axioms)) or "nothing",
        _seconds(each),
    ]
    first = (
        f'<td><a href="{escape(each.page)}">{prose(each.get("title", each.id))}</a><span class="id">{escape(each.id)}</span></td>'
    )
    rest = "".join(f'<td data-name="{h}">{c}</td>' for h, c in zip(HEADS[1:], cells, strict=True))
    facts = {"text": text, "verdict": each.verdict, "strength": each.get("strength", ""), "paper": each.get("paper", "")}
    data = " ".join(f'data-{name}="{escape(str(value))}"' for name, value in facts.items())
    return f"<tr {data}>{first}{rest}</tr>"
