"""Contact groups: set up on a part of a text, closed to others until they report back."""

from __future__ import annotations

from typing import Any

import pytest
from room.talks import Talks
from room.tongues import EN, ZH, begun, issue, issued, page, provision, status

from tracktwo.room.access import Absent, Refused, visible
from tracktwo.room.acts import StagedLeaf
from tracktwo.room.drafting import bracket_acts, group_acts, proposing
from tracktwo.room.drafting.models import Group, Proposal, Standing, Text
from tracktwo.room.drafting.proposing import Given
from tracktwo.room.drafting.standings import latest, standing

NAME = {"en": "Friends of testing", "zh": "测试联络组"}
REPORT = {"en": "The group agreed on testing.", "zh": "本组就测试达成一致。"}
MEMBERS = ("quill delegate", "cloudberry delegate", "sandglass linguist")
OUTSIDE = ("quill head", "lantern delegate", "secretariat", "cloudberry alternate")
INSIDE = (*MEMBERS, "lantern counsel", "mediator", "chair")


@pytest.fixture
def text(talks: Talks) -> Text:
    return issued(talks)


@pytest.fixture
def group(talks: Talks, text: Text) -> Group:
    return set_up(talks, text)


def set_up(talks: Talks, text: Text, words: tuple[str, ...] = ("shall test", "within 30 days")) -> Group:
    return group_acts.set_up(
        talks.viewer("chair"), text.pk, NAME, talks.seats["lantern counsel"].pk,
        [talks.seats[each].pk for each in MEMBERS], [provision(talks, text, each) for each in words],
    )  # fmt: skip


def propose(talks: Talks, text: Text, group: Group, name: str = "quill delegate", **more: Any) -> Proposal:
    named = provision(talks, text, more.get("words", "shall test"))
    en = more.get("en", "Laboratories must test every system.")
    return proposing.propose(talks.viewer(name), text.pk, 1, Given("MOD", named, en), group)


def seen(talks: Talks, name: str, group: Group, last: str = "") -> str:
    return page(talks, name, f"/texts/{group.text_id}/groups/{group.pk}{last}")


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


# setting up


def test_a_group_is_set_up_by_a_form_and_all_in_the_room_see_who_and_on_what(talks: Talks, text: Text) -> None:
    sent = {
        "name_en": NAME["en"], "name_zh": NAME["zh"], "facilitator": str(talks.seats["secretariat"].pk),
        "members": [str(talks.seats[each].pk) for each in MEMBERS],
        "provisions": [provision(talks, text, "shall test")],
    }  # fmt: skip
    response = talks.client("mediator").post(f"/texts/{text.pk}/groups/new", sent)
    group = Group.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/texts/{text.pk}/groups/{group.pk}")
    for name in ("lantern head", "sandglass linguist", "secretariat"):
        listed = page(talks, name, f"/texts/{text.pk}/groups")
        assert "Friends of testing" in listed
        assert "3 members" in listed
        found = seen(talks, name, group)
        assert "Quill Delegate (delegate, Quill Laboratory)" in found
        assert "Laboratories shall test" in found
    assert "测试联络组" in page(talks, "lantern head", f"/texts/{text.pk}/groups", language="zh")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("name_en", ""), ("facilitator", ""), ("facilitator", "liaison"), ("facilitator", "nonsense"),
        ("members", ""), ("members", "liaison"), ("members", "mediator"), ("provisions", ""), ("provisions", "nothing"),
        ("name_en", "x" * 121), ("name_en", "a\u202eb"),
    ],
)  # fmt: skip
def test_a_group_that_cannot_be_is_refused(talks: Talks, text: Text, name: str, given: str) -> None:
    sent = {
        "name_en": "x", "facilitator": str(talks.seats["chair"].pk), "members": str(talks.seats["quill head"].pk),
        "provisions": provision(talks, text, "shall test"),
    }  # fmt: skip
    sent[name] = str(talks.seats[given].pk) if given in talks.seats else given
    assert status(talks, "mediator", f"/texts/{text.pk}/groups/new", sent) == 422
    assert Group.objects.count() == 0


@pytest.mark.parametrize("name", ["secretariat", "quill head", "observer", "liaison"])
def test_only_who_drafts_sets_up_a_group(talks: Talks, text: Text, name: str) -> None:
    assert status(talks, name, f"/texts/{text.pk}/groups/new") == 404
    with pytest.raises(Absent):
        group_acts.set_up(talks.viewer(name), text.pk, NAME, talks.seats["chair"].pk, [], [])
    assert Group.objects.count() == 0


