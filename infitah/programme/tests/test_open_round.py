"""A programme that is decided while its consultation still runs: warned of, asked about, told."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.participation.models import Consultation
from infitah.programme import operations, queries
from infitah.programme.tests.factories import STEP, WORDS, adopted_programme, commitment_of
from infitah.programme.tests.sittings import DAY, vote_at

DESK = "/desk/programme/"
TICK = "ما زالت استشارة من هذه الدورة مفتوحة: علموا الخانة"


def asked(cycle, closes_at=datetime(2026, 12, 20, 23, tzinfo=UTC)):
    consultation = Consultation.objects.create(
        community=cycle.community,
        slug="open-now",
        name=WORDS.with_text("ar", "استشارة الأفكار"),
        opens_at=datetime(2023, 10, 1, tzinfo=UTC),
        closes_at=closes_at,
        announced_at=datetime(2023, 9, 20, tzinfo=UTC),
    )
    operations.add_round(
        cycle=cycle, number=1, consultation=consultation, on=date(2023, 9, 20), **STEP
    )


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        yield


def test_the_committee_is_warned_and_asked_once_more(sefrou, cycle, committee):
    focal = log_in(Client(), sefrou.officer, sefrou.province)
    draft = commitment_of(cycle, sefrou.axis)
    asked(cycle)
    page = f"{DESK}cycles/{cycle.slug}/validation/"
    body = focal.get(page).content.decode()
    assert "استشارة الأفكار" in body and "20 دجنبر 2026" in body
    sha256 = queries.before_council(cycle)[0].facts.present_sha256
    vote = vote_at(*committee)
    said = {"vote": vote.pk, "commitments": [draft.reference], f"seen_{draft.reference}": sha256}
    once = focal.post(page, said | {"waiver_ar": "سبب منشور"})
    assert once.status_code == 422 and TICK in once.content.decode()
    assert "سبب منشور" in once.content.decode()
    assert focal.post(page, said | {"is_meant": "on"}).status_code == 302


def test_the_council_is_warned_and_asked_once_more(sefrou, cycle, validated, session):
    secretary = log_in(Client(), sefrou.secretary, sefrou.province)
    asked(cycle)
    page = f"{DESK}cycles/{cycle.slug}/adoption/"
    vote = vote_at(*session)
    body = secretary.get(page).content.decode()
    assert "استشارة الأفكار" in body and "20 دجنبر 2026" in body
    assert "لم تحن بعد" not in body and "لم تنجز" in body
    digest = queries.adoption_desk(cycle).digest
    text = {"text_ar": f"البصمة {digest}", "text_fr": f"Empreinte {digest}"}
    said = {"act": "adopt", "vote": vote.pk, "number": "47", "title_ar": "مقرر", **text}
    once = secretary.post(page, said)
    assert once.status_code == 422 and TICK in once.content.decode()
    assert secretary.post(page, said | {"is_meant": "on"}).status_code == 302


def test_the_public_page_says_that_it_was_adopted_meanwhile(sefrou, client):
    cycle, _made = adopted_programme(sefrou)
    asked(cycle)
    assert cycle.deliberation.adopted_on > DAY
    body = client.get(f"/ar/programme/{cycle.slug}/", headers={"host": "localhost"})
    told = body.content.decode().split('id="adoption"')[1].split("</section>")[0]
    assert "اعتمده المجلس وهذه الاستشارة ما زالت مفتوحة" in told and "استشارة الأفكار" in told
