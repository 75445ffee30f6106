"""What is wrong with something that was signed, for the log alone."""

from __future__ import annotations


class FormError(ValueError):
    """Something is not in the one form that it may have.

    The message never holds any text of the token, page or key that it is about.
    """


class UnknownKeyError(LookupError):
    """A kid that is not among the keys that are known."""