@pytest.mark.parametrize("name", ["observer", "liaison", "briefed", "auditor"])
def test_outside_the_room_there_are_no_groups(talks: Talks, group: Group, name: str) -> None:
    assert status(talks, name, f"/texts/{group.text_id}/groups") == 404
    assert status(talks, name, f"/texts/{group.text_id}/groups/{group.pk}") == 404
    assert list(visible(talks.viewer(name)).groups()) == []


@pytest.mark.parametrize("mode", ["one-text", "conceptual"])
def test_only_a_bracketed_text_has_groups(talks: Talks, mode: str) -> None:
    text = begun(talks, mode)
    assert status(talks, "mediator", f"/texts/{text.pk}/groups") == 404
    with pytest.raises(Absent):
        group_acts.set_up(talks.viewer("mediator"), text.pk, NAME, talks.seats["chair"].pk, [], ["x"])


# within


def test_members_propose_within_and_everybody_inside_sees_it(talks: Talks, text: Text, group: Group) -> None:
    named = provision(talks, text, "shall test")
    address = f"/texts/{text.pk}/groups/{group.pk}/propose"
    assert "Laboratories shall test" in page(talks, "quill delegate", f"{address}?provision={named}")
    sent = {"on": 1, "provision": named, "action": "MOD", "words_en": "Laboratories must test every system.",
            "words_zh": "实验室必须测试每一系统。", "why_en": "Clearer."}  # fmt: skip
    assert status(talks, "quill delegate", address, sent) == 303
    row = Proposal.objects.get()
    assert (row.group_id, row.content["en"]) == (group.pk, "Laboratories must test every system.")
    for name in INSIDE:
        found = seen(talks, name, group)
        assert "<ins>must</ins>" in found
        assert "Clearer." in found


@pytest.mark.parametrize("name", OUTSIDE)
def test_others_learn_nothing_of_what_is_done_within(talks: Talks, text: Text, group: Group, name: str) -> None:
    pages = [f"/texts/{text.pk}/groups", f"/texts/{text.pk}/groups/{group.pk}", f"/texts/{text.pk}/proposals",
             f"/texts/{text.pk}", f"/texts/{text.pk}/provisions/{provision(talks, text, 'shall test')}"]  # fmt: skip
    before = [page(talks, name, each) for each in pages]
    row = propose(talks, text, group)
    assert [page(talks, name, each) for each in pages] == before
    assert list(visible(talks.viewer(name)).proposals()) == []
    assert proposing.tabled(talks.viewer(name), text) == []
    assert status(talks, name, f"/texts/{text.pk}/groups/{group.pk}/report") == 404
    assert status(talks, name, f"/texts/{text.pk}/groups/{group.pk}/proposals/{row.pk}/withdraw", {}) == 404
    named = provision(talks, text, "shall test")
    assert status(talks, name, f"/texts/{text.pk}/groups/{group.pk}/propose?provision={named}") == 404
    assert status(talks, name, f"/texts/{text.pk}/proposals/{row.pk}/withdraw", {}) == 404


@pytest.mark.parametrize(
    ("name", "problem"),
    [("quill head", Absent), ("sandglass linguist", Absent), ("lantern counsel", Absent), ("mediator", Absent)],
)
def test_only_members_who_may_propose_do(
    talks: Talks, text: Text, group: Group, name: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        propose(talks, text, group, name)
    assert Proposal.objects.count() == 0


def test_a_facilitator_who_is_no_member_does_not_propose(talks: Talks, text: Text) -> None:
    named = provision(talks, text, "shall test")
    group = group_acts.set_up(talks.viewer("chair"), text.pk, NAME, talks.seats["lantern head"].pk,
                              [talks.seats["quill head"].pk], [named])  # fmt: skip
    with pytest.raises(Refused, match="Only members"):
        propose(talks, text, group, "lantern head")
    assert status(talks, "lantern head", f"/texts/{text.pk}/groups/{group.pk}/propose?provision={named}") == 404


def test_a_group_works_on_its_part_alone(talks: Talks, text: Text, group: Group) -> None:
    with pytest.raises(Refused, match="other provisions"):
        propose(talks, text, group, words="may publish")
    named = provision(talks, text, "may publish")
    assert status(talks, "quill delegate", f"/texts/{text.pk}/groups/{group.pk}/propose?provision={named}") == 404
    moved = Given("MOVE", provision(talks, text, "shall test"), after=provision(talks, text, "within 30 days"))
    with pytest.raises(Refused, match="other provisions"):
        proposing.propose(talks.viewer("quill delegate"), text.pk, 1, moved, group)
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"action": "MOD"}, {"action": "MOD", "words_en": "1. One.\n\n2. Two."}, {"action": "MOVE"}, {},
        {"action": "ADD"}, {"action": "MOD", "words_en": "x" * 20_001}, {"action": "MOD", "words_en": "a\u202eb"},
        {"action": "MOD", "words_en": "1. One.\n2. Two."},
    ],
)  # fmt: skip
def test_what_is_no_proposal_is_refused_and_stays_as_it_was_typed(
    talks: Talks, text: Text, group: Group, sent: dict[str, str]
) -> None:
    named = provision(talks, text, "shall test")
    sent = {"on": "1", "provision": named, "why_en": "A reason typed"} | sent
    for language in ("en", "zh"):
        client = talks.client("quill delegate", language=language)
        response = client.post(f"/texts/{text.pk}/groups/{group.pk}/propose", sent)
        assert response.status_code == 422
        assert "A reason typed" in response.content.decode()
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("action", ["SUP", "NOC", "ADD"])
def test_other_proposals_are_made_within_too(talks: Talks, text: Text, group: Group, action: str) -> None:
    named = provision(talks, text, "shall test")
    sent = {"on": 1, "provision": named, "action": action, "words_en": "Laboratories shall keep records."}
    assert status(talks, "cloudberry delegate", f"/texts/{text.pk}/groups/{group.pk}/propose", sent) == 303
    row = Proposal.objects.get()
    assert (row.content["action"], row.content["after"]) == (action, named if action == "ADD" else None)
    assert seen(talks, "mediator", group)


