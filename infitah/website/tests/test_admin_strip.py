"""The emergency strip in Wagtail's back office: set, changed and ended by operations."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from infitah.website.models import EmergencyStrip
from infitah.website.tests.factories import BACK_OFFICE, OTHERS

pytestmark = BACK_OFFICE
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


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
