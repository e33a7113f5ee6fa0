"""Random talks for tests: a seed gives a room full of what seats may and may not see, and deeds that change it.

A deed says who may see that it was done. That is written here by hand from the domain, not asked of the gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from room.talks import AT_TABLE, DELEGATIONS, Talks, begun, seated, signed_in

from tracktwo.room.access import Absent, Refused, Viewer, visible
from tracktwo.room.concerns import acts as register
from tracktwo.room.concerns import voting_acts
from tracktwo.room.concerns.models import Concern, Sounding, Statement, Theme, Token, Waiting
from tracktwo.room.concerns.themes import first_themes
from tracktwo.room.concerns.voting import ballot_of
from tracktwo.room.concerns.writer import Vote, record
from tracktwo.room.disclosure import confidence_acts, hold_acts, plan_acts
from tracktwo.room.disclosure.models import Confidence, Hold, Instruction, mark_of
from tracktwo.room.people import account_acts, invitation_acts, meeting_acts, roster_acts, standing_acts, stops
from tracktwo.room.people.models import Circle, Invited, Meeting, Organisation, Passkey, Role, Round, Seat

VOTERS = (Role.HEAD, Role.ALTERNATE, Role.DELEGATE, Role.EXPERT)
KEEPERS = frozenset({"mediator", "secretariat"})
"""Who keeps the roster and plans meetings."""
STEERING = frozenset({"mediator", "chair", "secretariat"})
KEEPS_TEXTS = frozenset({"mediator", "chair"})
"""Who drafts."""
BEYOND = frozenset({str(Role.LIAISON), str(Role.BRIEFED), str(Role.AUDITOR), str(Role.OPERATOR)})
"""Who learns nothing of what happens at the table."""
WORDS = ("models", "tests", "release", "oversight", "audit", "compute", "weights", "incident", "report", "pause")
CHINESE = ("模型", "测试", "发布", "监督", "审计", "算力", "权重", "事件", "报告", "暂停")


@dataclass(frozen=True)
class Deed:
    """Something that may be done: who may see it, by name of the seat, and how it is done."""

    name: str
    readers: frozenset[str]
    do: Callable[[], Any]


@dataclass
class World:
    """Talks with a source of chance."""

    talks: Talks
    random: Random
    other: World | None = None
    """Talks of other people in the same room."""
    more: dict[str, Seat] = field(default_factory=dict)
    """Seats of the talks that nobody acts from: pending, suspended, revoked, to begin later."""

    def viewer(self, name: str) -> Viewer:
        return self.talks.viewer(name)

    @property
    def names(self) -> list[str]:
        return [*self.talks.seats]

    def of(self, organisation: str, roles: Iterable[str] = AT_TABLE) -> frozenset[str]:
        """The seats of a delegation."""
        return frozenset(f"{organisation} {role}" for role in roles)

    def everybody_but(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(self.names) - frozenset(names)

    def words(self, count: int = 6) -> dict[str, str]:
        """A sentence of no meaning in both languages."""
        places = [self.random.randrange(len(WORDS)) for _ in range(count)]
        number = self.random.randrange(10**9)
        return {
            "en": " ".join(WORDS[each] for each in places) + f" {number}",
            "zh": "".join(CHINESE[each] for each in places) + str(number),
        }

    def body(self) -> dict[str, Any]:
        """What a concern or a statement says, in one language or both."""
        kind, words = self.random.randrange(3), self.words()
        if kind == 0:
            return words | {"original": self.random.choice(("en", "zh")), "translation": "given"}
        missing = ("en", "zh")[kind - 1]
        return words | {missing: "", "original": "zh" if missing == "en" else "en", "translation": "needed"}

    def delegation(self) -> str:
        return self.random.choice([*DELEGATIONS])

    def voter(self, side: str | None = None) -> str:
        fitting = [key for key, (mark, _) in DELEGATIONS.items() if side in (None, mark)]
        return f"{self.random.choice(fitting)} {self.random.choice(VOTERS)}"

    def pick(self, rows: Iterable[Any]) -> Any:
        """One of some rows; None of none."""
        found = sorted(rows, key=lambda each: str(each.pk))
        return self.random.choice(found) if found else None

    def name_of(self, seat: UUID) -> str:
        return next((name for name, each in self.talks.seats.items() if each.pk == seat), "")

    def delegation_of(self, organisation: UUID | None) -> str:
        return next((name for name, each in self.talks.organisations.items() if each.pk == organisation), "")


Draw = Callable[[World], Deed | None]
DEEDS: dict[str, Draw] = {}


def deed(draw: Draw) -> Draw:
    """Enter a deed under its function's name."""
    DEEDS[draw.__name__] = draw
    return draw


