"""People at real browsers: what they see, press and keep; everything their pages complain of is held against them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
import unicodedata
from itertools import count
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import APIRequestContext, Browser, ConsoleMessage, Locator, Page, Playwright

SHOTS = os.environ.get("TRACKTWO_SCREENSHOTS")
PASSWORD = "nine ladies dancing"
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
TAGS = {"en": "en", "zh": "zh-Hans"}
NOWHERE = "/no-such-place"
Both = tuple[str, str]
"""Words in English and in Chinese."""

_number = count(1)


def plain(text: str) -> str:
    """Text without spaces, one sign for one character: a print spells some of them by their radicals."""
    return "".join(unicodedata.normalize("NFKC", text).split())


class Person:
    """Somebody at a browser of their own, who reads one language."""

    def __init__(self, browser: Browser, url: str, story: str, who: str, language: str) -> None:
        self.url, self.story, self.who, self.language = url, story, who, language
        self.context = browser.new_context(
            base_url=url, locale=LOCALES[language], viewport={"width": 1280, "height": 800}
        )
        self._heard: list[tuple[str, str]] = []
        self.refusals: set[str] = set()
        """Addresses that were meant to be refused: the browser complains of those."""
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self._heard.append(("error", str(error.error))))
        self.context.on("request", lambda sent: self._here(sent.url) or self._heard.append(("asked", sent.url)))
        self.page: Page = self.context.new_page()
        self.name = f"{who} {story}"
        self.totp: pyotp.TOTP | None = None
        self.codes: list[str] = []

    def _here(self, address: str) -> bool:
        return address.startswith((f"{self.url}/", "data:"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            failed = message.text.startswith("Failed to load resource")
            self._heard.append(("failed", message.location["url"]) if failed else (message.type, message.text))

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Errors of scripts, what the policy of the pages forbade, and what was asked of anybody else."""
        return [(kind, what) for kind, what in self._heard if kind != "failed" or what not in self.refusals]

    def say(self, words: Both) -> str:
        """The words in the language of this person."""
        return words[self.language == "zh"]

    # what they see

    def see(self, path: str, status: int = 200) -> None:
        """Open an address, which answers so."""
        if status != 200:
            self.refusals.add(self.url + path)
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status == status, (self.who, path, answer.status)
        assert self.page.locator("h1").count() == 1, path

    def heading(self, words: Both) -> None:
        """The page is the one of that heading."""
        assert self.page.locator("h1").inner_text() == self.say(words), (self.who, self.page.url, self.text())
        assert self.page.evaluate("document.documentElement.lang") == TAGS[self.language]

    def reads(self, *words: Both | str) -> None:
        """It stands on the page, for people to see."""
        shown = self.text()
        for each in words:
            wanted = each if isinstance(each, str) else self.say(each)
            assert wanted in shown, (self.who, self.page.url, wanted, shown)

    def lacks(self, *texts: str) -> None:
        """It stands nowhere in the page, hidden or not."""
        source = self.page.content()
        assert [each for each in texts if each in source] == [], (self.who, self.page.url)

    def text(self) -> str:
        """What the page shows."""
        return self.page.locator("main").inner_text()

    def finds_nothing(self, path: str) -> None:
        """The answer is that of an address that does not exist, byte for byte."""
        there, nowhere = self.context.request.get(path), self.context.request.get(NOWHERE)
        assert there.status == nowhere.status == 404
        assert there.body() == nowhere.body(), path

    def look(self, step: str, narrow: bool = False) -> None:
        """Keep the page as a picture where somebody asks for it. Nothing is wider than the screen, no Chinese loose."""
        loose = re.findall(r".{0,9}[。；，：] [一-鿿].{0,9}", self.text())
        assert loose == [], step
        for width in [1280] * bool(SHOTS) + [360] * narrow:
            self.page.set_viewport_size({"width": width, "height": 800})
            wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            assert not wide, (step, width)
            if SHOTS:
                name = f"talks-{self.story}-{next(_number):02}-{step}-{self.who.replace(' ', '-')}-{width}.png"
                self.page.screenshot(path=Path(SHOTS) / name, full_page=True)
        if narrow:
            self.page.set_viewport_size({"width": 1280, "height": 800})

    # what they do

    def button(self, words: Both, within: Locator | None = None) -> Locator:
        """A button that says so."""
        return (within or self.page.locator("body")).get_by_role("button", name=self.say(words), exact=True)

    def press(self, words: Both, within: Locator | None = None, status: int = 200) -> None:
        """Press the button that says so, and wait for the page that comes."""
        with self.page.expect_navigation() as coming:
            self.button(words, within).first.click()
        self._came(coming.value, status)

    def _came(self, answer: Any, status: int) -> None:
        if status != 200:
            self.refusals.add(answer.url)
        assert answer.status == status, (self.who, answer.url, answer.status, self.text())

    def follow(self, words: Both, within: Locator | None = None) -> None:
        """Follow the link that says so."""
        place = within or self.page.locator("body")
        with self.page.expect_navigation():
            place.get_by_role("link", name=self.say(words), exact=True).first.click()

    def fill(self, **given: str) -> None:
        """Fill in fields by their names."""
        for name, value in given.items():
            field = self.page.locator(f"main form [name={name}]")
            kind = field.first.evaluate("e => e.type")
            if kind == "radio":
                choice = self.page.locator(f"main form [name={name}][value={value}]")
                choice.press("Space")  # a click may miss what moves as the page is laid out
                assert choice.is_checked()
            elif kind == "select-one":
                field.select_option(value)
            else:
                field.first.fill(value)

    def tab_to(self, selector: str) -> None:
        """Go there by the Tab key alone."""
        for _ in range(120):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab does not lead to {selector}")

    def enter(self) -> None:
        """Press Enter, and wait for the page that comes."""
        with self.page.expect_navigation() as coming:
            self.page.keyboard.press("Enter")
        self._came(coming.value, 200)

    def change_language(self) -> None:
        """Read the page in the other language from now on."""
        with self.page.expect_navigation():
            self.page.locator("form.language button").click()
        self.language = "en" if self.language == "zh" else "zh"

    # signing in

    def join(self, link: str, code: str, looks: bool = False) -> None:
        """Take the seat of an invitation: code, name and password, second factor, recovery codes."""
        self.page.goto(self.url + link if link.startswith("/") else link)
        self.heading(("Invitation", "邀请"))
        if looks:
            self.look("link", narrow=True)
        self.fill(code=code)
        self.press(("Continue", "继续"))
        self.fill(name=self.name, password=PASSWORD, again=PASSWORD)
        if looks:
            self.look("join")
        self.press(("Continue", "继续"))
        self.totp = pyotp.TOTP(self.page.locator("main code").inner_text().replace(" ", ""))
        self.fill(code=self.totp.now())
        if looks:
            self.look("join-factor")
        self.press(("Continue", "继续"))
        self.heading(("Recovery codes", "恢复码"))
        self.codes = self.page.locator("ol.codes code").all_inner_texts()
        assert len(set(self.codes)) == 10
        if looks:
            self.look("join-codes")
        self.press(("I have kept them; take the seat", "已保存，就席"))
        self.heading(("Where we stand", "目前进展"))

    def leave(self) -> None:
        """Sign out; what was open is no longer to be had."""
        self.press(("Sign out", "退出登录"))
        self.heading(("Sign in", "登录"))
        self.see("/concerns")
        self.heading(("Sign in", "登录"))

    def sign_in(self, recovery: bool = False) -> None:
        """Give name, password and second factor."""
        assert self.totp is not None
        self.see("/sign-in")
        self.fill(name=self.name, password=PASSWORD)
        self.press(("Continue", "继续"))
        self.heading(("Second factor", "第二重验证"))
        self.fill(code=self.codes.pop() if recovery else self.totp.at(int(time.time())))
        self.press(("Sign in", "登录"))
        self.heading(("Where we stand", "目前进展"))

    # on paper

    def prints(self, step: str) -> None:
        """On A4 stands what the page says, under its heading, and no way to anywhere."""
        heading, places = self.page.locator("h1").inner_text(), self.page.locator("#places nav a").all_inner_texts()
        said = plain(self.text())
        self.page.emulate_media(media="print")
        assert self.page.locator("h1").is_visible()
        for hidden in ("#places", ".foot", "main button", "header form", ".skip"):
            assert not any(each.is_visible() for each in self.page.locator(hidden).all()), (step, hidden)
        printed = self.page.pdf(format="A4")
        self.page.emulate_media(media="null")
        assert re.search(rb"/MediaBox ?\[0 0 59[45][.\d]* 84[12][.\d]*\]", printed), "not A4"
        if SHOTS:
            (Path(SHOTS) / f"talks-{self.story}-{step}-{self.language}.pdf").write_bytes(printed)
        if shutil.which("pdftotext"):
            text = plain(subprocess.run(["pdftotext", "-", "-"], input=printed, capture_output=True, check=True)
                         .stdout.decode())  # fmt: skip
            assert plain(heading) in text, (step, text)
            absent = [place for place in [*places, self.say(("Sign out", "退出登录"))] if plain(place) not in said]
            assert absent
            assert [place for place in absent if plain(place) in text] == [], step


