"""Pages that begin and end by the clock: shown, hidden, and kept no longer than they stand."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import RequestFactory
from wagtail.models import Page

from infitah.community.tests.factories import grant, log_in
from infitah.core.jobs import Timetable
from infitah.core.models import JobLock
from infitah.core.registry import JOBS
from infitah.core.viewer import Viewer
from infitah.website import operations, views
from infitah.website.models import EmergencyStrip, HomePage
from infitah.website.tests.factories import edit, generation, home_of, page_below

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def at():
    """Return the function that sets the clock."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller.move_to


def get(client, path):
    return client.get(path, headers={"host": "localhost"})


def scheduled(page, **times):
    """Give a page its times as the back office does: a version with them, then published."""
    for name, value in times.items():
        setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def work():
    """Let the worker do what is due, whenever it did so last."""
    JobLock.objects.filter(name="website.schedule").update(last_run_at=None)
    timetable = Timetable("test")
    timetable._run(JOBS["website.schedule"])


def draft_below(home, title, slug):
    page = page_below(home, title, slug=slug, live=False)
    assert not page.live
    return page


def test_a_page_appears_when_its_moment_comes(home, sefrou, client, at):
    page = scheduled(draft_below(home, "مباراة توظيف", "jobs"), go_live_at=NOW + HOUR)
    work()
    assert get(client, "/ar/jobs/").status_code == 404
    before = generation(sefrou.province)
    at(NOW + HOUR + timedelta(minutes=1))
    work()
    assert get(client, "/ar/jobs/").status_code == 200
    assert generation(sefrou.province) > before
    assert Page.objects.get(pk=page.pk).get_latest_revision().approved_go_live_at is None


def test_new_words_of_a_page_that_stands_wait_for_their_moment(home, client, at):
    page = page_below(home, "إعلان", slug="notice", summary="النص القديم")
    page.summary = "النص الجديد"
    scheduled(page, go_live_at=NOW + HOUR)
    work()
    assert "النص القديم" in get(client, "/ar/notice/").content.decode()
    at(NOW + 2 * HOUR)
    work()
    assert "النص الجديد" in get(client, "/ar/notice/").content.decode()


def test_a_page_goes_at_its_end_to_the_second_and_the_worker_takes_it_away(
    home, sefrou, client, at
):
    page = scheduled(page_below(home, "إعلان", slug="notice"), expire_at=NOW + HOUR)
    assert get(client, "/ar/notice/").status_code == 200
    at(NOW + HOUR)
    assert get(client, "/ar/notice/").status_code == 404  # also where the worker is late
    assert "/ar/notice/" not in get(client, "/sitemap.xml").content.decode()
    before = generation(sefrou.province)
    work()
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert generation(sefrou.province) > before


def test_what_stands_below_a_page_that_ended_is_gone_with_it(home, client, at):
    above = scheduled(page_below(home, "قسم", slug="section"), expire_at=NOW + HOUR)
    page_below(above, "صفحة", slug="leaf")
    assert get(client, "/ar/section/leaf/").status_code == 200
    at(NOW + HOUR)
    assert get(client, "/ar/section/leaf/").status_code == 404


def test_nothing_due_moves_no_generation(home, sefrou, at):
    scheduled(page_below(home, "إعلان", slug="notice"), expire_at=NOW + HOUR)
    scheduled(draft_below(home, "غدا", "tomorrow"), go_live_at=NOW + HOUR)
    before = generation(sefrou.province)
    assert not operations.has_scheduled(NOW)
    work()
    assert generation(sefrou.province) == before


def test_only_the_community_of_the_page_grows_stale(home, sefrou, at):
    home_of(sefrou.other)
    scheduled(page_below(home, "إعلان", slug="notice"), expire_at=NOW + HOUR)
    before = generation(sefrou.other)
    at(NOW + 2 * HOUR)
    work()
    assert generation(sefrou.other) == before


def test_a_home_never_goes_whatever_its_row_says(home, client, at):
    HomePage.objects.filter(pk=home.pk).update(expire_at=NOW - HOUR)
    work()
    assert get(client, "/ar/").status_code == 200


def test_a_home_is_offered_neither_a_beginning_nor_an_end(home, sefrou, client):
    editor = log_in(client, grant(sefrou.province, "editor", username="editor"), sefrou.province)
    page = page_below(home, "إعلان", slug="notice")
    assert 'name="expire_at"' in editor.get(edit(page)).content.decode()
    assert 'name="expire_at"' not in editor.get(edit(home)).content.decode()
    form = {
        "title": home.title,
        "slug": home.slug,
        "lead": "جملة جديدة",
        "body-count": "0",
        "expire_at": "2026-11-23 08:00",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "action-publish",
    }
    assert editor.post(edit(home), form).status_code == 302
    home.refresh_from_db()
    assert (home.lead, home.expire_at, home.live) == ("جملة جديدة", None, True)


def test_a_pretended_clock_makes_no_page_appear_before_the_true_one(home, at):
    scheduled(draft_below(home, "غدا", "tomorrow"), go_live_at=NOW + HOUR)
    assert not operations.has_scheduled(NOW + 2 * HOUR)


# --- how long a page may be kept ------------------------------------------------------------


def until(home):
    """Return until when the page of a visitor may be kept."""
    request = RequestFactory().get("/ar/")
    request.community = home.community
    request.viewer = Viewer(home.community.key, home.community_id, language="ar")
    return views.until(request)


def test_a_kept_page_lives_no_longer_than_the_next_page_that_ends_or_appears(home, at):
    night = until(home)
    page = scheduled(page_below(home, "إعلان", slug="notice"), expire_at=NOW + 3 * HOUR)
    assert until(home) == NOW + 3 * HOUR < night
    scheduled(draft_below(home, "غدا", "tomorrow"), go_live_at=NOW + 2 * HOUR)
    assert until(home) == NOW + 2 * HOUR
    at(NOW + 2 * HOUR)
    work()
    assert until(home) == NOW + 3 * HOUR
    at(NOW + 3 * HOUR)
    work()
    page.refresh_from_db()
    assert not page.live
    assert until(home) == night


def test_a_kept_page_lives_no_longer_than_the_strip_on_top_of_it(home, at):
    words = {"ar": "تنبيه", "fr": "", "zgh": ""}
    EmergencyStrip.objects.create(
        community=home.community, text=words, since=NOW + HOUR, until=NOW + 2 * HOUR
    )
    assert until(home) == NOW + HOUR
    at(NOW + HOUR)
    assert until(home) == NOW + 2 * HOUR


def test_the_pages_of_another_community_end_without_us(home, sefrou, at):
    theirs = home_of(sefrou.other)
    scheduled(page_below(theirs, "إعلان", slug="notice"), expire_at=NOW + HOUR)
    assert until(home) > NOW + HOUR
