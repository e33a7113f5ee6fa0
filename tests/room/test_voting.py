"""Opening, voting, changing, closing: who may, when, and what a vote leaves behind."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from room.soundings import drafted, opened, votes
from room.talks import Talks, begun

from tracktwo.room.access import Absent, Refused
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.concerns import voting
from tracktwo.room.concerns.models import Ballot, Snapshot, Sounding
from tracktwo.room.concerns.voting_acts import Unconfirmed, close_sounding, open_sounding, vote
from tracktwo.room.people.models import Organisation, Seat


def choices(talks: Talks, sounding: Sounding, name: str) -> list[int]:
    return list(voting.own(talks.viewer(name), sounding).choices)


def statement(sounding: Sounding, number: int = 0) -> str:
    return str(sounding.statements.get(number=number).pk)


def test_the_mediator_opens_a_draft_and_its_numbers_are_drawn(talks: Talks) -> None:
    sounding = drafted(talks, 200)
    before = dict(sounding.statements.values_list("pk", "number"))
    found = open_sounding(talks.viewer("mediator"), sounding)
    after = dict(sounding.statements.values_list("pk", "number"))
    assert (found.state, found.opened_on) == ("open", talks.viewer("mediator").today)
    assert sorted(after.values()) == list(range(200))
    assert sum(before[each] == after[each] for each in before) < 20


@pytest.mark.parametrize("name", ["secretariat", "quill head", "observer", "liaison", "operator"])
def test_nobody_else_opens_or_closes(talks: Talks, name: str) -> None:
    draft, running = drafted(talks), opened(talks)
    with pytest.raises(Absent):
        open_sounding(talks.viewer(name), draft)
    with pytest.raises(Absent):
        close_sounding(talks.viewer(name), running)
    assert talks.client(name).post(f"/statements/{draft.pk}/open").status_code == 404
    assert Sounding.objects.get(pk=draft.pk).state == "draft"


def test_a_draft_without_statements_or_opened_before_is_not_opened(talks: Talks) -> None:
    with pytest.raises(Refused, match="no statement"):
        open_sounding(talks.viewer("mediator"), drafted(talks, 0))
    with pytest.raises(Refused, match="opened before"):
        open_sounding(talks.viewer("chair"), opened(talks))


def test_a_statement_in_one_language_is_put_only_when_that_is_confirmed(talks: Talks) -> None:
    sounding = drafted(talks, 2)
    row = sounding.statements.first()
    row.body |= {"zh": ""}
    row.save()
    client = talks.client("mediator")
    with pytest.raises(Unconfirmed):
        open_sounding(talks.viewer("mediator"), sounding)
    answer = client.post(f"/statements/{sounding.pk}/open")
    assert answer.status_code == 422
    assert row.body["en"].encode() in answer.content
    assert client.post(f"/statements/{sounding.pk}/open", {"confirmed": "yes"}).status_code == 303
    assert Sounding.objects.get(pk=sounding.pk).state == "open"


def test_while_everything_is_frozen_nothing_is_opened_or_closed(talks: Talks) -> None:
    draft, running = drafted(talks), opened(talks)
    talks.process.frozen = True
    talks.process.save()
    with pytest.raises(Refused, match="frozen"):
        open_sounding(talks.viewer("mediator"), draft)
    with pytest.raises(Refused, match="frozen"):
        close_sounding(talks.viewer("mediator"), running)


def test_a_vote_right_after_opening_lands_on_its_statement(talks: Talks) -> None:
    sounding = drafted(talks, 30)
    client, first = talks.client("quill delegate"), sounding.statements.first()
    sent = {"statement": str(first.pk), "choice": "agree"}
    assert client.post(f"/statements/{sounding.pk}/vote", sent).status_code == 404
    open_sounding(talks.viewer("mediator"), sounding)
    assert client.post(f"/statements/{sounding.pk}/vote", sent).status_code == 303
    first.refresh_from_db()
    assert choices(talks, sounding, "quill delegate")[first.number] == 2


def test_foreign_soundings_are_not_there(talks: Talks) -> None:
    other = opened(begun("Other"))
    client = talks.client("quill delegate")
    nothing = client.get("/no-such-place").content
    for path in ("vote", "votes", "results"):
        assert client.get(f"/statements/{other.pk}/{path}").content == nothing
    assert (
        client.post(f"/statements/{other.pk}/vote", {"statement": statement(other), "choice": "agree"}).status_code
        == 404
    )
    with pytest.raises(Absent):
        open_sounding(talks.viewer("mediator"), drafted(begun("Third")))


def test_a_vote_counts_changes_and_can_be_taken_back(talks: Talks) -> None:
    sounding = opened(talks)
    client = talks.client("quill delegate")
    address = f"/statements/{sounding.pk}/vote"
    for choice, value in (("agree", 2), ("disagree", 0), ("pass", 1), ("pass", 1), ("undo", 255), ("agree", 2)):
        answer = client.post(address, {"statement": statement(sounding, 1), "choice": choice})
        assert answer.status_code == 303
        assert choices(talks, sounding, "quill delegate") == [255, value, 255]
    assert Ballot.objects.count() == 1
    assert choices(talks, sounding, "quill expert") == [255, 255, 255]


def test_voting_goes_card_by_card_until_none_is_left(talks: Talks) -> None:
    sounding = opened(talks, 4)
    client = talks.client("cloudberry head", language="zh")
    address = f"/statements/{sounding.pk}/vote"
    seen = set()
    for left in (4, 3, 2, 1):
        page = client.get(address).content.decode()
        assert f"还剩{left}条" in page
        assert voting.left(talks.viewer("cloudberry head")) == [(sounding, left)]
        found = re.search('name="statement" value="([^"]+)"', page)
        assert found is not None
        seen.add(found[1])
        assert client.post(address, {"statement": found[1], "choice": "pass"}).status_code == 303
    assert len(seen) == 4
    assert "您已对全部4条观点表态" in client.get(address).content.decode()
    assert voting.left(talks.viewer("cloudberry head")) == []


def test_a_page_with_htmx_gets_the_next_card_alone(talks: Talks) -> None:
    sounding = opened(talks)
    client = talks.client("quill delegate")
    sent = {"statement": statement(sounding, 0), "choice": "agree"}
    answer = client.post(f"/statements/{sounding.pk}/vote", sent, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert "2 statements left" in text
    assert f'value="{sent["statement"]}"' in text  # of the form that undoes it
    undone = client.post(
        f"/statements/{sounding.pk}/vote", sent | {"choice": "undo"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "3 statements left" in undone
    assert f'value="{sent["statement"]}"' in undone


def test_the_card_shows_both_languages_and_only_this(talks: Talks) -> None:
    page = talks.client("quill delegate").get(f"/statements/{opened(talks, 1).pk}/vote").content.decode()
    assert "Sentence 0 is so" in page
    assert "第0句如此" in page
    assert "style=" not in page


def test_what_a_head_sees_is_said_before_the_first_vote(talks: Talks) -> None:
    for heads_see, words in ((True, "see how many of you have voted"), (False, "Nobody at the table")):
        sounding = opened(talks, heads_see=heads_see)
        page = talks.client("quill delegate").get(f"/statements/{sounding.pk}/vote").content.decode()
        assert words in page.split("<details")[0]
        own = talks.client("quill head").get(f"/statements/{sounding.pk}/vote").content.decode()
        assert ("of 4 in your delegation" in own) == heads_see


def test_who_has_finished_is_a_count_for_the_mediator_alone(talks: Talks) -> None:
    sounding = opened(talks)
    votes(sounding, talks.seats["quill head"], [2, 2, 2])
    votes(sounding, talks.seats["lantern head"], [2])
    assert voting.finished(talks.viewer("mediator"), sounding) == (1, 16)
    for name in ("chair", "secretariat", "quill head", "observer"):
        assert voting.finished(talks.viewer(name), sounding) is None
    assert "1 of 16 voters" in talks.client("mediator").get(f"/statements/{sounding.pk}/results").content.decode()
    assert "of 16 voters" not in talks.client("chair").get(f"/statements/{sounding.pk}/results").content.decode()


def test_a_delegation_votes_as_one_by_its_head_or_alternate(talks: Talks) -> None:
    sounding = opened(talks, voters="delegation")
    address = f"/statements/{sounding.pk}/vote"
    sent = {"statement": statement(sounding), "choice": "agree"}
    refused = talks.client("quill delegate").post(address, sent)
    assert refused.status_code == 409
    assert b"its head or alternate casts the ballot" in refused.content
    assert talks.client("quill delegate").get(address).status_code == 409
    assert voting.left(talks.viewer("quill delegate")) == []
    assert talks.client("quill head").post(address, sent).status_code == 303
    assert choices(talks, sounding, "quill alternate") == [2, 255, 255]
    talks.client("quill alternate").post(address, sent | {"choice": "pass"})
    assert choices(talks, sounding, "quill head") == [1, 255, 255]
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["mediator", "chair", "secretariat", "observer", "quill counsel", "quill linguist", "liaison"]
)
def test_who_has_no_vote_finds_no_card(talks: Talks, name: str) -> None:
    sounding = opened(talks)
    client = talks.client(name)
    nothing = client.get("/no-such-place").content
    assert client.get(f"/statements/{sounding.pk}/vote").content == nothing
    sent = {"statement": statement(sounding), "choice": "agree"}
    assert client.post(f"/statements/{sounding.pk}/vote", sent).content == nothing
    with pytest.raises(Absent):
        vote(talks.viewer(name), sounding.pk, sounding.statements.first().pk, "agree")
    assert Ballot.objects.count() == 0


def test_a_seat_or_delegation_that_is_out_meanwhile_casts_nothing(talks: Talks) -> None:
    sounding = opened(talks)
    viewer, first = talks.viewer("quill delegate"), sounding.statements.first().pk
    Seat.objects.filter(pk=viewer.seat.pk).update(state="revoked")
    with pytest.raises(Absent):
        vote(viewer, sounding.pk, first, "agree")
    viewer = talks.viewer("lantern delegate")
    Organisation.objects.filter(pk=talks.organisations["lantern"].pk).update(status="suspended")
    with pytest.raises(Absent):
        vote(viewer, sounding.pk, first, "agree")
    assert Ballot.objects.count() == 0


def test_after_closing_a_sentence_says_so(talks: Talks) -> None:
    sounding = opened(talks)
    client = talks.client("quill delegate")
    assert talks.client("mediator").post(f"/statements/{sounding.pk}/close").status_code == 303
    sent = {"statement": statement(sounding), "choice": "agree"}
    answer = client.post(f"/statements/{sounding.pk}/vote", sent)
    assert answer.status_code == 409
    assert b"has ended" in answer.content
    assert client.get(f"/statements/{sounding.pk}/vote").status_code == 409
    assert client.get(f"/statements/{sounding.pk}/votes").status_code == 409
    with pytest.raises(Refused):
        close_sounding(talks.viewer("mediator"), sounding)
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 404),
        ({"statement": "x", "choice": "agree"}, 404),
        ({"statement": str(uuid4()), "choice": "agree"}, 404),
        ({"statement": "0" * 100_000, "choice": "agree"}, 404),
        ({"statement": "own"}, 409),
        ({"statement": "own", "choice": "yes"}, 409),
        ({"statement": "own", "choice": "2"}, 409),
        ({"statement": "own", "choice": "agree\x00"}, 409),
        ({"statement": "own", "choice": "a" * 100_000}, 409),
        ({"statement": "other", "choice": "agree"}, 404),
        ({"statement": "withdrawn", "choice": "agree"}, 404),
    ],
)
def test_what_is_no_vote_changes_nothing(talks: Talks, sent: dict[str, str], status: int) -> None:
    sounding, other = opened(talks), opened(talks)
    gone = sounding.statements.get(number=2)
    gone.withdrawn = True
    gone.save()
    known = {"own": statement(sounding), "other": statement(other), "withdrawn": str(gone.pk)}
    sent = sent | {"statement": known.get(sent.get("statement", ""), sent.get("statement", ""))}
    client = talks.client("quill delegate")
    assert client.post(f"/statements/{sounding.pk}/vote", sent).status_code == status
    assert Ballot.objects.count() == 0


@pytest.mark.parametrize("query", ["card=0", "card=99", "card=-1", "card=x", "last=²", "card=" + "9" * 5000, "last=3"])
def test_an_address_with_nonsense_shows_the_next_card(talks: Talks, query: str) -> None:
    answer = talks.client("quill delegate").get(f"/statements/{opened(talks).pk}/vote?{query}")
    assert answer.status_code == 200
    assert b"3 statements left" in answer.content


def test_votes_are_listed_and_changed_from_the_list(talks: Talks) -> None:
    sounding = opened(talks)
    client = talks.client("quill delegate")
    votes(sounding, talks.seats["quill delegate"], [2, 0])
    page = client.get(f"/statements/{sounding.pk}/votes").content.decode()
    assert page.count('aria-pressed="true"') == 2
    sent = {"statement": statement(sounding, 1), "choice": "agree", "from": "list"}
    answer = client.post(f"/statements/{sounding.pk}/vote", sent)
    assert answer["Location"] == "votes#s2"
    assert choices(talks, sounding, "quill delegate") == [2, 2, 255]


def test_a_statement_withdrawn_meanwhile_is_not_asked_for(talks: Talks) -> None:
    sounding = opened(talks)
    sounding.statements.filter(number=1).update(withdrawn=True)
    assert voting.left(talks.viewer("quill delegate")) == [(sounding, 2)]
    votes(sounding, talks.seats["quill delegate"], [2, 2, 2])
    assert voting.left(talks.viewer("quill delegate")) == []


def test_a_ballot_names_nobody_and_no_time(talks: Talks) -> None:
    sounding = opened(talks)
    leaves = StagedLeaf.objects.count()
    votes(sounding, talks.seats["quill delegate"], [2, 0, 1])
    names = {field.name for field in Ballot._meta.get_fields()}
    assert names == {"id", "sounding", "choices", "verified"}
    row = Ballot.objects.get()
    assert row.pk not in {talks.seats["quill delegate"].pk, *(each.pk for each in talks.seats.values())}
    assert StagedLeaf.objects.count() == leaves  # votes enter the record with the results, not one by one
    assert row.pk != voting.ballot_of(opened(talks).pk, talks.seats["quill delegate"].pk)  # nor across soundings


def test_each_voter_is_asked_in_an_order_of_their_own(talks: Talks) -> None:
    sounding = opened(talks, 30)
    firsts = {
        voting.own(talks.viewer(f"{each} delegate"), sounding).next() for each in ("quill", "lantern", "cloudberry")
    }
    again = {
        voting.own(talks.viewer(f"{each} delegate"), sounding).next() for each in ("quill", "lantern", "cloudberry")
    }
    assert firsts == again
    assert len(firsts) > 1
