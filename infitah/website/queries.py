"""Reads of the website: pages by community and language, the strip."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, Page

from infitah.community.models import Community, User
from infitah.core.viewer import Viewer
from infitah.website import rules
from infitah.website.models import EmergencyStrip, HomePage


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """A page that exists in another language only."""

    code: str
    title: str
    url: str


def home(viewer: Viewer, language: str) -> HomePage | None:
    """Return the published home page of the viewer's community in `language`. One query."""
    homes = HomePage.objects.live().filter(
        community_id=viewer.community_id, locale__language_code=language
    )
    return homes.select_related("locale").first()


def homes_elsewhere(viewer: Viewer) -> list[HomePage]:
    """Return the published home pages of the community in the other languages. One query."""
    homes = HomePage.objects.live().filter(community_id=viewer.community_id)
    others = homes.exclude(locale__language_code=get_language() or "")
    return list(others.select_related("locale").order_by("pk"))


def page_below(start: HomePage, slugs: list[str]) -> Page | None:
    """Return the published page that `slugs` lead to from `start`. One query a level."""
    page: Page = start
    for slug in slugs:
        found = page.get_children().live().filter(slug=slug).first()
        if found is None:
            return None
        page = found
    return page


def strip(viewer: Viewer, now: datetime) -> EmergencyStrip | None:
    """Return the sentence that stands on top of every page now, if any. One query."""
    return EmergencyStrip.objects.visible_to(viewer).current(now).order_by("-since").first()


def pages_of(pages: QuerySet[Page], viewer: Viewer) -> QuerySet[Page]:
    """Return those of `pages` that stand below the homes of the viewer's community. One query."""
    homes = HomePage.objects.filter(community_id=viewer.community_id)
    below = Q(pk__in=[])
    for path in homes.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return pages.filter(below)


def missing_languages(page: Page) -> QuerySet[Locale]:
    """Return the languages in which `page` does not stand yet. One query."""
    standing = page.get_translations(inclusive=True).values("locale_id")
    return Locale.objects.exclude(pk__in=standing)


def images_of(viewer: Viewer) -> QuerySet[AbstractImage]:
    """Return the images in the collections of the community's editors. One query."""
    group = rules.group_name(viewer.community_key)
    images: QuerySet[AbstractImage] = get_image_model().objects.filter(
        collection__group_permissions__group__name=group
    )
    return images.distinct()


def editor_groups(user: User) -> list[Group]:
    """Return the groups of page editors that `user` is in. One query."""
    return list(user.groups.filter(name__startswith=rules.GROUP_PREFIX))


def editor_group(community: Community) -> Group | None:
    """Return the group of the community's page editors, None before its homes. One query."""
    return Group.objects.filter(name=rules.group_name(community.key)).first()


def editorial(viewer: Viewer) -> list[tuple[tuple[tuple[str, str], ...], datetime | None]]:
    """Return each published page once: its (language, path) pairs and its last change. 2 queries.

    A page below one that is not published has no address and is left out.
    """
    homes = HomePage.objects.live().filter(community_id=viewer.community_id)
    heads = dict(homes.values_list("path", "url_path"))
    pages = pages_of(Page.objects.live(), viewer).order_by("path")
    kept: set[str] = set()
    found: dict[object, list[tuple[str, str]]] = {}
    changed: dict[object, datetime | None] = {}
    rows = pages.values_list(
        "path", "url_path", "translation_key", "locale__language_code", "last_published_at"
    )
    for path, url_path, key, code, at in rows:
        if path not in heads and path[: -Page.steplen] not in kept:
            continue
        kept.add(path)
        above = (url for start, url in heads.items() if path.startswith(start))
        head = heads.get(path) or next(above)
        found.setdefault(key, []).append((code, f"/{code}/{url_path.removeprefix(head)}"))
        changed[key] = max(filter(None, (changed.get(key), at)), default=None)
    return [(tuple(sorted(paths)), changed[key]) for key, paths in found.items()]
