"""The desk: the working draft laid there, written provision by provision, consolidated and thrown away."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from room.talks import Talks
from room.texts_laid import EN, ZH, begun_text, ids, issued, laid
from room.word_files import bad, sent, written

from tracktwo.room.acts import StagedLeaf
from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.models import Draft
from tracktwo.room.drafting.proposing import Given, decide, propose
from tracktwo.room.drafting.receiving import Hand
from tracktwo.room.drafting.stored import whole
from tracktwo.text.marked import Comment, Marked, Paragraph, Row, Run

UPLOAD = {"en": "", "zh": "", "origin": "en"}


def working(text: Any) -> Draft:
    return Draft.objects.get(text=text, state="working")


def words(draft: Draft, of: Any) -> list[str | None]:
    return [each[of] for each in whole(draft).draft.provisions]


def test_a_pasted_text_in_both_languages_becomes_the_working_draft(talks: Talks) -> None:
    text = begun_text(talks)
    client = talks.client("chair")
    answer = client.post(f"/texts/{text.pk}/desk/upload", UPLOAD | {"en": EN, "zh": ZH, "origin": "zh"})
    assert (answer.status_code, answer["Location"]) == (303, f"/texts/{text.pk}/desk")
    draft = whole(working(text)).draft
    assert (draft.text("en"), draft.text("zh")) == (EN + "\n", ZH + "\n")
    assert {each.origin for each in draft.provisions} == {"zh"}
    said = client.get(f"/texts/{text.pk}/desk").content.decode()
    assert said.count("originates in Chinese") == 5
    assert "Nothing: both languages are there, and every bracket matches." in said


def test_one_language_comes_first_and_what_is_missing_is_listed(talks: Talks) -> None:
    text = begun_text(talks)
    client = talks.client("mediator")
    client.post(f"/texts/{text.pk}/desk/upload", UPLOAD | {"zh": ZH, "origin": "zh"})
    said = client.get(f"/texts/{text.pk}/desk").content.decode()
    assert "5 provisions are not there in one language" in said
    assert said.count("no English<") == 5
    assert "A draft is issued once both languages are there" in said
    before = ids(working(text))
    client.post(f"/texts/{text.pk}/desk/upload", UPLOAD | {"en": EN})
    assert ids(working(text)) == before
    assert {each.origin for each in whole(working(text)).draft.provisions} == {"zh"}
    assert "Nothing: both languages are there" in client.get(f"/texts/{text.pk}/desk").content.decode()


def test_files_in_plain_text_and_word_are_read(talks: Talks) -> None:
    text = begun_text(talks)
    zh = Marked(tuple(Row(zh=Paragraph.of(each)) for each in ("1. 各方应报告。", "2. 各方可合作。")), ("zh",))
    en = "1. Each Party shall report.\r\n\r\n2. Parties may cooperate.".encode("utf-16")
    given = UPLOAD | {"file_en": sent(en, "a.txt"), "file_zh": sent(written(zh))}
    assert talks.client("mediator").post(f"/texts/{text.pk}/desk/upload", given).status_code == 303
    draft = working(text)
    assert words(draft, "en") == ["Each Party shall report.", "Parties may cooperate."]
    assert words(draft, "zh") == ["各方应报告。", "各方可合作。"]


def test_our_own_table_of_two_columns_comes_back_as_it_went(talks: Talks) -> None:
    draft = issued(talks)
    file = talks.client("mediator").get(f"/texts/{draft.text_id}/files/draft-1.docx").content
    answer = talks.client("mediator").post(f"/texts/{draft.text_id}/desk/upload", UPLOAD | {"file_both": sent(file)})
    assert answer.status_code == 303
    made = whole(working(draft.text)).draft
    assert [each.id for each in made.provisions] == ids(draft)
    assert (made.text("en"), made.text("zh")) == (EN + "\n", ZH + "\n")


@pytest.mark.parametrize("what", [
    "macros", "template", "picture elsewhere", "object", "broken", "bomb", "zeros", "cut", "old", "pdf", "rich",
    "no text", "spaces", "empty", "too large",
])  # fmt: skip
@pytest.mark.parametrize("field", ["file_en", "file_both"])
def test_a_bad_file_is_refused_in_one_sentence_and_what_was_pasted_stays(talks: Talks, what: str, field: str) -> None:
    text = begun_text(talks)
    plain = written(Marked((Row(en=Paragraph.of("1. Each Party shall report.")),), ("en",)))
    content, name, chinese = bad(plain)[what]
    answers = {}
    for language in ("en", "zh"):
        given = UPLOAD | {"zh": "一、各方应报告。", field: sent(content, name)}
        if field == "file_both":
            given["zh"] = ""
        answers[language] = talks.client("mediator", language=language).post(f"/texts/{text.pk}/desk/upload", given)
    for answer in answers.values():
        assert answer.status_code == 422
    assert chinese in answers["zh"].content.decode()
    assert "Not sent yet" in answers["en"].content.decode()
    if field == "file_en":
        assert "一、各方应报告。" in answers["en"].content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Paste a text, or choose a file."),
        ({"en": "  \n "}, "Paste a text, or choose a file."),
        ({"en": EN, "file_en": sent(b"1. Other.", "a.txt")}, "The English is given twice"),
        ({"en": ZH}, "What was given as English is Chinese"),
        ({"zh": EN}, "What was given as Chinese is English"),
        ({"file_zh": sent(b"1. Each Party shall report.", "a.txt")}, "What was given as Chinese is English"),
        ({"en": "1. Each\u202e Party."}, "U+202E"),
        ({"file_en": sent("1. Each\u202e Party.".encode(), "a.txt")}, "U+202E"),
        ({"en": "x" * 400_001}, "at most 400000 are taken"),
        ({"en": EN, "origin": "fr"}, "Choose one of these"),
        ({"file_both": sent(b"1. Words.", "a.txt")}, "not a Word file"),
    ],
)
def test_words_that_cannot_be_laid_are_refused(talks: Talks, given: dict[str, Any], said: str) -> None:
    text = begun_text(talks)
    for value in given.values():
        if hasattr(value, "seek"):
            value.seek(0)
    answer = talks.client("mediator").post(f"/texts/{text.pk}/desk/upload", UPLOAD | given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_form_longer_than_any_text_is_refused_before_it_is_read(talks: Talks) -> None:
    text = begun_text(talks)
    given = UPLOAD | {"file_en": sent(b"x" * (9 << 20), "a.txt")}
    answer = talks.client("mediator").post(f"/texts/{text.pk}/desk/upload", given)
    assert answer.status_code == 400
    assert "发送的内容无法读取或过长" in answer.content.decode()


def tracked() -> bytes:
    """Two paragraphs with changes by a delegation and by nobody known."""
    quill, odd = "Quill Laboratory", "J. Doe"
    modal = (Run("should", "delete", quill), Run("shall", "insert", quill))
    more = Run("fully ", "insert", odd, comments=(Comment(odd, "Stronger <b>"),))
    rows = (
        Row(en=Paragraph((Run("1. Each Party "), *modal, Run(" report.")))),
        Row(en=Paragraph((Run("2. Parties may "), more, Run("cooperate.")))),
    )
    return written(Marked(rows, ("en",)))


def test_tracked_changes_are_asked_about_author_by_author(talks: Talks) -> None:
    text = begun_text(talks)
    client = talks.client("mediator")
    asked = client.post(f"/texts/{text.pk}/desk/upload", UPLOAD | {"file_en": sent(tracked())})
    assert asked.status_code == 200
    said = asked.content.decode()
    assert "Quill Laboratory" in said
    assert "J. Doe" in said
    assert said.count("not the name of a delegation") == 1
    assert "<del>should</del><ins>shall</ins>" in said
    assert "<ins>fully </ins>" in said
    assert "Stronger &lt;b&gt;" in said
    assert not Draft.objects.exists()
    hidden = hidden_of(said)
    fields = sorted({each.split('"')[0] for each in said.split('type="radio" name="')[1:]})
    assert len(fields) == 2
    some = client.post(f"/texts/{text.pk}/desk/upload", hidden | {fields[0]: "accept"})
    assert some.status_code == 422
    assert "Say of every author" in some.content.decode()
    assert not Draft.objects.exists()
    answers = {Hand("Quill Laboratory", None, (), ()).field: "accept", Hand("J. Doe", None, (), ()).field: "leave"}
    assert client.post(f"/texts/{text.pk}/desk/upload", hidden | answers).status_code == 303
    assert words(working(text), "en") == ["Each Party shall report.", "Parties may cooperate."]


def hidden_of(said: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', said)
    return {name: html.unescape(value) for name, value in found}


def test_a_form_of_the_second_step_that_was_tampered_with_is_refused(talks: Talks) -> None:
    text = begun_text(talks)
    client = talks.client("mediator")
    for kept in ("!!!", "UEsDBA==", "", "%00", "UEsDBBQ" * 400):
        answer = client.post(f"/texts/{text.pk}/desk/upload", {"step": "hands", "file_en": kept, "origin": "en"})
        assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_a_provision_is_written_in_both_languages(talks: Talks) -> None:
    text = begun_text(talks)
    draft = laid(talks, text)
    place = ids(draft)[2]
    client = talks.client("chair", language="zh")
    page = client.get(f"/texts/{text.pk}/desk/provisions/{place}").content.decode()
    assert "Each Party [shall][should] report its tests." in page
    given = {
        "words_en": "Each Party shall report its tests.",
        "words_zh": "各方应报告其测试。",
        "seen": whole(draft).hash,
    }
    assert client.post(f"/texts/{text.pk}/desk/provisions/{place}", given).status_code == 303
    made = whole(working(text)).draft
    assert (made[place].en, made[place].zh) == (given["words_en"], given["words_zh"])
    assert ids(working(text)) == ids(draft)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words_en": ""}, "cannot be left without words"),
        ({"words_en": "", "words_zh": ""}, "Write it in one language at least"),
        ({"words_en": "One.\n\nTwo."}, "would not be read as one provision"),
        ({"words_en": "x" * 20_001}, "at most 20000 are taken"),
        ({"words_en": "a\u200fb"}, "U+200F"),
    ],
)
def test_words_that_are_no_provision_are_refused_and_stay_on_the_page(
    talks: Talks, given: dict[str, str], said: str
) -> None:
    text = begun_text(talks)
    draft = laid(talks, text)
    place = ids(draft)[2]
    sent_ = {"words_en": "Each.", "words_zh": "各方另行书写。", "seen": whole(draft).hash} | given
    answer = talks.client("mediator").post(f"/texts/{text.pk}/desk/provisions/{place}", sent_)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "各方另行书写。" in answer.content.decode() or "words_zh" in given
    assert whole(working(text)).hash == whole(draft).hash


def test_two_who_write_at_once_lose_nothing(talks: Talks) -> None:
    text = begun_text(talks)
    draft = laid(talks, text)
    place, seen = ids(draft)[2], whole(draft).hash
    path = f"/texts/{text.pk}/desk/provisions/{place}"
    assert (
        talks.client("chair").post(path, {"words_en": "Chair.", "words_zh": "主席。", "seen": seen}).status_code == 303
    )
    client = talks.client("mediator")
    mine = {"words_en": "Mediator.", "words_zh": "调解人。", "seen": seen}
    answer = client.post(path, mine)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Somebody changed the working draft" in said
    assert "Mediator." in said
    assert "Chair." in said
    assert whole(working(text)).draft[place].en == "Chair."
    again = mine | {"seen": whole(working(text)).hash}
    assert again["seen"] in said
    assert client.post(path, again).status_code == 303
    assert whole(working(text)).draft[place].en == "Mediator."


def test_a_provision_is_inserted_and_removed(talks: Talks) -> None:
    text = begun_text(talks)
    draft = laid(talks, text)
    client = talks.client("mediator")
    after = ids(draft)[2]
    given = {"label": "1bis.", "words_en": "New words.", "words_zh": "新文字。", "origin": "zh", "after": after,
             "seen": whole(draft).hash}  # fmt: skip
    assert "It will stand after" in client.get(f"/texts/{text.pk}/desk/insert?after={after}").content.decode()
    assert client.post(f"/texts/{text.pk}/desk/insert", given).status_code == 303
    made = whole(working(text)).draft.provisions[3]
    assert (made.en, made.zh, made.label, made.origin) == ("New words.", "新文字。", "1bis.", "zh")
    asked = client.post(f"/texts/{text.pk}/desk/provisions/{made.id}/remove", {})
    assert asked.status_code == 200
    assert "Remove this provision?" in asked.content.decode()
    gone = {"sure": "yes", "seen": whole(working(text)).hash}
    assert client.post(f"/texts/{text.pk}/desk/provisions/{made.id}/remove", gone).status_code == 303
    assert ids(working(text)) == ids(draft)


def test_a_first_provision_is_inserted_at_the_beginning(talks: Talks) -> None:
    text = begun_text(talks)
    draft = laid(talks, text)
    client = talks.client("mediator")
    assert "at the beginning" in client.get(f"/texts/{text.pk}/desk/insert").content.decode()
    given = {"words_zh": "前言。", "words_en": "", "origin": "en", "seen": whole(draft).hash}
    assert client.post(f"/texts/{text.pk}/desk/insert", given).status_code == 303
    made = whole(working(text)).draft.provisions[0]
    assert (made.en, made.zh, made.origin) == (None, "前言。", "zh")


def test_brackets_that_do_not_match_are_named_with_their_place(talks: Talks) -> None:
    text = begun_text(talks)
    laid(
        talks,
        text,
        "1. Each Party [shall report.\n\n2. Parties may] cooperate.\n",
        "1. 各方［应报告]。\n\n2. 各方可合作。\n",
    )
    said = talks.client("mediator").get(f"/texts/{text.pk}/desk").content.decode()
    assert "3 brackets do not match" in said
    assert "…Each Party <mark>[</mark></span> is not closed in this provision" in said
    assert "<mark>]</mark></span> closes nothing that was opened in this provision" in said
    assert "<mark>]</mark></span> closes a bracket of another kind" in said
    assert "没有对应的右括号" in talks.client("mediator", language="zh").get(f"/texts/{text.pk}/desk").content.decode()


def test_consolidating_carries_out_what_was_taken(talks: Talks) -> None:
    draft = issued(talks)
    place = ids(draft)[2]
    row = propose(talks.viewer("quill head"), draft.text_id, 1, Given("MOD", place, "Each Party shall report."))
    decide(talks.viewer("chair"), draft.text_id, row.pk, "taken")
    client = talks.client("chair")
    assert "Consolidate from draft 1" in client.get(f"/texts/{draft.text_id}/desk").content.decode()
    assert client.post(f"/texts/{draft.text_id}/desk/consolidate").status_code == 303
    assert whole(working(draft.text)).draft[place].en == "Each Party shall report."
    said = client.get(f"/texts/{draft.text_id}/desk").content.decode()
    assert "compare?from=1&amp;to=working" in said
    assert "changed 1, new 0, gone 0" in said
    again = client.post(f"/texts/{draft.text_id}/desk/consolidate", {"again": "1"})
    assert again.status_code == 409
    assert "There is a working draft already" in again.content.decode()


def test_what_collides_is_said_with_names(talks: Talks) -> None:
    draft = issued(talks)
    place = ids(draft)[2]
    for name, en in (("quill head", "Each Party shall report."), ("cloudberry head", "Each Party will never report.")):
        row = propose(talks.viewer(name), draft.text_id, 1, Given("MOD", place, en))
        decide(talks.viewer("chair"), draft.text_id, row.pk, "taken")
    answer = talks.client("chair").post(f"/texts/{draft.text_id}/desk/consolidate")
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "the proposal of Quill Laboratory on" in said
    assert "the proposal of Cloudberry Academy on" in said
    assert "both change the same words" in said
    chinese = talks.client("chair", language="zh").post(f"/texts/{draft.text_id}/desk/consolidate").content.decode()
    assert "修改了相同的文字" in chinese
    assert not Draft.objects.filter(state="working").exists()


def test_the_working_draft_is_discarded_after_a_question(talks: Talks) -> None:
    text = begun_text(talks)
    laid(talks, text)
    client = talks.client("mediator")
    assert "Discard the working draft?" in client.post(f"/texts/{text.pk}/desk/discard").content.decode()
    assert Draft.objects.count() == 1
    assert client.post(f"/texts/{text.pk}/desk/discard", {"sure": "yes"}).status_code == 303
    assert not Draft.objects.exists()
    assert "No draft yet" in client.get(f"/texts/{text.pk}/desk").content.decode()
    assert client.post(f"/texts/{text.pk}/desk/discard", {"sure": "yes", "x": "1"}).status_code == 409


@pytest.mark.parametrize("name", ["quill head", "quill linguist", "secretariat", "observer", "liaison", "auditor"])
def test_the_desk_is_nobody_elses(talks: Talks, name: str) -> None:
    draft = issued(talks)
    issuing.consolidate(talks.viewer("mediator"), draft.text_id)
    place, now = ids(draft)[2], whole(working(draft.text)).hash
    client = talks.client(name)
    nowhere = client.get("/no-such-place").content
    base = f"/texts/{draft.text_id}/desk"
    for path in ("", "/upload", "/insert", f"/provisions/{place}"):
        assert client.get(base + path).content == nowhere
    given = {"words_en": "x", "words_zh": "x", "seen": now, "sure": "yes", "en": EN, "origin": "en"}
    for path in ("/upload", "/insert", f"/provisions/{place}", f"/provisions/{place}/remove", "/consolidate", "/ask",
                 "/issue", "/discard"):  # fmt: skip
        assert client.post(base + path, given).content == nowhere
    assert whole(working(draft.text)).hash == now


@pytest.mark.parametrize("provision", ["0" * 16, "nothing", "%00", "%2e%2e", "9" * 300])
def test_a_provision_that_is_not_there_is_nothing(talks: Talks, provision: str) -> None:
    text = begun_text(talks)
    laid(talks, text)
    client = talks.client("mediator")
    nowhere = client.get("/no-such-place").content
    path = f"/texts/{text.pk}/desk/provisions/{provision}"
    assert client.get(path).content == nowhere
    assert client.post(path, {"words_en": "x", "words_zh": "x"}).content == nowhere
    assert client.get(f"/texts/{text.pk}/desk/insert?after={provision}").content == nowhere
    assert client.post(f"/texts/{text.pk}/desk/insert", {"after": provision}).content == nowhere
    assert client.post(f"{path}/remove").content == nowhere


def test_every_link_of_the_desk_leads_to_a_page(talks: Talks) -> None:
    draft = issued(talks)
    en = EN.replace("1. Each", "1. [Each").replace("2. Parties", "1bis. Alone.\n\n2. Parties")
    laid(talks, draft.text, en, None)
    client = talks.client("mediator")
    said = client.get(f"/texts/{draft.text_id}/desk").content.decode()
    links = {html.unescape(each) for each in re.findall(r'href="(/texts[^"#]*)', said)}
    assert len([each for each in links if "/provisions/" in each]) == 6
    assert {each: client.get(each).status_code for each in links} == dict.fromkeys(links, 200)
    places = ids(working(draft.text))
    page = client.get(f"/texts/{draft.text_id}/desk/provisions/{places[2]}").content.decode()
    assert "Its number, 1., is kept" in page
    assert "originates in English" in page


def test_a_file_that_is_sent_twice_is_laid_once(talks: Talks) -> None:
    text = begun_text(talks)
    client = talks.client("mediator")
    before = StagedLeaf.objects.count()
    for _ in range(2):
        given = UPLOAD | {"file_en": sent(b"1. Each Party shall report.", "a.txt")}
        assert client.post(f"/texts/{text.pk}/desk/upload", given).status_code == 303
    assert StagedLeaf.objects.count() == before + 1
    other = UPLOAD | {"file_en": sent(b"1. Each Party should report.", "a.txt")}
    assert client.post(f"/texts/{text.pk}/desk/upload", other).status_code == 303
    assert words(working(text), "en") == ["Each Party should report."]
