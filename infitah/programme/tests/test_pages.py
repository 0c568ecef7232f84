"""Pages and files of the programme in three languages, in bounded queries; the desk's acts."""

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation

from infitah.community.tests.factories import log_in
from infitah.council.operations import record_posting
from infitah.council.queries import deliberation_page
from infitah.kernel.references import Reference
from infitah.ledger.models import Entry
from infitah.participation.queries.thread import FOLLOW_UPS
from infitah.programme import operations, queries
from infitah.programme.models import Milestone
from infitah.programme.tests.factories import (
    NOW,
    OWNER,
    SECOND,
    STEP,
    adopted_programme,
    commitment_of,
    cycle_of,
    evidence,
    idea_of,
    viewer_of,
)

TODAY = date(2026, 11, 23)
LANGUAGES = ("ar", "fr", "zgh")


def page(client, path, language="ar", host="localhost"):
    return client.get(f"/{language}/programme/{path}", headers={"host": host})


@pytest.fixture
def told(sefrou):
    """An adopted cycle: one milestone claimed, one late, an idea behind the commitment."""
    cycle = cycle_of(sefrou, "2027-2028")
    assert cycle.state == "preparing"
    cycle, (commitment,) = adopted_programme(sefrou)
    operations.link_idea(
        commitment=commitment, idea=idea_of(sefrou), weight="main", on=date(2023, 10, 12), **STEP
    )
    reference = f"{commitment.reference}-M1"
    operations.start_milestone(reference=reference, on=date(2024, 1, 8), by=OWNER, now=NOW)
    operations.claim_milestone(
        reference=reference, evidence=evidence(), on=date(2024, 2, 1), by=OWNER, now=NOW
    )
    return commitment


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_community_without_programme_says_so(sefrou, client, language):
    assert page(client, "", language).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "",
        "2024-2025/",
        "2027-2028/",
        "2024-2025/late/",
        "2027-2028/late/",
        "2024-2025/commitments/SFR-2023-C-0001/",
    ],
)
def test_pages_stand_in_three_languages_without_cookie(told, client, path, language):
    answer = page(client, path, language)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@time_machine.travel("2026-11-23 12:00+01:00", tick=False)
def test_the_first_page_says_what_is_promised_done_and_late(told, client):
    body = page(client, "").content.decode()
    assert "التزم المجلس بمشروع واحد" in body
    assert "مرحلة واحدة مصرح بإنجازها ولم تتأكد بعد" in body
    assert "مرحلة واحدة متأخرة" in body
    assert "متأخر بـ 999 يوما عن الموعد المعلن" in body


@time_machine.travel("2026-11-23 12:00+01:00", tick=False)
def test_what_is_late_is_listed_with_its_days(told, client):
    body = page(client, "2024-2025/late/", "fr").content.decode()
    assert "En retard de 999 jours sur la date annoncée" in body
    assert f"{told.reference}-M2" in body
    assert f"{told.reference}-M1" not in body


def test_a_commitment_shows_its_chain_both_ways(told, client):
    body = page(client, f"2024-2025/commitments/{told.reference}/").content.decode()
    assert "/ar/consultations/june-2023/ideas/SFR-2023-I-0001/" in body
    assert "/ar/council/decisions/SFR-2023-D-0001/" in body
    assert f"{told.reference}-M1" in body
    assert f"{told.reference}-E1" in body
    assert told.versions.get().sha256 in body
    assert OWNER.key not in body
    decision = client.get(
        "/ar/council/decisions/SFR-2023-D-0001/", headers={"host": "localhost"}
    ).content.decode()
    assert f"/ar/programme/2024-2025/commitments/{told.reference}/" in decision


def test_the_steps_of_a_decision_stand_in_order_of_their_days(told, sefrou):
    deliberation = told.cycle.deliberation
    posted = deliberation.adopted_on + timedelta(days=4)
    record_posting(reference=deliberation.reference, posted_on=posted, **STEP)
    with translation.override("ar"):
        found = deliberation_page(deliberation.reference, viewer_of(sefrou.province)).thread
    days = [knot.on for knot in found]
    assert days == sorted(days, key=lambda day: day or date.max)
    assert found[2].sentence == told.cycle.title and days[3] == posted


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", ["تم التوصل بها", "مسجل", "صودق عليه", "معتمد"]),
        ("fr", ["Reçues", "Enregistré", "Validé", "Adopté"]),
    ],
)
def test_the_thread_of_a_commitment_stands_in_order_of_its_days(told, sefrou, language, words):
    reference = f"{told.reference}-M1"
    operations.verify_milestone(reference=reference, on=date(2026, 3, 2), by=SECOND, now=NOW)
    with translation.override(language):
        found = queries.commitment_page(
            viewer=viewer_of(sefrou.province),
            cycle_slug="2024-2025",
            reference=told.reference,
            today=TODAY,
        ).thread
    days = [knot.on for knot in found]
    assert days == sorted(days) and f"{told.reference}-E1" == found[-1].reference
    assert [str(knot.state_words) for knot in found[:4]] == words


