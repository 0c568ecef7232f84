"""Wagtail's back office: who enters, and in which language (website.md 2.2)."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from infitah.community.models import AccessGrant, Appointment
from infitah.community.operations import close_access, grant_access
from infitah.community.tests.factories import (
    AccessGrantFactory,
    AppointmentFactory,
    UserFactory,
    grant,
    log_in,
)
from infitah.core.operations import dispatch_events
from infitah.core.viewer import Actor
from infitah.website import rules
from infitah.website.models import StandardPage
from infitah.website.operations import sync_editor
from infitah.website.tests.factories import BACK_OFFICE, edit

pytestmark = BACK_OFFICE
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


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
