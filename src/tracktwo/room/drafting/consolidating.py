"""The next draft, of what was agreed on the last one: brackets that were settled, proposals that were taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations

from tracktwo.room.drafting.models import Proposal
from tracktwo.room.drafting.proposing import on_draft
from tracktwo.room.drafting.standings import ProvisionStanding
from tracktwo.room.drafting.stored import Passage, Whole
from tracktwo.room.words import say
from tracktwo.text import amending
from tracktwo.text.brackets import drop, lift, narrow
from tracktwo.text.drafts import LANGUAGES, Draft
from tracktwo.text.marked import Language
from tracktwo.text.merging import Span, clashes, spans
from tracktwo.text.parsing import parse

Called = Mapping[str, Mapping[Language, str]]
"""How each delegation is named in the text, by its identifier and by language."""


def consolidated(
    read: Whole, standings: Mapping[str, ProvisionStanding], proposals: Iterable[Proposal], called: Called
) -> Draft:
    """The next draft.

    What touches a provision is carried out together where it touches different words; what goes in in brackets stands
    beside whatever else does. TextError where two things cannot both be carried out; it says which.
    """
    draft, asked = read.draft, []
    for identity, standing in standings.items():
        if identity in read.passages and standing.brackets:
            asked += _settled(read, read.passages[identity], standing)
    rows = [*proposals]
    asked += [given for row in rows if row.state == Proposal.State.TAKEN
              and (given := on_draft(row, read.hash)).action != "NOC"]  # fmt: skip
    asked += _bracketed(read, [row for row in rows if row.state == Proposal.State.BRACKETED], called)
    return amending.apply(draft, asked)


def _settled(read: Whole, passage: Passage, standing: ProvisionStanding) -> list[amending.Proposal]:
    """What settled brackets make of a provision: a change of its words, or its suppression if nothing is left."""
    bodies = {each: _body(passage, standing, each) for each in passage.blocks}
    changed = {each: body for each, body in bodies.items() if body != passage.provision[each]}
    identity = passage.provision.id
    named = f"the brackets of {passage.provision.label or identity}"
    if not changed:
        return []
    if not any(letter.isalnum() for body in bodies.values() for letter in body):
        return [amending.Proposal(named, read.hash, "SUP", identity)]
    return [amending.Proposal(named, read.hash, "MOD", identity, changed.get("en"), changed.get("zh"))]


def _body(passage: Passage, standing: ProvisionStanding, language: Language) -> str:
    """A body with what became of its brackets, from the last to the first, so that numbers before stay as they are."""
    body = passage.provision[language] or ""
    settled = [
        (bracket.number, each)
        for key, each in standing.brackets.items()
        if each.state in {"lifted", "dropped", "narrowed"}
        and key in passage.pairs
        and (bracket := passage.bracket(key, language)) is not None
    ]
    for number, each in sorted(settled, key=lambda pair: -pair[0]):
        if each.state == "lifted":
            body = lift(body, number, labels=passage.labels, parties=passage.parties)
        elif each.state == "dropped":
            body = drop(body, number, labels=passage.labels, parties=passage.parties)
        elif each.words and language in each.words:
            body = narrow(body, number, each.words[language], labels=passage.labels, parties=passage.parties)
    return body


def _bracketed(read: Whole, rows: list[Proposal], called: Called) -> list[amending.Proposal]:
    """Proposals as they go into the text in brackets: nothing of the old words goes, and all is held by somebody."""
    found, amended = [], defaultdict(list)
    for row in rows:
        given, names = on_draft(row, read.hash), called[str(row.organisation_id)]
        if given.action == "ADD":
            bodies = {each: _held(names[each], each, body) for each in LANGUAGES if (body := given[each])}
            found.append(replace(given, en=bodies.get("en"), zh=bodies.get("zh")))
        elif given.provision is not None and given.action in {"MOD", "(MOD)", "SUP"}:
            amended[given.provision].append((given, names))
    for identity, several in amended.items():
        provision = read.draft[identity]
        bodies = {each: body for each in LANGUAGES if (body := _beside(provision[each], each, several)) is not None}
        first = several[0][0]
        found.append(replace(first, action="MOD", en=bodies.get("en"), zh=bodies.get("zh")))
    return found


def _beside(
    old: str | None, language: Language, several: list[tuple[amending.Proposal, Mapping[Language, str]]]
) -> str | None:
    """A body with what several delegations want of it in brackets; None where nobody wants anything of it."""
    wanted = [(names[language], given) for given, names in several if given.action == "SUP" or given[language]]
    if not wanted:
        return None
    if old is None:
        return "".join(_held(name, language, given[language] or "") for name, given in wanted if given[language])
    if all(given.action != "SUP" for _, given in wanted):
        changes = [(name, spans(old, given[language] or "")) for name, given in wanted]
        apart = all(not clashes(one, other) for (_, one), (_, other) in combinations(changes, 2))
        made = _inserted(old, language, changes) if apart else ""
        if made and len(parse(made).recoveries) <= len(parse(old).recoveries):
            return made
    beside = [_deletes(name, language) if given.action == "SUP" else _held(name, language, given[language] or "")
              for name, given in wanted]  # fmt: skip
    return "".join([f"[{old}]", *beside])


def _held(name: str, language: Language, words: str) -> str:
    return f"[{name}{': ' if language == 'en' else '：'}{words}]"


def _deletes(name: str, language: Language) -> str:
    return say("[delete: {name}]", "[删除：{name}]", name=name).said(language)


def _inserted(old: str, language: Language, changes: list[tuple[str, tuple[Span, ...]]]) -> str:
    """The old words, with those that would go in brackets, and those that would come in brackets of whose they are."""
    made, position = "", 0
    for span, name in sorted((span, name) for name, change in changes for span in change):
        gone, comes = old[span.start : span.end], span.text
        inner = gone.strip()
        before, after = _edges(gone if inner else comes)
        made += old[position : span.start] + before
        made += f"[{inner}]" if inner else ""
        made += _held(name, language, comes.strip()) if comes.strip() else _deletes(name, language) if inner else ""
        made += after
        position = span.end
    return made + old[position:]


def _edges(text: str) -> tuple[str, str]:
    """The spaces before and after some words."""
    inner = text.strip()
    start = text.find(inner) if inner else len(text)
    return text[:start], text[start + len(inner) :]
