"""Hostile input to every address by every method, without a schema: an answer, and never an error of ours.

The test client raises whatever the room does not answer. Fields are those that the room's own pages have; values are
now and then those that the pages offer, so that what is hostile reaches what lies behind a form.
"""

from __future__ import annotations

import json
import os
import re
import uuid
from collections.abc import Iterator
from html import unescape
from random import Random
from typing import Any
from urllib.parse import quote_from_bytes

import django.test.client
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from room.oracle import OPEN
from room.scene import Scene, Subject, scene
from room.talks import signed_in
from room.test_matrix import TABLE, lets_in, path, things

from tracktwo.room.people.models import Seat
from tracktwo.room.wsgi import Request, application

pytestmark = pytest.mark.django_db
TURNS = int(os.environ.get("TRACKTWO_FUZZ_TURNS", "14"))
"""Requests with a body that each of a few people sends to each address."""
FORM = "application/x-www-form-urlencoded"
HOSTILE: tuple[bytes, ...] = (
    b"", b" ", b"\0", b"a\0b", b"\x07\x1b[2J", b"\r\nSet-Cookie: a=b", b"x" * 5000, b"\xff\xfe", b"\xc3\x28",
    b"\xed\xa0\x80", b"\xed\xb0\x80\xed\xa0\x80", b"\xf4\x90\x80\x80",  # not UTF-8, and surrogates
    "\u202eabc\u2066".encode(), "\u2028\u2029\ufeff".encode(), "e\u0301".encode() * 900, "👩‍👩‍👧".encode() * 300,
    b"<script>alert(1)</script>", b"\"><img src=x onerror=alert(1)>", b"{% include 'x' %}{{ 7|add:7 }}", b"{n}{0}{",
    b"%s%n%d", b"'; DROP TABLE room_seat; --", b"../../../../etc/passwd", b"//elsewhere.example/", b"javascript:a",
    b"null", b"None", b"true", b"on", b"yes", b"[]", b"{}", b'{"a": [1, null]}', b"NaN", b"Infinity", b"-1", b"0", b"1",
    b"-0", b"1.5", b"1e999", b"9" * 400, b"0x10", b"1_000", "٣".encode(), "²".encode(), "五".encode(),
    b"99999999999999999999", b"-9223372036854775809", b"2026-02-30", b"0000-00-00", b"9999-12-31", b"2026-11-23",
    b"25:61", b"00000000-0000-0000-0000-000000000000", b"{00000000000000000000000000000000}", b"0" * 32, b"A" * 22,
    b"A" * 64, b"seat", b"en", b"open",
)  # fmt: skip
HEADERS = (
    "HTTP_ACCEPT_LANGUAGE", "HTTP_HOST", "HTTP_ORIGIN", "HTTP_COOKIE", "HTTP_SEC_FETCH_SITE", "HTTP_HX_REQUEST",
    "HTTP_REFERER", "HTTP_X_FORWARDED_PROTO", "CONTENT_TYPE", "HTTP_IF_NONE_MATCH", "QUERY_STRING",
)  # fmt: skip
ENCODINGS = ("; charset=utf-16", "; charset=base64", "; charset=undefined", "; charset*=utf-8''%00", "; charset=idna")
NAMES = ("a", "id", "next", "identifier", "__proto__", "csrfmiddlewaretoken", "page", "\0", "ключ", "x" * 300)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            yield scene()
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def as_it_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client makes the requests that the room's own handler makes."""
    monkeypatch.setattr(django.test.client, "WSGIRequest", Request)


@pytest.fixture(scope="module")
def fields(made: Scene, django_db_blocker: Any) -> dict[str, list[bytes]]:
    """The names of fields on the pages of a few seats, each with the values that the pages give it."""
    found: dict[str, set[bytes]] = {name: set() for name in NAMES}
    with django_db_blocker.unblock():
        for one in made.subjects:
            if one.name in {"mediator", "quill head", "quill counsel", "liaison"}:
                for page in _pages(made, one):
                    _harvest(page, found)
    return {name: sorted(values) for name, values in found.items()}


def _pages(made: Scene, one: Subject) -> Iterator[str]:
    for pattern in TABLE.keys() - OPEN:
        if "GET" in TABLE[pattern].methods and lets_in(one, pattern):
            seen = next((thing for thing in things(made, pattern) if thing.readers(one)), None)
            if seen is not None:
                yield one.client.get(path(pattern, seen.ids)).content.decode()


def _harvest(page: str, found: dict[str, set[bytes]]) -> None:
    for tag in re.findall(r"<(?:input|textarea|select|button)\b[^>]*>", page):
        name = re.search(r'\bname="([^"]*)"', tag)
        if name is not None:
            value = re.search(r'\bvalue="([^"]*)"', tag)
            found.setdefault(unescape(name[1]), set()).update([unescape(value[1]).encode()] if value else [])
    for name, inner in re.findall(r'<select\b[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        values = re.findall(r'<option\b[^>]*\bvalue="([^"]*)"', inner)
        found.setdefault(unescape(name), set()).update(unescape(value).encode() for value in values)


