"""A draft is the office's own paper until its check is published; then it says what it is."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from infitah.community.tests.factories import log_in
from infitah.core.models import Outbox
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.programme import operations, queries
from infitah.programme.models import Commitment, CommitmentVersion
from infitah.programme.operations import WhatPart
from infitah.programme.queries.export import commitment_rows
from infitah.programme.tests.factories import (
    NOW,
    STEP,
    WORDS,
    cycle_of,
    idea_of,
    viewer_of,
)

SECRET = "canarydraft مشروع لم ينشر"
TITLE = LocalizedText(ar=SECRET, fr=SECRET)
REASON = LocalizedText(ar="يكتمل بعد الاستشارة", fr="À compléter après la consultation")
TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anybody():
    return Client(headers={"host": "localhost"})


@pytest.fixture
def idea(sefrou):
    return idea_of(sefrou)


@pytest.fixture
def drafted(sefrou, idea):
    cycle = cycle_of(sefrou)
    return operations.start_draft(cycle=cycle, title=TITLE, axis=sefrou.axis, ideas=[idea], **STEP)


def addresses(drafted, idea):
    """Return the public addresses that told a draft before: pages, lists, files, the register."""
    slug, reference = drafted.cycle.slug, drafted.reference
    one = f"/ar/programme/{slug}/commitments/{reference}/"
    yield from ("/ar/programme/", f"/ar/programme/{slug}/", f"/ar/programme/{slug}/late/")
    yield from (one, f"{one}versions/", f"{one}versions/1.json", f"{one}adoption/")
    yield from (f"/ar/programme/{slug}/commitments.csv", f"/ar/programme/{slug}/commitments.json")
    yield f"/ar/consultations/{idea.consultation.slug}/ideas/{idea.reference}/"
    yield f"/ar/consultations/{idea.consultation.slug}/"
    yield from ("/sitemap.xml", f"/calendars/programme-{slug}.ics", "/ar/search/?q=canarydraft")
    yield f"/ar/mine/follow/commitment:{reference}/"
    yield "/ar/register/"
    for number in Entry.objects.filter(subject=reference).values_list("number", flat=True):
        yield reverse("register:entry", args=[number])


def heard(client, drafted, idea):
    return {
        address
        for address in addresses(drafted, idea)
        if "canarydraft" in client.get(address).content.decode()
    }


@time_machine.travel(NOW, tick=False)
def test_a_private_draft_is_told_nowhere_and_a_published_one_is(anybody, drafted, idea):
    assert heard(anybody, drafted, idea) == set()
    one = f"/ar/programme/{drafted.cycle.slug}/commitments/{drafted.reference}/"
    assert anybody.get(one).status_code == 404
    operations.record_check(commitment=drafted, waiver=REASON, **STEP)
    told = heard(anybody, drafted, idea)
    assert {one, f"{one}versions/", f"/ar/programme/{drafted.cycle.slug}/"} <= told
    assert f"/ar/consultations/{idea.consultation.slug}/ideas/{idea.reference}/" in told


def test_neither_register_nor_mail_bears_its_title(drafted):
    assert Entry.objects.filter(subject=drafted.reference).exists()
    assert not Entry.objects.filter(canonical__contains="canarydraft").exists()
    assert not any("canarydraft" in str(event.payload) for event in Outbox.objects.all())
    operations.record_check(commitment=drafted, waiver=REASON, **STEP)
    assert Entry.objects.filter(canonical__contains="canarydraft").get().act == (
        "programme.commitment_checked"
    )


def test_it_is_read_by_who_writes_programmes_and_nobody_else(sefrou, drafted):
    province, other = sefrou.province, sefrou.other
    for viewer in (
        viewer_of(province),
        viewer_of(province, "progress.report", "evidence.add"),
        viewer_of(other, "commitment.edit"),
    ):
        assert not Commitment.objects.visible_to(viewer).exists()
        assert not CommitmentVersion.objects.visible_to(viewer).exists()
        assert list(commitment_rows(drafted.cycle, viewer, TODAY)) == []
    for right in ("commitment.edit", "programme.edit"):
        assert drafted in Commitment.objects.visible_to(viewer_of(province, right))
    assert not queries.ideas_with_follow_up(province.key, ["SFR-2023-I-0001"])


def test_what_was_saved_before_stays_private_and_what_comes_after_is_public(sefrou, drafted):
    viewer = viewer_of(sefrou.province)
    operations.record_check(commitment=drafted, waiver=REASON, **STEP)
    drafted.refresh_from_db()
    part = WhatPart(TITLE, WORDS, WORDS)
    operations.edit_draft(commitment=drafted, part=part, seen_at=drafted.changed_at, **STEP)
    page = queries.versions_page(
        viewer=viewer,
        cycle_slug=drafted.cycle.slug,
        reference=drafted.reference,
        first=None,
        second=None,
    )
    assert [one.version.number for one in page.versions] == [3, 2]
    assert page.private == 1
    known = {"viewer": viewer, "cycle_slug": drafted.cycle.slug, "reference": drafted.reference}
    assert queries.version_content(**known, number=1) is None
    assert queries.version_content(**known, number=2) is not None


def test_a_published_draft_is_called_one_and_nobody_is_said_to_have_written_it_but_who_did(
    anybody, drafted, idea
):
    operations.record_check(commitment=drafted, waiver=REASON, **STEP)
    body = anybody.get(
        f"/ar/programme/{drafted.cycle.slug}/commitments/{drafted.reference}/"
    ).content.decode()
    assert "مشروع التزام" in body and "كتبته إدارة المجلس مشروعا" in body
    assert "صاغته لجنة التتبع التزاما" not in body and "أخذ بها" not in body
    at = f"/ar/consultations/{idea.consultation.slug}/ideas/{idea.reference}/"
    told = anybody.get(at).content.decode()
    assert "دخلت مشروع التزام" in told and "أخذ بها في الالتزام" not in told


def test_the_desk_says_who_reads_it_and_what_the_button_does(sefrou, client, drafted):
    log_in(client, sefrou.officer, sefrou.province)
    at = f"/desk/programme/commitments/{drafted.reference}/"
    body = client.get(at).content.decode()
    assert "انشروا المشروع وفحصه" in body and "يصير المشروع عموميا" in body
    for page in ("", "parts/what/", "milestones/", "indicators/", "ideas/"):
        assert "هذا المشروع غير منشور" in client.get(at + page).content.decode(), page
    assert client.post(at, {"waiver_ar": REASON.ar}).status_code == 302
    for page in ("", "parts/what/", "milestones/", "indicators/", "ideas/"):
        assert "هذا المشروع منشور" in client.get(at + page).content.decode(), page
    assert "انشروا المشروع وفحصه" not in client.get(at).content.decode()


@time_machine.travel(NOW, tick=False)
def test_the_secretary_reads_its_title_before_the_council_without_a_link_that_is_not_theirs(
    sefrou, drafted, client
):
    address = f"/desk/programme/cycles/{drafted.cycle.slug}/adoption/"
    own = f'href="/desk/programme/commitments/{drafted.reference}/"'
    log_in(client, sefrou.secretary, sefrou.province)
    page = client.get(address).content.decode()
    assert SECRET in page and own not in page
    log_in(client, sefrou.officer, sefrou.province)
    assert own in client.get(address).content.decode()
