"""One programme, one deliberation: with its fingerprint, on its own page, saying what was done."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from infitah.community.tests.factories import log_in
from infitah.council.models import Deliberation
from infitah.kernel.localized import LocalizedText
from infitah.programme import operations, queries
from infitah.programme.models import Round
from infitah.programme.queries.deliberation_text import text_of
from infitah.programme.tests.factories import STEP, commitment_of, idea_of
from infitah.programme.tests.sittings import vote_at

ITEM = LocalizedText(ar="النقطة الخامسة", fr="Cinquième point")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        yield


@pytest.fixture
def secretary(sefrou, client):
    return log_in(client, sefrou.secretary, sefrou.province)


@pytest.fixture
def voted(cycle, session):
    """The vote of the council on the item named for the programme."""
    sitting, _present = session
    item = sitting.items.first()
    operations.name_item(cycle=cycle, item=item, **STEP)
    return vote_at(*session, item=item)


def recording(vote):
    return f"/desk/meetings/council/{vote.item.sitting.session.reference}/deliberation/"


def said(vote, **more):
    values = {"vote": vote.pk, "number": "47", "title_ar": "مقرر بشأن البرنامج", "text_ar": "نص"}
    return values | more


def test_a_deliberation_on_the_programme_is_recorded_where_its_text_stands_ready(
    secretary, cycle, validated, session, voted
):
    at = f"/desk/programme/cycles/{cycle.slug}/adoption/"
    page = recording(voted)
    body = secretary.get(page).content.decode()
    assert f'class="button" href="{at}"' in body
    refused = secretary.post(page, said(voted))
    assert refused.status_code == 422 and "text_ar" in refused.context["form"].errors
    assert at in refused.content.decode() and not Deliberation.objects.exists()
    other = vote_at(*session)
    assert secretary.post(page, said(other)).status_code == 302
    other_one = Deliberation.objects.get()
    body = secretary.get(at).content.decode()
    assert f'value="{voted.pk}"' in body and "checked" in body.split(f'value="{voted.pk}"')[1][:60]
    digest = queries.adoption_desk(cycle).digest
    adopting = {"act": "adopt", **said(voted, number="48", text_ar=f"البصمة {digest}")}
    assert secretary.post(at, adopting).status_code == 302
    cycle.refresh_from_db()
    assert cycle.deliberation.vote == voted and cycle.deliberation != other_one


def test_a_deliberation_recorded_without_the_fingerprint_is_completed_and_stays_the_only_one(
    sefrou, secretary, cycle, validated, session, voted
):
    made = Deliberation.objects.create(
        community=sefrou.province,
        reference="SFR-2023-D-0001",
        year=2023,
        number=47,
        vote=voted,
        title=ITEM,
        adopted_on=voted.taken_on,
    )
    first = LocalizedText(ar="نص بلا بصمة", fr="Texte")
    made.versions.create(
        community=sefrou.province, number=1, text=first, sha256="a" * 64, made_on=voted.taken_on
    )
    at = f"/desk/programme/cycles/{cycle.slug}/adoption/"
    body = secretary.get(at).content.decode()
    assert "لم يصادق المجلس بأي تصويت بعد" not in body and made.reference in body
    again = vote_at(*session)
    digest = queries.adoption_desk(cycle).digest
    second = secretary.post(at, {"act": "adopt", **said(again, text_ar=digest, number="48")})
    assert second.status_code == 422 and Deliberation.objects.count() == 1
    bind = {"act": "bind", "deliberation": made.pk}
    assert secretary.post(at, bind).status_code == 422
    assert secretary.post(at, bind | {"adds_hash": "on"}).status_code == 302
    last = made.versions.latest("number")
    assert last.number == 2 and last.reason and made.versions.get(number=1).text == first
    assert digest in last.text.ar and digest in last.text.fr and "نص بلا بصمة" in last.text.ar
    cycle.refresh_from_db()
    assert cycle.deliberation == made


def test_the_prepared_text_names_only_the_consultations_that_were_held(
    sefrou, secretary, cycle, validated, voted
):
    consultation = idea_of(sefrou).consultation
    words = "نتائج الاستشارة الأولى للمواطنات والمواطنين"
    at = f"/desk/programme/cycles/{cycle.slug}/adoption/"
    assert words not in secretary.get(at).content.decode()
    Round.objects.create(
        community=sefrou.province, cycle=cycle, number=1, consultation=consultation
    )
    body = secretary.get(at).content.decode()
    assert words in body and "الاستشارة الثانية" not in body.split("<textarea")[1]
    undone = {
        one.number for one in queries.undone_steps(cycle, sefrou.viewer(), date(2026, 11, 23))
    }
    assert 6 in undone and 4 not in undone and "خطوات" in body
    consultation.closes_at = datetime(2027, 1, 1, tzinfo=UTC)
    consultation.save(update_fields=["closes_at"])
    assert words not in secretary.get(at).content.decode()
    both = text_of(cycle, [], "f" * 64, held_rounds=frozenset({1, 2}))
    assert "الاستشارتين" in both.ar and "deux consultations" in both.fr
    assert both.fr.startswith("Le conseil provincial de Sefrou, réuni")
    rows = queries.before_council(cycle)
    lines = text_of(cycle, rows, "f" * 64).ar.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("- "))
    assert not lines[first - 1] and lines[first - 2].endswith("الآتية:")


def test_all_that_stands_against_the_adoption_is_named_with_who_settles_it(
    sefrou, secretary, cycle
):
    drafts = [commitment_of(cycle, sefrou.axis) for _n in range(2)]
    body = secretary.get(f"/desk/programme/cycles/{cycle.slug}/adoption/").content.decode()
    told = body.split('id="adopt"')[1]
    assert all(one.reference in told for one in drafts)
    assert "لجنة التتبع هي التي تحسم" in told and f"/cycles/{cycle.slug}/validation/" in told


def test_where_no_vote_was_lost_the_page_says_that_the_vote_comes_first(sefrou, secretary, cycle):
    draft = commitment_of(cycle, sefrou.axis)
    body = secretary.get(f"/desk/programme/before-council/{draft.reference}/reject/")
    words = body.content.decode()
    assert "سجلوا التصويت أولا" in words and 'name="reason_ar"' not in words
