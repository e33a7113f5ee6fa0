"""Word files as other people's programs write them are read with every word, change and comment."""

from __future__ import annotations

from pathlib import Path

import pypandoc
import pytest
from text.wordfiles import deleted, file, inserted, packed, paragraph, parts, words

from tracktwo.text.marked import Comment, Language, Marked, Paragraph, Row, Run
from tracktwo.text.word import read
from tracktwo.text.word.numerals import numeral


def paragraphs(body: str, **others: dict[str, str]) -> list[Paragraph]:
    document = read(file(body, **others), authors=()).document
    assert len(document.languages) == 1
    return [row[document.languages[0]] for row in document.rows]


def texts(body: str, **others: dict[str, str]) -> list[str]:
    return ["".join(run.text for run in each.runs) for each in paragraphs(body, **others)]


def end(kind: str, author: str = "EU") -> str:
    return f'<w:rPr><w:{kind} w:id="9" w:author="{author}"/></w:rPr>'


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def plain(text: str) -> str:
    return paragraph(words(text))


# words wherever they stand

ONE_PARAGRAPH = {
    "a link": (f'<w:hyperlink w:anchor="x">{words("shall")}</w:hyperlink>', "shall"),
    "the result of a simple field": (f'<w:fldSimple w:instr=" REF a ">{words("shall")}</w:fldSimple>', "shall"),
    "the result of a field": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{words("shall")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "shall",
    ),
    "a content control": (
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{words('shall')}</w:sdtContent></w:sdt>",
        "shall",
    ),
    "a smart tag": (f'<w:smartTag w:element="place">{words("Geneva")}</w:smartTag>', "Geneva"),
    "signs": (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:cr/><w:noBreakHyphen/><w:softHyphen/>"
        '<w:sym w:font="Symbol" w:char="00A7"/></w:r>',
        "a\tb\n\n\u2011\u00ad§",
    ),
    "a formula": ("<m:oMath><m:f><m:num><m:r><m:t>10</m:t></m:r></m:num></m:f></m:oMath>", "10"),
    "a reading above a word": (
        f"<w:r><w:ruby><w:rt>{words('ān')}</w:rt><w:rubyBase>{words('安')}</w:rubyBase></w:ruby></w:r>",
        "(ān)安",
    ),
    "hidden words": (words("secret", "<w:vanish/>"), "secret"),
    "words of two forms": (
        f"<mc:AlternateContent><mc:Choice Requires='x'>{words('new')}</mc:Choice>"
        f"<mc:Fallback>{words('old')}</mc:Fallback></mc:AlternateContent>",
        "new",
    ),
    "words in the second form alone": (
        "<w:r><mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback><w:t>old</w:t></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
        "old",
    ),
    "an element nobody knows": (f"<w:unheard>{words('of')}</w:unheard>", "of"),
}


@pytest.mark.parametrize("name", ONE_PARAGRAPH)
def test_words_are_read_in(name: str) -> None:
    xml, text = ONE_PARAGRAPH[name]
    assert texts(paragraph(words("["), xml, words("]"))) == [f"[{text}]"]


def test_words_of_a_box_follow_the_paragraph_it_hangs_on() -> None:
    inside = f"<v:textbox><w:txbxContent>{plain('in a box')}</w:txbxContent></v:textbox>"
    box = f"<w:r><w:pict><v:shape>{inside}</v:shape></w:pict></w:r>"
    assert texts(paragraph(words("before"), box, words(" after")) + plain("next")) == [
        "before after",
        "in a box",
        "next",
    ]


def test_a_box_in_two_forms_is_read_once() -> None:
    inside = f"<w:txbxContent>{plain('in a box')}</w:txbxContent>"
    forms = (
        f"<mc:Choice Requires='x'><a:x>{inside}</a:x></mc:Choice><mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback>"
    )
    body = paragraph(words("before"), f"<w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>")
    assert texts(body) == ["before", "in a box"]


def test_tables_that_are_not_of_two_languages_are_read_in_order() -> None:
    nested = table((plain("1") + table((plain("a"), plain("b"))), plain("2"), plain("3")))
    assert texts(nested + plain("4")) == ["1", "a", "b", "2", "3", "4"]


