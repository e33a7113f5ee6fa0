"""Talks from the first invitation to the end of a freeze, in real browsers, as a mediator and delegates of two sides.

The server is the one that an owner starts, with an empty room. In each of the two stories another language is the
mediator's and the first side's; the head and the linguist of the other side read the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from persons import Both, Person, Voter, plain
from playwright.sync_api import Browser, Playwright
from served import Served, served

VOTERS = 6
"""People of a side who vote: enough for two sides to be shown, and for what all of them say to be common ground."""
ALDER, BEECH = ("Alder side", "桤木方"), ("Beech side", "榉木方")
QUILL, CLOUDBERRY = ("Quill Laboratory", "羽笔实验室"), ("Cloudberry Academy", "云莓科学院")
NAMES = {
    "quill head": ("Maren Holt", "马伦·霍尔特"),
    "quill counsel": ("Ruth Adler", "露特·阿德勒"),
    "cloudberry head": ("Lin Zhiyuan", "林致远"),
    "cloudberry linguist": ("Shen Yue", "沈悦"),
}
BY_KEYBOARD = ("Nobody can say who answers for a shared model.", "共用模型由谁负责，无人能够说明。")
BY_NOBODY = ("A model could be copied before it is tested.", "模型可能在测试之前即被复制。")
BY_A_DELEGATE = "Findings stay with those who made them."
IN_ONE_LANGUAGE = ("Evaluations are not comparable between laboratories.", "各实验室的评测结果无法相互比较。")
HELD = ("Our evaluation tools are known to too few.", "了解我方评测工具的人太少。")
HELD_MORE = "vendor ledger"
FOR_THE_MEDIATOR = ("We could not verify a claim of the other side.", "我方无法核实对方的一项说法。")
CONFIDENCE = ("We could live with mutual visits.", "我方可以接受相互访问。")
STATEMENTS: dict[str, tuple[str, str]] = {
    "Incidents are reported to all sides.": ("各方均应获通报事故。", "both"),
    "Tests are described so that others can repeat them.": ("测试的描述应使他人能够重复。", "both"),
    "A contact is named for each laboratory.": ("每个实验室应指定一名联络人。", "both"),
    "Nobody deploys what failed its test.": ("未通过测试的系统不予部署。", "both"),
    "Visits to laboratories take place every year.": ("每年进行实验室互访。", "quill"),
    "Weights are kept where they were trained.": ("权重保存在训练地。", "cloudberry"),
    "A joint institute certifies tests.": ("由联合机构认证测试。", "quill"),
}
"""Each with its Chinese, and who agrees."""
PLACES = ("/", "/concerns", "/statements", "/meetings", "/people", "/confidences", "/rules", "/visibility", "/account")
FROZEN = ("All releases are frozen. What was released before stays where it is.",
          "一切信息发布均已冻结。此前已发布的内容不受影响。")  # fmt: skip
RAISE, RAISED = ("Raise a concern", "提出关切"), ("Concerns", "关切")
SEND, SAVE, PUT = ("Send", "发送"), ("Save", "保存"), ("Put them to the room", "提交全体")


class Story:
    """The talks as they go on, with everybody in them."""

    def __init__(self, playwright: Playwright, browser: Browser, room: Served, language: str) -> None:
        self.playwright, self.browser, self.room, self.language = playwright, browser, room, language
        other = "zh" if language == "en" else "en"
        self.mediator = self._person("mediator", language)
        self.head, self.counsel = self._person("quill head", language), self._person("quill counsel", language)
        self.other, self.linguist = self._person("cloudberry head", other), self._person("cloudberry linguist", other)
        self.voters: dict[str, list[Voter]] = {"quill": [], "cloudberry": []}

    def _person(self, who: str, language: str) -> Person:
        return Person(self.browser, self.room.url, self.language, who, language)

    @property
    def everybody(self) -> list[Person]:
        return [self.mediator, self.head, self.counsel, self.other, self.linguist]

    # the table

    def the_mediator_sits_down(self) -> None:
        self.mediator.join(self.room.link, self.room.code, looks=True)
        self.mediator.look("empty-home", narrow=True)
        self.mediator.leave()
        self.mediator.sign_in()

    def the_mediator_sets_the_table(self) -> None:
        mediator = self.mediator
        mediator.follow(("People", "与会各方"))
        mediator.look("empty-people")
        for mark, name in (("A", ALDER), ("B", BEECH)):
            mediator.follow(("Add a side", "增设一方"))
            mediator.fill(mark=mark, name_en=name[0], name_zh=name[1])
            mediator.press(SAVE)
        for mark, name in (("A", QUILL), ("B", CLOUDBERRY)):
            mediator.follow(("Add an organisation", "登记单位"))
            mediator.fill(name_en=name[0], name_zh=name[1])
            side = mediator.page.locator(f"[name=side] option:has-text('{mark} ·')").get_attribute("value")
            mediator.fill(side=str(side))
            mediator.press(SAVE)
        mediator.reads(("2 delegations are at the table.", "共有2个与会方。"), QUILL, CLOUDBERRY)
        for who, name in NAMES.items():
            organisation, role = who.split()
            self._seat(QUILL if organisation == "quill" else CLOUDBERRY, role, name)
        mediator.look("people", narrow=True)

    def _seat(self, organisation: Both, role: str, name: Both) -> None:
        add = f"{self.mediator.say(('Add a seat', '增设席位'))} {self.mediator.say(organisation)}"
        self.mediator.follow((add, add))
        self.mediator.fill(name_en=name[0], name_zh=name[1], role=role)
        self.mediator.press(SAVE)

    def everybody_invited_sits_down(self) -> None:
        for person in self.everybody[1:]:
            person.join(*self._invitation(NAMES[person.who], looks=person is self.head), looks=person is self.other)
        self.other.look("home", narrow=True)
        self.head.leave()
        self.head.sign_in()
        self.other.leave()
        self.other.sign_in(recovery=True)
        self.other.see("/account")
        self.other.reads(("9 recovery codes are left", "尚余9个恢复码"))

    def _invitation(self, name: Both, looks: bool) -> list[str]:
        mediator = self.mediator
        mediator.see("/people")
        invite = f"{mediator.say(('Invite', '发出邀请'))} {mediator.say(name)}"
        mediator.follow((invite, invite))
        mediator.press(("Make an invitation", "发出邀请"))
        mediator.reads(("Link and code are shown this once.", "链接与邀请码仅显示这一次。"))
        told = mediator.page.locator("main code").all_inner_texts()
        if looks:
            mediator.look("invitation", narrow=True)
            mediator.see(mediator.page.url.removeprefix(self.room.url))
            mediator.reads(("An invitation to this seat is open.", "此席位已有一份有效邀请。"))
            mediator.lacks(*told)
        return told

    def others_join_who_will_vote(self) -> None:
        """They make up the numbers: invited and seated by the same addresses, without a browser."""
        requests, origin = self.mediator.context.request, {"Origin": self.room.url}
        for key, name in (("quill", QUILL), ("cloudberry", CLOUDBERRY)):
            page = requests.get("/people").text()
            add = re.findall(r'href="(/people/seats/new[^"]+)">[^<]+<span class="unseen"> ([^<]+)<', page)
            where = next(href for href, of in add if of == self.mediator.say(name))
            for number in range(1, VOTERS):
                who = f"{key} {'expert' if number == 1 else 'delegate'} {number}"
                form = {"name_en": who.title(), "name_zh": f"{name[1]}第{number}席", "role": who.split()[1],
                        "capacity": "scientist", "begins": "2026-01-01"}  # fmt: skip
                page = requests.post(where, form=form, headers=origin).text()
                mine = re.escape(form["name_zh" if self.mediator.language == "zh" else "name_en"])
                [invite] = re.findall(rf'href="(/people/seats/[^"]+/invitation)">[^<]+<span class="unseen"> {mine}<',
                                      page)  # fmt: skip
                told = re.findall(r'<code translate="no">([^<]+)<', requests.post(invite, headers=origin).text())
                voter = Voter(self.playwright, self.room.url, self.language, who)
                voter.join(*told)
                self.voters[key].append(voter)

    def a_round_is_opened(self) -> None:
        mediator = self.mediator
        mediator.see("/meetings")
        mediator.follow(("Add a round", "安排一轮"))
        mediator.fill(title_en="First round", title_zh="首轮", begins="2026-11-02", ends="2026-11-06")
        mediator.look("round")
        mediator.press(SAVE)
        mediator.follow(("Open round 1", "开启第1轮"))
        mediator.press(("Open the round", "开启本轮"))

    # concerns

    def concerns_are_raised(self) -> None:
        self.a_concern_by_keyboard_alone()
        self._raise(self.other, BY_NOBODY, "nobody")
        self.other.heading(("It is on its way", "已发送"))
        delegate = self.voters["quill"][0]
        page = delegate.requests.get("/concerns/raise").text()
        theme = re.findall(r'<option value="([^"]+)"', page)[0]
        delegate.send("/concerns/raise", theme=theme, text_en=BY_A_DELEGATE, original="en", to="nobody")
        self._raise(self.other, IN_ONE_LANGUAGE, "seat", both=False)
        self.other.reads(IN_ONE_LANGUAGE, NAMES["cloudberry head"])
        self._raise(self.head, FOR_THE_MEDIATOR, "mediator")
        self.head.reads(FOR_THE_MEDIATOR, ("For the mediator alone", "仅供调解人"))
        self._raise(self.head, (HELD[0] + f" ({HELD_MORE})", HELD[1] + f"（{HELD_MORE}）"), "organisation")
        self.head.look("waiting")

    def a_concern_by_keyboard_alone(self) -> None:
        head = self.head
        head.see("/concerns")
        head.look("empty-concerns", narrow=True)
        head.tab_to("main a[href='/concerns/raise']")
        head.enter()
        head.tab_to("[name=theme]")
        head.page.keyboard.press("ArrowDown")
        head.tab_to(f"[name=text_{head.language}]")
        head.page.keyboard.type(head.say(BY_KEYBOARD))
        head.tab_to("[name=to]")
        while not head.page.evaluate("document.activeElement.matches('[value=nobody]:checked')"):
            head.page.keyboard.press("ArrowDown")
        head.look("raise", narrow=True)
        head.tab_to("main form button")
        head.enter()
        head.heading(("It is on its way", "已发送"))
        head.look("sent")

    def _raise(self, who: Person, words: Both, to: str, both: bool = True) -> None:
        who.see("/concerns/raise")
        texts = {f"text_{key}": text for key, text in zip(("en", "zh"), words, strict=True)}
        who.fill(**(texts if both else {f"text_{who.language}": who.say(words)}), to=to)
        who.press(SEND)

    def counsel_holds_one(self) -> None:
        counsel = self.counsel
        counsel.follow(("Holds", "暂缓"))
        counsel.reads(HELD_MORE, BY_A_DELEGATE)
        counsel.lacks(*NAMES["quill head"], "Expert")
        counsel.look("holds")
        row = counsel.page.locator("main li", has_text=HELD_MORE)
        counsel.follow(("Hold it back", "暂缓提交"), row)
        counsel.fill(reason=counsel.say(("Our board has to read it first.", "须先经我方理事会审阅。")))
        counsel.press(("Hold it back", "暂缓提交"))
        counsel.reads(("Held", "已暂缓"))
        counsel.look("held")

    def the_mediator_puts_them_to_the_room(self) -> None:
        mediator = self.mediator
        mediator.see("/")
        mediator.look("home-waiting")
        mediator.see("/concerns/waiting")
        mediator.reads(("4 concerns can be put to the room now.", "现有4项关切可提交全体。"), BY_A_DELEGATE)
        mediator.lacks(HELD_MORE, "Expert")
        mediator.look("mediator-waiting")
        mediator.press(PUT)
        mediator.reads(("4 concerns are before the room.", "已有4项关切提交全体。"), FOR_THE_MEDIATOR)
        mediator.look("register", narrow=True)

    def the_other_side_reads_them(self) -> None:
        """The words, and never who raised what has no name; nothing at all of what is for others."""
        told = self._address(self.mediator, FOR_THE_MEDIATOR)
        for reader in (self.other, self.linguist, self.counsel):
            reader.finds_nothing(told)
            reader.see("/concerns")
            reader.lacks(*FOR_THE_MEDIATOR)
        other = self.other
        other.lacks(HELD_MORE, *NAMES["quill head"])
        theirs = self._address(other, (self.head.say(BY_KEYBOARD),) * 2)
        other.see(theirs)
        other.reads(("Raised without a name", "不具名提出"), self.head.say(BY_KEYBOARD))
        other.lacks(*NAMES["quill head"], *QUILL, *ALDER)
        other.look("without-a-name", narrow=True)
        self.head.see("/concerns")
        self.head.see(self._address(self.head, (self.other.say(IN_ONE_LANGUAGE),) * 2))
        self.head.reads(NAMES["cloudberry head"], CLOUDBERRY)
        other.see(told, 404)
        other.look("nothing-here", narrow=True)
        other.see("/concerns")
        other.prints("register")

    def _address(self, who: Person, words: Both) -> str:
        row = who.page.locator("main li", has_text=who.say(words)).first
        return str(row.locator("a").first.get_attribute("href"))

    def a_linguist_translates(self) -> None:
        linguist, given = self.linguist, self.other.say(IN_ONE_LANGUAGE)
        translated = IN_ONE_LANGUAGE[given == IN_ONE_LANGUAGE[0]]
        linguist.see("/translations")
        linguist.look("translations")
        linguist.follow(("Translate", "翻译"), linguist.page.locator("main li", has_text=given))
        linguist.fill(text=translated)
        linguist.look("translate")
        linguist.press(("Keep as a draft", "存为译稿"))
        linguist.reads(("Draft of your own side", "己方译稿"), translated)
        mediator = self.mediator
        mediator.see("/translations")
        mediator.follow(("Review", "审校"), mediator.page.locator("main li", has_text=given))
        mediator.look("review")
        mediator.press(("It says the same: reviewed", "内容一致，审校通过"))
        self.head.see("/concerns")
        self.head.reads(("Translation reviewed", "译文已审校"), *IN_ONE_LANGUAGE)

    # voting

    def statements_are_drawn(self) -> None:
        mediator = self.mediator
        mediator.see("/statements")
        mediator.follow(("Begin a sounding", "新建征询"))
        mediator.fill(title_en="What we could agree on", title_zh="可能的一致之处")
        mediator.look("sounding-new")
        mediator.press(("Keep as a draft", "存为草稿"))
        self.sounding = mediator.page.url.removeprefix(self.room.url)
        mediator.see("/concerns")
        mediator.see(self._address(mediator, IN_ONE_LANGUAGE))
        mediator.follow(("Draw a statement from it", "由此拟写观点"))
        mediator.look("draw")
        for english, (chinese, _) in STATEMENTS.items():
            mediator.fill(text_en=english, text_zh=chinese)
            mediator.press(("Keep", "保存"))
            mediator.see(f"{self.sounding}/write")
        mediator.see(self.sounding)
        mediator.look("draft", narrow=True)
        self.other.finds_nothing(self.sounding)
        mediator.follow(("Open voting", "开启表态"))
        mediator.look("opening")
        mediator.press(("Open voting", "开启表态"))
        mediator.reads(("7 statements, open for voting.", "7条观点，表态进行中。"))

    def everybody_votes(self) -> None:
        self._vote_by_key(self.head)
        self._vote_by_click(self.other)
        for key, voters in self.voters.items():
            for place, voter in enumerate(voters):
                for number, (identifier, words) in enumerate(voter.statements(self.sounding).items()):
                    agrees = STATEMENTS[words][1]
                    choice = "agree" if agrees in {"both", key} else "disagree"
                    wavers = agrees != "both" and (place + number) % 4 == 0
                    voter.send(f"{self.sounding}/vote", statement=identifier, choice="pass" if wavers else choice)

    def _vote_by_key(self, who: Person) -> None:
        who.see("/")
        who.reads(("7 statements wait for your vote", "有7条观点待您表态"))
        who.follow(("7 statements wait for your vote", "有7条观点待您表态"))
        who.heading(("Do you agree?", "您是否同意？"))
        who.look("vote", narrow=True)
        first = self._card(who)
        self._and_then(who, lambda: who.page.keyboard.press("3"))
        assert self._card(who) != first
        who.reads(("6 statements left", "还剩6条"))
        self._and_then(who, lambda: who.page.keyboard.press("u"))
        assert self._card(who) == first
        while words := self._card(who):
            key = "1" if STATEMENTS[words][1] in {"both", "quill"} else "2"
            self._and_then(who, lambda key=key: who.page.keyboard.press(key))  # type: ignore[misc]
        self._changes_a_vote(who)

    def _vote_by_click(self, who: Person) -> None:
        who.see(f"{self.sounding}/vote")
        while words := self._card(who):
            choice = "agree" if STATEMENTS[words][1] in {"both", "cloudberry"} else "disagree"
            button = who.page.locator(f"#card [value={choice}]")
            self._and_then(who, button.click)
        self._changes_a_vote(who)

    def _card(self, who: Person) -> str:
        words = who.page.locator("#card .both [lang=en]")
        return words.inner_text() if words.count() else ""

    def _and_then(self, who: Person, act: Any) -> None:
        """Do it, and wait for the card that comes in place of this one."""
        who.page.evaluate("document.getElementById('card').dataset.old = 'yes'")
        act()
        who.page.wait_for_selector("#card:not([data-old], .htmx-added, .htmx-settling)")

    def _changes_a_vote(self, who: Person) -> None:
        who.reads(("You have voted on all 7 statements.", "您已对全部7条观点表态。"))
        who.look("voted")
        who.follow(("Your votes", "您的表态"))
        who.look("votes", narrow=True)
        row = "main li:has-text('A contact is named')"
        for choice in ("pass", "agree"):
            with who.page.expect_navigation():
                who.page.locator(f"{row} [value={choice}]").click()
            assert who.page.locator(f"{row} [aria-pressed=true]").get_attribute("value") == choice

    def results_are_hidden_until_voting_ends(self) -> None:
        for reader in (self.head, self.other, self.mediator):
            reader.see(f"{self.sounding}/results")
            reader.reads(("Results will be here once voting has ended. Until then nobody sees them.",
                          "表态结束后，结果将在此显示。在此之前任何人都看不到。"))  # fmt: skip
            assert reader.page.locator(".results svg").count() == 0
        self.other.look("results-hidden")
        self.mediator.reads(("12 of 12 voters have voted on everything.", "12名表态人中已有12人对全部观点表态。"))
        self.mediator.see(self.sounding)
        self.mediator.follow(("Close voting", "结束表态"))
        self.mediator.look("closing")
        self.mediator.press(("Close voting", "结束表态"))

    def results_and_map_are_read_in_both_languages(self) -> None:
        said = set()
        for reader in (self.head, self.other):
            reader.see(f"{self.sounding}/results")
            reader.heading(("Common ground", "共同点"))
            said.add(self._facts(reader))
            reader.look("results", narrow=True)
            reader.prints("results")
            reader.change_language()
            reader.heading(("Common ground", "共同点"))
            said.add(self._facts(reader))
            reader.look("results-in-the-other-language")
            reader.prints("results")
            reader.change_language()
        [facts] = said
        agreed = {words for words, (_, who) in STATEMENTS.items() if who == "both"}
        assert set(facts[0]) == agreed

    def _facts(self, reader: Person) -> Any:
        """What the page says whatever its language: what is shared, and every figure."""
        page = reader.page
        reader.reads(("On 4 of 7 statements every side agrees", "在7条观点中，各方都同意的有4条"))
        drawn = page.locator(".map svg[role=img]")
        assert drawn.is_visible()
        assert all(letter in str(page.locator(".map").inner_text()) for letter in "AB")
        page.locator("#map details summary").click()
        assert page.locator("#map table tbody tr").count() >= 2
        shared = tuple(sorted(page.locator("#common .entry [lang=en]").all_inner_texts()))
        figures = [tuple(sorted(re.findall(r"\d+(?:\.\d+)?", plain(page.locator(part).inner_text()))))
                   for part in ("#common .entries", "#map table tbody")]  # fmt: skip
        return shared, tuple(figures)

    # confidences and the leak plan

    def a_confidence_is_given_and_used(self) -> None:
        head, mediator = self.head, self.mediator
        head.follow(("Confidences", "保密告知"))
        head.follow(("Tell the mediator something", "向调解人保密告知"))
        head.look("confidence-new", narrow=True)
        head.fill(text=head.say(CONFIDENCE), instruction="test")
        head.press(("Tell the mediator", "告知调解人"))
        head.reads(("No use was made of it.", "尚未使用。"))
        address = head.page.url.removeprefix(self.room.url)
        mediator.see("/confidences")
        mediator.look("confidences")
        mediator.see(address)
        mediator.fill(kind="attributed", text="Too much")
        mediator.press(("Enter this use", "登记使用"), status=422)
        assert mediator.page.input_value("[name=text]") == "Too much"  # what was typed stays
        mediator.look("use-refused")
        use = mediator.say(("Asked the other head what they would think of visits.", "向另一方团长试探对互访的看法。"))
        mediator.fill(kind="test", text=use)
        mediator.press(("Enter this use", "登记使用"))
        head.see(address)
        head.reads(use, ("Test it as the mediator’s own hypothetical", "以调解人自拟设想试探"))
        head.look("confidence-used", narrow=True)
        head.prints("confidence")
        for reader in (self.other, self.counsel):
            reader.finds_nothing(address)
            reader.see("/confidences")
            reader.lacks(*CONFIDENCE, use)

    def a_head_freezes_and_the_mediator_thaws(self) -> None:
        counsel, other, mediator = self.counsel, self.other, self.mediator
        counsel.see("/holds")
        counsel.press(("Release it", "放行"))
        other.follow(("Leak plan", "泄露应对"), other.page.locator("#places"))
        other.look("plan")
        other.follow(("Freeze all releases", "冻结一切信息发布"))
        other.look("freeze", narrow=True)
        other.press(("Freeze all releases", "冻结一切信息发布"))
        other.look("frozen")
        for reader, path in zip(cycle((self.head, other, mediator)), PLACES, strict=False):
            reader.see(path)
            assert reader.page.locator(".band").inner_text().startswith(reader.say(FROZEN)), path
            reader.lacks("frozen by", "冻结人")
        self.head.see("/concerns")
        self.head.look("band", narrow=True)
        mediator.see("/concerns/waiting")
        mediator.reads(HELD_MORE)
        mediator.press(PUT, status=409)
        mediator.heading(("Not now", "目前不能办理"))
        mediator.look("refused-in-a-freeze", narrow=True)
        mediator.see("/plan")
        mediator.follow(("End the freeze", "解除冻结"))
        mediator.look("thaw")
        mediator.press(("End the freeze", "解除冻结"))
        mediator.see("/concerns/waiting")
        assert mediator.page.locator(".band").count() == 0
        mediator.press(PUT)
        self.head.see("/concerns")
        assert self.head.page.locator(".band").count() == 0
        self.head.reads(HELD_MORE)
        mediator.see("/console")
        mediator.look("console", narrow=True)


@pytest.fixture(params=["en", "zh"])
def story(request: Any, playwright: Playwright, browser: Browser) -> Iterator[Story]:
    with served() as room:
        story = Story(playwright, browser, room, request.param)
        yield story
        for voters in story.voters.values():
            for voter in voters:
                voter.requests.dispose()
        for person in story.everybody:
            person.context.close()


def test_talks_go_from_the_first_invitation_to_the_end_of_a_freeze(story: Story) -> None:
    story.the_mediator_sits_down()
    story.the_mediator_sets_the_table()
    story.everybody_invited_sits_down()
    story.others_join_who_will_vote()
    story.a_round_is_opened()
    story.concerns_are_raised()
    story.counsel_holds_one()
    story.the_mediator_puts_them_to_the_room()
    story.the_other_side_reads_them()
    story.a_linguist_translates()
    story.statements_are_drawn()
    story.everybody_votes()
    story.results_are_hidden_until_voting_ends()
    story.results_and_map_are_read_in_both_languages()
    story.a_confidence_is_given_and_used()
    story.a_head_freezes_and_the_mediator_thaws()
    assert {person.who: person.complaints for person in story.everybody if person.complaints} == {}
