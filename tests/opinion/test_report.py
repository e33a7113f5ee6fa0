"""The report says what the document says, in both languages, and nothing that the document leaves out."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from documents import ODD, example, plans

from tracktwo.opinion.report import report
from tracktwo.opinion.report.drawn import apart, frame
from tracktwo.opinion.report.markup import Html, element, visible
from tracktwo.opinion.report.voice import Language, Voice
from tracktwo.opinion.report.words import PAIRS, WORDS

LANGUAGES: tuple[Language, ...] = ("en", "zh")
ROOMS = [name for name in plans() if name != "large"]
VOID = {"meta", "br", "col", "path", "rect", "line", "circle"}
PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Outline(HTMLParser):
    """Checks that every element is closed where it should be, and remembers what was there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values["href"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def both() -> list[tuple[str, Language]]:
    return [(name, lang) for name in ROOMS for lang in LANGUAGES]


@pytest.mark.parametrize(("name", "lang"), both())
def test_it_is_well_formed_and_whole_in_itself(name: str, lang: Language) -> None:
    page = report(example(name), lang)
    outline = Outline(page)
    assert outline.open == []
    assert not {"script", "link", "iframe", "img", "object", "form", "base"} & set(outline.tags)
    assert len(outline.ids) == len(set(outline.ids))
    assert all(link.startswith("#") and link[1:] in outline.ids for link in outline.links)
    assert not [name for name, _ in outline.attributes if name.startswith("on") or name == "src"]
    assert "http://" not in page
    assert "https://" not in page
    assert "url(" not in page
    assert page.encode("utf-8")
    assert "{" not in outline.text


@pytest.mark.parametrize("name", ROOMS)
def test_both_languages_have_the_same_sections_in_the_same_order(name: str) -> None:
    english, chinese = (Outline(report(example(name), lang)) for lang in LANGUAGES)
    assert english.ids == chinese.ids
    assert {"lead", "common", "divides", "map", "groups", "uncertain", "hidden", "statements", "method"} <= set(
        english.ids
    )
    assert english.tags == chinese.tags


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_is_shown_as_text(lang: Language) -> None:
    page = report(example("odd text"), lang)
    assert "<script" not in page
    assert "<b>bold" not in page
    assert "onerror=alert(1)>" not in page
    assert 'onclick="1' not in page
    shown = Outline(page).text
    for sentence in ODD:
        for words in sentence.values():
            assert visible(words) in shown
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)


def test_every_statement_is_there_in_every_language_it_has() -> None:
    document = example("small room")
    for lang in LANGUAGES:
        shown = Outline(report(document, lang)).text
        for statement in document["statements"]:
            for words in statement["text"].values():
                assert words in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_suppressed_leaves_no_trace(lang: Language) -> None:
    """The page is the same whatever the votes behind a null, since it cannot know them."""
    page = report(example("everything suppressed"), lang)
    assert '<path class="yes"' not in page.split("legend")[-1].split("</figure>")[-1]
    assert WORDS[lang]["lead-hidden"] in page
    assert WORDS[lang]["map-suppressed"] in page
    text = Outline(page).text
    assert not re.search(r"\d+ ?%", text.split(WORDS[lang]["uncertain"])[-1].split(WORDS[lang]["table"])[0])


def test_a_suppressed_cell_says_so_and_shows_no_number() -> None:
    document = example("delegations shown")
    row = document["statements"][3]
    page = report(document, "en")
    hidden = [cell for cell in row["delegations"] if cell["suppressed"]]
    assert len(hidden) == 2
    assert page.count(WORDS["en"]["not-shown"]) >= 2 * 12
    assert "fewer than 5 people" in page
    assert "Kestrel Centre for Machine Safety" in page


def test_without_groups_it_says_so() -> None:
    for lang in LANGUAGES:
        page = report(example("no groups"), lang)
        assert WORDS[lang]["groups-none"] in page
        assert WORDS[lang]["groups-no-structure"] in page


