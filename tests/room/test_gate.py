"""What the gate lets through, and what an act leaves behind."""

from __future__ import annotations

import pytest
from room.talks import Talks

from tracktwo.room.access import Absent, visible
from tracktwo.room.acts import StagedLeaf, act


def test_an_act_without_its_right_writes_nothing(talks: Talks) -> None:
    with pytest.raises(Absent), act(talks.viewer("quill delegate"), "rules.edit"):
        raise AssertionError
    assert StagedLeaf.objects.count() == 0


def test_an_act_stages_one_leaf(talks: Talks) -> None:
    with act(talks.viewer("mediator"), "rules.edit") as leaf:
        leaf.commits("rules", talks.process.id, talks.process.rules)
    assert StagedLeaf.objects.get().leaf["act"] == "rules.edit"


def test_a_delegate_sees_the_table_and_not_what_stands_outside_it(talks: Talks) -> None:
    seen = {each.id for each in visible(talks.viewer("quill delegate")).organisations()}
    assert seen == {talks.organisations[name].id for name in ("quill", "lantern", "cloudberry", "sandglass")}


def test_absent_and_forbidden_are_the_same_bytes(talks: Talks) -> None:
    client = talks.client("liaison")
    assert client.get("/rules").content == client.get("/no-such-place").content
