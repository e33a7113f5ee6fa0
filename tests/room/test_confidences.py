"""What is told to the mediator alone: who reads it, what may be done with it, and that every use is seen."""

from __future__ import annotations

from typing import Any

import pytest
from room.talks import Talks, begun

from tracktwo.room.access import Absent, Refused
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.disclosure import confidence_acts as acts
from tracktwo.room.disclosure.models import Confidence, ConfidenceUse
from tracktwo.room.people.models import Role, Seat

KINDS = ("inform", "test", "unattributed", "attributed")
TABLE = ("head", "alternate", "delegate", "expert", "counsel")


def told(talks: Talks, name: str = "quill delegate", **more: Any) -> Confidence:
    given = {"text": "We could live with a weekly report.", "instruction": "test", "condition": "", "then": ""}
    return acts.give(talks.viewer(name), given | {"shared": False} | more)


def conditional(talks: Talks, **more: Any) -> Confidence:
    return told(talks, instruction="conditional", condition="Cloudberry offers the same.", **({"then": "test"} | more))


@pytest.mark.parametrize("name", [*(f"quill {role}" for role in TABLE), "liaison"])
def test_the_table_and_the_supporters_liaison_tell_the_mediator(talks: Talks, name: str) -> None:
    client = talks.client(name)
    answer = client.post("/confidences/new", {"text": "A weekly report.", "instruction": "inform"})
    assert (answer.status_code, Confidence.objects.get().author_id) == (303, talks.seats[name].id)
    assert b"A weekly report." in client.get(answer["Location"]).content


@pytest.mark.parametrize(
    "name", ["mediator", "chair", "secretariat", "quill linguist", "observer", "briefed", "custodian", "auditor"]
)
def test_others_find_no_place_to_tell(talks: Talks, name: str) -> None:
    answer = talks.client(name).post("/confidences/new", {"text": "A weekly report.", "instruction": "inform"})
    assert (answer.status_code, Confidence.objects.count()) == (404, 0)


def test_before_anything_is_told_the_page_says_who_reads_it_and_what_each_instruction_means(talks: Talks) -> None:
    for language, words in {
        "en": ("could be made to read it", "Never use it"),
        "zh": ("有可能被用来读取", "绝不使用"),
    }.items():
        page = talks.client("quill delegate", language=language).get("/confidences/new").content.decode()
        assert all(each in page for each in words)


def readers(talks: Talks, confidence: Confidence) -> set[str]:
    return {
        name
        for name in talks.seats
        if talks.client(name).get(f"/confidences/{confidence.id}").status_code == 200
    }  # fmt: skip


def test_an_unshared_one_is_read_by_its_author_and_the_mediator_alone(talks: Talks) -> None:
    assert readers(talks, told(talks)) == {"quill delegate", "mediator"}


def test_a_shared_one_is_read_by_the_own_delegation_too(talks: Talks) -> None:
    assert readers(talks, told(talks, shared=True)) == {"mediator", *(f"quill {role}" for role in TABLE)}


def test_a_liaison_shares_with_nobody(talks: Talks) -> None:
    told(talks, "liaison", shared=True)
    other = Seat.objects.get(pk=talks.seats["liaison"].pk)
    talks.seats["other liaison"] = Seat.objects.create(
        process=talks.process, organisation=other.organisation, role=Role.LIAISON, name=other.name, state="active",
        begins=other.begins, account=talks.seats["briefed"].account,
    )  # fmt: skip
    assert readers(talks, Confidence.objects.get()) == {"liaison", "mediator"}
    with pytest.raises(Refused):
        acts.share(talks.viewer("liaison"), Confidence.objects.get().id, True)


def test_the_mediator_of_other_talks_reads_nothing(talks: Talks) -> None:
    answer = begun("Other").client("mediator").get(f"/confidences/{told(talks).id}")
    assert answer.status_code == 404


@pytest.mark.parametrize("instruction", ["never", *KINDS])
@pytest.mark.parametrize("kind", KINDS)
def test_a_use_goes_as_far_as_the_instruction(talks: Talks, instruction: str, kind: str) -> None:
    confidence, order = told(talks, instruction=instruction), ("never", *KINDS)
    answer = talks.client("mediator").post(f"/confidences/{confidence.id}/use", {"kind": kind, "text": "In drafting."})
    allowed = order.index(kind) <= order.index(instruction)
    assert (answer.status_code, ConfidenceUse.objects.count()) == ((303, 1) if allowed else (422, 0))
    assert ("In drafting." in answer.content.decode()) != allowed  # what was typed is still there


