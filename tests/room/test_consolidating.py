"""The next draft: what was settled and taken is carried out, what goes in in brackets loses nothing, the rest stays."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from room.drafted import Drafted, issued
from room.talks import Talks

from tracktwo.room.access import Refused
from tracktwo.room.drafting import issuing, position_acts, proposing
from tracktwo.room.drafting.carrying import matched
from tracktwo.room.drafting.consolidating import _beside
from tracktwo.room.drafting.models import Draft, Proposal
from tracktwo.room.drafting.proposing import Given
from tracktwo.room.drafting.standings import ProvisionStanding, latest, standing
from tracktwo.room.drafting.stored import Passage, Whole, loaded, whole
from tracktwo.text import drafts
from tracktwo.text.documents import read
from tracktwo.text.drafts import Provision
from tracktwo.text.errors import TextError
from tracktwo.text.parsing import parse
from tracktwo.text.proposals import Proposal as Asked

pytestmark = pytest.mark.django_db
ENGLISH = """\
1. Laboratories [shall][should] test [every [large] system] [within [X] days].

2. [Quill Laboratory: Each side names a contact.]

3. Incidents are reported [without delay] to all.

4. [Old words fall.]

5. Nothing here binds.
"""
CHINESE = """\
1. 实验室[应][宜]测试[所有[大型]系统][，期限为[X]天]。

2. [羽笔实验室：各方指定联络人。]

3. 事故[立即]通报各方。

4. [旧文字删去。]

