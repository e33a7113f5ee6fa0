"""What is wrong with a rule, a file or a request, in one sentence for whoever reads it."""

from __future__ import annotations


class AgreementError(ValueError):
    """A rule, a file or a request that cannot be taken, with the reason and what to do."""
