"""Small parts of the drafting page: a light, a delegation, an address."""

from __future__ import annotations

from html import escape

from tracktwo.room.drafting.shown import Party, Sheet


def address(sheet: Sheet, provision: str) -> str:
    """Where a provision is."""
    return f"/texts/{sheet.text.pk}/provisions/{provision}"


def light(which: str) -> str:
    """The traffic light of a provision, told by its shape too; what it says stands beside it."""
    return f'<i class="light {which}"></i>'


def party(each: Party) -> str:
    """A delegation, with the mark of its side."""
    mark = f'<span class="mark side-{each.mark.lower()}">{escape(each.mark)}</span>' if each.mark else ""
    return f'<span class="who">{mark}{escape(each.name)}</span>'
