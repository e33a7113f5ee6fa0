"""Spacing: what stands between two parts of a sentence once what stood between them is gone.

Brackets bring spaces of their own: ``Parties [shall] act``, ``finance[, technology]``, ``[shall][should]``. When a
bracket is lifted or dropped, the spaces at the seam are mended so that a person would not have to touch them; every
other character stays as it was. These are all the rules there are for it:

- spaces on both sides become one: those on the left, or those with an end of line;
- none stay at the beginning and the end of the paragraph, before a mark that closes, or after one that opens, unless
  the side of that mark has a space of its own, nor before the mark of a footnote, nor between two Han characters;
- just within another bracket, none stay if there is one outside it;
- none come in (``r[e]aff`` is ``reaff``), but between two words that ``][`` kept apart.
"""

from __future__ import annotations

import re
import unicodedata

_CLOSES = frozenset(",.;:!?)…%”’»，。；：！？、）”’》〉」』")
_OPENS = frozenset("(“‘«（《〈「『")
_JOINS = frozenset("-‐‑–—/")
_OPENING = "[［【\\"
_CLOSING = "]］】\\"
_BREAK = re.compile(r"[\r\n]")
_NOTE = re.compile(r"\[\^[^\]\[\s]+\]")


def joined(left: str, right: str, *, apart: bool = False) -> str:
    """What stood on either side of something that was removed, joined.

    ``left`` reaches back to the beginning of the paragraph, ``right`` to its end; brackets that remain are in them.
    ``apart`` says that ``][`` stood between the two.
    """
    before, between, after = seam(left, right, apart=apart)
    return f"{left[:before]}{between}{right[after:]}"


def seam(left: str, right: str, *, apart: bool = False) -> tuple[int, str, int]:
    """How much of the left stays, what stands behind it, and where the right goes on."""
    before, after = left.rstrip(), right.lstrip()
    space, own = left[len(before) :], right[: len(right) - len(after)]
    if space or own:
        return len(before), _kept(before, space, own, after), len(own)
    return len(before), " " if apart and _words(before, after) else "", 0


def _kept(before: str, space: str, own: str, after: str) -> str:
    """What stays of the spaces before the seam and after it."""
    both = own if not space or (_BREAK.search(own) and not _BREAK.search(space)) else space
    if not before or not after:
        return ""
    if not own and (after[0] in _CLOSES or _NOTE.match(after) or _spaced_after(after)):
        return ""
    if not space and (before[-1] in _OPENS or _spaced_before(before)):
        return ""
    return "" if _wide(before[-1]) and _wide(after[0]) and not _BREAK.search(both) else both


def _spaced_after(after: str) -> bool:
    """Whether brackets are closed here, behind which a space stands, or nothing needs one."""
    rest = after.lstrip(_CLOSING)
    return rest != after and (not rest or rest[0].isspace() or rest[0] in _CLOSES)


def _spaced_before(before: str) -> bool:
    """Whether brackets are opened here, before which a space stands, or nothing needs one."""
    rest = before.rstrip(_OPENING)
    return rest != before and (not rest or rest[-1].isspace() or rest[-1] in _OPENS or rest[-1] in _CLOSING)


def _words(before: str, after: str) -> bool:
    """Whether a space is wanted between what two brackets held."""
    inner, outer = before.rstrip(_CLOSING), after.lstrip(_OPENING)
    last, first = inner[-1:], outer[:1]
    if not last or not first or last.isspace() or first.isspace() or _NOTE.match(after):
        return False
    if last in _OPENS or last in _OPENING or first in _CLOSES or first in _CLOSING or {last, first} & _JOINS:
        return False
    return not (_wide(last) or _wide(first))


def _wide(character: str) -> bool:
    """Whether a character is Han, or a mark that is set as wide."""
    return unicodedata.east_asian_width(character) in {"W", "F"}
