"""Raising a concern, and its way to the room: sealed, named by chance, put there with others in no order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import SystemRandom
from typing import Any

from tracktwo.room.access import Absent, Refused, Viewer, identifier, one, visible
from tracktwo.room.acts import Leaf, act
from tracktwo.room.concerns.models import Concern, Scope, Waiting
from tracktwo.room.disclosure.models import Hold, mark_of
from tracktwo.room.people.models import Organisation, Process, Role, Round, Seat
from tracktwo.room.words import Words, say

ADDRESSED = ("seat", "organisation", "nobody", "delegation", "mediator")
"""To the room in one's own name, in the delegation's or in none; to the delegation; to the mediator alone."""
NO_CONTROLLED = say(
    "The rules of procedure do not allow controlled technical data here. Describe the concern without it, or ask the"
    " mediator which way is allowed.",
    "议事规则不允许在此提交受管制技术数据。请在不涉及此类数据的前提下描述关切，或询问调解人可用何种途径。",
)
NOT_BY_NOBODY = say(
    "What is competitively sensitive goes by your counsel, and a hold is kept under your delegation’s name. Raise it in"
    " your name or your delegation’s, or leave out what is sensitive.",
    "竞争性敏感信息须经法律顾问，而暂缓记录列于所属与会方名下。请以本人或本与会方名义提出，或删去敏感内容。",
)
NO_DELEGATION = say(
    "Your seat belongs to no delegation: raise it in your own name, without a name, or to the mediator alone.",
    "您的席位不属于任何与会方，请以本人名义、不具名或仅向调解人提出。",
)
FROZEN = say(
    "All releases are frozen by the leak plan. The mediator can put concerns to the room once the mediator has ended"
    " the freeze.",
    "依泄露应对预案，一切信息发布均已冻结。待调解人解除冻结后，方可将关切提交全体。",
)


@dataclass(frozen=True, slots=True)
class Given:
    """A concern as its author gives it: ``body`` as wording.worded makes it, ``to`` one of ADDRESSED."""

    theme: object
    body: dict[str, Any]
    evidence: list[dict[str, str]]
    to: str
    marks: tuple[str, ...] = ()


def has_counsel(organisation: Organisation | None, today: date) -> bool:
    """Whether somebody can hold back what an organisation sends."""
    if organisation is None:
        return False
    rows = Seat.objects.filter(organisation=organisation, role=Role.COUNSEL, state=Seat.State.ACTIVE)
    return any(seat.active_on(today) for seat in rows)


def why_not(viewer: Viewer, to: str, marks: Iterable[str]) -> Words | None:
    """Why a concern cannot be raised so; None where it can."""
    if "controlled" in marks and not viewer.rules.controlled_data:
        return NO_CONTROLLED
    if to in {"organisation", "delegation"} and viewer.organisation is None:
        return NO_DELEGATION
    if to == "nobody" and "sensitive" in marks and has_counsel(viewer.organisation, viewer.today):
        return NOT_BY_NOBODY
    return None


def raise_concern(viewer: Viewer, given: Given) -> None:
    """Raise a concern: into the inbox where it is for the room, at once where it is for the delegation or mediator."""
    with act(viewer, "concern.raise", attributed=given.to not in {"nobody", "organisation"}) as leaf:
        reason = why_not(viewer, given.to, given.marks)
        if reason is not None:
            raise Refused(reason)
        theme = one(visible(viewer).themes(), given.theme)
        if given.to in {"delegation", "mediator"}:
            body = given.body | {"marks": list(given.marks)}
            row = Concern.objects.create(
                process=viewer.process, theme=theme, scope=given.to, seat=viewer.seat,
                organisation=viewer.organisation, body=body, evidence=given.evidence, outcomes=[],
            )  # fmt: skip
            leaf.commits("concern", row.id, {"body": body, "evidence": given.evidence, "scope": given.to})
        else:
            _send(viewer, str(theme.id), given, leaf)


def _send(viewer: Viewer, theme: str, given: Given, leaf: Leaf) -> None:
    organisation = viewer.organisation
    counsel = has_counsel(organisation, viewer.today)
    # what is by nobody keeps its organisation only while somebody there may have to find it
    keeps = organisation is not None and (given.to != "nobody" or counsel)
    content = {
        "theme": theme,
        "body": given.body,
        "evidence": given.evidence,
        "by": given.to,
        "seat": str(viewer.seat.id) if given.to == "seat" else None,
        "organisation": str(organisation.id) if organisation and keeps else None,
        "marks": list(given.marks),
    }
    row = Waiting.objects.create(process=viewer.process, content=content)
    if organisation and counsel and "sensitive" in given.marks:
        reason = {"text": "Marked competitively sensitive · 标为竞争性敏感信息"}
        Hold.objects.create(organisation=organisation, item=mark_of(row.id), reason=reason)
    # words without a name are committed to when they are put to the room: here they would tell the day
    leaf.commits("waiting", row.id, None if given.to == "nobody" else content)


def take_back(viewer: Viewer, item: object) -> None:
    """Take back an attributed concern of one's own, or of the own delegation's name, while it waits."""
    named = _waits(viewer, item).content["by"] == "seat"
    with act(viewer, "concern.raise", attributed=named) as leaf:
        _one_at_a_time(viewer)
        row = _waits(viewer, item)
        if not own(viewer, row.content):
            raise Refused(
                say("Only the person who raised it can take it back, while it waits; nobody can take back what was"
                    " raised without a name.",
                    "待提交期间，只有提出者可以撤回；不具名提出的，任何人均不能撤回。")
            )  # fmt: skip
        Hold.objects.filter(item=mark_of(row.id)).delete()
        leaf.commits("withdrawal", row.id)
        row.delete()


def _waits(viewer: Viewer, item: object) -> Waiting:
    sought = identifier(item)
    row = next((each for each in visible(viewer).waiting() if each.id == sought), None)
    if row is None:
        raise Absent
    return row


def own(viewer: Viewer, content: dict[str, Any]) -> bool:
    """Whether what waits is in the viewer's own name, or in that of the own delegation."""
    if content["by"] == "organisation":
        return viewer.organisation is not None and content["organisation"] == str(viewer.organisation.id)
    return bool(content["by"] == "seat" and content["seat"] == str(viewer.seat.id))


