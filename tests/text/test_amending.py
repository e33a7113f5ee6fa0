"""Proposals on one draft are carried out together where they can, and nothing that was proposed is lost."""

from dataclasses import replace
from itertools import chain, combinations, permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracktwo.text.amending import Proposal, Tie, apply, choices, collisions, conflicts, rebased
from tracktwo.text.drafts import Draft, revised
from tracktwo.text.errors import TextError
from tracktwo.text.merging import Span, clashes, merged, spans

DRAFT = Draft.first(
    """\
## Article 1 (safety of models)

1. Developers shall evaluate their most capable models before release.

2. Each Party notifies the others of a serious incident within 72 hours.

    (a) A notification names the model.

3. Misinformation at scale is such an incident.
""",
    """\
## 第一条（模型安全）

1. 开发者应在发布之前对能力最强的模型进行测评。

2. 各方应在72小时内向其他各方通报严重事件。

3. 大规模传播错误信息属于此类事件。
""",
)
HEADING, FIRST, SECOND, LETTER, THIRD = (provision.id for provision in DRAFT.provisions)


def on(draft, number, action, provision=None, **more):
    return Proposal(f"p{number}", draft.hash, action, provision, **more)


def proposal(number, action, provision=None, **more):
    return on(DRAFT, number, action, provision, **more)


def ids(draft):
    return [provision.id for provision in draft.provisions]


def test_words_are_amended_in_both_languages_and_the_id_stays():
    shall = DRAFT[FIRST].en.replace("shall", "should")
    yi = DRAFT[FIRST].zh.replace("应在", "宜在")
    after = apply(DRAFT, [proposal(1, "MOD", FIRST, en=shall, zh=yi, by="Japan")])
    assert (after[FIRST].en, after[FIRST].zh) == (shall, yi)
    assert ids(after) == ids(DRAFT)
    assert after.number == 2
    assert after.hash != DRAFT.hash


def test_two_who_amend_different_words_are_both_carried_out():
    one = proposal(1, "MOD", SECOND, en=DRAFT[SECOND].en.replace("72", "[24]"))
    other = proposal(2, "(MOD)", SECOND, en=DRAFT[SECOND].en.replace("notifies", "shall notify"))
    [found] = collisions(DRAFT, [one, other])
    assert (found.reason, found.blocks, found.spans) == ("provision", False, ())
    after = apply(DRAFT, [other, one])
    assert after[SECOND].en == "Each Party shall notify the others of a serious incident within [24] hours."


def test_something_is_added_behind_a_provision_and_as_deep():
    added = proposal(1, "ADD", after=LETTER, en="It names the laboratory.", label="(b)")
    again = replace(added, id="p2")
    chinese = proposal(3, "ADD", after=THIRD, zh="模型权重不得共享。", label="4.")
    first = proposal(4, "ADD", en="## Preamble")
    after = apply(DRAFT, [added, again, chinese, first])
    assert [p.en and p.en[:9] for p in after.provisions] == [
        "Preamble", "Article 1", "Developer", "Each Part", "A notific", "It names ", "Misinform", None
    ]  # fmt: skip
    assert after.provisions[0].kind == "heading"
    assert (after.provisions[5].label, after.provisions[5].level) == ("(b)", 1)
    assert after.provisions[5].lead("en") == "    (b) "
    assert (after.provisions[-1].origin, after.provisions[-1].label) == ("zh", "4.")
    assert set(ids(DRAFT)) < set(ids(after))
    assert apply(DRAFT, [first, chinese, again, added]) == after


def test_what_is_suppressed_is_gone_in_both_languages_and_what_is_moved_keeps_its_id():
    after = apply(
        DRAFT, [proposal(1, "SUP", SECOND), proposal(2, "MOVE", THIRD, after=HEADING), proposal(3, "NOC", FIRST)]
    )
    assert ids(after) == [HEADING, THIRD, FIRST, LETTER]
    assert after[FIRST] == DRAFT[FIRST]
    assert ids(apply(DRAFT, [proposal(1, "MOVE", THIRD)])) == [THIRD, HEADING, FIRST, SECOND, LETTER]


def test_a_body_that_is_not_there_yet_is_brought_by_an_amendment():
    after = apply(DRAFT, [proposal(1, "MOD", LETTER, zh="通报应注明所涉模型。")])
    assert after[LETTER].zh == "通报应注明所涉模型。"
    assert after[LETTER].lead("zh") == "    (a) "


