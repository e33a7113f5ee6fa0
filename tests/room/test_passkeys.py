"""Passkeys: a device made of software signs what the room asks, and what it signs wrongly is not taken."""

from __future__ import annotations

import hashlib
import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client, RequestFactory
from room.entrance import Person, browser, person
from room.talks import Talks

import tracktwo.room
from tracktwo.room import sessions
from tracktwo.room.people import passkeys
from tracktwo.room.people.brakes import delays
from tracktwo.room.people.models import Passkey, Seat

PRESENT, VERIFIED, ATTESTED = 1, 4, 64
ORIGIN = "http://localhost"


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """An authenticator with one key (ES256)."""

    origin: str = ORIGIN
    room: str = "localhost"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(16))
    owner: bytes = b""

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.room.encode()).digest() + struct.pack(">BI", flags, self.count)

    def made(self, options: dict[str, Any]) -> str:
        """What a browser gives for a new passkey."""
        self.owner = unb64(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(key)
        data = self._data(self.flags | ATTESTED) + attested
        response = {
            "clientDataJSON": b64(self._client("webauthn.create", options["challenge"])),
            "attestationObject": b64(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
        }
        return json.dumps({"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": response})

    def signed(self, options: dict[str, Any]) -> str:
        """What a browser gives for a challenge."""
        client, data = self._client("webauthn.get", options["challenge"]), self._data(self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(data),
            "signature": b64(signature),
            "userHandle": b64(self.owner),
        }
        return json.dumps({"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": response})


def at_home(client: Client) -> Client:
    """The browser reaches the room at localhost."""
    client.defaults["HTTP_HOST"] = "localhost"
    return client


@pytest.fixture
def inside(talks: Talks) -> Client:
    """The head of one delegation, signed in."""
    return at_home(talks.client("quill head"))


@pytest.fixture
def nobody() -> Client:
    """A browser in which nobody is signed in."""
    return at_home(browser())


def added(client: Client, device: Device, name: str = "Laptop") -> Any:
    """Add a passkey as the page does."""
    options = client.post("/account/passkeys/new").json()
    return client.post("/account/passkeys/add", {"name": name, "credential": device.made(options)})


def sign_in(client: Client, device: Device, purpose: str = "sign-in") -> Any:
    """Sign in as the page does."""
    options = client.post("/passkey/options", {"purpose": purpose}).json()
    return client.post("/sign-in/passkey", {"credential": device.signed(options), "next": "/account"})


def test_a_passkey_is_added_and_signs_in(inside: Client, nobody: Client) -> None:
    device = Device()
    assert added(inside, device)["Location"] == "/account"
    assert "Laptop" in inside.get("/account").content.decode()
    assert sign_in(nobody, device)["Location"] == "/account"
    assert nobody.get("/account").status_code == 200


def test_it_says_nothing_of_talks_or_person(inside: Client, talks: Talks) -> None:
    options = inside.post("/account/passkeys/new").json()
    assert options["rp"] == {"name": "Room", "id": "localhost"}
    assert (options["user"]["name"], options["user"]["displayName"]) == ("Room", "Room")
    account = talks.seats["quill head"].account
    assert account is not None
    assert unb64(options["user"]["id"]) != account.id.bytes
    assert options["authenticatorSelection"]["userVerification"] == "required"


def test_it_stands_in_for_the_code_after_the_password(talks: Talks, inside: Client, nobody: Client) -> None:
    quill = owner(talks)
    device = Device()
    added(at_home(talks.client("quill head")), device)
    quill.begin(nobody, "/account")
    assert sign_in(nobody, device, "second-factor")["Location"] == "/account"


def owner(talks: Talks) -> Person:
    """The head of that delegation, with a password."""
    return person("quill head", talks.seats["quill head"])


def test_anothers_passkey_does_not_stand_in(talks: Talks, nobody: Client) -> None:
    quill, device = owner(talks), Device()
    added(at_home(talks.client("lantern head")), device)
    quill.begin(nobody)
    answer = sign_in(nobody, device, "second-factor")
    assert answer.status_code == 422
    assert nobody.get("/account").status_code == 303


def test_it_confirms_afresh(talks: Talks) -> None:
    owner(talks)
    client, device = at_home(talks.client("quill head")), Device()
    added(client, device)
    sessions._kept[client.cookies["room"].value][1]["fresh"] -= 1200
    assert client.get("/account/password").status_code == 303
    options = client.post("/passkey/options", {"purpose": "confirm"}).json()
    assert [each["id"] for each in options["allowCredentials"]] == [b64(device.id)]
    answer = client.post("/confirm?next=/account/password", {"credential": device.signed(options)})
    assert answer["Location"] == "/account/password"
    assert client.get("/account/password").status_code == 200


def test_a_challenge_is_signed_once(inside: Client, nobody: Client) -> None:
    device = Device()
    added(inside, device)
    options = nobody.post("/passkey/options", {"purpose": "sign-in"}).json()
    signed = device.signed(options)
    assert nobody.post("/sign-in/passkey", {"credential": signed}).status_code == 303
    thief = at_home(browser())
    assert thief.post("/sign-in/passkey", {"credential": signed}).status_code == 422
    thief.post("/passkey/options", {"purpose": "sign-in"})
    assert thief.post("/sign-in/passkey", {"credential": signed}).status_code == 422


def test_a_challenge_is_used_up_by_a_wrong_answer(inside: Client, nobody: Client) -> None:
    device = Device()
    added(inside, device)
    options = nobody.post("/passkey/options", {"purpose": "sign-in"}).json()
    assert nobody.post("/sign-in/passkey", {"credential": "{}"}).status_code == 422
    assert nobody.post("/sign-in/passkey", {"credential": device.signed(options)}).status_code == 422


def test_a_challenge_stands_for_five_minutes_and_one_purpose(inside: Client, nobody: Client) -> None:
    device = Device()
    added(inside, device)
    options = nobody.post("/passkey/options", {"purpose": "sign-in"}).json()
    sessions._kept[nobody.cookies["room"].value][1]["challenge"]["at"] -= 301
    assert nobody.post("/sign-in/passkey", {"credential": device.signed(options)}).status_code == 422
    options = inside.post("/account/passkeys/new").json()
    assert inside.post("/confirm", {"credential": device.signed(options)}).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [{"origin": "https://localhost"}, {"origin": "http://evil.example"}, {"room": "evil.example"},
     {"flags": PRESENT}, {"flags": VERIFIED}, {"key": ec.generate_private_key(ec.SECP256R1())}, {"id": b"x" * 16},
     {"owner": b"y" * 16}],
    ids=("scheme", "host", "room", "unverified", "absent", "key", "name", "owner"),
)  # fmt: skip
def test_what_is_signed_wrongly_is_not_taken(inside: Client, nobody: Client, wrong: dict[str, Any]) -> None:
    device = Device()
    added(inside, device)
    for name, value in wrong.items():
        setattr(device, name, value)
    answer = sign_in(nobody, device)
    assert answer.status_code == 422
    assert "The passkey was not taken" in answer.content.decode()
    assert nobody.get("/account").status_code == 303


@pytest.mark.parametrize(
    "wrong", [{"origin": "http://evil.example"}, {"room": "evil.example"}, {"flags": PRESENT}, {"flags": VERIFIED}]
)
def test_what_is_made_wrongly_is_not_kept(inside: Client, wrong: dict[str, Any]) -> None:
    answer = added(inside, Device(**wrong))
    assert answer.status_code == 422
    assert "The passkey was not made" in answer.content.decode()
    assert Passkey.objects.count() == 0


def test_a_counter_that_goes_back_is_not_taken(inside: Client, nobody: Client) -> None:
    device = Device(count=5)
    added(inside, device)
    device.count = 6
    assert sign_in(nobody, device).status_code == 303
    assert Passkey.objects.get().credential["count"] == 6
    for count in (6, 5, 0):
        device.count = count
        assert sign_in(at_home(browser()), device).status_code == 422


@pytest.mark.parametrize(
    "given",
    ["", "null", "[]", "{", "{}", '{"rawId": 1}', '{"rawId": "!"}', '{"id":"eA","rawId":"eA","type":"public-key"}',
     "[" * 20_000, "x" * 100_000, '{"id":"eA","rawId":"eA","type":"public-key","response":{"clientDataJSON":"e30",'
     '"attestationObject":"_____w","authenticatorData":"AA","signature":"AA"}}'],
)  # fmt: skip
def test_bytes_without_sense_are_not_taken(inside: Client, nobody: Client, given: str) -> None:
    inside.post("/account/passkeys/new")
    assert inside.post("/account/passkeys/add", {"name": "", "credential": given}).status_code == 422
    nobody.post("/passkey/options", {"purpose": "sign-in"})
    assert nobody.post("/sign-in/passkey", {"credential": given}).status_code == 422


def test_a_passkey_is_kept_once(inside: Client, talks: Talks) -> None:
    device = Device()
    added(inside, device)
    assert added(inside, device).status_code == 422
    assert added(at_home(talks.client("lantern head")), device).status_code == 422
    options = inside.post("/account/passkeys/new").json()
    assert [each["id"] for each in options["excludeCredentials"]] == [b64(device.id)]


def test_an_account_keeps_ten(inside: Client) -> None:
    for number in range(10):
        assert added(inside, Device(), f"Key {number}").status_code == 303
    answer = added(inside, Device())
    assert answer.status_code == 422
    assert "Ten passkeys are the most" in answer.content.decode()


def test_a_removed_passkey_no_longer_signs_in(inside: Client, nobody: Client) -> None:
    device = Device()
    added(inside, device)
    path = f"/account/passkeys/{Passkey.objects.get().id}/remove"
    assert "Laptop" in inside.get(path).content.decode()
    assert inside.post(path)["Location"] == "/account"
    assert sign_in(nobody, device).status_code == 422


def test_nobody_removes_anothers(inside: Client, talks: Talks) -> None:
    added(inside, Device())
    path = f"/account/passkeys/{Passkey.objects.get().id}/remove"
    other = at_home(talks.client("quill alternate"))
    assert other.get(path).status_code == other.post(path).status_code == 404
    assert other.get(path).content == other.get("/no-such-place").content
    assert Passkey.objects.count() == 1


def test_adding_one_asks_for_fresh_authentication(inside: Client) -> None:
    sessions._kept[inside.cookies["room"].value][1]["fresh"] -= 1200
    assert inside.post("/account/passkeys/new").status_code == 303
    assert inside.get("/account/passkeys/add")["Location"] == "/confirm?next=/account/passkeys/add"


def test_who_has_no_seat_now_finds_none(inside: Client, nobody: Client, talks: Talks) -> None:
    device = Device()
    added(inside, device)
    Seat.objects.filter(pk=talks.seats["quill head"].pk).update(state=Seat.State.REVOKED)
    assert sign_in(nobody, device)["Location"] == "/seats?next=/account"


def test_a_passkey_opens_while_the_password_waits(talks: Talks, inside: Client, nobody: Client) -> None:
    quill, device = owner(talks), Device()
    added(at_home(talks.client("quill head")), device)
    for _ in range(3):
        quill.begin(browser(), password="wrong")
        delays._wrong = type(delays._wrong)({key: (count, 1e12) for key, (count, _) in delays._wrong.items()})
    assert quill.begin(browser()).status_code == 429
    assert sign_in(nobody, device).status_code == 303


@pytest.mark.parametrize(
    ("host", "secure", "offered"),
    [("localhost", False, True), ("localhost:8000", False, True), ("a.localhost:8000", False, True),
     ("room.example", True, True), ("room.example", False, False), ("127.0.0.1:8000", False, False),
     ("192.0.2.7", True, False), ("[::1]:8000", False, False), ("[::1]", True, False), ("room", True, False)],
)  # fmt: skip
def test_passkeys_are_where_the_host_has_a_name(settings: Any, host: str, secure: bool, offered: bool) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    place = passkeys.place(RequestFactory().get("/", headers={"host": host}, secure=secure))
    assert (place is not None) == offered


def test_where_there_are_none_their_addresses_are_not_there(talks: Talks) -> None:
    client = talks.client("quill head")
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    assert client.post("/passkey/options", {"purpose": "sign-in"}).status_code == 404
    assert client.get("/account/passkeys/add").status_code == 404
    assert "Add a passkey" not in client.get("/account").content.decode()


@pytest.mark.parametrize("purpose", ["", "register", "second-factor", "confirm", "x" * 1000])
def test_nobody_asks_for_what_is_not_his(nobody: Client, db: None, purpose: str) -> None:
    assert nobody.post("/passkey/options", {"purpose": purpose}).status_code == 303


def test_the_script_of_passkeys_is_a_file_of_ours_and_the_forms_wait_for_it(inside: Client, nobody: Client) -> None:
    page = nobody.get("/sign-in").content.decode()
    assert '<script src="/static/room/passkey.js" defer></script>' in page
    assert 'data-passkey="sign-in" hidden' in page
    script = Path(tracktwo.room.__file__).parent / "static/room/passkey.js"
    assert "innerHTML" not in script.read_text()
