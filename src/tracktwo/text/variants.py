"""Variants: the options of a draft, and which of them are still options of their own in another one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tracktwo.text.drafts import Draft
from tracktwo.text.marked import Language
from tracktwo.text.readings import series


@dataclass(frozen=True, slots=True)
class Variant:
    """One option of a draft."""

    series: int
    """Options between which one is chosen have the same."""
    label: str
    depth: int
    """In how many options it stands, itself among them."""
    provisions: tuple[str, ...]
    """The ids of what belongs to it, from that with which it begins."""


def variants(draft: Draft, language: Language) -> list[Variant]:
    """The options of a draft in one language, in its order; those within another one after it."""
    document = draft.document(language)
    ids = draft.lines(language)
    found = []
    for option in series(document):
        blocks = [document.blocks[place] for place in option.blocks]
        provisions = tuple(ids[block.line] for block in blocks)
        found.append(Variant(option.series, blocks[0].begins, len(blocks[0].options), provisions))
    return found


def unmatched(old: Sequence[Variant], new: Sequence[Variant], sources: Mapping[str, Collection[str]]) -> list[Variant]:
    """The options that have become no option of their own.

    ``sources`` says of new provisions from which old ones they are made. Each new option stands for one of those from
    which anything in it is made; as many as possible are paired, those of one label and depth first (Kuhn 1955).
    """
    made = [{source for each in variant.provisions for source in sources.get(each, ())} for variant in new]
    candidates = [
        sorted(
            (place for place, of in enumerate(made) if of & set(variant.provisions)),
            key=lambda place, v=variant: (new[place].label != v.label, new[place].depth != v.depth, place),  # type: ignore[misc]
        )
        for variant in old
    ]
    holder: dict[int, int] = {}

    def placed(variant: int, tried: set[int]) -> bool:
        for place in candidates[variant]:
            if place not in tried:
                tried.add(place)
                if place not in holder or placed(holder[place], tried):
                    holder[place] = variant
                    return True
        return False

    return [variant for number, variant in enumerate(old) if not placed(number, set())]