def test_the_sentence_counts_what_was_found() -> None:
    document = example("public")
    agree, disagree = (len(document["common_ground"][answer]) for answer in ("agree", "disagree"))
    assert f"On {agree} of 40 statements every group agrees, and on {disagree} every group" in report(document, "en")
    assert f"各群组都同意的有{agree}条，各群组都不同意的有{disagree}条" in report(document, "zh")


def test_the_polis_method_is_said_in_its_own_words() -> None:
    for lang in LANGUAGES:
        page = Outline(report(example("polis"), lang)).text
        for key in ("polis-consensus", "polis-divides", "group-represents-polis", "method-polis"):
            assert WORDS[lang][key] in page


def test_a_map_with_anything_but_path_data_is_not_drawn() -> None:
    document = example("small room")
    document["map"]["shapes"][0]["levels"][0]["path"] = '"/><script>alert(1)</script>'
    assert "alert(1)" not in report(document, "en")


def test_four_hundred_statements_of_two_thousand_people_take_no_time() -> None:
    document = example("large")
    start = time.perf_counter()
    page = report(document, "en")
    assert time.perf_counter() - start < 5
    assert len(page) < 6_000_000


@pytest.mark.parametrize(("document", "lang"), [({"schema": "other"}, "en"), ({"schema": "tracktwo/opinion/1"}, "fr")])
def test_what_it_cannot_read_it_refuses(document: dict[str, str], lang: Language) -> None:
    with pytest.raises(ValueError, match=r"The report"):
        report(document, lang)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert report(example("small room"), "zh") == report(example("small room"), "zh")


def test_words_have_the_same_places_in_both_languages() -> None:
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    for key, (english, chinese) in PAIRS.items():
        assert {p for form in english.split("|") for p in PLACEHOLDER.findall(form)} == set(
            PLACEHOLDER.findall(chinese)
        ), key
        assert english.strip()
        assert chinese.strip()
        assert "|" not in chinese, key
        assert len(english.split("|")) <= 2


def test_chinese_words_keep_to_the_terms_of_the_field() -> None:
    for key, chinese in WORDS["zh"].items():
        assert "投票" not in chinese, key
        assert "弃权" not in chinese, key
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]", chinese), key


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (1.0, "over 99\u00a0%"),
        (0.9499999, "94\u00a0%"),
        (0.95, "95\u00a0%"),
        (0.999, "over 99\u00a0%"),
        (0.001, "under 1\u00a0%"),
    ],
)
def test_a_probability_is_never_rounded_up_to_a_bound(probability: float, said: str) -> None:
    assert Voice("en").chance(probability) == said


def test_a_small_negative_number_is_not_a_negative_nothing() -> None:
    assert [Voice("en").decimal(x) for x in (-0.001, -0.01, 0.005001)] == ["0.00", "−0.01", "0.01"]


def test_markup_escapes_what_is_not_markup() -> None:
    assert element("p", "<", Html("<b>"), title='"') == '<p title="&quot;">&lt;<b></p>'


def test_labels_are_moved_apart() -> None:
    places = apart([(500, 350), (500, 350), (510, 350)], 70, 1000, 700)
    gaps = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for i, a in enumerate(places) for b in places[:i]]
    assert min(gaps) > 69


def test_the_frame_of_the_map_holds_every_line_and_no_more_than_a_margin() -> None:
    shape = {"levels": [{"path": "M-20 100L300 100L300 400Z"}], "dots": "M310 90h0"}
    left, top, width, height = frame({"width": 1000, "height": 700, "shapes": [shape]})
    assert left < -20 < 310 < left + width < 350
    assert top < 90 < 400 < top + height < 450
    assert frame({"width": 1000, "height": 700, "shapes": []}) == (0, 0, 1000, 700)
    curved = {"levels": [{"path": "M0 0c1 1 2 2 3 3z"}], "dots": None}
    assert frame({"width": 1000, "height": 700, "shapes": [curved]}) == (0, 0, 1000, 700)
