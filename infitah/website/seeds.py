"""Demonstration data of the website: homes of every community that has a host."""

from wagtail.models import Page, Site

from infitah.community.models import Community
from infitah.website.operations import create_homes


def seed_website() -> None:
    """Make the homes; Wagtail's own welcome page goes. Idempotent."""
    for community in Community.objects.with_host().order_by("-is_default", "pk"):
        create_homes(community=community)
    Site.objects.exclude(hostname__in=Community.objects.with_host().values("host")).delete()
    for page in Page.objects.filter(depth=2, slug="home"):
        page.delete()
