"""What waits for a seat, and, for the mediator, what waits for whom. Plain functions, of which each knows one thing.

What waits for others is told by role and delegation. Who has not yet voted is a count and no more.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from tracktwo.room.access import Viewer, visible
from tracktwo.room.concerns import translating, voting
from tracktwo.room.drafting import waiting as texts
from tracktwo.room.drafting import waiting_others
from tracktwo.room.people import stops
from tracktwo.room.people.models import Circle, Meeting, Organisation, Role, Seat
from tracktwo.room.people.names import ROLES, ranked, standing
from tracktwo.room.people.wishes import Wish, named
from tracktwo.room.people.wishes import of as _of
from tracktwo.room.words import Words, say

MOST = 3
"""So many things are asked of a seat at once."""
VOTERS, LINGUISTS = say("voters", "表态人"), say("linguists", "语文专家")
MEDIATOR, STAFF = say("mediator", "调解人"), say("mediator’s people", "调解方")


def wanted(viewer: Viewer) -> list[Wish]:
    """At most three things that wait for a seat, the most urgent first."""
    found: list[Wish] = []
    for what in OWN:
        found.extend(what(viewer))
        if len(found) >= MOST:
            break
    return found[:MOST]


def awaited(viewer: Viewer) -> list[Wish]:
    """What waits for whom; for the mediator."""
    return [wish for what in OTHERS for wish in what(viewer)] if viewer.may("console.read") else []


# what waits for the seat itself


def meetings_today(viewer: Viewer) -> Iterator[Wish]:
    """A meeting held today."""
    for meeting in _coming(viewer).filter(day=viewer.today):
        yield Wish(say("Today: {title}", "今日会议：{title}", title=named(meeting.title)), f"/meetings/{meeting.id}")


def statements(viewer: Viewer) -> Iterator[Wish]:
    """Statements left to vote on."""
    for sounding, left in voting.left(viewer):
        words = say(
            "{n} statement waits for your vote", "有{n}条观点待您表态", "{n} statements wait for your vote", n=left
        )
        yield Wish(words, f"/statements/{sounding.id}/vote")


def agendas(viewer: Viewer) -> Iterator[Wish]:
    """Agendas that counsel can clear."""
    if not viewer.may("meeting.stop"):
        return
    for meeting in _coming(viewer):
        if stops.unclearable(viewer, meeting) is None:
            words = say("An agenda waits to be cleared: {title}", "有议程待您核准：{title}", title=named(meeting.title))
            yield Wish(words, f"/meetings/{meeting.id}")


def lines(viewer: Viewer) -> Iterator[Wish]:
    """Holding lines to which the own delegation has not agreed."""
    if not viewer.may("plan.agree"):
        return
    own = str(viewer.seat.organisation_id)
    left = sum(own not in line.agreed["by"] for line in visible(viewer).holding_lines())
    if left:
        yield Wish(say("{n} holding line waits for your agreement", "有{n}条统一口径待您同意",
                       "{n} holding lines wait for your agreement", n=left), "/plan")  # fmt: skip


def concerns(viewer: Viewer) -> Iterator[Wish]:
    """Concerns to be put to the room."""
    count = len(visible(viewer).waiting()) if viewer.may("concern.release") else 0
    if count:
        yield Wish(say("{n} concern waits to be put to the room", "有{n}项关切待提交全体",
                       "{n} concerns wait to be put to the room", n=count), "/concerns/waiting")  # fmt: skip


def confidences(viewer: Viewer) -> Iterator[Wish]:
    """Confidences that ask for a use and have none yet."""
    if not viewer.may("confidence.use"):
        return
    rows = visible(viewer).confidences().filter(state="standing", uses=None).exclude(instruction="never")
    if count := rows.count():
        yield Wish(say("{n} confidence has not been used yet", "有{n}项保密告知尚未使用",
                       "{n} confidences have not been used yet", n=count), "/confidences")  # fmt: skip


def translations(viewer: Viewer) -> Iterator[Wish]:
    """What is to be translated or reviewed."""
    if viewer.role == Role.LINGUIST and viewer.may("translation.write") and (count := len(translating.wanting(viewer))):
        yield Wish(say("{n} text waits to be translated or reviewed", "有{n}项待翻译或审校",
                       "{n} texts wait to be translated or reviewed", n=count), "/translations")  # fmt: skip


def tasks(viewer: Viewer) -> Iterator[Wish]:
    """What the own delegation has undertaken and not done."""
    own = viewer.seat.organisation_id
    if own is None:
        return
    for meeting in visible(viewer).meetings():
        left = sum(item["owner"] == str(own) and not item["done"] for item in meeting.actions["items"])
        if left:
            yield Wish(_to_do(left, meeting), f"/meetings/{meeting.id}")


def seats(viewer: Viewer) -> Iterator[Wish]:
    """Seats that nobody has taken."""
    count = _pending(viewer).count() if viewer.may("roster.edit") else 0
    if count:
        yield Wish(
            say("{n} seat is not taken yet", "有{n}个席位尚未就席", "{n} seats are not taken yet", n=count), "/people"
        )


def meetings(viewer: Viewer) -> Iterator[Wish]:
    """The next meeting after today."""
    for meeting in _coming(viewer).filter(day__gt=viewer.today)[:1]:
        yield Wish(
            say("Next meeting: {title}", "下一场会议：{title}", title=named(meeting.title)), f"/meetings/{meeting.id}"
        )


OWN = (
    meetings_today, texts.answers, statements, texts.waivers, texts.brackets, texts.calls, agendas, lines,
    texts.confirmations, texts.decisions, texts.groups, concerns, confidences, translations, texts.reviews, tasks,
    seats, texts.criticisms, texts.receipts, meetings,
)  # fmt: skip


# what waits for others


def votes_of_others(viewer: Viewer) -> Iterator[Wish]:
    """How many voters have not voted on everything: a count and no more."""
    for sounding in visible(viewer).soundings().filter(state="open", audience="room"):
        found = voting.finished(viewer, sounding)
        if found is not None and found[0] < found[1]:
            words = say("{n} of {all} has statements left to vote on", "{all}位中有{n}位尚未对全部观点表态",
                        "{n} of {all} have statements left to vote on",
                        n=found[1] - found[0], all=found[1])  # fmt: skip
            yield Wish(words, f"/statements/{sounding.id}", VOTERS)


def agendas_of_others(viewer: Viewer) -> Iterator[Wish]:
    """Agendas that a delegation's counsel has not cleared."""
    for meeting in _coming(viewer):
        if not meeting.agenda["items"]:
            continue
        for each in stops.clearances(viewer, meeting):
            if not each["cleared"]:
                words = say("Agenda not cleared: {title}", "议程尚未核准：{title}", title=named(meeting.title))
                yield Wish(words, f"/meetings/{meeting.id}", _of(ROLES[Role.COUNSEL], each["organisation"]))


