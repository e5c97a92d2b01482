"""How the kernel says no. A step that ends without one of these has been checked."""


class Refusal(Exception):
    """A refusal shown to the user: what went wrong, expected against found, the smallest instance known."""

    def __init__(self, message, expected=None, found=None, instance=None):
        super().__init__(message)
        self.message, self.expected, self.found, self.instance = message, expected, found, instance


class Rejected(Refusal):
    """The step does not show what it claims."""


class Undecided(Refusal):
    """A budget or a precision ran out: neither shown nor refuted."""


class Malformed(Refusal):
    """Not of the language or of the certificate format."""


class Missing(Refusal):
    """A file, a step or a fact that is named does not exist."""
