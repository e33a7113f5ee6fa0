"""On the way to the room: sealed, taken back by who may, held by counsel, put there shuffled and only together."""

from __future__ import annotations

import pytest
from room.raised import TEXT, given, put, without_counsel
from room.talks import Talks

from tracktwo.room.access import Absent, Refused, visible
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.concerns import acts
from tracktwo.room.concerns.models import Concern, Waiting
from tracktwo.room.disclosure.models import Hold
from tracktwo.room.people.models import Process, Round

AUTHORS = ("quill delegate", "lantern expert", "cloudberry head", "sandglass alternate")


def raised(talks: Talks, to: str, names: tuple[str, ...] = AUTHORS) -> None:
    for name in names:
        words = {"en": f"The words of {name}.", "zh": f"{name}所言。"}
        acts.raise_concern(talks.viewer(name), given(talks, to, words))


# who sees what waits


def test_an_author_sees_what_bears_the_own_name_alone(talks: Talks) -> None:
    raised(talks, "seat")
    page = talks.client("quill delegate").get("/concerns/waiting").content.decode()
    assert "The words of quill delegate." in page
    assert "The words of lantern expert." not in page


def test_what_bears_a_delegations_name_is_seen_in_it_and_keeps_no_seat(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "organisation"))
    assert Waiting.objects.get().content["seat"] is None
    assert TEXT["en"] in talks.client("quill head").get("/concerns/waiting").content.decode()
    assert TEXT["en"] not in talks.client("lantern head").get("/concerns/waiting").content.decode()


def test_nobody_at_the_table_but_the_own_counsel_sees_what_is_without_a_name(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "nobody"))
    assert Waiting.objects.get().content["seat"] is None
    seeing = {name for name in talks.seats if visible(talks.viewer(name)).waiting()}
    assert seeing == {"mediator", "chair", "quill counsel"}


def test_the_mediator_sees_neither_author_nor_organisation_of_what_is_without_a_name(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "nobody"))
    page = talks.client("mediator").get("/concerns/waiting").content.decode()
    assert TEXT["en"] in page
    assert "Without a name" in page
    assert "Quill" not in page


def test_two_rooms_that_differ_in_who_raised_it_show_the_mediator_the_same(talks: Talks) -> None:
    pages = []
    for name in ("quill delegate", "sandglass head"):
        acts.raise_concern(talks.viewer(name), given(talks, "nobody"))
        page = talks.client("mediator").get("/concerns/waiting").content.decode()
        row = Waiting.objects.get()
        pages.append(page.replace(acts_mark(page), "mark"))
        row.delete()
    assert pages[0] == pages[1]


def acts_mark(page: str) -> str:
    return page.split('name="inbox" value="')[1].split('"')[0] if 'name="inbox"' in page else "\0"


def test_the_author_of_what_is_without_a_name_finds_it_nowhere(talks: Talks) -> None:
    raised(talks, "nobody")
    acts.release(talks.viewer("mediator"))
    author, colleague = talks.client("quill delegate"), talks.client("quill expert")
    for row in Concern.objects.all():
        pages = {each.get(f"/concerns/{row.id}").content.decode() for each in (author, colleague)}
        assert not any("Withdraw this concern" in page for page in pages)
        with pytest.raises(Refused):
            acts.withdraw(talks.viewer("quill delegate"), row.id)


def test_without_counsel_nothing_of_the_delegation_is_kept_with_what_is_without_a_name(talks: Talks) -> None:
    without_counsel(talks)
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "nobody"))
    assert Waiting.objects.get().content["organisation"] is None
    assert "sealed, so that your counsel" not in talks.client("quill head").get("/concerns/raise").content.decode()
    assert "sealed, so that your counsel" in talks.client("lantern head").get("/concerns/raise").content.decode()


def test_an_empty_inbox_says_what_will_be_here(talks: Talks) -> None:
    assert (
        "待提交全体的关切将列于此处"
        in talks.client("mediator", language="zh").get("/concerns/waiting").content.decode()
    )
    assert "Nothing waits that bears your name" in talks.client("quill head").get("/concerns/waiting").content.decode()


# taking back


def test_an_author_takes_back_what_waits(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks))
    item = Waiting.objects.get().id
    assert talks.client("quill delegate").post(f"/concerns/waiting/{item}/withdraw").status_code == 303
    assert Waiting.objects.count() == Concern.objects.count() == 0


def test_others_find_nothing_to_take_back(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks))
    item = Waiting.objects.get().id
    for name in ("quill head", "lantern head", "mediator"):
        client = talks.client(name)
        answer = client.post(f"/concerns/waiting/{item}/withdraw")
        assert answer.content == client.get("/nowhere").content
    with pytest.raises(Refused):  # counsel sees it, and may hold it back, not take it back
        acts.take_back(talks.viewer("quill counsel"), item)
    assert Waiting.objects.count() == 1


def test_nobody_takes_back_what_is_without_a_name(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "nobody"))
    item = Waiting.objects.get().id
    with pytest.raises(Absent):
        acts.take_back(talks.viewer("quill delegate"), item)
    with pytest.raises(Refused):
        acts.take_back(talks.viewer("quill counsel"), item)
    assert Waiting.objects.count() == 1


# counsel


def test_what_is_sensitive_is_held_until_counsel_lets_it_go(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, marks=("sensitive",)))
    hold = Hold.objects.get()
    assert hold.organisation == talks.organisations["quill"]
    assert hold.item != Waiting.objects.get().id, "without the keys nobody finds the item by its hold"
    assert visible(talks.viewer("mediator")).waiting() == []
    assert "Held by counsel" in talks.client("quill delegate").get("/concerns/waiting").content.decode()
    with pytest.raises(Refused):
        acts.release(talks.viewer("mediator"))
    hold.released = True
    hold.save()
    assert acts.release(talks.viewer("mediator")) == 1
    assert Hold.objects.count() == 0
    assert Concern.objects.get().body["marks"] == ["sensitive"]


