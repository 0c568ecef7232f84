"""Homes, strips, drafts: what the operations of the website leave behind."""

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from infitah.community.tests.factories import CommunityFactory
from infitah.core.models import Generation
from infitah.core.operations import dispatch_events, post_event
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.website import rules
from infitah.website.models import EmergencyStrip, HomePage
from infitah.website.operations import (
    StripRefused,
    create_homes,
    end_strip,
    set_strip,
    translate_page,
)
from infitah.website.tests.factories import home_of, page_below

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
BY = Actor("officer", "focal", "focal_point")
WORDS = LocalizedText(ar="تنبيه: انقطاع الماء غدا", fr="Coupure d'eau demain")
database = pytest.mark.django_db


def strip_of(community, **more):
    given = {"text": WORDS, "since": NOW, "until": NOW + timedelta(days=1)} | more
    return set_strip(community=community, by=BY, now=NOW, **given)


def counts():
    models = (Page, Site, GroupPagePermission, GroupCollectionPermission)
    return [model.objects.count() for model in models]


@database
def test_homes_are_made_once(sefrou):
    first = [home.pk for home in create_homes(community=sefrou.province)]
    standing = counts()
    assert [home.pk for home in create_homes(community=sefrou.province)] == first
    assert counts() == standing
    homes = HomePage.objects.filter(community=sefrou.province)
    assert {home.locale.language_code for home in homes} == {"ar", "fr", "zgh"}
    assert len({home.translation_key for home in homes}) == 1


@database
def test_a_home_gives_its_editors_nothing_beyond_itself(sefrou):
    create_homes(community=sefrou.province)
    create_homes(community=sefrou.other)
    held = GroupPagePermission.objects.filter(group__name="pages:SFR")
    homes = HomePage.objects.filter(community=sefrou.province)
    assert {row.page_id for row in held} == {home.pk for home in homes}
    collections = [
        set(
            GroupCollectionPermission.objects.filter(group__name=name).values_list(
                "collection", flat=True
            )
        )
        for name in ("pages:SFR", "pages:BHL")
    ]
    assert len(collections[0]) == len(collections[1]) == 1
    assert collections[0] != collections[1]


@database
@pytest.mark.parametrize(("host", "homes"), [("later.localhost", 3), (None, 0)])
def test_a_community_founded_later_has_its_homes_once_the_worker_ran(host, homes, sefrou):
    later = CommunityFactory(key="LTR", slug="later", host=host)
    post_event(
        kind="community.founded",
        community_key="LTR",
        subject="LTR",
        payload={},
        dedupe_key="community.founded/LTR",
        now=NOW,
    )
    while dispatch_events(now=NOW):
        pass
    assert HomePage.objects.live().filter(community=later).count() == homes


@database
def test_a_strip_is_in_the_register_and_makes_pages_stale(sefrou):
    strip = strip_of(sefrou.province)
    entry = Entry.objects.filter(community_key="SFR").latest("number")
    assert (entry.act, entry.subject) == ("website.strip_set", f"SFR/strip/{strip.pk}")
    assert Generation.objects.get(community_key="SFR", kind="site").number > 0


@database
def test_a_strip_stands_on_every_page_until_it_ends(sefrou, client):
    home_of(sefrou.province)
    real = datetime.now(UTC)
    strip = strip_of(sefrou.province, since=real - timedelta(hours=1), until=None)
    page = client.get("/ar/programme/", headers={"host": "localhost"}).content.decode()
    assert WORDS.ar in page
    end_strip(strip=strip, by=BY, now=real)
    page = client.get("/ar/programme/", headers={"host": "localhost"}).content.decode()
    assert WORDS.ar not in page
    act = Entry.objects.filter(community_key="SFR").latest("number").act
    assert act == "website.strip_ended"


@database
def test_a_strip_that_never_began_can_be_ended_and_one_that_ended_cannot(sefrou):
    strip = strip_of(sefrou.province, since=NOW + timedelta(days=2), until=None)
    ended = end_strip(strip=strip, by=BY, now=NOW)
    assert ended.since < ended.until == NOW
    with pytest.raises(StripRefused):
        end_strip(strip=strip, by=BY, now=NOW)


@database
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": LocalizedText(ar=" ", fr="Alerte")}, "text"),
        ({"until": NOW}, "until"),
        ({"until": NOW - timedelta(seconds=1)}, "until"),
    ],
)
def test_a_strip_without_arabic_or_without_time_is_refused(more, field, sefrou):
    with pytest.raises(StripRefused) as refused:
        strip_of(sefrou.province, **more)
    assert refused.value.field == field
    assert not EmergencyStrip.objects.exists()


@database
def test_a_strip_of_another_community_cannot_be_changed(sefrou):
    theirs = strip_of(sefrou.other)
    with pytest.raises(EmergencyStrip.DoesNotExist):
        strip_of(sefrou.province, strip=theirs)


@database
def test_a_translation_is_a_draft_like_its_parents_and_no_alias(sefrou):
    home = home_of(sefrou.province)
    leaf = page_below(page_below(home, "قسم", slug="section"), "صفحة", slug="leaf")
    draft = translate_page(page=leaf, locale=Locale.objects.get(language_code="fr"))
    parent = draft.get_parent()
    assert not draft.live and not parent.live
    assert draft.alias_of is None and parent.alias_of is None
    assert parent.get_parent().specific.locale.language_code == "fr"


def test_apps_keep_the_first_words_of_addresses():
    assert not rules.may_be_slug("programme", is_first_level=True)
    assert rules.may_be_slug("programme", is_first_level=False)
    assert rules.may_be_slug("citizens", is_first_level=True)
