"""People beyond the table: one link, one ballot; what opens nothing looks alike; what is not verified counts apart."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from room.soundings import drafted, opened, votes
from room.talks import Talks

from tracktwo.room.access import Absent, Refused
from tracktwo.room.concerns import wide
from tracktwo.room.concerns.models import Ballot, Snapshot, Sounding, Statement, Token
from tracktwo.room.concerns.voting_acts import close_sounding, open_sounding


def guest() -> Client:
    """A browser in which nobody is signed in."""
    return Client(headers={"sec-fetch-site": "same-origin"})


def asked(talks: Talks, count: int = 3, **more: Any) -> Sounding:
    """A sounding beyond the table, open."""
    return opened(talks, count, audience="wide", **more)


def cast(client: Client, address: str, number: int, choice: str, sounding: Sounding) -> Any:
    return client.post(
        f"{address}/vote", {"statement": str(sounding.statements.get(number=number).pk), "choice": choice}
    )


def test_a_copy_has_identifiers_of_its_own_and_names_no_concern(talks: Talks) -> None:
    source = drafted(talks, 3)
    answer = talks.client("mediator").post(f"/statements/{source.pk}/wide")
    copy = Sounding.objects.get(audience="wide")
    assert answer["Location"] == f"/statements/{copy.pk}/audience"
    assert copy.state == "draft"
    assert {s.body["en"] for s in copy.statements.all()} == {s.body["en"] for s in source.statements.all()}
    assert not {s.pk for s in copy.statements.all()} & {s.pk for s in source.statements.all()}
    assert {s.concern_id for s in copy.statements.all()} == {None}


@pytest.mark.parametrize("name", ["chair", "secretariat", "quill head", "observer", "liaison"])
def test_only_the_mediator_consults_beyond_the_table(talks: Talks, name: str) -> None:
    source, sounding = drafted(talks), asked(talks)
    client = talks.client(name)
    nothing = client.get("/no-such-place").content
    assert client.post(f"/statements/{source.pk}/wide").content == nothing
    assert client.get(f"/statements/{sounding.pk}/audience").content == nothing
    assert client.post(f"/statements/{sounding.pk}/audience", {"count": "3"}).content == nothing
    with pytest.raises(Absent):
        wide.make_tokens(talks.viewer(name), sounding, 3)
    with pytest.raises(Absent):
        open_sounding(talks.viewer(name), drafted(talks, audience="wide"))
    with pytest.raises(Absent):
        close_sounding(talks.viewer(name), sounding)
    assert Token.objects.count() == 0


def test_links_are_given_once_and_kept_only_as_marks(talks: Talks) -> None:
    sounding = asked(talks)
    client = talks.client("mediator")
    made = client.post(f"/statements/{sounding.pk}/audience", {"count": "25"})
    assert made.status_code == 303
    again = client.post(f"/statements/{sounding.pk}/audience", {"count": "25"})
    assert again["Location"] == made["Location"]  # a double click makes no more
    file = client.get(made["Location"])
    assert file["Content-Disposition"] == 'attachment; filename="links.csv"'
    rows = list(csv.reader(io.StringIO(file.content.decode())))
    links = [row[0].rsplit("/", 1)[1] for row in rows[1:]]
    assert (rows[0], len(set(links)), Token.objects.count()) == (["link"], 25, 25)
    assert client.get(made["Location"]).status_code == 404
    assert not {link for link in links for row in Token.objects.all() if link in str(row.pk)}


@pytest.mark.parametrize("count", ["", "0", "-1", "20001", "x", "1.5", "9" * 400])
def test_a_number_of_links_that_cannot_be(talks: Talks, count: str) -> None:
    sounding = asked(talks)
    answer = talks.client("mediator").post(f"/statements/{sounding.pk}/audience", {"count": count})
    assert answer.status_code == 422
    assert Token.objects.count() == 0


def test_a_link_opens_one_ballot_again_and_again_until_closing(talks: Talks) -> None:
    sounding = asked(talks)
    link = wide.make_tokens(talks.viewer("mediator"), sounding, 1)[0]
    for client, number in ((guest(), 0), (guest(), 1)):
        assert client.get(f"/w/{link}")["Location"] == f"/w/{link}/vote"
        assert cast(client, f"/w/{link}", number, "agree", sounding).status_code == 303
    row = Ballot.objects.get()
    assert (list(row.choices), row.verified) == ([2, 2, 255], True)
    page = guest().get(f"/w/{link}/vote").content.decode()
    assert "Sentence" in page
    assert "句如此" in page
    assert guest().get(f"/w/{link}/votes").content.decode().count('aria-pressed="true"') == 2
    assert row.pk != wide.guest(link).voter


def test_what_opens_nothing_looks_alike(talks: Talks) -> None:
    sounding, draft, closed = asked(talks), drafted(talks, audience="wide"), asked(talks)
    mediator = talks.viewer("mediator")
    early, late = (wide.make_tokens(mediator, each, 1)[0] for each in (draft, closed))
    close_sounding(mediator, closed)
    room = opened(talks)
    links = ["x", "A" * 22, "A" * 64, early, late, "é" * 22, "A" * 5000, str(sounding.pk)]
    paths = [f"/w/{link}{rest}" for link in links for rest in ("", "/vote", "/votes")]
    paths += [f"/w/open/{each}" for each in ("x", sounding.pk, draft.pk, closed.pk, room.pk)]
    paths += ["/w/x/results", f"/w/{early}/results"]
    answers = {(each.status_code, each.content) for each in (guest().get(path) for path in paths)}
    assert len(answers) == 1
    assert b"Nothing is open here" in next(iter(answers))[1]
    posts = {
        (each.status_code, each.content) for each in (cast(guest(), f"/w/{each}", 0, "agree", closed) for each in links)
    }
    assert posts == answers


def test_unverified_votes_are_taken_where_allowed_and_counted_apart(talks: Talks) -> None:
    mediator = talks.viewer("mediator")
    draft = drafted(talks, audience="wide")
    answer = talks.client("mediator").post(f"/statements/{draft.pk}/audience", {"unverified": "yes"})
    assert answer.status_code == 303
    sounding = open_sounding(mediator, draft)
    assert sounding.unverified
    for link in wide.make_tokens(mediator, sounding, 6):
        for number in range(3):
            cast(guest(), f"/w/{link}", number, "agree", sounding)
    addresses = set()
    for _ in range(7):
        client = guest()
        assert b"not verified" in client.get(f"/w/open/{sounding.pk}").content
        address = client.post(f"/w/open/{sounding.pk}")["Location"]
        addresses.add(address)
        for number in range(3):
            assert cast(client, address, number, "disagree", sounding).status_code == 303
    assert len(addresses) == 7
    assert Ballot.objects.filter(verified=False).count() == 7
    closed = close_sounding(mediator, sounding)
    parts = {each.part: each.document["published"] for each in Snapshot.objects.all()}
    assert parts["verified"]["counts"]["participants"] == 6
    assert parts["unverified"]["counts"]["participants"] == 7
    assert [s["agree"] for s in parts["verified"]["statements"]] == [6, 6, 6]
    assert [s["agree"] for s in parts["unverified"]["statements"]] == [0, 0, 0]
    page = talks.client("mediator").get(f"/statements/{closed.pk}/results").content.decode()
    assert "Unverified votes" in page
    own = guest().get(f"{addresses.pop()}/results?part=unverified")
    assert own.status_code == 200
    assert b"Anybody could cast these" in own.content
    assert b'id="common"' in own.content


def test_whether_unverified_votes_are_taken_is_settled_before_voting(talks: Talks) -> None:
    sounding = asked(talks)
    with pytest.raises(Refused):
        wide.allow_unverified(talks.viewer("mediator"), sounding, allowed=True)
    with pytest.raises(Absent):
        wide.allow_unverified(talks.viewer("mediator"), opened(talks), allowed=True)


def test_an_address_that_was_tampered_with_opens_nothing(talks: Talks) -> None:
    sounding = asked(talks, unverified=True)
    link = guest().post(f"/w/open/{sounding.pk}")["Location"].rsplit("/", 1)[1]
    assert wide.guest(link) is not None
    for place in range(0, 64, 3):
        other = "A" if link[place] != "A" else "B"
        assert wide.guest(link[:place] + other + link[place + 1 :]) is None


def test_holders_see_results_once_voting_is_closed(talks: Talks) -> None:
    mediator = talks.viewer("mediator")
    sounding = asked(talks, shown_open=True)
    links = wide.make_tokens(mediator, sounding, 6)
    for link in links:
        cast(guest(), f"/w/{link}", 0, "agree", sounding)
    assert guest().get(f"/w/{links[0]}/results").status_code == 404
    assert Snapshot.objects.count() == 0
    assert "lead" not in talks.client("mediator").get(f"/statements/{sounding.pk}/results").content.decode()
    close_sounding(mediator, sounding)
    page = guest().get(f"/w/{links[0]}/results")
    assert page.status_code == 200
    assert "Sentence" in page.content.decode()
    assert guest().get(f"/w/{links[0]}/results?page=2").status_code == 404


@pytest.mark.parametrize(
    "sent", [{}, {"statement": "x"}, {"statement": "own", "choice": "maybe"}, {"statement": "other", "choice": "agree"}]
)
def test_what_is_no_vote_changes_nothing(talks: Talks, sent: dict[str, str]) -> None:
    sounding, other = asked(talks), asked(talks)
    link = wide.make_tokens(talks.viewer("mediator"), sounding, 1)[0]
    known = {"own": str(sounding.statements.first().pk), "other": str(other.statements.first().pk)}
    sent = sent | {"statement": known.get(sent.get("statement", ""), "x")}
    assert guest().post(f"/w/{link}/vote", sent).status_code == 404
    assert Ballot.objects.count() == 0


def test_the_room_sees_nothing_of_it_and_its_votes_stay_out(talks: Talks) -> None:
    sounding = asked(talks)
    delegate = talks.client("quill delegate")
    nothing = delegate.get("/no-such-place").content
    for path in ("", "/vote", "/votes", "/results"):
        assert delegate.get(f"/statements/{sounding.pk}{path}").content == nothing
    sent = {"statement": str(sounding.statements.first().pk), "choice": "agree"}
    assert delegate.post(f"/statements/{sounding.pk}/vote", sent).content == nothing
    room = opened(talks)
    votes(room, talks.seats["quill head"], [2])
    assert Ballot.objects.filter(sounding=sounding).count() == 0


def test_a_page_beyond_the_table_names_neither_talks_nor_parties(talks: Talks) -> None:
    sounding = asked(talks)
    link = wide.make_tokens(talks.viewer("mediator"), sounding, 1)[0]
    page = guest().get(f"/w/{link}/vote").content.decode()
    for words in ("Heron", "Talks", "Quill", "First sounding", str(talks.process.pk)):
        assert words not in page
    assert re.findall(r"https?://", page) == []
    assert Statement.objects.count() == 3
