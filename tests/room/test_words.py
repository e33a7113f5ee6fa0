"""Each sentence is there in both languages."""

from __future__ import annotations

import re

from django.template import Context, Template

from tracktwo.room.access import RIGHTS
from tracktwo.room.context import PLACES
from tracktwo.room.words import reading, say

HAN = re.compile(r"[一-鿿]")


def test_a_sentence_is_said_in_the_readers_language() -> None:
    words = say("{n} statement is left", "还剩{n}条观点", "{n} statements are left")
    with reading("en"):
        assert [str(words.with_(n=n)) for n in (1, 2)] == ["1 statement is left", "2 statements are left"]
    with reading("zh"):
        assert str(words.with_(n=2)) == "还剩2条观点"


def test_a_value_is_escaped_and_the_sentence_is_not() -> None:
    template = Template('{% say "Dear {who} & co" "{who}及同事" who=who %}')
    with reading("en"):
        assert template.render(Context({"who": "<b>"})) == "Dear &lt;b&gt; & co"


def test_both_languages_stand_side_by_side_the_readers_first() -> None:
    template = Template("{% both text %}")
    text = {"en": "a < b", "zh": "甲"}
    with reading("zh"):
        shown = template.render(Context({"text": text}))
    assert shown == '<div class="both"><p lang="zh-Hans">甲</p><p lang="en">a &lt; b</p></div>'


def test_a_text_in_the_other_language_is_marked_as_such() -> None:
    with reading("zh"):
        assert Template("{{ text|own }}").render(Context({"text": {"en": "a", "zh": ""}})) == '<span lang="en">a</span>'


def test_rights_and_places_are_said_in_chinese_too() -> None:
    said = [right.words for right in RIGHTS.values()] + [words for _, _, words in PLACES]
    assert [words.en for words in said if not HAN.search(words.zh)] == []
