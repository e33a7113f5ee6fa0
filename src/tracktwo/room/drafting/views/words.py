"""The words of a provision of the working draft: writing, inserting, removing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Absent, Refused
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.at_work import Desk
from tracktwo.room.drafting.briefly import briefly
from tracktwo.room.drafting.desk_forms import TONGUES, InsertForm, ProvisionForm
from tracktwo.room.drafting.refusals import said
from tracktwo.room.drafting.stored import whole
from tracktwo.room.drafting.views.texts import ask as sure
from tracktwo.room.people.views.pages import see, sent
from tracktwo.room.words import say
from tracktwo.text.drafts import LANGUAGES
from tracktwo.text.errors import TextError


@door("text.edit", "GET", "POST")
def write(request: HttpRequest, text: UUID, provision: str) -> HttpResponse:
    """The words of a provision in both languages."""
    found = Desk.of(viewer(request), text)
    passage = found.passage(provision)
    row = passage.provision
    form = ProvisionForm(sent(request), initial={"words": {"en": row.en, "zh": row.zh}, "seen": found.whole.hash})
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["words"]
        for of in LANGUAGES:
            if row[of] is not None and not words[of].strip():
                form.add_error("words", str(say(
                    "The {of} cannot be left without words. Remove the provision if it is to go.",
                    "{of}文本不能为空。如不再需要本条款，请将其删除。", of=TONGUES[of])))  # fmt: skip
        if form.is_valid():
            try:
                issuing.write_provision(found.viewer, text, provision, words["en"] or None, words["zh"] or None,
                                        form.cleaned_data["seen"])  # fmt: skip
                return see(f"/texts/{text}/desk#p-{provision}")
            except (TextError, Refused) as error:
                status = _kept(form, found, error)
    issued = whole(found.last, found.names).passages.get(provision) if found.last else None
    context = {
        "desk": found,
        "text": found.text,
        "identity": row.id,
        "label": row.label,
        "origin": row.origin,
        "named": briefly(passage),
        "form": form,
        "issued": _bodies(issued) if issued and _bodies(issued) != _bodies(passage) else None,
        "now": _bodies(passage) if status == 409 else None,
        "unmatched": [each for each in found.unmatched if each.passage is passage],
    }
    return render(request, "drafting/desk_provision.html", context, status=status)


def _bodies(passage: Any) -> dict[str, str]:
    return {of: passage.provision[of] or "" for of in LANGUAGES}


def _kept(form: ProvisionForm, found: Desk, error: TextError | Refused) -> int:
    """Say what is wrong; what was typed stays, to be sent against the words as they are now."""
    form.data = form.data.copy()
    form.data["seen"] = found.whole.hash
    if isinstance(error, Refused):
        form.add_error(None, str(error.words))
        return 409
    form.add_error("words", str(said(error)))
    return 422


@door("text.edit", "GET", "POST")
def insert(request: HttpRequest, text: UUID) -> HttpResponse:
    """A new provision, behind another one or at the beginning."""
    found = Desk.of(viewer(request), text)
    after = request.POST.get("after", "") if request.method == "POST" else request.GET.get("after", "")
    behind = found.passage(after) if after else None
    form = InsertForm(sent(request), initial={"after": after, "seen": found.whole.hash})
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        given, words = form.cleaned_data, form.cleaned_data["words"]
        try:
            issuing.add_provision(found.viewer, text, after or None, given["label"], words["en"] or None,
                                  words["zh"] or None, given["seen"], given["origin"])  # fmt: skip
            return see(f"/texts/{text}/desk" + (f"#p-{after}" if after else ""))
        except (TextError, Refused) as error:
            status = _kept(form, found, error)
    context = {"desk": found, "text": found.text, "form": form, "behind": behind and briefly(behind)}
    return render(request, "drafting/desk_insert.html", context, status=status)


@door("text.edit", "POST")
def remove(request: HttpRequest, text: UUID, provision: str) -> HttpResponse:
    """Take a provision out of the working draft, once that is confirmed."""
    found = Desk.of(viewer(request), text)
    if found.working is None:
        raise Absent
    if request.POST.get("sure") == "yes":
        issuing.remove_provision(found.viewer, text, provision, request.POST.get("seen", ""))
        return see(f"/texts/{text}/desk")
    return sure(
        request,
        found.text,
        about=_bodies(found.passage(provision)),
        heading=say("Remove this provision?", "是否删除此条款？"),
        lead=say("It goes from the working draft in both languages. Drafts that were issued keep it.",
                 "两种语言的文本均从工作草案中删除。已印发的草案予以保留。"),
        button=say("Remove it", "删除"),
        back=f"/texts/{text}/desk/provisions/{provision}",
        hidden={"seen": found.whole.hash},
    )  # fmt: skip
