"""The desk: the working draft of a text, what is missing in it, and what changed since the last one was issued."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tracktwo.room.access import Absent, Viewer, one, visible
from tracktwo.room.drafting.briefly import briefly
from tracktwo.room.drafting.differences import Difference, difference, said
from tracktwo.room.drafting.models import Draft, Proposal, Text
from tracktwo.room.drafting.stored import Passage, Whole, names_of, whole
from tracktwo.room.words import Words, say
from tracktwo.text.drafts import LANGUAGES
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language
from tracktwo.text.prose import Recovery

TONGUES: dict[Language, Words] = {"en": say("English", "英文"), "zh": say("Chinese", "中文")}


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A place where brackets do not match."""

    passage: Passage
    language: Words
    before: str
    """The words before it."""
    mark: str
    what: Words

    @property
    def id(self) -> str:
        """Of the provision."""
        return self.passage.provision.id

    @property
    def named(self) -> Words:
        """The provision in a line."""
        return briefly(self.passage)


@dataclass
class Desk:
    """What who drafts a text has before them."""

    viewer: Viewer
    text: Text
    working: Draft | None
    last: Draft | None
    """The draft that was issued last."""

    @classmethod
    def of(cls, viewer: Viewer, text: object) -> Desk:
        """The desk of a text; Absent for who does not draft."""
        if not viewer.may("text.edit"):
            raise Absent
        row: Text = one(visible(viewer).texts(), text)
        drafts = visible(viewer).drafts().filter(text=row).order_by("-number")
        working = drafts.filter(state=Draft.State.WORKING).first()
        return cls(viewer, row, working, drafts.filter(state=Draft.State.ISSUED).first())

    @property
    def open(self) -> bool:
        """Whether anything may still be written."""
        return bool(self.text.state != Text.State.CLOSED)

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """What the delegations are called."""
        return names_of(self.text)

    @cached_property
    def whole(self) -> Whole:
        """The working draft, read; Absent where there is none."""
        if self.working is None:
            raise Absent
        return whole(self.working, self.names)

    @cached_property
    def base(self) -> Whole | None:
        """What a file that comes in is held against: the working draft, else the last that was issued."""
        row = self.working or self.last
        return None if row is None else whole(row, self.names)

    @cached_property
    def lacking(self) -> list[tuple[str, Words, Words]]:
        """The provisions that are missing in one language: id, in a line, that language."""
        return [
            (each.provision.id, briefly(each), TONGUES[of])
            for each in self.whole.passages.values()
            for of in LANGUAGES
            if each.provision[of] is None
        ]

    @cached_property
    def unmatched(self) -> list[Unmatched]:
        """Where brackets do not match."""
        return [
            _unmatched(passage, of, recovery)
            for passage in self.whole.passages.values()
            for of, block in passage.blocks.items()
            for recovery in block.prose.recoveries
        ]

    @cached_property
    def changes(self) -> Difference | None:
        """What changed against the draft that was issued last; None where none was."""
        return None if self.last is None else difference(whole(self.last, self.names), self.whole)

    def passage(self, provision: str) -> Passage:
        """A provision of the working draft."""
        found = self.whole.passages.get(provision)
        if found is None:
            raise Absent
        return found

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The provisions as the desk shows them."""
        states = {each.provision: each.state for each in self.changes.rows} if self.changes else {}
        unmatched = {each.passage.provision.id for each in self.unmatched}
        return [
            {
                "id": each.provision.id,
                "label": each.provision.label,
                "heading": each.provision.level if each.provision.kind == "heading" else 0,
                "depth": min(each.provision.level, 4) if each.provision.kind == "paragraph" else 0,
                "words": {of: said(each, of) for of in each.blocks},
                "chinese_first": each.provision.origin == "zh",
                "state": states.get(each.provision.id, ""),
                "unmatched": each.provision.id in unmatched,
            }
            for each in self.whole.passages.values()
        ]


def _unmatched(passage: Passage, of: Language, recovery: Recovery) -> Unmatched:
    body = passage.provision[of] or ""
    mark = "\\" + body[recovery.start + 1] if body[recovery.start] == "\\" else body[recovery.start]
    if recovery.stray:
        what = say("closes nothing that was opened in this provision; it is read as it stands",
                   "在本条款内没有对应的左括号，按原样处理")  # fmt: skip
    elif recovery.open:
        what = say("is not closed in this provision; it is read up to its end",
                   "在本条款内没有对应的右括号，视为延至条款末尾")  # fmt: skip
    else:
        what = say("closes a bracket of another kind", "与左括号种类不同")
    return Unmatched(passage, TONGUES[of], body[max(0, recovery.start - 40) : recovery.start], mark, what)


_PAIR = re.compile(r"Proposals '(?P<one>.*?)' and '(?P<other>.*?)': (?P<why>[^.]*)\.", re.DOTALL)
_MORE = re.compile(r"So do (?P<n>\d+) other pairs")
_WHY = {
    "both change the same words": "两者修改了相同的文字",
    "one deletes what the other needs": "一项删除了另一项所依据的条款",
    "one moves what the other needs where it is, or moves elsewhere": "对同一条款的移动相互抵触",
    "both put something at the same place, and it is not said which comes first": "在同一处增加内容，未说明先后",
    "one asks that the provision stay as it is, and the other changes it": "一项主张不作改动，另一项要求修改",
}


def collided(desk: Desk, error: TextError) -> Words:
    """Why a draft cannot be consolidated, with whom it concerns in place of identifiers."""
    found = _PAIR.search(str(error))
    if found is None:
        return say(
            "What was decided cannot be carried out together: {why}", "所作决定无法同时落实：{why}", why=str(error)
        )
    more = _MORE.search(str(error))
    return say(
        "Not all that was decided can be carried out together. {one} and {other}: {why}.{more} Decide on one of them "
        "otherwise, then consolidate again. Nothing was changed.",
        "所作决定无法全部同时落实。{one}与{other}：{why}。{more}请先对其中一项另作决定，再行汇总。未作任何变更。",
        one=_who(desk, found["one"]),
        other=_who(desk, found["other"]),
        why=say(found["why"], _WHY.get(found["why"], found["why"])),
        more=say(" So do {n} more.", "另有{n}组同样相互抵触。", n=int(more["n"])) if more else say("", ""),
    )


def _who(desk: Desk, identity: str) -> Words:
    """A proposal, or the brackets of a provision, as a sentence names them."""
    if identity.startswith("the brackets of "):
        label = identity.removeprefix("the brackets of ")
        passage = whole(desk.last, desk.names).passages.get(label) if desk.last else None
        named: Any = briefly(passage) if passage else label
        return say("what became of the brackets of {named}", "“{named}”中方括号的处理结果", named=named)
    rows = {str(each.pk): each for each in visible(desk.viewer).proposals().filter(text=desk.text)}
    row: Proposal | None = rows.get(identity)
    if row is None:
        return say(identity, identity)
    name = row.organisation.name
    on = row.content["provision"] or row.content["after"]
    passage = whole(desk.last, desk.names).passages.get(on) if desk.last and on else None
    return say(
        "the proposal of {name} on “{on}”", "{name}对“{on}”的提案",
        name=say(name.get("en") or name.get("zh", ""), name.get("zh") or name.get("en", "")),
        on=briefly(passage) if passage else say("the beginning", "开头"),
    )  # fmt: skip
