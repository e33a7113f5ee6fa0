"""Drafts that are taken away as files: which, by whom, what is in them, and what is not."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import Any

import pytest
from room.talks import Talks
from room.texts_laid import EN, ZH, begun_text, ids, issued, laid, second

from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.proposing import Given, propose, withdraw
from tracktwo.room.people.models import Process
from tracktwo.text import akoma, word

ALL = [".docx", "-en.docx", "-zh.docx", "-proposals.docx", ".pdf", "-en.pdf", "-zh.pdf", "-en.md", "-zh.md", "-en.xml",
       "-zh.xml"]  # fmt: skip


def taken(talks: Talks, draft: Any, ending: str, name: str = "quill head", language: str = "en") -> Any:
    return talks.client(name, language=language).get(f"/texts/{draft.text_id}/files/draft-{draft.number}{ending}")


@pytest.mark.parametrize("ending", ALL)
def test_every_file_is_named_by_its_number_alone_and_kept_nowhere(talks: Talks, ending: str) -> None:
    draft = issued(talks)
    answer = taken(talks, draft, ending)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="draft-1{ending}"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    held = answer.content
    if held.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(held)) as archive:
            held = b"".join(archive.read(each) for each in archive.namelist())
    for secret in ("Talks on frontier systems", "Quill", "Frontier text", "quill head"):
        assert secret.encode() not in held or ending.endswith(".xml"), secret
    assert b"Talks on frontier systems" not in held


def test_the_page_of_files_names_each(talks: Talks) -> None:
    draft = issued(talks)
    said = talks.client("quill linguist", language="zh").get(f"/texts/{draft.text_id}/files").content.decode()
    assert re.findall(r"/files/(draft-1[\w.-]+)\"", said) == [f"draft-1{each}" for each in ALL]
    assert "两种语言并列" in said


def test_the_markdown_is_the_file_whose_sum_stands_in_the_ledger(talks: Talks) -> None:
    draft = issued(talks)
    for of in ("en", "zh"):
        content = taken(talks, draft, f"-{of}.md").content
        assert hashlib.sha256(content).hexdigest() == draft.ledger["files"][of]


@pytest.mark.parametrize("name", ["observer", "liaison", "briefed", "auditor", "operator"])
def test_who_may_not_take_files_finds_nothing(talks: Talks, name: str) -> None:
    draft = issued(talks)
    client = talks.client(name)
    nowhere = client.get("/no-such-place").content
    assert client.get(f"/texts/{draft.text_id}/files").content == nowhere
    for ending in ALL:
        assert taken(talks, draft, ending, name).content == nowhere


@pytest.mark.parametrize(
    "name",
    ["draft-2.docx", "draft-0.docx", "draft-01.docx", "draft-1.exe", "draft-1", "draft--1.docx", "draft-1.docx.docx",
     "x.docx", "draft-99999999999.docx", "draft-1-fr.docx", "draft-1%00.docx", "%2e%2e", "draft-１.docx"],
)  # fmt: skip
def test_a_name_that_is_no_file_is_not_there(talks: Talks, name: str) -> None:
    draft = issued(talks)
    client = talks.client("quill head")
    assert client.get(f"/texts/{draft.text_id}/files/{name}").content == client.get("/no-such-place").content


def test_the_working_draft_is_no_file_not_even_for_who_drafts(talks: Talks) -> None:
    first = issued(talks)
    issuing.consolidate(talks.viewer("mediator"), first.text_id)
    client = talks.client("mediator")
    assert client.get(f"/texts/{first.text_id}/files/draft-2.docx").status_code == 404


def test_nothing_is_taken_while_all_releases_are_frozen(talks: Talks) -> None:
    draft = issued(talks)
    Process.objects.update(frozen=True)
    for ending in ALL:
        answer = taken(talks, draft, ending)
        assert answer.status_code == 409
        assert "All releases are frozen" in answer.content.decode()
    assert "一切信息发布均已冻结" in taken(talks, draft, ".pdf", language="zh").content.decode()


def test_word_shows_both_languages_the_readers_left(talks: Talks) -> None:
    draft = issued(talks)
    left = {language: word.read(taken(talks, draft, ".docx", language=language).content, authors=())
            for language in ("en", "zh")}  # fmt: skip
    assert left["en"].document.languages == ("en", "zh")
    assert left["zh"].document.languages == ("zh", "en")
    rows = left["en"].document.rows
    assert [each.en.after for each in rows if each.en][2] == "1. Each Party [shall][should] report its tests."
    assert [each.zh.after for each in rows if each.zh][2] == "1. 各方[应][宜]报告其测试。"
    assert left["en"].document.title == "Draft 1 · 第1号草案"


def test_open_proposals_are_tracked_changes_by_delegation(talks: Talks) -> None:
    draft = issued(talks)
    places = ids(draft)
    quill, cloudberry = talks.viewer("quill head"), talks.viewer("cloudberry delegate")
    on = (draft.text_id, 1)
    propose(quill, *on, Given("MOD", places[2], "Each Party shall report its tests.", "各方应报告其测试。",
                              why={"en": "Firm words.", "zh": "措辞明确。"}))  # fmt: skip
    propose(cloudberry, *on, Given("MOD", places[2], "Each Party should report its tests."))
    propose(cloudberry, *on, Given("SUP", places[4]))
    propose(cloudberry, *on, Given("ADD", None, "A new one.", "新的一条。", places[2], "1bis."))
    propose(quill, *on, Given("NOC", places[3]))
    propose(quill, *on, Given("MOVE", places[3], after=places[1]))
    gone = propose(quill, *on, Given("MOD", places[1], "*Recalling* nothing,"))
    withdraw(quill, draft.text_id, gone.pk)
    read = word.read(taken(talks, draft, "-proposals.docx").content, authors=())
    assert set(read.unknown) == {"Quill Laboratory", "Cloudberry Academy"}
    rows = read.document.rows
    assert rows[2].en.before == "1. Each Party [shall][should] report its tests."
    assert rows[2].en.after == "1. Each Party should report its tests."
    assert rows[2].zh.after == "1. 各方应报告其测试。"
    remarks = {(each.author, each.text) for row in rows for side in (row.en, row.zh) if side
               for run in side.runs for each in run.comments}  # fmt: skip
    assert ("Quill Laboratory", "措辞明确。") in remarks
    assert ("Quill Laboratory", "Proposes: “1. Each Party shall report its tests.” Firm words.") in remarks
    assert ("Quill Laboratory", "Asks for no change.") in remarks
    assert ("Quill Laboratory", "Proposes to move it after “Recalling the talks,”.") in {
        (author, text.replace("*", "")) for author, text in remarks
    }
    assert rows[3].en.before == ""
    assert rows[3].en.after == "1bis. A new one."
    assert rows[5].en.before == "3. This is to go."
    assert rows[5].en.after == ""
    assert "nothing" not in "".join(run.text for row in rows if row.en for run in row.en.runs)


def test_proposals_are_in_no_file_of_another_mode(talks: Talks) -> None:
    draft = issued(talks, begun_text(talks, "one-text"))
    assert "proposals.docx" not in talks.client("quill head").get(f"/texts/{draft.text_id}/files").content.decode()
    assert taken(talks, draft, "-proposals.docx").status_code == 404


def test_a_character_that_no_font_has_stops_the_pdf_and_is_named(talks: Talks) -> None:
    draft = issued(talks, en=EN.replace("tests", "tests \U00013000"))
    answer = taken(talks, draft, ".pdf")
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "U+13000" in said
    assert "in the English of paragraph 3" in said
    chinese = taken(talks, draft, ".pdf", language="zh").content.decode()
    assert "字体中没有字符“\U00013000”（U+13000），位于第3段英文" in chinese
    assert taken(talks, draft, "-zh.pdf").status_code == 200
    assert taken(talks, draft, ".docx").status_code == 200


def test_a_draft_in_one_language_has_no_file_in_the_other(talks: Talks) -> None:
    text = begun_text(talks)
    laid(talks, text, zh=None)
    issuing.ask_waiver(talks.viewer("mediator"), text.pk)
    for each in talks.organisations:
        if each not in ("supporter", "briefed"):
            issuing.waive(talks.viewer(f"{each} head"), text.pk)
    draft = issuing.issue(talks.viewer("mediator"), text.pk)
    assert taken(talks, draft, "-zh.docx").status_code == 404
    assert taken(talks, draft, "-zh.md").status_code == 404
    for ending in (".docx", "-en.docx", ".pdf", "-en.xml", "-en.md"):
        assert taken(talks, draft, ending).status_code == 200


def test_akoma_ntoso_names_provisions_by_their_lasting_ids(talks: Talks) -> None:
    _, draft = second(talks)
    read = akoma.read(taken(talks, draft, "-zh.xml").content)
    assert read.number == 2
    assert set(read.provisions.values()) <= set(ids(draft))
    assert len(read.provisions) == 5
    assert read.document.render() == draft_text(draft, "zh")


def draft_text(draft: Any, of: Any) -> str:
    from tracktwo.room.drafting.stored import whole

    return whole(draft).draft.text(of)


def test_older_drafts_are_taken_by_their_number(talks: Talks) -> None:
    first, last = second(talks)
    client = talks.client("quill head")
    assert "draft-2.docx" in client.get(f"/texts/{last.text_id}/files").content.decode()
    assert "draft-1.docx" in client.get(f"/texts/{last.text_id}/files?draft=1").content.decode()
    assert client.get(f"/texts/{last.text_id}/files?draft=3").status_code == 404
    assert client.get(f"/texts/{last.text_id}/files?draft=working").status_code == 404
    assert taken(talks, first, "-zh.md").content.decode() == ZH.replace("\n\n3. 此条将删。\n", "\n\n3. 此条将删。\n\n")
