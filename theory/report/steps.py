"""The steps of a certificate as a numbered, nested list."""

import json
from html import escape

from theory.report import mathml, reasons
from theory.report.notation import NotationError, Scope
from theory.report.prose import prose

UNREADABLE = (NotationError, TypeError, ValueError, IndexError, KeyError)
"""What the walk raises on data that is no formula."""

FRAME = {"id", "rule", "shows", "note"}
HINT_LIMIT = 1500
OPEN_BLOCK = 4
"""A nested block with at most this many steps is shown unfolded."""


def scope_of(record):
    """The names in sight of the outermost steps; None when there is no statement."""
    statement = record.get("statement")
    return Scope.of(statement).define(record.where) if statement else None


def untypeset(data, why):
    """A formula that could not be drawn, as the data it is, with the reason."""
    return (
        f'<p class="absent">This formula is shown as data, because it could not be typeset: {escape(str(why))}.</p>'
        f"<pre>{escape(clipped(json.dumps(data, ensure_ascii=False)))}</pre>"
    )


def clipped(text, limit=HINT_LIMIT):
    """The text, or its beginning and how much more the certificate has."""
    return text if len(text) <= limit else f"{text[:limit]} … ({len(text) - limit} more characters in the certificate)"


def shown(formula, scope):
    """A formula as HTML; never a guess when it cannot be read."""
    if scope is None:
        return untypeset(formula, "the statement is not recorded")
    try:
        return mathml.reading(formula, scope)
    except UNREADABLE as error:
        return untypeset(formula, error)


def blocks(step):
    """The nested blocks of a step, as `(name of the field, steps)`."""
    return [(key, value) for key, value in step.items() if key not in FRAME and is_block(value)]


def is_block(value):
    """Whether a field holds steps."""
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) and "rule" in v for v in value)


def count(steps):
    """The number of steps, nested ones included."""
    return sum(1 + sum(count(inner) for _, inner in blocks(step)) for step in steps)


def names(steps):
    """The ids of all steps, nested ones included."""
    return {s.get("id") for s in steps} | {n for s in steps for _, inner in blocks(s) for n in names(inner)}


def cited(step, known):
    """Facts that the step's own fields name, in order and once."""
    found, waiting = [], [v for k, v in step.items() if k not in FRAME and not is_block(v)]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, str) and item not in found and item.partition(".")[0] in known | {"given"}:
            found.append(item)
        elif isinstance(item, (list, dict)):
            waiting = [*(item.values() if isinstance(item, dict) else item), *waiting]
    return found


def _inner_scope(step, scope):
    """Inside a block the variables of what it shows are in sight."""
    formula = step.get("shows")
    if scope is None or not (isinstance(formula, list) and formula[:1] == ["forall"] and len(formula) == 4):
        return scope
    return scope.bind(*((name, kind) for name, kind in formula[1]))


def _citation(name, known):
    """A link to the fact; the hypotheses of a block are found at the block, those of the statement before the first step."""
    target = name.partition(".")[0]
    if target == "given" and target not in known:
        return f'<a href="#{escape(name)}">{escape(name)}</a>'
    return f'<a href="#step-{escape(target)}">{escape(name)}</a>' if target in known else f"<span>{escape(name)}</span>"


def _step(step, number, scope, known, statement=()):
    name, rule = str(step.get("id", "?")), str(step.get("rule", "not recorded"))
    links = ", ".join(_citation(c, known) for c in cited(step, known))
    head = (
        f'<div class="head"><span class="number">{number}</span><span class="rule">{escape(_manner(step, rule))}</span>'
        f'<span class="label">{escape(name)}</span>' + (f'<span class="from">from {links}</span>' if links else "") + _used(step) + "</div>"
    )
    body = shown(step["shows"], scope) if "shows" in step else '<p class="absent">what it shows is not recorded</p>'
    if step.get("shows") in statement:
        body = '<p class="given">The <a href="#statement">statement</a>.</p>'
    inner, before = "", 0
    for key, nested in blocks(step):
        inner += _block(key, nested, number, _inner_scope(step, scope), known, before)
        before += len(nested)
    remark = f'<p class="remark">{prose(step["note"])}</p>' if step.get("note") else ""
    why = "" if scope is None else reasons.reason(step, scope, lambda fact: _citation(fact, known))
    return f'<li id="step-{escape(name)}">{remark}{head}<div class="shows">{body}</div>{why}{_hint(step)}{inner}</li>'