def test_footnotes_follow_their_paragraph_and_are_marked_as_in_markdown() -> None:
    note = f'<w:footnote w:id="5">{paragraph("<w:r><w:footnoteRef/></w:r>", words(" as agreed"))}</w:footnote>'
    reference = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    result = paragraphs(paragraph(words("shall"), reference) + plain("next"), more={"footnotes": note})
    assert result == [Paragraph.of("shall[^1]"), Paragraph.of("[^1]: as agreed", "note"), Paragraph.of("next")]


def test_the_head_of_pages_is_the_title_and_other_words_there_are_notes_at_the_end() -> None:
    page = paragraph(words("page "), f'<w:fldSimple w:instr=" PAGE ">{words("3")}</w:fldSimple>')
    more = {"header1": plain("Draft 5"), "header2": plain("Draft 5") + plain("restricted"), "footer": page}
    document = read(file(plain("shall"), more=more), authors=()).document
    assert document == Marked((Row(Paragraph.of("shall")), Row(Paragraph.of("restricted", "note"))), ("en",), "Draft 5")


def test_the_strict_form_of_the_standard_is_read() -> None:
    files = {name: str(part) for name, part in parts(paragraph(inserted("shall", "EU"))).items()}
    strict = {
        name: part.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/"
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
        )
        for name, part in files.items()
    }
    assert strict != files
    assert read(packed(strict), authors=()).document.rows == (Row(Paragraph((Run("shall", "insert", "EU"),))),)


# changes


def test_changes_are_read_with_their_authors_and_those_not_expected_are_asked_about() -> None:
    body = paragraph(words("AI "), deleted("should", "Wang Li"), inserted("shall", "EU"), words(" be safe"))
    result = read(file(body), authors={"EU"})
    (row,) = result.document.rows
    assert row.en == Paragraph(
        (Run("AI "), Run("should", "delete", "Wang Li"), Run("shall", "insert", "EU"), Run(" be safe"))
    )
    assert result.unknown == ("Wang Li",)


def test_moved_words_are_a_deletion_and_an_insertion() -> None:
    moved = '<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom w:id="2" w:author="EU">{}</w:moveFrom>'
    to = '<w:moveTo w:id="3" w:author="EU">{}</w:moveTo>'
    (one,) = paragraphs(paragraph(moved.format(words("first ")), words("second "), to.format(words("first"))))
    assert (one.before, one.after) == ("first second ", "second first")
    assert {run.author for run in one.runs if run.change} == {"EU"}


@pytest.mark.parametrize("outer", ["ins", "del"])
def test_an_insertion_that_somebody_deletes_stands_in_neither_reading(outer: str) -> None:
    authors = {"ins": "EU", "del": "China"}
    inner = "del" if outer == "ins" else "ins"
    run = "<w:r><w:delText>tested</w:delText></w:r>"
    marked = (
        f'<w:{outer} w:author="{authors[outer]}"><w:{inner} w:author="{authors[inner]}">{run}</w:{inner}></w:{outer}>'
    )
    result = read(file(paragraph(words("AI"), marked)), authors=())
    (row,) = result.document.rows
    assert row.en == Paragraph((Run("AI"), Run("tested", "insert", "EU", withdrawn="China")))
    assert (row.en.before, row.en.after) == ("AI", "AI")
    assert result.unknown == ("EU", "China")


def test_a_deleted_insertion_without_a_name_is_not_taken_for_live() -> None:
    run = "<w:r><w:delText>tested</w:delText></w:r>"
    (one,) = paragraphs(paragraph(words("AI"), f'<w:ins w:author="EU"><w:del>{run}</w:del></w:ins>'))
    assert (one.before, one.after) == ("AI", "AI")


SPLIT = paragraph(words("first "), properties=end("ins")) + plain("second")
JOINED = paragraph(words("first "), properties=end("del")) + plain("second")


