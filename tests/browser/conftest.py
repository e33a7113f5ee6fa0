"""One browser for the tests of a module; where this machine has none they are skipped, and say so."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from chromium import executable, launch
from playwright.sync_api import Browser, Playwright, sync_playwright


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    if executable() is None and os.environ.get("TRACKTWO_REQUIRE_BROWSER") != "1":
        pytest.skip("no Chromium on this machine; set TRACKTWO_REQUIRE_BROWSER=1 to make this a failure")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()
