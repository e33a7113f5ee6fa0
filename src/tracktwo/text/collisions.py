"""Collisions: proposals on one draft that touch each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from tracktwo.text.drafts import LANGUAGES, Draft
from tracktwo.text.marked import Language
from tracktwo.text.merging import Span, clashes, spans
from tracktwo.text.proposals import Proposal, require

Reason = Literal["words", "provision", "deleted", "place", "order", "unchanged"]
"""They change the same words; the same provision, but nothing in common of it; one deletes what the other amends, moves
or stands behind; one moves what the other moves elsewhere or stands behind; both put something at one place, so
that the order is not said; one asks that what the other changes stay as it is."""
_SAID: Mapping[Reason, str] = {
    "words": "both change the same words",
    "provision": "both are on the same provision, and can stand together",
    "deleted": "one deletes what the other needs",
    "place": "one moves what the other needs where it is, or moves elsewhere",
    "order": "both put something at the same place, and it is not said which comes first",
    "unchanged": "one asks that the provision stay as it is, and the other changes it",
}
Changes = Mapping[Language, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Collision:
    """Two proposals that touch each other."""

    one: str
    """The id of the one that came first in what was given."""
    other: str
    reason: Reason
    provision: str | None
    """Where they do; None at the beginning of the text."""
    spans: tuple[tuple[Language, int, int], ...] = ()
    """The words that both change, in characters of the bodies in the draft."""

    @property
    def blocks(self) -> bool:
        """Whether not both can be carried out as they are."""
        return self.reason != "provision"

    @property
    def what(self) -> str:
        """The collision in a sentence."""
        return f"Proposals {self.one!r} and {self.other!r}: {_SAID[self.reason]}."


def collisions(draft: Draft, proposals: Iterable[Proposal]) -> tuple[Collision, ...]:
    """Every two proposals that touch each other, in the order given; what asks for the same does not collide.

    TextError if one is not on this draft, or on what is not in it.
    """
    given = list(proposals)
    require(draft, given)
    changes = {proposal.id: changed(draft, proposal) for proposal in given}
    found = (_collision(one, other, changes) for one, other in combinations(given, 2))
    return tuple(collision for collision in found if collision is not None)


def changed(draft: Draft, proposal: Proposal) -> Changes:
    """The words that a proposal amends, in characters of the bodies in the draft; a body that is missing is empty."""
    if not proposal.amends or proposal.provision is None:
        return {}
    provision = draft[proposal.provision]
    bodies = {language: body.strip("\r\n") for language in LANGUAGES if (body := proposal[language]) is not None}
    return {language: spans(provision[language] or "", body) for language, body in bodies.items()}


def _collision(one: Proposal, other: Proposal, changes: Mapping[str, Changes]) -> Collision | None:
    if one.provision is not None and one.provision == other.provision:
        return _on_one(one, other, changes)
    for here, there in ((one, other), (other, one)):
        if here.places and here.after is not None and here.after == there.provision:
            if there.action == "SUP":
                return Collision(one.id, other.id, "deleted", here.after)
            if there.action == "MOVE":
                return Collision(one.id, other.id, "place", here.after)
    if one.places and other.places and one.after == other.after and not _same_addition(one, other):
        return Collision(one.id, other.id, "order", one.after)
    return None


def _on_one(one: Proposal, other: Proposal, changes: Mapping[str, Changes]) -> Collision | None:
    """The collision of two proposals on the same provision."""
    actions = {one.action, other.action}
    if "NOC" in actions:
        return Collision(one.id, other.id, "unchanged", one.provision) if actions != {"NOC"} else None
    if "SUP" in actions:
        return Collision(one.id, other.id, "deleted", one.provision) if actions != {"SUP"} else None
    if actions == {"MOVE"}:
        return Collision(one.id, other.id, "place", one.provision) if one.after != other.after else None
    if "MOVE" in actions:
        return Collision(one.id, other.id, "provision", one.provision)
    left, right = changes[one.id], changes[other.id]
    if left == right:
        return None
    both = tuple(
        (language, *place)
        for language in LANGUAGES
        for place in clashes(left.get(language, ()), right.get(language, ()))
    )
    return Collision(one.id, other.id, "words" if both else "provision", one.provision, both)


def _same_addition(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals add the same."""
    added = [(each.action, each.en, each.zh, each.label, each.origin) for each in (one, other)]
    return one.action == "ADD" and added[0] == added[1]