def _manner(step, rule):
    """The rule in words, with the way it is used."""
    words = rule.replace("_", " ")
    return f"{words}: {step['mode']}" if isinstance(step.get("mode"), str) else words


def _used(step):
    """A link to the claim whose statement the step uses."""
    claim = step.get("claim") if step.get("rule") == "use" else None
    return f'<span class="from">the claim <a href="{escape(claim)}.html">{escape(claim)}</a></span>' if isinstance(claim, str) else ""


def _hint(step):
    rest = {k: v for k, v in step.items() if k not in FRAME and not is_block(v) and v != []}
    if not rest:
        return ""
    text = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in sorted(rest.items()))
    summary = "<summary>what the certificate hands to the rule</summary>"
    return f'<details class="hint">{summary}<pre>{escape(clipped(text))}</pre></details>'


def _block(key, steps, prefix, scope, known, before):
    total = count(steps)
    label = "" if key in ("steps", "proof", "block") else f"{escape(key)}: "
    opened = " open" if total <= OPEN_BLOCK else ""
    return (
        f'<details class="block"{opened}><summary>{label}{total} step{"s" if total != 1 else ""} inside</summary>'
        f"{listed(steps, scope, known, prefix, before)}</details>"
    )


RUN = 4
"""This many alike steps in a row, without blocks and remarks of their own, are shown as one table."""


def _range(step):
    """The variables and hypotheses of what a step shows."""
    shows = step.get("shows")
    return shows[1:3] if isinstance(shows, list) and shows[:1] == ["forall"] and len(shows) == 4 else []


def _runs(numbered):
    """The numbered steps in groups: alike neighbours that a table can hold, or one."""
    groups = []
    for number, step in numbered:
        last = groups[-1][-1][1] if groups else None
        alike = last is not None and step.get("rule") == last.get("rule") == "ball_bound"
        alike = alike and step.get("note") in (None, groups[-1][0][1].get("note"))
        if alike and step.get("prec") == last.get("prec") and _range(step) == _range(last):
            groups[-1].append((number, step))
        else:
            groups.append([(number, step)])
    for group in groups:
        yield from ([group] if len(group) >= RUN else ([one] for one in group))


def _run(group, scope):
    """Alike steps as one table: the range once, then a row for each."""
    (first, leader), (last, _) = group[0], group[-1]
    remark = f'<p class="remark">{prose(leader["note"])}</p>' if leader.get("note") else ""
    rows = "".join(_row(number, step, scope) for number, step in group)
    tail = mathml.WALK.displays(leader["shows"], scope)[0].tail
    where = " ".join([": each ", *map(mathml.math, tail)]) if tail else ""
    head = (
        f'<div class="head"><span class="number">{first} to {last}</span>'
        f'<span class="rule">{escape(_manner(leader, "ball_bound"))}</span></div>'
        f'<p class="reason">{escape(reasons.words(leader))}</p>'
    )
    return (
        f'<li>{remark}{head}<details class="block"><summary>{len(group)} formulas{where}</summary>'
        f'<table class="run"><tbody>{rows}</tbody></table></details></li>'
    )


def _row(number, step, scope):
    shows, inside = step["shows"], _inner_scope(step, scope)
    lines = mathml.WALK.lines(shows[3] if _range(step) else shows, inside)
    drawn, name = "".join(map(mathml.display, lines)), escape(str(step.get("id", "?")))
    return f'<tr id="step-{name}"><td class="number">{number}</td><td>{drawn}</td><td class="label">{name}</td></tr>'


def listed(steps, scope, known=None, prefix="", before=0, statement=()):
    """The steps, numbered 1, 2, 2.1, …, after `before` steps of an earlier block; what is in `statement` is not repeated."""
    known = names(steps) if known is None else known
    numbered = [(f"{prefix}.{n}" if prefix else str(n), s) for n, s in enumerate(steps, before + 1)]
    items = []
    for group in _runs(numbered):
        try:
            items.append(_run(group, scope) if len(group) > 1 and scope is not None else None)
        except UNREADABLE:
            items.append(None)
        items[-1] = items[-1] or "".join(_step(s, number, scope, known, statement) for number, s in group)
    return f'<ol class="steps">{"".join(items)}</ol>'
