"""The pictures of the documentation: ``python tests/browser/pictures.py docs/pictures`` takes them anew."""

from __future__ import annotations

import sys
from pathlib import Path

from chromium import launch
from opened_rooms import Room, room
from playwright.sync_api import Page, sync_playwright

WIDTH, HEIGHT = 1100, 760
TEXT = {"en": "Understanding on testing", "zh": "关于测试与事故通报的谅解"}
BRACKET = {"en": "and in at least", "zh": "并至少使用"}


def take(opened: Room, folder: Path, page: Page, name: str) -> None:
    """The upper part of a page, small enough for a repository."""
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT}
    page.screenshot(path=folder / f"{name}-{opened.language}.png", clip=clip)  # type: ignore[arg-type]


def main(folder: Path) -> None:
    """Take them in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for language in ("en", "zh"):
            with room(language) as opened:
                view = {"viewport": {"width": WIDTH, "height": HEIGHT}, "color_scheme": "light"}
                mediator = opened.context(browser, "mediator", **view).new_page()
                head = opened.context(browser, "head", **view).new_page()
                mediator.goto(opened.url + "/")
                take(opened, folder, mediator, "home")
                head.goto(opened.url + "/concerns")
                take(opened, folder, head, "concerns")
                head.goto(opened.url + "/statements")
                head.locator("main a[href$='/vote']").first.click()
                head.wait_for_load_state()
                take(opened, folder, head, "vote")
                head.goto(opened.url + "/statements")
                head.locator("main a[href$='/results']").last.click()
                head.wait_for_load_state()
                take(opened, folder, head, "results")
                head.goto(opened.url + "/texts")
                head.locator("main a.text", has_text=TEXT[language]).click()
                head.wait_for_load_state()
                head.locator("a[href*='/brackets/']", has_text=BRACKET[language]).first.click()
                head.locator("section.opened").scroll_into_view_if_needed()
                head.evaluate("document.querySelector('section.opened').closest('article').scrollIntoView()")
                take(opened, folder, head, "text")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
