"""The trusted kernel of eigenproof: statement language, certificate reader, rules, verdicts. See LANGUAGE.md."""