def done(deed: Deed | None) -> bool:
    """Do it; False where the talks do not stand so that it could be done."""
    if deed is None:
        return False
    try:
        deed.do()
    except (Absent, Refused, ValidationError):
        return False
    return True


# meetings


def _meeting(world: World, kind: str, seats: Iterable[str], title: dict[str, str] | None = None) -> Meeting:
    planner = world.viewer(world.random.choice(sorted(KEEPERS)))
    within = Round.objects.get(process=world.talks.process, number=1)
    day = timezone.localdate() + timedelta(world.random.randrange(-2, 4))
    given = {
        "round": within.pk, "format": kind, "title": title or world.words(3), "day": day,
        "hour": world.random.choice((None, time(9), time(14, 30))), "offline": world.random.random() < 0.2,
    }  # fmt: skip
    made = meeting_acts.save_meeting(planner, given)
    meeting_acts.save_list(planner, made.pk, [], [str(world.talks.seats[name].pk) for name in seats])
    return made


def _before_it(world: World, meeting: Meeting) -> None:
    planner = world.viewer("secretariat")
    meeting_acts.save_agenda(planner, meeting.pk, [world.words() for _ in range(world.random.randrange(3))])
    if world.random.random() < 0.6:
        meeting_acts.save_paper(planner, meeting.pk, {"title": world.words(3), "body": world.words(20)})
    if world.random.random() < 0.6:
        owner = world.random.choice([None, str(world.talks.organisations[world.delegation()].pk)])
        item = {**world.words(), "owner": owner, "due": None, "done": world.random.random() < 0.5}
        meeting_acts.save_actions(planner, meeting.pk, [item])


def _invited(world: World, meeting: Meeting) -> frozenset[str]:
    on_list = Invited.objects.filter(meeting=meeting).values_list("seat_id", flat=True)
    return frozenset(world.name_of(seat) for seat in on_list) - {""}


@deed
def caucus(world: World) -> Deed:
    own = world.of(world.delegation())

    def do() -> None:
        _before_it(world, _meeting(world, "caucus", sorted(own)))

    return Deed("caucus", own | KEEPERS, do)


@deed
def bilateral(world: World) -> Deed:
    both = frozenset(f"{key} {Role.HEAD}" for key in world.random.sample([*DELEGATIONS], 2))
    return Deed("bilateral", both | KEEPERS, lambda: _before_it(world, _meeting(world, "bilateral", sorted(both))))


@deed
def meeting_changed(world: World) -> Deed | None:
    meeting = world.pick(Meeting.objects.filter(round__process=world.talks.process))
    if meeting is None:
        return None
    return Deed("meeting changed", _invited(world, meeting) | KEEPERS, lambda: _before_it(world, meeting))


def _with_counsel(world: World) -> tuple[Any, str]:
    """A meeting, and counsel who is invited to it."""
    meeting = world.pick(Meeting.objects.filter(round__process=world.talks.process, offline=False))
    counsels = sorted(each for each in _invited(world, meeting) if each.endswith("counsel")) if meeting else []
    return meeting, world.random.choice(counsels) if counsels else ""


@deed
def meeting_stopped(world: World) -> Deed | None:
    meeting, counsel = _with_counsel(world)
    if not counsel:
        return None

    def do() -> None:
        Meeting.objects.filter(pk=meeting.pk).update(day=timezone.localdate())
        stops.stop(world.viewer(counsel), meeting.pk)

    return Deed("meeting stopped", _invited(world, meeting) | KEEPERS, do)


@deed
def agenda_cleared(world: World) -> Deed | None:
    """What other delegations clear is theirs to know."""
    meeting, counsel = _with_counsel(world)
    if not counsel or meeting.day < timezone.localdate():
        return None
    own = world.of(counsel.split()[0])
    mark = stops.agenda_mark(meeting)
    return Deed("agenda cleared", own | KEEPERS, lambda: stops.clear_agenda(world.viewer(counsel), meeting.pk, mark))


# concerns


def _theme(world: World) -> Any:
    return world.pick(Theme.objects.filter(process=world.talks.process)).pk