def lines_of_others(viewer: Viewer) -> Iterator[Wish]:
    """Holding lines to which a delegation has not agreed."""
    plan = list(visible(viewer).holding_lines())
    for organisation in _at_table(viewer):
        left = sum(str(organisation.id) not in line.agreed["by"] for line in plan)
        if left:
            words = say(
                "{n} holding line not agreed to", "有{n}条统一口径尚未同意", "{n} holding lines not agreed to", n=left
            )
            yield Wish(words, "/plan", _of(ROLES[Role.HEAD], organisation))


def translations_of_others(viewer: Viewer) -> Iterator[Wish]:
    """What linguists have not translated or reviewed."""
    if count := len(translating.wanting(viewer)):
        words = say("{n} text to be translated or reviewed", "有{n}项待翻译或审校",
                    "{n} texts to be translated or reviewed", n=count)  # fmt: skip
        yield Wish(words, "/translations", LINGUISTS)


def tasks_of_others(viewer: Viewer) -> Iterator[Wish]:
    """What was undertaken and not done."""
    for meeting in visible(viewer).meetings():
        undone = [item for item in meeting.actions["items"] if not item["done"]]
        owners = {str(each.id): each for each in visible(viewer).owners(meeting)}
        for key in sorted({item["owner"] or "" for item in undone}):
            left = sum((item["owner"] or "") == key for item in undone)
            whose = named(owners[key].name) if key in owners else STAFF
            yield Wish(_to_do(left, meeting), f"/meetings/{meeting.id}", whose)


def seats_of_others(viewer: Viewer) -> Iterator[Wish]:
    """Seats that nobody has taken."""
    for seat in sorted(_pending(viewer), key=standing):
        whose = _of(ROLES[seat.role], seat.organisation) if seat.organisation else ROLES[seat.role]
        yield Wish(say("has not taken the seat yet", "尚未就席"), f"/people/seats/{seat.id}", whose)


def mine(viewer: Viewer) -> Iterator[Wish]:
    """What waits for the mediator."""
    for what in (texts.calls, texts.decisions, texts.criticisms, concerns, confidences):
        for wish in what(viewer):
            yield Wish(wish.words, wish.href, MEDIATOR)


OTHERS = (
    mine,
    *waiting_others.OTHERS,
    votes_of_others,
    agendas_of_others,
    lines_of_others,
    translations_of_others,
    tasks_of_others,
    seats_of_others,
)


def _coming(viewer: Viewer) -> QuerySet[Meeting]:
    rows: QuerySet[Meeting] = visible(viewer).meetings()
    return rows.filter(day__gte=viewer.today, offline=False, stopped=False)


def _pending(viewer: Viewer) -> QuerySet[Seat]:
    return visible(viewer).seats().filter(state=Seat.State.PENDING)


def _at_table(viewer: Viewer) -> list[Organisation]:
    rows = visible(viewer).organisations().filter(circle=Circle.DELEGATIONS)
    return sorted(rows.exclude(status__in=["suspended", "withdrew"]), key=ranked)


def _to_do(left: int, meeting: Meeting) -> Words:
    return say("{n} thing to be done after {title}", "“{title}”有{n}项待办",
               "{n} things to be done after {title}", n=left, title=named(meeting.title))  # fmt: skip
