"""One folder a paper, one file a claim; the id of a claim is its path."""
