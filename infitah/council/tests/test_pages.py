"""Pages of the council, in three languages, with bounded queries; the desk's one form."""

import re

import pytest
from django.utils import translation

from infitah.community.tests.factories import log_in
from infitah.core.viewer import Viewer
from infitah.council import operations, queries
from infitah.council.models import CouncilSession, Deliberation
from infitah.council.tests.factories import adopted, voted_again
from infitah.kernel.references import Reference
from infitah.proceedings.tests.factories import (
    BY,
    HELD,
    NOW,
    SessionFactory,
    SittingFactory,
    seats_of,
)

LANGUAGES = ("ar", "fr", "zgh")


def page(client, path, language="ar"):
    return client.get(f"/{language}/council/{path}", headers={"host": "localhost"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "members/", "sessions/", "decisions/"])
def test_pages_stand_without_any_record(sefrou, client, path, language):
    assert page(client, path, language).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "(13 عضوا مزاولا)"), ("fr", "(13 membres en exercice)")]
)
def test_a_majority_of_the_members_says_how_many_they_are(sefrou, client, language, words):
    item = adopted(sefrou.council)
    at = f"decisions/{item.reference}/"
    assert words in page(client, at, language).text
    type(item.vote).records.filter(pk=item.vote.pk).update(majority="of_cast")
    assert words not in page(client, at, language).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deliberation_shows_text_vote_and_proof(sefrou, client, language):
    item = adopted(sefrou.council)
    answer = page(client, f"decisions/{item.reference}/", language)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert item.reference in body
    assert item.versions.get().sha256 in body
    assert f"/{language}/council/sessions/{item.vote.item.sitting.session.reference}/" in body
    shown = item.vote.named.first().mandate.person.name
    assert (shown.fr if language == "fr" else shown.ar) in body
    assert "Set-Cookie" not in answer.headers


def test_a_session_shows_roll_call_notice_and_decisions(sefrou, client):
    item = adopted(sefrou.council)
    reference = item.vote.item.sitting.session.reference
    body = page(client, f"sessions/{reference}/", "fr").content.decode()
    assert item.reference in body
    assert "13" in body
    assert "à vérifier" in body


def test_unpublished_minutes_are_not_shown(sefrou, client):
    session = SessionFactory(body=sefrou.council)
    assert queries.minutes_text(session) == []


def test_a_page_of_another_community_is_not_found(sefrou, client):
    item = adopted(sefrou.council)
    answer = client.get(
        f"/ar/council/decisions/{item.reference}/", headers={"host": sefrou.other.host}
    )
    assert answer.status_code == 404
    assert page(client, "sessions/SFR-2023-S-0099/").status_code == 404


def test_a_deliberation_is_read_in_bounded_queries(sefrou, django_assert_max_num_queries):
    item = adopted(sefrou.council)
    viewer = Viewer("SFR", sefrou.province.pk)
    with translation.override("ar"), django_assert_max_num_queries(7):
        found = queries.deliberation_page(item.reference, viewer)
        assert [one.choice for one in found.vote.named.all()] == ["for"] * 13
    with django_assert_max_num_queries(10):
        session = item.vote.item.sitting.session.reference
        assert queries.session_page(session, viewer).deliberations == (item,)


def test_the_list_of_deliberations_is_paged(sefrou, client, django_assert_num_queries):
    first = adopted(sefrou.council, number=1)
    for number in range(2, 24):
        adopted(sefrou.council, number=number, vote=voted_again(first.vote))
    viewer = Viewer("SFR", sefrou.province.pk)
    with django_assert_num_queries(1):
        newest, before = queries.page_of_deliberations(viewer)
    with django_assert_num_queries(2):
        rest, end = queries.page_of_deliberations(viewer, before=before)
    assert [one.number for one in [*newest, *rest]] == list(range(23, 0, -1))
    assert end == ""
    assert page(client, f"decisions/?before={before}").status_code == 200


def test_members_are_counted_by_sex(sefrou, client):
    seats_of(sefrou.council, 5)
    found = queries.members(sefrou.province, HELD)
    assert (len(found.seats), found.women, found.men) == (5, 3, 2)


def test_references_lead_to_pages(sefrou):
    item = adopted(sefrou.council)
    viewer, other = Viewer("SFR", sefrou.province.pk), Viewer("BHL", sefrou.other.pk)
    reference = Reference.parse(item.reference)
    assert queries.address_of(reference, viewer) == f"council/decisions/{item.reference}/"
    assert queries.address_of(reference, other) is None
    session = item.vote.item.sitting.session.reference
    assert queries.address_of(Reference.parse("SFR-2023-S-0099"), viewer) is None
    Deliberation.objects.get()
    assert session