def test_a_paragraph_that_was_divided_is_one_before_and_two_lines_after() -> None:
    (one,) = paragraphs(SPLIT)
    assert (one.before, one.after) == ("first second", "first \nsecond")
    assert one.runs[1] == Run("\n", "insert", "EU")


def test_a_comment_that_ends_between_paragraphs_does_not_part_what_was_one() -> None:
    first = paragraph(comment("Start"), words("first "), properties=end("ins"))
    (one,) = paragraphs(first + comment("End") + plain("second"), more={"comments": COMMENTS})
    assert one.before == "first second"


def test_paragraphs_that_were_joined_are_two_lines_before_and_one_after() -> None:
    (one,) = paragraphs(JOINED)
    assert (one.before, one.after) == ("first \nsecond", "first second")


def test_a_new_paragraph_stays_one_however_word_marks_it() -> None:
    new = inserted("new", "EU")
    by_its_own_end = plain("old") + paragraph(new, properties=end("ins")) + plain("last")
    by_the_end_before = paragraph(words("old"), properties=end("ins")) + paragraph(new) + plain("last")
    for body in (by_its_own_end, by_the_end_before):
        assert [(each.before, each.after) for each in paragraphs(body)] == [
            ("old", "old"),
            ("", "new"),
            ("last", "last"),
        ]


def test_a_new_paragraph_within_one_that_was_divided_keeps_both_readings() -> None:
    body = (
        paragraph(words("one "), properties=end("ins"))
        + paragraph(inserted("new", "EU"), properties=end("ins", "China"))
        + plain("two")
    )
    (whole,) = paragraphs(body)
    assert (whole.before, whole.after) == ("one two", "one \nnew\ntwo")


def test_a_deleted_paragraph_stays_one() -> None:
    body = plain("one") + paragraph(deleted("gone", "EU"), properties=end("del")) + plain("two")
    assert [(each.before, each.after) for each in paragraphs(body)] == [("one", "one"), ("gone", ""), ("two", "two")]


def test_words_in_a_row_or_cell_that_was_inserted_or_deleted_are_so_too() -> None:
    row = f'<w:tr><w:trPr><w:del w:author="EU"/></w:trPr><w:tc>{plain("gone")}</w:tc></w:tr>'
    cell = f'<w:tr><w:tc><w:tcPr><w:cellIns w:author="China"/></w:tcPr>{plain("new")}</w:tc></w:tr>'
    assert [each.runs for each in paragraphs(f"<w:tbl>{row}{cell}</w:tbl>")] == [
        (Run("gone", "delete", "EU"),),
        (Run("new", "insert", "China"),),
    ]


# comments

WHY = Comment("EU", "why?\nand when?")
COMMENTS = f'<w:comment w:id="7" w:author="EU" w:initials="E">{plain("why?")}{plain("and when?")}</w:comment>'
REFERENCE = '<w:r><w:commentReference w:id="7"/></w:r>'


def comment(kind: str) -> str:
    return f'<w:commentRange{kind} w:id="7"/>'


def test_a_comment_lies_on_its_words_over_paragraphs_too() -> None:
    body = paragraph(words("a "), comment("Start"), words("b")) + paragraph(
        words("c"), comment("End"), REFERENCE, words(" d")
    )
    one, two = paragraphs(body, more={"comments": COMMENTS})
    assert one.runs == (Run("a "), Run("b", comments=(WHY,)))
    assert two.runs == (Run("c", comments=(WHY,)), Run(" d"))


def test_a_comment_on_no_words_is_not_lost() -> None:
    here = Run("", comments=(WHY,))
    for marks in ((REFERENCE,), (comment("Start"), comment("End"), REFERENCE)):
        (one,) = paragraphs(paragraph(words("a"), *marks, words("b")), more={"comments": COMMENTS})
        assert one.runs == (Run("a"), here, Run("b"))
    assert paragraphs(plain("a"), more={"comments": COMMENTS})[1] == Paragraph((here,), "note")
    between = plain("a") + comment("Start") + comment("End") + plain("b")
    assert paragraphs(between, more={"comments": COMMENTS})[1].runs == (here,)


