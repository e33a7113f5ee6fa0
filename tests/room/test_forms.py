"""Forms as readers and screen readers find them: labels, hints, limits and errors, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.forms import Both, Line, Prose, require_plain
from tracktwo.room.words import LANGUAGES, Language, reading, say

KINDS = [("sea", say("Sea", "海")), ("land", say("Land", "陆"))]
BAD = {"line": "a\u202eb", "prose": "", "both_0": "", "choice": "sky", "radio": "", "day": "yesterday", "hour": "noon"}


class Everything(forms.Form):
    """Every kind of field that the room's forms use."""

    line = Line(say("Title", "标题"), max_length=1200, help=say("Short.", "宜短。"))
    prose = Prose(say("Text", "正文"), required=False)
    both = Both(say("Concern", "关切"), prose=True, max_length=600)
    names = Both(say("Name", "名称"), required=False)
    choice = forms.ChoiceField(label=say("Kind", "种类"), choices=KINDS)
    radio = forms.ChoiceField(label=say("Way", "方式"), choices=KINDS, widget=forms.RadioSelect)
    tick = forms.BooleanField(label=say("I have read it", "本人已阅"), required=False, help_text=say("All.", "全文。"))
    ticks = forms.MultipleChoiceField(label=say("Which", "哪些"), choices=KINDS, widget=forms.CheckboxSelectMultiple)
    day = forms.DateField(label=say("Day", "日期"), widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.TimeField(label=say("Hour", "时间"), widget=forms.TimeInput(attrs={"type": "time"}))
    password = forms.CharField(label=say("Password", "密码"), max_length=200, widget=forms.PasswordInput)
    number = forms.IntegerField(label=say("Number", "人数"), min_value=1)
    seat = forms.CharField(widget=forms.HiddenInput)


class Found(HTMLParser):
    """The elements of a piece of HTML, each as its tag, attributes and the words directly in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_data(self, data: str) -> None:
        """Keep the words of the element that began last."""
        if self.elements and data.strip():
            self.elements[-1][2].append(data.strip())

    def of(self, *tags: str) -> Iterator[dict[str, str]]:
        """The attributes of each element of those tags."""
        return (attrs for tag, attrs, _ in self.elements if tag in tags)

    def words(self, identifier: str) -> str:
        """The words of the element of that id."""
        return next(" ".join(words) for _, attrs, words in self.elements if attrs.get("id") == identifier)


def inputs(found: Found) -> list[dict[str, str]]:
    """Everything that is filled in."""
    return [each for each in found.of("input", "textarea", "select") if each.get("type") != "hidden"]


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Each language of the reader."""
    with reading(request.param):
        yield request.param


@pytest.fixture(params=[None, {}, BAD], ids=["new", "empty", "wrong"])
def found(request: pytest.FixtureRequest, lang: Language) -> Found:
    """The form: not filled in, empty, and with mistakes."""
    return Found(str(Everything(request.param)))


def test_every_input_has_one_label(found: Found) -> None:
    ids = [each["id"] for each in inputs(found)]
    labels = [each["for"] for each in found.of("label") if "for" in each]
    assert sorted(labels) == sorted(ids)


def test_no_id_stands_twice(found: Found) -> None:
    ids = [attrs["id"] for _, attrs, _ in found.elements if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_what_describes_an_input_is_on_the_page(found: Found) -> None:
    ids = {attrs["id"] for _, attrs, _ in found.elements if "id" in attrs}
    described = [attrs["aria-describedby"] for _, attrs, _ in found.elements if "aria-describedby" in attrs]
    assert described
    assert {each for one in described for each in one.split()} <= ids


def test_nothing_of_a_form_needs_inline_style_or_script(found: Found) -> None:
    assert [attrs for tag, attrs, _ in found.elements if tag in {"style", "script"} or "style" in attrs] == []
    assert [name for _, attrs, _ in found.elements for name in attrs if name.startswith("on")] == []


def test_several_inputs_of_one_question_stand_in_a_fieldset_with_a_legend(found: Found, lang: Language) -> None:
    legends = [words[0] for tag, _, words in found.elements if tag == "legend"]
    assert legends == (["Concern", "Name", "Way", "Which"] if lang == "en" else ["关切", "名称", "方式", "哪些"])
    assert len(list(found.of("fieldset"))) == 4


def test_required_is_said_to_the_browser_and_optional_to_the_reader(lang: Language) -> None:
    found = Found(str(Everything()))
    required = {each["name"] for each in inputs(found) if "required" in each}
    assert required == {"line", "radio", "day", "hour", "password", "number"}
    optional = [words for tag, attrs, words in found.elements if attrs.get("class") == "optional"]
    assert optional == [["optional" if lang == "en" else "选填"]] * 2


def test_limits_are_said_in_advance_and_kept_by_the_browser(lang: Language) -> None:
    found = Found(str(Everything()))
    limits = [found.words(f"id_{name}_limit") for name in ("line", "prose", "both", "names")]
    english = ["At most 1,200 characters", "At most 4,000 characters", "At most 600 characters in each language",
               "At most 200 characters in each language"]  # fmt: skip
    assert limits == (
        english if lang == "en" else ["至多1200字", "至多4000字", "每种语言至多600字", "每种语言至多200字"]
    )
    lengths = {each["name"]: each["maxlength"] for each in inputs(found) if "maxlength" in each}
    assert lengths == {"line": "1200", "prose": "4000", "both_en": "600", "both_zh": "600", "names_en": "200",
                       "names_zh": "200", "password": "200"}  # fmt: skip


def test_a_limit_describes_its_input() -> None:
    described = {each["name"]: each.get("aria-describedby") for each in inputs(Found(str(Everything())))}
    assert described["line"] == "id_line_helptext id_line_limit"
    assert described["prose"] == "id_prose_limit"
    assert described["choice"] is None
    wrong = {each["name"]: each.get("aria-describedby") for each in inputs(Found(str(Everything(BAD))))}
    assert wrong["line"] == "id_line_helptext id_line_error id_line_limit"


def test_the_readers_language_stands_first_in_both(lang: Language) -> None:
    both = [each["name"] for each in inputs(Found(str(Everything()))) if each["name"].startswith("both")]
    assert both == (["both_en", "both_zh"] if lang == "en" else ["both_zh", "both_en"])
    tags = {each["name"]: each["lang"] for each in inputs(Found(str(Everything()))) if "lang" in each}
    assert tags == {"both_en": "en", "both_zh": "zh-Hans", "names_en": "en", "names_zh": "zh-Hans"}


def test_what_was_written_comes_back_in_its_own_language(lang: Language) -> None:
    html = str(Everything({"both_en": "<b>Trust</b>", "both_zh": "互信"}))
    assert re.search(r'name="both_en"[^>]*>\s*&lt;b&gt;Trust&lt;/b&gt;</textarea>', html)
    assert re.search(r'name="both_zh"[^>]*>\s*互信</textarea>', html)


def test_errors_are_summed_up_first_with_a_way_to_each_field(lang: Language) -> None:
    form = Everything(BAD)
    found = Found(str(form))
    summary = next(attrs for _, attrs, _ in found.elements if attrs.get("role") == "alert")
    assert found.elements[0][1] is summary
    assert {"tabindex", "autofocus"} <= set(summary)
    targets = [each["href"].removeprefix("#") for each in found.of("a")]
    assert targets == [f"id_{name}_field" for name in form.errors if name != "seat"]
    assert set(targets) <= {each.get("id") for each in found.of("div")}


def test_wrong_inputs_say_so() -> None:
    invalid = {each["name"] for each in inputs(Found(str(Everything(BAD)))) if each.get("aria-invalid") == "true"}
    assert {"line", "both_en", "both_zh", "choice", "day", "hour"} <= invalid
    assert not {"prose", "names_en", "tick"} & invalid


def test_a_password_does_not_come_back() -> None:
    assert "open sesame" not in str(Everything({"password": "open sesame"}))


class Sent(forms.Form):
    """What is checked when it is sent."""

    line = Line(max_length=5)
    prose = Prose(max_length=9, required=False)
    both = Both(required=False, max_length=5)
    pair = Both(both=True, required=False)


def errors(field: str, **data: Any) -> list[str]:
    """What is said about one field."""
    return [str(each) for each in Sent(data).errors.get(field, [])]


@pytest.mark.parametrize(
    ("character", "name"),
    [("\x00", "U+0000"), ("\x07", "U+0007"), ("\t", "U+0009"), ("\x85", "U+0085"), ("\u202e", "U+202E"),
     ("\u2066", "U+2066"), ("\u200f", "U+200F"), ("\u061c", "U+061C"), ("\ufeff", "U+FEFF"), ("\u2028", "U+2028"),
     ("\ud800", "U+D800"), ("\ue000", "U+E000"), ("\U000e0fff", "U+E0FFF")],
)  # fmt: skip
def test_characters_that_deceive_are_named_with_their_place(character: str, name: str) -> None:
    with pytest.raises(ValidationError) as raised:
        require_plain(f"安全{character}")
    words = raised.value.message
    assert words.said("en") == f"The character {name} at place 3 cannot be used; delete it."
    assert words.said("zh") == f"第3个字符（{name}）不能使用；请将其删除。"


@pytest.mark.parametrize("text", ["naïve café", "两国专家，“人工智能”——〔2024〕", "𠮷野家", "👩‍🔬", "नमस्ते", "a\nb"])
def test_ordinary_text_of_any_script_is_plain(text: str) -> None:
    require_plain(text)


def test_lines_are_for_prose_alone(lang: Language) -> None:
    assert errors("prose", line="a", prose="a\r\nb\rc") == []
    assert Sent({"line": "a", "prose": "a\r\nb\rc"}).is_valid()
    assert len(errors("line", line="a\nb")) == 1


def test_line_ends_and_composed_characters_are_made_one() -> None:
    form = Sent({"line": "cafe\u0301", "prose": "a\r\nb"})
    assert form.is_valid()
    assert (form.cleaned_data["line"], form.cleaned_data["prose"]) == ("café", "a\nb")


def test_what_is_too_long_is_told_by_how_much(lang: Language) -> None:
    said = {"en": "It has 6 characters; at most 5 are taken. Shorten it.", "zh": "现有6字，上限为5字，请删减。"}[lang]
    assert errors("line", line="人工智能安全") == [said]
    assert errors("both", line="a", both_zh="人工智能安全") == [said]


def test_one_language_is_enough_unless_both_are_asked_for(lang: Language) -> None:
    form = Sent({"line": "a", "both_zh": "互信"})
    assert form.errors.get("both") is None
    assert form.cleaned_data["both"] == {"en": "", "zh": "互信"}
    asked = {"en": "Write it in both languages.", "zh": "请用两种语言填写。"}[lang]
    assert errors("pair", line="a", pair_zh="互信") == [asked]
    assert errors("pair", line="a") == []


def test_something_must_be_written_in_one_language(lang: Language) -> None:
    asked = {"en": "Write it in one language at least.", "zh": "请至少用一种语言填写。"}[lang]
    assert [str(each) for each in Everything({}).errors["both"]] == [asked]
    assert [str(each) for each in Everything({"both_en": "  ", "both_zh": ""}).errors["both"]] == [asked]


def test_what_is_left_out_is_asked_for_in_the_rooms_words(lang: Language) -> None:
    class Left(forms.Form):
        line = Line()
        hour = forms.TimeField()
        choice = forms.ChoiceField(choices=KINDS)
        ticks = forms.MultipleChoiceField(choices=KINDS)
        tick = forms.BooleanField()

    said = {name: [str(each) for each in found] for name, found in Left({}).errors.items()}
    fill, choose, some, tick = {
        "en": ("Fill this in.", "Choose one.", "Choose one at least.", "Tick this to go on."),
        "zh": ("请填写此项。", "请选择一项。", "请至少选择一项。", "请勾选此项后继续。"),
    }[lang]
    assert said == {"line": [fill], "hour": [fill], "choice": [choose], "ticks": [some], "tick": [tick]}
