"""What is remembered is forgotten with the commit that changes it: who was revoked is out at once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from room.talks import Talks

from tracktwo.room.concerns.models import Ballot, Sounding
from tracktwo.room.middleware import _whoever
from tracktwo.room.people.models import Account, Organisation, Process, Seat
from tracktwo.room.remembered import Remembered, changes, own

pytestmark = pytest.mark.django_db(transaction=True)
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="nothing is remembered where other processes may write"
)


def asked(talks: Talks, name: str) -> list[object]:
    seat = talks.seats[name]
    return [str(seat.account_id), 0, str(seat.pk)]


@on_sqlite
def test_who_asks_twice_is_looked_up_once(talks: Talks) -> None:
    first = _whoever(*asked(talks, "quill head"))
    with connection.execute_wrapper(lambda *_: pytest.fail("it asked the database")):
        assert _whoever(*asked(talks, "quill head")) == first


def test_a_revoked_seat_is_out_at_once(talks: Talks) -> None:
    client = talks.client("quill head")
    assert client.get("/people").status_code == 200
    Seat.objects.filter(pk=talks.seats["quill head"].pk).update(state=Seat.State.REVOKED)
    assert client.get("/people").status_code == 404


def test_a_suspended_delegation_is_out_at_once(talks: Talks) -> None:
    client = talks.client("quill head")
    assert client.get("/people").status_code == 200
    with transaction.atomic():
        Organisation.objects.filter(pk=talks.organisations["quill"].pk).update(status="suspended")
    assert client.get("/people").status_code == 404


def test_an_account_that_signs_out_everywhere_is_out_at_once(talks: Talks) -> None:
    client = talks.client("quill head")
    assert client.get("/people").status_code == 200
    account = Account.objects.get(pk=talks.seats["quill head"].account_id)
    account.generation += 1
    account.save()
    assert client.get("/people").headers["Location"] == "/sign-in?next=/people"


@on_sqlite
def test_what_another_thread_commits_is_counted(talks: Talks) -> None:
    def revoke() -> None:
        with transaction.atomic():
            Seat.objects.filter(pk=talks.seats["quill head"].pk).update(state=Seat.State.REVOKED)
        connection.close()

    before = changes()
    thread = threading.Thread(target=revoke)
    thread.start()
    thread.join()
    assert changes() != before


@on_sqlite
def test_votes_are_not_counted_and_all_else_is(talks: Talks) -> None:
    sounding = Sounding.objects.create(process=talks.process, title={"en": "S", "zh": "观"})
    before = changes()
    Ballot.objects.bulk_create(
        [Ballot(id=sounding.pk, sounding=sounding, choices=b"\2")],
        update_conflicts=True, unique_fields=["id"], update_fields=["choices"],
    )  # fmt: skip
    assert changes() == before
    sounding.state = "open"
    sounding.save()
    assert changes() != before


def test_nothing_is_remembered_within_a_transaction(talks: Talks) -> None:
    remembered: Remembered[bool] = Remembered()

    def frozen() -> bool:
        return Process.objects.get(pk=talks.process.pk).frozen

    assert remembered.get("frozen", frozen) is False
    with transaction.atomic():
        assert changes() is None
        Process.objects.update(frozen=True)
        assert remembered.get("frozen", frozen) is True
        transaction.set_rollback(True)
    assert remembered.get("frozen", frozen) is False


def test_a_row_of_ones_own_leaves_what_is_remembered_as_it_is(talks: Talks) -> None:
    seat = Seat.objects.select_related("organisation__side", "process", "account").get(pk=talks.seats["quill head"].pk)
    mine = own(seat)
    mine.state, mine.process.frozen, mine.organisation.side.mark = "revoked", True, "Z"
    assert (seat.state, seat.process.frozen, seat.organisation.side.mark) == ("active", False, "A")
    assert mine == seat
    with connection.execute_wrapper(lambda *_: pytest.fail("it asked the database")):
        assert mine.account.pk == seat.account.pk
