"""The positions board of a text."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.closing.board import NONE, SHOWN, Board
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting.models import Mode
from tracktwo.room.drafting.position_acts import VALUES
from tracktwo.room.drafting.shown import Sheet


@door("position.read")
def positions(request: HttpRequest, text: UUID) -> HttpResponse:
    """Every delegation's position on every provision of the latest draft."""
    sheet = Sheet.latest(viewer(request), text)
    board = Board(sheet)
    which = request.GET.get("show", "")
    which = which if which in SHOWN else "all"
    context = {
        "sheet": sheet, "text": sheet.text, "board": board,
        "rows": list(board.shown(which)) if sheet.text.mode == Mode.BRACKETED else [],
        "shown": [(key, words, key == which) for key, words in SHOWN.items()],
        "legend": [*VALUES.items(), ("", NONE)],
    }  # fmt: skip
    return render(request, "closing/positions.html", context)
