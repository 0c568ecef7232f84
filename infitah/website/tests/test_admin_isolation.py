"""Wagtail's back office: nobody sees another community, nor what belongs to the house."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from wagtail.images import get_image_model

from infitah.website.models import EmergencyStrip, StandardPage
from infitah.website.tests.factories import BACK_OFFICE, OTHER_IMAGE, OTHERS

pytestmark = BACK_OFFICE
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

LISTS = [
    "/admin/",
    "/admin/pages/",
    "/admin/pages/search/?q=%D8%B5%D9%81%D8%AD%D8%A9",
    "/admin/api/main/pages/",
    "/admin/api/main/pages/?search=%D8%B5%D9%81%D8%AD%D8%A9",
    "/admin/api/main/images/",
    "/admin/images/",
    "/admin/images/chooser/",
    "/admin/images/chooser/results/?q=%D8%B5%D9%88%D8%B1%D8%A9",
    "/admin/choose-page/",
    "/admin/choose-page/search/?q=%D8%B5%D9%81%D8%AD%D8%A9",
    "/admin/reports/locked/",
    "/admin/reports/site-history/",
    "/admin/reports/aging-pages/",
    "/admin/strips/",
]


@pytest.mark.parametrize("address", LISTS)
def test_lists_hold_nothing_of_another_community(address, editor, sefrou):
    EmergencyStrip.objects.create(
        community=sefrou.other, text={"ar": OTHERS, "fr": "", "zgh": ""}, since=NOW
    )
    answer = editor.get(address)
    assert answer.status_code == 200, answer
    text = answer.content.decode().encode().decode("unicode_escape", "ignore")
    for words in (OTHERS, OTHER_IMAGE):
        assert words not in answer.content.decode()
        assert words not in text


def test_own_pages_and_images_are_listed(editor, homes):
    mine, _theirs = homes
    assert "صفحة الإقليم" in editor.get(f"/admin/pages/{mine.pk}/").content.decode()
    assert "صورة الإقليم" in editor.get("/admin/images/").content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:usage",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:unpublish",
        "wagtailadmin_pages:move",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:lock",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:add_subpage",
        "wagtailadmin_explore",
        "wagtailadmin_choose_page_child",
    ],
)
def test_no_address_of_another_communitys_page_answers(name, editor, homes):
    _mine, theirs = homes
    for page in (theirs, StandardPage.objects.get(slug="theirs")):
        assert editor.get(reverse(name, args=[page.pk])).status_code == 404


def test_another_communitys_page_is_not_even_found_by_the_api(editor, homes):
    _mine, theirs = homes
    assert editor.get(f"/admin/api/main/pages/{theirs.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["edit", "delete", "image_usage", "url_generator"])
def test_no_address_of_another_communitys_image_answers(name, editor, homes):
    image = get_image_model().objects.get(title=OTHER_IMAGE)
    assert editor.get(reverse(f"wagtailimages:{name}", args=[image.pk])).status_code == 404
    assert editor.get(reverse("wagtailimages_chooser:chosen", args=[image.pk])).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/admin/reports/page-types-usage/",
        "/admin/reports/page-types-usage/results/",
        "/admin/users/",
        "/admin/users/new/",
        "/admin/groups/",
        "/admin/sites/",
        "/admin/locales/",
        "/admin/workflows/list/",
        "/admin/workflows/tasks/index/",
        "/admin/collections/",
        "/admin/collections/add/",
        "/admin/snippets/",
        "/admin/tag-autocomplete/",
        "/admin/failwhale/",
    ],
)
def test_what_belongs_to_the_house_is_closed(address, editor):
    assert editor.get(address).status_code == 404


def test_the_menu_offers_nothing_that_is_closed(editor):
    text = editor.get("/admin/").content.decode()
    for address in ("page-types-usage", "/admin/users/", "/admin/sites/", "/admin/locales/"):
        assert address not in text


def test_bulk_acts_reach_no_page_of_another_community(editor, homes):
    theirs = StandardPage.objects.get(slug="theirs")
    _mine, home = homes
    for chosen in (f"id={theirs.pk}", f"id=all&childOf={home.pk}"):
        address = f"/admin/bulk/wagtailcore/page/delete/?{chosen}&next=/admin/"
        assert editor.get(address).status_code == 404
        assert editor.post(address).status_code == 404
    image = get_image_model().objects.get(title=OTHER_IMAGE)
    address = f"/admin/bulk/wagtailimages/image/delete/?id={image.pk}&next=/admin/"
    assert editor.get(address).status_code == 404
    assert StandardPage.objects.filter(pk=theirs.pk).exists()
