"""The numbers of paragraphs: Word counts them when it shows a file, so the words do not hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from tracktwo.text.word.numerals import numeral
from tracktwo.text.word.properties import switch, value, whole
from tracktwo.text.word.styles import Look
from tracktwo.text.word.vocabulary import w

_LEVELS = range(9)
_LABEL = 64
"""Characters of a number that can be meant."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int
    form: str
    """Such as decimal, lowerLetter, bullet, none."""
    shown: str
    """The number with what stands around it; %1 to %9 stand for the numbers of the levels."""
    parted: bool
    """Whether something parts it from the words."""
    figures: bool
    """Whether all levels are shown in figures."""


@dataclass(slots=True)
class _Count:
    """A list while it is counted: several instances of it count on."""

    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Instance:
    count: _Count
    levels: dict[int, _Level]
    anew: dict[int, int]
    """Where levels begin when this instance first uses them."""


class Lists:
    """The numbered lists of a document, counted from its beginning."""

    def __init__(self, root: etree._Element | None) -> None:
        self._instances: dict[str, _Instance] = {}
        if root is None:
            return
        definitions = {
            definition.get(w("abstractNumId"), ""): (_Count(), _levels(definition))
            for definition in root.findall(w("abstractNum"))
        }
        for instance in root.findall(w("num")):
            if (definition := definitions.get(value(instance, "abstractNumId") or "")) is not None:
                self._instances.setdefault(instance.get(w("numId"), ""), _instance(instance, *definition))

    def number(self, look: Look) -> tuple[str, int] | None:
        """The number that Word shows before the next paragraph, with what parts it from the words, and its level."""
        found = self._instances.get(look.list_id or "")
        depth = look.list_level or 0
        if found is None or depth not in found.levels:
            return None
        _count(found, depth)
        level = found.levels[depth]
        if level.form == "bullet":
            shown = "•"
        else:
            shown = re.sub(r"%([1-9])", lambda place: _shown(found, int(place[1]) - 1, level.figures), level.shown)
        return (shown + " " * level.parted, depth) if shown.strip() else None


def _levels(parent: etree._Element) -> dict[int, _Level]:
    """The levels of a definition, or those that an instance changes."""
    return {
        depth: _Level(
            start=whole(value(level, "start")) or 0,
            form=value(level, "numFmt") or "decimal",
            shown=(value(level, "lvlText") or "")[:_LABEL],
            parted=value(level, "suff") != "nothing",
            figures=bool(switch(level, "isLgl")),
        )
        for level in parent.iter(w("lvl"))
        if (depth := whole(level.get(w("ilvl"))) or 0) in _LEVELS
    }


def _instance(instance: etree._Element, count: _Count, levels: dict[int, _Level]) -> _Instance:
    anew = {
        whole(override.get(w("ilvl"))) or 0: start
        for override in instance.findall(w("lvlOverride"))
        if (start := whole(value(override, "startOverride"))) is not None
    }
    return _Instance(count, {**levels, **_levels(instance)}, anew)


def _count(instance: _Instance, depth: int) -> None:
    counts = instance.count.counts
    for deeper in [each for each in counts if each > depth]:
        del counts[deeper]
    anew = instance.anew.pop(depth, None)
    counts[depth] = anew if anew is not None else counts[depth] + 1 if depth in counts else instance.levels[depth].start


def _shown(instance: _Instance, depth: int, figures: bool) -> str:
    level = instance.levels.get(depth)
    if level is None or level.form in {"none", "bullet"}:
        return ""
    return numeral(instance.count.counts.get(depth, level.start), "decimal" if figures else level.form)
