"""The page of results, made of a published document and of nothing else, and kept while it is looked at."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.utils.safestring import SafeString

from tracktwo.opinion.report.divided import divides, groups
from tracktwo.opinion.report.drawn import opinion_map
from tracktwo.opinion.report.markup import Html, join
from tracktwo.opinion.report.remarks import hidden, method, uncertain
from tracktwo.opinion.report.shared import common_ground, lead
from tracktwo.opinion.report.table import table
from tracktwo.opinion.report.view import View
from tracktwo.room.concerns.snapshots import stored
from tracktwo.room.words import Language

ROWS = 100
"""Statements on one page of the table."""
LONGEST = 40
"""Entries of a list; the others stand in the table."""


@lru_cache(maxsize=256)
def pages(snapshot: UUID) -> int:
    """On how many pages the table of all statements stands."""
    document = stored(snapshot)["published"]
    return 1 if document is None else max(1, -(-len(document["statements"]) // ROWS))


@lru_cache(maxsize=256)
def sentence(snapshot: UUID, language: Language) -> str:
    """The one sentence that a reader should take away; empty where nobody voted."""
    document = stored(snapshot)["published"]
    return "" if document is None else lead(document, View(document, language).voice)


@lru_cache(maxsize=64)
def body(snapshot: UUID, language: Language, page: int, part: str = "verified") -> SafeString:
    """What is common, what divides, the map, what cannot be said and why, all statements; then pages of the table."""
    document = stored(snapshot)["published"]
    if document is None:
        return SafeString("")
    view = View(document, language, most=LONGEST, rows=ROWS, page=f"?part={part}&page=")
    return SafeString(join(_sections(view) if page == 1 else [table(view, page)]))


def _sections(view: View) -> list[Html]:
    parts = [common_ground(view), divides(view)]
    if view.document["groups"] or view.compared != "side":
        parts.append(groups(view))
    return [*parts, opinion_map(view), uncertain(view), hidden(view), table(view), method(view)]
