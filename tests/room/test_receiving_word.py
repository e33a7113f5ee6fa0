"""A delegation's Word file: its changes are shown, asked about where they are not its own, and tabled as proposals."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from room.talks import Talks
from room.texts_laid import EN, ZH, begun_text, ids, issued, second
from room.word_files import bad, sent, written

from tracktwo.room.drafting import receiving, requested
from tracktwo.room.drafting.desk_forms import PASTED
from tracktwo.room.drafting.exporting import plain
from tracktwo.room.drafting.models import Draft, Proposal
from tracktwo.room.drafting.receiving import Hand
from tracktwo.room.drafting.redlines import Redlined
from tracktwo.room.drafting.requested import UNMARKED
from tracktwo.room.drafting.stored import Whole, whole
from tracktwo.text import drafts as library
from tracktwo.text.marked import Comment, Language, Marked, Paragraph, Row, Run

QUILL, CLOUD, ODD = "Quill Laboratory", "Cloudberry Academy", "J. Doe"


def exported(draft: Draft) -> list[Row]:
    return list(plain(whole(draft)))


def edited(row: Row, of: Language, new: str, author: str, why: str = "") -> Row:
    """A row in which an author changes the words of one language."""
    side = row[of]
    assert side is not None
    redlined = Redlined.of(side)
    assert redlined.change(new, author)
    if why:
        redlined.remark(author, why)
    return replace(row, en=redlined.paragraph) if of == "en" else replace(row, zh=redlined.paragraph)


def file(rows: list[Row], languages: tuple[Language, ...] = ("en", "zh")) -> bytes:
    return written(Marked(tuple(rows), languages, "Draft 1"))


def hidden(said: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', said)
    return {name: html.unescape(value) for name, value in found}


def ticked(said: str) -> dict[str, str]:
    return dict.fromkeys(re.findall(r'name="(take-\w+)" value="yes" checked', said), "yes")


def shown(talks: Talks, draft: Draft, content: bytes, name: str = "quill delegate", language: str = "en") -> Any:
    client = talks.client(name, language=language)
    return client.post(f"/texts/{draft.text_id}/word", {"on": str(draft.number), "file": sent(content)})


def tabled(
    talks: Talks, draft: Draft, said: str, more: dict[str, str] | None = None, name: str = "quill delegate"
) -> Any:
    given = hidden(said) | ticked(said) | {"step": "table"} | (more or {})
    return talks.client(name).post(f"/texts/{draft.text_id}/word", given)


def field(name: str) -> str:
    return Hand(name, None, (), ()).field


def contents() -> list[dict[str, Any]]:
    return sorted(
        (each.content for each in Proposal.objects.all()), key=lambda each: (each["action"], each["en"] or "")
    )


def test_own_changes_are_shown_and_then_tabled(talks: Talks) -> None:
    draft = issued(talks)
    rows, places = exported(draft), ids(draft)
    rows[2] = edited(rows[2], "en", "1. Each Party shall report its tests.", QUILL, "Firm words.")
    rows[2] = edited(rows[2], "zh", "1. 各方应报告其测试。", QUILL, "措辞应当明确。")
    rows[3] = edited(rows[3], "en", "2. Parties may cooperate fully on safety.", "羽笔实验室")
    rows[4] = edited(edited(rows[4], "en", "", QUILL), "zh", "", QUILL)
    new = (
        Paragraph((Run("1bis. New duties.", "insert", QUILL),)),
        Paragraph((Run("1bis. 新义务。", "insert", QUILL),)),
    )
    rows.insert(3, Row(*new))
    answer = shown(talks, draft, file(rows))
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "4 changes on draft 1, in your delegation’s name." in said
    assert "Each Party <del>[</del>shall<del>][should]</del> report" in said
    assert "Firm words." in said
    assert "Whose are these?" not in said
    assert not Proposal.objects.exists()
    done = tabled(talks, draft, said)
    assert (done.status_code, done["Location"]) == (303, f"/texts/{draft.text_id}/proposals")
    add, first, other, gone = contents()
    assert (add["action"], add["en"], add["zh"], add["after"], add["label"]) == (
        "ADD", "New duties.", "新义务。", places[2], "1bis.",
    )  # fmt: skip
    assert (first["provision"], first["en"], first["zh"]) == (
        places[2], "Each Party shall report its tests.", "各方应报告其测试。",
    )  # fmt: skip
    assert first["why"] == {"en": "Firm words.", "zh": "措辞应当明确。"}
    assert (other["en"], other["zh"]) == ("Parties **may** cooperate fully on safety.", None)
    assert (gone["action"], gone["provision"]) == ("SUP", places[4])
    assert {each.organisation_id for each in Proposal.objects.all()} == {talks.organisations["quill"].pk}


def test_changes_of_others_are_asked_about_and_left_out_or_taken(talks: Talks) -> None:
    draft = issued(talks)
    rows = exported(draft)
    rows[2] = edited(rows[2], "en", "1. Each Party shall report its tests.", CLOUD)
    rows[3] = edited(rows[3], "en", "2. Parties may cooperate fully on safety.", ODD, "Add <i>fully</i>")
    rows[4] = edited(rows[4], "en", "3. This is to stay.", QUILL)
    said = shown(talks, draft, file(rows)).content.decode()
    assert "First say whose changes they are." in said
    assert CLOUD in said
    assert ODD in said
    assert "Add &lt;i&gt;fully&lt;/i&gt;" in said
    assert "Table what is ticked" not in said
    early = tabled(talks, draft, said)
    assert early.status_code == 422
    assert "Nothing was tabled yet" in early.content.decode()
    answers = {field(CLOUD): "leave", field(ODD): "ours"}
    unseen = tabled(talks, draft, said, answers)
    assert unseen.status_code == 422
    assert "other changes would be tabled than those you saw" in unseen.content.decode()
    assert not Proposal.objects.exists()
    show = hidden(said) | ticked(said) | answers | {"step": "show"}
    again = talks.client("quill delegate").post(f"/texts/{draft.text_id}/word", show)
    now = again.content.decode()
    assert again.status_code == 200
    assert "Table what is ticked" in now
    assert len(ticked(now)) == 2
    assert tabled(talks, draft, now, answers).status_code == 303
    assert sorted(each["en"] for each in contents()) == [
        "Parties **may** cooperate fully on safety.", "This is to stay.",
    ]  # fmt: skip


def test_nothing_that_is_unticked_is_tabled(talks: Talks) -> None:
    draft = issued(talks)
    rows = exported(draft)
    rows[2] = edited(rows[2], "en", "1. Each Party shall report its tests.", QUILL)
    rows[4] = edited(rows[4], "en", "3. This is to stay.", QUILL)
    said = shown(talks, draft, file(rows)).content.decode()
    one = next(iter(ticked(said)))
    assert tabled(talks, draft, said, {one: "no"}).status_code == 303
    assert Proposal.objects.count() == 1
    said = shown(talks, draft, file(rows)).content.decode()
    none = tabled(talks, draft, said, dict.fromkeys(ticked(said), "no"))
    assert none.status_code == 422
    assert "Choose one change at least" in none.content.decode()
    assert Proposal.objects.count() == 1
    assert "Whose are these?" in shown(talks, draft, file(rows), "lantern head").content.decode()


def test_words_that_differ_without_a_mark_are_asked_about(talks: Talks) -> None:
    draft = issued(talks)
    rows = exported(draft)
    rows[4] = replace(rows[4], en=Paragraph.of("3. This is to stay."))
    said = shown(talks, draft, file(rows)).content.decode()
    assert "Words that differ from draft 1 though no change is marked" in said
    assert "This is to <del>go</del><ins>stay</ins>." in said
    client = talks.client("quill delegate")
    out = client.post(f"/texts/{draft.text_id}/word", hidden(said) | {"hand-unmarked": "leave", "step": "show"})
    assert "asks for nothing on draft 1" in out.content.decode()
    ours = client.post(
        f"/texts/{draft.text_id}/word", hidden(said) | {"hand-unmarked": "ours", "step": "show"}
    ).content.decode()
    assert tabled(talks, draft, ours, {"hand-unmarked": "ours"}).status_code == 303
    assert [each["en"] for each in contents()] == ["This is to stay."]


def test_what_was_tabled_already_is_not_tabled_again(talks: Talks) -> None:
    draft = issued(talks)
    rows = exported(draft)
    rows[2] = edited(rows[2], "en", "1. Each Party shall report its tests.", QUILL)
    tabled(talks, draft, shown(talks, draft, file(rows)).content.decode())
    said = shown(talks, draft, file(rows), "quill head").content.decode()
    assert "your delegation has tabled it already" in said
    assert "asks for nothing on draft 1 that your delegation has not tabled" in said
    mine = talks.client("quill head").get(f"/texts/{draft.text_id}/files/draft-1-proposals.docx").content
    assert "has tabled it already" in shown(talks, draft, mine).content.decode()
    assert Proposal.objects.count() == 1


def test_a_file_in_one_language_and_on_an_older_draft(talks: Talks) -> None:
    first, last = second(talks)
    rows = [Row(zh=each.zh) for each in exported(first)]
    rows[2] = edited(rows[2], "zh", "1. 各方必须报告其测试。", "羽笔实验室")
    said = shown(talks, first, file(rows, ("zh",)), language="zh").content.decode()
    assert "以贵方名义，就第1号草案提出1项修改。" in said
    assert tabled(talks, first, said).status_code == 303
    row = Proposal.objects.get()
    assert (row.draft_id, row.content["zh"], row.content["en"]) == (first.pk, "各方必须报告其测试。", None)
    assert last.number == 2


def test_a_paragraph_that_was_moved_is_a_move(talks: Talks) -> None:
    draft = issued(talks)
    rows, places = exported(draft), ids(draft)
    taken = rows[4]
    assert taken.en
    assert taken.zh
    rows[4] = edited(edited(taken, "en", "", QUILL), "zh", "", QUILL)
    inserted = Row(*(Paragraph((Run(side.before, "insert", QUILL),)) for side in (taken.en, taken.zh)))
    rows.insert(2, inserted)
    said = shown(talks, draft, file(rows)).content.decode()
    assert "Move the provision" in said
    tabled(talks, draft, said)
    (only,) = contents()
    assert (only["action"], only["provision"], only["after"]) == ("MOVE", places[4], places[1])


@pytest.mark.parametrize(
    "what",
    ["macros", "picture elsewhere", "object", "broken", "bomb", "zeros", "cut", "old", "pdf", "no text", "empty"],
)
def test_a_bad_file_is_refused_in_both_languages(talks: Talks, what: str) -> None:
    draft = issued(talks)
    content, _, chinese = bad(file(exported(draft)))[what]
    answer = shown(talks, draft, content, language="zh")
    assert answer.status_code == 422
    said = answer.content.decode()
    assert chinese in said or "不是Word文件" in said
    assert shown(talks, draft, content).status_code == 422
    assert not Proposal.objects.exists()


def test_a_second_step_that_was_tampered_with_is_refused(talks: Talks) -> None:
    draft = issued(talks)
    client = talks.client("quill head")
    for kept in ("", "x", "UEsDBA=="):
        answer = client.post(f"/texts/{draft.text_id}/word", {"kept": kept, "on": "1", "step": "table"})
        assert answer.status_code == 422
    for on in ("", "2", "x", "-1", "１", "9" * 50):
        answer = client.post(f"/texts/{draft.text_id}/word", {"kept": "x", "on": on})
        assert answer.status_code == 404
    assert client.post(f"/texts/{draft.text_id}/word", {"on": "1"}).status_code == 422
    assert client.post(f"/texts/{draft.text_id}/word", {"on": "7", "file": sent(b"x")}).status_code == 422


@pytest.mark.parametrize(
    "name", ["quill expert", "quill linguist", "quill counsel", "mediator", "chair", "observer", "liaison"]
)
def test_nobody_proposes_who_may_not(talks: Talks, name: str) -> None:
    draft = issued(talks)
    client = talks.client(name)
    nowhere = client.get("/no-such-place").content
    assert client.get(f"/texts/{draft.text_id}/word").content == nowhere
    assert shown(talks, draft, file(exported(draft)), name).content == nowhere


def test_nothing_is_proposed_from_word_in_another_mode_or_before_a_draft(talks: Talks) -> None:
    other = issued(talks, begun_text(talks, "one-text"))
    client = talks.client("quill head")
    answer = client.get(f"/texts/{other.text_id}/word")
    assert answer.status_code == 409
    assert "bracketed text is issued" in answer.content.decode()
    assert client.get(f"/texts/{issued(talks).text_id}/word").status_code == 200


def test_what_a_form_keeps_holds_words_and_changes_and_nothing_else(talks: Talks) -> None:
    draft = issued(talks)
    rows = exported(draft)
    rows[2] = edited(rows[2], "en", "1. Each Party shall report its tests.", QUILL, "Why.")
    found = receiving.opened(file(rows))
    assert isinstance(found, Marked)
    kept = receiving.kept(found)
    assert receiving.again(kept) == found
    assert len(kept) < PASTED


def test_an_insertion_that_another_withdraws_is_asked_about_with_both_names() -> None:
    withdrawn = Run("fully ", "insert", QUILL, withdrawn=CLOUD)
    found = Marked((Row(en=Paragraph((Run("2. Parties may "), withdrawn, Run("cooperate.")))),), ("en",))
    assert {each.name for each in receiving.hands(found, {})} == {QUILL, CLOUD}
    base = Whole(library.Draft.first("2. Parties may cooperate."), {})
    assert [each.en for each in requested.asked(found, base, {QUILL})] == ["Parties may fully cooperate."]
    assert requested.asked(found, base, {QUILL, CLOUD}) == []
    assert requested.asked(found, base, {CLOUD}) == []


def test_changes_to_be_left_out_that_touch_the_same_words_are_told() -> None:
    base = Whole(library.Draft.first("1. Parties may cooperate."), {})
    found = Marked((Row(en=Paragraph((Run("1. Parties "), Run("must", "delete", QUILL), Run("shall", "insert", QUILL),
                                      Run(" cooperate.")))),), ("en",))  # fmt: skip
    assert requested.unmarked(found, base)
    (change,) = requested.asked(found, base, {QUILL})
    assert change.mixed
    (change,) = requested.asked(found, base, {QUILL, UNMARKED})
    assert (change.en, change.mixed) == ("Parties shall cooperate.", False)


def test_a_comment_without_a_change_is_shown_and_proposes_nothing(talks: Talks) -> None:
    draft = issued(talks)
    rows = exported(draft)
    side = rows[2].en
    assert side is not None
    noted = (replace(side.runs[0], comments=(Comment(ODD, "We doubt it."),)), *side.runs[1:])
    rows[2] = replace(rows[2], en=replace(side, runs=noted))
    said = shown(talks, draft, file(rows)).content.decode()
    assert "We doubt it." in said
    assert ODD in said


def test_both_languages_come_back_whatever_the_order_of_columns() -> None:
    base = Whole(library.Draft.first(EN, ZH), {})
    for languages in (("en", "zh"), ("zh", "en")):
        found = receiving.opened(written(Marked(plain(base), languages, "x")))  # type: ignore[arg-type]
        assert isinstance(found, Marked)
        assert requested.asked(found, base, {UNMARKED}) == []
        assert requested.unmarked(found, base) == ()
        assert receiving.texts(found, base, set()) == {"en": EN, "zh": ZH}


def test_a_packed_file_is_not_kept_as_it_came(talks: Talks) -> None:
    draft = issued(talks)
    stream = io.BytesIO(file(exported(draft)))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("docProps/core.xml", "<secret-person/>")
    said = shown(talks, draft, stream.getvalue()).content.decode()
    kept = receiving.base64.b64decode(hidden(said)["kept"])
    assert b"secret-person" not in kept
    assert b"docProps" not in kept
