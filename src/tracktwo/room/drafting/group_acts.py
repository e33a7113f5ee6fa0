"""Acts of contact groups: some seats work on some provisions, and report back to the room.

All in the room see who works on what. What is proposed within is seen by the members, the facilitator and who drafts,
until the group reports back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tracktwo.room.access import TABLE, Absent, Refused, Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.drafting.models import Draft, Group, Member, Mode, Proposal, Standing, Text
from tracktwo.room.drafting.standings import ProvisionStanding, latest, mark_of, standings, written
from tracktwo.room.drafting.stored import Whole, whole
from tracktwo.room.drafting.texts import locked, require_unclosed
from tracktwo.room.people.models import Role, Seat
from tracktwo.room.words import say

if TYPE_CHECKING:
    from tracktwo.room.drafting.proposing import Given

FACILITATES = TABLE | {Role.MEDIATOR, Role.CHAIR, Role.SECRETARIAT}
REPORTED = say("This group has reported back: nothing more is done in it.", "本联络组已报告，不再办理任何事项。")


def set_up(
    viewer: Viewer, text: object, name: Mapping[str, str], facilitator: object, members: Iterable[object],
    provisions: Iterable[str],
) -> Group:  # fmt: skip
    """Set up a contact group on some provisions of the latest draft."""
    with act(viewer, "text.edit") as leaf:
        row = _open(viewer, text)
        read = whole(latest(viewer, row.pk))
        wanted = {*provisions}
        if wanted - read.passages.keys():
            raise Absent
        part = [each for each in read.passages if each in wanted]
        seats = [one(seats_of(viewer, TABLE), each) for each in members]
        if not part or not seats:
            raise Refused(say("A group has members, and provisions to work on.", "联络组须有成员及所讨论的条款。"))
        leads = one(seats_of(viewer, FACILITATES), facilitator)
        made = Group.objects.create(
            text=row, facilitator=leads, name=dict(name), brief={"provisions": part, "report": None}
        )
        Member.objects.bulk_create(Member(group=made, seat=each) for each in {each.pk: each for each in seats}.values())
        content = {"name": dict(name), "members": sorted({str(each.pk) for each in seats}), "provisions": part}
        leaf.commits("group", made.pk, content)
    return made


def seats_of(viewer: Viewer, roles: Collection[str]) -> Any:
    """The seats that are taken and in one of some roles, of those that the viewer sees."""
    return visible(viewer).seats().filter(state=Seat.State.ACTIVE, role__in=[*roles])


def inside(viewer: Viewer, group: Group) -> bool:
    """Whether a seat sees what is done within a group."""
    return viewer.may("text.edit") or group.facilitator_id == viewer.seat.pk or member(viewer, group)


def member(viewer: Viewer, group: Group) -> bool:
    """Whether a seat is a member of a group."""
    return group.members.filter(pk=viewer.seat.pk).exists()


def require_within(viewer: Viewer, text: Text, group: Group, given: Given) -> None:
    """That a member proposes this in a group that works on it; within the act that proposes it."""
    row: Group = one(visible(viewer).groups().filter(text=text), group.pk)
    if not inside(viewer, row):
        raise Absent
    if not member(viewer, row):
        raise Refused(say("Only members of the group propose within it.", "仅联络组成员可在组内提案。"))
    if row.reported:
        raise Refused(REPORTED)
    if {given.provision, given.after} - {None, *row.brief["provisions"]} or given.action == "MOVE":
        raise Refused(say("The group works on other provisions. Propose this before the room.",
                          "此条款不属于本联络组的讨论范围，请向全体提案。"))  # fmt: skip


def report(
    viewer: Viewer, text: object, group: object, words: Mapping[str, str], chosen: Iterable[str], agreed: Iterable[str]
) -> Group:
    """Report back: ``chosen`` proposals go to the room, ``agreed`` provisions are agreed in the group; it is closed."""
    with act(viewer, "group.report") as leaf:
        text_row = _open(viewer, text)
        row: Group = one(visible(viewer).groups().filter(text=text_row), group)
        if not inside(viewer, row):
            raise Absent
        if not viewer.may("text.edit") and row.facilitator_id != viewer.seat.pk:
            raise Refused(say("The facilitator of the group reports back, or whoever drafts the text.",
                              "由联络组召集人或案文起草者报告。"))  # fmt: skip
        if row.reported:
            raise Refused(REPORTED)
        rows = [one(tabled(viewer, row), each) for each in {*chosen}]
        draft = latest(viewer, text_row.pk)
        lit = _light(viewer, draft, row, {*agreed})
        for each in rows:
            each.group, each.content = None, each.content | {"reported": row.name}
            each.save(update_fields=["group", "content"])
        row.brief, row.reported = row.brief | {"report": dict(words)}, True
        row.save(update_fields=["brief", "reported"])
        told = {"report": dict(words), "proposals": sorted(str(each.pk) for each in rows), "agreed": lit}
        leaf.commits("report", row.pk, told)
    return row


def tabled(viewer: Viewer, group: Group) -> Any:
    """The proposals that stand within a group, for those inside."""
    return visible(viewer).proposals().filter(group=group, state=Proposal.State.TABLED)


def agreeable(read: Whole, found: Mapping[str, ProvisionStanding], group: Group) -> list[str]:
    """The provisions of a group in which no bracket is open, of those that are in the draft."""
    part = [each for each in group.brief["provisions"] if each in read.passages]
    return [each for each in part if not found.get(each, ProvisionStanding(each)).undecided(read.passages[each])]


def _light(viewer: Viewer, draft: Draft, group: Group, agreed: set[str]) -> list[str]:
    """Mark the provisions as agreed in a group; what is agreed in plenary stays so. Which ones."""
    found, read = standings(viewer, draft), whole(draft)
    if agreed - {*group.brief["provisions"]}:
        raise Absent
    if agreed - {*agreeable(read, found, group)}:
        raise Refused(
            say("A bracket is open in one of the provisions that you chose: it is not agreed. Nothing was changed.",
                "所选条款中有方括号未决，尚未议定。未作任何变更。")
        )  # fmt: skip
    lit = [each for each in group.brief["provisions"] if each in agreed]
    for each in lit:
        standing = found.get(each, ProvisionStanding(each))
        if standing.light == "open":
            standing.light = "group"
            defaults = {"draft": draft, "state": written(standing)}
            Standing.objects.update_or_create(pk=mark_of(draft.pk, each), defaults=defaults)
    return lit


def _open(viewer: Viewer, text: object) -> Text:
    row = locked(viewer, text)
    if row.mode != Mode.BRACKETED:
        raise Absent
    require_unclosed(row)
    return row
