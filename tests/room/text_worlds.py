"""Deeds about texts for random talks, each with who may see that it was done; and the texts that worlds begin with.

Who may see what is written here by hand from the domain. Brackets and reviews are chosen so that what is done moves
nothing that others see: a bracket's state and its stage of review are seen by more than who holds it and who reviewed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from room.talks import DELEGATIONS
from room.worlds import BEYOND, KEEPS_TEXTS, PUBLIC, Deed, World, deed

from tracktwo.room.access import Refused
from tracktwo.room.drafting import (
    bracket_acts,
    concept_acts,
    concordance_acts,
    group_acts,
    issuing,
    one_text_acts,
    position_acts,
    proposing,
    term_acts,
)
from tracktwo.room.drafting.compared import digest
from tracktwo.room.drafting.models import Criticism, Draft, Group, Proposal, Standing, Text
from tracktwo.room.drafting.standings import BracketStanding, ProvisionStanding, mark_of, read
from tracktwo.room.drafting.stored import loaded, whole
from tracktwo.room.people.models import Role
from tracktwo.room.words import say
from tracktwo.text.errors import TextError
from tracktwo.text.terms import Term

LEADERS = (Role.HEAD, Role.ALTERNATE)
CRITICS = (*LEADERS, Role.DELEGATE, Role.EXPERT, Role.COUNSEL)
UNDRAFTED = frozenset({"custodian", "depositary"})
"""Who reads no drafts, of those who are told of the room."""


def _room(world: World) -> frozenset[str]:
    """The table and the mediator's people: who sees who holds, proposes and takes positions."""
    return world.everybody_but(BEYOND | UNDRAFTED | {"observer"})


def _readers(world: World) -> frozenset[str]:
    """Who reads the drafts that were issued."""
    return _room(world) | {"observer"}


def _leaders(world: World) -> frozenset[str]:
    return frozenset(f"{own} {role}" for own in DELEGATIONS for role in LEADERS)


# drafts


def english(world: World, of: int = 0) -> tuple[str, str]:
    """A small draft in both languages, with several brackets; ``of`` counts its versions."""
    words = [world.words(4) for _ in range(4)]
    quill, zh_quill = (DELEGATIONS["quill"][1][each] for each in ("en", "zh"))
    en = (
        f"# Title\n\n1. Each Party [shall][should] report {words[0]['en']}.\n\n"
        f"2. Reports are made [within 30 days] {words[1]['en']}[ and published].\n\n"
        f"3. [{quill}: Visits take place {words[2]['en']}.]\n\n4. Version {of}: {words[3]['en']}.\n"
    )
    zh = (
        f"# 标题\n\n1. 各方[应][宜]报告{words[0]['zh']}。\n\n2. [在30天内]报告{words[1]['zh']}[并公布]。\n\n"
        f"3. [{zh_quill}：进行互访{words[2]['zh']}。]\n\n4. 第{of}版：{words[3]['zh']}。\n"
    )
    return en, zh


def texts(world: World) -> None:
    """What is before the body: a bracketed text with two drafts, a one-text, and one of concepts."""
    mediator = world.viewer("mediator")
    for mode in ("bracketed", "one-text"):
        row = issuing.create_text(mediator, world.words(3), mode)
        for number in range(2 if mode == "bracketed" else 1):
            issuing.write_first(mediator, row.pk, *english(world, number))
            issuing.issue(mediator, row.pk)
    row = issuing.create_text(mediator, world.words(3), "conceptual")
    concept_acts.open_concepts(mediator, row.pk)
    for own in ("quill", "cloudberry"):
        concept_acts.propose(world.viewer(f"{own} head"), row.pk, world.words(3), world.words())


def _texts(world: World, mode: str, state: str = "open") -> list[Text]:
    return [*Text.objects.filter(process=world.talks.process, mode=mode, state=state)]


def _latest(text: Text) -> Draft:
    found = Draft.objects.filter(text=text, state="issued").order_by("-number").first()
    assert found is not None
    return found


def _working(world: World) -> Any:
    """A working draft that is there."""
    return world.pick(Draft.objects.filter(text__process=world.talks.process, state="working").exclude(
        text__state="closed"))  # fmt: skip