PAIRS = [
    ("MOD", {"en": "Developers must evaluate models."}, "MOD", {"en": "Developers may evaluate models."}, "words"),
    ("MOD", {"zh": "开发者宜测评。"}, "(MOD)", {"zh": "开发者可测评。"}, "words"),
    ("MOD", {"en": "Developers must evaluate models."}, "SUP", {}, "deleted"),
    ("MOVE", {"after": THIRD}, "SUP", {}, "deleted"),
    ("MOVE", {"after": THIRD}, "MOVE", {"after": SECOND}, "place"),
    ("MOVE", {"after": THIRD}, "MOVE", {"after": THIRD}, None),
    ("MOVE", {"after": THIRD}, "MOD", {"en": "Developers may evaluate models."}, "provision"),
    ("NOC", {}, "MOD", {"en": "Developers may evaluate models."}, "unchanged"),
    ("NOC", {}, "SUP", {}, "unchanged"),
    ("NOC", {}, "MOVE", {"after": THIRD}, "unchanged"),
    ("NOC", {}, "NOC", {}, None),
    ("SUP", {}, "SUP", {}, None),
    ("MOD", {"en": "Developers may evaluate."}, "MOD", {"en": "Developers may evaluate."}, None),
    ("MOD", {"en": "Developers may evaluate."}, "MOD", {"zh": "开发者可测评。"}, "provision"),
]


@pytest.mark.parametrize(("action", "more", "action_", "more_", "reason"), PAIRS)
def test_two_proposals_on_one_provision(action, more, action_, more_, reason):
    one, other = proposal(1, action, FIRST, **more), proposal(2, action_, FIRST, **more_)
    for pair in ([one, other], [other, one]):
        found = collisions(DRAFT, pair)
        assert [each.reason for each in found] == ([reason] if reason else [])
        if reason in {None, "provision"}:
            assert apply(DRAFT, pair).number == 2
        else:
            with pytest.raises(TextError, match="Not all of these proposals can be carried out"):
                apply(DRAFT, pair)


def test_two_proposals_at_one_place():
    here = proposal(1, "ADD", after=FIRST, en="A.")
    cases = [
        (proposal(2, "ADD", after=FIRST, en="B."), "order"),
        (proposal(2, "MOVE", THIRD, after=FIRST), "order"),
        (proposal(2, "SUP", FIRST), "deleted"),
        (proposal(2, "MOVE", FIRST, after=THIRD), "place"),
        (proposal(2, "MOD", FIRST, en="Developers evaluate."), None),
        (proposal(2, "NOC", FIRST), None),
        (proposal(2, "ADD", after=SECOND, en="A."), None),
        (proposal(2, "ADD", after=FIRST, en="A."), None),
    ]
    for other, reason in cases:
        for pair in ([here, other], [other, here]):
            assert [each.reason for each in collisions(DRAFT, pair)] == ([reason] if reason else [])
    circle = [proposal(1, "MOVE", FIRST, after=THIRD), proposal(2, "MOVE", THIRD, after=FIRST)]
    assert [each.reason for each in collisions(DRAFT, circle)] == ["place"]
    begins = [proposal(1, "ADD", en="A."), proposal(2, "ADD", en="B.")]
    assert [(each.reason, each.provision) for each in collisions(DRAFT, begins)] == [("order", None)]


def test_the_words_that_both_change_are_shown():
    one = proposal(1, "MOD", FIRST, en=DRAFT[FIRST].en.replace("shall evaluate", "should test"))
    other = proposal(2, "MOD", FIRST, en=DRAFT[FIRST].en.replace("shall", "will"))
    [found] = collisions(DRAFT, [one, other])
    [(language, start, end)] = found.spans
    assert (language, DRAFT[FIRST].en[start:end]) == ("en", "shall")
    assert found.what == "Proposals 'p1' and 'p2': both change the same words."