def test_the_delegation_withdraws_its_proposal_within(talks: Talks, text: Text, group: Group) -> None:
    row = propose(talks, text, group)
    address = f"/texts/{text.pk}/groups/{group.pk}/proposals/{row.pk}/withdraw"
    assert status(talks, "cloudberry delegate", address, {}) == 409
    assert status(talks, "quill delegate", address, {}) == 303
    assert fresh(row).state == "withdrawn"
    assert status(talks, "mediator", f"/texts/{text.pk}/proposals/{row.pk}/decide", {"how": "taken"}) == 404


# reporting back


def report(talks: Talks, group: Group, name: str = "lantern counsel", chosen: Any = (), agreed: Any = ()) -> Group:
    return group_acts.report(talks.viewer(name), group.text_id, group.pk, REPORT, chosen, agreed)


def light(talks: Talks, text: Text, words: str) -> str:
    who = talks.viewer("mediator")
    return standing(who, latest(who, text.pk), provision(talks, text, words)).light


@pytest.mark.parametrize("name", ["lantern counsel", "mediator", "chair"])
def test_chosen_proposals_go_to_the_room_and_the_others_stay(talks: Talks, text: Text, group: Group, name: str) -> None:
    chosen = propose(talks, text, group)
    left = propose(talks, text, group, "cloudberry delegate", en="Nothing that others should read.")
    named = provision(talks, text, "shall test")
    sent = {"report_en": REPORT["en"], "report_zh": REPORT["zh"], "chosen": str(chosen.pk), "agreed": named}
    assert status(talks, name, f"/texts/{text.pk}/groups/{group.pk}/report", sent) == 303
    assert (fresh(chosen).group_id, fresh(chosen).content["reported"]) == (None, NAME)
    assert fresh(left).group_id == group.pk
    assert light(talks, text, "shall test") == "group"
    rows = proposing.tabled(talks.viewer("lantern head"), text)
    assert [each.row.pk for each in rows] == [chosen.pk]
    found = seen(talks, "lantern head", group)
    assert REPORT["zh"] in found
    assert "Nothing that others should read." not in found
    assert "stayed in the group" in seen(talks, "quill delegate", group)


def test_a_provision_with_an_open_bracket_is_not_agreed(talks: Talks, text: Text, group: Group) -> None:
    row = propose(talks, text, group)
    named = provision(talks, text, "within 30 days")
    sent = {"report_en": "x", "report_zh": "字", "chosen": str(row.pk), "agreed": named}
    assert status(talks, "mediator", f"/texts/{text.pk}/groups/{group.pk}/report", sent) == 422
    before = StagedLeaf.objects.count()
    with pytest.raises(Refused, match="bracket is open"):
        report(talks, group, chosen=[row.pk], agreed=[named])
    assert (fresh(row).group_id, fresh(group).reported) == (group.pk, False)
    assert (Standing.objects.count(), StagedLeaf.objects.count()) == (0, before)


def test_once_its_brackets_are_settled_it_can_be(talks: Talks, text: Text, group: Group) -> None:
    named = provision(talks, text, "within 30 days")
    holders = [str(talks.organisations["quill"].pk)]
    bracket_acts.assign(talks.viewer("chair"), text.pk, named, "0-0", 1, holders)
    bracket_acts.say_fate(talks.viewer("quill head"), text.pk, named, "0-0", 1, "lifted")
    report(talks, group, agreed=[named])
    assert light(talks, text, "within 30 days") == "group"


