"""The home page: where we stand, and what is wanted of whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from room.talks import Talks

from tracktwo.room.concerns.models import Concern, Sounding, Statement, Theme
from tracktwo.room.disclosure.models import Confidence, HoldingLine
from tracktwo.room.people import standing_acts
from tracktwo.room.people.models import Invited, Meeting, Round
from tracktwo.room.people.views.home import OUTSIDE
from tracktwo.room.people.wanted import awaited, wanted

BODY = {"en": "A risk", "zh": "一项风险", "original": "en", "translation": "reviewed"}


def concern(talks: Talks, **more: Any) -> Concern:
    theme = Theme.objects.filter(process=talks.process).first() or Theme.objects.create(
        process=talks.process, name={"en": "Misinformation", "zh": "错误信息"}
    )
    given = {"process": talks.process, "theme": theme, "scope": "room", "body": BODY, "evidence": [], "outcomes": []}
    return Concern.objects.create(**given | more)


def voting(talks: Talks, state: str = "open") -> Sounding:
    sounding = Sounding.objects.create(process=talks.process, title={"en": "First", "zh": ""}, state=state)
    for number in range(3):
        Statement.objects.create(sounding=sounding, number=number, body=BODY)
    return sounding


def meeting(talks: Talks, *names: str, **more: Any) -> Meeting:
    row = Meeting.objects.create(
        **{"round": Round.objects.get(process=talks.process), "format": "plenary", "title": {"en": "Plenary", "zh": ""},
           "day": timezone.localdate() + timedelta(1), "agenda": {"items": [{"en": "One", "zh": ""}], "cleared": []},
           "actions": {"items": []}, **more}
    )  # fmt: skip
    for name in names:
        Invited.objects.create(meeting=row, seat=talks.seats[name])
    return row


def asked(talks: Talks, name: str) -> list[str]:
    return [wish.words.said("en") for wish in wanted(talks.viewer(name))]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_eight_steps_stand_in_one_line_of_which_four_are_built(talks: Talks, language: str) -> None:
    page = talks.client("quill head", language=language).get("/").content.decode()
    for words in (
        ("Convene", "Concerns", "Common ground", "One text", "Agreement", "Disclosure", "Standard", "Tests")
        if (language == "en")
        else ("召集", "关切", "共同点", "单一案文", "达成一致", "披露", "标准", "测试")
    ):
        assert words in page
    steps = page.split('class="steps"')[1].split("</ol>")[0]
    assert steps.count("<a ") == 4
    assert steps.count("<li") == 8
    assert ("being convened" if language == "en" else "正在召集") in page


def test_the_sentence_follows_the_talks(talks: Talks) -> None:
    client = talks.client("quill delegate")
    concern(talks)
    concern(talks, withdrawn=True)
    assert "1 concern is before the room" in client.get("/").content.decode()
    sounding = voting(talks)
    assert "The room is voting; 3 statements" in client.get("/").content.decode()
    sounding.state = "closed"
    sounding.save()
    assert "Voting is closed" in client.get("/").content.decode()


def test_counts_are_of_what_the_seat_may_see_alone(talks: Talks) -> None:
    client = talks.client("sandglass delegate")
    before = client.get("/").content
    concern(talks, scope="delegation", organisation=talks.organisations["quill"])
    concern(talks, scope="mediator", seat=talks.seats["quill head"])
    voting(talks, "draft")
    meeting(talks, "quill head")
    Confidence.objects.create(process=talks.process, author=talks.seats["quill head"], instruction="test",
                              body={"text": "x"}, given_on=timezone.localdate())  # fmt: skip
    assert client.get("/").content == before


def test_at_most_three_things_wait_for_a_seat(talks: Talks) -> None:
    voting(talks)
    for _ in range(4):
        meeting(talks, "quill head", day=timezone.localdate())
    assert len(wanted(talks.viewer("quill head"))) == 3


def test_statements_wait_for_who_may_vote(talks: Talks) -> None:
    voting(talks)
    assert asked(talks, "quill delegate") == ["3 statements wait for your vote"]
    assert talks.client("quill delegate").get("/").content.decode().count("3 statements wait for your vote") == 1
    assert asked(talks, "observer") == []


def test_each_role_is_asked_for_what_is_its_own(talks: Talks) -> None:
    concern(talks, body=BODY | {"zh": "", "translation": "needed"})
    HoldingLine.objects.create(process=talks.process, occasion=BODY, line=BODY, speaker=BODY, agreed={"by": []})
    Confidence.objects.create(process=talks.process, author=talks.seats["quill head"], instruction="test",
                              body={"text": "x"}, given_on=timezone.localdate())  # fmt: skip
    meeting(talks, "quill counsel", "quill linguist")
    assert asked(talks, "quill head") == ["1 holding line waits for your agreement"]
    assert asked(talks, "quill linguist") == ["1 text waits to be translated or reviewed", "Next meeting: Plenary"]
    assert asked(talks, "quill counsel") == ["An agenda waits to be cleared: Plenary", "Next meeting: Plenary"]
    assert asked(talks, "mediator") == ["1 confidence has not been used yet", "Next meeting: Plenary"]
    assert asked(talks, "quill expert") == []


def test_who_undertook_something_is_reminded(talks: Talks) -> None:
    task = {"en": "Collect", "zh": "", "owner": str(talks.organisations["quill"].id), "due": None, "done": False}
    meeting(talks, "quill expert", "sandglass expert", actions={"items": [task, task | {"done": True}]})
    assert asked(talks, "quill expert")[0] == "1 thing to be done after Plenary"
    assert asked(talks, "sandglass expert") == ["Next meeting: Plenary"]


def test_the_mediator_sees_what_waits_for_whom_and_of_votes_a_count(talks: Talks) -> None:
    voting(talks)
    meeting(talks, "quill counsel", "sandglass head")
    HoldingLine.objects.create(process=talks.process, occasion=BODY, line=BODY, speaker=BODY, agreed={"by": []})
    wishes = awaited(talks.viewer("mediator"))
    assert all(wish.whose is not None for wish in wishes)
    voters = [wish for wish in wishes if wish.whose and wish.whose.en == "voters"]
    assert [wish.words.said("en") for wish in voters] == ["16 of 16 have statements left to vote on"]
    assert sum(wish.href == "/plan" for wish in wishes) == 4
    assert awaited(talks.viewer("secretariat")) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(OUTSIDE))
def test_seats_outside_the_table_have_a_short_honest_home(talks: Talks, name: str, language: Any) -> None:
    response = talks.client(name, language=language).get("/")
    page = response.content.decode()
    assert response.status_code == 200
    for words in OUTSIDE[name]:
        assert words.said(language) in page
    assert "steps" not in page
    assert "frontier systems" not in page


def test_who_is_outside_reads_the_same_bytes_whatever_happens_in_the_room(talks: Talks) -> None:
    clients = [talks.client(name) for name in OUTSIDE]
    before = [client.get("/").content for client in clients]
    concern(talks)
    voting(talks)
    meeting(talks, "quill head")
    assert [client.get("/").content for client in clients] == before


def test_a_suspended_delegation_is_told_so_and_no_more(talks: Talks) -> None:
    standing_acts.suspend(talks.viewer("mediator"), talks.organisations["quill"].id)
    page = talks.client("quill head").get("/").content.decode()
    assert "is suspended" in page
    assert "steps" not in page
    standing_acts.withdraw(talks.viewer("mediator"), talks.organisations["quill"].id)
    assert "贵方已退出" in talks.client("quill head", language="zh").get("/").content.decode()


def test_a_name_with_markup_or_braces_is_shown_as_it_was_typed(talks: Talks) -> None:
    meeting(talks, "quill head", title={"en": "<b>{0} {x}</b>", "zh": ""}, day=timezone.localdate())
    page = talks.client("quill head").get("/").content.decode()
    assert "Today: &lt;b&gt;{0} {x}&lt;/b&gt;" in page


def test_who_is_not_signed_in_is_asked_to_sign_in() -> None:
    from django.test import Client

    assert Client().get("/").status_code == 303
