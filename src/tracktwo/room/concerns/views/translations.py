"""What linguists have to translate and to review."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Viewer, one
from tracktwo.room.concerns import acts
from tracktwo.room.concerns.forms import TranslateForm
from tracktwo.room.concerns.translating import digest, own_draft, stands, translated, wanting
from tracktwo.room.concerns.wording import CONCERN, STATEMENT, TRANSLATION, other
from tracktwo.room.doors import door, viewer
from tracktwo.room.words import TAGS, Words, say

KINDS: dict[str, Words] = {"concerns": say("Concern", "关切"), "statements": say("Statement", "观点")}
LIMITS = {"concerns": CONCERN, "statements": STATEMENT}


@door("translation.write")
def translations(request: HttpRequest) -> HttpResponse:
    """What waits to be translated or reviewed."""
    who = viewer(request)
    rows = [_seen(who, kind, row) for kind, row in wanting(who)]
    context = {
        "needed": [row for row in rows if row["state"] == "needed"],
        "drafts": [row for row in rows if row["state"] == "draft"],
    }
    return render(request, "concerns/translations.html", context)


@door("translation.write", "GET", "POST")
def translation(request: HttpRequest, kind: str, given: UUID) -> HttpResponse:
    """One text: its original, and what it says in the other language."""
    who = viewer(request)
    row = one(translated(who, kind), given)
    posted = request.POST if request.method == "POST" else None
    form = TranslateForm(row.body, LIMITS[kind], posted)
    if form.is_bound and form.is_valid():
        acts.translate(who, kind, given, form.cleaned_data["text"])
        return HttpResponseRedirect("/translations", status=303)
    context = _seen(who, kind, row) | {"form": form}
    return render(request, "concerns/translation.html", context, status=422 if form.errors else 200)


@door("translation.write", "POST")
def review(request: HttpRequest, kind: str, given: UUID) -> HttpResponse:
    """Confirm a draft by another side."""
    acts.review(viewer(request), kind, given, request.POST.get("read", ""))
    return HttpResponseRedirect("/translations", status=303)


def _seen(who: Viewer, kind: str, row: Any) -> dict[str, Any]:
    body = row.body
    return {
        "kind": kind,
        "kind_words": KINDS[kind],
        "id": row.id,
        "body": body,
        "original": {"text": body[body["original"]], "tag": TAGS[body["original"]]},
        "translated": {"text": body[other(body)], "tag": TAGS[other(body)]},
        "state": body["translation"],
        "state_words": TRANSLATION[body["translation"]],
        "own": own_draft(who, body),
        "stands": stands(row),
        "digest": digest(body),
    }
