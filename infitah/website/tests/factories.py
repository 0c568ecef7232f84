"""Homes, pages and images of communities for tests."""

from django.contrib.auth.models import Group
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupCollectionPermission

from infitah.community.models import Community
from infitah.website import rules
from infitah.website.models import HomePage, StandardPage
from infitah.website.operations import create_homes


def home_of(community: Community, code: str = "ar") -> HomePage:
    """Return the home in a language, made with the others where it is missing."""
    create_homes(community=community)
    return HomePage.objects.get(community=community, locale__language_code=code)


def page_below(parent: HomePage | StandardPage, title: str, **more: object) -> StandardPage:
    """Return a published page."""
    parent.refresh_from_db()
    slug = more.pop("slug", rules.slug_of(title))
    page = parent.add_child(
        instance=StandardPage(title=title, slug=slug, locale=parent.locale, **more)
    )
    revision = page.save_revision()
    if page.live:
        revision.publish()
        page.refresh_from_db()
    return page


def image_of(community: Community, title: str):
    """Return an image in the collection of the community."""
    group = Group.objects.get(name=rules.group_name(community.key))
    held = GroupCollectionPermission.objects.filter(group=group).first()
    return get_image_model().objects.create(
        title=title, file=get_test_image_file(), collection=held.collection
    )