def test_who_puts_or_lifts_brackets_touches_the_words_between_them():
    old = DRAFT[FIRST].en
    one = proposal(1, "MOD", FIRST, en=old.replace("shall evaluate", "[shall evaluate]"))
    for other in ("shall test", "[shall] evaluate", "shall not evaluate", "shall evaluate[, test]"):
        [found] = collisions(DRAFT, [one, proposal(2, "MOD", FIRST, en=old.replace("shall evaluate", other))])
        assert found.reason == "words"
    apart = proposal(2, "MOD", FIRST, en=old.replace("models", "[models]"))
    assert [each.reason for each in collisions(DRAFT, [one, apart])] == ["provision"]
    draft = Draft.first("Developers [shall] evaluate models.")
    [provision] = draft.provisions
    lifted = on(draft, 1, "MOD", provision.id, en="Developers shall evaluate models.")
    narrowed = on(draft, 2, "MOD", provision.id, en="Developers [should] evaluate models.")
    [found] = collisions(draft, [lifted, narrowed])
    assert (found.reason, [(start, end) for _, start, end in found.spans]) == ("words", [(12, 17)])


WRONG = [
    (("ADD", FIRST), {"en": "x"}, "leave the provision out"),
    (("MOD",), {"en": "x"}, "on which provision"),
    (("MOD", FIRST), {}, "has no words in either language"),
    (("SUP", FIRST), {"en": "x"}, "propose a MOD beside it"),
    (("NOC", FIRST), {"after": SECOND}, "propose a MOVE beside it"),
    (("MOVE", FIRST), {"after": FIRST}, "behind itself"),
    (("MOD", FIRST), {"en": " "}, "propose SUP"),
]


@pytest.mark.parametrize(("what", "more", "said"), WRONG)
def test_a_proposal_that_says_too_little_or_too_much_is_refused(what, more, said):
    with pytest.raises(TextError, match=said):
        proposal(1, *what, **more)


def test_a_proposal_on_another_draft_or_provision_is_refused():
    later = apply(DRAFT, [])
    with pytest.raises(TextError, match="not on draft 2, but on another one"):
        apply(later, [proposal(1, "SUP", FIRST)])
    with pytest.raises(TextError, match="'nowhere', which draft 1 does not have"):
        apply(DRAFT, [proposal(1, "SUP", "nowhere")])
    with pytest.raises(TextError, match="Two proposals have the id"):
        apply(DRAFT, [proposal(1, "SUP", FIRST), proposal(1, "SUP", SECOND)])
    with pytest.raises(TextError, match="would not be read as one provision"):
        apply(DRAFT, [proposal(1, "MOD", FIRST, en="One.\n\nTwo.")])
    with pytest.raises(TextError, match="is not on draft 2"):
        rebased(proposal(1, "SUP", FIRST), later, DRAFT)


def test_a_proposal_carries_over_where_its_provision_stayed_as_it_was():
    asked = proposal(1, "MOD", SECOND, en=DRAFT[SECOND].en.replace("72", "24"))
    text = (
        DRAFT.text("en")
        .replace("1. Dev", "2. Dev")
        .replace("2. Each", "3. Each")
        .replace("models before", "ones before")
    )
    later = revised(DRAFT, en=text)
    assert later[SECOND].label == "3."
    found = rebased(asked, DRAFT, later)
    assert (found.state, found.carries_over, found.moved, found.changes) == ("unchanged", True, False, ())
    assert found.proposal == replace(asked, draft=later.hash)
    assert apply(later, [found.proposal])[SECOND].en == asked.en


def test_a_proposal_on_words_that_have_changed_waits_for_its_author_with_the_difference():
    asked = proposal(1, "MOD", SECOND, en=DRAFT[SECOND].en.replace("72", "24"))
    elsewhere = apply(DRAFT, [proposal(2, "MOD", SECOND, en=DRAFT[SECOND].en.replace("notifies", "shall notify"))])
    found = rebased(asked, DRAFT, elsewhere)
    assert (found.state, found.carries_over, found.clashes) == ("changed", False, ())
    assert found.proposal.en == "Each Party shall notify the others of a serious incident within 24 hours."
    [(language, edits)] = found.changes
    assert (language, [each.text for each in edits if each.kind != "keep"]) == ("en", ["notifies", "shall notify"])
    same = apply(DRAFT, [proposal(2, "MOD", SECOND, en=DRAFT[SECOND].en.replace("72", "48"))])
    found = rebased(asked, DRAFT, same)
    assert found.proposal.en == asked.en
    assert [DRAFT[SECOND].en[start:end] for _, start, end in found.clashes] == ["72"]
    chinese = apply(DRAFT, [proposal(2, "MOD", SECOND, zh=DRAFT[SECOND].zh.replace("72", "48"))])
    found = rebased(asked, DRAFT, chinese)
    assert (found.state, [language for language, _ in found.changes]) == ("changed", ["zh"])
    assert found.proposal == replace(asked, draft=chinese.hash)