def raise_to(world: World, to: str, who: str) -> None:
    """Raise a concern."""
    marks = ("sensitive",) if to in ("seat", "organisation") and world.random.random() < 0.3 else ()
    evidence = [world.words() for _ in range(world.random.randrange(3))]
    register.raise_concern(world.viewer(who), register.Given(_theme(world), world.body(), evidence, to, marks))


def _raised(to: str) -> Draw:
    def draw(world: World) -> Deed:
        own = world.delegation()
        who = f"{own} {world.random.choice([*VOTERS, Role.COUNSEL])}"
        passing = frozenset({f"{own} {Role.COUNSEL}", "mediator", "chair"})
        readers = {
            "seat": passing | {who},
            "organisation": passing | world.of(own),
            "nobody": passing,
            "delegation": world.of(own),
            "mediator": frozenset({who, "mediator"}),
        }[to]
        return Deed(f"raised to {to}", readers, lambda: raise_to(world, to, who))

    return draw


for _to in ("seat", "organisation", "nobody", "delegation", "mediator"):
    DEEDS[f"raised_to_{_to}"] = _raised(_to)


@deed
def taken_back(world: World) -> Deed | None:
    waiting = Waiting.objects.filter(process=world.talks.process)
    row = world.pick(each for each in waiting if each.content["by"] == "seat")
    if row is None:
        return None
    who = world.name_of(UUID(row.content["seat"]))
    readers = frozenset({who, f"{who.split()[0]} {Role.COUNSEL}", "mediator", "chair"})
    return Deed("taken back", readers, lambda: register.take_back(world.viewer(who), row.pk))


@deed
def held_back(world: World) -> Deed | None:
    row = world.pick(Waiting.objects.filter(process=world.talks.process))
    if row is None:
        return None
    own = world.delegation_of(UUID(row.content["organisation"]))
    counsel = world.viewer(f"{own} {Role.COUNSEL}")
    held = Hold.objects.filter(item=mark_of(row.pk), released=False).exists()

    def do() -> None:
        if held:
            hold_acts.release(counsel, row.pk)
        else:
            hold_acts.place(counsel, row.pk, world.words()["en"])

    return Deed("held back", world.of(own) | {"mediator", "chair"}, do)


@deed
def withdrawn_within_the_delegation(world: World) -> Deed | None:
    row = world.pick(Concern.objects.filter(process=world.talks.process, scope="delegation", withdrawn=False))
    if row is None:
        return None
    who = world.name_of(row.seat_id)
    return Deed("withdrawn", world.of(who.split()[0]), lambda: register.withdraw(world.viewer(who), row.pk))


@deed
def assessed(world: World) -> Deed | None:
    """By side A alone: side B stays below the least number, so that nothing may move."""
    row = world.pick(Concern.objects.filter(process=world.talks.process, scope="room", withdrawn=False))
    if row is None:
        return None
    who, values = world.voter("A"), (world.random.randint(1, 5), world.random.randint(1, 5))
    return Deed("assessed", frozenset({who}), lambda: register.assess(world.viewer(who), row.pk, *values))


# soundings


@deed
def drafted(world: World) -> Deed:
    linguists = frozenset(f"{key} {Role.LINGUIST}" for key in DELEGATIONS)
    drafts = Sounding.objects.filter(process=world.talks.process, state="draft", audience="room")
    draft, who = world.pick(drafts), world.viewer(world.random.choice(sorted(KEEPERS)))

    def do() -> None:
        made = draft or register.make_sounding(who, register.Plan(world.words(3)))
        source = world.pick(visible(who).concerns().filter(scope="room", withdrawn=False))
        concern = source.pk if source and world.random.random() < 0.6 else None
        register.add_statement(who, made.pk, world.body(), concern)

    return Deed("drafted", STEERING | linguists, do)


@deed
def discarded(world: World) -> Deed | None:
    draft = world.pick(Sounding.objects.filter(process=world.talks.process, state="draft", audience="room"))
    if draft is None:
        return None
    linguists = frozenset(f"{key} {Role.LINGUIST}" for key in DELEGATIONS)
    who = world.viewer("secretariat")
    return Deed("discarded", STEERING | linguists, lambda: register.discard_sounding(who, draft.pk))


@deed
def consulted_beyond_the_table(world: World) -> Deed:
    who = world.viewer("mediator")

    def do() -> None:
        made = register.make_sounding(who, register.Plan(world.words(3), audience="wide"))
        register.add_statement(who, made.pk, world.words() | {"original": "en", "translation": "given"})
        if world.random.random() < 0.5:
            voting_acts.open_sounding(who, made)
            Token.objects.create(id=UUID(int=world.random.getrandbits(128)), sounding=made)

    return Deed("consulted beyond the table", STEERING, do)


