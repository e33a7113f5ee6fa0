"""Proposals of delegations on a draft, and what becomes of them: nothing that was proposed is lost.

One that was made on a draft before the latest is kept, and its author is asked to confirm it where the provision was
changed since. Two on the same words both stand, and both delegations are told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.drafting.group_acts import require_within
from tracktwo.room.drafting.models import Draft, Group, Mode, Proposal, Text
from tracktwo.room.drafting.standings import latest
from tracktwo.room.drafting.stored import Whole, whole
from tracktwo.room.drafting.table import own
from tracktwo.room.drafting.texts import issued, unclosed
from tracktwo.room.words import Words, say
from tracktwo.text import amending
from tracktwo.text.amending import Collision, Rebased, collisions, rebased
from tracktwo.text.errors import TextError
from tracktwo.text.proposals import Action

ACTIONS: dict[str, Words] = {
    "MOD": say("MOD: change the words", "MOD：修改文字"),
    "(MOD)": say("(MOD): change the form alone", "(MOD)：编辑性修改"),
    "ADD": say("ADD: add a provision", "ADD：增加条款"),
    "SUP": say("SUP: suppress it", "SUP：删除条款"),
    "MOVE": say("MOVE: move it", "MOVE：移动条款"),
    "NOC": say("NOC: leave it as it is", "NOC：不作改动"),
}
DECISIONS: dict[str, Words] = {
    "tabled": say("before the body", "待审议"),
    "taken": say("taken into the next draft", "纳入下一稿"),
    "bracketed": say("into the next draft in brackets", "置于方括号内纳入下一稿"),
    "left": say("left out of the next draft", "不纳入下一稿"),
    "withdrawn": say("withdrawn", "已撤回"),
    "lapsed": say("lapsed", "已失效"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """A proposal as its author gives it; a body that is empty or as it was stays as it is."""

    action: str
    provision: str | None = None
    en: str | None = None
    zh: str | None = None
    after: str | None = None
    label: str = ""
    why: dict[str, str] = field(default_factory=lambda: {"en": "", "zh": ""})


@dataclass(frozen=True, slots=True)
class Tabled:
    """A proposal before the room, and how it stands towards the latest draft and the other proposals."""

    row: Proposal
    towards: Rebased
    collisions: tuple[tuple[Proposal, Collision], ...] = ()


def on_draft(row: Proposal, draft: str) -> amending.Proposal:
    """The proposal as the library knows it; ``draft`` is the hash of the draft that it is on."""
    given = row.content
    action: Action = given["action"]
    return amending.Proposal(
        str(row.pk), draft, action, given["provision"], given["en"], given["zh"], given["after"],
        str(row.organisation_id), given["label"], "zh" if given["en"] is None else "en",
    )  # fmt: skip


def propose(viewer: Viewer, text: object, on: object, given: Given, group: Group | None = None) -> Proposal:
    """Put a proposal on an issued draft before the room, or before a contact group. TextError if it says nothing."""
    with act(viewer, "text.propose") as leaf:
        row = _open(viewer, text)
        if group is not None:
            require_within(viewer, row, group, given)
        draft = issued(viewer, row, on)
        content = _content(draft, given)
        made = Proposal(text=row, draft=draft, group=group, organisation=own(viewer), content=content)
        read = whole(draft)
        amending.apply(read.draft, [on_draft(made, read.hash)])  # says what is wrong with it
        made.save()
        leaf.commits("proposal", made.pk, content | {"draft": read.hash})
    return made


def _open(viewer: Viewer, text: object) -> Text:
    row = unclosed(viewer, text)
    if row.mode != Mode.BRACKETED:
        raise Refused(
            say("Nothing is proposed in this text: the mediator drafts it, or it is made of concepts.",
                "本案文由调解人起草，或由各项概念构成，不接受提案。")
        )  # fmt: skip
    return row


def _content(draft: Draft, given: Given) -> dict[str, Any]:
    """What is kept of it: bodies that are as they were are left out. TextError where then nothing is proposed."""
    found = asdict(given) | {"reported": None}
    passages = whole(draft).passages
    for named in (given.provision, given.after):
        if named is not None and named not in passages:
            raise Absent
    if given.provision is not None:
        before = passages[given.provision].provision
        found |= {"en": _changed(given.en, before.en), "zh": _changed(given.zh, before.zh)}
    else:
        found |= {"en": (given.en or "").strip() or None, "zh": (given.zh or "").strip() or None}
    if given.action in {"MOD", "(MOD)"} and found["en"] is None and found["zh"] is None:
        raise TextError("The words are as they were. Change them in one language at least, or propose NOC.")
    if given.action in {"SUP", "MOVE", "NOC"}:
        found |= {"en": None, "zh": None}
    if given.action not in {"ADD", "MOVE"}:
        found |= {"after": None}
    return found


def _changed(wanted: str | None, before: str | None) -> str | None:
    if wanted is None or not wanted.strip() or wanted.strip() == (before or "").strip():
        return None
    return wanted.strip()


def withdraw(viewer: Viewer, text: object, proposal: object) -> Proposal:
    """Withdraw a proposal of the own delegation, as long as the chair has not decided on it."""
    with act(viewer, "text.propose") as leaf:
        row = _own(viewer, text, proposal)
        if row.state != Proposal.State.TABLED:
            raise Refused(_decided(row))
        row.state = Proposal.State.WITHDRAWN
        row.save(update_fields=["state"])
        leaf.commits("withdrawal", row.pk)
    return row


def confirm(viewer: Viewer, text: object, proposal: object) -> Proposal:
    """Carry a proposal of the own delegation over to the latest draft, with what has changed since."""
    with act(viewer, "text.propose") as leaf:
        row = _own(viewer, text, proposal)
        if row.state != Proposal.State.TABLED:
            raise Refused(_decided(row))
        draft = latest(viewer, row.text_id)
        found = towards(row, draft)
        if found.proposal is None:
            raise Refused(
                say("What it is on is gone from draft {number}. It stays in the record; propose anew what you want.",
                    "所针对的条款在第{number}号草案中已不存在。该提案仍予记录；请就现有条款另行提案。",
                    number=draft.number)
            )  # fmt: skip
        carry(row, draft, found)
        leaf.commits("proposal", row.pk, row.content | {"draft": whole(draft).hash})
    return row


def decide(viewer: Viewer, text: object, proposal: object, how: str) -> Proposal:
    """What the chair takes into the next draft: "taken", "bracketed", "left", or "tabled" again."""
    with act(viewer, "text.edit") as leaf:
        row: Proposal = one(visible(viewer).proposals().filter(text=_open(viewer, text), group=None), proposal)
        if how not in {"tabled", "taken", "bracketed", "left"}:
            raise Absent
        if row.state in {Proposal.State.WITHDRAWN, Proposal.State.LAPSED}:
            raise Refused(_decided(row))
        draft = latest(viewer, row.text_id)
        if row.draft_id != draft.pk and how in {"taken", "bracketed"}:
            raise Refused(
                say("It is on an earlier draft. Its delegation confirms it on draft {number} first.",
                    "该提案针对较早的草案，须先由提出该提案的与会方在第{number}号草案上确认。", number=draft.number)
            )  # fmt: skip
        row.state = how
        row.save(update_fields=["state"])
        leaf.commits("decision", row.pk, {"how": how})
    return row


def _own(viewer: Viewer, text: object, proposal: object) -> Proposal:
    row: Proposal = one(visible(viewer).proposals().filter(text=_open(viewer, text)), proposal)
    if row.organisation_id != own(viewer).pk:
        raise Refused(
            say("Only the delegation that proposed it changes or withdraws it.", "仅提出该提案的与会方可变更或撤回。")
        )
    return row


def _decided(row: Proposal) -> Words:
    return say("The state of this proposal: {state}. Nothing was changed.", "该提案的状态为：{state}。未作任何变更。",
               state=DECISIONS[row.state])  # fmt: skip


def towards(row: Proposal, draft: Draft) -> Rebased:
    """What has become of a proposal on the draft that is the latest now."""
    assert row.draft is not None
    old = whole(row.draft)
    return rebased(on_draft(row, old.hash), old.draft, whole(draft).draft)


def carry(row: Proposal, draft: Draft, found: Rebased) -> None:
    """Put a proposal on a later draft; within the act that does so."""
    assert found.proposal is not None
    row.content = row.content | {"en": found.proposal.en, "zh": found.proposal.zh}
    row.draft = draft
    row.save(update_fields=["content", "draft"])


def tabled(viewer: Viewer, text: Text, group: Group | None = None) -> list[Tabled]:
    """The proposals on a text that stand before the room (or a contact group), with what collides, in no order."""
    draft = latest(viewer, text.pk)
    rows = visible(viewer).proposals().filter(text=text, group=group, draft__isnull=False)
    rows = [each for each in rows if each.state not in {Proposal.State.WITHDRAWN, Proposal.State.LAPSED}]
    read = whole(draft)
    asked = {each.pk: on_draft(each, read.hash) for each in rows if each.draft_id == draft.pk}
    by_id, others = {str(each.pk): each for each in rows}, defaultdict(list)
    for each in _touching(_Asked(draft.pk, tuple(asked.values()), read)):
        others[each.one].append((by_id[each.other], each))
        others[each.other].append((by_id[each.one], each))
    return [Tabled(row, _stands(row, draft, asked.get(row.pk)), tuple(others[str(row.pk)])) for row in rows]


@dataclass(frozen=True)
class _Asked:
    """Proposals on a draft that was issued; equal ones touch each other alike, which is found once."""

    draft: UUID
    proposals: tuple[amending.Proposal, ...]
    read: Whole = field(compare=False)


@lru_cache(maxsize=64)
def _touching(asked: _Asked) -> tuple[Collision, ...]:
    return collisions(asked.read.draft, asked.proposals)


@dataclass(frozen=True)
class _Older:
    """A proposal on an older draft, and the latest one; what became of it is found once."""

    row: UUID
    content: str
    drafts: tuple[UUID, UUID]
    given: tuple[Proposal, Draft] = field(compare=False)


@lru_cache(maxsize=1024)
def _since(older: _Older) -> Rebased:
    return towards(*older.given)


def _stands(row: Proposal, draft: Draft, asked: amending.Proposal | None) -> Rebased:
    """How a proposal stands towards the latest draft; as it was made, where it is on that one."""
    if asked is not None:
        return Rebased(asked, "unchanged", False, asked)
    assert row.draft_id is not None
    return _since(_Older(row.pk, repr(row.content), (row.draft_id, draft.pk), (row, draft)))
