"""What of texts waits for whom, as the mediator's console lists it: by delegation, and of linguists a number.

Who has not answered the one question about a one-text is told to who hears the answers alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tracktwo.room.access import Viewer, visible
from tracktwo.room.drafting import issuing, one_text_acts
from tracktwo.room.drafting.models import Mode, Text
from tracktwo.room.drafting.waiting import called, drafts, older, sheets, table, texts, unreviewed, without_receipt
from tracktwo.room.people.models import Role
from tracktwo.room.people.names import ROLES
from tracktwo.room.people.wishes import Wish, named, of
from tracktwo.room.words import say

LINGUISTS = say("linguists", "语文专家")


def answers_of_others(viewer: Viewer) -> Iterator[Wish]:
    """Delegations that have not answered yes or no; the mediator sees what each has answered."""
    if not viewer.may("text.hear"):
        return
    for text, draft in drafts(viewer, Mode.ONE_TEXT):
        given = one_text_acts.answers(viewer, draft) if draft.asked == "asked" else {}
        for each in table(viewer) if draft.asked == "asked" else ():
            if str(each.pk) not in given:
                words = say("No yes or no yet: {title}", "尚未答复“是”或“否”：{title}", title=named(text.title))
                yield Wish(words, f"/texts/{text.pk}/answer", of(ROLES[Role.HEAD], each))


def waivers_of_others(viewer: Viewer) -> Iterator[Wish]:
    """Heads who have not waived a language."""
    for text in texts(viewer).exclude(state=Text.State.CLOSED):
        asked = issuing.waiver_asked(viewer, text)
        for each in table(viewer) if asked else ():
            if asked and str(each.pk) not in asked[1]:
                words = say("A language not waived for draft {n}: {title}", "第{n}号草案尚未豁免缺少的文本：{title}",
                            n=asked[0], title=named(text.title))  # fmt: skip
                yield Wish(words, f"/texts/{text.pk}/desk", of(ROLES[Role.HEAD], each))


def calls_of_others(viewer: Viewer) -> Iterator[Wish]:
    """Delegations that have not answered what the chair asks about brackets."""
    for sheet in sheets(viewer):
        rows = [each for _, _, each in called(sheet)]
        for delegation in table(viewer):
            mine = str(delegation.pk)
            left = sum(mine not in {*(each.call or {})["fine"], *each.said} for each in rows)
            if left:
                words = say("{n} question about a bracket not answered: {title}", "有{n}项方括号征询尚未答复：{title}",
                            "{n} questions about brackets not answered: {title}", n=left,
                            title=named(sheet.text.title))  # fmt: skip
                yield Wish(words, f"/texts/{sheet.text.pk}", of(ROLES[Role.HEAD], delegation))


def confirmations_of_others(viewer: Viewer) -> Iterator[Wish]:
    """Delegations with proposals on an older draft."""
    for text, draft in drafts(viewer, Mode.BRACKETED):
        left = Counter(each.organisation_id for each in older(viewer, text, draft))
        for each in table(viewer):
            if left[each.pk]:
                words = say("{n} proposal on an older draft to be confirmed: {title}",
                            "有{n}项针对较早草案的提案待确认：{title}",
                            "{n} proposals on an older draft to be confirmed: {title}", n=left[each.pk],
                            title=named(text.title))  # fmt: skip
                yield Wish(words, f"/texts/{text.pk}/proposals", named(each.name))


def groups_of_others(viewer: Viewer) -> Iterator[Wish]:
    """Contact groups that have not reported back."""
    rows = visible(viewer).groups().filter(reported=False, text__state=Text.State.OPEN)
    for group in sorted(rows, key=lambda each: str(each.name)):
        words = say("Contact group has not reported back: {name}", "联络组尚未报告：{name}", name=named(group.name))
        yield Wish(words, f"/texts/{group.text_id}/groups/{group.pk}", named(group.facilitator.name))


def reviews_of_others(viewer: Viewer) -> Iterator[Wish]:
    """Provisions that are not concordant yet."""
    for text, draft in drafts(viewer):
        if count := unreviewed(viewer, draft):
            words = say("{n} provision to be reviewed in both languages: {title}",
                            "有{n}条条款的两种语言文本待审校：{title}",
                        "{n} provisions to be reviewed in both languages: {title}", n=count,
                        title=named(text.title))  # fmt: skip
            yield Wish(words, f"/texts/{text.pk}/concordance", LINGUISTS)


def receipts_of_others(viewer: Viewer) -> Iterator[Wish]:
    """Delegations that have not said that they have the latest draft."""
    for text, draft in drafts(viewer):
        without = without_receipt(draft)
        for each in table(viewer):
            if str(each.pk) in without:
                words = say("Receipt of draft {n} not confirmed: {title}", "尚未确认收到第{n}号草案：{title}",
                            n=draft.number, title=named(text.title))  # fmt: skip
                yield Wish(words, f"/texts/{text.pk}/ledger", of(ROLES[Role.HEAD], each))


OTHERS = (
    answers_of_others, waivers_of_others, calls_of_others, confirmations_of_others, groups_of_others,
    reviews_of_others, receipts_of_others,
)  # fmt: skip
