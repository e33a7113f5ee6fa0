"""A provision keeps its id whatever becomes of its number, its place and its words; a draft is named by its hash."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text.bracketed import prose

from tracktwo.text.drafts import Draft, Provision, revised
from tracktwo.text.errors import TextError

ENGLISH = """\
## Article 1 (evaluation of models)

1. Developers [shall][should] have their most capable models evaluated before release[, by independent laboratories].

2. Evaluations cover [EU: the making of misinformation at scale and] the loss of human control.[^1]

    (a) Results are shared among the laboratories of all Parties;

    (b) [Weights of models are never shared.]

## Article 2 (notification of incidents)

**Option 1:** Each Party notifies the others of a serious incident within [X] hours.

**Option 2:** No text

## Article 3 *(final provisions)*

This text is done in English and Chinese, both being equally authentic.

[^1]: Japan reserves its position.
"""
CHINESE = """\
## 第一条（模型测评）

1. 开发者［应］［宜］在发布之前对能力最强的模型进行测评［，由独立实验室进行］。

2. 测评包括［欧盟：大规模制造错误信息以及］人类失去控制的情形。[^1]

    （一）测评结果由各方实验室共享；

    （二）［模型权重在任何情况下不得共享。］

3. ［模型的安全由本国机构负责。］

## 第二条（事件通报）

**方案一：** 各方应在［X］小时内向其他各方通报严重事件。

**方案二：** 无案文

## 第三条（最后条款）

本案文以中文和英文写成，两种文本同等作准。

