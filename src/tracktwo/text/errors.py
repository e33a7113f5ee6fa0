"""What is wrong with a text or a file, in one sentence for whoever reads it."""

from __future__ import annotations


class TextError(ValueError):
    """A file or a request that cannot be taken, with the reason and what to do."""