class Voter:
    """Somebody who does by bare requests what the others do at a browser: one of those who make up the numbers."""

    def __init__(self, playwright: Playwright, url: str, story: str, who: str) -> None:
        self.requests: APIRequestContext = playwright.request.new_context(
            base_url=url, extra_http_headers={"Origin": url, "Accept-Language": "en"}
        )
        self.who, self.name = who, f"{who} {story}"

    def send(self, path: str, **form: str) -> str:
        """Send a form; the page that comes of it."""
        answer = self.requests.post(path, form=form)
        assert answer.status == 200, (self.who, path, answer.status, answer.text())
        return answer.text()

    def join(self, link: str, code: str) -> None:
        """Take the seat of an invitation."""
        self.send(link, code=code)
        page = self.send("/joining", name=self.name, password=PASSWORD, again=PASSWORD)
        secret = re.findall(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)[0].replace(" ", "")
        self.send("/joining/second-factor", code=pyotp.TOTP(secret).now())
        self.send("/joining/codes")

    def statements(self, sounding: str) -> dict[str, str]:
        """What is to be voted on: its words in English, by its identifier."""
        page = self.requests.get(f"{sounding}/votes").text()
        rows = re.findall(r'<li id="s\d+">(.*?)</li>', page, re.DOTALL)
        return {
            re.findall(r'name="statement" value="([^"]+)"', row)[0]: re.findall(r'lang="en">([^<]+)<', row)[0]
            for row in rows
        }