def _seeing(world: World, draft: Draft | None) -> frozenset[str]:
    """Who learns that a working draft changed: heads too, once they are asked to waive what it lacks."""
    asked = draft is not None and draft.waiver["asked"]
    return KEEPS_TEXTS | (_leaders(world) if asked else frozenset())


def _carefully(do: Callable[[], Any]) -> Callable[[], None]:
    """What the library refuses is refused."""

    def done() -> None:
        try:
            do()
        except TextError as error:
            raise Refused(say(str(error), str(error))) from None

    return done


@deed
def text_prepared(world: World) -> Deed:
    """A text that is not before the body."""
    mode, who = world.random.choice(("bracketed", "one-text", "conceptual")), world.random.choice(sorted(KEEPS_TEXTS))

    def do() -> None:
        row = issuing.create_text(world.viewer(who), world.words(3), mode)
        if mode != "conceptual":
            issuing.write_first(world.viewer(who), row.pk, *english(world))

    return Deed("text prepared", KEEPS_TEXTS, do)


@deed
def working_draft_made(world: World) -> Deed | None:
    """In place of the one that there is, if there is one."""
    text = world.pick([*_texts(world, "bracketed"), *_texts(world, "one-text")])
    if text is None:
        return None
    who, en = world.viewer("chair"), english(world, 7)
    before = Draft.objects.filter(text=text, state="working").first()
    anew = world.random.random() < 0.5

    def do() -> None:
        if before is not None:
            issuing.discard(who, text.pk)
        if anew:
            issuing.write_first(who, text.pk, *en)
        else:
            issuing.consolidate(who, text.pk)

    return Deed("working draft made", _seeing(world, before), _carefully(do))


@deed
def working_draft_edited(world: World) -> Deed | None:
    draft = _working(world)
    if draft is None:
        return None
    found, who, words = loaded(draft.number, draft.content), world.viewer("mediator"), world.words()
    rows = [each for each in found.provisions if each.kind == "paragraph"]
    if not rows:
        return None
    row, text = world.random.choice(rows), draft.text_id
    acts: list[Callable[[], Any]] = [
        lambda: issuing.write_provision(who, text, row.id, f"[{words['en']}]", f"[{words['zh']}]", found.hash),
        lambda: issuing.add_provision(who, text, row.id, "", words["en"], words["zh"], found.hash),
        lambda: issuing.add_provision(who, text, None, "", words["en"], None, found.hash),
        lambda: issuing.remove_provision(who, text, row.id, found.hash),
    ]
    return Deed("working draft edited", _seeing(world, draft), _carefully(world.random.choice(acts)))


@deed
def working_draft_discarded(world: World) -> Deed | None:
    draft = _working(world)
    if draft is None:
        return None
    act = issuing.discard
    return Deed(
        "working draft discarded", _seeing(world, draft), lambda: act(world.viewer("chair"), draft.text_id)
    )  # fmt: skip


@deed
def waiver_asked(world: World) -> Deed | None:
    """Of every head, and of nobody else."""
    draft, words = _working(world), world.words()["en"]
    if draft is None or draft.waiver["asked"]:
        return None
    who, found = world.viewer("mediator"), loaded(draft.number, draft.content)

    def do() -> None:
        if not issuing.missing(draft):
            issuing.add_provision(who, draft.text_id, None, "", words, None, found.hash)
        issuing.ask_waiver(who, draft.text_id)

    return Deed("waiver asked", KEEPS_TEXTS | _leaders(world), _carefully(do))


@deed
def waived(world: World) -> Deed | None:
    rows = Draft.objects.filter(text__process=world.talks.process, state="working")
    draft, own = world.pick(each for each in rows if each.waiver["asked"]), world.delegation()
    if draft is None:
        return None
    readers = KEEPS_TEXTS | world.of(own, LEADERS)
    return Deed("waived", readers, lambda: issuing.waive(world.viewer(f"{own} head"), draft.text_id))


