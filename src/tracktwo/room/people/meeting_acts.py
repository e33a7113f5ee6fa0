"""Rounds and meetings: planned, entered, their agendas, lists, papers and what is to be done after them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.acts import Leaf, act
from tracktwo.room.people.models import Invited, Meeting, Paper, Round, Seat
from tracktwo.room.people.stops import invitable
from tracktwo.room.words import say


def save_round(viewer: Viewer, given: dict[str, Any], identifier: object = None) -> Round:
    """Plan a round, or change one."""
    with act(viewer, "meeting.edit") as leaf:
        rounds = visible(viewer).rounds()
        found = one(rounds, identifier) if identifier else Round(process=viewer.process)
        if rounds.filter(number=given["number"]).exclude(pk=found.pk).exists():
            raise ValidationError(say("Another round has this number.", "该轮次已存在。"))  # type: ignore[arg-type]
        held = Meeting.objects.filter(round=found)
        if held.filter(day__lt=given["begins"]).exists() or held.filter(day__gt=given["ends"]).exists():
            words = say("A meeting of the round lies outside these days.", "本轮已有会议不在上述日期之内。")
            raise ValidationError(words)  # type: ignore[arg-type]
        for name in ("number", "title", "place", "begins", "ends"):
            setattr(found, name, given[name])
        found.save()
        leaf.commits("round", found.id, {"number": found.number, "title": found.title, "place": found.place,
                                         "begins": str(found.begins), "ends": str(found.ends)})  # fmt: skip
    return found


def open_round(viewer: Viewer, identifier: object) -> None:
    """Open a round that is planned; one is open at a time."""
    with act(viewer, "meeting.edit") as leaf:
        found: Round = one(visible(viewer).rounds(), identifier)
        if found.state != "planned":
            raise Refused(say("Only a round that is planned can be opened.", "只有筹备中的轮次才能开启。"))
        if visible(viewer).rounds().filter(state="open").exists():
            raise Refused(say("Another round is open. Close it first.", "另一轮尚在进行。请先将其结束。"))
        _move(found, "open", leaf)


def close_round(viewer: Viewer, identifier: object) -> None:
    """Close a round that is open."""
    with act(viewer, "meeting.edit") as leaf:
        found: Round = one(visible(viewer).rounds(), identifier)
        if found.state != "open":
            raise Refused(say("Only a round that is open can be closed.", "只有进行中的轮次才能结束。"))
        _move(found, "closed", leaf)


def _move(found: Round, state: str, leaf: Leaf) -> None:
    found.state = state
    found.save(update_fields=["state"])
    leaf.commits("round", found.id, {"state": state})


def save_meeting(viewer: Viewer, given: dict[str, Any], identifier: object = None) -> Meeting:
    """Plan a meeting, enter one that was held without the room, or change one."""
    with act(viewer, "meeting.edit") as leaf:
        within: Round = one(visible(viewer).rounds(), given["round"])
        empty: dict[str, Any] = {"agenda": {"items": [], "cleared": []}, "actions": {"items": []}}
        meeting = one(visible(viewer).meetings(), identifier) if identifier else Meeting(**empty)
        if within.state == "closed" and not given["offline"] and identifier is None:
            words = say("The round is closed. What was held without the room can still be entered, and is marked so.",
                        "本轮已结束。未使用本系统举行的会议仍可补录，并将注明。")  # fmt: skip
            raise ValidationError(words)  # type: ignore[arg-type]
        if (meeting.format, meeting.day, meeting.hour) != (given["format"], given["day"], given["hour"]):
            meeting.agenda = meeting.agenda | {"cleared": []}
        meeting.round = within
        for name in ("format", "title", "day", "hour", "offline"):
            setattr(meeting, name, given[name])
        meeting.save()
        leaf.commits("meeting", meeting.id, {"format": meeting.format, "title": meeting.title, "day": str(meeting.day),
                                             "hour": str(meeting.hour or ""), "offline": meeting.offline})  # fmt: skip
    return meeting


def save_agenda(viewer: Viewer, identifier: object, items: list[dict[str, str]]) -> Meeting:
    """Write the agenda; once its items change, counsel clear it again."""
    with act(viewer, "meeting.edit") as leaf:
        meeting: Meeting = one(visible(viewer).meetings(), identifier)
        if items != meeting.agenda["items"]:
            meeting.agenda = {"items": items, "cleared": []}
            meeting.save(update_fields=["agenda"])
        leaf.commits("agenda", meeting.id, items)
    return meeting


def save_actions(viewer: Viewer, identifier: object, items: list[dict[str, Any]]) -> Meeting:
    """Write what is to be done after a meeting: {"en", "zh", "owner", "due", "done"} each."""
    with act(viewer, "meeting.edit") as leaf:
        meeting: Meeting = one(visible(viewer).meetings(), identifier)
        for item in items:
            if item["owner"]:
                one(visible(viewer).organisations(), item["owner"])
        meeting.actions = {"items": items}
        meeting.save(update_fields=["actions"])
        leaf.commits("actions", meeting.id, items)
    return meeting


def save_list(viewer: Viewer, identifier: object, organisations: list[str], seats: list[str]) -> Meeting:
    """Invite whole delegations, and seats; who is not named is not invited any more."""
    with act(viewer, "meeting.edit") as leaf:
        meeting: Meeting = one(visible(viewer).meetings(), identifier)
        may = {seat.id: seat for seat in invitable(viewer)}
        chosen = {UUID(each) for each in seats}
        chosen |= {seat.id for seat in may.values() if str(seat.organisation_id) in organisations}
        if not chosen <= set(may):
            raise Absent
        on_list = set(Invited.objects.filter(meeting=meeting).values_list("seat_id", flat=True))
        Invited.objects.filter(meeting=meeting).exclude(seat_id__in=chosen).delete()
        Invited.objects.bulk_create(Invited(meeting=meeting, seat_id=each) for each in sorted(chosen - on_list))
        _keep_cleared(meeting)
        leaf.commits("list", meeting.id, sorted(str(each) for each in chosen))
    return meeting


def _keep_cleared(meeting: Meeting) -> None:
    """Forget the clearances of organisations that are not invited any more."""
    invited = {str(seat.organisation_id) for seat in Seat.objects.filter(meetings=meeting)}
    kept = [each for each in meeting.agenda["cleared"] if each in invited]
    if kept != meeting.agenda["cleared"]:
        meeting.agenda = meeting.agenda | {"cleared": kept}
        meeting.save(update_fields=["agenda"])


def save_paper(viewer: Viewer, meeting: object, given: dict[str, Any], identifier: object = None) -> Paper:
    """Lay a paper before a meeting, or change it."""
    with act(viewer, "meeting.edit") as leaf:
        before = one(visible(viewer).meetings(), meeting)
        papers = visible(viewer).papers().filter(meeting=before)
        paper = one(papers, identifier) if identifier else Paper(meeting=before)
        paper.title, paper.body = given["title"], given["body"]
        paper.save()
        leaf.commits("paper", paper.id, {"title": paper.title, "body": paper.body})
    return paper


def remove_paper(viewer: Viewer, meeting: object, identifier: object) -> None:
    """Take a paper away; who read it has read it."""
    with act(viewer, "meeting.edit") as leaf:
        before = one(visible(viewer).meetings(), meeting)
        paper = one(visible(viewer).papers().filter(meeting=before), identifier)
        leaf.commits("paper-removed", paper.id)
        paper.delete()
