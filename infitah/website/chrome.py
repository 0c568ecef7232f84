"""The frame of public pages: menu, languages, footer, as plain values for `design/page.html`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Community
from infitah.core import clock
from infitah.website import facts, rules, subjects
from infitah.website.models import EmergencyStrip


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One link of the menu; `is_current` marks the section that the page belongs to."""

    label: str | Promise
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language, named in that language's own script."""

    code: str
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Chrome:
    """Everything around a page; computed from the address only, so that pages may be kept."""

    menu: tuple[MenuEntry, ...]
    languages: tuple[LanguageLink, ...]
    footer: tuple[MenuEntry, ...]
    home: str
    search_url: str = ""
    statements: tuple[MenuEntry, ...] = ()
    officer: facts.Officer | None = None
    strip: EmergencyStrip | None = None
    is_demonstration: bool = False
    action: MenuEntry | None = None
    place: subjects.Place | None = None

    def of_page(self, values: Mapping[str, Any]) -> subjects.PageFacts | None:
        """Return what the frame tells of the very page whose values these are."""
        return subjects.facts_of(values, self.place) if self.place else None


# The information architecture of `website.md` 7, as far as its pages exist.
MENU: tuple[tuple[object, str], ...] = (
    (_("Openness programme"), "programme:index"),
    (_("Consultations and ideas"), "participation:index"),
    (_("My ideas"), "participation:mine"),
    (_("The council"), "council:index"),
    (_("Access to information"), "information:index"),
    (_("Register of acts"), "register:index"),
)
# The one act that every page offers (`website.md` 7), once its page exists.
ACTION: tuple[tuple[object, str], ...] = ((_("Ask for information"), "information:ask"),)
FOOTER: tuple[tuple[object, str], ...] = (
    (_("Verify a decision or a receipt"), "register:verify"),
    (_("Follow my request"), "information:follow"),
    (_("No answer, or a refusal"), "information:remedies"),
    (_("Deadline calculator"), "calculator:deadline"),
    (_("Published answers"), "publication:log"),
    (_("Proactive publication"), "publication:transparency"),
    (_("Officers' desk"), "desk:home"),
)


def _entries(table: tuple[tuple[object, str], ...], path: str) -> tuple[MenuEntry, ...]:
    entries = []
    for label, name in table:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        entries.append(MenuEntry(label, url, path.startswith(url)))  # type: ignore[arg-type]
    return tuple(entries)


def languages(path: str) -> tuple[LanguageLink, ...]:
    """Return the three links of the language switch."""
    current = get_language()
    return tuple(
        LanguageLink(
            code, name, rules.in_language(path, code) or f"/language/{code}/", code == current
        )
        for code, name in settings.LANGUAGES
    )


def _statements(known: facts.Facts, code: str) -> tuple[MenuEntry, ...]:
    """Return the statements in this language; none of another language under this prefix."""
    return tuple(
        MenuEntry(title, f"/{code}/{slug}/", False)
        for language, slug, title in known.statements
        if language == code
    )


def _place(request: HttpRequest, community: Community) -> subjects.Place:
    match = request.resolver_match
    return subjects.Place(
        origin=f"{request.scheme}://{request.get_host()}",
        path=request.path_info,
        route=match.view_name if match else "",
        community_key=community.key,
    )


def of_request(request: HttpRequest) -> Chrome:
    """Return the frame of this page. At most one query, unless the facts are stale."""
    path = request.path_info
    code = get_language() or settings.LANGUAGE_CODE
    bare = Chrome(_entries(MENU, path), languages(path), _entries(FOOTER, path), f"/{code}/")
    community: Community | None = getattr(request, "community", None)
    if community is None:
        return bare
    known = facts.of(community, clock.today())
    return replace(
        bare,
        statements=_statements(known, code),
        officer=known.officer,
        strip=known.strip(clock.now()),
        is_demonstration=known.is_demonstration,
        action=next(iter(_entries(ACTION, path)), None),
        place=_place(request, community),
    )
