"""Texts in the walk of test_permissions_stateful.py: who may see and do what with them, and the steps that try it.

Each text has one provision with one bracket that stays the same from draft to draft, so that what was done with it
stays too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from room.talks import DELEGATIONS

from tracktwo.room.drafting import bracket_acts, concept_acts, group_acts, issuing, one_text_acts, proposing
from tracktwo.room.drafting.models import Group, Text
from tracktwo.room.drafting.stored import whole

LEADERS = {"head", "alternate"}
PROPOSING = LEADERS | {"delegate"}
CRITICS = PROPOSING | {"expert", "counsel"}
TABLE = CRITICS | {"linguist"}
STEERING = {"mediator", "chair", "secretariat"}
DRAFTING = {"mediator", "chair"}
NAMES_NOTHING = {"try_beginning_a_text"}
"""What people of other talks do in their own."""
BOTH = {"en": "Words", "zh": "文字"}
SETTLED = {"lifted", "dropped"}


@dataclass
class Facts:
    """A text, as the model knows it."""

    issued: int = 0
    working: bool = False
    asked: str = ""
    provision: str = "0" * 16
    bracket: str = "open"
    holders: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    call: str = ""
    fine: set[str] = field(default_factory=set)

    def settle(self, away: Any) -> None:
        """Where all who hold it say the same, it is done; unless nobody named any of them."""
        there = {each: stance for each, stance in self.holders.items() if each not in away}
        said = {self.said.get(each) for each in there}
        if len(said) == 1 and None not in said and {*there.values()} != {"joined"}:
            self.bracket, self.call = str(said.pop()), ""


class SeenInModel:
    """What of texts a seat sees; a part of the model."""

    has: Any

    def _text(self, who: Any, it: Any) -> bool:
        return self.has(who, DRAFTING if it.state == "preparing" else STEERING | TABLE | {"observer"})

    def _draft(self, who: Any, it: Any) -> bool:
        return self._text(who, it.more) and (it.state == "issued" or self.has(who, DRAFTING))

    def _proposal(self, who: Any, it: Any) -> bool:
        inside = it.more.get("group") is None or self.inside(who, it.more["group"])
        return inside and self._group(who, it.more["text"])

    def _group(self, who: Any, it: Any) -> bool:
        """Who is in a group, and on what it works, all in the room see."""
        text = it.more["text"] if it.kind == "group" else it
        return self.has(who, STEERING | TABLE) and self._text(who, text)

    def inside(self, who: Any, group: Any) -> bool:
        """Who sees what is done within it."""
        return self.has(who, DRAFTING) or who.name in {*group.more["members"], group.more["facilitator"]}

    def _criticism(self, who: Any, it: Any) -> bool:
        mine = self.has(who, CRITICS) and who.of == it.of
        return (mine or self.has(who, {"mediator"})) and self._text(who, it.more)

    def _answer(self, who: Any, it: Any) -> bool:
        mine = self.has(who, TABLE) and who.of == it.of
        away = it.of in self.away  # type: ignore[attr-defined]
        return (mine or self.has(who, {"mediator"})) and self._text(who, it.more) and not away


def seen(gate: Any) -> dict[str, set[UUID]]:
    """What the gate shows of texts."""
    return {
        "text": {each.pk for each in gate.texts()},
        "draft": {each.pk for each in gate.drafts()},
        "proposal": {each.pk for each in gate.proposals()},
        "group": {each.pk for each in gate.groups()},
        "criticism": {each.pk for each in gate.criticisms()},
        "answer": {each.pk for each in gate.positions()},
    }


PAGES = {
    "text": "/texts/{0}",
    "group": "/texts/{1.more[text].id}/groups/{0}",
}


class TextSteps:
    """Steps with texts; a part of the walk."""

    random: Any
    model: Any
    talks: Any
    some: Callable[[str], Any]
    _there: Callable[[Any, Any], bool]
    thing: Any

    def _a_text(self, *modes: str) -> Any:
        """A text: mostly of a mode that fits, and before the body."""
        fitting = [each for each in self.model.all("text") if each.to in modes and each.state == "open"][:3]
        it = self.random.choice(fitting) if fitting and self.random.random() < 0.7 else self.some("text")
        if it.more == ():
            it.more = Facts()
        return it

    def _gate(self, who: Any, it: Any, roles: set[str], refused: bool) -> str:
        """Absent for whom it is not there, or who has no right; else whether it is the time."""
        if not self.model.has(who, roles) or not self._there(who, it):
            return "absent"
        return "refused" if refused else "done"

    def begin_texts(self) -> None:
        """A text of each mode before the body."""
        viewer = self.talks.viewer("mediator")
        en, zh = "1. Each Party shall report [within 30 days].\n", "1. 各方应[在30天内]报告。\n"
        for mode in ("bracketed", "one-text", "conceptual"):
            it = self.thing(issuing.create_text(viewer, BOTH, mode).pk, "text", to=mode, state="open", more=Facts())
            self.model.all("text").append(it)
            if mode == "conceptual":
                concept_acts.open_concepts(viewer, it.id)
                continue
            issuing.write_first(viewer, it.id, en, zh)
            row = issuing.issue(viewer, it.id)
            it.more.issued, it.more.provision = 1, next(iter(whole(row).passages))
            self.model.all("draft").append(self.thing(row.pk, "draft", state="issued", more=it))

    # drafts

    def try_beginning_a_text(self, who: Any) -> Any:
        mode = self.random.choice(("bracketed", "bracketed", "one-text", "conceptual"))

        def then(row: Any) -> None:
            self.model.all("text").append(self.thing(row.pk, "text", to=mode, state="preparing", more=Facts()))

        expected = "done" if self.model.has(who, DRAFTING) else "absent"
        return expected, lambda viewer: issuing.create_text(viewer, BOTH, mode), then

    def try_writing_a_draft(self, who: Any) -> Any:
        it = self._a_text("bracketed", "one-text")
        expected = self._gate(who, it, DRAFTING, it.state == "closed" or it.to == "conceptual")
        number = self.random.randrange(10**9)
        en = f"1. Each Party shall report [within 30 days].\n\n2. Version {number}.\n"
        zh = f"1. 各方应[在30天内]报告。\n\n2. 第{number}版。\n"

        def then(row: Any) -> None:
            if not it.more.working:
                self.model.all("draft").append(self.thing(row.pk, "draft", state="working", more=it))
            it.more.working = True

        return expected, lambda viewer: issuing.write_first(viewer, it.id, en, zh), then

    def try_discarding_a_draft(self, who: Any) -> Any:
        it = self._a_text("bracketed", "one-text")
        expected = self._gate(who, it, DRAFTING, it.state == "closed" or not it.more.working)

        def then(_: Any) -> None:
            it.more.working = False
            drafts = self.model.all("draft")
            drafts.remove(next(each for each in drafts if each.more is it and each.state == "working"))

        return expected, lambda viewer: issuing.discard(viewer, it.id), then

    def try_issuing(self, who: Any) -> Any:
        it = self._a_text("bracketed", "one-text")
        expected = self._gate(who, it, DRAFTING, it.state == "closed" or not it.more.working)
        if self.model.frozen and self.model.has(who, DRAFTING):
            expected = "refused"

        def then(row: Any) -> None:
            read = whole(row)
            provision = next(key for key, each in read.passages.items() if each.pairs)
            assert it.more.issued == 0 or provision == it.more.provision
            it.more.provision, it.more.issued = provision, row.number
            it.more.working, it.more.asked, it.state = False, "", "open"
            draft = next(each for each in self.model.all("draft") if each.id == row.pk)
            draft.state = "issued"
            for each in self.model.all("proposal"):
                if each.more["text"] is it and each.state == "tabled":
                    each.more["on"] = row.number

        return expected, lambda viewer: issuing.issue(viewer, it.id), then

    def try_naming_or_closing_a_text(self, who: Any) -> Any:
        it, close = self._a_text("bracketed"), self.random.random() < 0.1
        expected = self._gate(who, it, DRAFTING, it.state == "closed")

        def then(_: Any) -> None:
            it.state = "closed" if close else it.state

        return expected, lambda viewer: issuing.settle_text(viewer, it.id, BOTH, it.to or "bracketed", close), then

    def try_confirming_receipt(self, who: Any) -> Any:
        it = self._a_text("bracketed", "one-text")
        expected = self._gate(who, it, LEADERS, False) if it.more.issued else "absent"
        return expected, lambda viewer: issuing.acknowledge(viewer, it.id, it.more.issued), _nothing

    # brackets

    def _bracket(self, who: Any, roles: set[str], name: str, refused: Callable[[Any], bool], **more: Any) -> Any:
        """An act on a bracket: what is expected, how it is done, and the text."""
        it = self._a_text("bracketed")
        on = it.more.issued if self.random.random() < 0.95 else it.more.issued + 1
        never = it.to != "bracketed" or it.state != "open" or on != it.more.issued
        expected = self._gate(who, it, roles, never or refused(it.more)) if it.more.issued else "absent"
        given = (it.id, it.more.provision, "0-0", on)
        return expected, lambda viewer: bracket_acts.ACTS[name](viewer, *given, **more), it.more

    def try_holding_a_bracket(self, who: Any) -> Any:
        expected, do, it = self._bracket(
            who, LEADERS, "hold", lambda each: each.bracket in SETTLED or who.of in each.holders
        )

        def then(_: Any) -> None:
            it.holders[who.of], it.call = "joined", ""
            it.said.clear()

        return expected, do, then

    def try_assigning_a_bracket(self, who: Any) -> Any:
        own = self.random.choice([*DELEGATIONS])
        named = [str(self.talks.organisations[own].pk)]
        expected, do, it = self._bracket(
            who, DRAFTING, "assign", lambda each: each.bracket in SETTLED, organisations=named
        )

        def then(_: Any) -> None:
            it.holders[own], it.call = "reserves", ""

        return expected, do, then

    def try_letting_a_bracket_go(self, who: Any) -> Any:
        expected, do, it = self._bracket(
            who, LEADERS, "let-go", lambda each: each.bracket in SETTLED or who.of not in each.holders
        )

        def then(_: Any) -> None:
            del it.holders[who.of]
            it.said.pop(who.of, None)
            it.settle(self.model.away)

        return expected, do, then

    def try_saying_what_becomes_of_a_bracket(self, who: Any) -> Any:
        """Holders alone."""
        fate = self.random.choice(("lifted", "dropped", "parked"))
        expected, do, it = self._bracket(
            who, LEADERS, "say", lambda each: each.bracket in SETTLED or who.of not in each.holders, fate=fate
        )

        def then(_: Any) -> None:
            it.said[who.of] = fate
            it.settle(self.model.away)

        return expected, do, then

    def try_calling(self, who: Any) -> Any:
        fate, today = self.random.choice(("lifted", "dropped")), timezone.localdate()
        expected, do, it = self._bracket(
            who, DRAFTING, "call", lambda each: each.bracket in SETTLED or bool(each.call), fate=fate, until=today
        )

        def then(_: Any) -> None:
            it.call, it.fine = fate, set()

        return expected, do, then

    def try_being_fine(self, who: Any) -> Any:
        expected, do, it = self._bracket(
            who, LEADERS, "fine", lambda each: each.bracket in SETTLED or not each.call or who.of in each.holders
        )
        return expected, do, lambda _: it.fine.add(who.of)

    def try_concluding(self, who: Any) -> Any:
        """Once nobody at the table objects, which holding is, and all have said so."""
        table = {*DELEGATIONS} - {*self.model.away}

        def refused(it: Any) -> bool:
            agreeing = {own for own, said in it.said.items() if said == it.call}
            objecting = (table & it.holders.keys()) - agreeing
            return it.bracket in SETTLED or not it.call or bool(objecting or table - it.fine - agreeing)

        expected, do, it = self._bracket(who, DRAFTING, "conclude", refused)

        def then(_: Any) -> None:
            it.bracket, it.call = it.call, ""

        return expected, do, then

    def try_reopening(self, who: Any) -> Any:
        expected, do, it = self._bracket(who, DRAFTING, "reopen", lambda each: each.bracket == "open")

        def then(_: Any) -> None:
            it.bracket, it.call = "open", ""
            it.said.clear()

        return expected, do, then

    # proposals and contact groups

    def try_proposing(self, who: Any) -> Any:
        """Before the room, or within a contact group."""
        it, group = self._a_text("bracketed"), None
        if self.random.random() < 0.4 and self.model.all("group"):
            group = self.some("group")
            if group.more == ():
                group = None
            else:
                it = group.more["text"]
        expected = self._gate(who, it, PROPOSING, it.to != "bracketed" or it.state != "open")
        if expected == "done" and group is not None:
            inside = "done" if who.name in group.more["members"] and group.state != "reported" else "refused"
            expected = inside if self.model.inside(who, group) else "absent"
        if expected == "done" and not it.more.issued:
            expected = "absent"
        given = proposing.Given("MOD", it.more.provision, f"Parties report {uuid4().hex}.")
        row = Group(pk=group.id) if group is not None else None

        def then(made: Any) -> None:
            more = {"text": it, "group": group, "on": it.more.issued, "echoes": set()}
            self.model.all("proposal").append(self.thing(made.pk, "proposal", of=who.of, state="tabled", more=more))

        return expected, lambda viewer: proposing.propose(viewer, it.id, it.more.issued, given, row), then

    def _a_proposal(self) -> tuple[Any, Any]:
        it = self.some("proposal")
        if it.more == ():
            it.more = {"text": self._a_text("bracketed"), "group": None, "on": 0, "echoes": set()}
        return it, it.more["text"]

    def try_withdrawing_a_proposal(self, who: Any) -> Any:
        it, text = self._a_proposal()
        expected = self._gate(who, text, PROPOSING, text.to != "bracketed" or text.state != "open")
        if expected == "done":
            expected = self._gate(who, it, PROPOSING, it.of != who.of or it.state != "tabled")
        return expected, lambda viewer: proposing.withdraw(viewer, text.id, it.id), _becomes(it, "withdrawn")

    def try_deciding(self, who: Any) -> Any:
        it, text = self._a_proposal()
        how = self.random.choice(("taken", "bracketed", "left", "tabled"))
        expected = self._gate(who, text, DRAFTING, text.to != "bracketed" or text.state != "open")
        if expected == "done":
            older = it.more["on"] != text.more.issued and how in {"taken", "bracketed"}
            expected = self._gate(who, it, DRAFTING, it.state == "withdrawn" or older)
            expected = "absent" if it.more["group"] is not None else expected
        return expected, lambda viewer: proposing.decide(viewer, text.id, it.id, how), _becomes(it, how)

    def try_setting_up_a_group(self, who: Any) -> Any:
        it = self._a_text("bracketed")
        people = self.model.people
        members = [f"{own} delegate" for own in self.random.sample([*DELEGATIONS], 2)]
        leader = self.random.choice(("secretariat", "lantern expert"))
        if any(people[each].state != "active" for each in (*members, leader)):
            members, leader = [], "mediator"
        expected = "absent"
        if it.to == "bracketed":
            expected = self._gate(who, it, DRAFTING, it.state != "open" or not members)
        ids = [people[each].id for each in members]

        def do(viewer: Any) -> Any:
            return group_acts.set_up(viewer, it.id, BOTH, people[leader].id, ids, [it.more.provision])

        def then(row: Any) -> None:
            more = {"text": it, "members": members, "facilitator": leader}
            self.model.all("group").append(self.thing(row.pk, "group", state="working", more=more))

        return expected, do, then

    def try_reporting(self, who: Any) -> Any:
        it = self.some("group")
        text = it.more["text"] if it.more != () else self._a_text("bracketed")
        expected = "absent"
        if self.model.has(who, STEERING | TABLE) and self._there(who, text):
            expected = "absent" if text.to != "bracketed" else "refused" if text.state != "open" else ""
            if not expected and (not self._there(who, it) or not self.model.inside(who, it)):
                expected = "absent"
            elif not expected:
                leads = self.model.has(who, DRAFTING) or who.name == it.more["facilitator"]
                expected = "done" if leads and it.state == "working" else "refused"
        return (
            expected,
            lambda viewer: group_acts.report(viewer, text.id, it.id, BOTH, [], []),
            _becomes(it, "reported"),
        )

    # one-texts

    def _one_text(self, who: Any, roles: set[str], refused: Callable[[Any], bool]) -> tuple[Any, str]:
        it = self._a_text("one-text")
        if it.to != "one-text":
            return it, "absent"
        return it, self._gate(who, it, roles, it.state != "open" or refused(it.more))

    def try_criticising(self, who: Any) -> Any:
        it, expected = self._one_text(who, CRITICS, lambda _: False)

        def then(row: Any) -> None:
            self.model.all("criticism").append(self.thing(row.pk, "criticism", by=who.name, of=who.of, more=it))

        act = one_text_acts.criticise
        return expected, lambda viewer: act(viewer, it.id, it.more.issued, None, "It is too long."), then

    def try_withdrawing_criticism(self, who: Any) -> Any:
        it = self.some("criticism")
        text = it.more if it.more != () else self._a_text("one-text")
        expected = "absent"
        if text.to == "one-text":
            expected = self._gate(who, text, CRITICS, text.state != "open")
        if expected == "done":
            expected = self._gate(who, it, CRITICS, it.by != who.name or it.state == "withdrawn")
        return expected, lambda viewer: one_text_acts.withdraw(viewer, text.id, it.id), _becomes(it, "withdrawn")

    def try_asking_all(self, who: Any) -> Any:
        it, expected = self._one_text(who, {"mediator"}, lambda each: bool(each.asked))
        return expected, lambda viewer: one_text_acts.ask(viewer, it.id, it.more.issued), lambda _: _asked(it, "asked")

    def try_closing_the_asking(self, who: Any) -> Any:
        it, expected = self._one_text(who, {"mediator"}, lambda each: each.asked != "asked")
        if self.model.frozen and self.model.has(who, {"mediator"}):
            expected = "refused"
        act = one_text_acts.close_asking
        return expected, lambda viewer: act(viewer, it.id, it.more.issued), lambda _: _asked(it, "closed")

    def try_answering(self, who: Any) -> Any:
        it, expected = self._one_text(who, LEADERS, lambda each: each.asked != "asked")
        value, act = self.random.choice(("yes", "no")), one_text_acts.answer

        def then(row: Any) -> None:
            if row.pk not in {each.id for each in self.model.all("answer")}:
                self.model.all("answer").append(self.thing(row.pk, "answer", of=who.of, more=it))

        return expected, lambda viewer: act(viewer, it.id, it.more.issued, value), then

    # concepts

    def try_opening_concepts(self, who: Any) -> Any:
        it = self._a_text("conceptual")
        expected = self._gate(who, it, DRAFTING, it.state != "preparing") if it.to == "conceptual" else "absent"
        return expected, lambda viewer: concept_acts.open_concepts(viewer, it.id), _becomes(it, "open")

    def try_proposing_a_concept(self, who: Any) -> Any:
        it = self._a_text("conceptual")
        expected = self._gate(who, it, PROPOSING, it.state != "open") if it.to == "conceptual" else "absent"

        def then(row: Any) -> None:
            more = {"text": it, "group": None, "on": 0, "echoes": set()}
            self.model.all("proposal").append(self.thing(row.pk, "proposal", of=who.of, state="tabled", more=more))

        return expected, lambda viewer: concept_acts.propose(viewer, it.id, BOTH, BOTH), then

    def try_echoing(self, who: Any) -> Any:
        it, text = self._a_proposal()
        expected = "absent"
        if text.to == "conceptual":
            expected = self._gate(who, text, LEADERS, text.state != "open")
        if expected == "done":
            echoed = it.of == who.of or who.of in it.more["echoes"]
            expected = self._gate(who, it, LEADERS, echoed or it.state != "tabled")
        return (
            expected,
            lambda viewer: concept_acts.echo(viewer, text.id, it.id),
            lambda _: it.more["echoes"].add(who.of),
        )

    def check_states(self) -> None:
        """The brackets of texts stand as the model says."""
        from tracktwo.room.drafting.models import Standing
        from tracktwo.room.drafting.standings import mark_of, read

        for it in self.model.all("text"):
            draft = Text.objects.get(pk=it.id).drafts.filter(number=it.more.issued, state="issued").first()
            row = draft and Standing.objects.filter(pk=mark_of(draft.pk, it.more.provision)).first()
            found = read(row.state).brackets.get("0-0") if row else None
            assert (found.state if found else "open") == it.more.bracket


def _nothing(_: Any) -> None:
    return None


def _asked(it: Any, state: str) -> None:
    it.more.asked = state


def _becomes(it: Any, state: str) -> Callable[[Any], None]:
    def then(_: Any) -> None:
        it.state = state

    return then
