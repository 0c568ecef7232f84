"""Who asked is erased in time; the case, the record of its acts and the register stay valid."""

from datetime import UTC, datetime, timedelta

import pytest

from infitah.information import operations
from infitah.information.models import RequestAct, RequestDraft, Requester
from infitah.information.tests.asked import NOW, OFFICER, RECEIVED, TEXT, file
from infitah.ledger.models import Opening
from infitah.ledger.queries.audit import audit

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = datetime(2029, 3, 2, 9, tzinfo=UTC)


def answered(sefrou):
    request = file(sefrou, email="amina@example.org").request
    act = {"community": sefrou.province, "reference": request.reference, "by": OFFICER}
    operations.register_request(title="محضر دورة يناير", on=RECEIVED, now=NOW, **act)
    operations.decide(
        answer=operations.Answer("هذا هو المحضر", gives=True), on=RECEIVED, now=NOW, **act
    )
    operations.deliver(channel="counter", proof="توقيع", on=RECEIVED, now=NOW, **act)
    return request


def test_an_identity_goes_in_time_and_the_register_stays_whole(sefrou):
    request = answered(sefrou)
    person = Requester.objects.get()
    assert person.purge_on and not operations.has_requesters_to_purge(NOW)
    assert operations.has_requesters_to_purge(LATER)
    assert operations.purge_requesters(now=LATER) is False
    person.refresh_from_db()
    assert (person.identity_sealed, person.contact_sealed, person.repeat_digest) == ("", "", "")
    assert person.purged_at == LATER and not person.has_email
    request.refresh_from_db()
    assert TEXT not in str(vars(request)) and request.text == "محضر دورة يناير"
    assert not Opening.objects.filter(subject=request.reference).exists()
    assert not list(audit().findings)
    assert RequestAct.objects.filter(request=request).count() == 4
    assert operations.purge_requesters(now=LATER) is False


def test_a_case_that_is_owed_an_answer_keeps_its_person(sefrou):
    file(sefrou)
    assert not operations.has_requesters_to_purge(LATER)
    operations.purge_requesters(now=LATER)
    assert Requester.objects.get().identity_sealed


def test_each_act_keeps_the_person_longer(sefrou):
    request = file(sefrou).request
    before = Requester.objects.get().purge_on
    operations.register_request(
        community=sefrou.province,
        reference=request.reference,
        title="محضر دورة يناير",
        on=RECEIVED + timedelta(days=10),
        by=OFFICER,
        now=NOW + timedelta(days=10),
    )
    assert Requester.objects.get().purge_on > before


def test_drafts_go_after_a_day(sefrou):
    RequestDraft.objects.create(
        community=sefrou.province, typed_sealed="x", started_at=NOW, expires_at=NOW
    )
    assert operations.has_drafts_to_erase(NOW)
    operations.erase_drafts(now=NOW)
    assert not RequestDraft.objects.exists()