def test_an_indicator_sets_its_value_and_its_day_on_two_lines(told, client):
    path = f"2024-2025/commitments/{told.reference}/"
    shown = page(client, path, "fr").content.decode().partition('id="indicators"')[2]
    shown = shown.partition("</section>")[0]
    values = re.findall(r"<dd>\D*(\d+)\D*<br>", shown)
    assert values == ["64", "10"] and "<table" not in shown


def test_words_of_the_service_say_that_they_are_in_the_other_language_only(told, client):
    word = operations.Word("late", note="تأخر نقل المحتوى")
    operations.tell_progress(commitment=told, word=word, by=OWNER, now=NOW)
    path = f"2024-2025/commitments/{told.reference}/"
    said = {one: page(client, path, one).content.decode() for one in ("ar", "fr")}
    assert all("تأخر نقل المحتوى" in body for body in said.values())
    mark = "le service ne l’a écrit qu’en arabe"
    assert mark in said["fr"] and "كتبته المصلحة" not in said["ar"]


def test_the_idea_tells_what_became_of_it(told):
    with translation.override("ar"):
        knots = [knot for ask in FOLLOW_UPS for knot in ask("SFR", "SFR-2023-I-0001", True).knots]
    assert told.reference in {knot.reference for knot in knots}
    assert not [knot for ask in FOLLOW_UPS for knot in ask("BHL", "SFR-2023-I-0001", True).knots]
    assert queries.commitments_of_idea("SFR-2023-I-0001").get().commitment == told


def test_a_hidden_idea_is_counted_but_not_shown(told, sefrou, client):
    hidden = idea_of(sefrou, 2, state="held")
    operations.link_idea(commitment=told, idea=hidden, weight="part", on=date(2023, 10, 12), **STEP)
    body = page(client, f"2024-2025/commitments/{told.reference}/").content.decode()
    assert hidden.statement not in body
    assert "فكرة أخرى مرتبطة لا يعرض نصها" in body


def test_another_community_sees_nothing_of_it(told, sefrou, client):
    path = f"2024-2025/commitments/{told.reference}/"
    assert page(client, path, host=sefrou.other.host).status_code == 404
    assert page(client, "2024-2025/", host=sefrou.other.host).status_code == 404
    assert page(client, "2027-2028/commitments/SFR-2023-C-0001/").status_code == 404
    assert page(client, "2030-2031/").status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_pages_are_read_in_the_same_queries_whatever_they_hold(
    sefrou, count, django_assert_num_queries, django_assert_max_num_queries
):
    cycle, made = adopted_programme(sefrou, count=count)
    viewer = viewer_of(sefrou.province)
    with translation.override("ar"):
        with django_assert_num_queries(18):
            found = queries.cycle_page(cycle, viewer, TODAY)
            assert len(found.cards) == found.glance.commitments == count
        with django_assert_max_num_queries(6):
            home = queries.home_summary(community=sefrou.province, viewer=viewer, today=TODAY)
            assert len(home.cards) == count
        with django_assert_num_queries(3):
            assert len(queries.overdue(viewer, cycle, TODAY)) == 2 * count
        with django_assert_max_num_queries(14):
            one = queries.commitment_page(
                cycle_slug=cycle.slug, reference=made[0].reference, viewer=viewer, today=TODAY
            )
            assert len(one.milestones) == 2


def test_files_say_the_same_as_the_page(told, client):
    answer = page(client, "2024-2025/commitments.csv")
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    body = json.loads(page(client, "2024-2025/commitments.json").content)
    assert [row["milestone"] for row in rows] == [one["milestone"] for one in body["milestones"]]
    assert body["rows"] == len(rows) == 2
    assert rows[0]["milestone_state"] == "claimed"


def test_a_formula_in_a_title_is_no_formula_in_the_file(told, client):
    told.title = told.title.with_text("fr", "=1+1")
    told.save(update_fields=["title"])
    assert "'=1+1" in page(client, "2024-2025/commitments.csv").content.decode()


def test_references_of_a_chain_lead_to_the_commitment(told, sefrou):
    viewer = viewer_of(sefrou.province)
    page_of = f"programme/2024-2025/commitments/{told.reference}/"
    for suffix, address in (("", page_of), ("-M1", f"{page_of}#{told.reference}-M1")):
        reference = Reference.parse(f"{told.reference}{suffix}")
        assert queries.address_of(reference, viewer) == address
        assert queries.address_of(reference, viewer_of(sefrou.other)) is None
    assert queries.address_of(Reference.parse(f"{told.reference}-E1"), viewer)
    assert queries.address_of(Reference.parse(f"{told.reference}-M9"), viewer) is None
    assert queries.address_of(Reference.parse("SFR-2023-C-0099"), viewer) is None


