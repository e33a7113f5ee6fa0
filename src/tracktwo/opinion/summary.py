"""The summary on a terminal: what is shared, what divides, what is held back, on one screen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from tracktwo.opinion.report.markup import visible
from tracktwo.opinion.report.remarks import held_back
from tracktwo.opinion.report.shared import lead
from tracktwo.opinion.report.view import Record, View
from tracktwo.opinion.report.voice import Language, Voice, known

LISTED = 4
_PIECES = re.compile(r"[!-~\u00a0-\u2e7f]+|\s+|.", re.DOTALL)
_NO_START = "，。；：、）”！？,.;:)!?%"


def summary(document: Mapping[str, Any], lang: Language = "en", *, width: int = 80) -> str:
    """Say a document "tracktwo/opinion/1" in at most 30 lines of ``width`` columns.

    Wide characters count as two columns. Nothing is shown that the document leaves out.

    Raises:
        ValueError: if the document is of another form, or the language is neither ``"en"`` nor ``"zh"``.

    """
    if not known(document):
        raise ValueError(
            f"The summary needs a document of the form tracktwo/opinion/1, not {document.get('schema')!r}."
        )
    if lang not in ("en", "zh"):
        raise ValueError(f"The summary is written in en or zh, not in {lang!r}.")
    view, width = View(document, lang), max(width, 40)
    blocks = [_head(view, width), _common(view, width), _divides(view, width), _end(view, width)]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def columns(text: str) -> int:
    """How many columns a text takes: wide characters two, combining ones none."""
    return sum(_width(c) for c in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def cut(text: str, width: int) -> str:
    """A text on one line, ended by … where it is longer than ``width`` columns."""
    text = " ".join(visible(text).split())
    if columns(text) <= width:
        return text
    kept, used = "", 1
    for character in text:
        used += _width(character)
        if used > width:
            break
        kept += character
    return kept.rstrip() + "…"


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """A text in lines of at most ``width`` columns, broken between words or between wide characters."""
    lines, line, room = [], "", width - 2  # what may not begin a line hangs over its end
    for piece in _PIECES.findall(" ".join(visible(text).split(" "))):
        if (
            columns(line + piece.rstrip()) > (room if columns(piece) == 2 else width)
            and line.strip()
            and piece not in _NO_START
        ):
            lines.append(line.rstrip())
            line = indent
            piece = piece.lstrip()
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _head(view: View, width: int) -> list[str]:
    voice, counts = view.voice, view.document["counts"]
    named = voice.pick(view.document["title"])
    title = cut(named[1], width) if named else voice("untitled")
    people, statements = voice("people", n=counts["participants"]), voice("statements", n=counts["statements"])
    numbers = voice("summary-counts", people=people, statements=statements, votes=voice("votes", n=counts["votes"]))
    return [title, numbers, "", *wrapped(lead(view.document, voice), width)]


def _common(view: View, width: int) -> list[str]:
    lines: list[str] = []
    for answer in ("agree", "disagree"):
        ids = view.document["common_ground"][answer]
        if ids:
            lines.append(view.voice(f"common-{answer}-{view.document['compared']}"))
            lines += _rows(view, ids, view.compared, answer, width, LISTED if answer == "agree" else LISTED - 1)
    return lines


def _divides(view: View, width: int) -> list[str]:
    """The differences found, each kind of camp in turn."""
    lines: list[str] = []
    for kind in ("side", "group"):
        ids = list(dict.fromkeys(d["statement"] for d in view.document["divides"] if d["kind"] == kind))
        if ids:
            title = view.voice("divides") + view.voice("colon") + view.voice(f"divides-{kind}")
            lines += [title, *_rows(view, ids, kind, "agree", width, LISTED - 1)]
    return lines


def _rows(view: View, ids: list[str], kind: str, answer: str, width: int, limit: int) -> Iterator[str]:
    """Statements with the share of the answer in each camp, set in columns."""
    number = max(len(i) for i in ids[:limit])
    for identity in ids[:limit]:
        statement = view.statements[identity]
        shares = _shares(view, statement, kind, answer, width // 2)
        named = view.voice.pick(statement["text"])
        room = width - 2 - min(number, 8) - 2 - columns(shares) - 2
        words = cut(named[1] if named else "", max(room, 12))
        gap = " " * max(room - columns(words), 0)
        yield f"  {cut(identity, 8):>{min(number, 8)}}  {words}{gap}  {shares}".rstrip()
    if len(ids) > limit:
        yield " " * (4 + min(number, 8)) + view.voice("summary-more", n=len(ids) - limit)


def _shares(view: View, statement: Record, kind: str, answer: str, width: int) -> str:
    """The share of the answer in each camp, as many camps as there is room for."""
    shares = [_share(view.voice, camp, cell, answer) for camp, cell in view.cells(statement, kind)]
    shown = shares[: max(1, (width - 2) // (2 + max(map(columns, shares), default=0)))]
    return "  ".join([*shown, "…"] if len(shown) < len(shares) else shown)


def _share(voice: Voice, camp: Mapping[str, Any], cell: Mapping[str, Any], answer: str) -> str:
    votes = None if cell["agree"] is None else cell["agree"] + cell["disagree"] + cell["pass"]
    share = voice.percent(cell[answer] / votes) if votes else "–"
    return f"{camp['letter']} {share:>{columns(voice.percent(1))}}".strip()


def _end(view: View, width: int) -> list[str]:
    """Groups, what is undecided and what is held back."""
    voice, structure, found = view.voice, view.document["structure"], view.document["groups"]
    if not found:
        lines = [voice("summary-no-groups")]
    elif structure["stability"] is None:
        lines = [voice("summary-groups-plain", n=len(found))]
    else:
        lines = [voice("summary-groups", n=len(found), x=voice.decimal(structure["stability"]))]
    things = _held_back(view)
    if things:
        lines += wrapped(voice("summary-hidden", things=voice("comma").join(things)), width, "  ")[:3]
    return lines


def _held_back(view: View) -> list[str]:
    """How many of each were suppressed."""
    counts: dict[str, int] = {}
    for held in held_back(view.document):
        whole = held.kind is not None and not held.camps and not held.statements
        key = f"kind-{held.what}" if whole else f"count-{held.what}"
        counts[key] = counts.get(key, 0) + max(len(held.camps), 1) * max(len(held.statements), 1)
    return [view.voice(key, n=n) for key, n in counts.items()]