@deed
def issued(world: World) -> Deed | None:
    """With a waiver of every head, where a language is missing."""
    draft = _working(world)
    if draft is None:
        return None
    who = world.viewer("mediator")

    def do() -> None:
        if issuing.missing(draft):
            issuing.ask_waiver(who, draft.text_id)
            for own in DELEGATIONS:
                issuing.waive(world.viewer(f"{own} head"), draft.text_id)
        issuing.issue(who, draft.text_id)

    return Deed("issued", _readers(world), do)


@deed
def issued_anew(world: World) -> Deed:
    """A text that nobody had seen, before the body."""

    def do() -> None:
        row = issuing.create_text(world.viewer("mediator"), world.words(3), "bracketed")
        issuing.write_first(world.viewer("mediator"), row.pk, *english(world))
        issuing.issue(world.viewer("mediator"), row.pk)

    return Deed("issued anew", _readers(world), do)


@deed
def acknowledged(world: World) -> Deed | None:
    rows = Draft.objects.filter(text__process=world.talks.process, state="issued")
    draft, own = world.pick(rows), world.delegation()
    if draft is None:
        return None
    act, readers = issuing.acknowledge, KEEPS_TEXTS | world.of(own)
    return Deed(
        "acknowledged", readers, lambda: act(world.viewer(f"{own} alternate"), draft.text_id, draft.number)
    )  # fmt: skip


@deed
def terms_set(world: World) -> Deed | None:
    text = world.pick([*_texts(world, "bracketed"), *_texts(world, "one-text")])
    if text is None:
        return None
    table = [Term(("report",), ("报告",), world.words(2)["en"]), Term(("publish",), ("公布",), "")]
    act, seen = term_acts.set_terms, term_acts.digest(text)
    return Deed("terms set", _readers(world), lambda: act(world.viewer("chair"), text.pk, table, seen))


# brackets


@dataclass(frozen=True)
class There:
    """A bracket of a draft that was issued last."""

    text: Text
    draft: Draft
    provision: str
    key: str
    standing: BracketStanding
    table: frozenset[str]
    """The delegations at the table, by their names here."""
    by: dict[str, str]
    """Their names here, by their identifiers."""

    @property
    def holders(self) -> list[str]:
        """Who holds it, of those at the table."""
        return sorted(self.by[each] for each in self.standing.holders or {} if self.by[each] in self.table)

    def said(self, own: str) -> Any:
        """What a delegation said."""
        return next((said for each, said in self.standing.said.items() if self.by[each] == own), None)


def _brackets(world: World) -> Iterator[There]:
    by = {str(each.pk): name for name, each in world.talks.organisations.items()}
    table = set()
    for name in DELEGATIONS:
        world.talks.organisations[name].refresh_from_db()
        if world.talks.organisations[name].status in {"participating", "joined-later"}:
            table.add(name)
    for text in _texts(world, "bracketed"):
        draft = _latest(text)
        for provision, passage in whole(draft).passages.items():
            standing = _standing(draft, provision)
            for key in passage.pairs:
                found = standing.bracket(passage, key)
                if found.state in {"open", "narrowed", "parked"}:
                    yield There(text, draft, provision, key, found, frozenset(table), by)


def _standing(draft: Draft, provision: str) -> ProvisionStanding:
    row = Standing.objects.filter(pk=mark_of(draft.pk, provision)).first()
    return read(row.state) if row else ProvisionStanding(provision)


def _chosen(world: World, fits: Callable[[There], bool]) -> There | None:
    found = [each for each in _brackets(world) if fits(each)]
    return world.random.choice(sorted(found, key=lambda each: (str(each.text.pk), each.provision, each.key))
                               ) if found else None  # fmt: skip


def _on(world: World, there: There, name: str, who: str, **more: Any) -> Callable[[], None]:
    given = (there.text.pk, there.provision, there.key, there.draft.number)
    return lambda: bracket_acts.ACTS[name](world.viewer(who), *given, **more)


@deed
def held_bracket(world: World) -> Deed | None:
    """What is asked about it ends with it, and that is seen by all who read the text."""
    own = world.delegation()
    there = _chosen(world, lambda each: own not in each.holders)
    if there is None:
        return None
    readers = _readers(world) if there.standing.call else _room(world)
    return Deed("held bracket", readers, _on(world, there, "hold", f"{own} head"))