def test_what_is_agreed_in_plenary_stays_so(talks: Talks, text: Text, group: Group) -> None:
    from tracktwo.room.drafting import position_acts

    named = provision(talks, text, "shall test")
    position_acts.light(talks.viewer("chair"), text.pk, named, "plenary", 1)
    report(talks, group, agreed=[named])
    assert light(talks, text, "shall test") == "plenary"


def test_a_group_that_reported_is_closed(talks: Talks, text: Text, group: Group) -> None:
    row = propose(talks, text, group)
    report(talks, group)
    with pytest.raises(Refused, match="reported back"):
        report(talks, group)
    with pytest.raises(Refused, match="reported back"):
        propose(talks, text, group)
    address = f"/texts/{text.pk}/groups/{group.pk}/proposals/{row.pk}/withdraw"
    assert status(talks, "quill delegate", address, {}) == 409
    assert "Report back" not in seen(talks, "lantern counsel", group)


@pytest.mark.parametrize("name", ["quill delegate", "sandglass linguist"])
def test_members_do_not_report(talks: Talks, group: Group, name: str) -> None:
    with pytest.raises(Refused, match="facilitator"):
        report(talks, group, name)
    assert not fresh(group).reported


@pytest.mark.parametrize("name", ["quill head", "secretariat", "observer"])
def test_others_do_not_either(talks: Talks, group: Group, name: str) -> None:
    with pytest.raises(Absent):
        report(talks, group, name)
    sent = {"report_en": "x", "report_zh": "字"}
    assert status(talks, name, f"/texts/{group.text_id}/groups/{group.pk}/report", sent) == 404


@pytest.mark.parametrize("sent", [{}, {"report_en": "x"}, {"report_en": "x" * 1001, "report_zh": "字"},
                                  {"report_en": "x", "report_zh": "字", "chosen": "nonsense"}])  # fmt: skip
def test_a_report_that_is_none_is_refused(talks: Talks, text: Text, group: Group, sent: dict[str, str]) -> None:
    propose(talks, text, group)
    assert status(talks, "lantern counsel", f"/texts/{text.pk}/groups/{group.pk}/report", sent) == 422
    assert not fresh(group).reported


def test_a_proposal_of_another_group_is_not_reported(talks: Talks, text: Text, group: Group) -> None:
    row = propose(talks, text, set_up(talks, text))
    with pytest.raises(Absent):
        report(talks, group, chosen=[row.pk])
    assert not fresh(group).reported


def test_what_was_proposed_on_an_older_draft_is_reported_as_that(talks: Talks, text: Text, group: Group) -> None:
    row = propose(talks, text, group)
    issue(talks, text, EN.replace("each system", "such systems"), ZH)
    if fresh(row).draft.number == 1:
        assert "It is on draft 1; draft 2 was issued since." in seen(talks, "quill delegate", group)
    report(talks, group, chosen=[row.pk])
    assert fresh(row).group_id is None


def test_a_provision_that_is_gone_is_told(talks: Talks, text: Text, group: Group) -> None:
    issue(talks, text, EN.replace("1. Laboratories shall test each system before release.\n", ""),
          ZH.replace("1. 实验室应在发布前测试每一系统。\n", ""))  # fmt: skip
    assert "no longer in the text" in seen(talks, "lantern head", group)
    assert status(talks, "lantern counsel", f"/texts/{text.pk}/groups/{group.pk}/report") == 200


def test_a_closed_text_hears_no_report(talks: Talks, text: Text, group: Group) -> None:
    Text.objects.filter(pk=text.pk).update(state="closed")
    with pytest.raises(Refused, match="closed"):
        report(talks, group)


def test_markup_in_names_and_reports_is_shown_as_it_was_typed(talks: Talks, text: Text, group: Group) -> None:
    group_acts.report(talks.viewer("chair"), text.pk, group.pk, {"en": "<b>x</b>", "zh": "字"}, [], [])
    assert "&lt;b&gt;x&lt;/b&gt;" in page(talks, "quill head", f"/texts/{text.pk}/groups")


def test_what_was_typed_stays_where_the_group_reported_meanwhile(talks: Talks, text: Text, group: Group) -> None:
    report(talks, group)
    address = f"/texts/{text.pk}/groups/{group.pk}"
    sent = {"on": 1, "provision": provision(talks, text, "shall test"), "action": "SUP", "why_en": "What I typed"}
    late = talks.client("quill delegate").post(f"{address}/propose", sent)
    again = talks.client("chair").post(f"{address}/report", {"report_en": "What I typed", "report_zh": "字"})
    for response in (late, again):
        assert response.status_code == 409
        assert "What I typed" in response.content.decode()
        assert "This group has reported back" in response.content.decode()
    assert Proposal.objects.count() == 0
