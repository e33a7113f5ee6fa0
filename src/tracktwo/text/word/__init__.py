"""Word files: a marked document out and in, with true tracked changes and comments, by delegation.

The name of a person, a machine or a date is never written, and what a file could do besides showing words is refused
(see :mod:`tracktwo.text.word.refusing`).
"""

from tracktwo.text.word.reading import Read, read
from tracktwo.text.word.writing import write

__all__ = ["Read", "read", "write"]