def test_a_verifier_confirms_at_the_desk(told, sefrou, client):
    log_in(client, sefrou.verifier, sefrou.province)
    assert f"{told.reference}-M1" in client.get("/desk/programme/confirm/").content.decode()
    address = f"/desk/programme/milestones/{told.reference}-M1/confirm/"
    refused = client.post(address, {"finding": "return", "reason_ar": ""})
    assert refused.status_code == 422
    assert client.post(address, {"finding": "verify"}).status_code == 302
    found = Milestone.objects.get(reference=f"{told.reference}-M1")
    assert (found.state, found.evidence.get().verified_by) == ("verified", "verifier")
    for method, status in ((client.get, 200), (client.post, 409)):
        late = method(address, {"finding": "return", "reason_ar": "غير كاف"})
        assert late.status_code == status and "أكد شخص ثان هذه المرحلة" in late.content.decode()
    found.refresh_from_db()
    assert found.state == "verified"


def test_an_owner_reports_at_the_desk_and_keeps_what_was_typed(told, sefrou, client):
    log_in(client, sefrou.commitment_owner, sefrou.province)
    assert client.get("/desk/programme/").status_code == 200
    address = f"/desk/programme/milestones/{told.reference}-M2/report/"
    assert client.post(address, {"step": "start", "on": "2026-11-20"}).status_code == 302
    empty = client.post(address, {"step": "block", "on": "2026-11-21", "reason_ar": ""})
    assert empty.status_code == 422
    late = client.post(address, {"step": "put_off", "on": "2026-11-21", "reason_ar": "تأخر"})
    assert (late.status_code, "تأخر" in late.content.decode()) == (422, True)
    block = {"step": "block", "on": "2026-11-21", "reason_ar": "تأخر التعاقد"}
    french = client.post(address, {**block, "reason_ar": "", "reason_fr": "Marché en retard"})
    assert french.status_code == 422 and "Marché en retard" in french.content.decode()
    assert 'id="id_reason_ar-error"' in french.content.decode()
    both = {**block, "reason_fr": "Marché en retard"}
    assert client.post(address, both).status_code == 302
    told_in_french = page(client, f"2024-2025/commitments/{told.reference}/", "fr")
    assert "Marché en retard" in told_in_french.content.decode()
    assert client.post(address, {"step": "start", "on": "2026-11-22"}).status_code == 302
    back = {"step": "put_off", "on": "2026-11-22", "planned_end": "2020-01-01", "reason_ar": "تأخر"}
    early = client.post(address, back)
    assert (early.status_code, 'id="id_planned_end-error"' in early.content.decode()) == (422, True)
    later = {
        "step": "put_off",
        "on": "2026-11-22",
        "planned_end": "2027-02-01",
        "reason_ar": "تأخر",
    }
    assert client.post(address, later).status_code == 302
    acts = Entry.objects.filter(subject=f"{told.reference}-M2").values_list("act", flat=True)
    assert list(acts)[-1] == "programme.milestone_rescheduled"


def test_the_desk_is_closed_without_the_right(told, sefrou, client):
    log_in(client, sefrou.moderator, sefrou.province)
    assert client.get("/desk/programme/").status_code == 404
    assert client.get("/desk/programme/confirm/").status_code == 404
    log_in(client, sefrou.commitment_owner, sefrou.province)
    confirm = f"/desk/programme/milestones/{told.reference}-M1/confirm/"
    assert 'name="finding"' not in client.get(confirm).content.decode()
    assert client.post(confirm, {"finding": "verify"}).status_code == 403


def test_the_other_communitys_officer_finds_no_milestone(told, sefrou, client):
    log_in(client, sefrou.other_officer, sefrou.other)
    address = f"/desk/programme/milestones/{told.reference}-M1/report/"
    assert client.get(address).status_code == 404
    assert not queries.running(viewer_of(sefrou.other, "progress.report")).exists()
    assert not queries.running(viewer_of(sefrou.province)).exists()
    assert not queries.milestones_to_confirm(viewer_of(sefrou.province)).exists()


def test_a_verified_programme_is_late_in_nothing(told, sefrou):
    operations.verify_milestone(
        reference=f"{told.reference}-M1", on=date(2024, 2, 10), by=SECOND, now=NOW
    )
    viewer = viewer_of(sefrou.province)
    rows = list(queries.commitments(viewer).filter(pk=told.pk))
    card = queries.cards(rows, date(2024, 2, 20))[0]
    assert (card.late, card.progress.verified, card.star) == (0, 60, "under_way")


def test_drafts_of_a_cycle_in_preparation_are_no_lateness(sefrou):
    cycle = cycle_of(sefrou)
    commitment_of(cycle, sefrou.axis)
    assert queries.overdue(viewer_of(sefrou.province), cycle, TODAY) == []
