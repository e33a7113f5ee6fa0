"""The desk: the working draft, and the acts on it as a whole."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Refused
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.at_work import TONGUES, Desk, collided
from tracktwo.room.drafting.desk_forms import MEANS, MODES
from tracktwo.room.drafting.issuing import heads_missing, missing
from tracktwo.room.drafting.models import Mode
from tracktwo.room.drafting.table import participating
from tracktwo.room.drafting.views.texts import ask as sure
from tracktwo.room.people.views.pages import see
from tracktwo.room.words import Words, language, say
from tracktwo.text.drafts import LANGUAGES
from tracktwo.text.errors import TextError


@door("text.edit")
def desk(request: HttpRequest, text: UUID) -> HttpResponse:
    """The working draft, with what is missing in it; how to begin one where there is none."""
    found = Desk.of(viewer(request), text)
    if found.text.mode == Mode.CONCEPTUAL:
        return see(f"/texts/{text}")  # it has no drafts
    return _page(request, found)


def _page(request: HttpRequest, found: Desk, wrong: Words | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "desk": found,
        "text": found.text,
        "mode": MODES[found.text.mode],
        "means": MEANS[found.text.mode],
        "wrong": wrong,
        "order": LANGUAGES if language() == "en" else LANGUAGES[::-1],
    }
    if found.working is not None:
        without = heads_missing(found.viewer, found.working)
        context |= {
            "hash": found.whole.hash,
            "waived": len(participating(found.viewer)) - len(without),
            "without": without,
            "asked": found.working.waiver["asked"],
            "ready": not found.lacking or not without,
        }
    return render(request, "drafting/desk.html", context, status=status)


@door("text.edit", "POST")
def consolidate(request: HttpRequest, text: UUID) -> HttpResponse:
    """Make the working draft of the last one that was issued."""
    found = Desk.of(viewer(request), text)
    try:
        issuing.consolidate(found.viewer, text)
    except TextError as error:
        return _page(request, found, collided(found, error), 409)
    return see(f"/texts/{text}/desk")


@door("text.edit", "POST")
def ask(request: HttpRequest, text: UUID) -> HttpResponse:
    """Ask every head to waive the missing language."""
    issuing.ask_waiver(viewer(request), text)
    return see(f"/texts/{text}/desk")


@door("text.edit", "POST")
def discard(request: HttpRequest, text: UUID) -> HttpResponse:
    """Throw the working draft away, once that is confirmed."""
    found = Desk.of(viewer(request), text)
    if request.POST.get("sure") == "yes":
        issuing.discard(found.viewer, text)
        return see(f"/texts/{text}/desk")
    if found.working is None:
        raise Refused(issuing.NO_DRAFT)
    return sure(
        request,
        found.text,
        heading=say("Discard the working draft?", "是否放弃工作草案？"),
        lead=say("Everything written in it since the last draft was issued is deleted. Issued drafts stay.",
                 "自上一号草案印发以来写入的内容将全部删除。已印发的草案不受影响。"),
        button=say("Discard it", "放弃"),
        back=f"/texts/{text}/desk",
    )  # fmt: skip


@door("text.edit", "POST")
def issue(request: HttpRequest, text: UUID) -> HttpResponse:
    """Issue the working draft, once what then happens is confirmed."""
    found = Desk.of(viewer(request), text)
    if request.POST.get("sure") == "yes":
        made = issuing.issue(found.viewer, text, request.POST.get("seen", ""))
        return see(f"/texts/{text}/ledger#draft-{made.number}")
    if found.working is None:
        raise Refused(issuing.NO_DRAFT)
    files = [TONGUES[of] for of in LANGUAGES if any(each[of] is not None for each in found.whole.draft.provisions)]
    context = {
        "desk": found,
        "text": found.text,
        "hash": found.whole.hash,
        "files": files,
        "to": participating(found.viewer),
        "waived": bool(missing(found.working)),
        "ready": not missing(found.working) or not heads_missing(found.viewer, found.working),
    }
    return render(request, "drafting/issue.html", context)
