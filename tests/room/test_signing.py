"""Signing in and out: two factors, delays instead of lockout, sessions that end, and pages that betray nothing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from room.entrance import PASSWORD, RECOVERY, Person, browser, person
from room.talks import Talks, begun, seated, signed_in

from tracktwo.room import sessions
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.people import presence, rules_acts, signing
from tracktwo.room.people.brakes import LONGEST, Delays, Flood, Wait
from tracktwo.room.people.direct import sign_in_directly
from tracktwo.room.people.factors import Steps, digits, new_recovery, new_secret
from tracktwo.room.people.models import Account, Role, Seat
from tracktwo.room.people.passwords import name_mark, normal, require_strong

WRONG = "The name, the password or the code is not right."


@pytest.fixture
def quill(talks: Talks) -> Person:
    """The head of one delegation."""
    return person("quill head", talks.seats["quill head"])


def session(client: Client) -> dict[str, Any]:
    """What the server holds of a browser."""
    return dict(sessions._kept[client.cookies["room"].value][1])


def test_two_factors_open_the_room(quill: Person) -> None:
    client = browser()
    assert quill.sign_in(client)["Location"] == "/"
    assert client.get("/account").status_code == 200


def test_a_name_is_the_same_in_any_case_and_width(quill: Person) -> None:
    assert normal("  ＱＵＩＬＬ   Head ") == "quill head"
    answer = browser().post("/sign-in", {"name": "ＱＵＩＬＬ  HEAD ", "password": PASSWORD})
    assert answer.status_code == 303


def test_the_password_alone_opens_nothing(quill: Person) -> None:
    client = browser()
    quill.begin(client)
    assert client.get("/account")["Location"] == "/sign-in?next=/account"


def test_a_wrong_name_and_a_wrong_password_get_the_same_bytes(quill: Person) -> None:
    password = browser().post("/sign-in", {"name": "quill head", "password": "wrong"})
    name = browser().post("/sign-in", {"name": "quill heal", "password": "wrong"})
    assert password.status_code == name.status_code == 422
    assert password.content.replace(b"quill head", b"quill heal") == name.content
    assert WRONG in password.content.decode()
    assert 'role="alert"' in password.content.decode()


def test_a_wrong_code_gets_the_same_sentence(quill: Person) -> None:
    client = browser()
    quill.begin(client)
    answer = client.post("/sign-in/second-factor", {"code": "000000" if quill.code() != "000000" else "111111"})
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()


def test_both_take_the_hashing_of_one_password(quill: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import ScryptPasswordHasher

    hashings = []
    plain = ScryptPasswordHasher.encode
    monkeypatch.setattr(ScryptPasswordHasher, "encode", lambda *args: hashings.append(1) or plain(*args))
    counts = []
    for name in ("quill head", "nobody at all"):
        hashings.clear()
        browser().post("/sign-in", {"name": name, "password": "wrong"})
        counts.append(len(hashings))
    assert counts == [1, 1]


def test_a_code_opens_once(quill: Person) -> None:
    code = quill.code()
    first, second = browser(), browser()
    quill.begin(first)
    assert first.post("/sign-in/second-factor", {"code": code}).status_code == 303
    quill.begin(second)
    assert second.post("/sign-in/second-factor", {"code": code}).status_code == 422


def test_a_code_is_taken_half_a_minute_beside_and_no_further() -> None:
    import pyotp

    secret = new_secret()
    at = 3_000_000_000
    codes = {beside: pyotp.TOTP(secret).at(at + beside) for beside in (-60, -30, 0, 30, 60)}
    taken = {beside: Steps(0).take("a", secret, code, at) for beside, code in codes.items()}
    assert taken == {-60: False, -30: True, 0: True, 30: True, 60: False}


def test_no_code_before_the_last_one_is_taken() -> None:
    import pyotp

    secret, steps, at = new_secret(), Steps(0), 3_000_000_000
    assert steps.take("a", secret, pyotp.TOTP(secret).at(at), at)
    assert not steps.take("a", secret, pyotp.TOTP(secret).at(at - 30), at)
    assert steps.take("a", secret, pyotp.TOTP(secret).at(at + 30), at)


def test_a_restart_takes_no_code_of_before() -> None:
    import pyotp

    secret, at = new_secret(), 3_000_000_000
    assert not Steps(at).take("a", secret, pyotp.TOTP(secret).at(at - 30), at)
    assert Steps(at).take("a", secret, pyotp.TOTP(secret).at(at), at)


def test_signing_in_with_a_code_writes_nothing(quill: Person) -> None:
    before = Account.objects.values().get(pk=quill.account.pk)
    quill.sign_in(browser())
    assert Account.objects.values().get(pk=quill.account.pk) == before
    assert StagedLeaf.objects.count() == 0


def test_a_recovery_code_stands_in_once(quill: Person) -> None:
    first, second = browser(), browser()
    quill.begin(first)
    assert first.post("/sign-in/second-factor", {"code": "１１１１-2222-3333"}).status_code == 303
    quill.begin(second)
    assert second.post("/sign-in/second-factor", {"code": RECOVERY[0]}).status_code == 422
    quill.account.refresh_from_db()
    assert len(quill.account.recovery["codes"]) == 1


def test_recovery_codes_are_ten_of_twelve_digits_and_kept_as_marks(quill: Person) -> None:
    codes = new_recovery()
    assert len({*codes}) == 10
    assert all(re.fullmatch(r"\d{12}", digits(code)) for code in codes)
    assert "1111" not in json.dumps(quill.account.recovery)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "x" * 10_000, "\u202e123456", "１２", "<b>"])
def test_what_is_no_code_is_wrong(quill: Person, code: str) -> None:
    client = browser()
    quill.begin(client)
    assert client.post("/sign-in/second-factor", {"code": code}).status_code == 422


@pytest.mark.parametrize(
    "sent",
    [{}, {"name": "quill head"}, {"password": PASSWORD}, {"name": "\x00\u202e", "password": "\x00"},
     {"name": "n" * 100_000, "password": "p" * 100_000}, {"name": "<script>", "password": "<script>"}],
)  # fmt: skip
def test_a_sign_in_without_sense_is_answered_in_words(db: None, sent: dict[str, str]) -> None:
    answer = browser().post("/sign-in", sent)
    assert answer.status_code == 422
    assert b'<script>"' not in answer.content


# delays


def test_each_wrong_answer_doubles_the_wait_up_to_five_minutes() -> None:
    now = [0.0]
    delays = Delays(lambda: now[0])
    waits = []
    for _ in range(12):
        assert delays.attempt("name", lambda: None) is None
        waits.append(delays.left("name"))
        now[0] += waits[-1]
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, LONGEST, LONGEST, LONGEST]
    assert delays.attempt("name", lambda: True) is True


def test_whoever_is_too_early_is_not_checked_and_not_slowed_further() -> None:
    now = [0.0]
    delays = Delays(lambda: now[0])
    delays.attempt("name", lambda: None)
    for _ in range(5):
        with pytest.raises(Wait):
            delays.attempt("name", lambda: pytest.fail("checked"))
    assert delays.left("name") == 1
    assert delays.left("another") == 0


def test_wrong_answers_are_forgotten_after_an_hour() -> None:
    now = [0.0]
    delays = Delays(lambda: now[0])
    for _ in range(4):
        delays.attempt("name", lambda: None)
        now[0] += 10
    now[0] += 3700
    delays.attempt("name", lambda: None)
    assert delays.left("name") == 1


def test_a_flood_is_asked_to_come_back() -> None:
    now = [0.0]
    flood = Flood(rate=1, most=3, clock=lambda: now[0])
    for _ in range(3):
        flood.take()
    with pytest.raises(Wait):
        flood.take()
    now[0] = 1.0
    flood.take()


def test_after_a_wrong_password_a_right_one_waits_and_then_passes(
    quill: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(signing.delays, "clock", lambda: now[0])
    quill.begin(browser(), password="wrong")
    early = quill.begin(browser())
    assert early.status_code == 429
    assert "You can try again in 1 second." in early.content.decode()
    now[0] += 1.1
    assert quill.begin(browser()).status_code == 303


def test_the_wait_is_the_same_for_a_name_that_nobody_has(db: None) -> None:
    browser().post("/sign-in", {"name": "nobody", "password": "wrong"})
    assert browser().post("/sign-in", {"name": "nobody", "password": "wrong"}).status_code == 429


def test_codes_are_slowed_down_like_passwords(quill: Person) -> None:
    client = browser()
    quill.begin(client)
    client.post("/sign-in/second-factor", {"code": "0"})
    assert client.post("/sign-in/second-factor", {"code": quill.code()}).status_code == 429


# sessions


def test_the_session_changes_its_key_at_both_steps(quill: Person) -> None:
    client = browser()
    client.post("/language", {"language": "zh", "next": "/sign-in"})
    keys = [client.cookies["room"].value]
    quill.begin(client)
    keys.append(client.cookies["room"].value)
    client.post("/sign-in/second-factor", {"code": quill.code()})
    keys.append(client.cookies["room"].value)
    assert len({*keys}) == 3
    assert sessions.SessionStore(keys[0]).load() == sessions.SessionStore(keys[1]).load() == {}
    assert {"account", "generation", "seat", "fresh"} <= {*session(client)}


def test_signing_in_as_another_leaves_nothing_of_the_first(quill: Person, talks: Talks) -> None:
    other = person("other", talks.seats["lantern head"])
    client = browser()
    quill.sign_in(client)
    other.sign_in(client)
    assert session(client)["seat"] == str(talks.seats["lantern head"].id)


def test_half_a_sign_in_ends_after_five_minutes_and_can_begin_again(
    quill: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser()
    quill.begin(client)
    late = signing._now() + 301
    monkeypatch.setattr(signing, "_now", lambda: late)
    assert client.post("/sign-in/second-factor", {"code": quill.code()})["Location"] == "/sign-in"
    assert quill.begin(client)["Location"] == "/sign-in/second-factor"
    assert client.get("/sign-in/second-factor").status_code == 200


def test_half_a_sign_in_ends_when_the_account_signs_out_everywhere(quill: Person) -> None:
    client = browser()
    quill.begin(client)
    Account.objects.update(generation=1)
    assert client.get("/sign-in/second-factor")["Location"] == "/sign-in"


def test_signing_out_ends_the_session_and_no_other(quill: Person, talks: Talks) -> None:
    here, there = talks.client("quill head"), talks.client("quill head")
    assert here.post("/sign-out")["Location"] == "/sign-in"
    assert here.get("/account").status_code == 303
    assert there.get("/account").status_code == 200


def test_signing_out_everywhere_ends_all(talks: Talks) -> None:
    here, there = talks.client("quill head"), talks.client("quill head")
    other = talks.client("lantern head")
    here.post("/sign-out/everywhere")
    assert here.get("/account").status_code == there.get("/account").status_code == 303
    assert other.get("/account").status_code == 200


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\/evil", "javascript:alert(1)", "/a\r\nX: y", "a",
     "/" + "x" * 3000, "/\u202e"],
)  # fmt: skip
def test_no_address_outside_the_room_is_gone_on_to(quill: Person, onward: str) -> None:
    client = browser()
    client.post("/sign-in", {"name": quill.name, "password": PASSWORD}, query_params={"next": onward})
    assert client.post("/sign-in/second-factor", {"code": quill.code()})["Location"] == "/"
    assert browser().post("/language", {"language": "zh", "next": onward})["Location"] == "/"


def test_an_address_of_the_room_is_gone_on_to(quill: Person) -> None:
    assert quill.sign_in(browser(), "/account")["Location"] == "/account"


# seats


def test_who_has_two_seats_chooses(quill: Person, talks: Talks) -> None:
    second = seated(talks.process, "second", Role.OBSERVER, account=quill.account)
    client = browser()
    assert quill.sign_in(client, "/account")["Location"] == "/seats?next=/account"
    assert client.get("/account").status_code == 404
    page = client.get("/seats").content.decode()
    assert "Heron" in page
    assert client.post("/seats", {"seat": str(second.id), "next": "/account"})["Location"] == "/account"
    assert session(client)["seat"] == str(second.id)


def test_nobody_chooses_anothers_seat(quill: Person, talks: Talks) -> None:
    client = browser()
    quill.sign_in(client)
    for given in (str(talks.seats["mediator"].id), "", "x" * 100, "\x00"):
        assert client.post("/seats", {"seat": given}).status_code == 404


@pytest.mark.parametrize("state", [Seat.State.PENDING, Seat.State.SUSPENDED, Seat.State.REVOKED, "ended", "none"])
def test_who_has_no_seat_now_is_told_the_same_whatever_the_reason(talks: Talks, state: str) -> None:
    seat = talks.seats["quill head"]
    if state == "ended":
        seat.ends = seat.begins
    elif state != "none":
        seat.state = state
    seat.save()
    anybody = person("anybody", *([] if state == "none" else [seat]))
    client = browser()
    assert anybody.sign_in(client)["Location"] == "/seats?next=/"
    page = client.get("/seats")
    assert "No seat is open to you now" in page.content.decode()
    bare = person("bare")
    other = browser()
    bare.sign_in(other)
    assert other.get("/seats").content == page.content


# what is said before


def test_the_entrance_names_no_talks(talks: Talks) -> None:
    words = [talks.process.name, talks.process.code_name, *(each.name for each in talks.organisations.values())]
    for language in ("en", "zh"):
        client = browser(**{"accept-language": language})
        pages = [client.get(path).content.decode() for path in ("/sign-in", "/i/anything", "/joining")]
        assert not [word for page in pages for each in words for word in each.values() if word in page]


def test_the_entrance_says_in_both_languages_where_the_server_stands(db: None) -> None:
    general = browser().get("/sign-in").content.decode()
    assert "Whoever invited you keeps this server." in general
    assert "本服务器由邀请您的人管理" in general
    talks = begun()
    rules_acts.describe(talks.viewer("mediator"), given_of(talks, {"en": "In a <cellar>.", "zh": "在地窖里。"}))
    said = browser().get("/sign-in").content.decode()
    assert "In a &lt;cellar&gt;." in said
    assert "在地窖里。" in said


def test_where_several_talks_share_a_server_the_entrance_tells_them_not_apart(talks: Talks) -> None:
    before = browser().get("/sign-in").content.decode()
    assert talks.process.custody["en"] in before.replace("&#x27;", "'")
    begun("Other")
    assert talks.process.custody["en"] not in browser().get("/sign-in").content.decode().replace("&#x27;", "'")


def test_the_mediator_changes_what_the_talks_are_called_and_nobody_else_does(talks: Talks) -> None:
    both = {f"{name}_{each}": f"{name} {each}" for name in rules_acts.WORDS for each in ("en", "zh")}
    assert talks.client("secretariat").get("/process/edit").status_code == 404
    mediator = talks.client("mediator")
    assert mediator.post("/process/edit", {**both, "name_zh": ""}).status_code == 422
    assert mediator.post("/process/edit", both).status_code == 303
    assert "code_name en" in mediator.get("/").content.decode()


def given_of(talks: Talks, custody: dict[str, str]) -> dict[str, dict[str, str]]:
    """What the form of the process holds, with other words on custody."""
    return {name: getattr(talks.process, name) for name in rules_acts.WORDS} | {"custody": custody}


def test_the_entrance_is_labelled_for_password_managers(db: None) -> None:
    page = browser().get("/sign-in").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_the_language_is_the_sessions_and_then_the_accounts(quill: Person, talks: Talks) -> None:
    client = browser()
    assert client.post("/language", {"language": "zh", "next": "/sign-in?next=/account"})["Location"] == (
        "/sign-in?next=/account"
    )
    assert "登录名" in client.get("/sign-in").content.decode()
    inside = talks.client("lantern head")
    inside.post("/language", {"language": "zh", "next": "/account"})
    assert "您的账户" in inside.get("/account").content.decode()
    assert client.post("/language", {"language": "fr", "next": "/sign-in"}).status_code == 303


def test_the_language_is_changed_on_the_page_where_one_is(quill: Person, talks: Talks) -> None:
    for client, path in ((browser(), "/sign-in?next=/account"), (talks.client("quill head"), "/account/password")):
        assert f'name="next" value="{path}"' in client.get(path).content.decode()


# fresh authentication


def stale(client: Client) -> Client:
    """The same browser, twenty minutes after password and code were given."""
    sessions._kept[client.cookies["room"].value][1]["fresh"] -= 1200
    return client


def test_what_is_grave_asks_for_both_factors_afresh(quill: Person, talks: Talks) -> None:
    client = stale(talks.client("quill head"))
    assert client.get("/account").status_code == 200
    asked = client.get("/account/password")
    assert asked["Location"] == "/confirm?next=/account/password"
    answer = client.post(asked["Location"], {"password": PASSWORD, "code": quill.code()})
    assert answer["Location"] == "/account/password"
    assert client.get("/account/password").status_code == 200


def test_a_form_that_waited_for_it_is_not_lost(quill: Person, talks: Talks) -> None:
    client = stale(talks.client("quill head"))
    sent = {"password": "<six> geese a-laying", "again": "<six> geese a-laying"}
    assert client.post("/account/password", sent)["Location"] == "/confirm?next=/account/password"
    answer = client.post("/confirm?next=/account/password", {"password": PASSWORD, "code": quill.code()})
    assert answer["Location"] == "/confirm/go-on"
    page = client.get("/confirm/go-on").content.decode()
    assert 'action="/account/password"' in page
    assert 'value="&lt;six&gt; geese a-laying"' in page
    assert client.post("/account/password", sent)["Location"] == "/account"
    assert client.get("/confirm/go-on")["Location"] == "/"


def test_confirming_wrongly_changes_nothing_and_is_slowed_down(quill: Person, talks: Talks) -> None:
    client = stale(talks.client("quill head"))
    assert client.post("/confirm", {"password": "wrong", "code": quill.code()}).status_code == 422
    assert client.post("/confirm", {"password": PASSWORD, "code": quill.code()}).status_code == 429
    assert client.get("/account/password").status_code == 303


# the account


def test_a_changed_password_ends_every_other_session(quill: Person, talks: Talks) -> None:
    here, there = talks.client("quill head"), talks.client("quill head")
    new = "seven swans swimming"
    assert here.post("/account/password", {"password": new, "again": new})["Location"] == "/account"
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert quill.begin(browser()).status_code == 422
    signing.delays.clear()
    assert quill.begin(browser(), password=new).status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [("short", "short", "at least 12"), ("password1234", "password1234", "Many people"), ("", "", "Fill this in."),
     ("123456789012345", "123456789012345", "more than digits"), ("aaaaaaaaaaaaab", "aaaaaaaaaaaaab", "too few"),
     ("five gold rings", "five gold ringz", "not the same"), ("x9" * 5000, "x9" * 5000, "at most 200")],
)  # fmt: skip
def test_a_weak_password_is_refused_in_words(talks: Talks, password: str, again: str, said: str) -> None:
    answer = talks.client("quill head").post("/account/password", {"password": password, "again": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Account.objects.get(seats=talks.seats["quill head"]).password == "!"


def test_a_password_does_not_hold_the_name() -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        require_strong("my quill head and I", "Quill  Head")


def test_another_authenticator_takes_the_place_of_the_first(quill: Person, talks: Talks) -> None:
    import time

    import pyotp

    client = talks.client("quill head")
    assert "data:image" not in client.get("/account/second-factor").content.decode()
    client.post("/account/second-factor", {"begin": "1"})
    page = client.get("/account/second-factor").content.decode()
    assert "data:image/svg+xml;base64," in page
    secret = session(client)["secret"]
    wrong = client.post("/account/second-factor", {"code": "x"})
    assert wrong.status_code == 422
    code = pyotp.TOTP(secret).at(int(time.time()))
    assert client.post("/account/second-factor", {"code": code})["Location"] == "/account"
    quill.account.refresh_from_db()
    assert quill.account.second_factor == {"secret": secret}


def test_new_recovery_codes_are_shown_once_and_replace_the_old(quill: Person, talks: Talks) -> None:
    client = talks.client("quill head")
    page = client.post("/account/recovery").content.decode()
    codes = re.findall(r"\d{4} \d{4} \d{4}", page)
    assert len(codes) == 10
    assert codes[0] not in client.get("/account/recovery").content.decode()
    there = browser()
    quill.begin(there)
    assert there.post("/sign-in/second-factor", {"code": RECOVERY[0]}).status_code == 422
    signing.delays.clear()
    assert there.post("/sign-in/second-factor", {"code": codes[0]}).status_code == 303


def test_an_act_on_the_account_names_nothing_secret_in_the_record(quill: Person, talks: Talks) -> None:
    talks.client("quill head").post("/account/recovery")
    leaf = StagedLeaf.objects.get().leaf
    assert leaf["act"] == "account.manage"
    assert [each.keys() for each in leaf["about"]] == [{"kind", "id"}]


# presence


def test_who_asked_for_a_page_within_five_minutes_is_here(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_kept", {})
    talks.client("quill head")
    gone = talks.client("lantern head")
    key = gone.cookies["room"].value
    since, data = sessions._kept[key]
    sessions._kept[key] = (since - 301, data)
    assert presence.present_seats() == {str(talks.seats["quill head"].id)}


def test_a_page_that_asks_by_itself_keeps_no_session_awake(talks: Talks) -> None:
    client = talks.client("quill head")
    key = client.cookies["room"].value
    since, data = sessions._kept[key]
    sessions._kept[key] = (since - 100, data)
    client.get("/account", headers={"room-poll": "1"})
    assert sessions._kept[key][0] == since - 100
    client.get("/account")
    assert sessions._kept[key][0] >= since


def test_browsers_in_which_nobody_is_signed_in_drive_nobody_out(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_kept", {})
    monkeypatch.setattr(sessions, "MOST", 3)
    client = talks.client("quill head")
    for _ in range(6):
        browser().post("/language", {"language": "zh", "next": "/sign-in"})
    assert len(sessions._kept) == 3
    assert client.get("/account").status_code == 200


def test_who_finds_nothing_for_want_of_a_seat_is_led_to_his_seats(talks: Talks) -> None:
    client = talks.client("quill head")
    Seat.objects.filter(pk=talks.seats["quill head"].pk).update(state=Seat.State.REVOKED)
    assert 'href="/seats"' in client.get("/account").content.decode()
    assert client.get("/account").content == client.get("/no-such-place").content


# the demonstration


def test_outside_the_demonstration_its_address_is_like_none(talks: Talks) -> None:
    seat = str(talks.seats["mediator"].id)
    for client in (browser(), talks.client("liaison")):
        for method in ("get", "post", "put", "delete"):
            there = getattr(client, method)("/demo-sign-in", {"seat": seat})
            nowhere = getattr(client, method)("/no-such-place", {"seat": seat})
            assert there.status_code == nowhere.status_code
            assert there.content == nowhere.content


def test_in_the_demonstration_anybody_takes_a_seat(talks: Talks, settings: Any) -> None:
    settings.DEMO = True
    client = browser()
    page = client.get("/sign-in").content.decode()
    assert page.count('action="/demo-sign-in"') == Seat.objects.count()
    assert "Quill Laboratory" in page
    assert page.index("Alder side") < page.index("Beech side")
    seat = talks.seats["quill head"]
    assert client.post("/demo-sign-in", {"seat": str(seat.id), "next": "/account"})["Location"] == "/account"
    assert client.get("/account/password").status_code == 200
    assert client.post("/demo-sign-in", {"seat": "x"}).status_code == 404


def test_nobody_signs_in_directly_but_there(talks: Talks, rf: Any) -> None:
    from tracktwo.room.access import Absent

    with pytest.raises(Absent):
        sign_in_directly(rf.post("/"), talks.seats["mediator"])


def test_a_session_of_the_tests_is_like_one_of_the_room(talks: Talks) -> None:
    client = signed_in(talks.seats["quill head"])
    assert {"account", "generation", "seat", "fresh"} == {*session(client)}
    assert session(client)["fresh"] <= timezone.now().timestamp()
    assert name_mark("a") != name_mark("b")
