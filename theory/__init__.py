"""Claims and derivations, the suite runner, the store, the report and the command line.

Nothing here decides a verdict: the kernel `proofs_check` does, in a process of its own.
"""
