"""Every page of the room in a real browser: accessible in both languages and schemes, and asking nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from opened_rooms import NOWHERE, Room, room
from playwright.sync_api import Browser, ConsoleMessage, Page

ROLES = ["mediator", "head", "counsel", "liaison", None]
LOOKS = {"en": [("light", 1280), ("dark", 360)], "zh": [("dark", 1280), ("light", 360)]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "scrollable-region-focusable", "target-size"]}}
RENDERED = """const sheet = new CSSStyleSheet();
    sheet.replaceSync(".provision { content-visibility: visible !important }");
    document.adoptedStyleSheets = [sheet]"""
OUTSIDE = """[...document.querySelectorAll('main *, header *')]
    .filter(e => !e.closest('.scroll, svg, .unseen, .hidden, .skip, thead'))
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.className || e.tagName)"""


@pytest.fixture(scope="module", params=["en", "zh"])
def opened(request: pytest.FixtureRequest) -> Iterator[Room]:
    with room(request.param) as opened:
        yield opened


def quiet(message: ConsoleMessage) -> bool:
    """Whether a message is no complaint about the page: a hint, or that there is nothing for this role."""
    return message.type not in ("error", "warning") or "status of 404" in message.text


def watched(page: Page, opened: Room) -> list[str]:
    """What the pages ask of others, and what the browser complains about, from now on."""
    heard: list[str] = []
    page.on("request", lambda request: request.url.startswith((opened.url, "data:")) or heard.append(request.url))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("console", lambda message: quiet(message) or heard.append(f"console: {message.text}"))
    return heard


def faults(page: Page, path: str, language: str) -> list[str]:
    """What axe finds on a page in two looks, and what stands outside the screen."""
    found: list[str] = []
    for number, (scheme, width) in enumerate(LOOKS[language]):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate(RENDERED)  # of what the browser has not drawn yet, axe finds sizes and colours that nobody sees
        results = Axe().run(page, options=CONTRAST if number else None)
        for each in results.response["violations"]:
            where = [node["target"][0] for node in each["nodes"]][:3]
            found.append(f"{path} ({scheme}, {width}): {each['id']} at {where}")
    for width in (360, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{path} ({width}): {each} is outside the screen" for each in page.evaluate(OUTSIDE)]
        found += [f"{path} ({width}): {wide} pixels too wide"] if wide else []
    return found


def test_axe_finds_nothing_on_the_pages_of_those_beyond_the_table(browser: Browser, opened: Room) -> None:
    page = opened.context(browser).new_page()
    heard, found = watched(page, opened), []
    for path in opened.beyond:
        answer = page.goto(opened.url + path)
        assert answer is not None
        assert answer.status == 200, path
        found += faults(page, path, opened.language)
    page.goto(opened.url + opened.beyond[1])
    page.keyboard.press("1")
    page.wait_for_selector("[data-key=u]")
    found += faults(page, "after a vote", opened.language)
    assert found + heard == []


def test_axe_finds_nothing_on_any_page_and_nothing_is_wider_than_the_screen(browser: Browser, opened: Room) -> None:
    found, heard, alike = list[str](), list[str](), dict[str, int]()
    for role in ROLES:
        context = opened.context(browser, role)
        page = context.new_page()
        heard = watched(page, opened)
        visited = 0
        for path in opened.addresses(page, alike):
            found += [f"{role}: {fault}" for fault in faults(page, path, opened.language)]
            visited += 1
        assert visited
        found += [f"{role}: {each}" for each in heard]
        context.close()
    assert found == []
    assert opened.broken == []


def test_a_form_with_errors_takes_the_focus_to_what_is_wrong(browser: Browser, opened: Room) -> None:
    context = opened.context(browser, "head")
    page = context.new_page()
    page.goto("/concerns/raise")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.locator("main form button").last.click()
    page.locator("[role=alert]").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "_field" in page.url
    context.close()


def test_a_field_says_how_much_of_its_limit_is_used(browser: Browser, opened: Room) -> None:
    context = opened.context(browser, "head")
    page = context.new_page()
    page.goto("/concerns/raise")
    field = page.locator("textarea[maxlength]").first
    field.fill("安全, said once.")
    counter = page.locator(".count-left").first
    counter.filter(has_text="14").wait_for()
    assert counter.get_attribute("aria-live") == "polite"
    context.close()


def test_on_a_telephone_the_places_are_behind_one_button_without_any_script(browser: Browser, opened: Room) -> None:
    options = {"viewport": {"width": 360, "height": 700}, "java_script_enabled": False}
    context = opened.context(browser, "head", **options)
    page = context.new_page()
    page.goto("/concerns")
    places = page.locator("#places nav a")
    assert not places.first.is_visible()
    page.locator(".open-places").click()
    assert places.first.is_visible()
    small = [box for box in (each.bounding_box() for each in places.all()) if box is None or box["height"] < 44]
    assert small == []
    page.keyboard.press("Escape")
    assert not places.first.is_visible()
    context.close()


def test_by_keyboard_the_first_stop_skips_to_the_content(browser: Browser, opened: Room) -> None:
    context = opened.context(browser, "head")
    page = context.new_page()
    page.goto("/concerns")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    context.close()


def test_paper_shows_the_page_without_its_places(browser: Browser, opened: Room) -> None:
    context = opened.context(browser, "head")
    page = context.new_page()
    page.goto("/concerns")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for hidden in ("nav", "#places", ".foot", "main button", "header form"):
        assert not any(each.is_visible() for each in page.locator(hidden).all()), hidden
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    context.close()


def test_forced_colours_keep_marks_and_edges(browser: Browser, opened: Room) -> None:
    context = opened.context(browser, "head", forced_colors="active")
    page = context.new_page()
    page.goto("/people")
    ink, ground = page.eval_on_selector(
        ".mark", "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )
    assert ink != ground
    context.close()


def test_what_is_not_there_is_a_page_too(browser: Browser, opened: Room) -> None:
    context = opened.context(browser, "head")
    page = context.new_page()
    answer = page.goto(NOWHERE)
    assert answer is not None
    assert answer.status == 404
    assert page.locator("h1").count() == 1
    context.close()
