"""One act stops everything that leaves: what the page of the freeze says stops, does."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from room.raised import given, put
from room.soundings import crowded, drafted, opened, votes
from room.talks import Talks

from tracktwo.room.access import Refused
from tracktwo.room.concerns import acts, snapshots, wide
from tracktwo.room.concerns.assessing import assess
from tracktwo.room.concerns.models import Ballot, Concern, Snapshot, Token, Waiting
from tracktwo.room.concerns.voting_acts import open_sounding
from tracktwo.room.disclosure.plan_acts import freeze, thaw
from tracktwo.room.people.models import Seat


def test_no_concern_goes_to_the_room_until_the_freeze_ends(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks))
    freeze(talks.viewer("chair"))
    with pytest.raises(Refused):
        acts.release(talks.viewer("mediator"))
    assert (Concern.objects.count(), Waiting.objects.count()) == (0, 1)
    thaw(talks.viewer("mediator"))
    assert acts.release(talks.viewer("mediator")) == 1


def test_concerns_are_still_raised(talks: Talks) -> None:
    freeze(talks.viewer("chair"))
    acts.raise_concern(talks.viewer("quill delegate"), given(talks))
    assert Waiting.objects.count() == 1


@pytest.mark.parametrize("audience", ["room", "wide"])
def test_no_voting_is_opened(talks: Talks, audience: str) -> None:
    sounding = drafted(talks, audience=audience)
    freeze(talks.viewer("quill head"))
    with pytest.raises(Refused):
        open_sounding(talks.viewer("mediator"), sounding)


def voted(talks: Talks) -> tuple[object, list[Seat]]:
    seats = crowded(talks, 3)
    sounding = opened(talks, shown_open=True)
    for seat in seats:
        votes(sounding, seat, (2, 2, 0))
    return sounding, seats


def test_no_new_results_are_shown_and_votes_go_on(talks: Talks) -> None:
    sounding, _ = voted(talks)
    freeze(talks.viewer("chair"))
    assert talks.client("quill head").get(f"/statements/{sounding.pk}/results").status_code == 200
    assert Snapshot.objects.count() == 0
    assert talks.client("quill head").get(f"/statements/{sounding.pk}/vote").status_code == 200
    thaw(talks.viewer("mediator"))
    snapshots.refresh(sounding, timezone.localdate())
    assert Snapshot.objects.count() == 1


def test_how_the_sides_see_a_concern_stays_as_it_was_shown(talks: Talks) -> None:
    concern, seats = put(talks), crowded(talks, 3)
    names = [name for name, seat in talks.seats.items() if seat in seats]
    freeze(talks.viewer("chair"))
    for name in names:
        assess(talks.viewer(name), concern.id, 4, 4)
    assert Concern.objects.get().shown is None
    thaw(talks.viewer("mediator"))
    assess(talks.viewer(names[0]), concern.id, 4, 5)
    assert Concern.objects.get().shown["sides"]


def test_the_consultation_beyond_the_table_takes_no_votes(talks: Talks) -> None:
    sounding = opened(talks, audience="wide")
    (link,) = wide.make_tokens(talks.viewer("mediator"), sounding, 1)
    guest, vote = Client(headers={"sec-fetch-site": "same-origin"}), f"/w/{link}/vote"
    cast = {"statement": str(sounding.statements.first().pk), "choice": "agree"}
    freeze(talks.viewer("chair"))
    unknown = guest.get(vote.replace(link, "A" * len(link)))
    answer = guest.get(vote)
    assert (answer.status_code, answer.content) == (404, unknown.content.replace(b"A" * len(link), link.encode()))
    assert guest.post(vote, cast).status_code == 404
    found = wide.guest(link)
    assert found is not None
    with pytest.raises(Refused):
        wide.vote(found, sounding.statements.first().pk, "agree")
    assert Ballot.objects.count() == 0
    thaw(talks.viewer("mediator"))
    assert guest.post(vote, cast).status_code in {200, 303}
    assert Ballot.objects.count() == 1


def test_nobody_begins_without_a_link_and_no_links_are_made(talks: Talks) -> None:
    sounding = opened(talks, audience="wide", unverified=True)
    guest = Client(headers={"sec-fetch-site": "same-origin"})
    assert guest.get(f"/w/open/{sounding.pk}").status_code == 200
    freeze(talks.viewer("chair"))
    assert {guest.get(f"/w/open/{sounding.pk}").status_code, guest.post(f"/w/open/{sounding.pk}").status_code} == {404}
    assert wide.begun(sounding.pk) is None
    with pytest.raises(Refused):
        wide.make_tokens(talks.viewer("mediator"), sounding, 3)
    assert Token.objects.count() == 0
