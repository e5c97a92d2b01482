"""The settings of the papers: one module a paper, with its notation written in the kernel's language."""
