"""Homes, pages and images of communities for tests."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupCollectionPermission

from infitah.community.models import Community
from infitah.core.queries import generations
from infitah.kernel.slugs import slug_of
from infitah.website import rules
from infitah.website.models import HomePage, StandardPage
from infitah.website.operations import create_homes

BACK_OFFICE = [
    pytest.mark.django_db,
    # Willow leaves the closing of its temporary file to the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
OTHERS = "صفحة البهاليل السرية"
OTHER_IMAGE = "صورة البهاليل"


def home_of(community: Community, code: str = "ar") -> HomePage:
    """Return the home in a language, made with the others where it is missing."""
    create_homes(community=community)
    return HomePage.objects.get(community=community, locale__language_code=code)


def page_below(parent: HomePage | StandardPage, title: str, **more: object) -> StandardPage:
    """Return a published page."""
    parent.refresh_from_db()
    slug = more.pop("slug", slug_of(title))
    page = parent.add_child(
        instance=StandardPage(title=title, slug=slug, locale=parent.locale, **more)
    )
    revision = page.save_revision()
    if page.live:
        revision.publish()
        page.refresh_from_db()
    return page


def edit(page: HomePage | StandardPage) -> str:
    """Return where the back office edits a page."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def image_of(community: Community, title: str):
    """Return an image in the collection of the community."""
    group = Group.objects.get(name=rules.group_name(community.key))
    held = GroupCollectionPermission.objects.filter(group=group).first()
    return get_image_model().objects.create(
        title=title, file=get_test_image_file(), collection=held.collection
    )


def generation(community: Community) -> int:
    """Return how often the pages of the site became stale."""
    return generations(community.key).get("site", 0)
