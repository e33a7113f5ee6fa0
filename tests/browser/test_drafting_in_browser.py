"""The drafting page in real browsers: a large text stays usable, only what changed is sent, everybody can read it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from drafted_rooms import DraftedRoom, drafted_room
from playwright.sync_api import Browser, Page, Response
from test_room_pages import faults

SAYS = {
    "en": {"hold": "Hold this bracket", "let go": "Hold it no longer", "propose": "Propose a change",
           "send": "Propose it", "close": "Close", "lift": "Lift: the words stay",
           "settled": "This bracket is settled already", "holds": "Your delegation holds {n} open bracket"},
    "zh": {"hold": "持有此方括号", "let go": "放弃持有", "propose": "提出修改", "send": "提出", "close": "收起",
           "lift": "取消方括号，保留文字", "settled": "此方括号已处理完毕", "holds": "贵方持有{n}处未决方括号"},
}  # fmt: skip
LARGEST = 40_000
"""Bytes of an article as it is sent, with a form that names every provision; the page has some 840,000."""


@pytest.fixture(scope="module", params=["en", "zh"])
def large(request: pytest.FixtureRequest, playwright: object) -> Iterator[DraftedRoom]:
    with drafted_room(request.param, "large") as room:
        yield room


@pytest.fixture(scope="module", params=["en", "zh"])
def small(request: pytest.FixtureRequest, playwright: object) -> Iterator[DraftedRoom]:
    with drafted_room(request.param, "small") as room:
        yield room


def until(page: Page, holds: str, arg: object = None) -> None:
    """Wait until it holds; ``wait_for_function`` would evaluate a string, which the policy of the pages forbids."""
    for _ in range(200):
        if page.evaluate(holds, arg):
            return
        page.wait_for_timeout(50)
    raise AssertionError(holds)


@dataclass
class Reader:
    """Somebody at the drafting page, with all that the page asked for and complained of."""

    page: Page
    room: DraftedRoom
    answers: list[Response] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def say(self, key: str) -> str:
        """Words in the language of the room."""
        return SAYS[self.room.language][key]

    def button(self, key: str) -> None:
        """Press a button in the article that is open."""
        self.page.locator(".provision.open").get_by_role("button", name=self.say(key), exact=True).click()

    @contextmanager
    def only(self, provision: str, status: int = 200) -> Iterator[None]:
        """What happens within sends the article of one provision alone: all others are the very same as before."""
        page, address = self.page, self.page.url
        page.evaluate("document.querySelectorAll('.provision').forEach(each => { each.stays = true })")
        self.answers.clear()
        yield
        until(page, "id => { const it = document.getElementById(id); return it && !it.stays }", provision)
        until(page, "() => !document.querySelector('.htmx-request, .htmx-settling')")
        others = page.evaluate("[...document.querySelectorAll('.provision')].filter(e => !e.stays).map(e => e.id)")
        assert others == [provision]
        assert page.url == address
        *led, last = self.answers
        assert [each.status for each in led] == [303] * len(led)
        body = last.text()
        assert last.status == status
        assert re.match(r'\s*<article id="' + provision, body)
        assert (body.count("<article"), "<html" in body, len(body.encode()) < LARGEST) == (1, False, True)


@contextmanager
def reading(browser: Browser, room: DraftedRoom, who: str = "quill head", **options: object) -> Iterator[Reader]:
    """The drafting page, open; nothing may be complained of in the end."""
    context = room.context(browser, who, **{"viewport": {"width": 1280, "height": 800}, **options})
    reader = Reader(context.new_page(), room)
    page = reader.page
    page.on("response", lambda answer: reader.answers.append(answer))
    page.on("request", lambda sent: sent.url.startswith((room.url, "data:")) or reader.heard.append(sent.url))
    page.on("pageerror", lambda error: reader.heard.append(f"error: {error}"))
    page.on("console", lambda said: said.type not in {"error", "warning"} or reader.heard.append(said.text))
    answer = page.goto(room.url + room.text)
    assert answer is not None
    assert answer.status == 200
    yield reader
    assert [each for each in reader.heard if not re.search("status of (409|422)", each)] == []
    context.close()


# a text of 17,000 words and 1,000 brackets


def test_a_large_text_is_read_to_its_end(browser: Browser, large: DraftedRoom) -> None:
    with reading(browser, large) as reader:
        page = reader.page
        count = page.locator("article.provision").count()
        assert count == page.locator("#rail ol > li").count() > 350
        assert page.locator(".provision .two > [lang=en] .b").count() == 1_000
        for _ in range(200):
            page.mouse.wheel(0, 20_000)
            if page.evaluate("scrollY + innerHeight > document.documentElement.scrollHeight - 5"):
                break
            page.evaluate("new Promise(requestAnimationFrame)")
        last = page.locator("article.provision").last
        assert last.evaluate("e => e.getBoundingClientRect().top < innerHeight")
        shown = page.evaluate("document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('main') !== null")
        assert shown
        # a frame takes no longer than a reader would notice
        frame = page.evaluate(
            """async () => {
                const frames = [];
                let before = performance.now();
                for (let n = 0; n < 40; n++) {
                    scrollBy(0, -700);
                    await new Promise(requestAnimationFrame);
                    frames.push(performance.now() - before);
                    before = performance.now();
                }
                return frames.sort((a, b) => a - b)[20];
            }"""
        )
        assert frame < 100, frame


def test_the_rail_leads_to_a_provision(browser: Browser, large: DraftedRoom) -> None:
    with reading(browser, large) as reader:
        line = reader.page.locator("#rail ol a").nth(200)
        wanted = str(line.get_attribute("href"))
        line.click()
        until(
            reader.page,
            """id => {
                const { top } = document.querySelector(id).getBoundingClientRect();
                return top > -40 && top < innerHeight;
            }""",
            wanted,
        )


def test_a_bracket_opens_where_it_stands_is_held_and_let_go(browser: Browser, large: DraftedRoom) -> None:
    with reading(browser, large) as reader:
        page = reader.page
        article = page.locator("article.provision").nth(190)
        provision = str(article.get_attribute("id"))
        mark = article.locator(".b > a:not([aria-label*='Laboratory']):not([aria-label*='羽笔'])").first
        before = page.locator("#stand").inner_text()
        with reader.only(provision):
            mark.click()
        assert page.evaluate("document.activeElement.matches('.opened h3')")
        assert article.locator(".b.now").count() == 2  # the same one in both languages
        assert article.locator(".b.now").first.is_visible()
        assert article.locator(".readings h4").count() == 2
        with reader.only(provision):
            reader.button("hold")
        assert page.locator("#stand").inner_text() != before
        name = {"en": "Quill Laboratory", "zh": "羽笔实验室"}[large.language]
        assert name in article.locator(".opened dl").inner_text()
        assert name in str(article.locator(".b.now > a").first.get_attribute("aria-label"))
        with reader.only(provision):
            reader.button("let go")
        assert page.locator("#stand").inner_text() == before
        with reader.only(provision):
            article.get_by_role("link", name=reader.say("close"), exact=True).click()
        assert article.locator(".opened").count() == 0


def test_a_change_is_proposed_from_the_text_itself(browser: Browser, large: DraftedRoom) -> None:
    with reading(browser, large) as reader:
        page = reader.page
        article = page.locator("article.provision.paragraph").nth(300)
        provision = str(article.get_attribute("id"))
        with reader.only(provision):
            article.get_by_role("link", name=reader.say("propose"), exact=True).click()
        words = article.locator("[name=body_en]")
        was = words.input_value()
        assert len(was.split()) > 30
        with reader.only(provision, 422):  # as it was: nothing is proposed
            article.locator("[name=why_en]").fill("To be told apart.")
            reader.button("send")
        assert article.locator("[name=why_en]").input_value() == "To be told apart."
        with reader.only(provision):
            words.fill(f"{was[:-1]} without exception.")
            reader.button("send")
        assert article.locator(".proposal ins").inner_text().strip() == "without exception"
        assert page.locator(".proposal").count() == 1
        page.reload()
        assert article.locator(".proposal ins").count() == 1


def test_what_somebody_else_did_meanwhile_is_told_in_place(browser: Browser, large: DraftedRoom) -> None:
    with reading(browser, large) as reader, reading(browser, large, "quill alternate") as other:
        provision, mark = (
            "",
            "article.provision .b > a[aria-label*='Quill'], article.provision .b > a[aria-label*='羽笔']",
        )
        for each in (reader, other):
            link = each.page.locator(mark).first
            provision = str(link.evaluate("e => e.closest('article').id"))
            with each.only(provision):
                link.click()
        with other.only(provision):
            other.button("lift")
        with reader.only(provision, 409):
            reader.button("lift")
        assert reader.say("settled") in reader.page.locator(f"#{provision} .wrong[role=alert]").inner_text()
        assert reader.page.evaluate("document.activeElement.matches('.wrong')")


# everybody


def test_axe_finds_nothing_closed_or_opened(browser: Browser, small: DraftedRoom) -> None:
    found = []
    for who in ("quill head", "mediator", "observer"):
        with reading(browser, small, who) as reader:
            page = reader.page
            found += faults(page, f"text, {who}", small.language)
            page.set_viewport_size({"width": 1280, "height": 800})
            article = page.locator("article.provision.paragraph").first
            article.locator(".b > a").first.click()
            page.wait_for_selector(".opened .readings")
            found += faults(page, f"bracket, {who}", small.language)
            page.set_viewport_size({"width": 1280, "height": 800})
            page.locator("article.provision.paragraph").nth(3).locator(".do a").first.click()
            until(page, "() => document.querySelectorAll('.opened').length === 2")
            if who == "quill head":
                page.locator("article.provision.paragraph").nth(5).locator(".do a[href$=propose]").click()
                page.wait_for_selector("[name=body_en]")
            found += faults(page, f"opened, {who}", small.language)
            paths = ["?as=lifted", "?as=negotiated"]
            paths += ["/proposals"] if who != "observer" else []
            paths += ["/add"] if who == "quill head" else []
            for path in paths:
                page.goto(small.url + small.text + path)
                found += faults(page, f"{path}, {who}", small.language)
    assert found == []


def test_a_bracket_is_opened_and_held_by_keyboard_alone(browser: Browser, small: DraftedRoom) -> None:
    with reading(browser, small, "cloudberry head") as reader:
        page = reader.page
        target = page.locator("article.provision.paragraph").nth(1).locator(".b > a").first
        provision = str(target.evaluate("e => e.closest('article').id"))
        page.locator("#rail ol a").nth(2).focus()
        page.keyboard.press("Enter")
        for _ in range(60):
            page.keyboard.press("Tab")
            if target.evaluate("e => e === document.activeElement"):
                break
        assert target.evaluate("e => e === document.activeElement")
        with reader.only(provision):
            page.keyboard.press("Enter")
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('form')?.action.endsWith('/hold')"):
                break
        with reader.only(provision):
            page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.matches('.opened h3')")
        assert page.locator(f"#{provision} form[action$='let-go']").count() == 1


def test_without_script_everything_is_a_page(browser: Browser, small: DraftedRoom) -> None:
    with reading(browser, small, java_script_enabled=False) as reader:
        page = reader.page
        page.locator("article.provision.paragraph").nth(2).locator(".b > a").first.click()
        assert re.search(r"/provisions/\w+/brackets/[\d-]+$", page.url)
        assert page.locator("h1").count() == page.locator("article").count() == 1
        page.get_by_role("button", name=reader.say("hold"), exact=True).click()
        assert re.search(r"/brackets/[\d-]+#p-\w+$", page.url)
        page.get_by_role("button", name=reader.say("let go"), exact=True).click()
        assert page.get_by_role("button", name=reader.say("hold"), exact=True).is_visible()
        page.get_by_role("link", name=reader.say("close"), exact=True).click()
        assert page.locator("article").count() > 5


def test_states_are_told_apart_without_colour(browser: Browser, small: DraftedRoom) -> None:
    """In forced colours, as in black and white: lines through, below and beside say what the wash says otherwise."""
    with reading(browser, small, forced_colors="active") as reader:
        style = "e => { const s = getComputedStyle(e); return s.textDecorationLine + ' ' + s.borderBottomStyle }"
        looks = {
            state: reader.page.locator(selector).first.evaluate(style)
            for state, selector in {
                "open": ".b.open", "dropped": ".b.dropped", "parked": ".b.parked", "lifted": ".b.lifted > a",
                "new": ".b.narrowed > ins", "old": ".b.narrowed > del",
            }.items()
        }  # fmt: skip
        assert looks == {
            "open": "none none", "dropped": "line-through none", "parked": "none dotted",
            "lifted": "line-through none", "new": "underline none", "old": "line-through none",
        }  # fmt: skip
        widths = reader.page.locator("#rail .light").evaluate_all(
            "all => all.map(e => getComputedStyle(e).backgroundImage + getComputedStyle(e).backgroundColor)"
        )
        assert len(set(widths)) == 3


def test_the_whole_text_is_printed(browser: Browser, small: DraftedRoom) -> None:
    with reading(browser, small) as reader:
        page = reader.page
        page.emulate_media(media="print")
        for hidden in ("#rail", ".do", ".tools", "main > .actions"):
            assert not any(each.is_visible() for each in page.locator(hidden).all()), hidden
        printed = page.pdf(format="A4")
        if shutil.which("pdftotext"):
            text = subprocess.run(["pdftotext", "-", "-"], input=printed, capture_output=True, check=True).stdout
            said = "".join(text.decode().split())
            assert "Thistextdoesnotbind" in said
            assert "Nothinginthistextrequires" in said