def test_who_wrote_a_comment_is_asked_about() -> None:
    assert read(file(plain("a"), more={"comments": COMMENTS}), authors={"China"}).unknown == ("EU",)


def test_a_file_that_pandoc_wrote_is_read_with_all_that_is_in_it(tmp_path: Path) -> None:
    day = 'date="2024-05-01T00:00:00Z"'
    source = f"""# Article 1

The Parties [shall]{{.insertion author="EU" {day}}}[should]{{.deletion author="China" {day}}} [why?]{{.comment-start
id="0" author="US" {day}}}act[]{{.comment-end id="0"}}.^[As *agreed*.]

1. one
2. two
    a. [deep](https://a.example)
3. $x^2$
"""
    pypandoc.convert_text(source, "docx", format="markdown", outputfile=tmp_path / "a.docx")
    result = read((tmp_path / "a.docx").read_bytes(), authors={"EU"})
    assert result.document.rows == tuple(
        Row(each)
        for each in (
            Paragraph.of("Article 1", "heading", 1),
            Paragraph(
                (
                    *(Run("The Parties "), Run("shall", "insert", "EU"), Run("should", "delete", "China"), Run(" ")),
                    *(Run("act", comments=(Comment("US", "why?"),)), Run(".[^1]")),
                )
            ),
            Paragraph((Run("[^1]: As "), Run("agreed", emphasis=True), Run(".")), "note"),
            *(Paragraph.of("1. one"), Paragraph.of("2. two"), Paragraph.of("a. deep", level=1), Paragraph.of("3. x2")),
        )
    )
    assert result.unknown == ("China", "US")


# languages

ENGLISH, CHINESE = "AI systems shall be safe.", "人工智能系统应当安全。"


def languages(body: str) -> tuple[Language, ...]:
    return read(file(body), authors=()).document.languages


def test_a_table_of_english_and_chinese_is_read_as_rows_whichever_is_on_the_left() -> None:
    body = plain("Annex") + table((plain(CHINESE), plain(ENGLISH)), (plain("二"), plain("Two") + plain("and three")))
    assert read(file(body), authors=()).document == Marked(
        (
            Row(Paragraph.of("Annex")),
            Row(Paragraph.of(ENGLISH), Paragraph.of(CHINESE)),
            Row(Paragraph.of("Two"), Paragraph.of("二")),
            Row(Paragraph.of("and three")),
        ),
        ("zh", "en"),
    )


def test_the_tags_of_words_count_for_more_than_their_script() -> None:
    tagged = words("AI", '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>')
    assert languages(paragraph(tagged)) == ("zh",)
    assert languages(paragraph(words("AI", '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'))) == ("en",)
    assert languages(table((paragraph(tagged), plain("AI")))) == ("zh", "en")


def test_a_few_words_of_another_language_do_not_make_a_file_bilingual_but_many_do() -> None:
    assert languages(plain(CHINESE) * 3 + plain("Annex")) == ("zh",)
    assert languages((plain(CHINESE) + plain(ENGLISH)) * 2) == ("zh", "en")
    assert languages("") == ("en",)


def test_a_spanning_row_stands_in_its_own_language() -> None:
    body = table((plain(ENGLISH), plain(CHINESE)), (plain("第二部分"),))
    assert read(file(body), authors=()).document.rows[1] == Row(zh=Paragraph.of("第二部分"))


# styles and numbers

