"""A real browser: Debian's chromium, driven by playwright, checked with axe."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
PHONE, DESK = (390, 844), (1280, 900)
FAULTS: dict[Page, list[str]] = {}
"""What went wrong in a page, as it is collected."""
AXED: set[Page] = set()
"""Pages that axe looked at."""

needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no chromium at {CHROMIUM}: apt-get install chromium")


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Chromium without a window; root needs it without its sandbox."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened_page(browser: Browser, base: str, size: tuple[int, int] = PHONE, **options: Any) -> Iterator[Page]:
    """A page of its own, without cookies; errors of the page and refusals of the content policy fail the test."""
    context = browser.new_context(base_url=base, viewport={"width": size[0], "height": size[1]}, **options)
    page = context.new_page()
    faults = FAULTS.setdefault(page, [])
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    FAULTS.pop(page)
    expected = r"status of (403|404|409|422)"
    if page in AXED:  # axe tries styles of its own, which the content policy refuses, on a busy machine late
        AXED.remove(page)
        expected += "|^Applying inline style"
    unexpected = [fault for fault in faults if not re.search(expected, fault)]
    assert not unexpected, unexpected


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page, in short."""
    before = len(FAULTS[page])
    AXED.add(page)
    found = Axe().run(page).response["violations"]
    page.evaluate("console.error('axe is done')")
    while "axe is done" not in FAULTS[page][before:]:  # messages come in their order, on a busy machine late
        page.wait_for_timeout(100)
    page.wait_for_timeout(100)
    del FAULTS[page][before:]
    return [f"{one['id']}: {node['target']} {node['html'][:90]}" for one in found for node in one["nodes"]]


def overflows(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
