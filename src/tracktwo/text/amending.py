"""Amending: what proposals make of a draft, and what becomes of them on a later one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tracktwo.text.alignment import heaviest
from tracktwo.text.collisions import Collision, Reason, changed, collisions
from tracktwo.text.comparing import Edit, diff
from tracktwo.text.drafts import LANGUAGES, Draft, Provision, of_rows, row
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language
from tracktwo.text.merging import Span, clashes, merged, spans
from tracktwo.text.packages import Conflict, choices, conflicts
from tracktwo.text.proposals import Action, Proposal, Tie
from tracktwo.text.sources import Row

__all__ = [
    "Action", "Collision", "Conflict", "Proposal", "Reason", "Rebased", "State", "Tie", "apply", "choices",
    "collisions", "conflicts", "rebased"
]  # fmt: skip

State = Literal["unchanged", "changed", "moved", "gone"]
"""What became of the provision that a proposal is on, and of the one behind which it puts something."""


def apply(draft: Draft, proposals: Iterable[Proposal]) -> Draft:
    """The next draft, with some proposals carried out; in which order they are given does not matter.

    Two that amend different words of one provision are both carried out. What is added stands as deep as that behind
    which it stands. Whether they may be taken together by their ties is for :func:`conflicts` to say. TextError if one
    is on another draft, if two exclude each other, or if what comes out is not one provision.
    """
    given = list(proposals)
    blocking = [collision for collision in collisions(draft, given) if collision.blocks]
    if blocking:
        more = f" So do {len(blocking) - 1} other pairs." if len(blocking) > 1 else ""
        raise TextError(f"Not all of these proposals can be carried out. {blocking[0].what}{more}")
    gone = {proposal.provision for proposal in given if proposal.action == "SUP"}
    placed = {proposal.after: proposal for proposal in given if proposal.places}
    moved = {proposal.provision for proposal in placed.values() if proposal.action == "MOVE"}
    amended = _amended(draft, given)
    rows: list[Row] = []
    for provision in (None, *draft.provisions):
        if provision is not None and provision.id not in gone | moved:
            rows.append(amended[provision.id])
        proposal = placed.get(provision.id if provision is not None else None)
        if proposal is not None:
            rows.append(amended[proposal.provision] if proposal.provision else _added(proposal, provision))
    return of_rows(draft.number + 1, rows, draft.links)


def _amended(draft: Draft, proposals: Sequence[Proposal]) -> dict[str, Row]:
    """Every provision as it is amended, by its id."""
    rows = {}
    for provision in draft.provisions:
        changes = [changed(draft, proposal) for proposal in proposals if proposal.provision == provision.id]
        rows[provision.id] = _changed(provision, changes)
    return rows


def _changed(provision: Provision, changes: Sequence[Mapping[Language, tuple[Span, ...]]]) -> Row:
    parts = {}
    for language in LANGUAGES:
        mine = [change[language] for change in changes if language in change]
        body = provision[language]
        # a body that comes to be takes the number of the other language
        lead = provision.lead(language) if body is not None else provision.lead("zh" if language == "en" else "en")
        parts[language] = (lead, merged(body or "", mine)) if mine else row(provision)[language]
    return Row(provision.id, provision.origin, parts["en"], parts["zh"])


def _added(proposal: Proposal, before: Provision | None) -> Row:
    parts = {}
    for language in LANGUAGES:
        body = proposal[language]
        lead = (
            "" if before is None or before.kind != "paragraph" else before.lead(language) or before.lead(before.origin)
        )
        indent = lead[: len(lead) - len(lead.lstrip())]
        label = f"{proposal.label} " if proposal.label else ""
        parts[language] = None if body is None else (f"{indent}{label}", body.strip())
    alone: Language = "zh" if proposal.en is None else "en"
    both = proposal.en is not None and proposal.zh is not None
    return Row("", proposal.origin if both else alone, parts["en"], parts["zh"])


@dataclass(frozen=True, slots=True)
class Rebased:
    """What becomes of a proposal on a later draft. Nothing is lost: what cannot be carried over is still there."""

    original: Proposal
    state: State
    """“changed” where the provision was moved as well."""
    moved: bool
    proposal: Proposal | None
    """The proposal on the later draft, for its author to confirm unless the state is “unchanged”; None where what it is
    on is gone. Its words are those that were proposed with what has changed since, where the two touch different words,
    else those that were proposed."""
    changes: tuple[tuple[Language, tuple[Edit, ...]], ...] = ()
    """What has changed since in the bodies of the provision."""
    clashes: tuple[tuple[Language, int, int], ...] = ()
    """The words that it amends and that have changed since, in characters of the bodies in the old draft."""

    @property
    def carries_over(self) -> bool:
        """Whether nobody need confirm it."""
        return self.state == "unchanged"


def rebased(proposal: Proposal, old: Draft, new: Draft) -> Rebased:
    """What becomes of a proposal on an old draft when there is a new one.

    A new number, or the words of the provision behind which something is put, change nothing. A provision is moved if
    it has another place among those that both drafts have (all but the fewest keep theirs), or stands in another
    option. TextError if the proposal is not on the old draft.
    """
    if proposal.draft != old.hash:
        raise TextError(f"Proposal {proposal.id!r} is not on draft {old.number}. Name the draft that it is on.")
    named = [each for each in (proposal.provision, proposal.after) if each is not None]
    before, after = old.places, new.places
    if any(each not in after for each in named):
        return Rebased(proposal, "gone", False, None)
    stay = {before_ for before_, _ in heaviest((i, after[each], 1.0) for each, i in before.items() if each in after)}
    moved = any(before[each] not in stay or old[each].options != new[each].options for each in named)
    here = replace(proposal, draft=new.hash)
    if proposal.provision is None:
        return Rebased(proposal, "moved" if moved else "unchanged", moved, here)
    was, now = old[proposal.provision], new[proposal.provision]
    changes = tuple((each, diff(was[each] or "", now[each] or "")) for each in LANGUAGES if was[each] != now[each])
    if not changes:
        return Rebased(proposal, "moved" if moved else "unchanged", moved, here)
    both = []
    for language, _ in changes:
        body = proposal[language]
        if body is None:
            continue
        since, asked = (spans(was[language] or "", text) for text in (now[language] or "", body))
        touching = clashes(since, asked)
        both += [(language, *place) for place in touching]
        words = merged(was[language] or "", (since, asked))
        if not touching and words.strip() and now[language] is not None:
            here = replace(here, en=words) if language == "en" else replace(here, zh=words)
    return Rebased(proposal, "changed", moved, here, changes, tuple(both))
