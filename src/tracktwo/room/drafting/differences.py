"""What changed between two drafts of a text, provision by provision, by their lasting ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tracktwo.room.drafting.stored import Passage, Whole
from tracktwo.text.alignment import heaviest
from tracktwo.text.comparing import Edit, diff
from tracktwo.text.drafts import LANGUAGES
from tracktwo.text.marked import Language
from tracktwo.text.progress import count
from tracktwo.text.showing import paragraph


@dataclass(frozen=True, slots=True)
class Changed:
    """A provision that is not as it was."""

    provision: str
    label: str
    """Its number; where it is gone, the one that it had."""
    before: str
    """The number that it had."""
    state: str
    """``new``, ``gone``, ``changed``, or ``same``: of one that was only moved."""
    moved: bool
    behind: str
    """Of one that was moved: the number or the first words of what it stands behind now."""
    sides: dict[Language, tuple[Edit, ...]]
    """What changed in each language; empty where nothing did."""


@dataclass(frozen=True)
class Difference:
    """What changed from one draft to another."""

    rows: tuple[Changed, ...]
    """In the order of the later draft; those that are gone where they stood."""
    renumbered: tuple[tuple[str, str], ...]
    """The number before and after of each provision that has another one."""

    def _of(self, state: str) -> int:
        return sum(each.state == state for each in self.rows)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many provisions are changed, new, gone, moved."""
        return {each: self._of(each) for each in ("changed", "new", "gone")} | {
            "moved": sum(each.moved for each in self.rows)
        }

    @cached_property
    def words(self) -> dict[Language, tuple[int, int]]:
        """How many words came in and went out in each language; each Han character is one."""
        return {
            of: tuple(
                sum(count(edit.text) for row in self.rows for edit in row.sides.get(of, ()) if edit.kind == kind)
                for kind in ("insert", "delete")
            )  # type: ignore[misc]
            for of in LANGUAGES
        }


def difference(before: Whole, after: Whole) -> Difference:
    """What changed from one draft to another."""
    old, new = before.passages, after.passages
    places = after.draft.places
    common = [(place, places[each], 1.0) for each, place in before.draft.places.items() if each in places]
    stay = {was for was, _ in heaviest(common)}
    moved = {each for each, place in before.draft.places.items() if each in places and place not in stay}
    rows = []
    for identity in _order(list(old), list(new)):
        behind = _behind(after, identity) if identity in moved else ""
        made = _changed(old.get(identity), new.get(identity), identity in moved, behind)
        if made is not None:
            rows.append(made)
    renumbered = tuple(
        (old[each].provision.label, new[each].provision.label)
        for each in new
        if each in old and old[each].provision.label != new[each].provision.label
    )
    return Difference(tuple(rows), renumbered)


def _order(old: list[str], new: list[str]) -> Iterator[str]:
    """The provisions of the later draft, and those that are gone behind what they stood behind."""
    there = set(new)
    gone: dict[str | None, list[str]] = {}
    last: str | None = None
    for each in old:
        if each in there:
            last = each
        else:
            gone.setdefault(last, []).append(each)
    yield from gone.get(None, ())
    for each in new:
        yield each
        yield from gone.get(each, ())


def _behind(after: Whole, identity: str) -> str:
    ids = list(after.passages)
    place = ids.index(identity) if identity in after.passages else 0
    if place == 0:
        return ""
    provision = after.passages[ids[place - 1]].provision
    body = provision.en or provision.zh or ""
    return provision.label or (f"{body[:40]}…" if len(body) > 40 else body)


def said(passage: Passage | None, of: Language) -> str:
    """The words of a provision in one language as they are shown, with its number."""
    block = passage.blocks.get(of) if passage else None
    return "" if block is None else paragraph(block).before


def body(passage: Passage | None, of: Language) -> str:
    """The same without its number."""
    words = said(passage, of)
    block = passage.blocks.get(of) if passage else None
    if block is None or block.kind != "paragraph" or not block.lead.strip():
        return words
    lead = block.lead.strip()
    return words.removeprefix(lead).lstrip(" ") if words.startswith(lead) else words


def _changed(old: Passage | None, new: Passage | None, moved: bool, behind: str) -> Changed | None:
    present = new or old
    assert present is not None
    sides: dict[Language, tuple[Edit, ...]] = {}
    for of in LANGUAGES:
        was, now = (body(each, of) for each in (old, new))
        if was != now:
            sides[of] = diff(was, now)
    state = "new" if old is None else "gone" if new is None else "changed" if sides else "same"
    if state == "same" and not moved:
        return None
    return Changed(
        present.provision.id, present.provision.label, old.provision.label if old else "", state, moved,
        behind, sides,
    )  # fmt: skip
