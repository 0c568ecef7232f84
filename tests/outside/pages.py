"""The pages of the running copy: public ones by following links, the desk's behind its log-in."""

import re
from collections import Counter, deque
from functools import cache

from tests.outside.site import LOG_IN, Site

LANGUAGES = ("ar", "fr", "zgh")
LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
NOT_PAGES = (".json", ".csv", ".pdf", ".atom", ".ics", ".xml", ".txt", ".css", ".js")
EACH_KIND = 40
ADDRESSES_OF_ONE_PATH = 3
# One of each kind that a citizen meets, for the tools that take seconds a page.
KINDS = (
    "",
    "programme/",
    r"programme/[\w-]+/",
    r"programme/[\w-]+/commitments/[\w-]+/",
    "consultations/",
    "consultations/next-programme/",
    "consultations/next-programme/give/",
    "council/",
    "council/decisions/",
    "information/deadline/",
    "register/",
    "verify/",
)


def kind_of(path: str) -> str:
    """Return the shape of a path: numbers and references are all the same to it."""
    return re.sub(r"[A-Z]{3}-\d{4}-[\w-]+|\d+", "N", path.partition("?")[0])


@cache
def public(site: Site, language: str) -> dict[str, str]:
    """Return every public page that links lead to in one language: path and HTML."""
    start = f"/{language}/"
    browser, found = site.browser(), {}
    kinds: Counter[str] = Counter()
    waiting, seen = deque([start]), {start}
    while waiting:
        path = waiting.popleft()
        bare = path.partition("?")[0]
        kinds[kind_of(path)] += 1
        kinds[f"={bare}"] += 1
        if kinds[kind_of(path)] > EACH_KIND or kinds[f"={bare}"] > ADDRESSES_OF_ONE_PATH:
            continue
        answer = browser.get(path)
        if answer.status not in {200, 404, 410} or not answer.is_page:
            continue
        found[path] = answer.text
        for link in LINK.findall(answer.text):
            plain = link.replace("&amp;", "&")
            is_new = plain.startswith(start) and plain not in seen
            if is_new and not plain.partition("?")[0].endswith(NOT_PAGES):
                seen.add(plain)
                waiting.append(plain)
    return found


@cache
def desk(site: Site) -> dict[str, str]:
    """Return the log-in page and every page of the desk that the administrators' links lead to."""
    found = {LOG_IN: site.browser().get(LOG_IN).text}
    for username in ("administrator", "moderator"):
        browser = site.browser()
        browser.log_in(username)
        waiting, seen = deque(["/desk/"]), {"/desk/"}
        while waiting and len(seen) < 150:
            path = waiting.popleft()
            answer = browser.get(path)
            if answer.status != 200 or not answer.is_page:
                continue
            found[f"{path} ({username})"] = answer.text
            for link in LINK.findall(answer.text):
                plain = link.replace("&amp;", "&")
                if plain.startswith("/desk/") and plain not in seen and "logout" not in plain:
                    seen.add(plain)
                    waiting.append(plain)
    return found


@cache
def kinds(site: Site, language: str = "ar") -> list[str]:
    """Return the addresses of one page of each kind. Raises LookupError for one not there."""
    found = {path: text for path, text in public(site, language).items() if "?" not in path}
    addresses = []
    for kind in KINDS:
        shape = re.compile(f"/{language}/{kind}$")
        path = next((one for one in found if shape.match(one)), None)
        if path is None or site.browser().get(path).status != 200:
            raise LookupError(f"no page of the kind {kind}")
        addresses.append(site.url + path)
    return addresses
