"""Memory at rest, cold start, second `make run`, bytes of the first view of the home page."""

import time
import urllib.request
from collections import defaultdict

from playwright.sync_api import sync_playwright

from bench.figure import Figure, at_most, stated
from bench.site import memory, running
from tests.browsing import CHROMIUM, FLAGS


def fetch(url: str) -> None:
    """Ask for a page once."""
    with urllib.request.urlopen(url) as answer:
        answer.read()


def memory_figures() -> list[Figure]:
    """Return idle memory with one and two web workers, without meaning (bench/meaning.py)."""
    figures = []
    for workers, limit in ((1, 350), (2, 480)):
        with running(workers, INFITAH_MEANING="off") as site:
            fetch(f"{site.url}/ar/")
            time.sleep(3)
            used = memory(site.process.pid)
            figures.append(
                at_most(
                    f"memory idle, all processes, {workers} web workers (PSS)", used, "MB", limit
                )
            )
            if workers == 1:
                figures.append(
                    at_most("cold start to the first answer", site.seconds_to_start, "s", 3)
                )
    return figures


def weight_figures() -> list[Figure]:
    """Return the weight of the first view, measured in a real browser with an empty store."""
    sizes: dict[str, int] = defaultdict(int)
    with running(1) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 360, "height": 780})
        foreign: list[str] = []

        def note(request: object) -> None:
            kind = str(request.resource_type)  # type: ignore[attr-defined]
            address = str(request.url)  # type: ignore[attr-defined]
            if not address.startswith((site.url, "data:")):
                foreign.append(address)
            measured = request.sizes()  # type: ignore[attr-defined]
            sizes[kind] += measured["responseBodySize"] + measured["responseHeadersSize"]

        page.on("requestfinished", note)
        page.goto(f"{site.url}/ar/", wait_until="networkidle")
        browser.close()
        start = at_most("cold start with meaning, which loads later", site.seconds_to_start, "s", 3)
    total = sum(sizes.values()) / 1000
    figures = [
        at_most(
            "first view of the home page, all",
            total,
            "kB",
            100,
            note=", ".join(f"{kind} {size / 1000:.1f}" for kind, size in sorted(sizes.items())),
        )
    ]
    figures.append(at_most("scripts of the first view", sizes["script"] / 1000, "kB", 15))
    figures.append(at_most("third-party requests", len(foreign), "requests", 0))
    return [*figures, start]


def run() -> list[Figure]:
    """Return every figure of this file."""
    return [
        *memory_figures(),
        *weight_figures(),
        stated("web workers in the default", 2, "workers"),
    ]
