"""Acts on a text of concepts: proposing one, echoing it, and the end of a turn, at which what nobody echoed lapses."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.drafting.models import Mode, Proposal, Text
from tracktwo.room.drafting.table import own, participating
from tracktwo.room.drafting.texts import locked, require_unclosed
from tracktwo.room.words import Words, say

STATES: dict[str, Words] = {
    Proposal.State.TABLED: say("before the body", "待审议"),
    Proposal.State.LAPSED: say("lapsed: no other delegation echoed it", "已失效（无其他与会方呼应）"),
    Proposal.State.WITHDRAWN: say("withdrawn", "已撤回"),
}


def open_concepts(viewer: Viewer, text: object) -> Text:
    """Put a text of concepts before the body."""
    with act(viewer, "text.edit") as leaf:
        row = _locked(viewer, text)
        if row.state != Text.State.PREPARING:
            raise Refused(say("It is before the body already.", "本案文已提交各方。"))
        row.state = Text.State.OPEN
        row.save(update_fields=["state"])
        leaf.commits("text", row.pk, {"state": row.state})
    return row


def propose(viewer: Viewer, text: object, title: dict[str, str], body: dict[str, str]) -> Proposal:
    """Propose a concept for the own delegation."""
    with act(viewer, "text.propose") as leaf:
        content = {"title": title, "body": body, "echoes": []}
        made = Proposal.objects.create(text=_open(viewer, text), organisation=own(viewer), content=content)
        leaf.commits("concept", made.pk, content)
    return made


def echo(viewer: Viewer, text: object, concept: object) -> Proposal:
    """Echo another delegation's concept, for the own delegation: it does not lapse then."""
    with act(viewer, "position.take") as leaf:
        row, mine = _tabled(viewer, text, concept), str(own(viewer).pk)
        if str(row.organisation_id) == mine:
            raise Refused(say("Your own delegation proposed it. Another delegation can echo it.",
                              "此概念由贵方提出，须由其他与会方呼应。"))  # fmt: skip
        if mine in row.content["echoes"]:
            raise Refused(say("Your delegation echoes it already.", "贵方已呼应此概念。"))
        _keep(row, {*row.content["echoes"], mine})
        leaf.commits("echo", row.pk, {"of": mine})
    return row


def take_back(viewer: Viewer, text: object, concept: object) -> Proposal:
    """Take back the own delegation's echo, as long as the concept is before the body."""
    with act(viewer, "position.take") as leaf:
        row, mine = _tabled(viewer, text, concept), str(own(viewer).pk)
        if mine not in row.content["echoes"]:
            raise Refused(say("Your delegation does not echo it.", "贵方未呼应此概念。"))
        _keep(row, {*row.content["echoes"]} - {mine})
        leaf.commits("echo taken back", row.pk, {"of": mine})
    return row


def withdraw(viewer: Viewer, text: object, concept: object) -> Proposal:
    """Withdraw a concept of the own delegation."""
    with act(viewer, "text.propose") as leaf:
        row = _tabled(viewer, text, concept)
        if row.organisation_id != own(viewer).pk:
            raise Refused(say("Only the delegation that proposed it withdraws it.", "仅提出此概念的与会方可撤回。"))
        row.state = Proposal.State.WITHDRAWN
        row.save(update_fields=["state"])
        leaf.commits("withdrawal", row.pk)
    return row


def lapse(viewer: Viewer, text: object, shown: Iterable[str]) -> int:
    """End a turn: of the concepts that the chair's page showed, those that nobody echoes lapse. How many did.

    One that was proposed since that page was opened has not had its turn, and stays.
    """
    with act(viewer, "text.edit") as leaf:
        row, wanted = _open(viewer, text), {*shown}
        rows = [each for each in _concepts(viewer, row) if str(each.pk) in wanted]
        table = {str(each.pk) for each in participating(viewer)}
        lapsed = [each for each in rows if not echoes(each, table)]
        if not lapsed:
            raise Refused(say("No concept is without an echo: none lapses.", "各项概念均有呼应，无一失效。"))
        Proposal.objects.filter(pk__in=[each.pk for each in lapsed]).update(state=Proposal.State.LAPSED)
        leaf.commits("turn", row.pk, {"lapsed": sorted(str(each.pk) for each in lapsed)})
    return len(lapsed)


def echoes(concept: Proposal, table: Collection[str]) -> list[str]:
    """The delegations that echo a concept, of those at the table: the echoes of who is suspended or gone are frozen."""
    return [each for each in concept.content["echoes"] if each in table]


def _locked(viewer: Viewer, text: object) -> Text:
    row = locked(viewer, text)
    if row.mode != Mode.CONCEPTUAL:
        raise Absent
    return row


def _open(viewer: Viewer, text: object) -> Text:
    """The text, locked, if it is before the body."""
    row = _locked(viewer, text)
    require_unclosed(row)
    if row.state != Text.State.OPEN:
        raise Refused(
            say("It is not before the body yet. Put it before the body first.", "本案文尚未提交各方，请先提交。")
        )
    return row


def _concepts(viewer: Viewer, text: Text) -> list[Proposal]:
    return list(visible(viewer).proposals().filter(text=text, draft=None, state=Proposal.State.TABLED))


def _tabled(viewer: Viewer, text: object, concept: object) -> Proposal:
    """A concept that is before the body."""
    row: Proposal = one(visible(viewer).proposals().filter(text=_open(viewer, text), draft=None), concept)
    if row.state != Proposal.State.TABLED:
        raise Refused(
            say("The state of this concept: {state}. Nothing was changed.", "此概念的状态为：{state}。未作任何变更。",
                state=STATES[row.state])
        )  # fmt: skip
    return row


def _keep(row: Proposal, echoes: set[str]) -> None:
    row.content = row.content | {"echoes": sorted(echoes)}
    row.save(update_fields=["content"])