def test_the_secretary_records_the_steps_at_the_desk(sefrou, client):
    item = adopted(sefrou.council)
    log_in(client, sefrou.secretary, sefrou.province)
    address = f"/desk/council/decisions/{item.reference}/"
    assert item.reference in client.get("/desk/council/").content.decode()
    wrong = client.post(address, {"step": "visa", "on": "2023-12-08"})
    assert wrong.status_code == 422
    assert "2023-12-08" in wrong.content.decode()
    for step, on in (("posted", "2023-11-17"), ("sent", "2023-11-21"), ("visa", "2023-12-08")):
        assert client.post(address, {"step": step, "on": on}).status_code == 302
    item.refresh_from_db()
    assert item.state == "executory"
    assert not queries.awaiting_steps(Viewer("SFR", sefrou.province.pk)).exists()


def test_without_the_right_the_desk_page_does_not_exist(sefrou, client):
    log_in(client, sefrou.moderator, sefrou.province)
    assert client.get("/desk/council/").status_code == 404


def test_a_text_posted_only_is_still_to_be_sent(sefrou):
    item = adopted(sefrou.council)
    operations.record_posting(reference=item.reference, posted_on=HELD, by=BY, now=NOW)
    assert list(queries.awaiting_steps(Viewer("SFR", sefrou.province.pk))) == [item]


def test_the_secretary_convenes_the_council_and_records_what_it_adopted(sefrou, client):
    log_in(client, sefrou.secretary, sefrou.province)
    convene = f"/desk/meetings/council/convene/{sefrou.council.slug}/"
    page_of_law = client.get(convene).content.decode()
    assert "10" in page_of_law and "في انتظار التحقق" in page_of_law
    said = {"title_ar": "دورة استثنائية", "kind": "extraordinary", "convened_on": "2023-11-02"}
    refused = client.post(convene, said)
    assert refused.status_code == 422 and "دورة استثنائية" in refused.content.decode()
    assert "called_by" in refused.context["form"].errors
    assert client.post(convene, said | {"called_by": "president"}).status_code == 302
    held = CouncilSession.objects.get()
    assert (held.kind, held.called_by) == ("extraordinary", "president")
    usual = said | {"kind": "ordinary", "convened_on": "2023-10-05"}
    asked = client.post(convene, usual | {"called_by": "governor"})
    assert asked.status_code == 422 and "called_by" in asked.context["form"].errors
    warned = client.post(convene, usual, follow=True).content.decode()
    assert "notice-attention" in warned and "يناير، يونيو، شتنبر" in warned
    assert CouncilSession.objects.count() == 2
    record = f"/desk/meetings/council/{held.session.reference}/deliberation/"
    assert 'name="number"' not in client.get(record).content.decode()  # no vote was carried yet


def test_a_deliberation_is_recorded_at_the_desk_once_a_number(sefrou, client):
    first = adopted(sefrou.council, number=47)
    log_in(client, sefrou.secretary, sefrou.province)
    record = f"/desk/meetings/council/{first.vote.item.sitting.session.reference}/deliberation/"
    said = {
        "vote": first.vote.pk,
        "number": "47",
        "title_ar": "مقرر آخر",
        "text_ar": "المادة الأولى",
        "is_visa_required": "on",
    }
    used = client.post(record, said | {"number": "48"})
    assert used.status_code == 422 and "مقرر آخر" in used.content.decode()
    vote = voted_again(first.vote)
    said["vote"] = vote.pk
    twice = client.post(record, said)
    assert twice.status_code == 422 and "مقرر آخر" in twice.content.decode()
    done = client.post(record, said | {"number": "48"})
    assert done.status_code == 302
    made = Deliberation.objects.get(number=48)
    assert (made.title.ar, made.is_visa_required, made.vote) == ("مقرر آخر", True, vote)
    assert client.get(record.replace("-S-", "-S-9")).status_code == 404


def test_a_step_that_cannot_be_is_refused_beside_its_field(sefrou, client):
    item = adopted(sefrou.council, is_visa_required=False)
    log_in(client, sefrou.secretary, sefrou.province)
    address = f"/desk/council/decisions/{item.reference}/"
    early = client.post(address, {"step": "sent", "on": "2023-11-01"})
    assert early.status_code == 422 and 'id="id_on-error"' in early.content.decode()
    for step, on in (("sent", "2023-11-21"), ("in_force", "2023-11-30")):
        assert client.post(address, {"step": step, "on": on}).status_code == 302
    item.refresh_from_db()
    assert item.state == "executory"


def test_the_convocation_of_the_council_stands_under_the_meetings(sefrou, client):
    log_in(client, sefrou.secretary, sefrou.province)
    address = f"/desk/meetings/council/convene/{sefrou.council.slug}/"
    body = client.get(address).content.decode()
    assert re.search(r'<a href="/desk/meetings/" aria-current=', body)
    assert "المنصة لا ترسل الاستدعاءات" in body and "تسجيل الاستدعاء" in body


def test_a_sitting_without_items_has_no_heading_of_its_agenda(sefrou, client):
    held = adopted(sefrou.council).vote.item.sitting
    words = "جدول الأعمال</h3>"
    path = f"sessions/{held.session.reference}/"
    assert words in page(client, path).text
    SittingFactory(session=held.session)
    assert page(client, path).text.count(words) == 1
