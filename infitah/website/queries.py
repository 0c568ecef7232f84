"""Reads of the website: pages by community and language, the strip."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Max, Min, Q, QuerySet
from django.utils.translation import get_language
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, Page, Revision

from infitah.community.models import Community, User
from infitah.core.viewer import Viewer
from infitah.ledger.models import Entry
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


def page_below(start: HomePage, slugs: list[str], now: datetime) -> Page | None:
    """Return the page that `slugs` lead to from `start` and that stands now. A query a level."""
    page: Page = start
    for slug in slugs:
        found = _standing(page.get_children(), now).filter(slug=slug).first()
        if found is None:
            return None
        page = found
    return page


def _standing(pages: QuerySet[Page], now: datetime) -> QuerySet[Page]:
    """Return those of `pages` that are published and have not ended, to the second."""
    return pages.filter(live=True).exclude(expire_at__lte=now)


def ended_pages(now: datetime) -> QuerySet[Page]:
    """Return the pages whose end came while they are published; a home has no end."""
    ended: QuerySet[Page] = Page.objects.live().not_type(HomePage).filter(expire_at__lte=now)
    return ended.order_by("expire_at", "pk")


def due_revisions(now: datetime) -> QuerySet[Revision]:
    """Return the versions of pages whose moment to appear has come, in that order."""
    due: QuerySet[Revision] = Revision.page_revisions.filter(approved_go_live_at__lte=now)
    return due.order_by("approved_go_live_at", "pk")


def home_above(page: Page) -> HomePage | None:
    """Return the home that `page` stands below, with its community. One query."""
    homes = HomePage.objects.ancestor_of(page, inclusive=True)
    return homes.select_related("community").first()


def next_moment(viewer: Viewer, now: datetime) -> datetime | None:
    """Return when pages or the strip change next by the clock, None if never. Four queries.

    A page that appears is looked for in every community: at worst a page is made anew too early.
    """
    pages = pages_of(Page.objects.live(), viewer).filter(expire_at__gt=now)
    coming = Revision.page_revisions.filter(approved_go_live_at__gt=now)
    strips = EmergencyStrip.objects.visible_to(viewer)
    moments = (
        pages.aggregate(at=Min("expire_at"))["at"],
        coming.aggregate(at=Min("approved_go_live_at"))["at"],
        *strips.aggregate(
            since=Min("since", filter=Q(since__gt=now)), until=Min("until", filter=Q(until__gt=now))
        ).values(),
    )
    return min((moment for moment in moments if moment), default=None)


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


def standing_languages(page: Page, now: datetime) -> tuple[str, ...]:
    """Return the languages in which `page` can be read now, in the languages' order.

    A translation below a page that is not published has no address; a home whose name is not
    known in its language only repeats another. Two queries at most.
    """
    if isinstance(page, HomePage):
        homes = HomePage.objects.live().filter(community=page.community_id)
        return _own_homes(homes.select_related("locale", "community"))
    pages = _standing(page.get_translations(inclusive=True), now)
    rows = dict(pages.values_list("locale__language_code", "path"))
    above = {code: _between(path) for code, path in rows.items()}
    wanted = {path for paths in above.values() for path in paths}
    held = _standing(Page.objects.filter(path__in=wanted), now)
    found = set(held.values_list("path", flat=True))
    return tuple(
        code for code, _name in settings.LANGUAGES if code in rows and found.issuperset(above[code])
    )


def _own_homes(homes: Iterable[HomePage]) -> tuple[str, ...]:
    own = {home.title_language for home in homes if home.says_its_name()}
    return tuple(code for code, _name in settings.LANGUAGES if code in own)


def _between(path: str) -> list[str]:
    """Return the paths of the pages between a home and the page at `path`."""
    step = Page.steplen
    return [path[: depth * step] for depth in range(3, len(path) // step)]


def last_act_on(community_key: str, reference: str) -> date | None:
    """Return the day of the last act about a record. One query; none without a reference."""
    if not reference:
        return None
    acts = Entry.objects.filter(community_key=community_key, subject=reference)
    found: date | None = acts.aggregate(day=Max("occurred_on"))["day"]
    return found


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


def editorial(
    viewer: Viewer, now: datetime
) -> list[tuple[tuple[tuple[str, str], ...], datetime | None]]:
    """Return each published page once: its (language, path) pairs and its last change. 2 queries.

    A page below one that is not published has no address and is left out, and so is a home whose
    name is not known in its language.
    """
    homes = HomePage.objects.live().filter(community_id=viewer.community_id)
    standing = list(homes.select_related("locale", "community"))
    heads = {home.path: home.url_path for home in standing}
    silent = {home.path for home in standing if not home.says_its_name()}
    pages = pages_of(_standing(Page.objects.all(), now), viewer).order_by("path")
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
        if path in silent:
            continue
        above = (url for start, url in heads.items() if path.startswith(start))
        head = heads.get(path) or next(above)
        found.setdefault(key, []).append((code, f"/{code}/{url_path.removeprefix(head)}"))
        changed[key] = max(filter(None, (changed.get(key), at)), default=None)
    return [(tuple(sorted(paths)), changed[key]) for key, paths in found.items()]