class Fuzz:
    """Hostile requests, the same in every run."""

    def __init__(self, seed: str, fields: dict[str, list[bytes]]) -> None:
        self.random = Random(seed)
        self.fields = fields
        self.names = sorted(fields)

    def value(self, name: str) -> bytes:
        own = self.fields[name]
        return self.random.choice(own if own and self.random.random() < 0.5 else HOSTILE)

    def chosen(self) -> list[tuple[str, bytes]]:
        """Fields: all, some or none of them, some of them twice."""
        names = self.random.sample(self.names, self.random.choice((0, 1, 3, len(self.names) // 2, len(self.names))))
        names += self.random.sample(names, min(len(names), self.random.choice((0, 0, 3))))
        return [(name, self.value(name)) for name in names]

    def encoded(self) -> bytes:
        return "&".join(
            f"{quote_from_bytes(name.encode(), safe='')}={quote_from_bytes(value, safe='')}"
            for name, value in self.chosen()
        ).encode()

    def body(self) -> tuple[bytes, str]:
        """A body and what it is said to be."""
        return self.random.choice((
            self._form, self._form, self._form, self._files, self._files, self._json, self._broken, self._other,
        ))()  # fmt: skip

    def _form(self) -> tuple[bytes, str]:
        return self.encoded(), FORM + self.random.choice((*[""] * len(ENCODINGS), *ENCODINGS))

    def _files(self) -> tuple[bytes, str]:
        data: dict[str, Any] = {}
        for name, value in self.chosen():
            if name.isascii() and name.isprintable():
                file = SimpleUploadedFile("\u202eexe.txt", value or b"x")
                data[name] = file if self.random.random() < 0.4 else value.decode("utf-8", "replace")
        return encode_multipart(BOUNDARY, data), MULTIPART_CONTENT

    def _json(self) -> tuple[bytes, str]:
        data = {name: self.random.choice((None, [], {}, 1e308, True, "x")) for name in self.names[:9]}
        return json.dumps(self.random.choice((data, [data], None, 0, "x"))).encode(), "application/json"

    def _broken(self) -> tuple[bytes, str]:
        whole = encode_multipart(BOUNDARY, {"a": "b"})
        return whole[: self.random.randrange(len(whole))], self.random.choice(
            (MULTIPART_CONTENT, "multipart/form-data")
        )

    def _other(self) -> tuple[bytes, str]:
        return self.random.choice(HOSTILE), self.random.choice(("text/plain", "", "x" * 200, "application/xml"))

    def address(self, pattern: str, ids: dict[str, str]) -> str:
        """The address, mostly with the identifiers given, now and then with others."""
        odd = ["x", "%00", "%ED%A0%80", "..", "%2e%2e%2f", "A" * 3000, str(uuid.uuid4()).upper(), "%E2%80%AE", "0" * 36]
        wild = self.random.random() < 0.15
        return path(pattern, {name: self.random.choice(odd) if wild else each for name, each in ids.items()})


def people(made: Scene, pattern: str, random: Random) -> list[Client]:
    """Two who may go there, if it is not open to all, one who may not, and nobody; in browsers of their own."""
    seated = [one for one in made.subjects if one.role is not None and one.home]
    inside = [one for one in seated if pattern in OPEN or lets_in(one, pattern)]
    outside = [one for one in seated if one not in inside]
    chosen = random.sample(inside, min(2, len(inside))) + random.sample(outside, min(1, len(outside)))
    return [_again(one) for one in chosen] + [Client(headers={"sec-fetch-site": "same-origin"})]


def _again(one: Subject) -> Client:
    """The same person, signed in anew: a session may have been ended."""
    return signed_in(Seat.objects.select_related("account").get(pk=one.seat))


def ids_for(made: Scene, pattern: str, random: Random) -> dict[str, str]:
    if pattern in OPEN:
        return {name: str(uuid.uuid4()) for name in re.findall(r"<\w+:(\w+)>", pattern)}
    return random.choice(things(made, pattern)).ids


@pytest.mark.parametrize("pattern", sorted(TABLE))
def test_whatever_is_sent_is_answered(made: Scene, fields: dict[str, list[bytes]], pattern: str) -> None:
    fuzz = Fuzz(pattern, fields)
    for client in people(made, pattern, fuzz.random):
        for _ in range(TURNS):
            address = fuzz.address(pattern, ids_for(made, pattern, fuzz.random))
            body, kind = fuzz.body()
            statuses = [client.generic("POST", address, body, content_type=kind).status_code]
            if fuzz.random.random() < 0.5:
                query = fuzz.encoded()[:3000].decode()
                statuses.append(client.generic("GET", address, QUERY_STRING=query).status_code)
            method = fuzz.random.choice(("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "x"))
            statuses.append(client.generic(method, address, body, content_type=kind).status_code)
            assert all(status < 500 for status in statuses)


@pytest.mark.parametrize("value", [each for each in HOSTILE if b"\n" not in each])
def test_whatever_stands_in_a_header_is_answered(made: Scene, value: bytes) -> None:
    text = value.decode("latin-1")
    for name in HEADERS:
        for method in ("GET", "POST"):
            extra = {name: f"room={text}" if name == "HTTP_COOKIE" else text}
            for address in ("/", "/sign-in", "/concerns"):
                assert Client().generic(method, address, b"a=b", **extra).status_code < 500


def test_the_room_is_served_with_such_requests() -> None:
    assert application.request_class is Request


def test_too_much_is_refused_and_answered(made: Scene) -> None:
    mediator = next(one for one in made.subjects if one.name == "mediator" and one.home)
    for body in (b"a=" + b"x" * (2 << 20), b"a=b&" * 3000):
        answer = _again(mediator).generic("POST", "/plan/lines/new", body, content_type=FORM)
        assert answer.status_code == 400
