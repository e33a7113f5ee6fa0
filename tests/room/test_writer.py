"""Votes are committed in groups, each is durable before it is acknowledged, and what goes wrong reaches who waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from room.soundings import opened
from room.talks import Talks, begun

from tracktwo.room.access import Absent, Refused
from tracktwo.room.concerns import voting, writer
from tracktwo.room.concerns.models import Ballot, Sounding
from tracktwo.room.people.models import Seat


@pytest.fixture
def committed(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talks]:
    """Talks that other threads see, and a writer that ends as soon as it is idle."""
    monkeypatch.setattr(writer, "IDLE", 0.05)
    yield begun()
    writer._WRITER.ended()


def a_vote(talks: Talks, sounding: Sounding, name: str, number: int = 0, value: int = 2) -> writer.Vote:
    seat = talks.seats[name]
    ballot = voting.ballot_of(sounding.pk, seat.pk)
    return writer.Vote(ballot, sounding.pk, number, value, talks.viewer(name).today, seat=seat.pk)


def test_votes_from_many_threads_are_all_there(committed: Talks) -> None:
    sounding = opened(committed, 20)
    names = [
        f"{key} {role}" for key in ("quill", "lantern", "cloudberry", "sandglass") for role in ("head", "delegate")
    ]
    votes = [a_vote(committed, sounding, name, number, number % 3) for name in names for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(writer.cast, votes))
    assert all(outcome[vote.number] == vote.value for outcome, vote in zip(outcomes, votes, strict=True))
    expected = bytes(number % 3 for number in range(20))
    assert [bytes(each.choices) for each in Ballot.objects.all()] == [expected] * 8


def test_what_waits_is_committed_together(committed: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    sounding = opened(committed, 30)
    votes = [a_vote(committed, sounding, "quill head", number) for number in range(30)]
    groups: list[int] = []
    record, gate = writer.record, threading.Event()

    def slow(group):  # type: ignore[no-untyped-def]
        groups.append(len(group))
        gate.wait(5)
        return record(group)

    monkeypatch.setattr(writer, "record", slow)
    with ThreadPoolExecutor(30) as pool:
        waiting = [pool.submit(writer.cast, vote) for vote in votes]
        while writer._WRITER._queue.qsize() + sum(groups) < 30:
            pass
        gate.set()
        assert {len(each.result()) for each in waiting} == {30}
    assert sum(groups) == 30
    assert len(groups) <= 3
    assert bytes(Ballot.objects.get().choices) == bytes([2] * 30)


def test_a_vote_that_may_not_be_does_not_stop_the_others(committed: Talks) -> None:
    sounding, closed = opened(committed), opened(committed)
    Sounding.objects.filter(pk=closed.pk).update(state="closed")
    Seat.objects.filter(pk=committed.seats["lantern head"].pk).update(state="revoked")
    stranger = writer.Vote(uuid4(), sounding.pk, 0, 2, date(2026, 5, 1), seat=uuid4())
    nobody = writer.Vote(uuid4(), sounding.pk, 0, 2, date(2026, 5, 1))
    token = writer.Vote(uuid4(), sounding.pk, 0, 2, date(2026, 5, 1), token=uuid4())
    votes = [
        a_vote(committed, sounding, "quill head"),
        a_vote(committed, closed, "quill head"),
        a_vote(committed, sounding, "lantern head"),
        a_vote(committed, sounding, "mediator"),
        stranger,
        nobody,
        token,
        a_vote(committed, sounding, "cloudberry head"),
    ]
    kinds = [type(each) for each in writer.record(votes)]
    assert kinds == [bytes, Refused, Absent, Absent, Absent, Absent, Absent, bytes]
    assert Ballot.objects.count() == 2


def test_what_goes_wrong_reaches_the_request_and_the_next_vote_passes(
    committed: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    sounding = opened(committed)

    def broken(group):  # type: ignore[no-untyped-def]
        raise DatabaseError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(writer, "record", broken)
        with pytest.raises(DatabaseError, match="full"):
            writer.cast(a_vote(committed, sounding, "quill head"))
    assert Ballot.objects.count() == 0
    assert writer.cast(a_vote(committed, sounding, "quill head")) == bytes([2, 255, 255])


def test_an_idle_writer_ends_and_another_begins(committed: Talks) -> None:
    sounding = opened(committed)
    for number in range(3):
        writer.cast(a_vote(committed, sounding, "quill head", number))
        writer._WRITER.ended()
        assert writer._WRITER._thread is None
    assert bytes(Ballot.objects.get().choices) == bytes([2, 2, 2])


def test_within_a_transaction_a_vote_is_part_of_it(talks: Talks) -> None:
    sounding = opened(talks)
    assert connection.in_atomic_block
    writer.cast(a_vote(talks, sounding, "quill head"))
    assert Ballot.objects.count() == 1


def test_the_last_of_several_votes_in_a_group_counts_and_the_same_twice_is_one(talks: Talks) -> None:
    sounding = opened(talks)
    votes = [a_vote(talks, sounding, "quill head", 0, value) for value in (0, 1, 2, 2, 255, 1)]
    assert writer.record(votes)[-1] == bytes([1, 255, 255])
    assert bytes(Ballot.objects.get().choices) == bytes([1, 255, 255])


def test_taking_back_what_was_never_voted_leaves_no_ballot(talks: Talks) -> None:
    sounding = opened(talks)
    assert writer.cast(a_vote(talks, sounding, "quill head", 0, 255)) == bytes([255] * 3)
    assert Ballot.objects.count() == 0
