"""What is late, in the words of the pages: reason, new date, service; never a private person."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine

from infitah.community.tests.factories import PersonFactory, UnitFactory
from infitah.kernel.localized import LocalizedText
from infitah.programme import operations, queries
from infitah.programme.models import Cycle, Milestone
from infitah.programme.tests.factories import NOW, OWNER, adopted_programme, cycle_of, viewer_of

TODAY = date(2026, 11, 24)
REASON = LocalizedText(ar="تأخر التعاقد مع المورد", fr="Retard du marché")


def words(client, path, language="ar"):
    with time_machine.travel("2026-11-24 12:00+01:00", tick=False):
        page = client.get(f"/{language}/programme/{path}", headers={"host": "localhost"})
    return " ".join(unescape(re.sub("<[^>]*>", " ", page.content.decode())).split())


@pytest.fixture
def late(sefrou):
    """A commitment whose two milestones are late, without a word said yet."""
    _cycle, (commitment,) = adopted_programme(sefrou)
    return commitment


@pytest.mark.parametrize("path", ["2024-2025/late/", "2024-2025/"])
def test_what_nobody_explained_is_said_to_be_unexplained(late, client, path):
    said = words(client, path)
    assert said.count("· لم تبدأ بعد") == 2
    assert said.count("لم يذكر سبب") == said.count("لم يحدد موعد جديد") == 2
    assert said.count("لم تعين مصلحة مكلفة") == 2
    assert "متأخرة بـ 1031 يوما عن الموعد المعلن" in said


@pytest.mark.parametrize("path", ["2024-2025/late/", "2024-2025/"])
def test_reason_new_date_and_service_stand_beside_the_first_date(late, client, sefrou, path):
    late.lead_unit = UnitFactory(
        community=sefrou.province, name=LocalizedText(ar="مصلحة المشتريات")
    )
    late.responsible = PersonFactory(community=sefrou.province)
    late.save(update_fields=["lead_unit", "responsible"])
    reference = f"{late.reference}-M1"
    operations.start_milestone(reference=reference, on=date(2024, 1, 8), by=OWNER, now=NOW)
    operations.reschedule_milestone(
        reference=reference,
        planned_end=date(2026, 6, 30),
        reason=REASON,
        on=date(2024, 2, 1),
        by=OWNER,
        now=NOW,
    )
    said = words(client, path)
    assert "الموعد المعلن أول مرة 28 يناير 2024" in said
    assert "الموعد الجديد 30 يونيو 2026 وقد مضى هو أيضا" in said
    assert f"السبب المعلن {REASON.ar} ( 1 فبراير 2024" in said
    assert "المصلحة المكلفة مصلحة المشتريات" in said
    assert late.responsible.name.ar not in said


def test_work_that_goes_on_again_is_no_reason_for_being_late(late, sefrou):
    reference = f"{late.reference}-M1"
    step = {"by": OWNER, "now": NOW, "reference": reference}
    operations.start_milestone(on=date(2024, 1, 8), **step)
    operations.block_milestone(reason=REASON, on=date(2024, 1, 20), **step)
    go_on = LocalizedText(ar="استؤنف العمل")
    operations.resume_milestone(reason=go_on, on=date(2024, 3, 1), **step)
    cycle = late.cycle
    found = queries.overdue(viewer_of(sefrou.province), cycle, TODAY)
    assert [one.reason.reason.ar if one.reason else None for one in found] == [REASON.ar, None]


def test_a_card_counts_milestones_and_says_no_per_cent(late, client):
    Milestone.objects.filter(commitment=late, number=1).update(
        state="verified", done_on=date(2024, 1, 20)
    )
    for path in ("", f"2024-2025/commitments/{late.reference}/"):
        said = words(client, path)
        assert "عدد المراحل التي أنجزت وتأكدت بإثبات: 1 من أصل 2" in said
        assert "%" not in said


def test_the_end_of_the_period_is_not_said_to_be_success(late, client):
    assert "انتهت مدة البرنامج، وما لم ينجز يبقى مستحقا" in words(client, "")


def test_a_commune_without_programme_leads_to_the_provinces(late, client, sefrou):
    host = sefrou.commune.host
    page = client.get("/fr/programme/", headers={"host": host}).content.decode()
    assert "Cette collectivité n’a pas encore de programme d’ouverture." in page
    cycle_of(sefrou, "2027-2028")
    assert queries.programme_above(sefrou.commune).title == late.cycle.title
    assert "http://localhost" in page and "/fr/programme/" in page
    assert "/fr/consultations/" in page and "Ce que vous pouvez faire" in page
    alone = queries.programme_above(sefrou.province)
    assert alone is None


@pytest.fixture
def following(late, sefrou):
    """The next programme, adopted for the years after."""
    cycle = cycle_of(sefrou, "2027-2028")
    adopted = {"state": "adopted", "deliberation": late.cycle.deliberation, "sha256": "b" * 64}
    days = {"starts_on": date(2027, 1, 1), "ends_on": date(2028, 12, 31)}
    Cycle.objects.filter(pk=cycle.pk).update(**adopted, **days)
    return cycle


@pytest.mark.parametrize(
    ("today", "slug", "coming", "elsewhere"),
    [
        (date(2026, 12, 31), "2024-2025", "2027-2028", []),
        (date(2027, 1, 1), "2027-2028", None, [("2024-2025", 2)]),
    ],
)
def test_a_programme_to_come_replaces_nothing_and_what_is_late_stays_in_sight(
    following, sefrou, today, slug, coming, elsewhere
):
    viewer = viewer_of(sefrou.province)
    found = queries.home_summary(community=sefrou.province, viewer=viewer, today=today)
    assert found.cycle.slug == slug
    assert (found.coming.slug if found.coming else None) == coming
    assert [(one.cycle.slug, one.milestones) for one in found.late_elsewhere] == elsewhere


def test_the_index_tells_what_is_late_in_another_programme(following, client):
    with time_machine.travel("2027-01-02 12:00+01:00", tick=False):
        body = client.get("/ar/programme/", headers={"host": "localhost"}).content.decode()
    assert "مرحلتان من هذا البرنامج متأخرتان" in body and "/programme/2024-2025/late/" in body
    assert "لا شيء متأخر اليوم" not in body
    assert "اعتمد ولم يبدأ بعد" in words(client, "")


def test_what_came_back_today_is_late_and_not_returned_for_more_than_thirty_days(late, client):
    milestone = late.milestones.earliest("pk")
    operations.start_milestone(
        reference=milestone.reference, on=date(2026, 1, 12), by=OWNER, now=NOW
    )
    Milestone.objects.filter(pk=milestone.pk).update(state="returned")
    said = words(client, "2024-2025/late/", "fr")
    assert "retard de plus de 30 jours · renvoyé" in said
    assert "retard de plus de 30 jours · pas encore commencé" in said
    Milestone.objects.filter(pk=milestone.pk).update(state="started")
    page = words(client, f"2024-2025/commitments/{late.reference}/", "fr")
    assert "· en cours depuis le 12 janvier 2026" in page
    Milestone.objects.filter(pk=milestone.pk).update(announced_end=date(2027, 1, 1))
    page = words(client, f"2024-2025/commitments/{late.reference}/", "fr")
    assert "en cours depuis le 12 janvier 2026" in page and "· en cours depuis" not in page


@pytest.mark.parametrize("path", ["2024-2025/late/", "2024-2025/"])
def test_a_reason_in_arabic_alone_says_so_to_a_reader_of_french(late, client, path):
    reason = LocalizedText(ar="تأخر التعاقد مع المورد")
    milestone = late.milestones.earliest("pk")
    step = {"reference": milestone.reference, "on": date(2026, 1, 12), "by": OWNER, "now": NOW}
    operations.start_milestone(**step)
    operations.block_milestone(reason=reason, **step)
    assert words(client, path, "fr").count("écrit en arabe seulement") == 1
    assert "كتب بالعربية فقط" not in words(client, path)
