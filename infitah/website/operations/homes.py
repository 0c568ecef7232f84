"""Homes of a community in the three languages, drafts of translations, the age of kept pages."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from infitah.community.models import Community
from infitah.community.queries import by_key
from infitah.core.models import Outbox
from infitah.core.operations import bump
from infitah.website.models import HomePage, StandardPage
from infitah.website.operations.editors import make_editors
from infitah.website.rules import STATEMENTS
from infitah.website.statements import LEADS, SEATS, WORDING

DEFAULT_PARTS = ("consultations", "programme", "communes")
"""What is open now comes first: it ends; the programme stays."""


def _locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def _parts(community: Community) -> list[tuple[str, None]]:
    has_communes = community.kind != Community.Kind.COMMUNE
    names = [name for name in DEFAULT_PARTS if name != "communes" or has_communes]
    return [(name, None) for name in names]


@transaction.atomic
def create_homes(*, community: Community) -> list[HomePage]:
    """Make and publish a home page in each language, and the site of the community's host.

    Idempotent: what stands already stays. The title is the institution's name.
    """
    first: HomePage | None = None
    homes = []
    root = Page.objects.get(depth=1)  # made by Wagtail's own migrations
    for code, _name in settings.LANGUAGES:
        home = HomePage.objects.filter(
            community=community, locale__language_code=code
        ).first() or _new_home(root, community, code, first)
        first = first or home
        homes.append(home)
        _add_statements(home, code)
    Site.objects.update_or_create(
        hostname=community.host or community.slug,
        defaults={
            "root_page": homes[0],
            "site_name": community.institution.in_language("ar"),
            "is_default_site": community.is_default,
            "port": 80,
        },
    )
    make_editors(community=community)
    bump(community.key, "site")
    return homes


def on_founded(*, event: Outbox, now: datetime) -> None:
    """Give a community founded later its homes, if it has a host (event `community.founded`)."""
    community = by_key(event.community_key)
    if community.host:
        create_homes(community=community)


@transaction.atomic
def refresh(*, community_key: str) -> None:
    """Make every kept page of the community stale: its editorial pages changed."""
    bump(community_key, "site")


def _new_home(root: Page, community: Community, code: str, first: HomePage | None) -> HomePage:
    home = HomePage(
        title=community.institution.in_language(code),
        slug=f"{community.slug}-{code}",
        locale=_locale(code),
        community=community,
        lead=LEADS.get(code, ""),
        body=_parts(community),
    )
    if first is not None:
        home.translation_key = first.translation_key
    root.refresh_from_db()
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _add_statements(home: HomePage, code: str) -> None:
    """Add the statements in their first wording, where the language has one."""
    standing = set(home.get_children().values_list("slug", flat=True))
    for slug in STATEMENTS:
        wording = WORDING.get((slug, code))
        if wording is None or slug in standing:
            continue
        home.refresh_from_db()
        seat = SEATS[home.community.kind]
        lines = [paragraph.replace("{seat}", seat) for paragraph in wording.paragraphs]
        text = "".join(f"<p>{line}</p>" for line in lines)
        page = StandardPage(title=wording.title, slug=slug, locale=home.locale, intro=text)
        # Wagtail takes a page without a version off the site when its next one is scheduled.
        home.add_child(instance=page).save_revision().publish()


@transaction.atomic
def translate_page(*, page: Page, locale: Locale) -> Page:
    """Return the draft of `page` in `locale`, made with its missing parents where needed.

    Parents are drafts too: Wagtail's own way would publish them at once, with the Arabic text
    under another language's address.
    """
    existing = page.get_translation_or_none(locale)
    if existing is not None:
        return existing
    parent = page.get_parent()
    if parent is not None and not parent.is_root():
        translate_page(page=parent.specific, locale=locale)
    draft: Page = page.copy_for_translation(locale)
    return draft
