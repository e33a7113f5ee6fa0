"""Screenshots and prints of the room: ``python tests/browser/room_screenshots.py FOLDER [--only /plan]``.

Every page that a person of each role reaches by links in the sample room, in both languages, light and dark, 1280 and
360 pixels wide, and on A4, for looking at. Nobody's pages are those before signing in.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from chromium import launch
from opened_rooms import IDENTIFIER, Room, room
from playwright.sync_api import Page, sync_playwright

ROLES = ["mediator", "head", "counsel", "linguist", "liaison", "nobody"]
LOOKS = [("light", 1280), ("light", 360), ("dark", 1280), ("dark", 360)]


def named(path: str, met: dict[str, int]) -> str:
    """A file name for a page: its address without identifiers, numbered where there are several alike."""
    stem = re.sub(r"\W+", "-", IDENTIFIER.sub("x", path)).strip("-") or "home"
    met[stem] = met.get(stem, 0) + 1
    return stem if met[stem] == 1 else f"{stem}-{met[stem]}"


def take(page: Page, stem: Path, looks: list[tuple[str, int]]) -> None:
    """The page as it is now, in every look."""
    for scheme, width in looks:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=f"{stem}-{scheme}-{width}.png", full_page=True)
    if ("light", 1280) in looks:
        page.pdf(path=f"{stem}.pdf", prefer_css_page_size=True)


def walk(opened: Room, page: Page, folder: Path, role: str, only: str, looks: list[tuple[str, int]]) -> None:
    """Every page that this browser reaches."""
    met: dict[str, int] = {}
    for path in opened.addresses(page):
        stem = named(path, met)
        if path.startswith(only):
            take(page, folder / f"{stem}-{role}-{opened.language}", looks)


def main() -> None:
    """Take them."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("folder", type=Path)
    given.add_argument("--roles", default=",".join(ROLES))
    given.add_argument("--only", default="/", help="addresses that begin so")
    given.add_argument("--langs", default="en,zh")
    given.add_argument("--looks", default=",".join(f"{scheme}-{width}" for scheme, width in LOOKS))
    options = given.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    looks = [(scheme, int(width)) for scheme, width in (each.split("-") for each in options.looks.split(","))]
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for lang in options.langs.split(","):
            with room(lang) as opened:
                for role in options.roles.split(","):
                    context = opened.context(browser, None if role == "nobody" else role)
                    page = context.new_page()
                    walk(opened, page, options.folder, role, options.only, looks)
                    context.close()
                print(*opened.broken, sep="\n")
        browser.close()


if __name__ == "__main__":
    main()
