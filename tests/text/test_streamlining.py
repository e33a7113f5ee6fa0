"""Whoever streamlines a text loses no word, holder or option of anybody without saying so."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.text.drafts import Draft, revised
from tracktwo.text.errors import TextError
from tracktwo.text.living import living
from tracktwo.text.streamlining import Dropped, Source, Table, lost

ENGLISH = """\
## Article 4 (misinformation)

1. Developers [shall][should] evaluate models for the making of misinformation [EU: and disinformation] before release.

2. Developers [EU: shall] evaluate [regularly] whether models help to make misinformation [at scale – reserve Japan].

3. Findings are shared with the laboratories of all Parties[, within [X] days] {secretariat to check}.[^1]

## Article 5 (notification of incidents)

**Option 1:** Each Party notifies the others of a serious incident within [72] hours [China: by the joint hotline].

**Option 2:** Each Party notifies those Parties that are concerned [delete: Norway].

**Option 3:** No text

[^1]: Japan recalls that findings on security are confidential.
"""
CHINESE = """\
## 第四条（错误信息）

1. 开发者［应］［宜］在发布之前测评其模型制造错误信息［欧盟：和虚假信息］的能力。

2. 开发者［欧盟：应］［定期］测评其模型是否有助于［大规模 – 待核准：日本］制造错误信息。

3. 测评结论由各方实验室共享［，期限为［X］天］{秘书处核对}。[^1]

## 第五条（事件通报）

**方案一：** 各方在［72］小时内向其他各方通报严重安全事件［中国：通过联合热线］。

**方案二：** 各方向有关各方通报［删除：挪威］。

**方案三：** 无案文

