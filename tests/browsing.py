"""Headless Chromium for tests: flags, pages of a given width, axe, what was asked of whom."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("INFITAH_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
# Without the last ones the browser itself calls out, and spoils the third-party check.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield a browser with nothing in its store."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield opened
        finally:
            opened.close()


def new_page(opened: Browser, *, width: int = 360, javascript: bool = True) -> Page:
    """Return a page as a phone (360) or a desk (1280) would show it, in Morocco."""
    context = opened.new_context(
        viewport={"width": width, "height": 800},
        locale="ar-MA",
        timezone_id="Africa/Casablanca",
        java_script_enabled=javascript,
    )
    return context.new_page()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on the page as it stands, one line each."""
    found = Axe().run(page).response["violations"]
    return [f"{item['id']} ({item['impact']}): {item['nodes'][0]['html'][:160]}" for item in found]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(0, int(wide))
