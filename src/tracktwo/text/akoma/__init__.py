"""Drafts as Akoma Ntoso 3.0, the OASIS standard for legal documents, and back.

A file is one expression: one draft in one language. The two languages of a draft are two files with the same work and,
where they are structured alike, the same eIds; each names the other. Brackets, holders and options, for which the
standard has no words, are told in attributes of our own namespace, which its schema allows everywhere.

What the reader of the file sees is the text, with brackets, without marks of emphasis; what it takes to give back the
draft character for character stands in attributes beside it.
"""

from __future__ import annotations

from tracktwo.text.akoma.expression import BRACKET_STATES, BracketState, Expression, Work
from tracktwo.text.akoma.names import NAMESPACE, OWN
from tracktwo.text.akoma.reading import read
from tracktwo.text.akoma.writing import write

__all__ = ["BRACKET_STATES", "NAMESPACE", "OWN", "BracketState", "Expression", "Work", "read", "write"]
