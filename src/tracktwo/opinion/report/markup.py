"""Markup that is safe by construction: whatever is not :class:`Html` is escaped when it enters an element."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape


class Html(str):
    """Markup that is ready to be written; only the functions of this module make it from data."""

    __slots__ = ()


_VOID = frozenset({"br", "meta", "col", "path", "rect", "line", "circle"})
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def visible(value: str) -> str:
    """Text with a sign in place of every character that would act rather than be seen.

    Control characters become their Unicode pictures, directional overrides and isolates their code points, so that a
    statement can neither hide nor reorder what stands beside it, on a page or in a terminal.
    """
    return _UNSEEN.sub(_picture, value)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"⟦U+{code:04X}⟧"


@lru_cache(maxsize=8192)
def _escaped(value: str) -> Html:
    return Html(escape(visible(value)))


@lru_cache(maxsize=256)
def _spelt(name: str) -> str:
    """An attribute's name as HTML spells it."""
    return name.strip("_").replace("_", "-")


def text(value: object) -> Html:
    """Escape a value, unless it is markup already."""
    return value if isinstance(value, Html) else _escaped(str(value))


def join(parts: Iterable[object], between: str = "") -> Html:
    """Put parts one after the other, escaping what is not markup."""
    return Html(text(between).join(text(part) for part in parts))


def element(name: str, /, *children: object, **attributes: object) -> Html:
    """Write an element: attributes that are None or False are left out, ``class_`` and ``aria_label`` are respelt."""
    written = ""
    for key, value in attributes.items():
        if value is True:
            written += f" {_spelt(key)}"
        elif value is not None and value is not False:
            written += f' {_spelt(key)}="{text(value)}"'
    if name in _VOID:
        return Html(f"<{name}{written}>" if name in {"br", "meta", "col"} else f"<{name}{written}/>")
    return Html(f"<{name}{written}>{join(children)}</{name}>")
