"""How a provision of an issued draft stands: its light, what became of its brackets and who holds them, concordance.

What nobody has touched has no row: it is open, its brackets are held by whom the words name, and both languages wait to
be reviewed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from tracktwo.room.access import Absent, Refused, Viewer, one, visible
from tracktwo.room.acts import Leaf, act
from tracktwo.room.drafting.models import Draft, Standing, Text
from tracktwo.room.drafting.stored import Passage, Whole, whole
from tracktwo.room.drafting.texts import locked, require_unclosed
from tracktwo.room.keys import current
from tracktwo.room.words import Words, say
from tracktwo.text.concordance import State as Concordance

Light = Literal["open", "group", "plenary"]
"""White, yellow, green: open, agreed in a group, agreed in plenary."""
LIGHTS: dict[str, Words] = {
    "open": say("open", "未议定"),
    "group": say("agreed in a group", "组内议定"),
    "plenary": say("agreed in plenary", "全体议定"),
}
STATES: dict[str, Words] = {
    "open": say("open", "未决"),
    "narrowed": say("narrowed", "已缩小"),
    "lifted": say("lifted: its words stay", "已取消（保留文字）"),
    "dropped": say("dropped: its words go", "已删去（连同文字）"),
    "parked": say("parked", "暂时搁置"),
}
"""What became of a bracket in a draft."""
UNDECIDED = ("open", "narrowed", "parked")
"""States in which it is still a bracket."""


@dataclass(slots=True)
class BracketStanding:
    """What became of a bracket."""

    state: str = "open"
    holders: dict[str, str] | None = None
    """Stance by organisation; None as long as only the words say it."""
    said: dict[str, dict[str, str]] = field(default_factory=dict)
    """What each holder would do: {"fate", and, of one that is narrowed, "en", "zh"}."""
    call: dict[str, Any] | None = None
    """The chair's question whether anybody objects: {"fate", "until": day, "fine": [organisation]}."""
    words: dict[str, str] | None = None
    """Of one that is narrowed: what is to stand in it, {"en", "zh"}."""
    kind: str = ""
    """What a person confirmed that it is, where the words do not tell: "alternatives" or "optional"."""


@dataclass(slots=True)
class ProvisionStanding:
    """How a provision stands."""

    provision: str
    light: str = "open"
    brackets: dict[str, BracketStanding] = field(default_factory=dict)
    """By their keys; those that nobody touched are missing."""
    concordance: dict[str, Any] = field(default_factory=dict)
    """{"reviews": [mark of a side], "divergence", "noted_by": mark}; empty where nobody reviewed."""

    def bracket(self, passage: Passage, named: str) -> BracketStanding:
        """What became of a bracket, with its holders; Absent if the provision has none of that key."""
        if named not in passage.pairs:
            raise Absent
        found = self.brackets.get(named) or BracketStanding()
        if found.holders is None:
            found.holders = passage.written(named)
        return found

    def undecided(self, passage: Passage) -> list[str]:
        """The keys of brackets that are still open in it."""
        return [each for each in passage.pairs if self.bracket(passage, each).state in UNDECIDED]

    def checked(self, passage: Passage) -> Concordance:
        """How far both languages were reviewed."""
        return Concordance(
            tuple(self.concordance.get("reviews", ())),
            self.concordance.get("divergence", ""),
            self.concordance.get("noted_by", ""),
            bodies=len(passage.blocks) == 2,
        )


def mark_of(draft: UUID, provision: str) -> UUID:
    """The key of a provision's row."""
    return current().mark("standing", draft.bytes, provision.encode())


def read(state: dict[str, Any]) -> ProvisionStanding:
    """What :func:`written` wrote."""
    brackets = {key: BracketStanding(**each) for key, each in state["brackets"].items()}
    return ProvisionStanding(state["provision"], state["light"], brackets, state["concordance"])


def written(standing: ProvisionStanding) -> dict[str, Any]:
    """As JSON."""
    brackets = {
        key: {name: getattr(each, name) for name in BracketStanding.__slots__}
        for key, each in sorted(standing.brackets.items())
    }
    return {
        "provision": standing.provision, "light": standing.light, "brackets": brackets,
        "concordance": standing.concordance,
    }  # fmt: skip


def standings(viewer: Viewer, draft: Draft) -> dict[str, ProvisionStanding]:
    """Those provisions of a draft that somebody touched, by their ids."""
    rows = visible(viewer).standings().filter(draft=draft)
    return {each.provision: each for each in (read(row.state) for row in rows)}


def standing(viewer: Viewer, draft: Draft, provision: str) -> ProvisionStanding:
    """How one provision stands."""
    row = visible(viewer).standings().filter(pk=mark_of(draft.pk, provision)).first()
    return read(row.state) if row else ProvisionStanding(provision)


def latest(viewer: Viewer, text: object) -> Draft:
    """The draft of a text that was issued last; Absent where there is none."""
    rows = visible(viewer).drafts().filter(text=one(visible(viewer).texts(), text), state=Draft.State.ISSUED)
    found: Draft | None = rows.order_by("-number").first()
    if found is None:
        raise Absent
    return found


def passage(whole: Whole, provision: str) -> Passage:
    """A provision of a draft; Absent where there is none."""
    if provision not in whole.passages:
        raise Absent
    return whole.passages[provision]


@dataclass(slots=True)
class Touched:
    """A provision in the act that changes how it stands."""

    draft: Draft
    passage: Passage
    standing: ProvisionStanding
    leaf: Leaf

    @property
    def text(self) -> Text:
        """The text that it is of."""
        return self.draft.text


@contextmanager
def touching(viewer: Viewer, right: str, text: object, provision: str, on: object = None) -> Iterator[Touched]:
    """An act on a provision of the latest draft, one at a time; ``on`` is the number of the draft that the seat read.

    Refused where another draft was issued since, or the text is closed.
    """
    with act(viewer, right) as leaf:
        row = locked(viewer, text)
        draft = latest(viewer, row.pk)
        here = passage(whole(draft), provision)
        require_unclosed(row)
        if on not in (None, "", str(draft.number), draft.number):
            raise Refused(since(draft.number))
        touched = Touched(draft, here, standing(viewer, draft, provision), leaf)
        yield touched
        state = written(touched.standing)
        Standing.objects.update_or_create(pk=mark_of(draft.pk, provision), defaults={"draft": draft, "state": state})
        leaf.commits("provision", row.pk, state)


def since(number: int) -> Words:
    """That another draft was issued meanwhile."""
    return say(
        "Draft {number} was issued since you opened this page. Nothing was changed. Open the provision in that draft, "
        "see what it says now, and go on there.",
        "您打开本页之后，已印发第{number}号草案。未作任何变更。请在该草案中查看此条款的现有文字，再继续办理。",
        number=number,
    )
