"""The register: what is raised to whom, how it reaches the room, and what became of it."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest
from room.raised import TEXT, a_theme, given, put
from room.talks import Talks

from tracktwo.room.access import Absent, Refused, visible
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.concerns import acts
from tracktwo.room.concerns.models import Concern, Theme, Waiting
from tracktwo.room.concerns.wording import worded
from tracktwo.room.disclosure.models import Hold


def form(talks: Talks, **more: Any) -> dict[str, Any]:
    return {
        "theme": str(a_theme(talks).id),
        "text_en": TEXT["en"],
        "text_zh": "",
        "original": "en",
        "to": "seat",
        **more,
    }


# themes


def test_a_process_begins_with_themes_in_both_languages(talks: Talks) -> None:
    names = [each.name for each in acts.first_themes(talks.process)]
    assert {"en": "Misinformation", "zh": "错误信息"} in names
    assert {"en": "Disinformation", "zh": "虚假信息"} in names
    assert all(name["en"] and name["zh"] for name in names)


def test_the_secretariat_adds_renames_and_orders_themes(talks: Talks) -> None:
    first = acts.first_themes(talks.process)
    client = talks.client("secretariat")
    assert client.post("/concerns/themes", {"name_en": "Water", "name_zh": "水"}).status_code == 303
    last = list(Theme.objects.order_by("place"))[-1]
    assert last.name == {"en": "Water", "zh": "水"}
    assert client.post(f"/concerns/themes/{last.id}", {"name_en": "Rivers", "name_zh": "河流"}).status_code == 303
    for place in range(len(first), 0, -1):
        client.post(f"/concerns/themes/{last.id}/move", {"from": place + 1, "up": "1"})
    assert Theme.objects.order_by("place").first() == last
    assert Theme.objects.get(pk=last.pk).name["en"] == "Rivers"


def test_a_theme_at_the_end_stays_there(talks: Talks) -> None:
    *_, last = acts.first_themes(talks.process)
    acts.move_theme(talks.viewer("mediator"), last.id, 1)
    assert list(Theme.objects.order_by("place"))[-1] == last


def test_a_theme_needs_both_languages(talks: Talks) -> None:
    answer = talks.client("mediator").post("/concerns/themes", {"name_en": "Water", "name_zh": ""})
    assert answer.status_code == 422
    assert "Water" in answer.content.decode()


def test_a_delegate_keeps_no_themes(talks: Talks) -> None:
    assert talks.client("quill head").get("/concerns/themes").status_code == 404
    with pytest.raises(Absent):
        acts.add_theme(talks.viewer("quill head"), {"en": "Mine", "zh": "我的"})


# raising


def test_the_form_says_who_will_see_what(talks: Talks) -> None:
    a_theme(talks)
    page = talks.client("quill delegate").get("/concerns/raise").content.decode()
    assert "at least 2 others, shuffled and undated" in page
    assert "cannot be changed or withdrawn later" in page
    assert "Whoever controls the running server could make it read" in page
    assert "your counsel, the mediator and the chair" in page
    assert "At most 2,000 characters in each language" in page


def test_the_form_is_there_in_chinese(talks: Talks) -> None:
    a_theme(talks)
    page = talks.client("quill delegate", language="zh").get("/concerns/raise").content.decode()
    assert "须与至少2项其他不具名关切一并打乱次序" in page
    assert "议事规则不允许在此提交，将予拒收" in page


@pytest.mark.parametrize("name", ["mediator", "observer", "quill linguist", "liaison", "operator"])
def test_who_has_no_right_finds_no_form(talks: Talks, name: str) -> None:
    client = talks.client(name)
    assert client.get("/concerns/raise").content == client.get("/nowhere").content
    with pytest.raises(Absent):
        acts.raise_concern(talks.viewer(name), given(talks))
    assert Waiting.objects.count() == Concern.objects.count() == 0


def test_a_concern_for_the_delegation_is_read_there_alone(talks: Talks) -> None:
    assert talks.client("quill delegate").post("/concerns/raise", form(talks, to="delegation")).status_code == 303
    row = Concern.objects.get()
    assert row.body["translation"] == "needed"
    assert talks.client("quill head").get(f"/concerns/{row.id}").status_code == 200
    for name in ("mediator", "lantern head", "cloudberry head", "observer", "quill linguist"):
        client = talks.client(name)
        assert client.get(f"/concerns/{row.id}").content == client.get("/nowhere").content


def test_a_concern_for_the_mediator_is_read_by_author_and_mediator(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "mediator"))
    row = Concern.objects.get()
    seeing = {name for name in talks.seats if row in visible(talks.viewer(name)).concerns()}
    assert seeing == {"mediator", "quill delegate"}


@pytest.mark.parametrize("to", ["seat", "organisation", "nobody", "delegation", "mediator"])
def test_controlled_technical_data_is_refused_with_a_sentence(talks: Talks, to: str) -> None:
    answer = talks.client("quill delegate").post("/concerns/raise", form(talks, to=to, marks=["controlled"]))
    assert answer.status_code == 422
    assert "do not allow controlled technical data here" in answer.content.decode()
    with pytest.raises(Refused):
        acts.raise_concern(talks.viewer("quill delegate"), given(talks, to, marks=("controlled",)))
    assert Waiting.objects.count() == Concern.objects.count() == StagedLeaf.objects.count() == 0


BAD = {
    "no text": {"text_en": "", "text_zh": ""},
    "too long": {"text_en": "x" * 2001},
    "control character": {"text_en": "beep\x07"},
    "direction override": {"text_en": "safe\u202eevil"},
    "no theme": {"theme": ""},
    "a theme that is not there": {"theme": "00000000-0000-0000-0000-000000000000"},
    "to nobody known": {"to": "press"},
    "no addressee": {"to": ""},
    "an unknown mark": {"marks": ["urgent"]},
    "evidence too long": {"evidence1_en": "x" * 501},
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_bad_input_is_told_and_nothing_is_lost_or_written(talks: Talks, bad: dict[str, Any]) -> None:
    answer = talks.client("quill delegate").post("/concerns/raise", form(talks, evidence2_en="Kept words", **bad))
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert Waiting.objects.count() == 0


def test_markup_is_shown_as_it_was_written(talks: Talks) -> None:
    row = put(talks, text={"en": "<script>alert(1)</script>", "zh": "<b>粗</b>"})
    for path in ("/concerns", f"/concerns/{row.id}"):
        page = talks.client("cloudberry head").get(path).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


def test_the_same_form_twice_raises_once(talks: Talks) -> None:
    client = talks.client("quill delegate")
    sent = form(talks)
    assert [client.post("/concerns/raise", sent).status_code for _ in range(2)] == [303, 303]
    assert Waiting.objects.count() == 1


def test_longest_and_shortest_entries_have_one_size(talks: Talks) -> None:
    viewer = talks.viewer("quill delegate")
    acts.raise_concern(viewer, given(talks, text={"en": "a", "zh": ""}))
    long = worded({"en": "\U0001f54a" * 2000, "zh": "\U0001f54a" * 2000}, "en")
    pieces = [{"en": "\U0001f54a" * 500, "zh": "\U0001f54a" * 500}] * 4
    acts.raise_concern(viewer, acts.Given(a_theme(talks).id, long, pieces, "nobody"))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select length(content) from room_waiting")
        # age adds a random stanza, so sizes differ by a little that has nothing to do with the content
        sizes = [size for (size,) in cursor.fetchall()]
    assert max(sizes) - min(sizes) < 400


# outcomes and withdrawal


def test_what_became_of_a_concern_is_entered_and_taken_out(talks: Talks) -> None:
    row = put(talks)
    client = talks.client("secretariat")
    sent = {"kind": "clause", "text_en": "Clause 4.", "text_zh": "第四条。"}
    assert client.post(f"/concerns/{row.id}/outcomes", sent).status_code == 303
    page = talks.client("cloudberry delegate", language="zh").get("/concerns").content.decode()
    assert "案文条款：第四条。" in page
    (outcome,) = Concern.objects.get(pk=row.pk).outcomes
    assert client.post(f"/concerns/{row.id}/outcomes/{outcome['id']}/remove").status_code == 303
    assert client.post(f"/concerns/{row.id}/outcomes/{outcome['id']}/remove", {"x": "2"}).status_code == 404
    assert Concern.objects.get(pk=row.pk).outcomes == []


def test_a_bad_outcome_is_told_on_the_concerns_page(talks: Talks) -> None:
    row = put(talks)
    answer = talks.client("mediator").post(f"/concerns/{row.id}/outcomes", {"kind": "miracle", "text_en": "Kept"})
    assert answer.status_code == 422
    assert "Kept" in answer.content.decode()


def test_a_delegate_enters_no_outcome(talks: Talks) -> None:
    row = put(talks)
    assert talks.client("quill head").post(f"/concerns/{row.id}/outcomes", {}).status_code == 404
    with pytest.raises(Absent):
        acts.add_outcome(talks.viewer("quill head"), row.id, "closed", TEXT)


def test_the_mediator_enters_no_outcome_for_what_is_not_before_the_room(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "mediator"))
    with pytest.raises(Refused):
        acts.add_outcome(talks.viewer("mediator"), Concern.objects.get().id, "closed", TEXT)


def test_an_author_withdraws_what_bears_the_authors_name(talks: Talks) -> None:
    row = put(talks)
    client = talks.client("quill delegate")
    assert "Withdraw this concern" in client.get(f"/concerns/{row.id}").content.decode()
    assert client.post(f"/concerns/{row.id}/withdraw").status_code == 303
    page = talks.client("cloudberry head").get("/concerns").content.decode()
    assert "Withdrawn" in page
    assert TEXT["en"] in page


def test_the_head_withdraws_what_bears_the_delegations_name(talks: Talks) -> None:
    row = put(talks, to="organisation")
    assert row.seat is None
    for name in ("quill delegate", "cloudberry head", "lantern head"):
        with pytest.raises(Refused):
            acts.withdraw(talks.viewer(name), row.id)
    acts.withdraw(talks.viewer("quill head"), row.id)
    assert Concern.objects.get(pk=row.pk).withdrawn
    with pytest.raises(Refused):
        acts.withdraw(talks.viewer("quill head"), row.id)


def test_the_mediator_withdraws_nobodys_concern(talks: Talks) -> None:
    row = put(talks)
    assert talks.client("mediator").post(f"/concerns/{row.id}/withdraw").status_code == 404


# the pages


def test_an_empty_register_says_who_can_begin(talks: Talks) -> None:
    page = talks.client("observer").get("/concerns").content.decode()
    assert "Delegates, experts and counsel can raise one" in page
    assert "/concerns/raise" not in page


def test_the_register_is_filtered_by_theme(talks: Talks) -> None:
    first, second, *_ = acts.first_themes(talks.process)
    acts.raise_concern(talks.viewer("quill delegate"), given(talks))
    acts.release(talks.viewer("mediator"))
    client = talks.client("cloudberry delegate")
    assert TEXT["en"] in client.get(f"/concerns?theme={first.id}").content.decode()
    assert TEXT["en"] not in client.get(f"/concerns?theme={second.id}").content.decode()
    for wrong in ("nonsense", "", "00000000-0000-0000-0000-000000000000"):
        assert client.get(f"/concerns?theme={wrong}").content == client.get("/nowhere").content


def test_the_page_of_a_concern_says_who_raised_it_if_that_is_known(talks: Talks) -> None:
    row = put(talks)
    page = talks.client("cloudberry delegate").get(f"/concerns/{row.id}").content.decode()
    assert "Raised by Quill Delegate, Quill Laboratory" in page
    assert "Round that began on 2 March 2026" in page
    assert "A paper." in page


def test_titles_name_nothing(talks: Talks) -> None:
    row = put(talks)
    for path in ("/concerns", f"/concerns/{row.id}", "/concerns/raise", "/concerns/waiting"):
        page = talks.client("quill head").get(path).content.decode()
        title = page.split("<title>")[1].split("</title>")[0]
        assert title in {"Concerns", "Concern", "Raise a concern", "Waiting"}


def test_foreign_talks_are_absent(talks: Talks) -> None:
    from room.talks import begun

    row = put(talks)
    other = begun("Other talks")
    client = other.client("mediator")
    paths = chain([f"/concerns/{row.id}", f"/concerns?theme={row.theme_id}"], [f"/concerns/themes/{row.theme_id}"])
    for path in paths:
        assert client.get(path).content == client.get("/nowhere").content


def test_a_sensitive_concern_for_the_delegation_is_not_held(talks: Talks) -> None:
    acts.raise_concern(talks.viewer("quill delegate"), given(talks, "delegation", marks=("sensitive",)))
    assert Hold.objects.count() == 0
    assert "Competitively sensitive" in talks.client("quill head").get("/concerns").content.decode()