def test_without_counsel_what_is_sensitive_is_not_held(talks: Talks) -> None:
    without_counsel(talks)
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, marks=("sensitive",)))
    assert Hold.objects.count() == 0
    assert acts.release(talks.viewer("mediator")) == 1


def test_what_is_sensitive_cannot_go_without_a_name_by_counsel(talks: Talks) -> None:
    with pytest.raises(Refused):
        acts.raise_concern(talks.viewer("quill delegate"), given(talks, "nobody", marks=("sensitive",)))
    assert Waiting.objects.count() == Hold.objects.count() == StagedLeaf.objects.count() == 0


def test_the_mark_of_what_is_without_a_name_does_not_reach_the_room(talks: Talks) -> None:
    without_counsel(talks)
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "nobody", marks=("sensitive",)))
    raised(talks, "nobody", AUTHORS[1:3])
    acts.release(talks.viewer("mediator"))
    assert all(row.body["marks"] == [] for row in Concern.objects.all())


# to the room


def test_the_mediator_puts_what_waits_to_the_room(talks: Talks) -> None:
    row = put(talks)
    assert (row.seat, row.organisation) == (talks.seats["quill delegate"], talks.organisations["quill"])
    assert row.raised_on == Round.objects.get().begins
    assert Waiting.objects.count() == 0


def test_names_of_rows_are_fresh(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks))
    waited = Waiting.objects.get().id
    acts.release(talks.viewer("mediator"))
    assert Concern.objects.get().id != waited


def test_too_few_without_a_name_stay_and_the_page_says_how_many_are_missing(talks: Talks) -> None:
    raised(talks, "nobody", AUTHORS[:2])
    raised(talks, "seat", AUTHORS[2:3])
    page = talks.client("mediator").get("/concerns/waiting").content.decode()
    assert "1 concern can be put to the room now." in page
    assert "1 more without a name must wait" in page
    assert acts.release(talks.viewer("mediator")) == 1
    assert {row.content["by"] for row in Waiting.objects.all()} == {"nobody"}
    with pytest.raises(Refused) as told:
        acts.release(talks.viewer("mediator"))
    assert told.value.words.said("en").startswith("1 more unattributed concern must wait")


def test_enough_without_a_name_go_together_and_name_nobody_and_no_day(talks: Talks) -> None:
    raised(talks, "nobody", AUTHORS[:3])
    assert acts.release(talks.viewer("mediator")) == 3
    for row in Concern.objects.all():
        assert (row.seat, row.organisation, row.raised_on) == (None, None, None)
        assert set(row.body) == {"en", "zh", "original", "translation", "marks"}


def test_a_leaf_of_what_is_without_a_name_names_nobody_and_commits_to_no_words(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "nobody"))
    leaf = StagedLeaf.objects.get().leaf
    assert leaf["by"] is None
    assert leaf["about"] == [{"kind": "waiting", "id": str(Waiting.objects.get().id)}]
    assert str(talks.seats["quill delegate"].id) not in str(leaf)
    assert str(talks.organisations["quill"].id) not in str(leaf)


def test_the_record_keeps_no_seat_of_what_bears_a_delegations_name(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "organisation"))
    acts.take_back(talks.viewer("quill delegate"), Waiting.objects.get().id)
    assert [each.leaf["by"] for each in StagedLeaf.objects.all()] == [None, None]


def test_a_release_leaves_one_entry_however_many_went(talks: Talks) -> None:
    raised(talks, "seat")
    StagedLeaf.objects.all().delete()
    acts.release(talks.viewer("mediator"))
    assert len(StagedLeaf.objects.get().leaf["about"]) == 1


def test_nothing_goes_while_releases_are_frozen(talks: Talks) -> None:
    raised(talks, "seat")
    Process.objects.update(frozen=True)
    answer = talks.client("mediator").post("/concerns/release", {"inbox": "1"})
    assert answer.status_code == 409
    assert "frozen by the leak plan" in answer.content.decode()
    assert Concern.objects.count() == 0
    assert Waiting.objects.count() == 4


def test_nothing_goes_between_rounds(talks: Talks) -> None:
    raised(talks, "seat")
    Round.objects.update(state="closed")
    with pytest.raises(Refused, match="No round is open"):
        acts.release(talks.viewer("mediator"))
    assert Concern.objects.count() == 0


def test_nothing_goes_where_nothing_waits(talks: Talks) -> None:
    with pytest.raises(Refused, match="Nothing waits"):
        acts.release(talks.viewer("mediator"))


@pytest.mark.parametrize("name", ["secretariat", "quill head", "observer"])
def test_who_may_not_put_concerns_to_the_room_finds_nothing(talks: Talks, name: str) -> None:
    raised(talks, "seat")
    client = talks.client(name)
    assert client.post("/concerns/release").content == client.get("/nowhere").content
    with pytest.raises(Absent):
        acts.release(talks.viewer(name))


def test_the_button_pressed_again_for_what_came_since_acts_again(talks: Talks) -> None:
    client = talks.client("mediator")
    for name in AUTHORS[:2]:
        raised(talks, "seat", (name,))
        page = client.get("/concerns/waiting").content.decode()
        assert client.post("/concerns/release", {"inbox": acts_mark(page)}).status_code == 303
    assert Concern.objects.count() == 2