@deed
def voted(world: World) -> Deed | None:
    """Where results are shown meanwhile by side A alone: side B stays below the least number."""
    sounding = world.pick(Sounding.objects.filter(process=world.talks.process, state="open", audience="room"))
    if sounding is None:
        return None
    own = world.random.choice([key for key, (mark, _) in DELEGATIONS.items() if mark == "A" or not sounding.shown_open])
    as_one = sounding.voters == "delegation"
    who = f"{own} {world.random.choice(VOTERS[:2] if as_one else VOTERS)}"
    leading = world.of(own, (Role.HEAD, Role.ALTERNATE)) if as_one or sounding.heads_see else frozenset()
    statement = world.pick(Statement.objects.filter(sounding=sounding, withdrawn=False))
    choice = world.random.choice(("agree", "disagree", "pass", "undo"))

    def do() -> None:
        voting_acts.vote(world.viewer(who), sounding.pk, statement.pk, choice)

    return Deed("voted", frozenset({who, "mediator"}) | leading, do)


# confidences


def _told(world: World, who: str) -> dict[str, Any]:
    instruction = world.random.choice([*Instruction.values])
    conditional = instruction == Instruction.CONDITIONAL
    return {
        "text": world.words()["en"],
        "instruction": instruction,
        "condition": world.words()["en"] if conditional else "",
        "then": world.random.choice(("inform", "test", "unattributed")) if conditional else "",
        "shared": who != "liaison" and world.random.random() < 0.4,
    }


@deed
def confided(world: World) -> Deed:
    roles = [*VOTERS, Role.COUNSEL]
    who = "liaison" if world.random.random() < 0.15 else f"{world.delegation()} {world.random.choice(roles)}"
    given = _told(world, who)
    own = world.of(who.split()[0]) if given["shared"] else frozenset()
    return Deed("confided", own | {who, "mediator"}, lambda: confidence_acts.give(world.viewer(who), given))


@deed
def confidence_changed(world: World) -> Deed | None:
    row = world.pick(Confidence.objects.filter(process=world.talks.process))
    if row is None:
        return None
    who = world.name_of(row.author_id)
    own = world.of(who.split()[0]) if who != "liaison" else frozenset()
    shared, given = not row.shared, _told(world, who)
    kind = world.random.choice(("inform", "test", "unattributed", "attributed"))
    acts: list[Callable[[], Any]] = [
        lambda: confidence_acts.share(world.viewer(who), row.pk, shared),
        lambda: confidence_acts.instruct(world.viewer(who), row.pk, given),
        lambda: confidence_acts.withdraw(world.viewer(who), row.pk),
        lambda: confidence_acts.use(world.viewer("mediator"), row.pk, kind, given["text"], True),
    ]
    return Deed("confidence changed", own | {who, "mediator"}, world.random.choice(acts))


# people


@deed
def seat_added(world: World) -> Deed:
    own = world.delegation()
    organisation = world.talks.organisations[own]
    given = {
        "name": world.words(2), "role": world.random.choice((Role.DELEGATE, Role.EXPERT, Role.COUNSEL, Role.LINGUIST)),
        "capacity": "policy", "begins": date(2026, 1, 1), "ends": None,
    }  # fmt: skip

    def do() -> None:
        made = roster_acts.save_seat(world.viewer("secretariat"), given, organisation=organisation)
        if world.random.random() < 0.6:
            invitation_acts.invite(world.viewer("secretariat"), made)
        if world.random.random() < 0.3:
            standing_acts.revoke_seat(world.viewer("mediator"), made.pk)

    return Deed("seat added", KEEPERS, do)


@deed
def invited(world: World) -> Deed | None:
    seat = world.pick(Seat.objects.filter(process=world.talks.process, state="pending"))
    if seat is None:
        return None
    act = world.random.choice((invitation_acts.invite, invitation_acts.withdraw_invitation))
    return Deed("invited", KEEPERS, lambda: act(world.viewer("mediator"), seat))