@pytest.mark.parametrize("kind", ["never", "conditional", "", "anything"])
def test_only_a_use_can_be_entered_as_one(talks: Talks, kind: str) -> None:
    confidence = told(talks, instruction="attributed")
    answer = talks.client("mediator").post(f"/confidences/{confidence.id}/use", {"kind": kind, "text": "In drafting."})
    assert (answer.status_code, ConfidenceUse.objects.count()) == (422, 0)


def test_a_conditional_one_is_used_once_the_mediator_states_the_condition_as_met(talks: Talks) -> None:
    confidence, client = conditional(talks), talks.client("mediator")
    use = {"kind": "test", "text": "To the head of Sandglass."}
    assert client.post(f"/confidences/{confidence.id}/use", use).status_code == 422
    assert client.post(f"/confidences/{confidence.id}/use", use | {"met": "on"}).status_code == 303
    assert (
        client.post(f"/confidences/{confidence.id}/use", use | {"met": "on", "kind": "attributed"}).status_code == 422
    )
    assert ConfidenceUse.objects.get().note == {"text": "To the head of Sandglass.", "met": True}


def test_its_owners_see_every_use(talks: Talks) -> None:
    confidence = told(talks, shared=True)
    acts.use(talks.viewer("mediator"), confidence.id, "test", "With the head of Sandglass.", False)
    for name in ("quill delegate", "quill head"):
        assert b"With the head of Sandglass." in talks.client(name).get(f"/confidences/{confidence.id}").content


def test_no_use_after_a_withdrawal_and_the_history_stays(talks: Talks) -> None:
    confidence = told(talks)
    acts.use(talks.viewer("mediator"), confidence.id, "inform", "In drafting.", False)
    client = talks.client("quill delegate")
    assert client.post(f"/confidences/{confidence.id}/withdraw").status_code == 303
    with pytest.raises(Refused):
        acts.use(talks.viewer("mediator"), confidence.id, "inform", "Again.", False)
    assert b"In drafting." in client.get(f"/confidences/{confidence.id}").content
    assert client.post(f"/confidences/{confidence.id}/instruction", {"instruction": "never"}).status_code == 409


def test_the_instruction_becomes_stricter_or_wider_as_its_author_decides(talks: Talks) -> None:
    confidence, client = told(talks), talks.client("quill delegate")
    for instruction in ("never", "attributed"):
        assert client.post(f"/confidences/{confidence.id}/instruction", {"instruction": instruction}).status_code == 303
        confidence.refresh_from_db()
        assert (confidence.instruction, confidence.body["text"]) == (instruction, "We could live with a weekly report.")


def test_a_condition_goes_with_the_instruction_that_had_it(talks: Talks) -> None:
    confidence = conditional(talks)
    given = {"instruction": "never", "condition": "left over", "then": "attributed"}
    talks.client("quill delegate").post(f"/confidences/{confidence.id}/instruction", given)
    confidence.refresh_from_db()
    assert (confidence.body["condition"], confidence.body["then"]) == ("", "")


@pytest.mark.parametrize(
    ("place", "data"), [("share", {"shared": "yes"}), ("withdraw", {}), ("instruction", {"instruction": "never"})]
)
def test_who_only_reads_it_is_told_who_decides(talks: Talks, place: str, data: dict[str, str]) -> None:
    confidence = told(talks, shared=True)
    assert talks.client("quill head").post(f"/confidences/{confidence.id}/{place}", data).status_code == 409
    for name in ("cloudberry head", "mediator", "liaison"):
        assert talks.client(name).post(f"/confidences/{confidence.id}/{place}", data).status_code == 404
    before, after = confidence, Confidence.objects.get()
    assert (after.shared, after.state, after.instruction) == (before.shared, before.state, before.instruction)


