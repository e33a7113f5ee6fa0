"""Words: the smallest parts of a text that a person marks."""

from __future__ import annotations

import regex

EXTENDING = r"\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}"
"""What belongs to the character before it (Unicode Standard Annex 29, table 2)."""
ALONE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{GCB=Prepend}\p{Extended_Pictographic}]"
LETTER = rf"[[\p{{L}}\p{{N}}{EXTENDING}]--{ALONE}]"
BREAK = r"\n\r\v\f\x85\u2028\u2029"
BREAKS = frozenset(("\r\n", *"\n\r\v\f\x85\u2028\u2029"))
"""The tokens that end a line."""
TOKEN = regex.compile(
    rf"""(?V1)
    \r\n | [{BREAK}]
    | [\s--[{BREAK}]]+ (?![{EXTENDING}])
    | {LETTER}+ (?: (?: ['’‐‑\-\u00ad] | (?<=\p{{Nd}}) [.,] (?=\p{{Nd}}) ) {LETTER}+ )*
    | \X
    """,
    regex.VERBOSE,
)


def tokens(text: str) -> list[str]:
    """The words, characters, marks and spaces of a text in their order; joined, they are the text.

    A token is a word (letters, digits, and between them apostrophes and hyphens, and the point or comma of a number:
    ``don't``, ``low-emission``, ``3.3bis``, ``20XX``), one Han or kana character, one mark or bracket, a run of
    spaces, or one end of a line (CR LF is one). Tokens begin and end where grapheme clusters do (Unicode Standard
    Annex 29): an accent stays with its letter, an emoji made of several is one. Any string is taken, lone surrogates
    too.
    """
    return TOKEN.findall(text)
