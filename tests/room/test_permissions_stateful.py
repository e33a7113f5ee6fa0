"""Two thousand steps of anybody trying anything, beside a small model of who may do and see what.

The model is written by hand from the domain and knows nothing of the gate. After each step what was done, refused or
absent is what the model says, and so is what seats see. TRACKTWO_FUZZ=1 takes fifty thousand steps.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from room import stateful_texts
from room.talks import AT_TABLE, DELEGATIONS, begun, seated

from tracktwo.room.access import Absent, Refused, visible
from tracktwo.room.concerns import acts as register
from tracktwo.room.concerns import voting_acts
from tracktwo.room.concerns.models import Concern, Sounding, Statement, Theme, Waiting
from tracktwo.room.disclosure import confidence_acts, hold_acts, plan_acts
from tracktwo.room.people import invitation_acts, meeting_acts, roster_acts, standing_acts, stops
from tracktwo.room.people.models import Round, Seat

STEPS, A_WORLD = (50_000 if os.environ.get("TRACKTWO_FUZZ") else 2_000), 500
VOTING = {"head", "alternate", "delegate", "expert"}
TABLE = VOTING | {"counsel", "linguist"}
STEERING = {"mediator", "chair", "secretariat"}
KEEPERS = {"mediator", "secretariat"}
READERS = STEERING | TABLE | {"observer"}
ORDER = ("never", "inform", "test", "unattributed", "attributed")
SOME = 10
"""Of how many things of a kind, the latest, one is chosen."""


@dataclass
class Person:
    """A seat, as the model knows it."""

    name: str
    role: str
    of: str | None
    id: UUID
    state: str = "active"
    foreign: bool = False


@dataclass
class Thing:
    """Anything with an identifier that somebody may see."""

    id: UUID
    kind: str
    by: str = ""
    """Whose it is: the name of a seat; "" where it bears none."""
    of: str | None = None
    """The delegation."""
    to: str = ""
    """What it is addressed to, or its format, or its audience."""
    state: str = ""
    shared: bool = False
    held: bool = False
    more: Any = None


@dataclass
class Model(stateful_texts.SeenInModel):
    """Who is who, what there is, and what follows from it."""

    people: dict[str, Person]
    away: dict[str, str] = field(default_factory=dict)
    """Delegations that are suspended or withdrew."""
    things: dict[str, list[Thing]] = field(default_factory=dict)
    frozen: bool = False
    batch: int = 3

    def has(self, who: Person, roles: set[str]) -> bool:
        """Whether somebody has a right that belongs to these roles."""
        return who.state == "active" and who.role in roles and who.of not in self.away

    def all(self, kind: str) -> list[Thing]:
        return self.things.setdefault(kind, [])

    def sees(self, who: Person, it: Thing) -> bool:
        """Whether a seat may see a thing."""
        if who.foreign:
            return False
        return bool(getattr(self, f"_{it.kind}")(who, it))

    def _concern(self, who: Person, it: Thing) -> bool:
        if it.to == "room":
            return self.has(who, READERS)
        if it.to == "delegation":
            return self.has(who, VOTING | {"counsel"}) and who.of == it.of
        return (self.has(who, VOTING | {"counsel"}) and who.name == it.by) or self.has(who, {"mediator"})

    def _waiting(self, who: Person, it: Thing) -> bool:
        if self.has(who, {"mediator", "chair"}):
            return not it.held and not self.waits_for_its_delegation(it)
        if not self.has(who, VOTING | {"counsel"}):
            return False
        own = (it.to == "seat" and who.name == it.by) or (it.to == "organisation" and who.of == it.of)
        return own or (who.role == "counsel" and who.of == it.of)

    def waits_for_its_delegation(self, it: Thing) -> bool:
        """Whether it bears the name of a delegation that is away."""
        return it.to != "nobody" and it.of in self.away

    def _sounding(self, who: Person, it: Thing) -> bool:
        if self.has(who, STEERING):
            return True
        return it.to == "room" and self.has(who, {"linguist"} if it.state == "draft" else READERS)

    def _confidence(self, who: Person, it: Thing) -> bool:
        if self.has(who, {"mediator"}):
            return True
        if who.name == it.by:
            return self.has(who, TABLE - {"linguist"} | {"liaison"})
        return it.shared and who.of == it.of and self.has(who, TABLE - {"linguist"})

    def _line(self, who: Person, it: Thing) -> bool:
        return self.has(who, STEERING | TABLE)

    def _meeting(self, who: Person, it: Thing) -> bool:
        return self.has(who, KEEPERS) or (self.has(who, READERS) and who.name in it.more)

    def _seat(self, who: Person, it: Thing) -> bool:
        if self.has(who, KEEPERS):
            return True
        other = self.people[it.by]
        at_table = other.of is None or other.of in DELEGATIONS
        return (
            self.has(who, STEERING | TABLE) and other.state == "active" and at_table and other.role in STEERING | TABLE
        )

    def mediators(self) -> list[Person]:
        return [each for each in self.people.values() if each.role == "mediator" and each.state == "active"]


Outcome = str
"""done, refused or absent."""


class Walk(stateful_texts.TextSteps):
    """One world, walked through."""

    thing = Thing

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.talks = begun(f"Walk {seed}", batch=3, voters=("seat", "delegation")[seed % 2])
        self.as_one = seed % 2 == 1
        foreign = begun(f"Beside {seed}")
        people = {name: self._person(name, seat) for name, seat in self.talks.seats.items()}
        for name in ("mediator", "quill head", "liaison"):
            seat = foreign.seats[name]
            self.talks.seats[f"foreign {name}"] = seat
            people[f"foreign {name}"] = self._person(f"foreign {name}", seat, foreign=True)
        second = seated(self.talks.process, "second mediator", "mediator")
        self.talks.seats["second mediator"] = second
        people["second mediator"] = self._person("second mediator", second)
        self.model = Model(people)
        for person in people.values():
            if not person.foreign:
                self.model.all("seat").append(Thing(person.id, "seat", by=person.name, of=person.of))
        self.empty: set[str] = set()
        """Seats that nobody has taken: nobody acts from them."""
        self.theme = Theme.objects.create(process=self.talks.process, name={"en": "Misuse", "zh": "滥用"})
        self.begin_texts()

    @staticmethod
    def _person(name: str, seat: Seat, *, foreign: bool = False) -> Person:
        of = name.split()[0] if seat.organisation_id and name.split()[-1] in AT_TABLE else None
        of = name if seat.organisation_id and of is None else of
        return Person(name, str(seat.role), of, seat.pk, foreign=foreign)

    def some(self, kind: str) -> Thing:
        """A thing of a kind; one that there is not, where there is none."""
        things = self.model.all(kind)[-SOME:]
        if not things or self.random.random() < 0.03:
            return Thing(uuid4(), kind, more=(), to="nothing", by="nobody at all")
        return self.random.choice(things)

    def step(self) -> str:
        """Somebody tries something; what happened, in words."""
        name = self.random.choice([each for each in dir(self) if each.startswith("try_")])
        willing = self.random.random() < 0.7
        for _ in range(40 if willing else 1):
            who = self.random.choice([each for each in self.model.people.values() if each.name not in self.empty])
            expected, do, then = getattr(self, name)(who)
            if expected == "done" and not who.foreign:
                break
        if who.foreign:
            expected = "absent"
            if name in ANYWHERE:
                return ""
        try:
            result = do(self.talks.viewer(who.name))
            happened = "done"
        except Absent:
            happened = "absent"
        except Refused:
            happened = "refused"
        told = f"{who.name} ({who.state}, of {who.of}): {name}, {expected} expected, {happened}"
        assert happened == expected, told
        if happened == "done":
            then(result)
        return told

    def seen(self, who: Person) -> dict[str, set[UUID]]:
        """What the gate shows somebody."""
        gate = visible(self.talks.viewer(who.name))
        return {
            "concern": {each.pk for each in gate.concerns()},
            "waiting": {each.pk for each in gate.waiting()},
            "sounding": {each.pk for each in gate.soundings()},
            "confidence": {each.pk for each in gate.confidences()},
            "line": {each.pk for each in gate.holding_lines()},
            "meeting": {each.pk for each in gate.meetings()},
            "seat": {each.pk for each in gate.seats()},
        } | stateful_texts.seen(gate)

    def check(self, who: Person, told: str) -> None:
        """What somebody sees is what the model says."""
        for kind, ids in self.seen(who).items():
            own = {each.id for each in self.model.all(kind) if self.model.sees(who, each)}
            ids &= {each.id for each in self.model.all(kind)} if who.foreign else ids
            assert ids == own, f"after {told}: {who.name} sees of {kind} {len(ids)}, not {len(own)}"

    def visit(self, who: Person, told: str) -> None:
        """Pages are there for whom the model says, and for nobody else."""
        client = self.talks.client(who.name)
        for kind, address in PAGES.items():
            it = self.some(kind)
            there = it in self.model.all(kind) and self.model.sees(who, it)
            if it not in self.model.all(kind) and "{1" in address:
                continue
            status = client.get(address.format(it.id, it)).status_code
            wanted = {200} if there else {404} if who.state == "active" else {303, 404}
            assert status in wanted, f"after {told}: {who.name} gets {status} for a {kind}"

    # concerns

    def try_raising(self, who: Person) -> Any:
        to = self.random.choice(("seat", "organisation", "nobody", "delegation", "mediator"))
        body = {"en": f"Concern {uuid4().hex}", "zh": "", "original": "en", "translation": "needed"}
        before = {*Waiting.objects.values_list("pk", flat=True), *Concern.objects.values_list("pk", flat=True)}

        def then(_: Any) -> None:
            rows = [*Waiting.objects.exclude(pk__in=before), *Concern.objects.exclude(pk__in=before)]
            kind, by = "concern" if to in ("delegation", "mediator") else "waiting", "" if to == "nobody" else who.name
            self.model.all(kind).append(Thing(rows[0].pk, kind, by, who.of, to))

        given = register.Given(self.theme.pk, body, [], to)
        expected = "done" if self.model.has(who, VOTING | {"counsel"}) else "absent"
        return expected, lambda viewer: register.raise_concern(viewer, given), then

    def try_taking_back(self, who: Person) -> Any:
        it = self.some("waiting")
        expected = "absent"
        if self.model.has(who, VOTING | {"counsel"}) and self.model.sees(who, it) and it in self.model.all("waiting"):
            own = who.name == it.by if it.to == "seat" else it.to == "organisation" and who.of == it.of
            expected = "done" if own else "refused"
        return expected, lambda viewer: register.take_back(viewer, it.id), lambda _: self._gone(it)

    def _gone(self, it: Thing) -> None:
        self.model.all(it.kind).remove(it)

    def try_releasing(self, who: Person) -> Any:
        waiting = self.model.all("waiting")
        free = [each for each in waiting if not each.held and not self.model.waits_for_its_delegation(each)]
        unnamed = [each for each in free if each.to == "nobody"]
        going = [each for each in free if each.to != "nobody" or len(unnamed) >= self.model.batch]
        expected = "absent"
        if self.model.has(who, {"mediator", "chair"}):
            expected = "refused" if self.model.frozen or not going else "done"
        before = {*Concern.objects.values_list("pk", flat=True)}

        def then(count: int) -> None:
            assert count == len(going)
            for each in going:
                self._gone(each)
            for row in Concern.objects.exclude(pk__in=before):
                by = next((name for name, each in self.model.people.items() if each.id == row.seat_id), "")
                of = next(
                    (key for key, each in self.talks.organisations.items() if each.pk == row.organisation_id), None
                )
                self.model.all("concern").append(Thing(row.pk, "concern", by, of, "room"))

        return expected, register.release, then

    def try_assessing(self, who: Person) -> Any:
        it = self.some("concern")
        expected = "absent"
        if self.model.has(who, VOTING) and self._there(who, it):
            expected = "done" if it.to == "room" and it.state != "withdrawn" else "refused"
        values = self.random.randint(1, 5), self.random.randint(1, 5)
        return expected, lambda viewer: register.assess(viewer, it.id, *values), _nothing

    def _there(self, who: Person, it: Thing) -> bool:
        return it in self.model.all(it.kind) and self.model.sees(who, it)

    def try_withdrawing_a_concern(self, who: Person) -> Any:
        it = self.some("concern")
        expected = "absent"
        if self.model.has(who, VOTING | {"counsel"}) and self._there(who, it):
            named = bool(it.by)
            own = who.name == it.by if named else it.of == who.of and who.role in {"head", "alternate"}
            expected = "done" if own and it.state != "withdrawn" else "refused"
        return expected, lambda viewer: register.withdraw(viewer, it.id), _becomes(it, "withdrawn")

    def try_saying_what_became_of_it(self, who: Person) -> Any:
        it = self.some("concern")
        expected = "absent"
        if self.model.has(who, KEEPERS) and self._there(who, it):
            expected = "done" if it.to == "room" else "refused"
        text = {"en": "A clause.", "zh": "条款。"}
        return expected, lambda viewer: register.add_outcome(viewer, it.id, "clause", text), _nothing

    # soundings and votes

    def try_drafting(self, who: Person) -> Any:
        audience = self.random.choice(("room", "room", "wide"))
        expected = "absent"
        if self.model.has(who, KEEPERS):
            expected = "refused" if audience == "wide" and who.role != "mediator" else "done"
        plan = register.Plan({"en": "Title", "zh": "标题"}, audience)

        def then(row: Sounding) -> None:
            self.model.all("sounding").append(Thing(row.pk, "sounding", to=audience, state="draft", more=[]))

        return expected, lambda viewer: register.make_sounding(viewer, plan), then

    def try_writing_a_statement(self, who: Person) -> Any:
        it = self.some("sounding")
        expected = "absent"
        if self.model.has(who, KEEPERS) and self._there(who, it):
            expected = "done" if it.state == "draft" else "refused"
        body = {"en": "Statement", "zh": "观点", "original": "en", "translation": "given"}

        def then(row: Statement) -> None:
            it.more.append(row.pk)

        return expected, lambda viewer: register.add_statement(viewer, it.id, body), then

    def _steering(self, who: Person, it: Thing, state: str) -> Outcome:
        if not self.model.has(who, {"mediator", "chair"}) or not self._there(who, it):
            return "absent"
        if it.to == "wide" and who.role != "mediator":
            return "absent"
        return "done" if it.state == state and it.more and not self.model.frozen else "refused"

    def try_opening(self, who: Person) -> Any:
        it = self.some("sounding")

        def do(viewer: Any) -> Any:
            found = Sounding.objects.filter(pk=it.id).first() or Sounding(pk=it.id)
            return voting_acts.open_sounding(viewer, found, confirmed=True)

        return self._steering(who, it, "draft"), do, _becomes(it, "open")

    def try_closing(self, who: Person) -> Any:
        it = self.some("sounding")

        def do(viewer: Any) -> Any:
            return voting_acts.close_sounding(viewer, Sounding.objects.filter(pk=it.id).first() or Sounding(pk=it.id))

        return self._steering(who, it, "open"), do, _becomes(it, "closed")

    def try_voting(self, who: Person) -> Any:
        it = self.some("sounding")
        statement = self.random.choice(it.more) if it.more else uuid4()
        expected = "absent"
        if self.model.has(who, VOTING) and self._there(who, it) and it.more and it.to == "room":
            leads = who.role in {"head", "alternate"}
            expected = "done" if it.state == "open" and (leads or not self.as_one) else "refused"
        choice = self.random.choice(("agree", "disagree", "pass", "undo"))
        return expected, lambda viewer: voting_acts.vote(viewer, it.id, statement, choice), _nothing

    # confidences and holds

    def try_confiding(self, who: Person) -> Any:
        instruction = self.random.choice((*ORDER, "conditional"))
        then_ = self.random.choice(ORDER[1:]) if instruction == "conditional" else ""
        shared = self.random.random() < 0.5
        given = {
            "text": "In confidence.",
            "instruction": instruction,
            "condition": "If.",
            "then": then_,
            "shared": shared,
        }

        def then(row: Any) -> None:
            mine = shared and who.role != "liaison"
            made = Thing(row.pk, "confidence", who.name, who.of, then_ or instruction, "standing", mine)
            self.model.all("confidence").append(made)

        expected = "done" if self.model.has(who, TABLE - {"linguist"} | {"liaison"}) else "absent"
        return expected, lambda viewer: confidence_acts.give(viewer, given), then

    def _own(self, who: Person, it: Thing) -> Outcome:
        if not self.model.has(who, TABLE - {"linguist"} | {"liaison"}) or not self._there(who, it):
            return "absent"
        return "done" if who.name == it.by else "refused"

    def try_sharing(self, who: Person) -> Any:
        it, shared = self.some("confidence"), self.random.random() < 0.5
        expected = self._own(who, it)
        if expected == "done" and who.role == "liaison":
            expected = "refused"

        def then(_: Any) -> None:
            it.shared = shared

        return expected, lambda viewer: confidence_acts.share(viewer, it.id, shared), then

    def try_withdrawing_a_confidence(self, who: Person) -> Any:
        it = self.some("confidence")
        expected = self._own(who, it)
        if expected == "done" and it.state == "withdrawn":
            expected = "refused"
        return expected, lambda viewer: confidence_acts.withdraw(viewer, it.id), _becomes(it, "withdrawn")

    def try_using(self, who: Person) -> Any:
        it, kind = self.some("confidence"), self.random.choice(ORDER[1:])
        expected = "absent"
        if self.model.has(who, {"mediator"}) and self._there(who, it):
            within = it.to != "never" and ORDER.index(kind) <= ORDER.index(it.to)
            stopped = self.model.frozen and kind in {"unattributed", "attributed"}
            expected = "done" if it.state == "standing" and within and not stopped else "refused"
        return expected, lambda viewer: confidence_acts.use(viewer, it.id, kind, "A note.", True), _nothing

    def try_holding(self, who: Person) -> Any:
        it, letting_go = self.some("waiting"), self.random.random() < 0.4
        expected = "absent"
        if self.model.has(who, {"counsel"}) and self._there(who, it) and who.of == it.of:
            expected = "done" if it.held == letting_go else "refused"

        def do(viewer: Any) -> Any:
            return hold_acts.release(viewer, it.id) if letting_go else hold_acts.place(viewer, it.id, "A reason.")

        def then(_: Any) -> None:
            it.held = not letting_go

        return expected, do, then

    # the plan

    def try_writing_a_line(self, who: Person) -> Any:
        given = {each: {"en": each, "zh": each} for each in ("occasion", "line", "speaker")}

        def then(row: Any) -> None:
            self.model.all("line").append(Thing(row.pk, "line", more=plan_acts.digest(row)))

        expected = "done" if self.model.has(who, {"mediator"}) else "absent"
        return expected, lambda viewer: plan_acts.write(viewer, given), then

    def try_agreeing(self, who: Person) -> Any:
        it = self.some("line")
        expected = "done" if self.model.has(who, {"head", "alternate"}) and self._there(who, it) else "absent"
        return expected, lambda viewer: plan_acts.agree(viewer, it.id, str(it.more)), _nothing

    def try_freezing(self, who: Person) -> Any:
        expected = "absent"
        if self.model.has(who, {"mediator", "chair", "head", "alternate"}):
            expected = "refused" if self.model.frozen else "done"
        return expected, plan_acts.freeze, lambda _: setattr(self.model, "frozen", True)

    def try_thawing(self, who: Person) -> Any:
        expected = "absent"
        if self.model.has(who, {"mediator"}):
            expected = "done" if self.model.frozen else "refused"
        return expected, plan_acts.thaw, lambda _: setattr(self.model, "frozen", False)

    # people

    def try_changing_a_delegations_standing(self, who: Person) -> Any:
        own = self.random.choice([*DELEGATIONS])
        how = self.random.choice(("suspend", "withdraw", "readmit", "readmit", "readmit"))
        before = self.model.away.get(own)
        fits = {"suspend": before is None, "withdraw": before != "withdrew", "readmit": before is not None}[how]
        expected = "absent"
        if self.model.has(who, KEEPERS):
            expected = "done" if fits else "refused"
        act = {"suspend": standing_acts.suspend, "withdraw": standing_acts.withdraw, "readmit": standing_acts.readmit}

        def then(_: Any) -> None:
            self._stands(own, how, before)

        return expected, lambda viewer: act[how](viewer, self.talks.organisations[own].pk), then

    def _stands(self, own: str, how: str, before: str | None) -> None:
        theirs = [each for each in self.model.all("confidence") if each.of == own]
        if how == "readmit":
            del self.model.away[own]
            turned = ("frozen", "standing") if before == "suspended" else ("", "")
        else:
            self.model.away[own] = {"suspend": "suspended", "withdraw": "withdrew"}[how]
            turned = ("standing", "frozen")
        for each in theirs:
            each.state = turned[1] if each.state == turned[0] else each.state

    def try_changing_a_seat(self, who: Person) -> Any:
        it = self.some("seat")
        other = self.model.people.get(it.by)
        how = self.random.choice(("suspend", "revoke", "restore", "restore", "restore"))
        expected = "absent"
        if other is not None and self.model.has(who, KEEPERS):
            before = {"suspend": {"active"}, "revoke": {"active", "suspended", "pending"}}
            fits = other.state in before.get(how, {"suspended", "revoked"})
            last = how != "restore" and self.model.mediators() == [other]
            guarded = other.role in {"mediator", "chair"} and who.role != "mediator"
            expected = "done" if fits and not last and not guarded else "refused"
        act = {
            "suspend": standing_acts.suspend_seat, "revoke": standing_acts.revoke_seat,
            "restore": standing_acts.restore_seat,
        }  # fmt: skip

        def then(row: Seat) -> None:
            assert other is not None
            states = {"suspend": "suspended", "revoke": "revoked"}
            other.state = states.get(how, "active" if other.name in self.talks.seats else "pending")

        return expected, lambda viewer: act[how](viewer, it.id), then

    def try_adding_a_seat(self, who: Person) -> Any:
        own, role = self.random.choice([*DELEGATIONS]), self.random.choice(("delegate", "counsel", "linguist"))
        given = {"name": {"en": "New", "zh": "新"}, "role": role, "capacity": "policy", "begins": date(2026, 1, 1),
                 "ends": None}  # fmt: skip
        organisation = self.talks.organisations[own]

        def do(viewer: Any) -> Any:
            made = roster_acts.save_seat(viewer, given, organisation=organisation)
            invitation_acts.invite(viewer, made)
            return made

        def then(row: Seat) -> None:
            name = f"{own} new {row.pk}"
            self.model.people[name] = Person(name, role, own, row.pk, "pending", foreign=False)
            self.model.all("seat").append(Thing(row.pk, "seat", by=name, of=own))
            self.empty.add(name)

        return "done" if self.model.has(who, KEEPERS) else "absent", do, then

    # meetings

    def try_planning(self, who: Person) -> Any:
        within = Round.objects.get(process=self.talks.process)
        own = self.random.choice([*DELEGATIONS])
        invited = [name for name in self.talks.seats if name.split()[0] == own] if self.random.random() < 0.7 else []
        invited += ["observer"] if self.random.random() < 0.3 else []
        invited = [name for name in invited if self.model.people[name].state != "revoked"]
        given = {"round": within.pk, "format": "caucus", "title": {"en": "T", "zh": "题"},
                 "day": timezone.localdate() + timedelta(1), "hour": None, "offline": False}  # fmt: skip

        def do(viewer: Any) -> Any:
            made = meeting_acts.save_meeting(viewer, given)
            meeting_acts.save_list(viewer, made.pk, [], [str(self.talks.seats[name].pk) for name in invited])
            return made

        def then(row: Any) -> None:
            self.model.all("meeting").append(Thing(row.pk, "meeting", more=set(invited)))

        return "done" if self.model.has(who, KEEPERS) else "absent", do, then

    def try_stopping(self, who: Person) -> Any:
        it = self.some("meeting")
        expected = "absent"
        if self.model.has(who, {"counsel"}) and self._there(who, it):
            expected = "refused" if it.state == "stopped" else "done"
        return expected, lambda viewer: stops.stop(viewer, it.id), _becomes(it, "stopped")

    def try_resuming(self, who: Person) -> Any:
        it = self.some("meeting")
        expected = "absent"
        if self.model.has(who, {"mediator"}) and self._there(who, it):
            expected = "done" if it.state == "stopped" else "refused"
        return expected, lambda viewer: stops.resume(viewer, it.id), _becomes(it, "")


ANYWHERE = {
    "try_raising", "try_releasing", "try_drafting", "try_confiding", "try_writing_a_line", "try_freezing",
    "try_thawing", "try_adding_a_seat", "try_planning", *stateful_texts.NAMES_NOTHING,
}  # fmt: skip
"""What names nothing of these talks: people of other talks do it in their own."""
PAGES = {
    "concern": "/concerns/{}",
    "sounding": "/statements/{}",
    "confidence": "/confidences/{}",
    "meeting": "/meetings/{}",
    **stateful_texts.PAGES,
}


def _nothing(_: Any) -> None:
    return None


def _becomes(it: Thing, state: str) -> Callable[[Any], None]:
    def then(_: Any) -> None:
        it.state = state

    return then


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(STEPS // A_WORLD))
def test_what_is_done_refused_absent_and_seen_is_what_the_model_says(seed: int) -> None:
    walk, happened = Walk(seed), 0
    for number in range(A_WORLD):
        told = walk.step()
        happened += told.endswith("done")
        acting = [each for each in walk.model.people.values() if each.name not in walk.empty]
        walk.check(walk.random.choice(acting), told)
        if number % 20 == 0:
            walk.visit(walk.random.choice(acting), told)
    walk.check_states()
    assert happened > A_WORLD // 5


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_that_went_between_page_and_act_is_gone(seed: int) -> None:
    """Whoever looks was found while the seat stood; the act finds it revoked, or its delegation away."""
    walk = Walk(seed)
    for _ in range(300):
        walk.step()
    tried = set()
    for name in sorted(each for each in dir(walk) if each.startswith("try_")) * 4:
        who = walk.random.choice([each for each in walk.model.people.values() if each.name not in walk.empty])
        for _ in range(40):
            expected, do, _then = getattr(walk, name)(who)
            if (expected == "done" and not who.foreign) or name in tried:
                break
            who = walk.random.choice([each for each in walk.model.people.values() if each.name not in walk.empty])
        else:
            continue
        if name in tried:
            continue
        tried.add(name)
        found = walk.talks.viewer(who.name)
        assert found.rights  # what a page asked for
        Seat.objects.filter(pk=who.id).update(state=Seat.State.REVOKED)
        with pytest.raises(Absent):
            do(found)
        Seat.objects.filter(pk=who.id).update(state=Seat.State.ACTIVE)
    assert len(tried) >= 24


@pytest.mark.django_db
def test_who_no_longer_leads_a_delegation_casts_its_ballot_no_more() -> None:
    walk = Walk(1)
    mediator, head = walk.talks.viewer("mediator"), walk.talks.viewer("quill head")
    made = register.make_sounding(mediator, register.Plan({"en": "Title", "zh": "标题"}))
    body = {"en": "Statement", "zh": "观点", "original": "en", "translation": "given"}
    statement = register.add_statement(mediator, made.pk, body)
    voting_acts.open_sounding(mediator, made)
    voting_acts.vote(head, made.pk, statement.pk, "agree")
    Seat.objects.filter(pk=head.seat.pk).update(role="delegate")
    with pytest.raises(Absent):
        voting_acts.vote(head, made.pk, statement.pk, "disagree")
