"""The leak plan: lines in both languages, agreements that hold for the words that were read, and the freeze."""

from __future__ import annotations

from typing import Any

import pytest
from room.talks import Talks, begun

from tracktwo.room.access import Absent, Refused, require_thawed
from tracktwo.room.disclosure import plan_acts as acts
from tracktwo.room.disclosure.models import HoldingLine
from tracktwo.room.people.models import Process

WORDS = {
    "occasion": {"en": "A newspaper asks whether talks take place", "zh": "报社询问对话是否存在"},
    "line": {"en": "We do not comment on meetings.", "zh": "我们不就会议置评。"},
    "speaker": {"en": "The mediator's office", "zh": "调解人办公室"},
}
FORM = {f"{name}_{lang}": text for name, both in WORDS.items() for lang, text in both.items()}
IN_THE_ROOM = {
    "mediator", "chair", "secretariat",
    *(f"{key} {role}" for key in ("quill", "lantern", "cloudberry", "sandglass")
      for role in ("head", "alternate", "delegate", "expert", "counsel", "linguist")),
}  # fmt: skip
FREEZING = {"mediator", "chair", *(name for name in IN_THE_ROOM if name.endswith((" head", " alternate")))}


def planned(talks: Talks, **more: Any) -> HoldingLine:
    return acts.write(talks.viewer("mediator"), WORDS | more)


def frozen(talks: Talks) -> bool:
    return bool(Process.objects.get(pk=talks.process.pk).frozen)


def test_those_in_the_room_read_the_plan_and_nobody_else(talks: Talks) -> None:
    planned(talks)
    pages = {name: talks.client(name).get("/plan") for name in talks.seats}
    assert {name for name, page in pages.items() if page.status_code == 200} == IN_THE_ROOM
    assert all("我们不就会议置评。".encode() in pages[name].content for name in IN_THE_ROOM)


def test_the_mediator_writes_a_line_in_both_languages(talks: Talks) -> None:
    assert talks.client("mediator").post("/plan/lines/new", FORM).status_code == 303
    assert HoldingLine.objects.get().line == WORDS["line"]


@pytest.mark.parametrize("missing", sorted(FORM))
def test_a_line_in_one_language_alone_comes_back(talks: Talks, missing: str) -> None:
    answer = talks.client("mediator").post("/plan/lines/new", FORM | {missing: ""})
    assert (answer.status_code, HoldingLine.objects.count()) == (422, 0)
    assert all(text in answer.content.decode().replace("&#x27;", "'") for name, text in FORM.items() if name != missing)


@pytest.mark.parametrize("wrong", [{"line_en": "x" * 1001}, {"line_zh": "\u202e"}, {"speaker_en": "a\nb"}])
def test_a_line_with_hidden_or_too_many_characters_comes_back(talks: Talks, wrong: dict[str, str]) -> None:
    answer = talks.client("mediator").post("/plan/lines/new", FORM | wrong)
    assert (answer.status_code, HoldingLine.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["chair", "secretariat", "quill head", "quill counsel", "liaison"])
def test_nobody_else_writes(talks: Talks, name: str) -> None:
    line, client = planned(talks), talks.client(name)
    for place in ("/plan/lines/new", f"/plan/lines/{line.id}", f"/plan/lines/{line.id}/remove"):
        assert client.post(place, FORM | {"line_en": "Changed."}).status_code == 404
    assert HoldingLine.objects.get().line == WORDS["line"]


def test_the_mediator_of_other_talks_finds_no_line_here(talks: Talks) -> None:
    line, client = planned(talks), begun("Other").client("mediator")
    assert client.get(f"/plan/lines/{line.id}").status_code == 404
    assert client.post(f"/plan/lines/{line.id}/remove").status_code == 404


def agree(talks: Talks, name: str, line: HoldingLine, seen: str | None = None) -> Any:
    return talks.client(name).post(f"/plan/lines/{line.id}/agree", {"seen": seen or acts.digest(line)})


def test_heads_and_alternates_agree_and_all_in_the_room_see_which_delegations_did(talks: Talks) -> None:
    line = planned(talks)
    assert b"nobody so far" in talks.client("quill delegate").get("/plan").content
    for name in ("quill head", "cloudberry alternate"):
        assert agree(talks, name, line).status_code == 303
    page = talks.client("sandglass delegate").get("/plan").content.decode()
    assert "Quill Laboratory · Cloudberry Academy" in page
    assert "Lantern School" not in page


