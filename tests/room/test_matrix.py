"""Everybody × every address and method × every object: what is forbidden answers as what is not there, byte for byte.

The addresses come from the URL table; who may go where and see what stands in oracle.py and scene.py, by hand. What
may be done is not done here: acts have tests of their own, and nothing in this room changes.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from room.oracle import ALWAYS, DOORS, OPEN
from room.scene import Scene, Subject, Thing, scene
from room.scene_desk import KINDS as DESKS
from room.scene_page import KINDS as PAGES
from room.scene_tongues import KINDS as TONGUES

from tracktwo.room.access import Visible
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.disclosure.models import Confidence

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
KINDS = (
    ("account/passkeys/", "passkey"), ("people/sides/", "side"),
    (r"people/organisations/<uuid:identifier>/", "delegation"), ("people/organisations/", "organisation"),
    (r"people/seats/<uuid:identifier>/(invitation|free)", "empty seat"), ("people/seats/", "seat"),
    ("meetings/rounds/", "round"), (r".*<uuid:paper>", "paper"),
    ("meetings/", "meeting"), ("concerns/themes/", "theme"), ("concerns/waiting/", "waiting"),
    (r"concerns/.*<uuid:outcome>", "outcome"), ("concerns/", "concern"), ("translations/", "translated"),
    (r"statements/.*/votes?$", "asked"), (r"statements/.*/(open|close)$", "to put"),
    (r"statements/.*/wide$", "to copy"), (r"statements/.*/audience$", "beyond"),
    (r"statements/.*<str:handle>", "link"), (r"statements/.*<uuid:which>", "statement"), ("statements/", "sounding"),
    ("confidences/", "confidence"), ("holds/", "outgoing"), ("plan/lines/", "line"), *DESKS, *TONGUES, *PAGES,
)  # fmt: skip
"""What the identifiers in an address stand for."""
UNBEGUN = {"account/passkeys/add"}
"""Steps of something that nobody here has begun."""


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            yield before + str(each.pattern), each.callback


TABLE = dict(addresses())
CLOSED = sorted(TABLE.keys() - OPEN)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # as Django's own tests do: acts ask that nothing encloses them
        with block:
            yield scene()
            transaction.set_rollback(True)


def things(made: Scene, pattern: str) -> list[Thing]:
    """The objects that an address may name, and one that is not there."""
    names = re.findall(r"<\w+:(\w+)>", pattern)
    if not names:
        return [Thing("", {}, lambda one: pattern not in UNBEGUN)]
    kind = next(kind for start, kind in KINDS if re.match(start, pattern))
    numbers = re.findall(r"<int:(\w+)>", pattern)
    nothing = {name: "9" if name in numbers else str(uuid.uuid4()) for name in names}
    return [*made.things[kind], Thing("not there", nothing, lambda one: False)]


def path(pattern: str, ids: dict[str, str]) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: ids[found[1]], pattern)


def answer(one: Subject, method: str, address: str) -> tuple[Any, ...]:
    """All of an answer; the address itself, which a redirection to the sign-in repeats, is taken out."""
    response = one.client.generic(method, address)
    headers = {name: value for name, value in response.items() if name != "Date"}
    if headers.get("Location", "").endswith(f"?next={quote(address)}"):
        headers["Location"] = headers["Location"].removesuffix(quote(address))
    return response.status_code, headers, response.cookies.output(), response.content


def lets_in(one: Subject, pattern: str) -> bool:
    return one.role in DOORS[pattern] and (not one.away or pattern in ALWAYS)


def cases(made: Scene, pattern: str) -> Iterator[tuple[Subject, str, Thing, str]]:
    """Who asks, how, for what, and what is to come of it: absent, there, or not by this method.

    Whoever has a right meets every object; whoever has none two of them, in turn. The rarer methods meet one.
    """
    allowed = {*TABLE[pattern].methods, *(("HEAD",) if "GET" in TABLE[pattern].methods else ())}
    found = things(made, pattern)
    for turn, one in enumerate(made.subjects):
        enters = lets_in(one, pattern)
        shown = [*dict.fromkeys((turn % len(found), (turn * 7 + 3) % len(found)))]
        for place in range(len(found)) if enters else shown:
            for method in METHODS if place == shown[0] else ("GET", "POST"):
                expected = _expected(enters, method in allowed, found[place].readers(one))
                if expected != "there" or method != "POST":
                    yield one, method, found[place], expected


def _expected(enters: bool, allowed: bool, seen: bool) -> str:
    if not enters:
        return "absent"
    if not allowed:
        return "not so"
    return "there" if seen else "absent"


_nothing: dict[tuple[str, str], tuple[Any, ...]] = {}


def absent(one: Subject, method: str) -> tuple[Any, ...]:
    """What somebody is told of an address that does not exist."""
    if (str(one), method) not in _nothing:
        _nothing[str(one), method] = answer(one, method, f"/{uuid.uuid4()}/{uuid.uuid4()}")
    return _nothing[str(one), method]


def right(one: Subject, method: str, address: str, expected: str) -> bool:
    found = answer(one, method, address)
    if expected == "absent":
        return found == absent(one, method)
    return found[0] == 405 if expected == "not so" else found[0] not in (404, 405, 500)


def wrong(made: Scene, pattern: str) -> list[str]:
    """The cases in which the room does not answer as the oracle says."""
    return [
        f"{one}: {method} {thing.label} is not {expected}"
        for one, method, thing, expected in cases(made, pattern)
        if not right(one, method, path(pattern, thing.ids), expected)
    ]


def test_every_address_is_in_the_oracle_and_the_oracle_names_no_other() -> None:
    assert sorted(TABLE) == sorted({*OPEN, *DOORS})


@pytest.mark.parametrize("pattern", CLOSED)
def test_what_is_forbidden_is_absent(made: Scene, pattern: str) -> None:
    before = StagedLeaf.objects.count()
    assert wrong(made, pattern) == []
    assert StagedLeaf.objects.count() == before  # nothing was done


def test_a_hole_in_the_gate_is_found(made: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Visible, "confidences", lambda self: Confidence.objects.order_by("id"))
    found = wrong(made, "confidences/<uuid:confidence>")
    assert "cloudberry delegate: GET confidence: quill delegate is not absent" in found


def test_there_are_cases_enough(made: Scene) -> None:
    assert sum(1 for pattern in CLOSED for _ in cases(made, pattern)) >= 15_000


@pytest.mark.parametrize("pattern", ["w/open/<str:sounding>", "w/<str:link>", "w/<str:link>/vote", "i/<str:token>"])
def test_what_is_open_to_all_tells_nothing_of_what_an_identifier_names(made: Scene, pattern: str) -> None:
    guest = made.subjects[-1]
    named = {each for kind in made.things.values() for thing in kind for each in thing.ids.values() if len(each) == 36}

    def told(each: str) -> tuple[int, bytes]:
        response = guest.client.get("/" + re.sub("<.*>", each, pattern))
        return response.status_code, response.content.replace(each.encode(), b"")

    nothing = told(str(uuid.uuid4()))
    assert {each for each in named if told(each) != nothing} == set()
