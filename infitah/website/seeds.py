"""Demonstration data of the website: homes of every community that has a host."""

from dataclasses import replace
from datetime import datetime

from wagtail.models import Page, Site

from infitah.community.models import Community
from infitah.community.operations import CommunityChanges, edit_community
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.website.operations import create_homes


def seed_website() -> None:
    """Make the homes; Wagtail's own welcome page goes. Idempotent."""
    for community in Community.objects.with_host().order_by("-is_default", "pk"):
        create_homes(community=community)
    Site.objects.exclude(hostname__in=Community.objects.with_host().values("host")).delete()
    for page in Page.objects.filter(depth=2, slug="home"):
        page.delete()


def seed_contact(community: Community, *, by: Actor, now: datetime) -> None:
    """Give the demonstration an invented address to write to, and the place of its counter."""
    if community.email:
        return
    stated = CommunityChanges.of(community)
    changes = replace(
        stated,
        email="contact@sefrou.example",
        address=LocalizedText(ar="مقر المجلس الإقليمي، صفرو", fr="Siège du conseil, Sefrou"),
    )
    edit_community(community=community, changes=changes, by=by, now=now)
