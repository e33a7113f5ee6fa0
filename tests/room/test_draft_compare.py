"""Comparing two drafts: only what changed, by lasting identity, in both languages."""

from __future__ import annotations

import re

import pytest
from room.talks import Talks
from room.texts_laid import EN, ZH, issued, second

from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.differences import Difference, difference
from tracktwo.room.drafting.stored import Whole
from tracktwo.text.drafts import Draft, revised


def compared(en: str, zh: str | None = None) -> Difference:
    first = Draft.first(EN, ZH)
    return difference(Whole(first, {}), Whole(revised(first, en, zh or ZH), {}))


def test_one_line_counts_and_only_changed_provisions_are_shown(talks: Talks) -> None:
    _, last = second(talks)
    said = talks.client("observer").get(f"/texts/{last.text_id}/compare").content.decode()
    assert "From draft 1 to draft 2: 1 changed, 1 new, 1 gone, 0 moved." in said
    assert "Each Party <del>[</del>shall<del>][should]</del> report" in said
    assert "各方<del>[</del>应<del>][宜]</del>报告其测试。" in said
    assert "<del>This is to go.</del>" in said
    assert "<ins>新义务如下。</ins>" in said
    assert "Recalling" not in said
    assert "cooperate" not in said
    assert "2 → 3." in said


def test_in_chinese_too(talks: Talks) -> None:
    _, last = second(talks)
    said = talks.client("quill head", language="zh").get(f"/texts/{last.text_id}/compare?from=1&to=2").content.decode()
    assert "从第1号草案到第2号草案：改动1条，新增1条，删除1条，移动0条。" in said
    assert "1条编号有变" in said


def test_a_provision_that_moved_is_marked_and_said_where_it_is() -> None:
    one, three = "1. Each Party [shall][should] report its tests.\n\n", "3. This is to go.\n"
    found = compared(EN.replace(three, "").replace(one, f"{three}\n{one}"))
    assert found.counts == {"changed": 0, "new": 0, "gone": 0, "moved": 1}
    assert [(each.state, each.moved, each.label) for each in found.rows] == [("same", True, "3.")]
    assert found.rows[0].behind.startswith("*Recalling*") or found.rows[0].behind.startswith("Recalling")


def test_renumbering_alone_is_said_and_not_shown_as_a_change() -> None:
    found = compared(EN.replace("2. Parties", "5. Parties"), ZH.replace("2. 各方", "5. 各方"))
    assert found.rows == ()
    assert found.renumbered == (("2.", "5."),)


def test_what_changed_in_one_language_alone_is_shown_in_that_one() -> None:
    found = compared(EN, ZH.replace("安全", "安保"))
    assert [list(each.sides) for each in found.rows] == [["zh"]]
    assert [(each.kind, each.text) for each in found.rows[0].sides["zh"] if each.kind != "keep"] == [
        ("delete", "全"), ("insert", "保"),
    ]  # fmt: skip
    assert found.words == {"en": (0, 0), "zh": (1, 1)}


def test_what_is_gone_stands_where_it_stood() -> None:
    en = EN.replace("1. Each Party [shall][should] report its tests.\n\n", "").replace("to go", "to go now")
    found = compared(en, ZH.replace("1. 各方[应][宜]报告其测试。\n\n", ""))
    assert [each.state for each in found.rows] == ["gone", "changed"]


def test_any_two_are_compared_backwards_too(talks: Talks) -> None:
    _, last = second(talks)
    said = talks.client("quill head").get(f"/texts/{last.text_id}/compare?from=2&to=1").content.decode()
    assert "Read backwards" in said
    assert "<ins>This is to go.</ins>" in said


def test_one_draft_is_compared_with_nothing(talks: Talks) -> None:
    text = issued(talks).text_id
    assert "Once there are two drafts" in talks.client("quill head").get(f"/texts/{text}/compare").content.decode()
    same = talks.client("quill head").get(f"/texts/{second(talks)[1].text_id}/compare?from=2&to=2")
    assert "no words changed" in same.content.decode()


def test_the_working_draft_is_compared_by_who_drafts_alone(talks: Talks) -> None:
    text = issued(talks).text_id
    issuing.write_first(talks.viewer("chair"), text, EN.replace("safety", "security"), None)
    said = talks.client("chair").get(f"/texts/{text}/compare?from=1&to=working").content.decode()
    assert "to the working draft: 1 changed" in said
    reader = talks.client("quill head")
    nowhere = reader.get("/no-such-place").content
    assert reader.get(f"/texts/{text}/compare?from=1&to=working").status_code == 200  # there is one draft for this seat
    assert "security" not in reader.get(f"/texts/{text}/compare?from=1&to=working").content.decode()
    second_text = second(talks)[1].text_id
    assert reader.get(f"/texts/{second_text}/compare?from=1&to=working").content == nowhere


@pytest.mark.parametrize(
    "query", ["from=9&to=1", "from=1&to=x", "from=%00&to=1", "from=-1&to=2", "from=1&to=" + "9" * 400]
)
def test_a_draft_that_is_not_there_is_nothing(talks: Talks, query: str) -> None:
    text = second(talks)[1].text_id
    client = talks.client("quill head")
    assert client.get(f"/texts/{text}/compare?{query}").content == client.get("/no-such-place").content


def test_words_are_shown_as_words_and_never_as_markup(talks: Talks) -> None:
    first = issued(talks, en=EN.replace("safety", "<b>safety</b>"))
    last = issued(talks, first.text, en=EN.replace("safety", '<img src=x onerror="y">'))
    said = talks.client("quill head").get(f"/texts/{last.text_id}/compare").content.decode()
    assert not re.search(r"<(?:b>safety|img)", said)
    assert "onerror=&quot;y&quot;&gt;" in re.sub("</?(?:ins|del)>", "", said)
