"""One rule a file: FIELDS names the fields a step may have, `check(step, ctx)` returns or raises a Refusal."""
