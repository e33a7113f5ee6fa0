"""Signing in with a real browser: from an invitation to the seat, with a second factor, and with a passkey."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from opened_rooms import Room, room
from playwright.sync_api import Browser, Page

SHOTS = os.environ.get("TRACKTWO_SCREENSHOTS")
PASSWORD = "nine ladies dancing"


@pytest.fixture(scope="module", params=["en", "zh"])
def opened(request: Any, browser: Browser) -> Iterator[Room]:
    with room(request.param) as found:
        yield Room(found.url.replace("127.0.0.1", "localhost"), found.language, found.cookies)


def look(page: Page, name: str, opened: Room) -> None:
    """Nothing for axe to find, at both widths; kept as a picture where somebody asks for it."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, name
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{opened.language}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 800})


def press(page: Page) -> None:
    """The first button of the page's main form, by keyboard."""
    page.locator("main form:not([hidden]) button").first.press("Enter")


def listening(page: Page) -> list[str]:
    """What the page complains of: errors of scripts, and what its policy forbade."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if "Content Security" in message.text else None)
    return said


def invited(opened: Room, browser: Browser) -> tuple[str, str]:
    """Link and code of an invitation to a seat whose holder lost access."""
    context = opened.context(browser, "mediator")
    page = context.new_page()
    page.goto(f"{opened.url}/people")
    seats = page.eval_on_selector_all("a[href^='/people/seats/']", "all => all.map(a => a.getAttribute('href'))")
    for address in reversed([seat for seat in seats if re.fullmatch(r"/people/seats/[0-9a-f-]{36}", seat)]):
        page.goto(f"{opened.url}{address}/invitation")
        free = page.locator("form[action$='/free'] button")
        if free.count():
            look(page, "invitation-taken", opened)
            free.click()
            break
    look(page, "invitation-none", opened)
    page.locator("main form button").first.click()
    look(page, "invitation-made", opened)
    link, code = page.locator("main code").all_inner_texts()
    context.close()
    return link, code


def test_from_an_invitation_to_a_passkey(opened: Room, browser: Browser) -> None:
    link, code = invited(opened, browser)
    context = opened.context(browser)
    page = context.new_page()
    said = listening(page)
    page.goto(link)
    look(page, "link", opened)
    page.locator("[name=code]").fill("2222-2222")
    press(page)
    look(page, "link-wrong", opened)
    assert page.locator("[role=alert]").is_visible()
    time.sleep(1.1)
    page.locator("[name=code]").fill(code.lower())
    press(page)
    look(page, "join", opened)
    page.locator("[name=name]").fill("ren yan")
    page.locator("[name=password]").fill("short")
    page.locator("[name=again]").fill("shorter")
    press(page)
    look(page, "join-wrong", opened)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=again]").fill(PASSWORD)
    press(page)
    look(page, "join-second-factor", opened)
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 100
    totp = pyotp.TOTP(page.locator("main code").inner_text().replace(" ", ""))
    page.locator("[name=code]").fill(totp.at(int(time.time())))
    press(page)
    look(page, "join-codes", opened)
    codes = page.locator("ol.codes code").all_inner_texts()
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert Path(download.value.path()).read_text().split("\n")[:10] == codes
    press(page)
    assert page.url == f"{opened.url}/"
    _passkey(opened, page, codes)
    assert said == []
    context.close()


def _passkey(opened: Room, page: Page, codes: list[str]) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                     "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )  # fmt: skip
    page.goto(f"{opened.url}/account")
    look(page, "account", opened)
    page.locator("a[href='/account/passkeys/add']").click()
    look(page, "passkey", opened)
    page.locator("[name=name]").fill("Laptop")
    page.locator("main form button").click()
    page.wait_for_url("**/account")
    assert page.get_by_text("Laptop").first.is_visible()
    look(page, "account-passkey", opened)
    page.locator("form[action='/sign-out'] button").first.click()
    look(page, "sign-in", opened)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"{opened.url}/")
    page.locator("form[action='/sign-out'] button").first.click()
    page.locator("[name=name]").fill("REN YAN")
    page.locator("[name=password]").fill("wrong")
    press(page)
    look(page, "sign-in-wrong", opened)
    time.sleep(1.1)
    page.locator("[name=password]").fill(PASSWORD)
    press(page)
    look(page, "second-factor", opened)
    page.locator("[name=code]").fill(codes[0])
    press(page)
    assert page.url == f"{opened.url}/"
    for name in ("password", "recovery", "second-factor"):
        page.goto(f"{opened.url}/account/{name}")
        look(page, f"account-{name}", opened)
    page.goto(f"{opened.url}/confirm?next=/account")
    look(page, "confirm", opened)