def test_a_proposal_on_what_was_moved_or_is_gone_says_so():
    asked = proposal(1, "SUP", FIRST)
    moved = rebased(asked, DRAFT, apply(DRAFT, [proposal(2, "MOVE", FIRST, after=THIRD)]))
    assert (moved.state, moved.moved, moved.proposal.provision) == ("moved", True, FIRST)
    both = [proposal(2, "MOVE", FIRST, after=THIRD), proposal(3, "MOD", FIRST, en="Developers evaluate.")]
    assert (rebased(asked, DRAFT, apply(DRAFT, both)).state, rebased(asked, DRAFT, apply(DRAFT, both)).moved) == (
        "changed",
        True,
    )
    without = apply(DRAFT, [proposal(2, "SUP", FIRST)])
    gone = rebased(asked, DRAFT, without)
    assert (gone.state, gone.proposal, gone.original) == ("gone", None, asked)
    assert rebased(proposal(1, "ADD", en="x", after=FIRST), DRAFT, without).state == "gone"
    assert rebased(proposal(1, "MOVE", SECOND, after=FIRST), DRAFT, without).state == "gone"
    assert rebased(proposal(1, "ADD", en="x"), DRAFT, without).carries_over


def test_a_proposal_on_what_now_stands_in_an_option_is_told():
    draft = Draft.first("Alpha beta gamma delta epsilon.\n\nOption 1: One two three four five.")
    later = revised(draft, en="Option 1: One two three four five.\n\nAlpha beta gamma delta epsilon.")
    for provision in draft.provisions:
        state = rebased(on(draft, 1, "SUP", provision.id), draft, later).state
        assert state == ("unchanged" if provision.options else "moved")


words = st.lists(st.sampled_from(["shall", "may", "the", "model", "[", "]", "安", "全", ","]), max_size=7)
texts = words.map(" ".join)


@given(texts, texts)
def test_spans_make_the_new_text(old, new):
    assert merged(old, [spans(old, new)]) == new
    assert clashes(spans(old, new), spans(old, new)) == ()


def carried_out(old, changes):
    """Several spans, the last one first, each on its own."""
    for span in sorted(changes, reverse=True):
        old = old[: span.start] + span.text + old[span.end :]
    return old


@given(texts, texts, texts)
def test_changes_that_do_not_clash_can_be_made_one_after_the_other(old, one, other):
    first, second = spans(old, one), spans(old, other)
    if not clashes(first, second):
        assert merged(old, [first, second]) == merged(old, [second, first]) == carried_out(old, {*first, *second})


def test_touching_is_told_from_standing_beside():
    word = [Span(5, 10, "should", "shall")]
    assert clashes(word, [Span(10, 10, " not")]) == ()
    assert clashes(word, [Span(5, 5, "not ")]) == ()
    assert clashes(word, [Span(10, 12, "")]) == ()
    assert clashes(word, [Span(7, 7, "x")]) == ((5, 10),)
    assert clashes(word, [Span(9, 12, "")]) == ((9, 10),)
    assert clashes([Span(3, 3, "a")], [Span(3, 3, "b")]) == ((3, 3),)
    assert clashes(word, word) == ()


@st.composite
def pair(draw):
    """Two proposals on the draft, in any of the actions."""
    bodies = st.sampled_from(
        [replacement for provision in DRAFT.provisions[1:] for replacement in variants(provision.en)]
    )
    provisions = st.sampled_from([FIRST, SECOND, LETTER, THIRD])
    found = []
    for number in (1, 2):
        action = draw(st.sampled_from(["ADD", "MOD", "(MOD)", "SUP", "MOVE", "NOC"]))
        if action == "ADD":
            after = draw(st.none() | provisions)
            found.append(proposal(number, action, en=f"New {number}.", after=after))
        elif action == "MOVE":
            on_, after = draw(provisions), draw(st.none() | provisions)
            assume(on_ != after)
            found.append(proposal(number, action, on_, after=after))
        elif action in {"MOD", "(MOD)"}:
            on_ = draw(provisions)
            found.append(proposal(number, action, on_, en=draw(st.sampled_from(variants(DRAFT[on_].en)) | bodies)))
        else:
            found.append(proposal(number, action, draw(provisions)))
    return found