@pytest.mark.parametrize("name", ["mediator", "chair", "quill delegate", "quill counsel", "observer"])
def test_nobody_else_agrees(talks: Talks, name: str) -> None:
    line = planned(talks)
    assert agree(talks, name, line).status_code == 404
    assert HoldingLine.objects.get().agreed == {"by": []}


def test_a_changed_line_is_agreed_to_anew(talks: Talks) -> None:
    line = planned(talks)
    agree(talks, "quill head", line)
    client = talks.client("mediator")
    client.post(f"/plan/lines/{line.id}", FORM)
    assert HoldingLine.objects.get().agreed["by"] == [str(talks.organisations["quill"].id)]
    client.post(f"/plan/lines/{line.id}", FORM | {"line_en": "No comment."})
    assert HoldingLine.objects.get().agreed == {"by": []}


@pytest.mark.parametrize("seen", ["old", "0" * 64, "x" * 65])
def test_an_agreement_is_to_the_words_that_were_read(talks: Talks, seen: str) -> None:
    line = planned(talks)
    assert agree(talks, "quill head", line, seen).status_code == 409
    assert HoldingLine.objects.get().agreed == {"by": []}


def test_an_agreement_can_be_taken_back(talks: Talks) -> None:
    line = planned(talks)
    agree(talks, "quill head", line)
    assert talks.client("quill alternate").post(f"/plan/lines/{line.id}/take-back").status_code == 303
    assert HoldingLine.objects.get().agreed == {"by": []}


def test_the_press_line_of_the_rules_is_there(talks: Talks) -> None:
    talks.process.rules = talks.process.rules | {"press_line": {"en": "Talks help.", "zh": "对话有益。"}}
    talks.process.save()
    assert "对话有益。" in talks.client("quill head").get("/plan").content.decode()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_says_exactly_what_stops(talks: Talks, language: str) -> None:
    page = talks.client("quill head", language=language).get("/plan/freeze").content.decode()
    english = (
        "put to the room",
        "No voting is opened or closed",
        "No new results",
        "beyond the table",
        "No links for it",
        "conveys no",
    )
    chinese = ("提交全体", "不再开启或结束表态", "新的结果", "停止向与会方以外征求意见", "不再为其生成链接", "不再转达")
    assert [each for each in {"en": english, "zh": chinese}[language] if each not in page] == []


def test_who_may_freezes_alone(talks: Talks) -> None:
    for name in talks.seats:
        Process.objects.update(frozen=False)
        answer = talks.client(name).post("/plan/freeze")
        assert (name, answer.status_code, frozen(talks)) == (
            (name, 303, True) if name in FREEZING else (name, 404, False)
        )


def test_a_freeze_is_said_on_every_page_and_only_the_mediator_ends_it(talks: Talks) -> None:
    talks.client("quill head").post("/plan/freeze")
    for name in ("mediator", "cloudberry delegate"):
        assert b"All releases are frozen." in talks.client(name).get("/plan").content
    for name in sorted(talks.seats.keys() - {"mediator"}):
        assert talks.client(name).post("/plan/thaw").status_code == 404
    assert frozen(talks)
    assert talks.client("mediator").post("/plan/thaw").status_code == 303
    assert not frozen(talks)


def test_a_freeze_begun_or_ended_twice_is_said(talks: Talks) -> None:
    mediator = talks.viewer("mediator")
    with pytest.raises(Refused):
        acts.thaw(mediator)
    acts.freeze(mediator)
    with pytest.raises(Refused):
        acts.freeze(talks.viewer("quill head"))


def test_a_freeze_stops_its_own_talks_alone(talks: Talks) -> None:
    other = begun("Other")
    acts.freeze(talks.viewer("chair"))
    require_thawed(other.viewer("mediator"))
    with pytest.raises(Refused):
        require_thawed(talks.viewer("mediator"))


def test_what_was_read_at_the_start_of_a_request_does_not_decide(talks: Talks) -> None:
    early = talks.viewer("mediator")
    acts.freeze(talks.viewer("chair"))
    with pytest.raises(Refused):
        require_thawed(early)


def test_the_acts_find_nothing_for_those_without_the_right(talks: Talks) -> None:
    for act in (acts.freeze, acts.thaw):
        with pytest.raises(Absent):
            act(talks.viewer("quill delegate"))
