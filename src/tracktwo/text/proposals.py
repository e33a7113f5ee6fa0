"""Proposals: what delegations ask for on a named draft.

The actions are those of the International Telecommunication Union's conferences (ADD, MOD, SUP, NOC, and (MOD) for what
is editorial), with MOVE beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tracktwo.text.drafts import Draft
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language

Action = Literal["ADD", "MOD", "(MOD)", "SUP", "MOVE", "NOC"]
"""Add a provision; amend one; amend it in form alone; suppress it; move it; leave it as it is."""


@dataclass(frozen=True, slots=True)
class Tie:
    """That a proposal is tied to others: all those that name the same group."""

    how: Literal["and", "or", "xor"]
    """All of them are taken or none; any of them; exactly one."""
    group: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a delegation asks for. TextError where it does not say what its action needs."""

    id: str
    draft: str
    """The hash of the draft that it is on."""
    action: Action
    provision: str | None = None
    """The id of the provision that it is on; None for what is added."""
    en: str | None = None
    """The body that is proposed; None where English stays as it is, or is not there yet."""
    zh: str | None = None
    after: str | None = None
    """Of what is added or moved: behind which provision it is to stand; None at the beginning."""
    by: str = ""
    """The delegation."""
    label: str = ""
    """The number of what is added."""
    origin: Language = "en"
    """Of what is added in both languages: the one in which it was written first."""
    tied: tuple[Tie, ...] = ()

    def __post_init__(self) -> None:
        wrong = _wrong(self)
        if wrong:
            raise TextError(f"Proposal {self.id!r} ({self.action}) {wrong}")

    def __getitem__(self, language: Language) -> str | None:
        """The body that is proposed in one language."""
        return {"en": self.en, "zh": self.zh}[language]

    @property
    def places(self) -> bool:
        """Whether it puts something at a place."""
        return self.action in {"ADD", "MOVE"}

    @property
    def amends(self) -> bool:
        """Whether it changes words of a provision."""
        return self.action in {"MOD", "(MOD)"}


def _wrong(proposal: Proposal) -> str:
    """What is wrong with a proposal by itself; empty where nothing is."""
    bodies = [body for body in (proposal.en, proposal.zh) if body is not None]
    if proposal.action == "ADD":
        if proposal.provision is not None:
            return "adds a provision, and cannot be on one that is there; leave the provision out."
    elif proposal.provision is None:
        return "does not say on which provision it is."
    if proposal.action in {"ADD", "MOD", "(MOD)"} and not bodies:
        return "has no words in either language."
    if proposal.action in {"SUP", "MOVE", "NOC"} and bodies:
        return "changes no words, but brings some; propose a MOD beside it."
    if not proposal.places and proposal.after is not None:
        return "moves nothing, but names a place; propose a MOVE beside it."
    if proposal.provision is not None and proposal.after == proposal.provision:
        return "moves a provision behind itself."
    if any(not body.strip() for body in bodies):
        return "would leave a provision without words; propose SUP."
    return ""


def require(draft: Draft, proposals: Iterable[Proposal]) -> None:
    """TextError if a proposal is not on this draft, is on what is not in it, or has the id of another."""
    now, there = draft.hash, draft.places
    ids: set[str] = set()
    for proposal in proposals:
        if proposal.draft != now:
            raise TextError(
                f"Proposal {proposal.id!r} is not on draft {draft.number}, but on another one. "
                "Carry it over to this draft first."
            )
        for provision in (proposal.provision, proposal.after):
            if provision is not None and provision not in there:
                raise TextError(
                    f"Proposal {proposal.id!r} is on provision {provision!r}, which draft {draft.number} does not have."
                )
        if proposal.id in ids:
            raise TextError(f"Two proposals have the id {proposal.id!r}.")
        ids.add(proposal.id)
