"""Screenshots and prints of the report, for looking at: ``python tests/browser/screenshots.py [NAME | FILE.json …]``.

They are kept in ``out/screenshots`` at the root of the repository, which git ignores. Each room of
``tests/opinion/documents.py`` or file of the form tracktwo/opinion/1 that is named (the small room if none is)
is shown in both languages, light and dark, 1280 and 360 pixels wide, and printed on A4.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "opinion"), str(ROOT / "tests" / "browser")]

from chromium import launch  # noqa: E402
from documents import example  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tracktwo.opinion.report import report  # noqa: E402


def main(names: list[str]) -> None:
    folder = ROOT / "out" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in names:
            for lang in ("en", "zh"):
                stem = f"{Path(name).stem.replace(' ', '-')}-{lang}"
                source = folder / f"{stem}.html"
                document = (
                    json.loads(Path(name).read_text(encoding="utf-8")) if name.endswith(".json") else example(name)
                )
                source.write_text(report(document, lang), encoding="utf-8")
                for scheme in ("light", "dark"):
                    for width in (1280, 360):
                        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                        page.goto(source.as_uri())
                        page.screenshot(path=folder / f"{stem}-{scheme}-{width}.png", full_page=True)
                        if (scheme, width) == ("light", 1280):
                            page.pdf(path=folder / f"{stem}.pdf", prefer_css_page_size=True, print_background=True)
                        page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["small room"])