def test_its_author_shares_it_and_stops(talks: Talks) -> None:
    confidence, client = told(talks), talks.client("quill delegate")
    for said, shared in (("yes", True), ("no", False)):
        assert client.post(f"/confidences/{confidence.id}/share", {"shared": said}).status_code == 303
        confidence.refresh_from_db()
        assert confidence.shared is shared
    assert client.post(f"/confidences/{confidence.id}/share", {"shared": "perhaps"}).status_code == 422


def test_what_is_frozen_with_its_delegation_is_not_used_and_comes_back_as_it_stood(talks: Talks) -> None:
    frozen, withdrawn, other = told(talks), told(talks), told(talks, "cloudberry head")
    acts.withdraw(talks.viewer("quill delegate"), withdrawn.id)
    acts.freeze_of(talks.organisations["quill"])
    with pytest.raises(Refused):
        acts.use(talks.viewer("mediator"), frozen.id, "inform", "In drafting.", False)
    acts.use(talks.viewer("mediator"), other.id, "inform", "In drafting.", False)
    acts.thaw_of(talks.organisations["quill"])
    frozen.refresh_from_db()
    withdrawn.refresh_from_db()
    assert (frozen.state, withdrawn.state) == ("standing", "withdrawn")


def test_a_frozen_room_conveys_nothing_and_still_drafts(talks: Talks) -> None:
    confidence = told(talks, instruction="attributed")
    talks.process.frozen = True
    talks.process.save()
    mediator = talks.viewer("mediator")
    for kind in ("unattributed", "attributed"):
        with pytest.raises(Refused):
            acts.use(mediator, confidence.id, kind, "To Sandglass.", False)
    acts.use(mediator, confidence.id, "inform", "In drafting.", False)


def test_nobody_but_the_mediator_enters_a_use(talks: Talks) -> None:
    confidence = told(talks, shared=True)
    leaves = StagedLeaf.objects.count()
    for name in ("quill delegate", "quill head", "chair", "secretariat", "liaison"):
        answer = talks.client(name).post(f"/confidences/{confidence.id}/use", {"kind": "test", "text": "x"})
        assert answer.status_code == 404
        with pytest.raises(Absent):
            acts.use(talks.viewer(name), confidence.id, "test", "x", False)
    assert (ConfidenceUse.objects.count(), StagedLeaf.objects.count()) == (0, leaves)


def test_the_mediator_finds_them_by_organisation(talks: Talks) -> None:
    told(talks, "cloudberry head", text="From the other side.")
    told(talks, "liaison", text="From a government.")
    page = talks.client("mediator").get("/confidences").content.decode()
    places = [
        page.index(each) for each in ("Cloudberry Academy", "From the other side.", "supporter body", "From a gov")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""}, {"text": "x" * 4001}, {"text": "a\u202eb"}, {"text": "a\x00b"}, {"instruction": ""},
        {"instruction": "everything"}, {"instruction": "conditional"},
        {"instruction": "conditional", "condition": "Once."},
        {"instruction": "conditional", "condition": "Once.", "then": "never"},
        {"instruction": "conditional", "then": "test", "condition": ""},
    ],
)  # fmt: skip
def test_a_form_that_is_not_right_comes_back_with_nothing_lost(talks: Talks, wrong: dict[str, str]) -> None:
    given = {"text": "A weekly report.", "instruction": "inform", "condition": "A kept condition."} | wrong
    answer = talks.client("quill delegate").post("/confidences/new", given)
    assert (answer.status_code, Confidence.objects.count()) == (422, 0)
    assert given["condition"] in answer.content.decode()


def test_markup_is_shown_as_it_was_written(talks: Talks) -> None:
    confidence = told(talks, text="<script>alert(1)</script>")
    page = talks.client("mediator").get(f"/confidences/{confidence.id}").content
    assert b"&lt;script&gt;" in page
    assert b"<script>alert" not in page


def test_a_form_sent_twice_tells_once(talks: Talks) -> None:
    client = talks.client("quill delegate")
    answers = [client.post("/confidences/new", {"text": "Once.", "instruction": "never"}) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert Confidence.objects.count() == 1


def test_an_empty_register_says_what_will_be_here(talks: Talks) -> None:
    for name, language, words in (("quill head", "en", "You can begin"), ("mediator", "zh", "将列于此处")):
        assert words in talks.client(name, language=language).get("/confidences").content.decode()
