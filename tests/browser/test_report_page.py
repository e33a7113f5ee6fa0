"""The report in a real browser: accessible, readable on a telephone, on paper, and asking nobody for anything."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "opinion"))

from axe_playwright_python.sync_playwright import Axe
from documents import example
from playwright.sync_api import Browser, Page

from tracktwo.opinion.report import report

ROOMS = ["small room", "delegations shown", "polis", "everybody", "everything suppressed", "odd text"]
LANGUAGES = ["en", "zh"]
OUTSIDE = """[...document.querySelectorAll('main *, header *')]
    .filter(e => !e.closest('.scroll, svg, .unseen, thead'))
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.className || e.tagName)"""


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[[str, str], Page]]:
    """A function that shows a room's report, and fails if the page asks for anything."""
    asked: list[str] = []
    page = browser.new_page()

    def show(name: str, lang: str) -> Page:
        source = tmp_path / "report.html"
        source.write_text(report(example(name), "zh" if lang == "zh" else "en"), encoding="utf-8")
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(f"error: {error}"))
        page.on("console", lambda message: asked.append(f"console: {message.text}"))
        page.goto(source.as_uri())
        asked.remove(source.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        return page

    yield show
    page.close()
    assert asked == []


@pytest.mark.parametrize(("name", "lang"), [("small room", "zh"), *zip(ROOMS, LANGUAGES * 3, strict=True)])
def test_axe_finds_nothing(open_page: Callable[[str, str], Page], name: str, lang: str) -> None:
    page = open_page(name, lang)
    for scheme, width in (("light", 1280), ("dark", 360)) if lang == "en" else (("dark", 1280), ("light", 360)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert len(found.response["passes"]) > 20


@pytest.mark.parametrize("name", [*ROOMS, "public"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_wider_than_the_screen(open_page: Callable[[str, str], Page], name: str, lang: str) -> None:
    """At 360 pixels, on a tablet, and at 1280 pixels enlarged to 200 % (640 pixels of layout)."""
    page = open_page(name, lang)
    for width in (360, 640, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        outside = page.evaluate(OUTSIDE)
        assert outside == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_prints_on_a4(open_page: Callable[[str, str], Page], lang: str) -> None:
    page = open_page("small room", lang)
    printed = page.pdf(prefer_css_page_size=True, print_background=False)
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") + printed.count(b"/Type/Page ") < 40


def test_forced_colours_keep_the_bars(browser: Browser, tmp_path: Path) -> None:
    source = tmp_path / "report.html"
    source.write_text(report(example("small room"), "en"), encoding="utf-8")
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(source.as_uri())
    fills = page.evaluate("[...document.querySelectorAll('.bar .yes')].slice(0, 5).map(e => getComputedStyle(e).fill)")
    assert len(set(fills)) >= 2
    context.close()


def test_every_link_is_reached_by_keyboard(open_page: Callable[[str, str], Page]) -> None:
    page = open_page("small room", "en")
    for place in ("#lead", "nav"):
        while not page.evaluate(f"document.activeElement.closest('{place}') !== null"):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.press("Enter")
    assert page.url.endswith("#common")
