"""Wagtail's back office: who enters, and that nobody sees another community (website.md 2.2)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from infitah.community.models import AccessGrant, Appointment
from infitah.community.operations import close_access, grant_access
from infitah.community.tests.factories import (
    AccessGrantFactory,
    AppointmentFactory,
    UserFactory,
    grant,
    log_in,
)
from infitah.core.models import Generation
from infitah.core.operations import dispatch_events
from infitah.core.viewer import Actor
from infitah.website import rules
from infitah.website.models import EmergencyStrip, HomePage, StandardPage
from infitah.website.operations import sync_editor
from infitah.website.tests.factories import home_of, image_of, page_below
from tests.worlds import keep

pytestmark = [
    pytest.mark.django_db,
    # Willow leaves the closing of its temporary file to the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
OTHERS = "صفحة البهاليل السرية"
OTHER_IMAGE = "صورة البهاليل"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def homes(sefrou):
    """Homes of the province and of a commune, with a page, a draft and an image of the latter."""
    return keep("homes and pages", lambda: make_homes(sefrou))


def make_homes(sefrou):
    mine, theirs = home_of(sefrou.province), home_of(sefrou.other)
    page_below(mine, "صفحة الإقليم", slug="ours")
    page_below(theirs, OTHERS, slug="theirs")
    image_of(sefrou.other, OTHER_IMAGE)
    image_of(sefrou.province, "صورة الإقليم")
    return mine, theirs


@pytest.fixture
def editor(sefrou, homes, client):
    return log_in(client, grant(sefrou.province, "editor", username="editor"), sefrou.province)


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def page_form(page, **more):
    return {
        "title": page.title,
        "slug": page.slug,
        "summary": "",
        "intro": "null",
        "body-count": "0",
        "review_by": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "action-publish",
    } | more


def generation(community):
    row = Generation.objects.filter(community_key=community.key, kind="site").first()
    return row.number if row else 0


# --- the door -------------------------------------------------------------------------------


def test_an_anonymous_visitor_is_led_to_our_own_log_in(homes, client):
    answer = client.get("/admin/", headers={"host": "localhost"})
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/account/login/?next=%2Fadmin%2F"


def test_who_holds_page_edit_enters_and_is_made_an_editor(editor, sefrou):
    answer = editor.get("/admin/")
    assert answer.status_code == 200
    user = answer.wsgi_request.user
    assert [group.name for group in user.groups.all()] == ["pages:SFR"]
    assert not user.is_superuser and not user.is_staff


@pytest.mark.parametrize(
    "office", ["moderator", "verifier", "desk_clerk", "deputy_information_officer"]
)
def test_an_officer_without_page_edit_finds_nothing(office, homes, sefrou, client):
    user = grant(sefrou.province, office, username=f"one-{office}")
    log_in(client, user, sefrou.province)
    for path in ("/admin/", "/admin/pages/", "/admin/images/", "/admin/strips/", "/admin/jsi18n/"):
        assert client.get(path).status_code == 404


def test_a_grant_of_one_community_opens_no_door_of_another(homes, sefrou, client):
    user = grant(sefrou.other, "editor", username="theirs")
    assert log_in(client, user, sefrou.province).get("/admin/").status_code == 404


def test_a_session_of_one_host_is_none_on_another(editor, sefrou):
    answer = editor.get("/admin/", headers={"host": sefrou.other.host})
    assert answer.status_code == 302
    assert "/desk/account/login/" in answer["Location"]


def test_an_appointment_that_ends_closes_the_door_at_once(editor, sefrou):
    assert editor.get("/admin/").status_code == 200
    Appointment.objects.filter(office="editor").update(ends_on=date(2023, 1, 1))
    assert editor.get("/admin/").status_code == 404


def test_an_editor_of_two_communities_works_in_one_at_a_time(homes, sefrou):
    user = grant(sefrou.province, "editor", username="both")
    appointment = AppointmentFactory(community=sefrou.other, office="editor")
    AccessGrantFactory(appointment=appointment, user=user)
    here, there = Client(), Client()
    log_in(here, user, sefrou.province)
    log_in(there, user, sefrou.other)
    theirs = StandardPage.objects.get(slug="theirs")
    assert here.get(edit(theirs)).status_code == 404
    assert there.get(edit(theirs)).status_code == 200
    assert here.get(edit(theirs)).status_code == 404
    assert here.get(edit(StandardPage.objects.get(slug="ours"))).status_code == 200


def test_a_grant_closed_at_the_desk_takes_the_group_away(editor, sefrou):
    user = editor.get("/admin/").wsgi_request.user
    held = AccessGrant.objects.get(user=user)
    close_access(grant=held, by=Actor.system("test"), now=NOW)
    while dispatch_events(now=NOW):
        pass
    assert not user.groups.exists()


def test_a_grant_opened_at_the_desk_gives_the_group(homes, sefrou):
    user = UserFactory(username="new-editor")
    appointment = AppointmentFactory(community=sefrou.province, office="editor")
    grant_access(appointment=appointment, user=user, by=Actor.system("test"), now=NOW)
    while dispatch_events(now=NOW):
        pass
    assert [group.name for group in user.groups.all()] == ["pages:SFR"]


def test_the_right_costs_one_query_once_it_stands(homes, sefrou, django_assert_num_queries):
    user = grant(sefrou.province, "editor", username="quick")
    sync_editor(user=user, community=sefrou.province, may_edit=True)
    with django_assert_num_queries(3):  # savepoint, one look, release
        sync_editor(user=user, community=sefrou.province, may_edit=True)


# --- isolation ------------------------------------------------------------------------------

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


# --- pages ----------------------------------------------------------------------------------


def test_an_editor_edits_and_publishes_a_page_of_the_community(editor, sefrou):
    page = StandardPage.objects.get(slug="ours")
    before = generation(sefrou.province)
    answer = editor.post(edit(page), page_form(page, title="عنوان جديد"))
    assert answer.status_code == 302, answer.context["form"].errors
    page.refresh_from_db()
    assert page.live and page.title == "عنوان جديد"
    assert generation(sefrou.province) > before


def test_an_editor_adds_a_page_whose_address_is_spelled_from_its_title(editor, homes):
    mine, _theirs = homes
    address = reverse("wagtailadmin_pages:add", args=["website", "standardpage", mine.pk])
    blank = StandardPage(title="ميزانية الجماعة", slug="")
    for slug in ("mizania-al-jamaa", "mizania-al-jamaa-2"):
        answer = editor.post(address, page_form(blank))
        assert answer.status_code == 302, answer.context["form"].errors
        assert StandardPage.objects.filter(slug=slug, live=True).exists()


def test_a_first_level_page_may_not_take_an_address_of_an_app(editor, homes):
    mine, _theirs = homes
    ours = StandardPage.objects.get(slug="ours")
    add = "website", "standardpage"
    blank = StandardPage(title="البرنامج", slug="programme")
    answer = editor.post(reverse("wagtailadmin_pages:add", args=[*add, mine.pk]), page_form(blank))
    assert answer.status_code == 200
    assert answer.context["form"].errors["slug"] == ["هذا العنوان مخصص لقسم من أقسام الموقع."]
    answer = editor.post(reverse("wagtailadmin_pages:add", args=[*add, ours.pk]), page_form(blank))
    assert answer.status_code == 302
    deeper = StandardPage.objects.get(slug="programme")
    assert not deeper.permissions_for_user(answer.wsgi_request.user).can_move_to(mine)
    copy = reverse("wagtailadmin_pages:copy", args=[deeper.pk])
    form = {
        "new_title": "نسخة",
        "new_slug": "programme",
        "new_parent_page": mine.pk,
        "publish_copies": "on",
    }
    answer = editor.post(copy, form)
    assert answer.status_code == 200
    assert answer.context["form"].errors["new_slug"]


def test_a_home_can_be_changed_but_neither_deleted_nor_hidden(editor, homes):
    mine, _theirs = homes
    assert editor.get(edit(mine)).status_code == 200
    for name in ("delete", "unpublish", "move", "copy"):
        answer = editor.post(reverse(f"wagtailadmin_pages:{name}", args=[mine.pk]))
        assert answer.status_code in {302, 404}, name
    editor.post(f"/admin/bulk/wagtailcore/page/delete/?id={mine.pk}&next=/admin/")
    editor.post(f"/admin/bulk/wagtailcore/page/unpublish/?id={mine.pk}&next=/admin/")
    assert HomePage.objects.live().filter(pk=mine.pk).exists()


def test_unpublishing_deleting_and_bulk_acts_make_kept_pages_stale(editor, homes, sefrou):
    mine, _theirs = homes
    for title, name in (("أولى", "unpublish"), ("ثانية", "delete")):
        page = page_below(mine, title, slug=name)
        before = generation(sefrou.province)
        editor.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        assert generation(sefrou.province) > before
    page = page_below(mine, "ثالثة", slug="third")
    before = generation(sefrou.province)
    editor.post(f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}&next=/admin/")
    assert not StandardPage.objects.live().filter(pk=page.pk).exists()
    assert generation(sefrou.province) > before


def test_a_translation_is_made_as_a_draft_with_its_missing_parents(editor):
    ours = StandardPage.objects.get(slug="ours")
    below = page_below(ours, "فرعية", slug="below")
    address = reverse("website_translate", args=[below.pk, "fr"])
    assert editor.get(address).status_code == 200
    answer = editor.post(address)
    draft = below.get_translation(Locale.objects.get(language_code="fr"))
    assert answer["Location"] == edit(draft)
    assert not draft.live and not Page.objects.get(pk=draft.get_parent().pk).live
    again = editor.post(address)
    assert again["Location"] == edit(draft)


def test_a_page_of_another_community_is_not_translated(editor):
    theirs = StandardPage.objects.get(slug="theirs")
    assert editor.post(reverse("website_translate", args=[theirs.pk, "fr"])).status_code == 404


# --- the strip ------------------------------------------------------------------------------


def days_from_now(days: int) -> str:
    return f"{timezone.localtime() + timedelta(days=days):%Y-%m-%d %H:%M}"


def strip_form(ar="تنبيه: انقطاع الماء", **more):
    return {
        "text_ar": ar,
        "text_fr": "Coupure d'eau",
        "since": days_from_now(-1),
        "until": days_from_now(1),
    } | more


def test_a_strip_is_set_changed_and_ended_by_operations(editor, sefrou, client):
    answer = editor.post("/admin/strips/new/", strip_form())
    assert answer.status_code == 302, answer.context["form"].errors
    strip = EmergencyStrip.objects.get()
    assert strip.community == sefrou.province
    answer = editor.post(f"/admin/strips/edit/{strip.pk}/", strip_form("تنبيه: عاد الماء"))
    assert answer.status_code == 302, answer.context["form"].errors
    strip.refresh_from_db()
    assert strip.text.ar == "تنبيه: عاد الماء"
    assert editor.get(f"/admin/strips/delete/{strip.pk}/").status_code == 200
    assert editor.post(f"/admin/strips/delete/{strip.pk}/").status_code == 302
    strip.refresh_from_db()
    assert strip.until is not None and strip.until > strip.since


def test_a_strip_that_ends_before_it_begins_is_refused_beside_the_field(editor):
    answer = editor.post("/admin/strips/new/", strip_form(until=days_from_now(-2)))
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not EmergencyStrip.objects.exists()


def test_a_strip_of_another_community_does_not_exist_here(editor, sefrou):
    theirs = EmergencyStrip.objects.create(
        community=sefrou.other, text={"ar": OTHERS, "fr": "", "zgh": ""}, since=NOW
    )
    for act in ("edit", "delete"):
        address = f"/admin/strips/{act}/{theirs.pk}/"
        assert editor.get(address).status_code == 404
        assert editor.post(address, strip_form()).status_code == 404


# --- language -------------------------------------------------------------------------------


def test_the_back_office_speaks_the_language_of_the_desk(editor):
    first = editor.get("/admin/")
    assert '<html lang="ar" dir="rtl"' in " ".join(first.content.decode().split())
    user = first.wsgi_request.user
    user.language = "fr"
    user.save()
    assert 'lang="fr"' in editor.get("/admin/").content.decode()
    user.wagtail_userprofile.refresh_from_db()
    assert user.wagtail_userprofile.preferred_language == "fr"


def test_the_account_page_stands_in_each_language_and_changes_that_of_the_desk(editor):
    page = editor.get("/admin/account/")
    assert page.status_code == 200
    user = page.wsgi_request.user
    form = {
        "locale-preferred_language": "fr",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    answer = editor.post("/admin/account/", form)
    assert answer.status_code == 302, [
        panel.get_form().errors
        for panels in answer.context["panels_by_tab"].values()
        for panel in panels
    ]
    user.refresh_from_db()
    assert user.language == "fr"
    assert 'lang="fr"' in editor.get("/admin/account/").content.decode()


def test_the_name_of_the_group_holds_the_key_of_the_community():
    assert rules.group_name("SFR") == "pages:SFR"