def going(viewer: Viewer, rows: list[Waiting]) -> tuple[list[Waiting], int]:
    """Those that may be put to the room now, and how many unattributed ones are missing for theirs to go."""
    unattributed = [row for row in rows if row.content["by"] == "nobody"]
    missing = max(0, viewer.rules.batch - len(unattributed)) if unattributed else 0
    return [row for row in rows if row.content["by"] != "nobody" or not missing], missing


def open_round(process: Process) -> Round | None:
    """The round that is open, if one is."""
    return Round.objects.filter(process=process, state="open").order_by("number").first()


def release(viewer: Viewer) -> int:
    """Put to the room what waits: all that is attributed, and the unattributed if they are enough. How many went."""
    with act(viewer, "concern.release") as leaf:
        if _one_at_a_time(viewer).frozen:
            raise Refused(FROZEN)
        current = open_round(viewer.process)
        if current is None:
            raise Refused(
                say("No round is open. The mediator can put concerns to the room once a round is open.",
                    "目前没有开启的轮次。待某一轮开启后，调解人方可将关切提交全体。")
            )  # fmt: skip
        rows, missing = going(viewer, _kept_still(visible(viewer).waiting()))
        if not rows:
            raise Refused(_nothing(missing))
        Waiting.objects.filter(pk__in=[row.pk for row in rows]).delete()
        Hold.objects.filter(item__in=[mark_of(row.pk) for row in rows]).delete()
        concerns = [_put(viewer.process, row.content, current.begins) for row in rows]
        SystemRandom().shuffle(concerns)
        Concern.objects.bulk_create(concerns)
        leaf.commits("concerns", viewer.process.id, {str(each.id): [each.body, each.evidence] for each in concerns})
    return len(concerns)


def _nothing(missing: int) -> Words:
    if not missing:
        return say("Nothing waits. The mediator can put concerns to the room once somebody has raised one.",
                   "目前没有待提交的关切。有人提出后，调解人方可提交全体。")  # fmt: skip
    return say("{n} more unattributed concern must wait before these can be put to the room together.",
               "须再有{n}项不具名关切，方可一并提交全体。",
               "{n} more unattributed concerns must wait before these can be put to the room together.",
               n=missing)  # fmt: skip


def _one_at_a_time(viewer: Viewer) -> Process:
    return Process.objects.select_for_update().get(pk=viewer.process.pk)


def _kept_still(rows: list[Waiting]) -> list[Waiting]:
    """The same rows, which no counsel can hold until the act is over; without those held meanwhile."""
    locked = Waiting.objects.select_for_update().filter(pk__in=[row.pk for row in rows]).order_by("id")
    marks = {mark_of(row.pk): row.pk for row in locked}
    held = set(Hold.objects.filter(item__in=[*marks], released=False).values_list("item", flat=True))
    free = {pk for mark, pk in marks.items() if mark not in held}
    return [row for row in rows if row.pk in free]


def _put(process: Process, content: dict[str, Any], day: date) -> Concern:
    """The concern that comes of an entry. Where it is by nobody it has neither a day nor the mark that counsel sees."""
    by = content["by"]
    named = by != "nobody"
    marks = [mark for mark in content["marks"] if named or mark != "sensitive"]
    return Concern(
        process=process,
        theme_id=content["theme"],
        scope=Scope.ROOM,
        seat_id=content["seat"] if by == "seat" else None,
        organisation_id=content["organisation"] if named else None,
        body=content["body"] | {"marks": marks},
        evidence=content["evidence"],
        outcomes=[],
        raised_on=day if named else None,
    )
