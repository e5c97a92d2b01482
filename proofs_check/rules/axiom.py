"""A classical theorem taken on trust by name, from axioms.toml; it is printed in the trusted base of everything that rests on it."""
import json
import tomllib
from pathlib import Path

from ..language import freeze, read
from ..refusal import Missing, Rejected

FIELDS = {"name": "word"}
AXIOMS = Path(__file__).parent.parent / "axioms.toml"


def check(step, ctx):
    table = tomllib.loads(AXIOMS.read_text(encoding="utf-8"))
    if step.get("name") not in table:
        raise Missing("no axiom of that name", sorted(table), step.get("name"))
    holds = read(freeze(json.loads(table[step["name"]]["holds"])))
    if not ctx.same(step["shows"], holds):
        raise Rejected("the axiom says something else", holds, step["shows"])
    ctx.trace.axioms.add(step["name"])
