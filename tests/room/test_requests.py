"""What every request passes: origin, session, language, headers, and a form that is sent twice."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from room.talks import Talks, signed_in

from tracktwo.room import sessions


def test_a_form_from_another_site_is_refused(talks: Talks) -> None:
    key = talks.client("mediator").cookies["room"].value
    for headers in (
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ):
        client = Client(headers=headers)
        client.cookies["room"] = key
        assert client.post("/language", {"language": "zh"}).status_code == 403, headers
    client = Client(headers={"origin": "http://testserver"})
    client.cookies["room"] = key
    assert client.post("/language", {"language": "zh"}).status_code == 303


@pytest.mark.parametrize("path", ["/", "/concerns", "/no-such-place", "/sign-in"])
def test_no_answer_is_kept_referred_or_embedded(talks: Talks, path: str) -> None:
    response = talks.client("quill head").get(path)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_page_names_no_other_address(talks: Talks) -> None:
    body = talks.client("quill head").get("/").content.decode()
    assert "http://" not in body
    assert "https://" not in body


def test_who_is_not_signed_in_is_sent_to_sign_in_whatever_was_asked(db: None) -> None:
    for path in ("/concerns", "/no-such-place", "/console"):
        response = Client().get(path)
        assert (response.status_code, response["Location"]) == (303, f"/sign-in?next={path}")


def test_an_idle_session_ends(talks: Talks) -> None:
    client = talks.client("quill head")
    assert client.get("/").status_code == 200
    with override_settings(SESSION_IDLE_SECONDS=-1):
        assert client.get("/").status_code == 303


def test_signing_out_everywhere_ends_every_session_of_the_account_and_no_other(talks: Talks) -> None:
    mine, also_mine = talks.client("quill head"), signed_in(talks.seats["quill head"])
    other = talks.client("sandglass head")
    sessions.end_all(str(talks.seats["quill head"].account_id))
    assert [client.get("/").status_code for client in (mine, also_mine, other)] == [303, 303, 200]


def test_a_session_that_ended_meanwhile_is_not_written_again() -> None:
    session = sessions.SessionStore()
    session["account"] = "somebody"
    session.create()
    ended = sessions.SessionStore(session.session_key)
    assert ended["account"] == "somebody"
    sessions.end_all("somebody")
    ended["seat"] = "a seat"
    ended.save()
    assert sessions.SessionStore(session.session_key).load() == {}


def test_a_seat_that_is_revoked_sees_nothing_at_once(talks: Talks) -> None:
    client = talks.client("quill delegate")
    assert client.get("/concerns").status_code == 200
    seat = talks.seats["quill delegate"]
    seat.state = "revoked"
    seat.save()
    assert client.get("/concerns").status_code == 404


def test_what_is_too_long_is_refused_with_a_sentence(talks: Talks) -> None:
    response = talks.client("quill head").post("/language", {"language": "x" * (2 << 20)})
    assert response.status_code == 400
    assert "too long" in response.content.decode()
