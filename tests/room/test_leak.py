"""Rooms that differ only in what a seat may not see give that seat the same bytes, on every page.

What is hidden from whom is said in worlds.py, by hand. Here a seat reads everything that it finds, others do what it
may not see, and it reads again: status, headers and body are the same, at addresses that others have meanwhile too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from room.talks import DELEGATIONS, Talks, begun, signed_in
from room.worlds import BEYOND, DEEDS, PUBLIC, VOTERS, World, done, hidden_deeds, raise_to, world

from tracktwo.room import access
from tracktwo.room.concerns import acts as register
from tracktwo.room.concerns import voting_acts
from tracktwo.room.concerns.models import Concern, Sounding, Statement, Theme
from tracktwo.room.disclosure import plan_acts
from tracktwo.room.people import standing_acts
from tracktwo.room.people.models import Organisation

OBSERVERS = (
    "quill delegate", "cloudberry head", "lantern counsel", "sandglass linguist", "observer", "liaison", "briefed",
    "secretariat", "auditor", "quill expert", "sandglass alternate", "custodian", "chair",
)  # fmt: skip
WORLDS = 4
CHANGES, STRANGERS = 10, 20
"""What is done in each pair, and how many addresses of things that the seat knows nothing of it tries."""
NOBODY = UUID(int=(1 << 128) - 1)
LINK = re.compile(r'(?:href|action|hx-get|hx-post|value|src)="(/[^"#]*)')
NAMED = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9a-f]{16}(?=/|$)|(?<=brackets/)[0-9-]+|=[^&]*")
PART = re.compile(r"<(?:(\w+):)?\w+>")
NEEDED = (
    "caucus", "raised_to_organisation", "working_draft_made", "held_bracket", "called", "proposed", "group_set_up",
    "proposed_within_a_group", "reviewed", "divergence_noted", "criticised", "all_asked", "concept_proposed",
)  # fmt: skip
"""Deeds without which others cannot be done."""
NEW_EACH_TIME = re.compile(r"^/account/(factor|recovery|passkeys?)")
"""Pages with a secret that is made anew for each look: its owner's own."""

PAGE = ("text/html; charset=utf-8", "text/html")
TITLE = re.compile(r"<title>([^<]*)</title>")

Answer = tuple[int, tuple[tuple[str, str], ...], str, bytes]


