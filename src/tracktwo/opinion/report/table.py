"""All statements as a table of bars: everybody, then sides, then groups; delegations where they are shown."""

from __future__ import annotations

from collections.abc import Sequence

from tracktwo.opinion.report.bars import small
from tracktwo.opinion.report.markup import Html, element
from tracktwo.opinion.report.view import Record, View, section

WIDE = 6
"""More columns than this stand under each statement, not beside it."""


def table(view: View, page: int = 1) -> Html:
    """Every statement in the order of its id; where the view has pages of so many rows, one page of them."""
    voice, shown = view.voice, view.document["statements"]
    if view.rows is not None:
        shown = shown[(page - 1) * view.rows : page * view.rows]
    parts = [element("p", voice("table-is"), class_="gloss"), _grid(view, shown, ("all", "side", "group"), "table")]
    if view.settings["delegations"] and view.camps("delegation"):
        parts += [
            element("h3", element("span", voice("table-delegations"))),
            _grid(view, shown, ("delegation",), "table-delegations"),
        ]
    return section(view, "statements", voice("table"), *parts, count=len(view.document["statements"]))


def _grid(view: View, statements: Sequence[Record], kinds: tuple[str, ...], caption: str) -> Html:
    voice = view.voice
    camps = [camp for kind in kinds for camp in view.camps(kind)]
    head = [element("th", voice("table-statement"), scope="col", role="columnheader", class_="statement")]
    head += [element("th", view.labelled(c), scope="col", role="columnheader") for c in camps]
    body = [_row(view, s, kinds, anchored="all" in kinds) for s in statements]
    return element(
        "table",
        element("caption", voice(caption), class_="unseen"),
        element("thead", element("tr", *head, role="row"), role="rowgroup"),
        element("tbody", *body, role="rowgroup"),
        role="table",
        class_="grid wide" if len(camps) > WIDE else "grid",
    )


def _row(view: View, statement: Record, kinds: tuple[str, ...], *, anchored: bool) -> Html:
    words: list[object] = [
        element("span", statement["id"], class_="no"),
        element("div", view.pair(statement), *_marks(view, statement)),
    ]
    cells = [
        element(
            "td",
            element("span", view.labelled(camp), class_="own", aria_hidden="true"),
            small(view, camp, cell),
            role="cell",
        )
        for kind in kinds
        for camp, cell in view.cells(statement, kind)
    ]
    header = element("th", element("div", *words, class_="body"), scope="row", role="rowheader", class_="statement")
    return element("tr", header, *cells, role="row", id=view.anchors[statement["id"]] if anchored else None)


def _marks(view: View, statement: Record) -> list[Html]:
    """What takes a statement out of the mathematics."""
    marks = []
    if statement["moderated"] < 0:
        marks.append(view.voice("moderated"))
    if statement["meta"]:
        marks.append(view.voice("meta"))
    return [element("p", mark, class_="note") for mark in marks]