@deed
def let_go(world: World) -> Deed | None:
    """With another holder left who has said nothing."""
    there = _chosen(world, lambda each: len(each.holders) > 1 and any(not each.said(own) for own in each.holders[1:]))
    if there is None:
        return None
    return Deed("let go", _room(world), _on(world, there, "let-go", f"{there.holders[0]} alternate"))


@deed
def holder_said(world: World) -> Deed | None:
    """One of several, before the others: nothing is settled by it."""
    there = _chosen(world, lambda each: len(each.holders) > 1 and any(not each.said(own) for own in each.holders[1:]))
    if there is None:
        return None
    fate = world.random.choice(("lifted", "dropped", "parked", "narrowed"))
    words = world.words() if fate == "narrowed" else None
    act = _on(world, there, "say", f"{there.holders[0]} head", fate=fate, words=words)
    return Deed("holder said", _room(world), act)


@deed
def said_taken_back(world: World) -> Deed | None:
    there = _chosen(world, lambda each: any(each.said(own) for own in each.holders))
    if there is None:
        return None
    own = next(own for own in there.holders if there.said(own))
    return Deed("said taken back", _room(world), _on(world, there, "take-back", f"{own} head"))


@deed
def settled(world: World) -> Deed | None:
    """The only holder says what becomes of it."""
    there = _chosen(world, lambda each: len(each.holders) == 1)
    if there is None:
        return None
    fate = world.random.choice(("lifted", "dropped", "parked"))
    return Deed("settled", _readers(world), _on(world, there, "say", f"{there.holders[0]} head", fate=fate))


@deed
def called(world: World) -> Deed | None:
    there = _chosen(world, lambda each: each.standing.call is None)
    if there is None:
        return None
    until = timezone.localdate() + timedelta(world.random.randrange(4))
    fate = world.random.choice(("lifted", "dropped"))
    return Deed("called", _readers(world), _on(world, there, "call", "chair", fate=fate, until=until))


@deed
def was_fine(world: World) -> Deed | None:
    own = world.delegation()
    there = _chosen(world, lambda each: each.standing.call is not None and own not in each.holders)
    if there is None:
        return None
    return Deed("was fine", _room(world), _on(world, there, "fine", f"{own} head"))


@deed
def concluded(world: World) -> Deed | None:
    there = _chosen(world, lambda each: each.standing.call is not None and not each.holders)
    if there is None:
        return None

    def do() -> None:
        for own in sorted(there.table):
            _on(world, there, "fine", f"{own} head")()
        _on(world, there, "conclude", "mediator")()

    return Deed("concluded", _readers(world), do)


@deed
def assigned(world: World) -> Deed | None:
    """Where nobody is asked."""
    there = _chosen(world, lambda each: each.standing.call is None and len(each.holders) < len(DELEGATIONS))
    if there is None:
        return None
    named = [str(world.talks.organisations[world.delegation()].pk)]
    return Deed("assigned", _room(world), _on(world, there, "assign", "chair", organisations=named))


# proposals, positions, contact groups


def _provision(world: World, text: Text) -> tuple[Draft, str]:
    draft = _latest(text)
    rows = [key for key, each in whole(draft).passages.items() if each.provision.kind == "paragraph"]
    return draft, world.random.choice(rows)


def _given(world: World, provision: str) -> proposing.Given:
    words, why = world.words(), world.words(3)
    return world.random.choice((
        proposing.Given("MOD", provision, words["en"], words["zh"], why=why),
        proposing.Given("MOD", provision, words["en"], why=why),
        proposing.Given("SUP", provision, why=why),
        proposing.Given("ADD", None, words["en"], words["zh"], provision, "9bis", why),
    ))  # fmt: skip


@deed
def proposed(world: World) -> Deed | None:
    text = world.pick(_texts(world, "bracketed"))
    if text is None:
        return None
    draft, provision = _provision(world, text)
    who, given = f"{world.delegation()} {world.random.choice((*LEADERS, Role.DELEGATE))}", _given(world, provision)
    do = lambda: proposing.propose(world.viewer(who), text.pk, draft.number, given)  # noqa: E731
    return Deed("proposed", _room(world), _carefully(do))