[^1]: 日本重申，涉及安保的测评结论应予保密。
"""
MERGED = (
    "1. Developers [EU: shall][should] [regularly] evaluate models before release for the making of misinformation "
    "[EU: and disinformation] and whether they help to make it [at scale – reserve Japan]."
)
MERGED_ZH = (
    "1. 开发者［欧盟：应］［宜］［定期］在发布之前测评其模型制造错误信息［欧盟：和虚假信息］的能力"
    "以及是否有助于［大规模 – 待核准：日本］制造错误信息。"
)


def shorter(text, merged):
    """The text with its first two paragraphs merged, and the third renumbered."""
    parts = text.split("\n\n")
    return "\n\n".join([parts[0], merged, parts[3].replace("3. ", "2. ", 1), *parts[4:]])


SHORTER, SHORTER_ZH = shorter(ENGLISH, MERGED), shorter(CHINESE, MERGED_ZH)
PARTIES = ("Norway", "Japan", "China")
OLD = Draft.first(ENGLISH, CHINESE, PARTIES)
HEADING, FIRST, SECOND, THIRD, NOTIFYING, ONE, TWO, THREE, NOTE = (p.id for p in OLD.provisions)


def streamlined(en=SHORTER, zh=SHORTER_ZH):
    """The new draft and its table: articles 4.1 and 4.2 become one, all else is made of itself."""
    new = revised(OLD, en, zh)
    merged = next((p.id for p in new.provisions if p.label == "1."), None)
    return new, Table((Source(merged, (FIRST, SECOND)),))


def losses(en=SHORTER, zh=SHORTER_ZH, dropped=()):
    new, table = streamlined(en, zh)
    return lost(OLD, new, replace(table, dropped=tuple(dropped)), parties=PARTIES)


def said(found):
    return [(each.kind, each.what, each.detail) for each in found]


def test_two_paragraphs_that_became_one_lost_nothing():
    new, table = streamlined()
    assert len(new.provisions) == len(OLD.provisions) - 1
    assert lost(OLD, new, table, parties=PARTIES) == ()
    assert {each.provision for each in lost(OLD, new, Table(), parties=PARTIES)} == {SECOND}


def test_a_draft_that_did_not_change_has_lost_nothing():
    assert lost(OLD, OLD, Table()) == ()
    assert lost(OLD, revised(OLD, ENGLISH, CHINESE), Table()) == ()


CONTROLS = [
    ("en", "[EU: and disinformation]", "[and disinformation]", [("holder", "EU", "proposes: and, disinformation")]),
    ("en", "[at scale – reserve Japan]", "[at scale]", [("holder", "Japan", "reserves: at, scale")]),
    (
        "en",
        "[China: by the joint hotline]",
        "[by the joint hotline]",
        [("holder", "China", "proposes: by, hotline, joint, the")],
    ),
    ("en", " [delete: Norway]", "", [("holder", "Norway", "deletes")]),
    ("zh", "［欧盟：和虚假信息］", "［和虚假信息］", [("holder", "欧盟", "proposes: 信, 假, 和, 息, 虚")]),
    ("zh", "［大规模 – 待核准：日本］", "［大规模］", [("holder", "日本", "reserves: 大, 模, 规")]),
    ("zh", "［删除：挪威］", "", [("holder", "挪威", "deletes")]),
]


@pytest.mark.parametrize(("language", "before", "after", "expected"), CONTROLS)
def test_a_single_holder_that_vanishes_is_told(language, before, after, expected):
    clean = {"en": SHORTER, "zh": SHORTER_ZH}
    changed = clean | {language: clean[language].replace(before, after, 1)}
    assert changed != clean
    already = set(losses())
    found = [each for each in losses(**changed) if each not in already]
    assert said(found) == expected
    [loss] = found
    body = OLD[loss.provision][language]
    assert body[loss.start] in "[［"
    assert loss.what in body[loss.start : loss.end]


WORDS = [
    ("en", " [regularly]", "", SECOND, "regularly", "bracketed"),
    ("en", "[72]", "[24]", ONE, "72", "bracketed"),
    ("en", "of a serious incident", "of an incident", ONE, "a serious", ""),
    ("zh", "［定期］", "", SECOND, "定期", "bracketed"),
    ("zh", "严重安全事件", "严重事件", ONE, "安全", ""),
    ("zh", "在发布之前", "", FIRST, "在发布之前", ""),
]


@pytest.mark.parametrize(("language", "before", "after", "provision", "what", "detail"), WORDS)
def test_words_that_vanish_are_told_with_their_place_until_somebody_says_why(
    language, before, after, provision, what, detail
):
    clean = {"en": SHORTER, "zh": SHORTER_ZH}
    changed = clean | {language: clean[language].replace(before, after, 1)}
    already = set(losses())
    found = [each for each in losses(**changed) if each not in already]
    assert said(found) == [("words", what, detail)]
    [loss] = found
    assert (loss.provision, loss.language) == (provision, language)
    assert OLD[provision][language][loss.start : loss.end] == what
    reason = Dropped(provision, language, "words", what, "agreed in the contact group")
    assert set(losses(**changed, dropped=[reason])) == already
    elsewhere = replace(reason, provision=THIRD)
    assert loss in losses(**changed, dropped=[elsewhere])


def test_placeholders_and_notes_that_vanish_are_told():
    already = set(losses())
    filled = SHORTER.replace("[X] days", "[30] days").replace(" {secretariat to check}.[^1]", ".")
    found = [each for each in losses(filled) if each not in already]
    assert said(found) == [("placeholder", "x", ""), ("placeholder", "secretariat to check", ""), ("note", "1", "")]
    assert [OLD[THIRD].en[each.start : each.end] for each in found] == ["[X]", "{secretariat to check}", "[^1]"]
    dropped = [
        Dropped(THIRD, "en", "placeholder", "[X]", "30 days are agreed"),
        Dropped(THIRD, "en", "placeholder", "{Secretariat to check}", "checked"),
        Dropped(THIRD, "en", "note", "[^1]", "withdrawn"),
    ]
    assert set(losses(filled, dropped=dropped)) == already


def test_an_option_that_vanishes_is_told_with_all_it_says():
    gone = SHORTER.replace(
        "**Option 2:** Each Party notifies those Parties that are concerned [delete: Norway].\n\n", ""
    )
    already = set(losses())
    [loss] = [each for each in losses(gone) if each not in already]
    assert (loss.kind, loss.provision, loss.what) == ("option", TWO, "Option 2")
    assert loss.detail == "**Option 2:** Each Party notifies those Parties that are concerned [delete: Norway]."
    assert set(losses(gone, dropped=[Dropped(TWO, "en", "option", "Option 2", "withdrawn by all")])) == already


def options(old, new, sources):
    """What is lost between two texts whose paragraphs are made of each other as told, by their places."""
    before, after = Draft.first(old), Draft.first(new, number=2)
    ids, new_ids = [p.id for p in before.provisions], [p.id for p in after.provisions]
    rows = tuple(Source(new_ids[new_], tuple(ids[place] for place in places)) for new_, places in sources.items())
    return said(lost(before, after, Table(rows)))


def test_an_option_that_is_renumbered_is_not_lost_and_one_that_is_merged_is():
    old = "Option 1: Test models.\n\nOption 2: Share weights.\n\nOption 3: Ban release."
    assert (
        options(
            old,
            "Option 1: Ban release.\n\nOption 2: Test models.\n\nOption 3: Share weights.",
            {0: [2], 1: [0], 2: [1]},
        )
        == []
    )
    assert options(old, "Option 1: Test models. Share weights.\n\nOption 2: Ban release.", {0: [0, 1], 1: [2]}) == [
        ("option", "Option 2", "")
    ]
    assert options(old, "[Test models.][Share weights.][Ban release.]", {0: [0, 1, 2]}) == [
        ("option", "Option 1", ""), ("option", "Option 2", ""), ("option", "Option 3", "")
    ]  # fmt: skip
    twice = "Option 1: Test models.\n\nOption 2: Test models.\n\nOption 3: No text."
    assert options(twice, "Option 1: Test models.\n\nOption 2: No text.", {0: [0, 1], 1: [2]}) == []


def test_an_option_of_several_paragraphs_is_lost_as_a_whole_and_only_once():
    old = "Option 1:\n\n1. Test models.\n\nOption 2:\n\n1. Share weights.\n\n2. Ban release."
    found = options(old, "Option 1:\n\n1. Test models.", {0: [0], 1: [1]})
    assert found == [("option", "Option 2", "Option 2:\nShare weights.\nBan release.")]


def test_a_provision_of_which_nothing_was_made_is_told_in_each_language():
    without = [
        text.replace(line, "")
        for text, line in ((SHORTER, SHORTER.split("\n\n")[2]), (SHORTER_ZH, SHORTER_ZH.split("\n\n")[2]))
    ]
    found = [each for each in losses(*without) if each.provision == THIRD]
    assert [(each.kind, each.language, each.what) for each in found] == [
        ("provision", "en", OLD[THIRD].en), ("provision", "zh", OLD[THIRD].zh)
    ]  # fmt: skip
    dropped = [Dropped(THIRD, language, "provision", "", "covered by article 9") for language in ("en", "zh")]
    assert not [each for each in losses(*without, dropped=dropped) if each.provision == THIRD]


def test_the_table_is_held_to_the_drafts():
    with pytest.raises(TextError, match="not said why “regularly” was dropped"):
        Dropped(SECOND, "en", "words", "regularly", " ")
    with pytest.raises(TextError, match="'nowhere', which the new draft does not have"):
        lost(OLD, OLD, Table((Source("nowhere", ()),)))
    with pytest.raises(TextError, match="'nowhere', which the old draft does not have"):
        lost(OLD, OLD, Table((Source(FIRST, ("nowhere",)),)))
    with pytest.raises(TextError, match="twice"):
        lost(OLD, OLD, Table((Source(FIRST, ()), Source(FIRST, ()))))
    with pytest.raises(TextError, match="'nowhere', which the old draft does not have"):
        lost(OLD, OLD, Table(dropped=(Dropped("nowhere", "en", "words", "x", "y"),)))


def test_what_is_no_word_is_not_counted_as_one():
    found = living(
        "**Option 2:** [EU, Japan: r[e]affirm *safety*] by [X] {hereafter} [delete: Norway] 3.5 [安全][^2]",
        parties=PARTIES,
    )
    assert [word.text for word in found.words] == ["reaffirm", "safety", "by", "3.5", "安", "全"]
    assert [mark.text for mark in found.placeholders] == ["x", "hereafter"]
    assert [mark.text for mark in found.notes] == ["2"]
    assert [(each.holder.name, each.holder.stance) for each in found.held] == [
        ("EU", "proposes"), ("Japan", "proposes"), ("Norway", "deletes")
    ]  # fmt: skip
    assert [word.text for word in living("Article 3 bis (safety)").words] == ["safety"]


sides = st.lists(
    st.sampled_from(
        ["model", "report", "[safe]", "[EU: test]", "[EU: share]", "[Japan: test]", "安全", "［评估］", "[X]"]
    ),
    min_size=1,
    max_size=5,
)


def brute(old, new):
    """What is missing, by counting words, held words and blanks in a way that knows only these parts."""
    words, held, blanks = [], [], []
    for parts in (old, new):
        plain = [part.strip("[]［］") for part in parts]
        inner = [each.split(": ")[-1] for each in plain if each != "X"]
        words.append(sorted(c for each in inner for c in ([each] if each.isascii() else each)))
        held.append(sorted((each.split(": ")[0], each.split(": ")[1]) for each in plain if ": " in each))
        blanks.append(plain.count("X"))

    def less(was, now):
        now = list(now)
        return [each for each in was if each not in now or now.remove(each)]

    gone = less(words[0], words[1])
    free = less(held[0], held[1])
    return gone, free, max(0, blanks[0] - blanks[1])


@settings(deadline=None, max_examples=300)
@given(sides, sides)
def test_what_is_lost_is_what_counting_finds(old, new):
    before, after = (Draft.first("Then " + " then ".join(parts) + ".", number=n) for n, parts in ((1, old), (2, new)))
    [was], [now] = before.provisions, after.provisions
    found = lost(before, after, Table((Source(now.id, (was.id,)),)))
    gone, free, blanks = brute(old, new)
    told = [word.text for each in found if each.kind == "words" for word in living(f"Then {each.what}").words]
    assert sorted(word for word in told if word != "then") == sorted(gone)
    assert sum(each.kind == "placeholder" for each in found) == blanks
    left = {part[1:].split(": ")[0] for part in new if ": " in part}
    holders = {each.what for each in found if each.kind == "holder"}
    assert holders <= {name for name, _ in free}
    assert {name for name, _ in free if name not in left} <= holders
    assert {name for name, word in free if word not in gone} <= holders