@deed
def empty_seat_renamed(world: World) -> Deed | None:
    seats = Seat.objects.filter(process=world.talks.process).exclude(state="active").exclude(organisation=None)
    seat = world.pick(seats)
    if seat is None:
        return None
    given = {"name": world.words(2), "role": seat.role, "capacity": "scientist", "begins": seat.begins, "ends": None}
    act = roster_acts.save_seat
    return Deed("empty seat renamed", KEEPERS, lambda: act(world.viewer("mediator"), given, identifier=seat.pk))


@deed
def outside_entered(world: World) -> Deed:
    circle = world.random.choice((Circle.SUPPORTERS, Circle.BRIEFED, Circle.ABSENT))
    given = {
        "name": world.words(2), "circle": circle, "side": "", "styled": "party", "joined": False, "since": None,
        "reason": world.words() if circle == Circle.BRIEFED else None,
    }  # fmt: skip
    return Deed("outside entered", KEEPERS, lambda: roster_acts.save_organisation(world.viewer("secretariat"), given))


@deed
def account_changed(world: World) -> Deed:
    who = world.random.choice(world.names)
    viewer = world.viewer(who)

    def passkey() -> None:
        mark = UUID(int=world.random.getrandbits(128))
        Passkey.objects.create(account=viewer.account, credential_mark=mark, credential={"id": "", "name": "key"})

    acts: list[Callable[[], Any]] = [
        lambda: account_acts.choose_language(viewer.account, world.random.choice(("en", "zh"))),
        lambda: account_acts.renew_factor(viewer, "JBSWY3DPEHPK3PXP"),
        lambda: account_acts.sign_out_everywhere(viewer),
        lambda: signed_in(world.talks.seats[who], language=viewer.account.language).get("/"),
        passkey,
    ]
    return Deed("account changed", frozenset({who, "mediator"}), world.random.choice(acts))


# what everybody at the table sees, and nobody beyond it


def _public(world: World, name: str, do: Callable[[], Any]) -> Deed:
    return Deed(name, world.everybody_but(BEYOND), do)


@deed
def put_to_the_room(world: World) -> Deed:
    return _public(world, "put to the room", lambda: register.release(world.viewer("mediator")))


@deed
def person_renamed(world: World) -> Deed:
    seat = world.talks.seats[f"{world.delegation()} {Role.DELEGATE}"]
    given = {"name": world.words(2), "role": seat.role, "capacity": "policy", "begins": seat.begins, "ends": None}
    act = roster_acts.save_seat
    return _public(
        world, "person renamed", lambda: act(world.viewer("secretariat"), given, identifier=seat.pk)
    )  # fmt: skip


@deed
def line_written(world: World) -> Deed:
    given = {"occasion": world.words(3), "line": world.words(), "speaker": world.words(2)}
    return _public(world, "line written", lambda: plan_acts.write(world.viewer("mediator"), given))


@deed
def theme_added(world: World) -> Deed:
    return _public(world, "theme added", lambda: register.add_theme(world.viewer("secretariat"), world.words(2)))


@deed
def became_of_it(world: World) -> Deed | None:
    row = world.pick(Concern.objects.filter(process=world.talks.process, scope="room"))
    if row is None:
        return None
    act = register.add_outcome
    return _public(
        world, "became of it", lambda: act(world.viewer("secretariat"), row.pk, "clause", world.words())
    )  # fmt: skip


@deed
def plenary(world: World) -> Deed:
    seats = [name for name in world.names if name in STEERING or name.split()[0] in DELEGATIONS]
    return _public(world, "plenary", lambda: _before_it(world, _meeting(world, "plenary", seats)))


@deed
def frozen(world: World) -> Deed:
    def do() -> None:
        world.talks.process.refresh_from_db()
        act = plan_acts.thaw if world.talks.process.frozen else plan_acts.freeze
        act(world.viewer("mediator"))

    return _public(world, "frozen", do)


@deed
def suspended(world: World) -> Deed:
    own = world.talks.organisations[world.delegation()]

    def do() -> None:
        own.refresh_from_db()
        away = own.status == Organisation.Status.SUSPENDED
        act = standing_acts.readmit if away else standing_acts.suspend
        act(world.viewer("mediator"), own.pk)

    return _public(world, "suspended", do)


# other talks


@deed
def elsewhere(world: World) -> Deed | None:
    """Anything in the talks of others."""
    if world.other is None:
        return None
    other = world.other

    def do() -> None:
        done(DEEDS[other.random.choice([*DEEDS])](other))

    return Deed("elsewhere", frozenset(), do)


# worlds

PUBLIC = {
    "put_to_the_room", "person_renamed", "line_written", "theme_added", "became_of_it", "plenary", "suspended",
    "frozen",
}  # fmt: skip