5. 本文不具约束力。
"""


@pytest.fixture
def found(talks: Talks) -> Drafted:
    return issued(talks, ENGLISH, CHINESE)


def settled(found: Drafted, label: str, number: int, fate: str, **more: dict[str, str]) -> None:
    """The bracket, settled by the holder that the chair names."""
    found.name(label, number, "cloudberry")
    found.act("say", "cloudberry head", label, number, fate=fate, **more)


def bodies(draft: Draft) -> dict[str, tuple[str | None, str | None]]:
    """English and Chinese by number."""
    return {each.label.rstrip("."): (each.en, each.zh) for each in loaded(draft.number, draft.content).provisions}


def consolidated(found: Drafted) -> Draft:
    return issuing.consolidate(found.talks.viewer("mediator"), found.text.pk)


def next_issued(found: Drafted) -> Draft:
    consolidated(found)
    return issuing.issue(found.talks.viewer("mediator"), found.text.pk)


def test_settled_brackets_are_carried_out_in_both_languages(found: Drafted) -> None:
    settled(found, "1", 2, "lifted")
    settled(found, "1", 3, "dropped")
    settled(found, "3", 0, "narrowed", words={"en": "within [two] days", "zh": "[两]日内"})
    settled(found, "4", 0, "dropped")
    after = bodies(consolidated(found))
    assert after["1"] == (
        "Laboratories [shall][should] test every system [within [X] days].",
        "实验室[应][宜]测试所有系统[，期限为[X]天]。",
    )
    assert after["3"] == ("Incidents are reported [within [two] days] to all.", "事故[[两]日内]通报各方。")
    assert "4" not in after
    assert after["5"] == ("Nothing here binds.", "本文不具约束力。")


def test_a_lifted_bracket_loses_the_name_of_its_holder(found: Drafted) -> None:
    found.act("say", "quill head", "2", 0, fate="lifted")
    assert bodies(consolidated(found))["2"] == ("Each side names a contact.", "各方指定联络人。")


def test_what_is_parked_or_open_stays_as_it_is(found: Drafted) -> None:
    settled(found, "3", 0, "parked")
    assert bodies(consolidated(found)) == bodies(found.draft)


def test_a_proposal_that_is_taken_is_carried_out_beside_what_was_settled(found: Drafted) -> None:
    settled(found, "3", 0, "lifted")
    three = found.provision("3")
    words = ENGLISH.splitlines()[4][3:].replace("to all", "to every side")
    row = proposing.propose(found.talks.viewer("quill head"), found.text.pk, 1, Given("MOD", three, en=words))
    proposing.decide(found.talks.viewer("mediator"), found.text.pk, row.pk, "taken")
    assert bodies(consolidated(found))["3"][0] == "Incidents are reported without delay to every side."


def bracketed(found: Drafted, *asked: tuple[str, Given]) -> dict[str, tuple[str | None, str | None]]:
    """The next draft with proposals of delegations in it in brackets."""
    for who, wanted in asked:
        row = proposing.propose(found.talks.viewer(f"{who} head"), found.text.pk, 1, wanted)
        proposing.decide(found.talks.viewer("mediator"), found.text.pk, row.pk, "bracketed")
    return bodies(consolidated(found))


def test_a_change_in_brackets_keeps_the_old_words_beside_the_new(found: Drafted) -> None:
    five = found.provision("5")
    after = bracketed(found, ("quill", Given("MOD", five, en="Nothing in this text binds.", zh="本案文不具约束力。")))
    assert after["5"] == (
        "Nothing [here][Quill Laboratory: in this text] binds.",
        after["5"][1],
    )
    assert after["5"][1] is not None
    assert "羽笔实验室：" in after["5"][1]


def test_two_delegations_on_the_same_words_both_stand_in_the_text(found: Drafted) -> None:
    five = found.provision("5")
    after = bracketed(
        found,
        ("quill", Given("MOD", five, en="Nothing here binds anybody yet.")),
        ("sandglass", Given("MOD", five, en="Everything here binds all.")),
    )
    english = after["5"][0]
    assert english is not None
    assert english.startswith("[Nothing here binds.]")
    assert "[Quill Laboratory: Nothing here binds anybody yet.]" in english
    assert "[Sandglass Laboratory: Everything here binds all.]" in english
    assert after["5"][1] == "本文不具约束力。"


def test_a_deletion_and_an_addition_go_in_in_brackets(found: Drafted) -> None:
    five = found.provision("5")
    after = bracketed(
        found,
        ("lantern", Given("SUP", five)),
        ("quill", Given("ADD", None, en="Visits take place.", zh="进行互访。", after=five, label="6.")),
    )
    assert after["5"] == ("[Nothing here binds.][delete: Lantern School]", "[本文不具约束力。][删除：灯火学院]")
    assert after["6"] == ("[Quill Laboratory: Visits take place.]", "[羽笔实验室：进行互访。]")
    held = parse(after["5"][0] or "", parties={"Lantern School"}).brackets[1]
    assert [(each.name, each.stance) for each in held.holders] == [("Lantern School", "deletes")]


def test_what_cannot_be_carried_out_together_is_said_and_nothing_is_written(found: Drafted) -> None:
    five = found.provision("5")
    for who, wanted in (("quill", Given("SUP", five)), ("lantern", Given("MOD", five, en="Something here binds."))):
        row = proposing.propose(found.talks.viewer(f"{who} head"), found.text.pk, 1, wanted)
        proposing.decide(found.talks.viewer("mediator"), found.text.pk, row.pk, "taken")
    with pytest.raises(TextError, match="one deletes what the other needs"):
        consolidated(found)
    assert not Draft.objects.filter(state=Draft.State.WORKING).exists()


def test_a_draft_is_consolidated_once(found: Drafted) -> None:
    consolidated(found)
    with pytest.raises(Refused, match="working draft already"):
        consolidated(found)


# what is carried over


def test_who_holds_what_stays_in_the_next_draft(found: Drafted) -> None:
    found.act("hold", "lantern head", "3", 0)
    found.name("1", 0, "sandglass")
    settled(found, "1", 4, "dropped")
    position_acts.light(found.talks.viewer("mediator"), found.text.pk, found.provision("5"), "plenary", 1)
    draft = next_issued(found)
    one, three, five = (found.provision(each) for each in ("1", "3", "5"))
    mediator = found.talks.viewer("mediator")
    lantern, sandglass = (str(found.talks.organisations[each].pk) for each in ("lantern", "sandglass"))
    assert standing(mediator, draft, five).light == "plenary"
    assert [*(standing(mediator, draft, three).brackets["0-0"].holders or {})] == [lantern]
    after = standing(mediator, draft, one).brackets
    assert [*(after["0-0"].holders or {})] == [sandglass]
    assert all(each.state in {"open", "parked"} for each in after.values())


def test_what_changed_is_open_again_and_reviewed_anew(found: Drafted) -> None:
    three = found.provision("3")
    settled(found, "3", 0, "lifted")
    position_acts.light(found.talks.viewer("mediator"), found.text.pk, three, "group", 1)
    draft = next_issued(found)
    after = standing(found.talks.viewer("mediator"), draft, three)
    assert after == ProvisionStanding(three)


def test_a_proposal_whose_provision_did_not_change_is_on_the_next_draft(found: Drafted) -> None:
    viewer = found.talks.viewer("quill head")
    kept = proposing.propose(viewer, found.text.pk, 1, Given("MOD", found.provision("5"), en="All here binds."))
    late = proposing.propose(
        viewer, found.text.pk, 1, Given("MOD", found.provision("3"), en="Incidents [without delay] reach all.")
    )
    settled(found, "3", 0, "lifted")
    draft = next_issued(found)
    assert Proposal.objects.get(pk=kept.pk).draft_id == draft.pk
    assert Proposal.objects.get(pk=late.pk).draft_id == found.draft.pk
    with pytest.raises(Refused, match="on an earlier draft"):
        proposing.decide(found.talks.viewer("mediator"), found.text.pk, late.pk, "taken")
    proposing.confirm(viewer, found.text.pk, late.pk)
    carried = Proposal.objects.get(pk=late.pk)
    assert carried.draft_id == draft.pk
    assert whole(latest(viewer, found.text.pk)).draft.number == 2


def test_a_proposal_whose_provision_is_gone_stays_in_the_record(found: Drafted) -> None:
    viewer = found.talks.viewer("quill head")
    row = proposing.propose(viewer, found.text.pk, 1, Given("MOD", found.provision("4"), en="[Old words stand.]"))
    settled(found, "4", 0, "dropped")
    next_issued(found)
    with pytest.raises(Refused, match="gone from draft"):
        proposing.confirm(viewer, found.text.pk, row.pk)
    assert Proposal.objects.get(pk=row.pk).content["en"] == "[Old words stand.]"


# laws

WORDS = st.lists(st.sampled_from(["shall", "[test]", "report", "[each", "year]", "all", "[A: sides]", "以", "应]"]),
                 min_size=1, max_size=8).map(" ".join)  # fmt: skip
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(WORDS, st.lists(WORDS, min_size=1, max_size=3))
def test_whatever_is_proposed_stands_in_the_text_with_all_the_old_words(old: str, asked: list[str]) -> None:
    several = [(Asked(str(n), "hash", "MOD", "p", en=words), {"en": f"Party{n}", "zh": f"方{n}"})
               for n, words in enumerate(asked) if words != old]  # fmt: skip
    made = _beside(old, "en", several)  # type: ignore[arg-type]
    if not several:
        assert made is None
        return
    assert made is not None
    assert all(each in made for each in old.replace("[", " ").replace("]", " ").split())
    for given_, _ in several:
        assert all(each in made for each in (given_.en or "").replace("[", " ").replace("]", " ").split())


@QUICK
@given(st.lists(st.sampled_from(["[a] ", "b ", "[c [d]] ", "e [f] ", "g "]), min_size=1, max_size=8).map("".join),
       st.integers(0, 7))  # fmt: skip
def test_brackets_are_found_again_where_words_come_between(body: str, at: int) -> None:
    parts = body.split(" ")
    after = " ".join([*parts[:at], "quite new words", *parts[at:]])
    old, new = (_passage(each) for each in (body.strip() or "x", after.strip()))
    keys = matched(old, new)
    names = {key: old.blocks["en"].prose.content(bracket) for key in old.pairs
             if (bracket := old.bracket(key, "en")) is not None}  # fmt: skip
    for key, other in keys.items():
        bracket = new.bracket(other, "en")
        assert bracket is not None
        assert new.blocks["en"].prose.content(bracket).replace(" quite new words", "").replace(
            "quite new words ", "").strip() == names[key].strip()  # fmt: skip


def _passage(body: str) -> Passage:
    provision = Provision("p", "paragraph", "", 0, (), body, None, "en")
    block = next(each for each in read(body).blocks if each.kind == "paragraph")
    return Passage(provision, {"en": block}, frozenset(), {})


def test_the_whole_of_a_draft_is_read_by_provision() -> None:
    draft = drafts.Draft.first(ENGLISH, CHINESE, parties=["Quill Laboratory", "羽笔实验室"])
    read_ = Whole(draft, {"q": frozenset({"Quill Laboratory", "羽笔实验室"})})
    assert [*read_.passages] == [each.id for each in draft.provisions]
    two = read_.passages[draft.provisions[1].id]
    assert {key: two.written(key) for key in two.pairs} == {"0-0": {"q": "proposes"}}