def _tabled(world: World, **more: Any) -> Any:
    rows = Proposal.objects.filter(text__process=world.talks.process, text__state="open", state="tabled", **more)
    return world.pick(rows.exclude(draft=None))


@deed
def proposal_withdrawn(world: World) -> Deed | None:
    row = _tabled(world, group=None)
    if row is None:
        return None
    who = f"{world.delegation_of(row.organisation_id)} delegate"
    return Deed("proposal withdrawn", _room(world), lambda: proposing.withdraw(world.viewer(who), row.text_id, row.pk))


@deed
def proposal_confirmed(world: World) -> Deed | None:
    row = _tabled(world, group=None)
    if row is None:
        return None
    who = f"{world.delegation_of(row.organisation_id)} head"
    return Deed("proposal confirmed", _room(world), lambda: proposing.confirm(world.viewer(who), row.text_id, row.pk))


@deed
def proposal_decided(world: World) -> Deed | None:
    row = _tabled(world, group=None)
    if row is None:
        return None
    how = world.random.choice(("taken", "bracketed", "left"))
    act = proposing.decide
    return Deed("proposal decided", _room(world), lambda: act(world.viewer("chair"), row.text_id, row.pk, how))


@deed
def position_taken(world: World) -> Deed | None:
    text, own = world.pick(_texts(world, "bracketed")), world.delegation()
    if text is None:
        return None
    draft, provision = _provision(world, text)
    value, note, act = world.random.choice([*position_acts.VALUES]), world.words(3), position_acts.take
    who = f"{own} {world.random.choice(LEADERS)}"
    return Deed(
        "position taken", _room(world),
        lambda: act(world.viewer(who), text.pk, provision, value, note, draft.number),
    )  # fmt: skip


@deed
def light_set(world: World) -> Deed | None:
    text = world.pick(_texts(world, "bracketed"))
    if text is None:
        return None
    draft, provision = _provision(world, text)
    now = _standing(draft, provision).light
    wanted = world.random.choice([each for each in position_acts.LIGHTS if each != now])
    act = position_acts.light
    return Deed(
        "light set", _readers(world), lambda: act(world.viewer("chair"), text.pk, provision, wanted, draft.number)
    )  # fmt: skip


@deed
def group_set_up(world: World) -> Deed | None:
    text = world.pick(_texts(world, "bracketed"))
    if text is None:
        return None
    _, provision = _provision(world, text)
    members = [f"{own} delegate" for own in world.random.sample([*DELEGATIONS], 2)]
    facilitator = world.random.choice(("secretariat", "lantern expert", "sandglass counsel"))
    act, seats = group_acts.set_up, world.talks.seats
    named = world.words(2)

    def do() -> None:
        ids = [seats[each].pk for each in members]
        act(world.viewer("chair"), text.pk, named, seats[facilitator].pk, ids, [provision])

    return Deed("group set up", _room(world), do)


def _group(world: World) -> tuple[Any, list[str], frozenset[str]]:
    """A group that works, its members, and who sees what is done within it."""
    row = world.pick(Group.objects.filter(text__process=world.talks.process, text__state="open", reported=False))
    if row is None:
        return None, [], frozenset()
    members = sorted(world.name_of(each) for each in row.members.values_list("pk", flat=True))
    return row, members, KEEPS_TEXTS | {*members, world.name_of(row.facilitator_id)}


@deed
def proposed_within_a_group(world: World) -> Deed | None:
    row, members, inside = _group(world)
    if row is None:
        return None
    draft = _latest(row.text)
    there = [each for each in row.brief["provisions"] if each in whole(draft).passages]
    if not there:
        return None
    given, who = _given(world, there[0]), world.random.choice(members)
    do = lambda: proposing.propose(world.viewer(who), row.text_id, draft.number, given, row)  # noqa: E731
    return Deed("proposed within a group", inside, _carefully(do))


