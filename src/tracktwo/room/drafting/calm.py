"""A text as it reads: as negotiated, or as if every bracket were lifted, or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString

from tracktwo.room.drafting.articles import depth
from tracktwo.room.drafting.found import Fates, Kept, after
from tracktwo.room.drafting.markup import lead, plain
from tracktwo.room.drafting.shown import Sheet
from tracktwo.room.words import TAGS, Language
from tracktwo.text.brackets import Fate
from tracktwo.text.documents import Document
from tracktwo.text.readings import reading


@dataclass(frozen=True)
class _Calm:
    kept: Kept
    every: Fate | None
    fates: tuple[tuple[Language, Fates], ...]
    order: tuple[Language, ...]
    depth: int


@lru_cache(maxsize=8192)
def _calm(of: _Calm) -> str:
    passage, sides = of.kept.passage, []
    for tongue, fates in of.fates:
        block = passage.blocks.get(tongue)
        if block is None:
            sides.append("")
            continue
        if of.every is None:
            body = after(of.kept, tongue, fates)
        else:
            single = {(block.line, number): fate for number, fate in fates}
            parties = frozenset().union(*passage.names.values()) if passage.names else frozenset()
            document = Document((block,), passage.labels)
            said = reading(document, of.every, single=single, parties=parties)  # type: ignore[arg-type]
            body = said.removeprefix(block.lead).rstrip("\r\n")
        level = max(2, min(passage.provision.level - of.depth, 4))
        tag = f"h{level}" if passage.provision.kind == "heading" else "p"
        text = plain(body, passage.labels)
        sides.append(f'<{tag} class="w" lang="{TAGS[tongue]}">{lead(block)}{text}</{tag}>' if body.strip() else "")
    if not any(sides):
        return ""
    return f'<div class="two">{"".join(each or "<p></p>" for each in sides)}</div>'


def calm(sheet: Sheet, every: Fate | None) -> SafeString:
    """The whole text as it reads if every bracket that is open is lifted, or dropped; with None as negotiated."""
    rows = []
    for provision in sheet.whole.passages:
        fates = tuple((tongue, sheet.fates(provision, tongue)) for tongue in sheet.order)
        said = _calm(_Calm(sheet.kept(provision), every, fates, sheet.order, depth(sheet)))
        if said:
            kind = sheet.whole.passages[provision].provision.kind
            rows.append(f'<div id="p-{provision}" class="provision {kind}">{said}</div>')
    return SafeString("".join(rows))