def world(seed: int, *, deeds: int = 60, other: bool = True) -> World:
    """Talks far along, and beside them other talks of other people."""
    random = Random(seed)
    rules = {
        "k": random.choice((3, 5)),
        "voters": random.choice(("seat", "seat", "delegation")),
        "batch": random.choice((2, 3)),
        "by_delegation": random.random() < 0.3,
    }
    talks = begun(f"World {seed}", **rules)
    made = World(talks, random)
    first_themes(talks.process)
    _more_seats(made)
    text_worlds.texts(made)
    for name in (*DEEDS, *random.choices([*DEEDS], k=deeds)):
        if name not in {"suspended", "frozen", "elsewhere", "assessed", "voted"}:
            done(DEEDS[name](made))
    for to in ("seat", "organisation", "nobody", "nobody", "nobody"):
        raise_to(made, to, made.voter())
    register.release(made.viewer("mediator"))
    raise_to(made, "nobody", made.voter())
    _soundings(made)
    _assessments(made)
    if other:
        made.other = world(seed + 10_000, deeds=10, other=False)
    return made


def _more_seats(world: World) -> None:
    process, quill = world.talks.process, world.talks.organisations["quill"]
    for state in (Seat.State.SUSPENDED, Seat.State.REVOKED):
        world.more[state] = seated(process, f"{state} one", Role.DELEGATE, quill, state=state)
    later = timezone.localdate() + timedelta(30)
    world.more["later"] = seated(process, "later one", Role.DELEGATE, quill, begins=later)
    world.more["pending"] = seated(process, "pending one", Role.EXPERT, quill, state=Seat.State.PENDING, account=None)


def _soundings(world: World) -> None:
    """One that is closed, one open and hidden, one open and shown, one open whose results are still too few."""
    who = world.viewer("mediator")
    for state in ("closed", "hidden", "shown", "too few"):
        shown = state in ("shown", "too few")
        made = register.make_sounding(who, register.Plan(world.words(3), "room", shown, world.random.random() < 0.3))
        source = world.pick(visible(who).concerns().filter(scope="room", withdrawn=False))
        for number in range(4):
            register.add_statement(who, made.pk, world.body(), source.pk if number == 0 and source else None)
        made = voting_acts.open_sounding(who, made, confirmed=True)
        _ballots(world, made, few=state == "too few")
        if state == "closed":
            voting_acts.close_sounding(who, made)


def _ballots(world: World, sounding: Sounding, *, few: bool) -> None:
    roles = VOTERS[:1] if sounding.voters == "delegation" or few else VOTERS
    statements = sorted(Statement.objects.filter(sounding=sounding), key=lambda each: str(each.pk))
    votes = []
    for key, role in product(DELEGATIONS, roles):
        seat = world.talks.seats[f"{key} {role}"]
        ballot = ballot_of(sounding.pk, seat.organisation.pk if sounding.voters == "delegation" else seat.pk)
        for statement in statements:
            value = world.random.randrange(3)
            votes.append(Vote(ballot, sounding.pk, statement.number, value, timezone.localdate(), seat=seat.pk))
    assert all(isinstance(each, bytes) for each in record(votes))


def _assessments(world: World) -> None:
    """Enough on both sides of one concern, and a few of one side of another."""
    rows = sorted(Concern.objects.filter(process=world.talks.process, scope="room", withdrawn=False), key=_id)
    for row, sides in zip(rows[:2], ("AB", "A"), strict=False):
        # side A last: whatever the least number is by now, nothing new of side B waits to be shown
        for key, (mark, _) in sorted(DELEGATIONS.items(), key=lambda item: item[1][0], reverse=True):
            for role in VOTERS if mark in sides else ():
                values = (world.random.randint(1, 5), world.random.randint(1, 5))
                register.assess(world.viewer(f"{key} {role}"), row.pk, *values)


def _id(row: Any) -> str:
    return str(row.pk)


def hidden_deeds(world: World, observer: str, count: int) -> list[str]:
    """Do deeds that the observer may not see; their names."""
    names: list[str] = []
    for _ in range(count * 20):
        if len(names) == count:
            break
        drawn = DEEDS[world.random.choice([*DEEDS])](world)
        if drawn is not None and observer not in drawn.readers and done(drawn):
            names.append(drawn.name)
    return names


from room import text_worlds  # noqa: E402  its deeds are entered here
