"""Rounds and meetings: who plans them, who sees them, and what counsel may do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from room.talks import Talks

from tracktwo.room.access import Absent, Refused, visible
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.people import meeting_acts, stops
from tracktwo.room.people.models import Invited, Meeting, Paper, Round

SOON = timezone.localdate() + timedelta(3)
BEFORE = timezone.localdate() - timedelta(3)
ITEMS = [{"en": "Opening", "zh": "开幕"}, {"en": "Incidents", "zh": "事故"}]


@pytest.fixture
def days(talks: Talks) -> Round:
    """The first round, around today."""
    found = Round.objects.get(process=talks.process)
    found.begins, found.ends = BEFORE, SOON
    found.save()
    return found


def held(days: Round, *seats: Any, **more: Any) -> Meeting:
    meeting = Meeting.objects.create(
        **{"round": days, "format": "caucus", "title": {"en": "Alder caucus", "zh": "桤木磋商"}, "day": SOON,
           "agenda": {"items": ITEMS, "cleared": []}, "actions": {"items": []}, **more}
    )  # fmt: skip
    for seat in seats:
        Invited.objects.create(meeting=meeting, seat=seat)
    return meeting


def form(days: Round, **more: Any) -> dict[str, Any]:
    return {"round": str(days.id), "format": "plenary", "title_en": "Opening plenary", "title_zh": "开幕全会",
            "day": SOON.isoformat(), "hour": "09:30", **more}  # fmt: skip


def test_a_meeting_is_planned_with_agenda_list_papers_and_what_follows(talks: Talks, days: Round) -> None:
    client = talks.client("secretariat")
    path = client.post("/meetings/new", form(days))["Location"]
    meeting = Meeting.objects.get()
    assert path == f"/meetings/{meeting.id}"
    agenda = {"item-rows": "3", "item-0-text_en": "Opening", "item-0-text_zh": "开幕", "item-1-text_en": "",
              "item-2-text_zh": "其他事项"}  # fmt: skip
    assert client.post(f"{path}/agenda", agenda).status_code == 303
    whole, alone = talks.organisations["quill"], talks.seats["sandglass head"]
    lists = {"organisations": [str(whole.id)], "seats": [str(alone.id), str(talks.seats["observer"].id)]}
    assert client.post(f"{path}/list", lists).status_code == 303
    paper = {"title_en": "Reporting", "title_zh": "", "body_en": "", "body_zh": "通报办法"}
    assert client.post(f"{path}/papers/new", paper).status_code == 303
    action = {"action-rows": "1", "action-0-text_en": "Collect definitions", "action-0-owner": str(whole.id),
              "action-0-due": "2026-12-01"}  # fmt: skip
    assert client.post(f"{path}/actions", action).status_code == 303
    meeting.refresh_from_db()
    assert meeting.agenda["items"] == [{"en": "Opening", "zh": "开幕"}, {"en": "", "zh": "其他事项"}]
    assert meeting.invited.count() == 8
    assert StagedLeaf.objects.count() == 5
    for name, language in (("quill head", "en"), ("sandglass head", "zh"), ("observer", "en")):
        page = talks.client(name, language=language).get(path).content.decode()
        for words in ("其他事项", "Quill" if language == "en" else "羽笔", "Collect definitions",
                      "May notes be taken?" if language == "en" else "可否记录？"):  # fmt: skip
            assert words in page
        assert "/agenda" not in page
    paper_path = f"{path}/papers/{Paper.objects.get().id}"
    assert "通报办法" in talks.client("observer").get(paper_path).content.decode()
    assert talks.client("sandglass delegate").get(paper_path).status_code == 404


def test_a_caucus_is_absent_for_the_other_side(talks: Talks, days: Round) -> None:
    meeting = held(days, talks.seats["quill head"], talks.seats["lantern head"])
    for name in ("sandglass head", "quill delegate", "chair", "observer", "liaison"):
        client = talks.client(name)
        response = client.get(f"/meetings/{meeting.id}")
        assert (response.status_code, response.content) == (404, client.get("/no-such-place").content)
        assert "Alder caucus" not in client.get("/meetings").content.decode()
    assert "Alder caucus" in talks.client("quill head").get("/meetings").content.decode()


def test_who_is_not_invited_reads_the_same_bytes_with_and_without_the_meeting(talks: Talks, days: Round) -> None:
    pages = ("/meetings", "/", "/people")
    for name in ("sandglass head", "observer", "sandglass counsel"):
        client = talks.client(name)
        before = [client.get(page).content for page in pages]
        meeting = held(days, talks.seats["quill head"])
        assert [client.get(page).content for page in pages] == before
        meeting.delete()


@pytest.mark.parametrize("name", ["quill head", "quill counsel", "chair", "observer", "liaison", "operator"])
def test_only_the_mediator_and_the_secretariat_plan_meetings(talks: Talks, days: Round, name: str) -> None:
    meeting = held(days, talks.seats["quill head"], talks.seats["quill counsel"])
    client = talks.client(name)
    nothing = client.get("/no-such-place").content
    of_meeting = [f"{meeting.id}/{each}" for each in ("edit", "agenda", "list", "actions", "papers/new")]
    for path in ("new", "rounds/new", f"rounds/{days.id}", f"rounds/{days.id}/close", *of_meeting):
        for response in (client.get(f"/meetings/{path}"), client.post(f"/meetings/{path}", form(days))):
            assert (response.status_code, response.content) == (404, nothing)
    assert StagedLeaf.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title_en": "", "title_zh": ""}, "required"),
        ({"title_en": "x" * 201}, "error"),
        ({"title_en": "a\u202eb"}, "U+202E"),
        ({"format": "duel"}, "not one of the available choices"),
        ({"round": "x"}, "not one of the available choices"),
        ({"day": "tomorrow"}, "2026-03-31"),
        ({"day": "2031-01-01"}, "outside the round"),
        ({"hour": "25:00"}, "14:30"),
        ({"offline": "on"}, "has not come yet"),
    ],
)
def test_a_meeting_with_something_wrong_is_not_entered(
    talks: Talks, days: Round, wrong: dict[str, str], said: str
) -> None:
    response = talks.client("mediator").post("/meetings/new", form(days) | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "开幕全会" in response.content.decode() or "title_zh" in wrong
    assert Meeting.objects.count() == 0


def test_a_meeting_held_without_the_room_is_entered_later_and_marked_so(talks: Talks, days: Round) -> None:
    client = talks.client("mediator")
    meeting_acts.close_round(talks.viewer("mediator"), days.id)
    assert client.post("/meetings/new", form(days)).status_code == 422
    path = client.post("/meetings/new", form(days, day=BEFORE.isoformat(), offline="on"))["Location"]
    assert "held without the room" in client.get(path).content.decode()
    assert "事后补录" in talks.client("mediator", language="zh").get("/meetings").content.decode()


def test_one_round_is_open_at_a_time(talks: Talks, days: Round) -> None:
    mediator = talks.viewer("mediator")
    given = {"number": 2, "title": {"en": "Second", "zh": ""}, "place": {"en": "", "zh": ""},
             "begins": date(2027, 1, 1), "ends": date(2027, 1, 2)}  # fmt: skip
    second = meeting_acts.save_round(mediator, given)
    with pytest.raises(Refused):
        meeting_acts.open_round(mediator, second.id)
    client = talks.client("mediator")
    assert client.post(f"/meetings/rounds/{days.id}/close").status_code == 303
    assert client.post(f"/meetings/rounds/{second.id}/open").status_code == 303
    for again in (meeting_acts.open_round, meeting_acts.close_round):
        with pytest.raises(Refused):
            again(mediator, days.id)
    with pytest.raises(ValidationError):
        meeting_acts.save_round(mediator, given)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": "1"}, "Another round has this number"),
        ({"number": "0"}, "greater than or equal to 1"),
        ({"number": "x"}, "whole number"),
        ({"ends": "2026-12-01"}, "would end before it begins"),
    ],
)
def test_a_round_with_something_wrong_is_not_entered(talks: Talks, wrong: dict[str, str], said: str) -> None:
    given = {"number": "2", "title_en": "Second", "title_zh": "", "begins": "2027-01-01", "ends": "2027-01-02"}
    response = talks.client("mediator").post("/meetings/rounds/new", given | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Round.objects.count() == 1


def test_a_round_keeps_its_meetings_within_its_days(talks: Talks, days: Round) -> None:
    held(days)
    given = {"number": "1", "title_en": "First", "title_zh": "", "begins": "2020-01-01", "ends": "2020-01-02"}
    assert talks.client("mediator").post(f"/meetings/rounds/{days.id}", given).status_code == 422


def test_counsel_clears_an_agenda_and_a_changed_one_again(talks: Talks, days: Round) -> None:
    meeting = held(days, talks.seats["quill counsel"], talks.seats["quill head"], talks.seats["sandglass head"])
    client, path = talks.client("quill counsel"), f"/meetings/{meeting.id}"
    assert "not cleared" in client.get(path).content.decode()
    assert client.post(f"{path}/clear", {"read": "old"}).status_code == 409
    assert client.post(f"{path}/clear", {"read": stops.agenda_mark(meeting)}).status_code == 303
    assert "cleared by counsel" in talks.client("quill head").get(path).content.decode()
    meeting_acts.save_agenda(talks.viewer("mediator"), meeting.id, ITEMS)
    meeting.refresh_from_db()
    assert meeting.agenda["cleared"] == [str(talks.organisations["quill"].id)]
    meeting_acts.save_agenda(talks.viewer("mediator"), meeting.id, ITEMS[:1])
    meeting.refresh_from_db()
    assert meeting.agenda == {"items": ITEMS[:1], "cleared": []}


def test_what_one_counsel_cleared_is_nothing_to_another_delegation(talks: Talks, days: Round) -> None:
    meeting = held(days, *(talks.seats[f"{name} counsel"] for name in ("quill", "sandglass")))
    client = talks.client("sandglass counsel")
    before = client.get(f"/meetings/{meeting.id}").content
    stops.clear_agenda(talks.viewer("quill counsel"), meeting.id, stops.agenda_mark(meeting))
    assert client.get(f"/meetings/{meeting.id}").content == before
    seen = stops.clearances(talks.viewer("mediator"), Meeting.objects.get())
    assert sorted(each["cleared"] for each in seen) == [False, True]


def test_clearing_comes_before_the_meeting_and_needs_an_agenda(talks: Talks, days: Round) -> None:
    counsel = talks.viewer("quill counsel")
    for more in ({"day": BEFORE}, {"offline": True}, {"agenda": {"items": [], "cleared": []}}):
        meeting = held(days, counsel.seat, **more)
        with pytest.raises(Refused):
            stops.clear_agenda(counsel, meeting.id, stops.agenda_mark(meeting))


def test_counsel_stops_a_meeting_and_only_a_mediator_lets_it_go_on(talks: Talks, days: Round) -> None:
    meeting = held(days, talks.seats["quill counsel"], talks.seats["sandglass head"])
    path = f"/meetings/{meeting.id}"
    client = talks.client("quill counsel")
    assert "Stop this meeting?" in client.get(f"{path}/stop").content.decode()
    assert not Meeting.objects.get().stopped
    assert client.post(f"{path}/stop").status_code == 303
    page = talks.client("sandglass head").get(path).content.decode()
    assert "Counsel stopped this meeting" in page
    assert "Quill" not in page.split("Counsel stopped")[1].split("</div>")[0]
    assert client.post(f"{path}/stop?again").status_code == 409
    for name in ("quill counsel", "secretariat", "sandglass head"):
        assert talks.client(name).post(f"{path}/resume").status_code == 404
    assert talks.client("mediator").post(f"{path}/resume").status_code == 303
    assert talks.client("mediator").post(f"{path}/resume?again").status_code == 409


def test_counsel_that_is_not_invited_finds_nothing_to_stop(talks: Talks, days: Round) -> None:
    meeting = held(days, talks.seats["quill counsel"])
    with pytest.raises(Absent):
        stops.stop(talks.viewer("sandglass counsel"), meeting.id)
    past = held(days, talks.seats["quill counsel"], day=BEFORE)
    with pytest.raises(Refused):
        stops.stop(talks.viewer("quill counsel"), past.id)


def test_nobody_outside_the_table_is_put_on_a_list(talks: Talks, days: Round) -> None:
    meeting, client = held(days), talks.client("mediator")
    for seat in (str(talks.seats["liaison"].id), "x", "00000000-0000-0000-0000-000000000000"):
        assert client.post(f"/meetings/{meeting.id}/list", {"seats": [seat]}).status_code == 422
    assert Invited.objects.count() == 0


def test_a_clearance_leaves_with_its_delegation(talks: Talks, days: Round) -> None:
    counsel = talks.viewer("quill counsel")
    meeting = held(days, counsel.seat)
    stops.clear_agenda(counsel, meeting.id, stops.agenda_mark(meeting))
    meeting_acts.save_list(talks.viewer("mediator"), meeting.id, [], [str(talks.seats["sandglass head"].id)])
    meeting.refresh_from_db()
    assert meeting.agenda["cleared"] == []
    assert not visible(counsel).meetings().exists()


@pytest.mark.parametrize("rows", ["", "-1", "x", "٣", "9999", "1e3"])
def test_an_agenda_that_did_not_arrive_whole_is_not_written(talks: Talks, days: Round, rows: str) -> None:
    meeting = held(days)
    sent = {"item-rows": rows, "item-0-text_en": "Lost?"}
    assert talks.client("mediator").post(f"/meetings/{meeting.id}/agenda", sent).status_code == 422
    meeting.refresh_from_db()
    assert meeting.agenda["items"] == ITEMS


def test_an_item_with_something_wrong_is_kept_as_typed(talks: Talks, days: Round) -> None:
    meeting, client = held(days), talks.client("mediator")
    sent = {"item-rows": "2", "item-0-text_en": "Kept <b>", "item-1-text_en": "a\x00b"}
    response = client.post(f"/meetings/{meeting.id}/agenda", sent)
    assert response.status_code == 422
    assert "Kept &lt;b&gt;" in response.content.decode()
    wrong = {"action-rows": "1", "action-0-text_en": "Do", "action-0-owner": "nobody", "action-0-due": "never"}
    assert client.post(f"/meetings/{meeting.id}/actions", wrong).status_code == 422
    meeting.refresh_from_db()
    assert meeting.agenda["items"] == ITEMS


def test_a_paper_is_taken_away_once_confirmed(talks: Talks, days: Round) -> None:
    meeting = held(days)
    paper = Paper.objects.create(meeting=meeting, title={"en": "A", "zh": ""}, body={"en": "B", "zh": ""})
    other = held(days)
    client, path = talks.client("mediator"), f"papers/{paper.id}/remove"
    assert client.post(f"/meetings/{other.id}/{path}").status_code == 404
    assert client.get(f"/meetings/{meeting.id}/{path}").status_code == 200
    assert client.post(f"/meetings/{meeting.id}/{path}").status_code == 303
    assert Paper.objects.count() == 0