@deed
def withdrawn_within_a_group(world: World) -> Deed | None:
    row, members, inside = _group(world)
    found = _tabled(world, group=row) if row is not None else None
    if found is None:
        return None
    who = next((each for each in members if each.split()[0] == world.delegation_of(found.organisation_id)), members[0])
    act = proposing.withdraw
    return Deed("withdrawn within a group", inside, lambda: act(world.viewer(who), found.text_id, found.pk))


@deed
def group_reported(world: World) -> Deed | None:
    row, _, _ = _group(world)
    if row is None:
        return None
    chosen = Proposal.objects.filter(group=row, state="tabled").values_list("pk", flat=True)[:1]
    who, words = world.name_of(row.facilitator_id), world.words()
    act, ids = group_acts.report, [str(each) for each in chosen]
    return Deed("group reported", _room(world), lambda: act(world.viewer(who), row.text_id, row.pk, words, ids, []))


# concordance


def _reviewable(world: World, stages: Iterable[str]) -> list[tuple[Text, Draft, Any, Any]]:
    found = []
    for text in [*_texts(world, "bracketed"), *_texts(world, "one-text")]:
        draft = _latest(text)
        for provision, passage in whole(draft).passages.items():
            state = _standing(draft, provision).checked(passage)
            if state.stage in stages:
                found.append((text, draft, passage, state))
    return sorted(found, key=lambda each: (str(each[0].pk), each[2].provision.id))


def _linguist(world: World, side: str) -> str:
    return f"{world.random.choice([own for own, (mark, _) in DELEGATIONS.items() if mark == side])} linguist"


@deed
def reviewed(world: World) -> Deed | None:
    found, side = _reviewable(world, {"draft", "reviewed"}), world.random.choice("AB")
    found = [each for each in found if side not in each[3].reviews]
    if not found:
        return None
    text, draft, passage, _ = world.random.choice(found)
    who, act = _linguist(world, side), concordance_acts.review
    given = (text.pk, passage.provision.id, draft.number, digest(passage))
    return Deed("reviewed", _readers(world), lambda: act(world.viewer(who), *given))


@deed
def reviewed_by_the_other_side_instead(world: World) -> Deed | None:
    """Observers see how far it was reviewed, and not by whom: the stage is as before."""
    found = _reviewable(world, {"reviewed"})
    if not found:
        return None
    text, draft, passage, state = world.random.choice(found)
    first, given = state.reviews[0], (text.pk, passage.provision.id, draft.number)
    before, after = _linguist(world, first), _linguist(world, "B" if first == "A" else "A")

    def do() -> None:
        concordance_acts.note(world.viewer(before), *given, digest(passage), world.words()["en"])
        concordance_acts.withdraw(world.viewer(before), *given)
        concordance_acts.review(world.viewer(after), *given, digest(passage))

    return Deed("reviewed by the other side instead", _room(world), do)


@deed
def divergence_noted(world: World) -> Deed | None:
    found = _reviewable(world, {"draft", "reviewed", "concordant"})
    if not found:
        return None
    text, draft, passage, _ = world.random.choice(found)
    who, reason, act = _linguist(world, world.random.choice("AB")), world.words()["en"], concordance_acts.note
    given = (text.pk, passage.provision.id, draft.number, digest(passage), reason)
    return Deed("divergence noted", _readers(world), lambda: act(world.viewer(who), *given))


@deed
def divergence_noted_otherwise(world: World) -> Deed | None:
    """The words of a note are the room's: observers see that there is one."""
    found = _reviewable(world, {"divergent"})
    if not found:
        return None
    text, draft, passage, state = world.random.choice(found)
    given, who = (text.pk, passage.provision.id, draft.number), _linguist(world, state.noted_by)

    def do() -> None:
        concordance_acts.withdraw(world.viewer(who), *given)
        concordance_acts.note(world.viewer(who), *given, digest(passage), world.words()["en"])

    return Deed("divergence noted otherwise", _room(world), do)


# one-texts