def variants(text):
    parts = text.split(" ")
    return [
        " ".join([*parts[:at], *new, *parts[at + 1 :]])
        for at in range(len(parts))
        for new in ([], [f"[{parts[at]}]"], [parts[at], "x"])
    ]


@settings(deadline=None, max_examples=300)
@given(pair())
def test_what_does_not_collide_can_be_carried_out_one_after_the_other_in_either_order(both):
    found = collisions(DRAFT, both)
    assume(not any(collision.blocks for collision in found))
    expected = [(p.en, p.zh) for p in apply(DRAFT, both).provisions]
    for one, other in permutations(both):
        between = apply(DRAFT, [one])
        later = rebased(other, DRAFT, between)
        if later.proposal is None:
            assert one.action == other.action == "SUP"
            last = between
        else:
            last = apply(between, [later.proposal])
        assert [(p.en, p.zh) for p in last.provisions] == expected


def tied(number, *ties):
    return proposal(number, "NOC", FIRST, tied=tuple(Tie(*tie) for tie in ties))


def oracle(proposals, colliding=()):
    """Every consistent choice, by trying all and counting."""
    groups = {tie for each in proposals for tie in each.tied}
    names = [each.id for each in proposals]
    for chosen in chain.from_iterable(combinations(names, size) for size in range(len(names) + 1)):
        fits = not any(one in chosen and other in chosen for one, other in colliding)
        for group in groups:
            members = [each.id for each in proposals if group in each.tied]
            count = sum(name in chosen for name in members)
            fits &= {"and": count in {0, len(members)}, "or": True, "xor": count == 1}[group.how]
        if fits:
            yield chosen


groups = st.sampled_from([("and", "A"), ("and", "B"), ("or", "C"), ("xor", "D"), ("xor", "E")])


@settings(deadline=None)
@given(st.lists(st.lists(groups, max_size=3, unique=True), max_size=7), st.data())
def test_choices_are_those_that_trying_all_finds(ties, data):
    proposals = [tied(number, *each) for number, each in enumerate(ties)]
    names = [each.id for each in proposals]
    colliding = data.draw(st.lists(st.sampled_from(list(combinations(names, 2))), max_size=3)) if len(names) > 1 else []
    blocking = [collision_of(*each) for each in colliding]
    expected = set(oracle(proposals, colliding))
    found = list(choices(proposals, collisions=blocking))
    assert len(found) == len(set(found))
    assert set(found) == expected
    for chosen in chain.from_iterable(combinations(names, size) for size in range(len(names) + 1)):
        assert (not conflicts(proposals, chosen, collisions=blocking)) == (chosen in expected)


def collision_of(one, other):
    [found] = collisions(
        DRAFT, [replace(proposal(1, "NOC", FIRST), id=one), replace(proposal(2, "SUP", FIRST), id=other)]
    )
    return found


def test_choices_come_one_at_a_time():
    many = [tied(number, ("or", "all")) for number in range(60)]
    found = choices(many)
    assert len(next(found)) == 60
    assert len(next(found)) == 59


def test_why_a_choice_is_inconsistent_is_said():
    proposals = [
        tied(1, ("and", "exchange")),
        tied(2, ("and", "exchange")),
        tied(3, ("xor", "date")),
        tied(4, ("xor", "date")),
    ]
    both = [collision_of("p1", "p3")]
    assert [each.what for each in conflicts(proposals, {"p1"}, collisions=both)] == [
        "Package 'exchange' is taken or left as a whole; 'p2' is left out.",
        "Of package 'date' exactly one is taken; none is chosen.",
    ]
    found = conflicts(proposals, {"p1", "p2", "p3", "p4"}, collisions=both)
    assert [each.proposals for each in found] == [("p3", "p4"), ("p1", "p3")]
    assert found[0].what == "Of package 'date' exactly one is taken; 'p3', 'p4' are chosen."
    assert conflicts(proposals, {"p1", "p2", "p4"}, collisions=both) == ()
    with pytest.raises(TextError, match="no proposal 'p9'"):
        conflicts(proposals, {"p9"})
    with pytest.raises(TextError, match="Name two packages"):
        list(choices([tied(1, ("and", "x")), tied(2, ("or", "x"))]))
