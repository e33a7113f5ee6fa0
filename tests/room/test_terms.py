"""The room keeps to its terms in both languages, writes Chinese as Chinese is written, and leaves no sentence out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from room.said import HAN, Said, alone, in_python, in_template, said, sample

DOCS = sorted((Path(__file__).parents[2] / "docs" / "zh").glob("*.md"))

TERMS = {
    r"delegations?": "与会方|代表团|贵方|本方|同方|该方|各方|团长",
    r"heads? of delegation": "团长",
    r"alternates?": "副团长",
    r"mediator’s people": "调解方",
    r"mediators?(?!(’|')s people)": "调解人|本件",
    r"chair(?! )": "主席",
    r"secretariat": "秘书处",
    r"counsel": "法律顾问",
    r"linguists?": "语文专家",
    r"observers?": "观察员",
    r"supporters?": "支持方",
    r"depositary": "保存人",
    r"concerns?": "关切|本主题",
    r"statements?": "观点|条",
    r"(?<!present and )(vot(e|es|ed|ing)|voters?)": "表态|征询",
    r"present and voting": "出席并参加表决",
    r"soundings?": "征询",
    r"common ground": "共同点",
    r"confidences?": "保密告知|告知|本件",
    r"leak plan": "泄露应对",
    r"holding lines?": "口径",
    r"press line": "对外口径",
    r"(freeze|frozen)": "冻结",
    r"rules of procedure": "议事规则",
    r"(a|one|no|the|this|your|its|each) seats?": "席",
    r"severity|severe": "严重",
    r"likelihood|likely": "可能",
    r"unattributed|without a name|non-attribution": "不具名",
    r"attributed": "具名",
    r"sign(s|ed)? out": "退出登录|登录即行终止|退出",
    r"sign(s|ed)? in": "登录|在线",
    r"passkeys?": "通行密钥",
    r"recovery codes?": "恢复码",
    r"authenticator": "身份验证器",
    r"second factor": "第二重验证",
    r"passwords?": "密码",
    r"invit(e|ed|ation|ations)": "邀",
    r"(?<!agreed in )plenary": "全体会议",
    r"agreed in plenary": "全体议定",
    r"rounds?": "轮",
    r"agendas?": "议程",
    r"clear(ed|s)?": "核准",
    r"suspend(ed)?": "暂停",
    r"revok(e|ed|ing)": "撤销",
    r"withdr(aw|ew|awn|awal)": "撤回|退出",
    r"reviewed": "审校",
    r"misinformation": "错误信息",
    r"disinformation": "虚假信息",
    r"consensus": "协商一致|充分共识",
    r"reserve ad referendum": "待核准",
    r"reservation": "保留",
}
"""English to the Chinese that a sentence with it must have."""

NEVER = {
    "投票|选票|得票|弃权|弃票": "表态, 暂不表态",
    "秘密|机密|绝密|密级|涉密": "知悉范围, 保密告知",
    "国家|各国|贵国|我国|本国|两国": "a delegation stands for no state",
    "登出|注销|签出": "退出登录",
    "登陆|帐户|帐号": "登录, 账户",
    "口令": "密码",
    "匿名": "不具名",
    "顾虑|担忧|忧虑": "关切",
    "仲裁人|主持人|协调人|斡旋人": "调解人",
    "参会|参加方|缔约方": "与会方",
    "坐席|座位": "席位",
    "复核|审阅稿": "审校",
    "民调|问卷": "征询",
    "本站|网站": "本系统",
    "你": "您",
    "拒绝表态|放弃表态": "暂不表态",
}
"""Chinese that is never said, and what is said instead."""

LATIN = {
    *("HTTPS", "QR", "results"),
    *("Word", "PDF", "Markdown", "Akoma", "Ntoso", "XML", "CSV", "OpenDocument", "SHA", "UTF", "GB", "MiB"),  # files
    *("ADD", "MOD", "SUP", "MOVE", "NOC"),  # what a proposal does, which conferences call so in every language
}
VERBATIM = re.compile(r"\.(?:docx?|odt|rtf|md|txt)(?![a-z])|en,zh,note|\(MOD\)|3bis\.|\(c\)|第三条之二|\[ \]|［ ］")
"""What is spoken of letter by letter: endings of files, the header of a table, numbers of provisions, brackets."""
REFUSED = "drafting/refusals.py:"
"""Where what stands before the Chinese is a pattern for the library’s English, and ends as no sentence does."""
HALF_WIDTH = re.compile(r"[,;!?()\"'<>]|(?<!\d)[.:]|[.:](?!\d)")
BESIDE = re.compile(r"[\u3400-\u9fff，。；：、“”（）？《》…]\s|\s[\u3400-\u9fff，。；：、“”（）？《》…]")
PLACE = re.compile(r"{(\w*)}")
COUNTED = re.compile(
    r"(?<!at least )(?<!at most )(?<!most )(?<!up to )(?<!fewer than )(?<!1 to )(?<!of )"
    r"(?<!draft )(?<!row )"  # numbers that name
    r"\{n\} (?!is less|more |more\.?$|to be |of \{m\} done|MiB)[a-z]+",
    re.IGNORECASE,
)


def wrong_terms(each: Said) -> Iterator[str]:
    for english, chinese in TERMS.items():
        if re.search(rf"\b({english})\b", PLACE.sub("{}", each.en), re.IGNORECASE) and not re.search(chinese, each.zh):
            yield f"“{english}” wants {chinese}"


def forbidden(each: Said) -> Iterator[str]:
    yield from _forbidden(each.zh)
    if "保留" in each.zh and re.search(r"ad referendum", each.en, re.IGNORECASE):
        yield "保留 is a reservation; reserve ad referendum is 待核准"


def _forbidden(chinese: str) -> Iterator[str]:
    for words, instead in NEVER.items():
        if found := re.search(words, chinese):
            yield f"{found[0]} (rather: {instead})"


def not_chinese(each: Said) -> Iterator[str]:
    bare = PLACE.sub("", VERBATIM.sub("", each.zh))
    if re.search(r"\w", PLACE.sub("", each.en)) and not HAN.search(bare):
        yield "no Chinese"
    if HAN.search(VERBATIM.sub("", each.en)):
        yield "Chinese in the English"
    for word in re.findall(r"[A-Za-z]{2,}", bare):
        if word not in LATIN:
            yield f"“{word}” is left in the Chinese"


def badly_set(each: Said) -> Iterator[str]:
    bare = PLACE.sub("字", VERBATIM.sub("字", each.zh)).replace(" · ", "·").replace("字 MiB", "字MiB")
    if not HAN.search(bare):
        return
    if found := HALF_WIDTH.search(bare):
        yield f"half-width “{found[0]}”"
    if found := BESIDE.search(bare):
        yield f"a space beside “{found[0].strip()}”"
    if re.search(r"！|[,，]，|。。|\.\.\.|(?<!…)…(?!…)|—(?!—)(?<!——)", bare):
        yield "a mark that Chinese does not use so"
    if bare.count("“") != bare.count("”") or bare.count("（") != bare.count("）"):
        yield "marks that do not close"
    ends = each.en.rstrip()[-1:] in {".", "?"}
    if ends != (bare[-1] in "。？") and not each.where.startswith(REFUSED):
        yield "one language ends its sentence and the other does not"


def badly_said(each: Said) -> Iterator[str]:
    for english in filter(None, (each.en, each.plural)):
        if "!" in english:
            yield "an exclamation mark"
        if found := re.search(r"\b(he|him|his|himself|she|her|hers)\b", english):
            yield f"“{found[0]}” for somebody who may be anybody"
        if found := re.search(r"[\uff00-\uffef，。；：、]", VERBATIM.sub("", english)):
            yield f"“{found[0]}” in the English"
        if "'" in english:
            yield "a straight apostrophe (’)"


def badly_counted(each: Said) -> Iterator[str]:
    one, more, chinese = (sorted(set(PLACE.findall(words or ""))) for words in (each.en, each.plural, each.zh))
    if chinese != (more if each.plural else one) or not set(one) <= set(chinese):
        yield f"places {one} {more} {chinese}"
    if not each.plural and COUNTED.search(each.en):
        yield "no English for more than one"


RULES = (wrong_terms, forbidden, not_chinese, badly_set, badly_said, badly_counted)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_sentence_of_the_room_keeps_to_the_rule(rule: Callable[[Said], Iterator[str]]) -> None:
    everything = said()
    assert len(everything) > 1200
    assert [f"{each.where}: {wrong}: {each.en} | {each.zh}" for each in everything for wrong in rule(each)] == []


@pytest.mark.parametrize(
    "rule", [forbidden, not_chinese, badly_set, badly_said, badly_counted], ids=lambda rule: rule.__name__
)
def test_what_the_sample_room_says_is_written_with_the_same_care(rule: Callable[[Said], Iterator[str]]) -> None:
    everything = sample()
    assert len(everything) > 40
    assert [f"{each.where}: {wrong}: {each.en} | {each.zh}" for each in everything for wrong in rule(each)] == []


NAMES_OF_LANGUAGES = ("templates/room/both.html", "templates/room/language.html", "people/sees_page.py: *[中文]")
BESIDE_EACH_OTHER = (
    "answers.py: <!doctype",
    "answers.py: </p>",
    "concerns/raising.py: Marked competitively sensitive · ",
)
THE_LIBRARY_SAYS_THE_ENGLISH = ("drafting/refusals.py: ",)
DATES = tuple(f"templatetags/room.py: {sign}" for sign in "年月日")


def test_no_chinese_stands_without_its_english() -> None:
    known = (*NAMES_OF_LANGUAGES, *BESIDE_EACH_OTHER, *THE_LIBRARY_SAYS_THE_ENGLISH, *DATES)
    assert [each for each in alone() if not each.startswith(known)] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_the_chinese_documentation_keeps_to_it_too(path: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+", "", path.read_text("utf-8"), flags=re.DOTALL)
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = re.sub(r"^\s*(#+|-|\d+\.|\|)\s+|\[English\]", "", line)
        wrong += [
            f"{number}: {each}" for each in _forbidden(bare) if not (path.name == "operator.md" and "口令" in each)
        ]
        if HAN.search(bare) and (
            found := re.search(r"[\u3400-\u9fff]\s?[,;:!?()\"']|[,;:!?()\"'][\u3400-\u9fff]", bare)
        ):
            wrong.append(f"{number}: half-width “{found[0]}”")
        if found := re.search(r"[\u3400-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u3400-\u9fff]", bare):
            wrong.append(f"{number}: a space in “{found[0]}”")
    assert wrong == []


WRONG = (
    (wrong_terms, Said("", "Raise a concern", "提出问题")),
    (wrong_terms, Said("", "Only the mediator reads this.", "仅由主席阅读。")),
    (forbidden, Said("", "Vote", "投票")),
    (forbidden, Said("", "Your vote", "你的表态")),
    (forbidden, Said("", "reserve ad referendum", "保留")),
    (not_chinese, Said("", "Vote", "Vote")),
    (not_chinese, Said("", "Open the page", "打开page")),
    (badly_set, Said("", "Go back, and try again.", "请返回,再试一次。")),
    (badly_set, Said("", "Use HTTPS", "使用 HTTPS")),
    (badly_set, Said("", "Try again.", "请重试")),
    (badly_said, Said("", "Done!", "已完成")),
    (badly_said, Said("", "Nobody frees the seat he holds.", "不能腾出本人的席位。")),
    (badly_counted, Said("", "{n} of {m}", "{n}")),
    (badly_counted, Said("", "{n} concerns", "{n}项关切")),
    (badly_counted, Said("", "{n} drafts", "{n}份草案")),
    (not_chinese, Said("", "Save it as .docx and read it.", "另存为.docx并read。")),
    (badly_set, Said("", "The Word file (both)", "Word文件(两种语言)")),
)


@pytest.mark.parametrize(("rule", "each"), WRONG, ids=lambda value: getattr(value, "__name__", ""))
def test_a_breach_is_found(rule: Callable[[Said], Iterator[str]], each: Said) -> None:
    assert list(rule(each))


def test_sentences_are_gathered_from_calls_pairs_tags_and_elements() -> None:
    source = 'say("{n} day", "{n}天", "{n} days", n=1); right({1}, "Read", "阅读"); {"en": "Sea", "zh": "海"}'
    found = [(each.en, each.zh, each.plural) for each in in_python("x", source)]
    assert sorted(found) == [("Read", "阅读", None), ("Sea", "海", None), ("{n} day", "{n}天", "{n} days")]
    tags = '<p>{% say "{n} day" "{n}天" "{n} days" n=days %}</p><b lang="en">Sea</b> <b lang="zh-Hans">海</b>'
    found = [(each.en, each.zh, each.plural) for each in in_template("x", tags)]
    assert found == [("{n} day", "{n}天", "{n} days"), ("Sea", "海", None)]