@deed
def criticised(world: World) -> Deed | None:
    text, own = world.pick(_texts(world, "one-text")), world.delegation()
    if text is None:
        return None
    draft, provision = _provision(world, text)
    about = world.random.choice((None, provision))
    who, words, act = f"{own} {world.random.choice(CRITICS)}", world.words()["en"], one_text_acts.criticise
    readers = world.of(own, CRITICS) | {"mediator"}
    return Deed(
        "criticised", readers, lambda: act(world.viewer(who), text.pk, draft.number, about, words)
    )  # fmt: skip


@deed
def criticism_withdrawn(world: World) -> Deed | None:
    row = world.pick(
        Criticism.objects.filter(draft__text__process=world.talks.process, withdrawn=False).select_related("draft")
    )  # fmt: skip
    if row is None:
        return None
    who = world.name_of(row.seat_id)
    readers = world.of(who.split()[0], CRITICS) | {"mediator"}
    act = one_text_acts.withdraw
    return Deed("criticism withdrawn", readers, lambda: act(world.viewer(who), row.draft.text_id, row.pk))


@deed
def all_asked(world: World) -> Deed | None:
    """About a draft that nobody was asked about: the next one, if all were about the latest."""
    text = world.pick(_texts(world, "one-text"))
    if text is None:
        return None
    who, draft = world.viewer("mediator"), _latest(text)

    def do() -> None:
        if draft.asked:
            if Draft.objects.filter(text=text, state="working").exists():
                issuing.discard(who, text.pk)
            issuing.write_first(who, text.pk, *english(world, draft.number))
            issuing.issue(who, text.pk)
        one_text_acts.ask(who, text.pk, _latest(text).number)

    return Deed("all asked", _readers(world), do)


@deed
def answered(world: World) -> Deed | None:
    """How, and that: both are the delegation's."""
    drafts = [_latest(each) for each in _texts(world, "one-text")]
    draft, own = world.pick(each for each in drafts if each.asked == "asked"), world.delegation()
    if draft is None:
        return None
    value, who, act = world.random.choice(("yes", "no")), f"{own} head", one_text_acts.answer
    readers = world.of(own) | {"mediator"}
    return Deed("answered", readers, lambda: act(world.viewer(who), draft.text_id, draft.number, value))


@deed
def asking_closed(world: World) -> Deed | None:
    drafts = [_latest(each) for each in _texts(world, "one-text")]
    draft = world.pick(each for each in drafts if each.asked == "asked")
    if draft is None:
        return None
    act = one_text_acts.close_asking
    return Deed(
        "asking closed", _readers(world), lambda: act(world.viewer("mediator"), draft.text_id, draft.number)
    )  # fmt: skip


# concepts


@deed
def concept_proposed(world: World) -> Deed | None:
    text = world.pick(_texts(world, "conceptual"))
    if text is None:
        return None
    who, title, body = f"{world.delegation()} delegate", world.words(3), world.words()
    return Deed(
        "concept proposed", _room(world), lambda: concept_acts.propose(world.viewer(who), text.pk, title, body)
    )  # fmt: skip


def _concept(world: World) -> Any:
    return world.pick(
        Proposal.objects.filter(text__process=world.talks.process, text__state="open", draft=None, state="tabled")
    )  # fmt: skip


@deed
def concept_echoed(world: World) -> Deed | None:
    row, own = _concept(world), world.delegation()
    if row is None:
        return None
    mine = str(world.talks.organisations[own].pk) in row.content["echoes"]
    act = concept_acts.take_back if mine else concept_acts.echo
    return Deed("concept echoed", _room(world), lambda: act(world.viewer(f"{own} head"), row.text_id, row.pk))


@deed
def concept_withdrawn(world: World) -> Deed | None:
    row = _concept(world)
    if row is None:
        return None
    who, act = f"{world.delegation_of(row.organisation_id)} head", concept_acts.withdraw
    return Deed("concept withdrawn", _room(world), lambda: act(world.viewer(who), row.text_id, row.pk))


@deed
def concepts_lapsed(world: World) -> Deed | None:
    row = _concept(world)
    if row is None:
        return None
    ids = [str(row.pk)]
    return Deed(
        "concepts lapsed", _room(world), lambda: concept_acts.lapse(world.viewer("chair"), row.text_id, ids)
    )  # fmt: skip


PUBLIC.update({"issued_anew", "called", "position_taken"})
