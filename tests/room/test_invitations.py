"""Invitations: a link and a code seat one person once, within 72 hours, and betray nothing to anybody else."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pyotp
import pytest
from django.test import Client
from django.utils import timezone
from room.entrance import browser, person
from room.talks import Talks, begun

from tracktwo.room import sessions
from tracktwo.room.access import Absent, Refused
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.people import invitation_acts as acts
from tracktwo.room.people.brakes import delays
from tracktwo.room.people.factors import recovery_mark
from tracktwo.room.people.models import Account, Invitation, Role, Seat
from tracktwo.room.people.passwords import name_mark

NEW = {"name": "Ren Yan", "password": "nine ladies dancing", "again": "nine ladies dancing"}


@pytest.fixture
def empty(talks: Talks) -> Seat:
    """A seat in a delegation that nobody has taken."""
    organisation = talks.organisations["quill"]
    words = {"en": "Yan Ren", "zh": "任言"}
    return Seat.objects.create(
        process=talks.process, organisation=organisation, role=Role.EXPERT, name=words, begins=date(2026, 1, 1)
    )


@pytest.fixture
def link(talks: Talks, empty: Seat) -> acts.Link:
    """An invitation to it."""
    return acts.invite(talks.viewer("mediator"), empty)


def accepted(link: acts.Link) -> Client:
    """A browser in which link and code were given."""
    client = browser()
    assert client.post(link.path, {"code": link.code})["Location"] == "/joining"
    return client


def joining(client: Client) -> dict[str, Any]:
    """How far the browser came."""
    found: dict[str, Any] = sessions._kept[client.cookies["room"].value][1]["joining"]
    return found


def almost(link: acts.Link, new: dict[str, str] = NEW) -> Client:
    """A browser that shows the recovery codes."""
    client = accepted(link)
    assert client.post("/joining", new)["Location"] == "/joining/second-factor"
    code = pyotp.TOTP(joining(client)["secret"]).at(int(time.time()))
    assert client.post("/joining/second-factor", {"code": code})["Location"] == "/joining/codes"
    return client


def test_an_invitation_seats_a_person(link: acts.Link, empty: Seat) -> None:
    client = almost(link)
    secret = joining(client)["secret"]
    codes = re.findall(r"\d{4} \d{4} \d{4}", client.get("/joining/codes").content.decode())
    assert len({*codes}) == 10
    assert Account.objects.filter(name_mark=name_mark("ren yan")).count() == 0
    assert client.post("/joining/codes")["Location"] == "/"
    empty.refresh_from_db()
    account = empty.account
    assert account is not None
    assert (empty.state, account.name_mark) == (Seat.State.ACTIVE, name_mark("ren yan"))
    assert account.second_factor == {"secret": secret}
    assert account.recovery == {"codes": [recovery_mark(account.id, code) for code in codes]}
    assert Invitation.objects.get().used
    assert client.get("/account").status_code == 200
    assert "joining" not in sessions._kept[client.cookies["room"].value][1]


def test_whoever_was_seated_signs_in_with_what_was_chosen(link: acts.Link) -> None:
    first = almost(link)
    secret = joining(first)["secret"]
    first.post("/joining/codes")
    client = browser()
    client.post("/sign-in", {"name": NEW["name"], "password": NEW["password"]})
    code = pyotp.TOTP(secret).at(int(time.time()))
    assert client.post("/sign-in/second-factor", {"code": code})["Location"] == "/"


def test_the_record_says_who_was_seated(link: acts.Link, empty: Seat) -> None:
    almost(link).post("/joining/codes")
    leaves = {each.leaf["act"]: each.leaf for each in StagedLeaf.objects.all()}
    assert leaves.keys() == {"roster.edit", "seat.accept"}
    assert leaves["seat.accept"]["by"] == str(empty.id)
    assert leaves["roster.edit"]["about"][0]["kind"] == "invitation"


def test_nothing_of_link_or_code_is_kept(link: acts.Link, empty: Seat) -> None:
    row = Invitation.objects.get()
    assert row.token_mark == acts.token_mark(link.path.removeprefix("/i/"))
    assert row.code.keys() == {"hash"}
    assert link.code.replace("-", "") not in str(row.code)
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", link.code)
    assert len(link.path) >= 43


def test_the_page_is_the_same_for_a_link_that_stands_was_used_expired_or_never_was(
    talks: Talks, empty: Seat, link: acts.Link
) -> None:
    almost(link).post("/joining/codes")
    other = Seat.objects.create(process=talks.process, role=Role.OBSERVER, name={"en": "O"}, begins=date(2026, 1, 1))
    old = acts.invite(talks.viewer("mediator"), other, now=timezone.now() - timedelta(hours=73))
    third = Seat.objects.create(process=talks.process, role=Role.OBSERVER, name={"en": "P"}, begins=date(2026, 1, 1))
    stands = acts.invite(talks.viewer("mediator"), third)
    paths = {"used": link, "expired": old, "stands": stands, "never": acts.Link("/i/" + "x" * 43, "ABCD-EFGH")}
    shown, told = set(), set()
    for each in paths.values():
        page = browser().get(each.path)
        shown.add((page.status_code, page.content.replace(each.path.encode(), b"")))
        code = each.code if each is not stands else "2222-2222"
        answer = browser().post(each.path, {"code": code})
        told.add((answer.status_code, answer.content.replace(each.path.encode(), b"").replace(code.encode(), b"")))
    assert len(shown) == len(told) == 1
    assert next(iter(told))[0] == 422


@pytest.mark.parametrize("hours", [71, 73])
def test_it_stands_for_72_hours(link: acts.Link, hours: int) -> None:
    token = link.path.removeprefix("/i/")
    found = acts.opened(token, link.code, now=timezone.now() + timedelta(hours=hours))
    assert (found is not None) == (hours < 72)


def test_a_code_is_taken_in_small_letters_and_other_groups(link: acts.Link) -> None:
    given = link.code.lower().replace("-", " ")
    assert browser().post(link.path, {"code": f" {given} "})["Location"] == "/joining"


@pytest.mark.parametrize("code", ["", "x", "\x00", "\u202e", "<script>", "A" * 100_000, "投票"])
def test_what_is_no_code_is_wrong(link: acts.Link, code: str) -> None:
    answer = browser().post(link.path, {"code": code})
    assert answer.status_code == 422
    assert b"<script>" not in answer.content.replace(b"<script src", b"")


@pytest.mark.parametrize("path", ["/i/x", "/i/" + "y" * 43])
def test_wrong_codes_are_slowed_down_whether_or_not_the_link_stands(link: acts.Link, path: str) -> None:
    for each in (path, link.path):
        assert browser().post(each, {"code": "2222-2222"}).status_code == 422
        assert browser().post(each, {"code": "2222-2222"}).status_code == 429
    assert browser().post(link.path, {"code": link.code}).status_code == 429
    delays.clear()
    assert browser().post(link.path, {"code": link.code}).status_code == 303


def test_a_new_invitation_makes_the_old_one_void(talks: Talks, empty: Seat, link: acts.Link) -> None:
    begun_with_the_old = accepted(link)
    acts.invite(talks.viewer("mediator"), empty)
    assert begun_with_the_old.get("/joining").status_code == 409
    assert browser().post(link.path, {"code": link.code}).status_code == 422
    assert Invitation.objects.count() == 1


def test_the_steps_cannot_be_passed_over(link: acts.Link) -> None:
    nobody = browser()
    for path in ("/joining", "/joining/second-factor", "/joining/codes", "/joining/add"):
        assert nobody.get(path).status_code == nobody.post(path).status_code == 409
    client = accepted(link)
    assert client.get("/joining/codes")["Location"] == "/joining/second-factor"
    assert client.post("/joining/codes")["Location"] == "/joining/second-factor"
    assert client.get("/joining/second-factor")["Location"] == "/joining"
    client.post("/joining", NEW)
    assert client.post("/joining/second-factor", {"code": "x"}).status_code == 422
    assert client.post("/joining/codes")["Location"] == "/joining/second-factor"
    assert Account.objects.filter(name_mark=name_mark("ren yan")).count() == 0


def test_of_two_browsers_with_the_same_invitation_one_is_seated(link: acts.Link, empty: Seat) -> None:
    first = almost(link)
    delays.clear()  # a second name with one invitation waits a moment
    second = almost(link, NEW | {"name": "somebody else"})
    assert first.post("/joining/codes").status_code == 303
    assert second.post("/joining/codes").status_code == 409
    assert Account.objects.filter(name_mark=name_mark("somebody else")).count() == 0
    assert Seat.objects.get(pk=empty.pk).account.name_mark == name_mark("ren yan")  # type: ignore[union-attr]


def test_sent_twice_seats_once(link: acts.Link) -> None:
    client = almost(link)
    cookie = client.cookies["room"].value
    client.post("/joining/codes")
    again = browser()
    again.cookies["room"] = cookie
    assert again.post("/joining/codes").status_code == 409
    assert Seat.objects.filter(account__name_mark=name_mark("ren yan")).count() == 1


def test_the_session_changes_its_key_with_the_code_and_the_seat(link: acts.Link) -> None:
    client = browser()
    client.post("/language", {"language": "en", "next": link.path})
    keys = [client.cookies["room"].value]
    client.post(link.path, {"code": link.code})
    keys.append(client.cookies["room"].value)
    assert keys[0] != keys[1]
    assert sessions.SessionStore(keys[0]).load() == {}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"name": ""}, "Fill this in."), ({"name": "a"}, "at least 3"), ({"name": "n" * 65}, "at most 64"),
     ({"name": "ren\u202eyan"}, "U+202E"), ({"password": "short", "again": "short"}, "at least 12"),
     ({"password": "Ren Yan is my name", "again": "Ren Yan is my name"}, "must not contain"),
     ({"again": "another"}, "not the same")],
)  # fmt: skip
def test_what_cannot_be_taken_is_said(link: acts.Link, wrong: dict[str, str], said: str) -> None:
    answer = accepted(link).post("/joining", NEW | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_name_is_taken_once(link: acts.Link) -> None:
    person("ren yan")
    answer = accepted(link).post("/joining", NEW)
    assert answer.status_code == 422
    assert "Choose another name." in answer.content.decode()


def test_a_name_that_was_taken_meanwhile_is_asked_for_again(link: acts.Link, empty: Seat) -> None:
    client = almost(link)
    person("ren yan")
    assert client.post("/joining/codes").status_code == 422
    assert Seat.objects.get(pk=empty.pk).state == Seat.State.PENDING
    assert not Invitation.objects.get().used
    assert client.get("/joining").status_code == 200


def test_before_an_account_is_made_its_owner_reads_where_the_server_stands(link: acts.Link) -> None:
    page = accepted(link).get("/joining").content.decode()
    assert "On the mediator&#x27;s laptop." in page
    assert "在调解人的笔记本电脑上。" in page


def test_who_has_an_account_elsewhere_adds_the_seat_to_it(talks: Talks, link: acts.Link, empty: Seat) -> None:
    elsewhere = begun("Others").seats["quill head"]
    anybody = person("anybody", elsewhere)
    client = accepted(link)
    assert client.get("/joining/add")["Location"] == "/sign-in?next=/joining/add"
    assert anybody.sign_in(client, "/joining/add")["Location"] == "/joining/add"
    assert client.get("/joining/add").status_code == 200
    assert client.post("/joining/add")["Location"] == "/"
    assert Seat.objects.get(pk=empty.pk).account_id == anybody.account.id
    assert client.get("/seats").content.decode().count('name="seat"') == 2


def test_nobody_sits_twice_in_the_same_talks(talks: Talks, link: acts.Link, empty: Seat) -> None:
    anybody = person("anybody", talks.seats["lantern head"])
    client = accepted(link)
    anybody.sign_in(client, "/joining/add")
    assert client.post("/joining/add").status_code == 409
    assert Seat.objects.get(pk=empty.pk).state == Seat.State.PENDING
    assert not Invitation.objects.get().used


# by who keeps the roster


def test_the_mediator_is_shown_link_and_code_once(talks: Talks, empty: Seat) -> None:
    client = talks.client("mediator")
    path = f"/people/seats/{empty.id}/invitation"
    assert "no invitation to it is open" in client.get(path).content.decode()
    answer = client.post(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    token = re.search(r"http://testserver(/i/[\w-]{43})<", page)
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", page)
    assert token is not None
    assert code is not None
    again = client.get(path).content.decode()
    assert "is open" in again
    assert token[1] not in again
    assert code[0] not in again
    assert browser().post(token[1], {"code": code[0]})["Location"] == "/joining"


def test_it_asks_for_fresh_authentication(talks: Talks, empty: Seat) -> None:
    client = talks.client("mediator")
    sessions._kept[client.cookies["room"].value][1]["fresh"] -= 1200
    path = f"/people/seats/{empty.id}/invitation"
    assert client.post(path)["Location"] == f"/confirm?next={path}"
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("name", ["quill head", "chair", "observer", "liaison", "operator", "custodian"])
def test_nobody_else_invites(talks: Talks, empty: Seat, name: str) -> None:
    with pytest.raises(Absent):
        acts.invite(talks.viewer(name), empty)
    client = talks.client(name)
    for path in ("invitation", "invitation/withdraw", "free"):
        there = client.post(f"/people/seats/{empty.id}/{path}")
        nowhere = client.post(f"/people/seats/{uuid4()}/{path}")
        assert there.status_code == nowhere.status_code == 404
        assert there.content == nowhere.content
    assert Invitation.objects.count() == StagedLeaf.objects.count() == 0


def test_nobody_invites_to_a_seat_of_other_talks(talks: Talks, empty: Seat) -> None:
    others = begun("Others")
    with pytest.raises(Absent):
        acts.invite(others.viewer("mediator"), empty)
    assert others.client("mediator").get(f"/people/seats/{empty.id}/invitation").status_code == 404


def test_a_seat_that_is_taken_is_not_invited_to(talks: Talks) -> None:
    with pytest.raises(Refused):
        acts.invite(talks.viewer("mediator"), talks.seats["quill head"])
    client = talks.client("mediator")
    assert client.post(f"/people/seats/{talks.seats['quill head'].id}/invitation").status_code == 409
    assert Invitation.objects.count() == 0


def test_an_invitation_is_withdrawn(talks: Talks, empty: Seat, link: acts.Link) -> None:
    path = f"/people/seats/{empty.id}/invitation"
    assert talks.client("secretariat").post(f"{path}/withdraw")["Location"] == path
    assert browser().post(link.path, {"code": link.code}).status_code == 422


def test_a_seat_whose_holder_lost_access_is_freed_and_given_anew(talks: Talks) -> None:
    seat = talks.seats["quill head"]
    lost = person("lost", seat)
    inside = talks.client("quill head")
    talks.seats["quill head"].refresh_from_db()
    path = f"/people/seats/{seat.id}"
    assert talks.client("mediator").post(f"{path}/free")["Location"] == f"{path}/invitation"
    seat.refresh_from_db()
    assert (seat.state, seat.account_id) == (Seat.State.PENDING, None)
    assert not Account.objects.filter(pk=lost.account.pk).exists()
    assert inside.get("/account").status_code == 303
    link = acts.invite(talks.viewer("mediator"), seat)
    assert almost(link).post("/joining/codes")["Location"] == "/"


def test_an_account_with_another_seat_outlives_the_freeing_of_one(talks: Talks) -> None:
    elsewhere = begun("Others").seats["observer"]
    anybody = person("anybody", talks.seats["quill head"], elsewhere)
    acts.free(talks.viewer("mediator"), talks.seats["quill head"])
    assert Account.objects.filter(pk=anybody.account.pk).exists()


def test_nobody_frees_the_own_seat_nor_the_secretariat_the_mediators(talks: Talks) -> None:
    with pytest.raises(Refused):
        acts.free(talks.viewer("mediator"), talks.seats["mediator"])
    with pytest.raises(Refused):
        acts.free(talks.viewer("secretariat"), talks.seats["mediator"])
    assert Seat.objects.get(pk=talks.seats["mediator"].pk).state == Seat.State.ACTIVE


def test_a_seat_that_is_not_open_yet_says_so_after_joining(talks: Talks) -> None:
    later = timezone.localdate() + timedelta(days=3)
    seat = Seat.objects.create(process=talks.process, role=Role.OBSERVER, name={"en": "O"}, begins=later)
    link = acts.invite(talks.viewer("mediator"), seat)
    client = almost(link)
    assert client.post("/joining/codes")["Location"] == "/seats"
    assert "No seat is open to you now" in client.get("/seats").content.decode()


def test_nobody_works_through_a_list_of_names_with_an_invitation(
    link: acts.Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = accepted(link)
    monkeypatch.setattr(delays, "clock", lambda: 1000.0)
    first = client.post("/joining", NEW | {"name": "Somebody"})
    second = client.post("/joining", NEW | {"name": "Somebody Else"})
    assert (first.status_code, second.status_code) == (303, 422)
    assert "Not yet." in second.content.decode()
