"""The PDF of a text: every character of the table, every mark, the same bytes, and nothing but the text."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ContentStream

from tracktwo.text.errors import TextError
from tracktwo.text.marked import Change, Comment, Language, Marked, Paragraph, Row, Run
from tracktwo.text.pdf import fonts, write

FONTS = Path(fonts.__file__).parent
TABLE = fonts.general_standard()
SENTENCE = "The Parties shall hold all [AI] systems of [high] capability under [continuous] evaluation. "
CLAUSE = "各缔约方应确保对［高能力］人工智能系统进行【持续】评估，并依据〔2024〕12号文件和《通用规范》报告。"


def english(*paragraphs: str | Paragraph) -> Marked:
    return Marked(tuple(Row(Paragraph.of(each) if isinstance(each, str) else each) for each in paragraphs))


def chinese(*paragraphs: str | Paragraph) -> Marked:
    rows = (Row(zh=Paragraph.of(each) if isinstance(each, str) else each) for each in paragraphs)
    return Marked(tuple(rows), ("zh",))


def opened(document: Marked) -> PdfReader:
    return PdfReader(io.BytesIO(write(document)))


def lines(document: Marked) -> list[list[str]]:
    """What an independent reader finds on each page, without running heads and page numbers."""
    pages = [page.extract_text().splitlines() for page in opened(document).pages]
    assert [page[-1] for page in pages] == [f"{number} / {len(pages)}" for number in range(1, len(pages) + 1)]
    return [page[number > 0 : -1] for number, page in enumerate(pages)]


def words(document: Marked) -> str:
    """The same without anything between characters, which a page has no sign for."""
    return "".join("".join(line.split()) for page in lines(document) for line in page)


def placed(document: Marked) -> list[tuple[str, float, float]]:
    """Pieces of text with their place on the first page, left and up, in points."""
    found = []

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        left = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
        up = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        if text.strip():
            found.append((text.strip(), round(left, 1), round(up, 1)))

    opened(document).pages[0].extract_text(visitor_text=visit)
    return found


def strokes(document: Marked) -> int:
    """How many lines are drawn on the first page."""
    reader = opened(document)
    content = ContentStream(reader.pages[0].get_contents(), reader)
    return sum(operator == b"S" for _, operator in content.operations)


def font_names(document: Marked) -> set[str]:
    """The fonts of a document, without the letters that tell a part of one from another."""
    names = set()
    for page in opened(document).pages:
        names |= {
            str(font.get_object()["/BaseFont"]).split("+")[1].removesuffix("-Identity-H")
            for font in page["/Resources"]["/Font"].values()
        }
    return names


def test_the_table_has_8105_different_characters() -> None:
    assert len(TABLE) == len(set(TABLE)) == 8105
    assert set("镕喆昇䶮") <= set(TABLE)
    assert (TABLE[0], TABLE[3499], TABLE[3500], TABLE[8104]) == ("一", "矗", "乂", "蠼")
    assert sum(ord(character) > 0xFFFF for character in TABLE) == 196


def test_all_characters_of_the_table_are_set_and_can_be_read_back() -> None:
    assert words(chinese(TABLE)) == TABLE


def test_all_characters_of_the_table_are_set_in_bold_too() -> None:
    assert words(chinese(Paragraph((Run(TABLE, strong=True),)))) == TABLE


def test_the_fonts_hold_what_the_list_says_alike_in_every_style() -> None:
    held = {path.stem: frozenset(map(chr, TTFont(path).getBestCmap())) for path in FONTS.glob("*.?tf")}
    assert len(held) == 6
    assert len({held[name] for name in held if name.startswith("TracktwoSerif-")}) == 1
    assert held["TracktwoSerifSC-Regular"] == held["TracktwoSerifSC-Bold"] >= set(TABLE)
    assert frozenset().union(*held.values()) == fonts.covered()


@given(
    st.text(
        TABLE + "，。、；：“”（）［］【】〔〕《》「」①Ⅰ" + "".join(map(chr, range(0x21, 0x7F))),
        min_size=1,
        max_size=300,
    )
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_set_can_be_read_back(text: str) -> None:
    assert words(chinese(text)) == text


@pytest.mark.parametrize(
    "code", ["#panic()", "$x^2$", "\\u{41}", "@here", "// gone", "/* gone */", "`raw`", "*b* _i_", "<a>"]
)
def test_what_typst_would_take_for_its_own_is_set_as_it_stands(code: str) -> None:
    paragraph = Paragraph((Run(f"{code} {code}", "insert", code, True, True, (Comment(code, code),)),))
    everywhere = Marked((Row(Paragraph.of(code, "heading", 1)), Row(paragraph)), title=code)
    squeezed = code.replace(" ", "")
    assert words(everywhere).count(squeezed) == 6
    assert opened(everywhere).metadata.title == code


def test_a_word_longer_than_a_line_is_broken_not_cut() -> None:
    long = "unpronounceable" * 40
    (page,) = lines(english(f"Say {long} now."))
    assert 6 < len(page) < 10
    assert max(map(len, page)) < 100
    assert words(english(f"Say {long} now.")) == f"Say{long}now."


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (
            english("Whereas", "they say 한국 at home"),
            "The fonts have no “한” (U+D55C HANGUL SYLLABLE HAN), which stands in the English of paragraph 2 "
            "after “they say”. Replace it, or leave it out.",
        ),
        (
            Marked((Row(Paragraph.of("A"), Paragraph.of("ゆ")),), ("en", "zh")),
            "The fonts have no “ゆ” (U+3086 HIRAGANA LETTER YU), which stands in the Chinese of paragraph 1, "
            "at its beginning. Replace it, or leave it out.",
        ),
        (
            english("pay \u202e001 to"),
            "The fonts have no U+202E RIGHT-TO-LEFT OVERRIDE, which stands in the English of paragraph 1 after “pay”. "
            "Replace it, or leave it out.",
        ),
        (
            english("a\ud800"),
            "The fonts have no U+D800, which stands in the English of paragraph 1 after “a”. "
            "Replace it, or leave it out.",
        ),
        (
            english(Paragraph((Run("a", comments=(Comment("Atlantis", "nul\0"),)),))),
            "The fonts have no U+0000, which stands in a comment in the English of paragraph 1 after “nul”. "
            "Replace it, or leave it out.",
        ),
        (
            english(Paragraph((Run("a", "insert", "Ωλ😀"),))),
            "The fonts have no “Ω” (U+03A9 GREEK CAPITAL LETTER OMEGA), which stands in the name of whoever changed "
            "words in the English of paragraph 1, at its beginning. Replace it, or leave it out.",
        ),
        (
            Marked((), title="Peace ☮"),
            "The fonts have no “☮” (U+262E PEACE SYMBOL), which stands in the title of the document after “Peace”. "
            "Replace it, or leave it out.",
        ),
    ],
)
def test_a_character_in_no_font_stops_the_document_with_its_name_and_place(document: Marked, sentence: str) -> None:
    with pytest.raises(TextError) as refused:
        write(document)
    assert str(refused.value) == sentence


def test_a_character_missing_from_a_language_that_is_not_shown_stops_nothing() -> None:
    assert words(Marked((Row(Paragraph.of("Yes"), Paragraph.of("한")),), ("en",))) == "Yes"


BOOKLET = Marked(
    (
        Row(Paragraph.of("Convention", "title"), Paragraph.of("公约", "title")),
        Row(Paragraph.of("Article 1", "heading", 2), Paragraph.of("第一条", "heading", 2)),
        Row(
            Paragraph(
                (
                    Run("The Parties "),
                    Run("shall ", "delete", "Atlantis"),
                    Run("should ", "insert", "Atlantis", comments=(Comment("Borduria", "Never."),)),
                    Run("agree", emphasis=True),
                    Run(" today", "insert", "Borduria"),
                    Run("."),
                )
            ),
            Paragraph((Run("各缔约方"), Run("应当", "delete", "Atlantis"), Run("同意", emphasis=True), Run("。"))),
        ),
    ),
    ("en", "zh"),
)


def test_changes_carry_letters_and_comments_numbers_that_are_explained() -> None:
    assert words(BOOKLET) == (
        "English中文Convention公约"
        "Wordsinsertedareunderlined,wordsdeletedstruck:aAtlantis,bBorduria."
        "加下划线者为增入，加删除线者为删去：aAtlantis，bBorduria。"
        "Article1第一条"
        "ThePartiesshallshoulda,1agreetodayb.各缔约方应当a同意。"
        "Notes·注释1Borduria:Never."
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_insertion_and_a_deletion_are_lines_so_that_black_and_white_is_enough(language: Language) -> None:
    def with_change(change: Change | None) -> Marked:
        paragraph = Paragraph((Run("应"), Run("当", change, "A")))
        return Marked((Row(paragraph, paragraph),), (language,))

    assert [strokes(with_change(change)) for change in (None, "insert", "delete")] == [0, 1, 1]
    assert write(with_change("insert")) != write(with_change("delete"))


def test_english_is_emphasised_by_italics_and_chinese_never() -> None:
    def emphasised(text: str) -> set[str]:
        return font_names(chinese(Paragraph((Run(text, emphasis=True),))))

    assert "TracktwoSerif-Italic" in emphasised("Noting")
    assert emphasised("特别强调") == {"TracktwoSerif-Regular", "TracktwoSerifSC-Regular"}


def test_no_font_but_the_packages_own_is_used() -> None:
    assert font_names(BOOKLET) <= {path.stem for path in FONTS.glob("*.?tf")}


def test_rows_of_both_languages_begin_at_the_same_height() -> None:
    rows = tuple(
        Row(Paragraph.of(f"E{n} {SENTENCE * (n % 3)}"), Paragraph.of(f"Z{n}{CLAUSE * (3 - n % 3)}")) for n in range(6)
    )
    found = placed(Marked(rows, ("en", "zh")))
    for n in range(6):
        (left,) = [place for place in found if place[0].startswith(f"E{n}")]
        (right,) = [place for place in found if place[0].startswith(f"Z{n}")]
        assert left[2] == right[2]
        assert left[1] < 842 / 2 < right[1]


def test_the_language_named_first_stands_left() -> None:
    found = {text: left for text, left, _ in placed(Marked(BOOKLET.rows, ("zh", "en")))}
    assert found["中文"] < found["English"]


@pytest.mark.parametrize("languages", [("en",), ("en", "zh")])
def test_a_heading_never_ends_a_page(languages: tuple[Language, ...]) -> None:
    rows = []
    for n in range(60):
        rows.append(Row(Paragraph.of(f"Article {n}", "heading", 2), Paragraph.of(f"第{n}条", "heading", 2)))
        rows.append(Row(Paragraph.of(f"{n}. {SENTENCE * (n % 7 + 1)}"), Paragraph.of(CLAUSE * (n % 5 + 1))))
    pages = lines(Marked(tuple(rows), languages))
    assert len(pages) > 5
    for page in pages:
        assert not page[-1].startswith(("Article", "第"))


def test_levels_of_headings_may_skip_and_rows_be_empty() -> None:
    rows = [Row(Paragraph.of(f"Level {n}", "heading", n), Paragraph.of("级", "heading", 7 - n)) for n in (3, 1, 6, 2)]
    rows += [Row(), Row(Paragraph(())), Row(None, Paragraph.of("末", level=9)), Row(Paragraph.of("a\tb\r\nc\nd"))]
    for languages in (("en",), ("zh",), ("en", "zh")):
        assert "末" in words(Marked(tuple(rows), languages)) or languages == ("en",)
        assert words(Marked((), languages)) in ("", "English中文")


def test_the_file_is_tagged_and_says_its_language_and_title() -> None:
    reader = opened(BOOKLET)
    root = reader.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), reader.metadata.title) == ("en", True, "Convention")
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert [mark.title for mark in reader.outline] == ["Article 1"]


def test_a_title_that_no_paragraph_shows_stands_at_the_head() -> None:
    assert words(Marked((Row(Paragraph.of("Whereas")),), title="Draft 3")) == "Draft3Whereas"
    assert words(Marked((Row(Paragraph.of("Draft 3", "heading", 1)),), title="Draft 3")) == "Draft3"


def test_the_file_says_nothing_of_person_machine_or_time() -> None:
    reader = opened(BOOKLET)
    assert {key: value for key, value in reader.metadata.items() if key != "/Creator"} == {"/Title": "Convention"}
    assert reader.metadata.creator.startswith("Typst ")
    described = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "Date" not in described
    assert "creator>" not in described.lower()


def test_the_same_document_gives_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    program = (
        "import hashlib; from tracktwo.text.marked import *; from tracktwo.text.pdf import write;"
        "print(hashlib.sha256(write(Marked((Row(Paragraph.of('Same 同')),), title='T'))).hexdigest())"
    )
    there = {"HOME": str(tmp_path), "TZ": "Asia/Shanghai", "LANG": "C", "SOURCE_DATE_EPOCH": "86400"}
    said = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=there, capture_output=True, check=True)
    here = write(Marked((Row(Paragraph.of("Same 同")),), title="T"))
    assert said.stdout.decode().strip() == hashlib.sha256(here).hexdigest()
