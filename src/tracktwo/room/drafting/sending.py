"""How an article is sent: alone to who has the page open, with what else changed of it; else as a page of its own."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tracktwo.room.access import Absent, visible
from tracktwo.room.drafting import articles, rail
from tracktwo.room.drafting.models import Draft
from tracktwo.room.drafting.shown import Sheet
from tracktwo.room.drafting.standings import passage
from tracktwo.room.drafting.stored import whole
from tracktwo.room.words import say


def send(
    request: HttpRequest, sheet: Sheet, provision: str, panel: str = "", *, opened: str | None = None, status: int = 200
) -> HttpResponse:
    """A provision, with what was opened in it."""
    passage(sheet.whole, provision)
    article = articles.article(sheet, provision, panel, opened=opened)
    if request.headers.get("HX-Request") == "true":
        more = rail.stand(sheet, apart=True) + rail.rail(sheet, provision, apart=True)
        return HttpResponse(article + more, status=status)
    context = {
        "sheet": sheet, "text": sheet.text, "article": SafeString(article), "stand": rail.stand(sheet),
        "line": SafeString(rail.rail(sheet, provision)), "provision": provision,
    }  # fmt: skip
    return render(request, "drafting/provision_page.html", context, status=status)


def gone(
    request: HttpRequest, sheet: Sheet, provision: str, read: object, typed: Iterable[str] = ()
) -> HttpResponse | None:
    """That a provision, which a draft had that the seat read, is in the latest one no more; None where it is."""
    if provision in sheet.whole.passages:
        return None
    rows = visible(sheet.viewer).drafts().filter(text=sheet.text, state=Draft.State.ISSUED)
    found = rows.filter(number=int(str(read))).first() if str(read).isascii() and str(read).isdigit() else None
    if found is None or provision not in whole(found, sheet.names).passages:
        raise Absent
    context = {
        "text": sheet.text, "typed": [each for each in typed if each], "provision": provision,
        "notice": say("This provision is not in draft {number}, which was issued since. Nothing was changed.",
                      "本条款已不在此后印发的第{number}号草案中。未作任何变更。", number=sheet.draft.number),
    }  # fmt: skip
    article = SafeString(render_to_string("drafting/gone.html", context))
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(article + rail.stand(sheet, apart=True), status=409)
    context |= {"article": article, "stand": rail.stand(sheet), "line": ""}
    return render(request, "drafting/provision_page.html", context, status=409)


def back(sheet_address: str, provision: str, at: str = "") -> HttpResponse:
    """To the page of a provision, once something was done."""
    return HttpResponseRedirect(f"{sheet_address}#{at or f'p-{provision}'}", status=303)