[^1]: 日本待核准。
"""


def by_label(draft, label):
    return next(provision for provision in draft.provisions if provision.label == label)


def contents(draft):
    return [replace(provision, id="") for provision in draft.provisions]


def test_the_two_languages_are_paired_by_numbers_headings_options_and_order():
    draft = Draft.first(ENGLISH, CHINESE)
    beginnings = [((p.en or "")[:14], (p.zh or "")[:6]) for p in draft.provisions]
    assert beginnings == [
        ("Article 1 (eva", "第一条（模型"),
        ("Developers [sh", "开发者［应］"),
        ("Evaluations co", "测评包括［欧"),
        ("Results are sh", "测评结果由各"),
        ("[Weights of mo", "［模型权重在"),
        ("", "［模型的安全"),
        ("Article 2 (not", "第二条（事件"),
        ("**Option 1:** ", "**方案一："),
        ("**Option 2:** ", "**方案二："),
        ("Article 3 *(fi", "第三条（最后"),
        ("This text is d", "本案文以中文"),
        ("Japan reserves", "日本待核准。"),
    ]
    assert [p.origin for p in draft.provisions].count("zh") == 1
    assert [p.options for p in draft.provisions if p.options] == [("Option 1",), ("Option 2",)]
    assert [(p.kind, p.level) for p in draft.provisions[:4]] == [
        ("heading", 2), ("paragraph", 0), ("paragraph", 0), ("paragraph", 1)
    ]  # fmt: skip
    assert draft.provisions[3].label == "(a)"
    assert draft.provisions[3].lead("zh") == "    （一）"
    assert draft.provisions[-1].kind == "note"


def test_a_number_that_is_not_there_in_the_other_language_is_not_paired_by_order():
    draft = Draft.first("1. One thing.\n\n2. Another thing.\n\n3. A third.", "1. 其一。\n\n3. 其三。")
    assert [(p.en, p.zh) for p in draft.provisions] == [
        ("One thing.", "其一。"), ("Another thing.", None), ("A third.", "其三。")
    ]  # fmt: skip


def test_a_draft_may_begin_in_either_language_and_needs_one():
    assert [p.origin for p in Draft.first(zh="1. 其一。").provisions] == ["zh"]
    assert [p.origin for p in Draft.first("1. One.", "1. 其一。", origin="zh").provisions] == ["zh"]
    with pytest.raises(TextError, match="at least one language"):
        Draft.first()
    with pytest.raises(TextError, match="Nothing was given"):
        revised(Draft.first("1. One."))


def test_a_translation_joins_the_provision_that_was_alone():
    draft = Draft.first(ENGLISH)
    both = revised(draft, zh=CHINESE)
    assert [p.id for p in both.provisions if p.en is not None] == [p.id for p in draft.provisions]
    assert [p.zh for p in both.provisions if p.en is None] == ["［模型的安全由本国机构负责。］"]
    assert all(p.origin == ("zh" if p.en is None else "en") for p in both.provisions)
    assert both.number == 2


def test_what_is_gone_in_one_language_stays_in_the_other():
    draft = Draft.first(ENGLISH, CHINESE)
    weights = by_label(draft, "(b)")
    after = revised(draft, en=ENGLISH.replace("    (b) [Weights of models are never shared.]\n\n", ""))
    assert (after[weights.id].en, after[weights.id].zh) == (None, weights.zh)
    last = revised(after, zh=CHINESE.replace("    （二）［模型权重在任何情况下不得共享。］\n\n", ""))
    assert weights.id not in last.places
    assert [p.id for p in last.provisions] == [p.id for p in draft.provisions if p.id != weights.id]


def test_an_edited_provision_keeps_its_id_and_a_rewritten_one_is_new():
    draft = Draft.first(ENGLISH, CHINESE)
    first = by_label(draft, "1.")
    edited = revised(draft, en=ENGLISH.replace("[shall][should] have", "shall have"))
    assert edited[first.id].en == first.en.replace("[shall][should]", "shall")
    assert edited[first.id].zh == first.zh
    other = revised(draft, en="1. Nobody knows what this says about ships and harbours.", zh="1. 船舶与港口另议。")
    assert {p.id for p in other.provisions}.isdisjoint(draft.places)


def test_two_that_became_one_stay_together_in_both_languages():
    short = "Developers of models evaluate them before they are released to others."
    long = "They also evaluate whether these models could deceive many people at once, and publish what they find."
    draft = Draft.first(
        f"1. {short}\n\n2. {long}",
        "1. 开发者对其能力最强的模型进行测评，并公布结果和所用的方法。\n\n2. 开发者测评欺骗。",
    )
    later = revised(
        draft, f"1. {short} {long}", "1. 开发者对其能力最强的模型进行测评，并公布结果和所用的方法。开发者测评欺骗。"
    )
    [provision] = later.provisions
    assert provision.id in draft.places
    assert None not in (provision.en, provision.zh)


def test_what_is_gone_in_one_language_is_not_given_the_words_of_another_provision():
    draft = Draft.first(
        "1. Developers evaluate models.\n\n2. Parties notify incidents.", "1. 开发者测评。\n\n2. 各方通报。"
    )
    later = revised(draft, "1. Developers evaluate models.", "1. 各方通报。")
    assert [(p.en, p.zh) for p in later.provisions] == [
        (None, "各方通报。"),
        ("Developers evaluate models.", None),
    ] or [(p.en, p.zh) for p in later.provisions] == [("Developers evaluate models.", None), (None, "各方通报。")]
    assert {p.id for p in later.provisions} == {p.id for p in draft.provisions}


def test_a_provision_that_comes_back_is_a_new_one():
    draft = Draft.first("1. Developers test models.\n\n2. Incidents are notified to all.")
    gone = revised(draft, en="1. Developers test models.")
    back = revised(gone, en=draft.text("en"))
    assert back.provisions[0].id == draft.provisions[0].id
    assert back.provisions[1].en == draft.provisions[1].en
    assert back.provisions[1].id != draft.provisions[1].id


def test_files_of_a_draft_read_as_the_draft():
    draft = Draft.first(ENGLISH + "\n[source]: https://a.example\n", CHINESE)
    assert draft.labels == {"source"}
    assert contents(Draft.first(draft.text("en"), draft.text("zh"))) == contents(draft)
    assert revised(draft, en=draft.text("en")).provisions == draft.provisions
    assert revised(draft, zh=draft.text("zh")).provisions == draft.provisions
    assert revised(draft, draft.text("en"), draft.text("zh")) == replace(draft, number=2)
    lines = draft.text("zh").split("\n")
    for line, identity in draft.lines("zh").items():
        assert lines[line - 1].endswith(draft[identity].zh)
    assert [block.line for block in draft.document("zh").blocks if block.kind not in {"space", "markup"}] == list(
        draft.lines("zh")
    )


def test_a_provision_that_is_not_there_is_said_in_a_sentence():
    with pytest.raises(TextError, match="Draft 1 has no provision 'x'"):
        Draft.first(ENGLISH)["x"]


@given(prose, prose)
@settings(deadline=None)
def test_any_two_files_make_a_draft_without_losing_a_character(en, zh):
    draft = Draft.first(en, zh)
    assert len(draft.places) == len(draft.provisions)
    assert draft == Draft.first(en, zh)
    again = Draft.first(draft.text("en"), draft.text("zh"))
    for language in ("en", "zh"):
        said = [(p.lead(language), p[language]) for p in draft.provisions if p[language] is not None]
        assert said == [(p.lead(language), p[language]) for p in again.provisions if p[language] is not None]


def paragraph(number):
    """Words that no other paragraph has."""
    return " ".join(f"{'abcdefghijklmnop'[number % 16] * (2 + number // 16)}{word}" for word in "qrstuvwxy")


def han(number):
    return "".join(chr(0x4E00 + number * 9 + place) for place in range(9))


def file_of(numbers, words=paragraph):
    return "".join(f"{place}. {words(number)}\n\n" for place, number in enumerate(numbers, 1))


orders = st.lists(st.integers(0, 30), min_size=1, max_size=14, unique=True)


@settings(deadline=None)
@given(orders, orders, st.sampled_from([paragraph, han]))
def test_ids_outlive_inserting_deleting_renumbering_and_moving(before, after, words):
    language = "en" if words is paragraph else "zh"
    draft = Draft.first(**{language: file_of(before, words)})
    later = revised(draft, **{language: file_of(after, words)})
    ids = {p[language]: p.id for p in draft.provisions}
    assert [p[language] for p in later.provisions] == [words(number) for number in after]
    for provision in later.provisions:
        if provision[language] in ids:
            assert provision.id == ids[provision[language]]
        else:
            assert provision.id not in draft.places
    assert len(later.places) == len(later.provisions)


@settings(deadline=None)
@given(orders, orders)
def test_the_other_language_goes_where_its_provision_goes(before, after):
    draft = Draft.first(file_of(before), file_of(before, han))
    later = revised(draft, en=file_of(after))
    for number in after:
        provision = next(p for p in later.provisions if p.en == paragraph(number))
        assert provision.zh == (han(number) if number in before else None)
    assert {p.zh for p in later.provisions if p.en is None} == {han(n) for n in before if n not in after}


texts = st.text(max_size=6)
provisions = st.builds(
    Provision,
    id=texts,
    kind=st.sampled_from(["heading", "paragraph", "note"]),
    label=texts,
    level=st.integers(0, 6),
    options=st.lists(texts, max_size=2).map(tuple),
    en=st.none() | texts,
    zh=st.none() | texts,
    origin=st.sampled_from(["en", "zh"]),
    lead_en=texts,
    lead_zh=texts,
)
drafts = st.builds(
    Draft, st.integers(1, 9), st.lists(provisions, max_size=3).map(tuple), st.lists(texts, max_size=2).map(tuple)
)


@given(drafts, drafts)
def test_two_drafts_have_one_hash_if_and_only_if_they_are_equal(one, other):
    assert (one.hash == other.hash) == (one == other)
    assert one.hash == replace(one).hash


@given(drafts.filter(lambda draft: draft.provisions), st.data())
def test_any_change_changes_the_hash(draft, data):
    place = data.draw(st.integers(0, len(draft.provisions) - 1))
    provision = draft.provisions[place]
    name = data.draw(st.sampled_from([field.name for field in fields(Provision)]))
    value = getattr(provision, name)
    changed = (
        data.draw(st.sampled_from(["x", ""]))
        if value is None
        else value + ({int: 1, tuple: ("x",)}.get(type(value), "x"))
    )
    others = (*draft.provisions[:place], replace(provision, **{name: changed}), *draft.provisions[place + 1 :])
    assert replace(draft, provisions=others).hash != draft.hash
    assert replace(draft, number=draft.number + 1).hash != draft.hash


def test_the_hash_is_that_of_the_documented_json():
    import hashlib

    draft = Draft(3, (Provision("a", "paragraph", "1.", 0, (), "x", None, "en", "1. "),))
    said = b'["tracktwo/draft/1",3,[],[["a","paragraph","1.",0,[],"x",null,"en","1. ",""]]]'
    assert draft.hash == hashlib.sha256(said).hexdigest()
