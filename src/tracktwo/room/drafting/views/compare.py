"""What changed between two drafts: redlines in both languages, of the provisions that changed alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Absent, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting.desk_forms import TONGUES
from tracktwo.room.drafting.differences import Changed, Difference, difference
from tracktwo.room.drafting.models import Draft, Text
from tracktwo.room.drafting.stored import names_of, whole
from tracktwo.room.words import Words, language, say
from tracktwo.text.drafts import LANGUAGES

WORKING = "working"


@door("text.read")
def compare(request: HttpRequest, text: UUID) -> HttpResponse:
    """Two drafts of a text: those that are named, else the last two."""
    who = viewer(request)
    row: Text = one(visible(who).texts(), text)
    drafts = {_key(each): each for each in visible(who).drafts().filter(text=row).order_by("number")}
    context: dict[str, Any] = {"text": row, "choices": [(key, _named(each)) for key, each in drafts.items()]}
    if len(drafts) >= 2:
        keys = [*drafts]
        chosen = [request.GET.get("from") or keys[-2], request.GET.get("to") or keys[-1]]
        if any(each not in drafts for each in chosen):
            raise Absent
        names = names_of(row)
        one_, other = (drafts[each] for each in chosen)
        found = difference(whole(one_, names), whole(other, names))
        context |= {
            "one": one_,
            "other": other,
            "named": [_named(one_), _named(other)],
            "chosen": chosen,
            "backwards": one_.number > other.number,
            "found": found,
            "rows": [_row(each) for each in found.rows],
            "words": _words(found),
            "renumbered": [[each.rstrip(".") for each in pair] for pair in found.renumbered],
        }
    return render(request, "drafting/compare.html", context)


def _key(draft: Draft) -> str:
    return WORKING if draft.state == Draft.State.WORKING else str(draft.number)


def _named(draft: Draft) -> Words:
    if draft.state == Draft.State.WORKING:
        return say("the working draft", "工作草案")
    return say("draft {n}", "第{n}号草案", n=draft.number)


STATES = {
    "new": say("new", "新增"),
    "gone": say("gone", "已删除"),
    "changed": say("changed", "有改动"),
    "same": say("moved, not changed", "仅移动，文字未变"),
}


def _row(changed: Changed) -> dict[str, Any]:
    order = LANGUAGES if language() == "en" else LANGUAGES[::-1]
    return {
        "of": changed,
        "state": STATES[changed.state],
        "sides": [(of, [(edit.kind, edit.text) for edit in changed.sides[of]]) for of in order if of in changed.sides],
        "same": [TONGUES[of] for of in order if of not in changed.sides] if changed.state == "changed" else [],
    }


_COUNTED = {
    "en": say("{of}: words added {came}, deleted {went}", "{of}：增{came}词，删{went}词"),
    "zh": say("{of}: characters added {came}, deleted {went}", "{of}：增{came}字，删{went}字"),
}


def _words(found: Difference) -> list[Words]:
    return [
        _COUNTED[of].with_(of=TONGUES[of], came=found.words[of][0], went=found.words[of][1])
        for of in LANGUAGES
        if any(found.words[of])
    ]
