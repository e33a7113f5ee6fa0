"""Where agreement on a text stands, for who chairs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.agreement.rules import wording
from tracktwo.room.access import Absent
from tracktwo.room.closing.outlook import Outlook
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting.models import Mode
from tracktwo.room.drafting.shown import Sheet
from tracktwo.room.people.deciding import worded


@door("text.edit")
def outlook(request: HttpRequest, text: UUID) -> HttpResponse:
    """What could be agreed now and what stands in the way; Absent where no positions are taken on the way."""
    sheet = Sheet.latest(viewer(request), text)
    if sheet.text.mode != Mode.BRACKETED:
        raise Absent
    found = Outlook(sheet)
    rule = [worded(each) for each in wording(found.rule)]
    return render(request, "closing/outlook.html", {"sheet": sheet, "text": sheet.text, "outlook": found, "rule": rule})
