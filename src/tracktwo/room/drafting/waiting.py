"""What of texts waits for a seat. Plain functions, of which each knows one thing that the page of the text says too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from tracktwo.room.access import Viewer, visible
from tracktwo.room.drafting import issuing, one_text_acts
from tracktwo.room.drafting.concordance_acts import side_of
from tracktwo.room.drafting.models import Draft, Mode, Proposal, Text
from tracktwo.room.drafting.shown import Sheet
from tracktwo.room.drafting.standings import UNDECIDED, BracketStanding, ProvisionStanding, standings
from tracktwo.room.drafting.stored import whole
from tracktwo.room.drafting.table import participating
from tracktwo.room.people.models import Circle, Organisation
from tracktwo.room.people.names import ranked
from tracktwo.room.people.wishes import Wish, named
from tracktwo.room.words import Words, say

# what waits for the seat itself


def answers(viewer: Viewer) -> Iterator[Wish]:
    """A one-text of which all are asked for a yes or no, where the own delegation has not answered."""
    mine = _mine(viewer)
    if not mine or not viewer.may("position.take"):
        return
    for text, draft in drafts(viewer, Mode.ONE_TEXT):
        if draft.asked == "asked" and mine not in one_text_acts.answers(viewer, draft):
            yield Wish(say("Your delegation is asked for a yes or no: {title}", "请贵方答复“是”或“否”：{title}",
                           title=named(text.title)), f"/texts/{text.pk}/answer")  # fmt: skip


def waivers(viewer: Viewer) -> Iterator[Wish]:
    """A draft that is issued in one language alone only if the own delegation waives the other."""
    mine = _mine(viewer)
    if not mine or not viewer.may("position.take"):
        return
    for text in texts(viewer).exclude(state=Text.State.CLOSED):
        asked = issuing.waiver_asked(viewer, text)
        if asked is not None and mine not in asked[1]:
            yield Wish(say("You are asked to waive a language for draft {n}: {title}",
                           "请就第{n}号草案决定是否豁免缺少的文本：{title}",
                           n=asked[0], title=named(text.title)), f"/texts/{text.pk}/ledger#waiver")  # fmt: skip


def brackets(viewer: Viewer) -> Iterator[Wish]:
    """Brackets that the chair asks about, and those where another holder has spoken and the own delegation has not."""
    if not viewer.may("position.take"):
        return
    for sheet in sheets(viewer):
        rows = sheet.asked
        if rows:
            here = f"/texts/{sheet.text.pk}"
            href = f"{here}/provisions/{rows[0].provision}/brackets/{rows[0].key}" if len(rows) == 1 else here
            yield Wish(say("{n} bracket waits for your delegation: {title}", "有{n}处方括号待贵方处理：{title}",
                           "{n} brackets wait for your delegation: {title}", n=len(rows),
                           title=named(sheet.text.title)), href)  # fmt: skip


def calls(viewer: Viewer) -> Iterator[Wish]:
    """Brackets about which all were asked, where the day is over or all have answered."""
    if not viewer.may("text.edit"):
        return
    everybody = {str(each.pk) for each in participating(viewer)}
    for sheet in sheets(viewer):
        ripe = [each for each in called(sheet) if _ripe(each[2], everybody, viewer.today)]
        if ripe:
            provision, key, _ = ripe[0]
            here = f"/texts/{sheet.text.pk}"
            yield Wish(say("{n} question about a bracket can be concluded: {title}",
                           "有{n}项方括号征询可作结论：{title}",
                           "{n} questions about brackets can be concluded: {title}", n=len(ripe),
                           title=named(sheet.text.title)),
                       f"{here}/provisions/{provision}/brackets/{key}" if len(ripe) == 1 else here)  # fmt: skip


def confirmations(viewer: Viewer) -> Iterator[Wish]:
    """Proposals of the own delegation on an older draft, which it is asked to confirm on the latest."""
    if not _mine(viewer) or not viewer.may("text.propose"):
        return
    for text, draft in drafts(viewer, Mode.BRACKETED):
        count = older(viewer, text, draft).filter(organisation=viewer.organisation).count()
        if count:
            yield Wish(say("{n} proposal of your delegation is on an older draft: {title}",
                           "贵方有{n}项提案针对较早的草案，待确认：{title}",
                           "{n} proposals of your delegation are on an older draft: {title}", n=count,
                           title=named(text.title)), f"/texts/{text.pk}/proposals")  # fmt: skip


def decisions(viewer: Viewer) -> Iterator[Wish]:
    """Proposals before the body on which the chair has not decided."""
    if not viewer.may("text.edit"):
        return
    for text, draft in drafts(viewer, Mode.BRACKETED):
        rows = visible(viewer).proposals().filter(text=text, group=None, draft=draft, state=Proposal.State.TABLED)
        if count := rows.count():
            yield Wish(say("{n} proposal waits for a decision: {title}", "有{n}项提案待作出决定：{title}",
                           "{n} proposals wait for a decision: {title}", n=count, title=named(text.title)),
                       f"/texts/{text.pk}/proposals")  # fmt: skip


def groups(viewer: Viewer) -> Iterator[Wish]:
    """Contact groups that the seat facilitates and that have not reported back."""
    if not viewer.may("group.report"):
        return
    rows = visible(viewer).groups().filter(facilitator=viewer.seat, reported=False, text__state=Text.State.OPEN)
    for group in rows:
        yield Wish(say("Your contact group has not reported back: {name}", "您召集的联络组尚未报告：{name}",
                       name=named(group.name)), f"/texts/{group.text_id}/groups/{group.pk}")  # fmt: skip


def reviews(viewer: Viewer) -> Iterator[Wish]:
    """Provisions that a linguist's side has not reviewed."""
    side = side_of(viewer)
    if not side or not viewer.may("concordance.write"):
        return
    for text, draft in drafts(viewer):
        if count := unreviewed(viewer, draft, side):
            yield Wish(say("{n} provision waits for your side’s review: {title}", "有{n}条条款待己方审校：{title}",
                           "{n} provisions wait for your side’s review: {title}", n=count, title=named(text.title)),
                       f"/texts/{text.pk}/concordance?stage=mine")  # fmt: skip


