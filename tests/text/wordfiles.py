"""Word files made by hand, marked documents by chance, and Word files as pandoc reads them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypandoc
from hypothesis import strategies as st

from tracktwo.text.marked import Comment, Marked, Paragraph, Row, Run
from tracktwo.text.word.vocabulary import CONTENT_TYPES, PACKAGE_RELATIONS, RELATIONS

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = (
    f'{W} xmlns:r="{RELATIONS}" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def packed(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relation(kind: str, target: str, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{kind}{len(target)}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'


def parts(
    body: str, *, main: str = MAIN, more: dict[str, str] | None = None, relations: str = ""
) -> dict[str, bytes | str]:
    """The parts of a Word file with the body; ``more`` has the inside of others by kind (``comments`` and so on)."""
    roots = {"header": "hdr", "footer": "ftr"}
    more = more or {}
    linked = relations + "".join(relation(kind.rstrip("0123456789"), f"{kind}.xml") for kind in more)
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE_RELATIONS}">{relation("officeDocument", "word/document.xml")}'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE_RELATIONS}">{linked}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        **{
            f"word/{kind}.xml": f"<w:{root} {NAMES}>{inside}</w:{root}>"
            for kind, inside in more.items()
            if (root := roots.get(kind.rstrip("0123456789"), kind))
        },
    }


def file(body: str, **others: Any) -> bytes:
    return packed(parts(body, **others))


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def words(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(text: str, author: str) -> str:
    return f'<w:ins w:id="1" w:author="{author}" w:date="2024-05-01T10:00:00Z">{words(text)}</w:ins>'


def deleted(text: str, author: str) -> str:
    run = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="{author}" w:date="2024-05-01T10:00:00Z">{run}</w:del>'


# documents by chance

AUTHORS = ("China", "EU and its Member States", "美方", 'A&B <"x">')
SCRAPS = (
    *("the ", "Parties", " [shall]", "[should]", " 5.", "(a) ", "[EU: ", "]", "［", "］", "[[", "\t", "\n", " ", "  "),
    *(
        "人工智能",
        "安全",
        "应当",
        "〔2024〕",
        "《示范法》",
        "，",
        "。",
        "【",
        "】",
        "𠮷",
        "\u00a0",
        "\u2011",
        "e\u0301",
        "<&>\"'",
    ),
    *("&amp;", "]]>", "​\u200b", "\u2028", "\u0085", "😀", "\ufeff", "x"),
)
texts = st.one_of(
    st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=6).map("".join),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t\n"),
        min_size=1,
        max_size=12,
    ),
)
comments = st.lists(
    st.builds(Comment, st.sampled_from(AUTHORS), st.sampled_from(("why?", "为什么", "two\nlines", "", " tab\t "))),
    max_size=3,
).map(tuple)


@st.composite
def runs(draw: st.DrawFn, text: st.SearchStrategy[str] = texts) -> Run:
    change = draw(st.sampled_from((None, None, "insert", "delete")))
    return Run(
        draw(text),
        change,
        draw(st.sampled_from(AUTHORS)) if change else "",
        draw(st.booleans()),
        draw(st.booleans()),
        draw(comments) if draw(st.integers(0, 3)) == 0 else (),
        draw(st.sampled_from(("", "", *AUTHORS))) if change == "insert" else "",
    )


@st.composite
def paragraphs(draw: st.DrawFn, kinds: tuple[str, ...] = ("title", "heading", "paragraph", "note")) -> Paragraph:
    kind = draw(st.sampled_from(kinds))
    levels = {"title": st.just(0), "heading": st.integers(1, 6)}.get(kind, st.integers(0, 9))
    inside = draw(st.lists(runs(), max_size=5))
    if draw(st.integers(0, 3)) == 0:  # all of it inserted or deleted, as whole paragraphs are
        change = draw(st.sampled_from(("insert", "delete")))
        inside = [replace(run, change=change, author=run.author or "China", withdrawn="") for run in inside]
    return Paragraph(tuple(inside), kind, draw(levels))


@st.composite
def documents(draw: st.DrawFn, size: int = 6) -> Marked:
    languages = draw(st.sampled_from((("en",), ("zh",), ("en", "zh"), ("zh", "en"))))
    cell = st.one_of(st.none(), paragraphs(), paragraphs())
    rows = draw(st.lists(st.builds(lambda en, zh: Row(en, zh), cell, cell), max_size=size))
    rows = [Row(*(row[tag] if tag in languages else None for tag in ("en", "zh"))) for row in rows]
    return Marked(tuple(rows), languages, draw(st.one_of(st.just(""), texts)))


def merged(document: Marked) -> Marked:
    """The document with neighbouring runs that are marked alike as one, and without empty paragraphs and rows."""
    rows = [Row(_merged(row.en), _merged(row.zh)) for row in document.rows]
    return replace(document, rows=tuple(row for row in rows if row.en or row.zh))


def _merged(paragraph: Paragraph | None) -> Paragraph | None:
    result: list[Run] = []
    for run in paragraph.runs if paragraph else ():
        if result and replace(result[-1], text="") == replace(run, text=""):
            result[-1] = replace(run, text=result[-1].text + run.text)
        else:
            result.append(run)
    return replace(paragraph, runs=tuple(result)) if paragraph and result else None


# as pandoc reads them


def pandoc(content: bytes, changes: str) -> Any:
    """The blocks that pandoc makes of a Word file, with all changes, or with them accepted or rejected."""
    tree = pypandoc.convert_text(content, "json", format="docx", extra_args=[f"--track-changes={changes}"])
    return json.loads(tree)["blocks"]


def plain(tree: Any) -> str:
    """The words of a tree without spaces, the only ones that pandoc changes."""
    return "".join("".join(_strings(tree)).split())


def spans(tree: Any, kind: str) -> list[tuple[str, str]]:
    """(author, words without spaces) of the spans of a kind, neighbours of one author together."""
    found: list[tuple[str, str]] = []
    for author, text in _spans(tree, kind):
        if found and found[-1][0] == author:
            found[-1] = author, found[-1][1] + text
        elif text:
            found.append((author, text))
    return found


def _spans(tree: Any, kind: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, list):
        for each in tree:
            yield from _spans(each, kind)
    elif isinstance(tree, dict):
        if tree.get("t") == "Span" and kind in tree["c"][0][1]:
            yield dict(tree["c"][0][2])["author"], plain(tree["c"][1])
        else:
            yield from _spans(tree.get("c", []), kind)


def _strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, list):
        for each in tree:
            yield from _strings(each)
    elif isinstance(tree, dict):
        if tree.get("t") == "Str":
            yield tree["c"]
        elif tree.get("t") == "Span" and "comment-start" in tree["c"][0][1]:
            return
        else:
            yield from _strings(tree.get("c", []))