def patterns(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every address of the URL table, with its parts in angle brackets."""
    for each in (resolver or get_resolver()).url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, address)
        else:
            assert isinstance(each, URLPattern)
            yield address


def filled(pattern: str, identifier: object, random: Random) -> str:
    """An address of a pattern that names one thing."""
    words = {"uuid": lambda: str(identifier), "str": lambda: random.choice(("concerns", "statements", "word"))}
    return PART.sub(lambda part: words.get(part[1] or "str", lambda: "1")(), pattern)


def answer(client: Client, address: str, method: str = "get") -> Answer:
    """All that comes back over the wire but the date."""
    found = getattr(client, method)(address)
    headers = tuple(sorted((name, value) for name, value in found.items() if name != "Date"))
    body = b"" if method == "head" else b"".join(found) if found.streaming else found.content
    return found.status_code, headers, found.cookies.output(), body


def read(client: Client, most: int = 4) -> dict[str, Answer]:
    """Everything that a seat finds: the addresses without a name in them, and all that their pages lead to.

    Of addresses that differ in what they name alone, ``most`` are read.
    """
    found: dict[str, Answer] = {}
    alike = Counter[str]()
    waiting = sorted(each for each in patterns() if "<" not in each)
    while waiting:
        address = waiting.pop(0)
        kind = shape(address)
        if address in found or address.startswith("/static/") or alike[kind] >= most:
            continue
        alike[kind] += 1
        found[address] = answer(client, address)
        status, headers, _, body = found[address]
        links = LINK.findall(body.decode()) if status == 200 and dict(headers)["Content-Type"] in PAGE else []
        waiting += [unescape(each) for each in links] + [to for name, to in headers if name == "Location"]
    return found


def shape(address: str) -> str:
    """An address without what it names."""
    return NAMED.sub("_", address)


def everything() -> dict[str, str]:
    """Every identifier in the database, of all talks, and of what it is."""
    return {
        str(pk): model.__name__
        for model in apps.get_models()
        for pk in model._base_manager.values_list("pk", flat=True)
    }


def differences(before: dict[str, Answer], client: Client, heads: set[str] | None = None) -> list[str]:
    """The addresses that are answered otherwise now, but for those whose owner's secret is new at each look.

    HEAD is asked once of each kind of address; ``heads`` are the kinds of which it was.
    """
    found, shapes = [], set[str]() if heads is None else heads
    for address, was in before.items():
        now = answer(client, address)
        if now != was and not NEW_EACH_TIME.match(address):
            found.append(f"{address}: {told(was, now)}")
        if was[0] != 200 or shape(address) in shapes:
            continue
        shapes.add(shape(address))
        head = answer(client, address, "head")
        if (head[0], _without_length(head[1])) != (was[0], _without_length(was[1])):
            found.append(f"HEAD {address}")
    return found


def _without_length(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {name: value for name, value in headers if name != "Content-Length"}


def told(was: Answer, now: Answer) -> str:
    """Where two answers differ."""
    if was[0] != now[0] or was[3] == now[3]:
        return f"{was[0]} / {now[0]}, {set(was[1]) ^ set(now[1])}"
    old, new = was[3].decode(errors="replace"), now[3].decode(errors="replace")
    place = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return f"…{old[place - 80 : place + 120]!r} / …{new[place - 40 : place + 120]!r}"


def strangers(random: Random, ids: list[str], searches: list[str]) -> Iterator[tuple[str, str, str]]:
    """Things that the seat knows nothing of, each with an address of it and the same address of nothing."""
    named = sorted(each for each in patterns() if "<" in each)
    for _ in range(STRANGERS if ids else 0):
        identifier, seed = random.choice(ids), random.random()
        pattern = random.choice(named + searches)
        yield identifier, filled(pattern, identifier, Random(seed)), filled(pattern, NOBODY, Random(seed))


def searched(pages: dict[str, Answer]) -> list[str]:
    """The patterns of addresses that name a thing behind a question mark."""
    named = re.compile(r"=[0-9a-f]{8}-[0-9a-f-]{27}")
    return sorted({named.sub("=<uuid:it>", each) for each in pages if named.search(each)})


def _all_take_part(made: World) -> None:
    made.talks.process.refresh_from_db()
    if made.talks.process.frozen:
        plan_acts.thaw(made.viewer("mediator"))
    for own in Organisation.objects.filter(process=made.talks.process, status=Organisation.Status.SUSPENDED):
        standing_acts.readmit(made.viewer("mediator"), own.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(WORLDS))
def test_what_a_seat_may_not_see_changes_no_byte_of_what_it_is_given(seed: int) -> None:
    made = world(seed, deeds=20)
    searches = searched(read(made.talks.client("mediator"), most=1))
    observers, heads = list(OBSERVERS), set[str]()
    made.random.shuffle(observers)
    for place, observer in enumerate(observers):
        if observer not in BEYOND:
            _all_take_part(made)
        client = signed_in(made.viewer(observer).seat, language=("en", "zh")[(seed + place) % 2])
        before = read(client)
        assert before["/"][0] == 200
        known = everything()
        deeds = hidden_deeds(made, observer, CHANGES)
        assert len(deeds) == CHANGES
        new = [each for each in everything() if each not in known]
        assert differences(before, client, heads) == [], (observer, deeds)
        assert {
            title
            for page in before.values()
            for title in TITLE.findall(page[3].decode(errors="replace"))
            if named(title)
        } == set()
        unseen = [each for each in new + made.random.sample(sorted(known), 20) if not _mentioned(each, before)]
        for it, there, nowhere in strangers(made.random, unseen, searches):
            *head, body = answer(client, there)
            echoed = body.replace(it.encode(), str(NOBODY).encode())
            assert (*head, echoed) == answer(client, nowhere), (observer, there)


def named(title: str) -> bool:
    """Whether a title says what the talks, a party, a meeting or a concern is called; those of worlds end in digits."""
    sides = [name for _, words in DELEGATIONS.values() for name in words.values()]
    return bool(re.search(r"[0-9]{4}", title)) or any(each in title for each in ("Heron", "白鹭", "World", *sides))


def _mentioned(identifier: str, pages: dict[str, Answer]) -> bool:
    return any(identifier.encode() in page[3] for page in pages.values())


@pytest.mark.django_db
def test_every_deed_can_be_done() -> None:
    made = world(99, deeds=20)
    for name, draw in DEEDS.items():
        for _ in range(20):
            if done(draw(made)):
                break
            _all_take_part(made)
            for needed in NEEDED:
                done(DEEDS[needed](made))
        else:
            pytest.fail(name)


@pytest.mark.django_db
def test_what_a_seat_may_see_is_told_by_the_same_reading() -> None:
    made = world(7, deeds=5, other=False)
    clients = {each: made.talks.client(each) for each in OBSERVERS[:8] if each not in BEYOND}
    before = {each: read(client, most=1) for each, client in clients.items()}
    for name in sorted(PUBLIC - {"suspended", "frozen"}):
        done(DEEDS[name](made))
    assert [each for each, client in clients.items() if not differences(before[each], client)] == []


@pytest.mark.django_db
def test_a_gate_with_a_hole_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: concerns to the mediator alone are let through."""
    made = world(8, deeds=0, other=False)
    raise_to(made, "mediator", "cloudberry expert")
    client = made.talks.client("quill delegate")
    before = read(client)
    assert differences(before, client) == []
    honest = access.Visible.concerns

    def leaking(self: access.Visible) -> Any:
        return honest(self) | Concern.objects.filter(process=self.viewer.process, scope="mediator").select_related(
            "theme", "organisation", "seat"
        )

    monkeypatch.setattr(access.Visible, "concerns", leaking)
    assert differences(before, client)


# results, from one state of their page to the next

Cast = dict[str, tuple[str, ...]]
"""The truth: what every voter has chosen on each statement, "" where nothing."""


def moved(before: Cast, now: Cast, of: Iterable[str]) -> int:
    """How many of these voters have voted or changed."""
    return sum(before.get(each, ()) != now.get(each, ()) for each in of)


def electors(made: Talks, voters: str) -> dict[str, list[str]]:
    """By delegation, under whose name each ballot stands."""
    roles = ("head",) if voters == "delegation" else VOTERS
    return {key: [f"{key} {role}" for role in roles] for key in made.organisations if key in DELEGATIONS}


def sounding(made: Talks, *, shown: bool) -> tuple[Sounding, list[UUID]]:
    """Three statements that are put to the vote."""
    who = made.viewer("mediator")
    found = register.make_sounding(who, register.Plan({"en": "Title", "zh": "标题"}, "room", shown))
    for number in range(3):
        body = {"en": f"Statement {number}", "zh": f"观点{number}", "original": "en", "translation": "given"}
        register.add_statement(who, found.pk, body)
    voting_acts.open_sounding(who, found)
    return found, sorted(Statement.objects.filter(sounding=found).values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2, 6))
