"""A Word file that we write is as Word wants it, and says nothing of who made it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from lxml import etree
from text.wordfiles import unpacked

from tracktwo.text.errors import TextError
from tracktwo.text.marked import Comment, Marked, Paragraph, Row, Run
from tracktwo.text.word import write
from tracktwo.text.word.vocabulary import w

CHINA = Run("应当", "insert", "中方", emphasis=True, comments=(Comment("EU", "“shall” or “should”?"),))
MIXED = Paragraph(
    (Run("AI [", strong=True), Run("should", "delete", "China"), Run("shall", "insert", "China"), Run("] be safe"))
)
ENGLISH = Marked(
    (
        Row(Paragraph.of("Instrument", "title")),
        Row(Paragraph.of("Article 1", "heading", 1)),
        Row(MIXED),
        Row(Paragraph((Run("(a) a new one", "insert", "EU", emphasis=True),), level=2)),
        Row(Paragraph((Run("tested", "insert", "EU", withdrawn="China"),))),
        Row(Paragraph.of("[^1]: as before", "note")),
    ),
    ("en",),
    "Draft 5",
)
BOTH = Marked((Row(MIXED, Paragraph((Run("人工智能"), CHINA))), Row(None, Paragraph((CHINA,)))), ("en", "zh"), "草案")

RUN = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "sz", "szCs", "em", "lang")
PARAGRAPH = ("pStyle", "keepNext", "spacing", "ind", "jc", "outlineLvl", "rPr")
ORDER = {
    "rPr": ("ins", "del", *RUN),
    "pPr": PARAGRAPH,
    "tblPr": ("tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar"),
    "tblBorders": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "tblCellMar": ("top", "left", "bottom", "right"),
    "trPr": ("cantSplit", "tblHeader", "ins", "del"),
    "sectPr": ("headerReference", "footerReference", "pgSz", "pgMar"),
    "style": ("name", "basedOn", "qFormat", "pPr", "rPr", "tblPr"),
    "tbl": ("tblPr", "tblGrid", "tr"),
    "tc": ("tcPr", "p"),
    "font": ("altName", "charset", "family", "pitch"),
    "settings": (
        *("removeDateAndTime", "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting", "defaultTabStop"),
        *("characterSpacingControl", "compat"),
    ),
}
"""Children in the order of the schema (ECMA-376, part 1, annex A); Word calls a file with another order damaged."""


def roots(document: Marked) -> dict[str, etree._Element]:
    return {name: etree.fromstring(part) for name, part in unpacked(write(document)).items()}


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


@pytest.mark.parametrize("document", [ENGLISH, BOTH])
def test_elements_stand_in_the_order_of_the_schema(document: Marked) -> None:
    checked = set()
    for root in roots(document).values():
        for element in root.iter():
            if local(element) in ORDER:
                places = [ORDER[local(element)].index(local(child)) for child in element]
                assert places == sorted(places), local(element)
                checked.add(local(element))
    assert checked >= set(ORDER) - ({"tbl", "tc", "trPr", "tblBorders"} if document is ENGLISH else {"pPr"})


@pytest.mark.parametrize("document", [ENGLISH, BOTH])
def test_every_part_is_of_a_type_and_every_reference_leads_to_one(document: Marked) -> None:
    files = roots(document)
    types = {each.get("PartName") for each in files["[Content_Types].xml"] if each.get("PartName")}
    assert types == {f"/{name}" for name in files if name.endswith(".xml") and name != "[Content_Types].xml"}
    targets = {each.get("Id"): each.get("Target") for each in files["word/_rels/document.xml.rels"]}
    assert {f"word/{target}" for target in targets.values()} == {name[1:] for name in types} - {"word/document.xml"}
    used = [
        value for element in files["word/document.xml"].iter() for key, value in element.items() if key.endswith("}id")
    ]
    assert {each for each in used if not each.isdigit()} <= set(targets)


@pytest.mark.parametrize("document", [ENGLISH, BOTH])
def test_changes_have_ids_of_their_own_and_no_date(document: Marked) -> None:
    body = roots(document)["word/document.xml"]
    marks = list(body.iter(w("ins"), w("del")))
    assert [mark.get(w("id")) for mark in marks] == [str(number) for number in range(1, len(marks) + 1)]
    assert {key for mark in marks for key in mark.keys()} == {w("id"), w("author")}  # noqa: SIM118


def test_nothing_in_the_file_tells_of_a_person_a_machine_or_a_time() -> None:
    for document in (ENGLISH, BOTH):
        content = write(document)
        names = list(unpacked(content))
        assert not [name for name in names if re.search("docProps|custom|thumbnail|printer|theme|webSettings", name)]
        everything = b"".join(unpacked(content).values()).decode()
        assert not re.search(r"rsid|w:date|w:initials|creator|modified|Application|Template|TotalTime|w14:", everything)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            stamps = {(e.date_time, e.create_system, e.external_attr, e.extra, e.comment) for e in archive.infolist()}
        assert stamps == {((1980, 1, 1, 0, 0, 0), 0, 0o600 << 16, b"", b"")}


def test_the_same_document_is_the_same_bytes() -> None:
    assert write(ENGLISH) == write(ENGLISH)
    assert write(ENGLISH) != write(BOTH)


def test_edits_are_tracked_from_the_first() -> None:
    assert roots(ENGLISH)["word/settings.xml"].find(w("trackRevisions")) is not None


def test_two_languages_stand_in_columns_of_one_width_and_size_under_a_repeated_row() -> None:
    files = roots(BOTH)
    table = next(files["word/document.xml"].iter(w("tbl")))
    widths = {each.get(w("w")) for each in table.iter(w("gridCol"), w("tcW"))}
    assert widths == {"4819"}
    rows = table.findall(w("tr"))
    assert ["".join(cell.itertext()) for cell in rows[0].findall(w("tc"))] == ["English", "中文"]
    assert rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None
    assert len(rows) == 3
    assert not list(table.iter(w("sz"), w("rFonts")))
    for column, tag in enumerate(("en-GB", "zh-CN")):
        languages = [each for row in rows for each in row.findall(w("tc"))[column].iter(w("lang"))]
        assert {(each.get(w("val")), each.get(w("eastAsia"))) for each in languages} == {(tag, tag)}
    fonts = next(files["word/styles.xml"].iter(w("rFonts")))
    assert (fonts.get(w("ascii")), fonts.get(w("eastAsia"))) == ("Georgia", "Noto Serif CJK SC")


def test_a_whole_new_paragraph_or_row_goes_when_it_is_refused() -> None:
    marks = [each for each in roots(ENGLISH)["word/document.xml"].iter(w("pPr")) if each.find(w("rPr")) is not None]
    assert [[local(each) for each in mark.find(w("rPr"))] for mark in marks] == [["ins"], ["ins", "del"]]
    rows = list(roots(BOTH)["word/document.xml"].iter(w("tr")))
    assert [row.find(f"{w('trPr')}/{w('ins')}") is not None for row in rows] == [False, False, True]


def test_chinese_is_emphasised_by_dots_english_by_a_slant() -> None:
    chinese = roots(BOTH)["word/document.xml"]
    assert [each.get(w("val")) for each in chinese.iter(w("em"))] == ["underDot", "underDot"]
    assert not list(chinese.iter(w("i")))
    assert len(list(roots(ENGLISH)["word/document.xml"].iter(w("i")))) == 1


def test_python_docx_opens_it_and_finds_styles_page_and_comments() -> None:
    opened = Document(io.BytesIO(write(ENGLISH)))
    styles = [paragraph.style.name for paragraph in opened.paragraphs]
    assert styles == ["Title", "Heading 1", "Normal", "Normal", "Normal", "Note"]
    assert round(opened.sections[0].page_width.mm) == 210
    assert opened.sections[0].header.paragraphs[0].text == "Draft 5"
    table = Document(io.BytesIO(write(BOTH)))
    assert [(each.author, each.text, each.timestamp) for each in table.comments] == [
        ("EU", "“shall” or “should”?", None),
        ("EU", "“shall” or “should”?", None),
    ]
    assert [cell.text for cell in table.tables[0].rows[0].cells] == ["English", "中文"]


def test_line_ends_of_every_kind_are_line_breaks_and_tabs_are_tabs() -> None:
    body = roots(Marked((Row(Paragraph.of("a\nb\r\nc\rd\te")),)))["word/document.xml"]
    run = next(body.iter(w("r")))
    assert [local(each) for each in run] == ["rPr", "t", "br", "t", "br", "t", "br", "t", "tab", "t"]


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x0c", "\x1b", "\ud800", "\ufffe"])
def test_a_character_that_xml_cannot_hold_is_named(character: str) -> None:
    bad = f"so{character}me"
    for document in (
        Marked((Row(Paragraph.of(bad)),)),
        Marked((), ("en",), bad),
        Marked((Row(Paragraph((Run("x", "insert", bad),))),)),
        Marked((Row(Paragraph((Run("x", comments=(Comment(bad, ""),)),))),)),
        Marked((Row(Paragraph((Run("x", comments=(Comment("", bad),)),))),)),
    ):
        with pytest.raises(TextError, match=f"U\\+{ord(character):04X} near “so\ufffdme”"):
            write(document)


def test_a_document_needs_one_language_or_two() -> None:
    for languages in ((), ("en", "en")):
        with pytest.raises(TextError, match="language"):
            write(Marked((), languages))
