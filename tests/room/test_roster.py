"""Who is at the table, who enters that, and what suspension, withdrawal and revocation do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from room.talks import Talks, seated

from tracktwo.room import sessions
from tracktwo.room.access import Absent, Refused, visible
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.concerns.models import Waiting
from tracktwo.room.disclosure.models import Confidence
from tracktwo.room.people import roster_acts, standing_acts
from tracktwo.room.people.models import Circle, Invitation, Organisation, Role, Seat, Side

SEAT = {"name_en": "Ada Reed", "name_zh": "芦苇", "role": "delegate", "capacity": "scientist", "begins": "2026-02-01",
        "ends": ""}  # fmt: skip
ORGANISATION = {"name_en": "Marsh Institute", "name_zh": "湿地研究所", "circle": "delegations", "styled": "group",
                "reason_en": "", "reason_zh": "", "since": ""}  # fmt: skip


def given(**more: Any) -> dict[str, Any]:
    return {"name": {"en": "Ada", "zh": ""}, "role": "delegate", "capacity": "policy", "begins": date(2026, 2, 1),
            "ends": None, **more}  # fmt: skip


def confidence(talks: Talks, name: str) -> Confidence:
    return Confidence.objects.create(
        process=talks.process,
        author=talks.seats[name],
        instruction="never",
        body={"text": "x"},
        given_on=date(2026, 3, 2),
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_roster_shows_delegations_by_side_with_their_people(talks: Talks, language: str) -> None:
    page = talks.client("quill head", language=language).get("/people").content.decode()
    name = "Cloudberry Academy" if language == "en" else "云莓科学院"
    assert name in page
    assert ("head of delegation" if language == "en" else "团长") in page
    assert ("与会方" if language == "zh" else "party") in page
    assert page.count("<h1>") == 1


def test_delegates_see_neither_who_stands_outside_nor_how_to_change_the_roster(talks: Talks) -> None:
    page = talks.client("quill head").get("/people").content.decode()
    assert "supporter body" not in page
    assert "/people/organisations/" not in page
    assert "supporter body" in talks.client("mediator").get("/people").content.decode()


@pytest.mark.parametrize("name", ["quill head", "quill counsel", "chair", "observer", "liaison", "operator"])
@pytest.mark.parametrize("path", ["/people/sides/new", "/people/organisations/new", "/people/seats/new"])
def test_only_the_mediator_and_the_secretariat_change_the_roster(talks: Talks, name: str, path: str) -> None:
    client = talks.client(name)
    nothing = client.get("/no-such-place")
    for response in (client.get(path), client.post(path, SEAT)):
        assert (response.status_code, response.content) == (404, nothing.content)
    assert StagedLeaf.objects.count() == 0


def test_a_side_an_organisation_and_a_seat_are_entered(talks: Talks) -> None:
    client = talks.client("secretariat")
    assert client.post("/people/sides/new", {"mark": "c", "name_en": "Cedar side", "name_zh": ""}).status_code == 303
    side = Side.objects.get(process=talks.process, mark="C")
    form = ORGANISATION | {"side": str(side.id), "joined": "on"}
    assert client.post("/people/organisations/new", form).status_code == 303
    organisation = next(each for each in Organisation.objects.all() if each.name["en"] == "Marsh Institute")
    assert organisation.status == Organisation.Status.JOINED_LATER
    assert client.post(f"/people/seats/new?organisation={organisation.id}", SEAT).status_code == 303
    seat = Seat.objects.get(organisation=organisation)
    assert (seat.state, seat.role, seat.capacity, seat.name["zh"]) == ("pending", "delegate", "scientist", "芦苇")
    assert StagedLeaf.objects.count() == 3
    page = client.get("/people").content.decode()
    assert f"/people/seats/{seat.id}/invitation" in page
    assert "joined later" in page


def test_a_pending_seat_is_seen_by_who_keeps_the_roster_alone(talks: Talks) -> None:
    roster_acts.save_seat(talks.viewer("mediator"), given(), organisation=talks.organisations["quill"])
    assert ">Ada" not in talks.client("quill head").get("/people").content.decode()


def test_the_same_seat_sent_twice_is_entered_once(talks: Talks) -> None:
    client = talks.client("mediator")
    path = f"/people/seats/new?organisation={talks.organisations['quill'].id}"
    before = Seat.objects.count()
    assert {client.post(path, SEAT).status_code for _ in range(2)} == {303}
    assert Seat.objects.count() == before + 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_en": "", "name_zh": ""}, "required"),
        ({"name_en": "x" * 201}, "at most 200"),
        ({"name_en": "a\u202eb"}, "U+202E"),
        ({"name_en": "a\x07b"}, "U+0007"),
        ({"role": "mediator"}, "not one of the available choices"),
        ({"role": "liaison"}, "not one of the available choices"),
        ({"role": "king"}, "not one of the available choices"),
        ({"capacity": "poet"}, "not one of the available choices"),
        ({"begins": ""}, "required"),
        ({"begins": "soon"}, "2026-03-31"),
        ({"begins": "0001-01-01"}, "between 1990 and 2199"),
        ({"ends": "2026-01-01"}, "would end before it begins"),
        ({"role": "head"}, "has a head in these days"),
    ],
)
def test_a_seat_with_something_wrong_is_not_entered(talks: Talks, wrong: dict[str, str], said: str) -> None:
    before = Seat.objects.count()
    path = f"/people/seats/new?organisation={talks.organisations['quill'].id}"
    response = talks.client("mediator").post(path, SEAT | {"name_en": "Ada Reed"} | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Seat.objects.count() == before
    assert StagedLeaf.objects.count() == 0


def test_markup_in_a_name_is_shown_as_it_was_typed(talks: Talks) -> None:
    client = talks.client("mediator")
    client.post("/people/sides/new", {"mark": "C", "name_en": "<script>alert(1)</script>", "name_zh": ""})
    page = client.get("/people").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mark": "A"}, "Another side has this letter"),
        ({"mark": "1"}, "one letter from A to Z"),
        ({"mark": "AB"}, 'class="error"'),
        ({"mark": ""}, "required"),
    ],
)
def test_a_side_needs_a_letter_of_its_own(talks: Talks, wrong: dict[str, str], said: str) -> None:
    response = talks.client("mediator").post("/people/sides/new", {"name_en": "Cedar", "name_zh": ""} | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"side": ""}, "to which side"),
        ({"circle": "briefed"}, "Only those at the table belong to a side"),
        ({"reason_en": "No mandate"}, "have a reason to stay away"),
        ({"circle": "friends"}, "not one of the available choices"),
        ({"side": "00000000-0000-0000-0000-000000000000"}, "not one of the available choices"),
    ],
)
def test_an_organisation_stands_in_one_circle(talks: Talks, wrong: dict[str, str], said: str) -> None:
    side = str(Side.objects.get(process=talks.process, mark="A").id)
    response = talks.client("mediator").post("/people/organisations/new", ORGANISATION | {"side": side} | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_an_organisation_with_seats_stays_in_its_circle(talks: Talks) -> None:
    form = ORGANISATION | {"circle": "briefed", "side": ""}
    response = talks.client("mediator").post(f"/people/organisations/{talks.organisations['quill'].id}", form)
    assert response.status_code == 422
    assert Organisation.objects.get(pk=talks.organisations["quill"].pk).circle == Circle.DELEGATIONS


def test_nobody_outside_the_two_circles_with_seats_has_one(talks: Talks) -> None:
    outside = Organisation.objects.create(process=talks.process, circle=Circle.ABSENT, name={"en": "Fen", "zh": ""})
    assert talks.client("mediator").get(f"/people/seats/new?organisation={outside.id}").status_code == 409


def test_the_secretariat_makes_nobody_mediator(talks: Talks) -> None:
    with pytest.raises(ValidationError):
        roster_acts.save_seat(talks.viewer("secretariat"), given(role="mediator"))
    with pytest.raises(Refused):
        standing_acts.revoke_seat(talks.viewer("secretariat"), talks.seats["chair"].id)
    roster_acts.save_seat(talks.viewer("mediator"), given(role="mediator"))


def test_the_last_mediator_stays(talks: Talks) -> None:
    mediator, seat = talks.viewer("mediator"), talks.seats["mediator"]
    for do in (standing_acts.revoke_seat, standing_acts.suspend_seat):
        with pytest.raises(Refused):
            do(mediator, seat.id)
    for wrong in ({"role": "observer"}, {"role": "mediator", "ends": date(2027, 1, 1)}):
        with pytest.raises(ValidationError):
            roster_acts.save_seat(mediator, given(**wrong), identifier=seat.id)
    seated(talks.process, "second", Role.MEDIATOR)
    standing_acts.suspend_seat(mediator, seat.id)
    assert Seat.objects.get(pk=seat.pk).state == "suspended"


def test_a_suspended_delegation_finds_its_home_page_and_its_confidences_freeze(talks: Talks) -> None:
    theirs, others = confidence(talks, "quill head"), confidence(talks, "sandglass head")
    client = talks.client("quill head")
    assert client.get("/people").status_code == 200
    standing_acts.suspend(talks.viewer("secretariat"), talks.organisations["quill"].id)
    assert client.get("/people").status_code == 404
    assert client.get("/visibility").status_code == 200
    assert Confidence.objects.get(pk=theirs.pk).state == "frozen"
    assert Confidence.objects.get(pk=others.pk).state == "standing"
    standing_acts.readmit(talks.viewer("mediator"), talks.organisations["quill"].id)
    assert Confidence.objects.get(pk=theirs.pk).state == "standing"
    assert client.get("/people").status_code == 200


def test_a_withdrawn_confidence_does_not_come_back_with_its_delegation(talks: Talks) -> None:
    withdrawn = confidence(talks, "quill head")
    Confidence.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    standing_acts.suspend(talks.viewer("mediator"), talks.organisations["quill"].id)
    standing_acts.readmit(talks.viewer("mediator"), talks.organisations["quill"].id)
    assert Confidence.objects.get(pk=withdrawn.pk).state == "withdrawn"


def test_who_withdrew_and_comes_back_joined_later_and_its_confidences_stay_frozen(talks: Talks) -> None:
    theirs, mediator, quill = confidence(talks, "quill head"), talks.viewer("mediator"), talks.organisations["quill"]
    standing_acts.withdraw(mediator, quill.id)
    with pytest.raises(Refused):
        standing_acts.withdraw(mediator, quill.id)
    standing_acts.readmit(mediator, quill.id)
    with pytest.raises(Refused):
        standing_acts.readmit(mediator, quill.id)
    assert Organisation.objects.get(pk=quill.pk).status == "joined-later"
    assert Confidence.objects.get(pk=theirs.pk).state == "frozen"


def test_standing_is_asked_before_it_changes(talks: Talks) -> None:
    client, path = talks.client("mediator", language="zh"), f"/people/organisations/{talks.organisations['quill'].id}"
    assert "是否暂停" in client.get(f"{path}/suspend").content.decode()
    assert Organisation.objects.get(pk=talks.organisations["quill"].pk).status == "participating"
    assert client.post(f"{path}/suspend").status_code == 303
    assert client.get(f"{path}/suspend").status_code == 200
    assert client.post(f"{path}/readmit").status_code == 303
    assert client.post(f"{path}/readmit?again").status_code == 409
    assert talks.client("quill head").post(f"{path}/suspend").status_code == 404


def test_only_delegations_are_suspended(talks: Talks) -> None:
    with pytest.raises(Absent):
        standing_acts.suspend(talks.viewer("mediator"), talks.organisations["supporter"].id)


def test_a_revoked_seat_is_signed_out_and_its_invitations_are_void(talks: Talks) -> None:
    seat, client = talks.seats["quill delegate"], talks.client("quill delegate")
    Invitation.objects.create(seat=seat, token_mark=seat.id, code={"hash": ""}, expires="2026-12-01T00:00Z")
    assert client.get("/people").status_code == 200
    assert talks.client("mediator").post(f"/people/seats/{seat.id}/revoke").status_code == 303
    assert client.get("/people").status_code == 303
    assert not [each for each in sessions.present() if each.get("seat") == str(seat.id)]
    assert Invitation.objects.count() == 0
    assert talks.client("mediator").post(f"/people/seats/{seat.id}/restore").status_code == 303
    assert talks.client("quill delegate").get("/people").status_code == 200


def test_restoring_a_head_beside_another_is_refused(talks: Talks) -> None:
    mediator, seat = talks.viewer("mediator"), talks.seats["quill head"]
    standing_acts.revoke_seat(mediator, seat.id)
    roster_acts.save_seat(mediator, given(role="head"), organisation=talks.organisations["quill"])
    with pytest.raises(Refused):
        standing_acts.restore_seat(mediator, seat.id)


def test_a_seat_of_other_talks_is_absent(talks: Talks) -> None:
    from room.talks import begun

    other = begun("Other")
    with pytest.raises(Absent):
        standing_acts.revoke_seat(talks.viewer("mediator"), other.seats["quill head"].id)
    client = talks.client("mediator")
    path = f"/people/seats/{other.seats['quill head'].id}"
    assert client.get(path).content == client.get("/no-such-place").content


@pytest.mark.parametrize("path", ["/people/seats/x", "/people/seats/new?organisation=x", "/people/sides/1"])
def test_what_is_no_identifier_is_absent(talks: Talks, path: str) -> None:
    assert talks.client("mediator").get(path).status_code == 404


def test_what_a_suspended_delegation_was_sending_in_its_name_waits_until_it_is_back(talks: Talks) -> None:
    for by, name in (("organisation", "quill"), ("nobody", "quill"), ("seat", "sandglass")):
        content = {"by": by, "seat": None, "organisation": str(talks.organisations[name].id)}
        Waiting.objects.create(process=talks.process, content=content)
    mediator = talks.viewer("mediator")
    standing_acts.suspend(mediator, talks.organisations["quill"].id)
    assert sorted(row.content["by"] for row in visible(mediator).waiting()) == ["nobody", "seat"]
    standing_acts.readmit(mediator, talks.organisations["quill"].id)
    assert len(visible(mediator).waiting()) == 3


def test_the_roster_and_the_rules_change_only_after_a_fresh_sign_in(talks: Talks) -> None:
    client = talks.client("mediator")
    key = client.cookies["room"].value
    session = sessions.SessionStore(key)
    session["fresh"] = 0
    session.save()
    for path in ("/people/seats/new", f"/people/seats/{talks.seats['quill head'].id}/revoke", "/rules/edit"):
        assert client.post(path, {}).headers["Location"].startswith("/confirm")
    assert Seat.objects.get(pk=talks.seats["quill head"].pk).state == Seat.State.ACTIVE
