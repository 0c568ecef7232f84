"""feedparser, a parser of site maps, and linkinator: what machines read of the public pages."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from tests.outside import pages, toolbox
from tests.outside.check import DRIVERS, Check, Stage, objects
from tests.outside.site import Browser, Site

FEEDS = ("/feeds/register.atom", "/ar/consultations/next-programme/ideas.atom")
IN_ANOTHER_LANGUAGE = re.compile(r'<li><a href="/(?:ar|fr|zgh)/[^"]*" lang="')


def _driver(tools: Path, name: str, *arguments: str) -> object:
    done = toolbox.run([str(tools / "python"), str(DRIVERS / name), *arguments])
    if done.returncode:
        return {"faults": [f"{name} ended: {done.stderr.strip()[-200:]}"]}
    return json.loads(done.stdout)


def feed(addresses: list[str]) -> list[str]:
    """Return what feedparser finds wrong with feeds."""
    tools, wrong = toolbox.python("feeds"), []
    for address in addresses:
        seen = _driver(tools, "feed.py", address)
        assert isinstance(seen, dict)
        wrong += [f"{address}: {fault}" for fault in seen["faults"]]
    return wrong


def feed_bad(stage: Stage) -> list[str]:
    return feed([f"{stage.bad.url}/feed.atom"])


def feed_good(stage: Stage) -> list[str]:
    return feed([stage.site.url + path for path in FEEDS])


def sitemap(url: str) -> tuple[list[str], list[str]]:
    """Return the pages that a robot finds by robots.txt, and what is wrong with the maps."""
    seen = _driver(toolbox.python("feeds"), "sitemap.py", url)
    assert isinstance(seen, dict)
    return seen.get("pages", []), seen["faults"]


def _dead(url: str, addresses: list[str]) -> list[str]:
    browser, wrong = Browser(int(url.rpartition(":")[2])), []
    for address in addresses:
        if not address.startswith(f"{url}/"):
            wrong.append(f"{address} is not of this host")
        elif (status := browser.get(address.removeprefix(url)).status) != 200:
            wrong.append(f"{address} answers {status}")
    return wrong


def sitemap_bad(stage: Stage) -> list[str]:
    found, faults = sitemap(stage.bad.url)
    return faults + _dead(stage.bad.url, found)


def sitemap_good(stage: Stage) -> list[str]:
    found, faults = sitemap(stage.site.url)
    stage.note(f"{len(found)} pages")
    wanted = [one for one in pages.kinds(stage.site) if not one.endswith("/give/")]
    absent = [f"{address} is not in the map" for address in wanted if address not in found]
    return faults + absent + _dead(stage.site.url, found)


def links(url: str, *more: str) -> list[str]:
    """Return the links that lead nowhere; a start that is no folder would not be followed."""
    assert url.endswith("/")
    options = ["--recurse", "--format", "json", "--concurrency", "8", "--timeout", "30000", *more]
    done = toolbox.run([toolbox.node("linkinator"), url, *options], seconds=500)
    try:
        seen = objects(done.stdout)["links"]
    except (ValueError, KeyError):
        return [f"linkinator did not run: {(done.stdout + done.stderr)[-300:]}"]
    wrong = [
        f"{one.get('parent')} -> {one['url']} answers {one.get('status')}"
        for one in seen
        if one["state"] == "BROKEN"
    ]
    return wrong if len(seen) > 1 else [*wrong, "linkinator followed nothing"]


def links_bad(stage: Stage) -> list[str]:
    return links(stage.bad.url + "/")


def _is_elsewhere(site: Site, line: str) -> bool:
    """Tell whether a page says that it is not in this language yet, and where it is (C9)."""
    found = re.search(r"-> http://[^/]+(/\S+) answers 404$", line)
    return bool(found and IN_ANOTHER_LANGUAGE.search(site.browser().get(found[1]).text))


def communes(site: Site) -> list[str]:
    """Return what is wrong with the communes' own hosts, which not every resolver knows."""
    browser, wrong = site.browser(), []
    found = sorted(set(re.findall(r'href="(/c/[\w-]+/)"', browser.get("/ar/").text)))
    for path in found:
        host = urlsplit(browser.get(path).headers.get("Location", "")).netloc
        status = browser.ask("GET", "/ar/", host=host).status if host else 0
        wrong += [f"{path} leads to {host or 'nowhere'}: {status}"] if status != 200 else []
    return wrong if found else ["the home page leads to no commune"]


def links_good(stage: Stage) -> list[str]:
    others = r"^(?!http://localhost:)|/c/[a-z-]+/$"
    wrong = links(f"{stage.site.url}/ar/", "--skip", others)
    return [one for one in wrong if not _is_elsewhere(stage.site, one)] + communes(stage.site)


CHECKS = (
    Check("feedparser", "Atom feeds", feed_bad, feed_good, ("bozo",)),
    Check(
        "sitemap",
        "ultimate-sitemap-parser by robots.txt",
        sitemap_bad,
        sitemap_good,
        ("/gone/ answers 404",),
    ),
    Check("linkinator", "every link leads somewhere", links_bad, links_good, ("/gone/", "missing")),
)
