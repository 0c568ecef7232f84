"""The frame of public pages: menu, languages, footer, as plain values for `design/page.html`."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Community
from infitah.core import clock
from infitah.website import facts
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


# The information architecture of `website.md` 7, as far as its pages exist.
MENU: tuple[tuple[object, str], ...] = (
    (_("Openness programme"), "programme:index"),
    (_("Consultations and ideas"), "participation:index"),
    (_("The council"), "council:index"),
    (_("Register of acts"), "register:index"),
)
FOOTER: tuple[tuple[object, str], ...] = (
    (_("Verify a receipt"), "register:verify"),
    (_("My ideas"), "participation:mine"),
    (_("Deadline calculator"), "information:deadline"),
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


def _in_language(path: str, code: str) -> str:
    """Return the address of the same page under another language's prefix."""
    _empty, first, rest = [*path.split("/", 2), "", ""][:3]
    codes = {known for known, _name in settings.LANGUAGES}
    return f"/{code}/{rest}" if first in codes else f"/language/{code}/"


def languages(path: str) -> tuple[LanguageLink, ...]:
    """Return the three links of the language switch."""
    current = get_language()
    return tuple(
        LanguageLink(code, name, _in_language(path, code), code == current)
        for code, name in settings.LANGUAGES
    )


def _statements(known: facts.Facts, code: str) -> tuple[MenuEntry, ...]:
    """Return the statements in this language; none of another language under this prefix."""
    return tuple(
        MenuEntry(title, f"/{code}/{slug}/", False)
        for language, slug, title in known.statements
        if language == code
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
    )