def test_shown_results_move_only_when_enough_on_every_side_have_voted_or_changed(seed: int) -> None:
    random = Random(seed)
    voters = "delegation" if seed == 5 else "seat"
    k, apart = (2 if voters == "delegation" else random.choice((2, 3, 5))), seed % 2 == 1
    made = begun(f"Snapshots {seed}", k=k, voters=voters, by_delegation=apart)
    found, statements = sounding(made, shown=True)
    ballots = electors(made, voters)
    client, page = made.client("observer"), f"/statements/{found.pk}/results"
    cast, last, state, states = Cast(), Cast(), answer(client, page), 0
    for _ in range(120):
        key = random.choice([*ballots])
        who, place = random.choice(ballots[key]), random.randrange(3)
        choice = random.choice(("agree", "disagree", "pass", "undo"))
        voting_acts.vote(made.viewer(who), found.pk, statements[place], choice)
        chosen = [*cast.get(who, ("", "", ""))]
        chosen[place] = "" if choice == "undo" else choice
        cast[who] = tuple(chosen)
        cast = {name: each for name, each in cast.items() if any(each)}
        now = answer(client, page)
        if now == state:
            continue
        for mark in "AB":
            side = [each for key in ballots if DELEGATIONS[key][0] == mark for each in ballots[key]]
            assert moved(last, cast, side) >= k, (seed, mark)
        if apart:
            assert all(moved(last, cast, each) not in range(1, k) for each in ballots.values() if len(each) >= k)
        last, state, states = dict(cast), now, states + 1
    assert states >= 2 or apart
    voting_acts.close_sounding(made.viewer("mediator"), found)
    closed = answer(client, page)
    assert closed != state
    assert answer(client, page) == closed


@pytest.mark.django_db
def test_hidden_results_move_at_closing_alone(talks: Talks) -> None:
    found, statements = sounding(talks, shown=False)
    clients = {name: talks.client(name) for name in ("observer", "mediator", "quill head", "secretariat")}
    page = f"/statements/{found.pk}/results"
    before = {name: answer(client, page) for name, client in clients.items() if name != "mediator"}
    for key in DELEGATIONS:
        for role in VOTERS:
            for statement in statements:
                voting_acts.vote(talks.viewer(f"{key} {role}"), found.pk, statement, "agree")
    assert {name: answer(clients[name], page) for name in before} == before
    voting_acts.close_sounding(talks.viewer("mediator"), found)
    assert all(answer(clients[name], page) != was for name, was in before.items())


@pytest.mark.django_db
def test_how_the_sides_see_a_concern_moves_only_when_enough_on_every_side_have_answered_or_changed() -> None:
    random = Random(3)
    made = begun("Assessed", k=3, batch=2)
    concern = put(made)
    client, page = made.client("observer"), f"/concerns/{concern}"
    said, last, state, states = Cast(), Cast(), answer(client, page), 0
    for _ in range(120):
        who = f"{random.choice([*DELEGATIONS])} {random.choice(VOTERS)}"
        values = (random.randint(1, 5), random.randint(1, 5))
        register.assess(made.viewer(who), concern, *values)
        said[who] = tuple(map(str, values))
        now = answer(client, page)
        if now == state:
            continue
        for mark in "AB":
            side = [f"{key} {role}" for key in DELEGATIONS for role in VOTERS if DELEGATIONS[key][0] == mark]
            assert moved(last, said, side) >= 3
        last, state, states = dict(said), now, states + 1
    assert states >= 3


def put(made: Talks) -> UUID:
    """A concern that is before the room."""
    theme = Theme.objects.create(process=made.process, name={"en": "Misuse", "zh": "滥用"})
    body = {"en": "Concern", "zh": "关切", "original": "en", "translation": "given"}
    register.raise_concern(made.viewer("quill delegate"), register.Given(theme.pk, body, [], "seat"))
    register.release(made.viewer("mediator"))
    found: UUID = Concern.objects.get(process=made.process).pk
    return found