def criticisms(viewer: Viewer) -> Iterator[Wish]:
    """Criticism of the latest draft of a one-text."""
    if not viewer.may("text.hear"):
        return
    for text, draft in drafts(viewer, Mode.ONE_TEXT):
        if count := visible(viewer).criticisms().filter(draft=draft, withdrawn=False).count():
            yield Wish(say("{n} criticism of draft {number}: {title}", "第{number}号草案有{n}项批评：{title}",
                           "{n} criticisms of draft {number}: {title}", n=count, number=draft.number,
                           title=named(text.title)), f"/texts/{text.pk}/criticisms")  # fmt: skip


def receipts(viewer: Viewer) -> Iterator[Wish]:
    """Drafts that the own delegation has not said it has."""
    mine = _mine(viewer)
    if not mine or not viewer.may("position.take"):
        return
    for text, draft in drafts(viewer):
        if mine in without_receipt(draft):
            yield Wish(say("Say that you have draft {n}: {title}", "请确认收到第{n}号草案：{title}", n=draft.number,
                           title=named(text.title)), f"/texts/{text.pk}/ledger")  # fmt: skip


# what they are found in


def before_the_body(viewer: Viewer) -> list[tuple[Text, Draft | None]]:
    """Texts before the body and the draft of each that was issued last (a text of concepts has none), by title."""
    rows = sorted(texts(viewer).filter(state=Text.State.OPEN), key=lambda each: sorted(each.title.items()))
    last = {each.text_id: each for each in visible(viewer).drafts().filter(state=Draft.State.ISSUED)}
    return [(each, last.get(each.pk)) for each in rows]


def how_far(viewer: Viewer, before: list[tuple[Text, Draft | None]]) -> Words | None:
    """How far the body is: provisions agreed in the bracketed text that was issued last, else the draft it is at."""
    issued = [(text, draft) for text, draft in before if draft is not None]
    rolling = [(text, draft) for text, draft in issued if text.mode == Mode.BRACKETED]
    if not issued:
        return None
    _, draft = max(rolling or issued, key=lambda each: each[1].issued_on or date.min)
    if not rolling:
        return say("draft {n}", "第{n}号草案", n=draft.number)
    sheet = Sheet.of(viewer, draft, newest=True)
    agreed = sum(each in sheet.standings and sheet.standings[each].light == "plenary" for each in sheet.provisions)
    return say("{agreed} of {n} provision agreed", "{n}条中议定{agreed}条",
               "{agreed} of {n} provisions agreed", agreed=agreed, n=len(sheet.provisions))  # fmt: skip


def texts(viewer: Viewer) -> QuerySet[Text]:
    """Those that the seat sees."""
    return visible(viewer).texts()


def drafts(viewer: Viewer, mode: str = "") -> Iterator[tuple[Text, Draft]]:
    """Texts before the body that have a draft, in that mode or in any, with the latest."""
    for text, draft in before_the_body(viewer):
        if draft is not None and mode in ("", text.mode):
            yield text, draft


def sheets(viewer: Viewer) -> Iterator[Sheet]:
    """The latest drafts of bracketed texts before the body."""
    for _, draft in drafts(viewer, Mode.BRACKETED):
        yield Sheet.of(viewer, draft, newest=True)


def _mine(viewer: Viewer) -> str:
    """The own delegation; empty where the seat is of none."""
    found = viewer.organisation
    return str(found.pk) if found is not None and found.circle == Circle.DELEGATIONS else ""


def table(viewer: Viewer) -> list[Organisation]:
    """The delegations at the table, in the order of the room."""
    return sorted(participating(viewer), key=ranked)


def called(sheet: Sheet) -> list[tuple[str, str, BracketStanding]]:
    """Brackets about which all are asked."""
    return [
        (provision, key, each)
        for provision in sheet.whole.passages
        if provision in sheet.standings
        for key, each in sheet.brackets(provision)
        if each.call is not None and each.state in UNDECIDED
    ]


def _ripe(bracket: BracketStanding, everybody: set[str], today: date) -> bool:
    call = bracket.call or {}
    agreeing = {each for each, said in bracket.said.items() if said == {"fate": call["fate"]}}
    if (everybody & (bracket.holders or {}).keys()) - agreeing:
        return False
    return today > date.fromisoformat(call["until"]) or not everybody - {*call["fine"], *agreeing}


def older(viewer: Viewer, text: Text, draft: Draft) -> QuerySet[Proposal]:
    """Proposals before the room or a group on a draft before the latest."""
    rows = visible(viewer).proposals().filter(text=text, state=Proposal.State.TABLED, draft__isnull=False)
    return rows.exclude(draft=draft)


def unreviewed(viewer: Viewer, draft: Draft, side: str = "") -> int:
    """The provisions that wait to be reviewed, or those that wait for one side."""
    touched, count = standings(viewer, draft), 0
    for identity, passage in whole(draft).passages.items():
        state = touched.get(identity, ProvisionStanding(identity)).checked(passage)
        count += state.stage in {"draft", "reviewed"} and side not in state.reviews
    return count


def without_receipt(draft: Draft) -> set[str]:
    """The delegations that have not said that they have a draft, of those to which it was issued."""
    ledger = draft.ledger or {"to": [], "receipts": []}
    return {each["id"] for each in ledger["to"]} - {*ledger["receipts"]}