STYLES = (
    '<w:style w:type="paragraph" w:styleId="a" w:default="1"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="My heading"/><w:basedOn w:val="2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="outline"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="deep"><w:name w:val="D"/><w:pPr><w:ind w:left="720"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="L"/><w:basedOn w:val="loop"/></w:style>'
    '<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)


def styled(style: str, *more: str) -> Paragraph:
    properties = f'<w:pStyle w:val="{style}"/>' + "".join(more)
    (one,) = paragraphs(paragraph(words("x"), properties=properties), more={"styles": STYLES})
    return one


def test_kinds_and_levels_come_from_styles_by_their_names_and_what_they_are_based_on() -> None:
    for style, kind, level in (
        ("2", "heading", 2),
        ("mine", "heading", 2),
        ("outline", "heading", 1),
        ("a3", "title", 0),
        ("deep", "paragraph", 2),
        ("loop", "paragraph", 0),
        ("nowhere", "paragraph", 0),
    ):
        assert (styled(style).kind, styled(style).level) == (kind, level), style
    assert styled("mine", '<w:outlineLvl w:val="9"/>').kind == "paragraph"
    assert styled("deep", '<w:ind w:left="0"/>').level == 0


def test_emphasis_comes_from_the_words_or_their_style() -> None:
    (one,) = paragraphs(
        paragraph(
            words("a", '<w:rStyle w:val="s"/>'), words("b", '<w:rStyle w:val="s"/><w:b w:val="0"/><w:em w:val="dot"/>')
        ),
        more={"styles": STYLES},
    )
    assert one.runs == (Run("a", strong=True), Run("b", emphasis=True))


def level(depth: int, form: str, shown: str, more: str = "", start: int = 1) -> str:
    inside = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{shown}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inside}</w:lvl>'


def item(text: str, depth: int = 0, number: int = 1) -> str:
    return paragraph(words(text), properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


RESTARTED = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
LISTS = (
    level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "upperRoman", "%1.%3", "<w:isLgl/>"),
    level(0, "chineseCountingThousand", "第%1条", start=9)
    + level(1, "bullet", "\uf0b7")
    + level(2, "decimal", "%3", '<w:suff w:val="nothing"/>'),
)
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{i}">{each}</w:abstractNum>' for i, each in enumerate(LISTS)
) + "".join(
    f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{changed}</w:num>'
    for number, of, changed in ((1, 0, ""), (2, 1, ""), (3, 0, RESTARTED))
)


def test_the_numbers_that_word_counts_become_words() -> None:
    body = (
        item("a")
        + item("b", 1)
        + item("c", 1)
        + item("d", 2)
        + item("e")
        + item("f", 1)
        + item("g", number=3)
        + item("h")
    )
    assert texts(body, more={"numbering": NUMBERING}) == [
        *("1. a", "(a) b", "(b) c", "1.1 d", "2. e", "(a) f", "1. g", "2. h"),
    ]
    chinese = item("甲", number=2) + item("乙", number=2) + item("丙", 1, 2) + item("丁", 2, 2) + item("戊", number=0)
    assert texts(chinese, more={"numbering": NUMBERING}) == ["第九条 甲", "第十条 乙", "• 丙", "1丁", "戊"]
    assert [each.level for each in paragraphs(body, more={"numbering": NUMBERING})] == [0, 1, 1, 2, 0, 1, 0, 0]


def test_the_number_of_a_new_paragraph_is_new_too() -> None:
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    (one,) = paragraphs(paragraph(inserted("new", "EU"), properties=properties), more={"numbering": NUMBERING})
    assert one.runs == (Run("1. new", "insert", "EU"),)


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        *((1994, "lowerRoman", "mcmxciv"), (4, "upperRoman", "IV"), (4000, "upperRoman", "4000")),
        *(
            (26, "lowerLetter", "z"),
            (27, "lowerLetter", "aa"),
            (52, "upperLetter", "ZZ"),
            (10**9, "lowerLetter", str(10**9)),
        ),
        *((10, "chineseCounting", "十"), (12, "chineseCounting", "十二"), (20, "chineseCounting", "二十")),
        *((105, "chineseCountingThousand", "一百零五"), (110, "chineseCountingThousand", "一百一十")),
        *((1005, "chineseCountingThousand", "一千零五"), (1010, "chineseCountingThousand", "一千零一十")),
        *((105, "ideographDigital", "一〇五"), (3, "ideographTraditional", "丙"), (12, "ideographZodiac", "亥")),
        *(
            (7, "decimalEnclosedCircle", "⑦"),
            (12, "decimalFullWidth", "１２"),
            (3, "decimalZero", "03"),
            (3, "unheard", "3"),
        ),
    ],
)
def test_numerals_are_those_of_word(number: int, form: str, shown: str) -> None:
    assert numeral(number, form) == shown
