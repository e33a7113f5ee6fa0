"""What a Word file must not hold is refused in one sentence; what is damaged is read or refused, and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from text.wordfiles import MAIN, NAMES, documents, file, packed, paragraph, parts, relation, unpacked, words

from tracktwo.text.errors import TextError
from tracktwo.text.marked import Comment, Marked, Paragraph, Row, Run
from tracktwo.text.word import Read, read, refusing, write
from tracktwo.text.word.vocabulary import WORD

GOOD = paragraph(words("The Parties shall"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def part(name: str, content: bytes | str) -> bytes:
    return packed({**parts(GOOD), name: content})


def encrypted() -> bytes:
    content = bytearray(packed(parts(GOOD)))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1
    return bytes(content)


def twice() -> bytes:
    stream = io.BytesIO(packed(parts(GOOD)))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("Word/Document.xml", "<x/>")
    return stream.getvalue()


def field(*instruction: str) -> str:
    spread = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in instruction)
    ends = [f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end")]
    return file(paragraph(ends[0], spread, ends[1], words("result"), ends[2]))


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
EXTERNAL = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "is empty"),
    "a PDF": (lambda: b"%PDF-1.7\n", "PDF"),
    "rich text": (lambda: b"{\\rtf1 hello}", "rich text"),
    "a web page": (lambda: b"<html>", "not a Word file"),
    "words": (lambda: b"The Parties shall", "not a Word file"),
    "the old format": (lambda: OLE, r"old format of Word \(.doc\)"),
    "a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "OpenDocument": (lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text"}), r"\.odt"),
    "an archive": (lambda: packed({"a.txt": "a"}), "an archive"),
    "half an archive": (lambda: packed(parts(GOOD))[:-30], "damaged"),
    "an encrypted archive": (encrypted, "encrypted"),
    "a spreadsheet": (
        lambda: file(GOOD, main=MAIN.replace("wordprocessingml.document", "spreadsheetml.sheet")),
        "spreadsheet",
    ),
    "slides": (
        lambda: file(GOOD, main=MAIN.replace("wordprocessingml.document", "presentationml.presentation")),
        "presentation",
    ),
    "macros by type": (lambda: file(GOOD, main="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
    "macros by part": (lambda: part("word/vbaProject.bin", b"x"), "macros"),
    "macros by relation": (lambda: file(GOOD, relations=relation("vbaProject", "x.bin")), "macros"),
    "an embedded file": (lambda: part("word/embeddings/sheet.xlsx", b"x"), "an embedded file"),
    "a control": (lambda: part("word/activeX/activeX1.xml", b"<x/>"), "a control"),
    "an object": (lambda: file(GOOD, relations=relation("oleObject", "x.bin")), "an embedded object"),
    "an object in the text": (
        lambda: file(paragraph("<w:r><w:object><o:OLEObject/></w:object></w:r>")),
        "an embedded object",
    ),
    "another document": (lambda: file(GOOD + '<w:altChunk r:id="x"/>'), "another document"),
    "another document by relation": (lambda: file(GOOD, relations=relation("aFChunk", "x.html")), "another document"),
    "a template": (lambda: file(GOOD, relations=relation("attachedTemplate", "file:///C:/a.dotm", True)), "a template"),
    "a picture elsewhere": (
        lambda: file(GOOD, relations=relation("image", "https://a.example/p.png", True)),
        r"\(https://a.example",
    ),
    "a link to a share": (lambda: file(GOOD, relations=relation("hyperlink", "\\\\server\\share", True)), "outside it"),
    "a link to a disk": (lambda: file(GOOD, relations=relation("hyperlink", "file:///C:/a", True)), "outside it"),
    "a link of another case": (
        lambda: file(GOOD, relations=relation("image", "http://a.example", True).replace('"External"', '"EXTERNAL"')),
        "outside it",
    ),
    "a field that includes": (lambda: field(' INCLUDETEXT "c:/a" '), "INCLUDETEXT"),
    "a field spread over runs": (lambda: field(" DDE", "AUTO ", "cmd"), "DDEAUTO"),
    "a simple field": (lambda: file(paragraph('<w:fldSimple w:instr="INCLUDEPICTURE x"/>')), "INCLUDEPICTURE"),
    "an entity bomb": (lambda: part("word/document.xml", BOMB), "entities"),
    "an entity bomb in wide letters": (lambda: part("word/document.xml", BOMB.encode("utf-16")), "entities"),
    "an entity from a file": (lambda: part("word/_rels/document.xml.rels", EXTERNAL), "entities"),
    "an encoding of its own": (
        lambda: part("word/document.xml", b'<?xml version="1.0" encoding="UTF-7"?>+ADw-d/+AD4-'),
        "encoding",
    ),
    "letters that are none": (lambda: part("word/document.xml", b"<a>\xff</a>"), "UTF-8"),
    "broken XML": (lambda: part("word/document.xml", "<a><b></a>"), "broken in line 1"),
    "an entity of nowhere": (lambda: part("word/document.xml", "<a>&b;</a>"), "broken"),
    "depth": (lambda: file("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "broken"),
    "another root": (lambda: part("word/document.xml", "<a/>"), "main part"),
    "no document": (lambda: part("_rels/.rels", "<a/>"), "names no document"),
    "a part that is not there": (lambda: file(GOOD, relations=relation("styles", "styles.xml")), "lacks a part"),
    "a part outside": (lambda: part("../../a.xml", "<a/>"), "leads elsewhere"),
    "a part on a disk": (lambda: part("C:\\a.xml", "<a/>"), "leads elsewhere"),
    "two parts of one name": (twice, "two parts of one name"),
    "another packing": (lambda: packed(parts(GOOD), zipfile.ZIP_LZMA), "packed in a way"),
    "many parts": (lambda: packed({**parts(GOOD), **{f"a{i}": "" for i in range(2001)}}), "2,000 parts"),
    "100 MB of zeros": (lambda: part("word/media/image1.png", bytes(100_000_000)), "64 MiB"),
    "a long text": (lambda: part("word/document.xml", b" " * (17 << 20)), "16 MiB"),
    "many marks": (lambda: file("<w:p/>" * 400_001), "400,000 marks"),
    "many comments on the same words": (
        lambda: file(
            "".join(f'<w:commentRangeStart w:id="{i}"/>' for i in range(201)) + GOOD,
            more={"comments": "".join(f'<w:comment w:id="{i}" w:author="a"/>' for i in range(201))},
        ),
        "200 comments",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_not_be_read_is_refused_in_one_sentence(name: str) -> None:
    make, reason = REFUSED[name]
    with pytest.raises(TextError, match=reason) as refusal:
        read(make(), authors=())
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 200


def test_a_size_that_is_a_lie_is_refused() -> None:
    content = packed({**parts(GOOD), "word/document.xml": b" " * 1_000_000})
    place = content.rindex(b"word/document.xml") - 46 + 24
    assert content[place : place + 4] == (1_000_000).to_bytes(4, "little")
    lying = content[:place] + (1000).to_bytes(4, "little") + content[place + 4 :]
    with pytest.raises(TextError, match="damaged"):
        read(lying, authors=())


def test_a_file_that_is_too_large_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusing, "PACKED", 1000)
    with pytest.raises(TextError, match="more than a text needs"):
        read(packed(parts(GOOD)) + bytes(1000), authors=())


def test_the_words_of_plain_links_are_kept_and_where_they_lead_is_dropped() -> None:
    relations = relation("hyperlink", "https://a.example/x", True) + relation("hyperlink", "mailto:a@a.example", True)
    result = read(
        file(paragraph(words("see "), f'<w:hyperlink r:id="a">{words("here")}</w:hyperlink>'), relations=relations),
        authors=(),
    )
    assert result.document.rows == (Row(Paragraph.of("see here")),)


def test_a_field_that_only_shows_something_is_read_as_what_it_shows() -> None:
    for instruction in (' HYPERLINK "file:///c:/a" ', " REF x ", " SEQ LINK "):
        assert read(field(instruction), authors=()).document.rows == (Row(Paragraph.of("result")),)


def taken(content: bytes) -> Read | None:
    try:
        return read(content, authors=())
    except TextError:
        return None


SEED = Marked(
    (
        Row(Paragraph.of("Article 1", "heading", 1), Paragraph.of("第一条", "heading", 1)),
        Row(
            Paragraph((Run("AI ", strong=True), Run("shall", "insert", "EU", comments=(Comment("China", "why?"),)))),
            Paragraph((Run("人工智能"), Run("应当", "delete", "中方"))),
        ),
    ),
    ("en", "zh"),
    "Draft",
)


@given(st.data())
def test_a_file_with_bytes_changed_or_cut_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(write(SEED))
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=6)
    ):
        content[place] = byte
    taken(bytes(content[: data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))]))


@given(st.data())
def test_a_file_with_parts_lost_or_exchanged_is_read_or_refused(data: st.DataObject) -> None:
    files = unpacked(write(SEED))
    names = st.sampled_from(sorted(files))
    for lost in data.draw(st.lists(names, max_size=2)):
        files.pop(lost, None)
    for one, other in data.draw(st.lists(st.tuples(names, names), max_size=3)):
        if one in files and other in files:
            files[one], files[other] = files[other], files[one]
    taken(packed(files))


@given(st.data())
def test_a_file_whose_xml_is_cut_and_pasted_is_read_or_refused(data: st.DataObject) -> None:
    files = unpacked(write(SEED))
    name = data.draw(st.sampled_from(sorted(files)))
    pieces = files[name].decode().replace("><", ">\0<").split("\0")
    for _ in range(data.draw(st.integers(1, 6))):
        begin, length, to = (data.draw(st.integers(0, len(pieces))) for _ in range(3))
        piece = pieces[begin : begin + length % 8]
        del pieces[begin : begin + length % 4]
        pieces[to:to] = piece
    taken(packed({**files, name: "".join(pieces)}))


ELEMENTS = (
    *(
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "ins",
        "del",
        "moveTo",
        "moveFrom",
        "sdt",
        "sdtContent",
        "hyperlink",
        "pPr",
        "rPr",
    ),
    *(
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "footnoteReference",
        "fldChar",
        "instrText",
        "delText",
    ),
    *("pict", "txbxContent", "ruby", "rt", "sym", "trPr", "tblHeader", "numPr", "b", "ind", "lang", "br", "unheard"),
)


WITHOUT_WORDS = (
    *("pPr", "rPr", "trPr", "numPr", "instrText", "fldChar", "commentRangeStart", "commentRangeEnd"),
    *("commentReference", "footnoteReference", "br", "sym"),
)


def trees() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(("", "x", "安"))
    attributes = st.sampled_from(
        ("", ' w:id="1"', ' w:author="A"', ' w:val="1"', ' w:id="x" w:val="-9"', ' w:char="D800"')
    )

    def element(children: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda name, marks, inside: f"<w:{name}{marks}>{''.join(inside)}</w:{name}>",
            st.sampled_from(ELEMENTS),
            attributes,
            children,
        )

    return st.recursive(leaves, lambda inside: element(st.lists(inside, max_size=4)), max_leaves=30)


@given(trees(), trees(), trees())
def test_elements_in_places_where_they_cannot_be_are_read_without_losing_words(
    body: str, note: str, comment: str
) -> None:
    more = {
        "comments": f'<w:comment w:id="1">{comment}</w:comment>',
        "footnotes": f'<w:footnote w:id="1">{note}</w:footnote>',
    }
    result = taken(file(f"{body}<w:p><w:r><w:t>the end</w:t></w:r></w:p>", more=more))
    assert result is not None
    text = "".join(run.text for row in result.document.rows for each in (row.en, row.zh) if each for run in each.runs)
    assert text.endswith("the end")
    kept = Counter(text)
    assert all(kept[letter] >= count for letter, count in Counter(in_words(body)).items())
    assert read(write(result.document), authors=()).document == result.document


def in_words(body: str) -> str:
    """All letters that stand in a ``w:t``, unless in properties or in what has nothing inside in any Word file."""
    root = etree.fromstring(f"<body {NAMES}>{body}</body>")
    outside = " or ".join(f"ancestor::w:{name}" for name in WITHOUT_WORDS)
    found = root.xpath(f"//w:t[not({outside}) and not(ancestor::w:t)]", namespaces={"w": WORD})
    return "".join("".join(each.itertext()) for each in found)


@given(documents())
def test_damage_at_the_end_of_any_file_is_seen(document: Marked) -> None:
    assert taken(write(document)[:-1]) is None
