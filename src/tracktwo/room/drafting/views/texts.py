"""The texts before the body: a list, beginning one, naming and closing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Viewer, one, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.desk_forms import MEANS, MODES, TextForm
from tracktwo.room.drafting.models import Draft, Mode, Proposal, Text
from tracktwo.room.drafting.standings import standings
from tracktwo.room.drafting.stored import whole
from tracktwo.room.people.views.pages import see, sent
from tracktwo.room.words import Words, language, say

STATES: dict[str, Words] = {
    Text.State.OPEN: say("Before the body", "审议中"),
    Text.State.PREPARING: say("Being prepared", "起草中"),
    Text.State.CLOSED: say("Closed", "已结束"),
}


@door("text.read")
def texts(request: HttpRequest) -> HttpResponse:
    """Every text that may be seen, those before the body first, with what is open in each."""
    who = viewer(request)
    rows = sorted(visible(who).texts(), key=lambda each: _named(each.title))
    groups = [(STATES[state], [_row(who, each) for each in rows if each.state == state]) for state in STATES]
    return render(request, "drafting/texts.html", {"groups": [each for each in groups if each[1]]})


def _named(title: dict[str, str]) -> str:
    return title.get(language()) or title.get("en") or title.get("zh", "")


def _row(who: Viewer, text: Text) -> dict[str, Any]:
    drafts = visible(who).drafts().filter(text=text)
    latest = drafts.filter(state=Draft.State.ISSUED).order_by("-number").first()
    waiver = issuing.waiver_asked(who, text) if who.may("position.take") else None
    return {
        "text": text,
        "mode": MODES[text.mode],
        "means": MEANS[text.mode],
        "drafted": text.mode != Mode.CONCEPTUAL,
        "latest": latest,
        "open": _concepts(who, text) if text.mode == Mode.CONCEPTUAL else _open(who, text, latest) if latest else [],
        "working": drafts.filter(state=Draft.State.WORKING).first(),
        "waive": waiver is not None and who.organisation is not None and str(who.organisation.pk) not in waiver[1],
    }


def _open(who: Viewer, text: Text, latest: Draft) -> list[Words]:
    """What is open in the latest draft, in words."""
    found = []
    if text.mode == Mode.BRACKETED:
        states = standings(who, latest)
        passages = whole(latest).passages
        brackets = sum(
            len(states[each].undecided(passage)) if each in states else len(passage.pairs)
            for each, passage in passages.items()
        )
        found.append(say("{n} bracket is open", "{n}处方括号未决", "{n} brackets are open", n=brackets))
        if who.may("position.read"):
            rows = visible(who).proposals().filter(text=text, group=None, state=Proposal.State.TABLED)
            found.append(say("{n} proposal is before the body", "{n}项提案待审议",
                             "{n} proposals are before the body", n=rows.count()))  # fmt: skip
    if latest.asked == "asked":
        found.append(say("every delegation is asked for a yes or no", "正在请各方答复“是”或“否”"))
    return found


def _concepts(who: Viewer, text: Text) -> list[Words]:
    """How many concepts are before the body, for who may see them."""
    if text.state == Text.State.PREPARING or not who.may("position.read"):
        return []
    rows = visible(who).proposals().filter(text=text, draft=None, state=Proposal.State.TABLED)
    return [
        say("{n} concept is before the body", "{n}项概念待审议", "{n} concepts are before the body", n=rows.count())
    ]


@door("text.edit", "GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a text."""
    form = TextForm(sent(request), initial={"mode": Mode.BRACKETED})
    if form.is_bound and form.is_valid():
        made = issuing.create_text(viewer(request), form.cleaned_data["title"], form.cleaned_data["mode"])
        return see(f"/texts/{made.pk}/desk")
    return render(request, "drafting/new.html", {"form": form}, status=422 if form.is_bound else 200)


@door("text.edit", "GET", "POST")
def settings(request: HttpRequest, text: UUID) -> HttpResponse:
    """Name a text, choose its mode while it is being prepared, close it."""
    who = viewer(request)
    row: Text = one(visible(who).texts(), text)
    if request.method == "POST" and request.POST.get("act") == "close":
        return _close(request, who, row)
    fixed = row.state != Text.State.PREPARING
    form = TextForm(sent(request), initial={"title": row.title, "mode": row.mode}, fixed=fixed)
    if form.is_bound and form.is_valid():
        issuing.settle_text(who, text, form.cleaned_data["title"], form.cleaned_data.get("mode", row.mode))
        return see(f"/texts/{text}/desk")
    context = {"form": form, "text": row, "mode": MODES[row.mode], "means": MEANS[row.mode], "fixed": fixed}
    return render(request, "drafting/settings.html", context, status=422 if form.is_bound else 200)


def _close(request: HttpRequest, who: Viewer, row: Text) -> HttpResponse:
    """Close a text, once that is confirmed."""
    if request.POST.get("sure") == "yes":
        issuing.settle_text(who, row.pk, row.title, row.mode, close=True)
        return see("/texts")
    return ask(
        request,
        row,
        heading=say("Close this text?", "是否结束本案文？"),
        lead=say(
            "Nothing more is drafted, proposed, held or lifted in it; a working draft is not issued. What was issued "
            "stays readable. It cannot be opened again.",
            "此后不再起草或提案，也不再持有或取消方括号，工作草案不再印发。已印发的草案仍可阅读。结束后不能重新开启。",
        ),
        button=say("Close it", "结束"),
        back=f"/texts/{row.pk}/settings",
        hidden={"act": "close"},
    )


def ask(request: HttpRequest, text: Text, *, hidden: dict[str, str] | None = None, **page: Any) -> HttpResponse:
    """Ask before an act; the answer comes back to the same address with ``sure``."""
    hidden = {"sure": "yes"} | (hidden or {})
    return render(request, "drafting/sure.html", {"text": text, "hidden": hidden, **page})
