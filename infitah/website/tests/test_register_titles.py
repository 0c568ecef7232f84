"""The register names the things that its acts are about."""

from datetime import date

import pytest

from infitah.core import clock
from infitah.core.viewer import Actor
from infitah.ledger.models import Entry
from infitah.ledger.tests.factories import make_entry
from infitah.participation import operations
from infitah.participation.tests.factories import (
    BY,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
    make_rule,
)
from infitah.participation.tests.workshops import make_workshop

SYSTEM = Actor.system("seed")
pytestmark = pytest.mark.django_db


def page_of(client, language="ar"):
    address = f"/{language}/register/"
    return client.get(address, headers={"host": "localhost"}).content.decode()


def test_acts_bear_the_words_of_their_subject(client, sefrou):
    june = make_consultation(sefrou.province, sefrou.axis)
    make_idea(june, sefrou.axis)
    page = page_of(client)
    assert STATEMENT in page and "استشارة يونيو" in page
    assert "Consultation de juin" in page_of(client, "fr")


def test_an_act_leads_to_the_consultation_that_it_is_about(client, sefrou):
    june = make_consultation(sefrou.province, sefrou.axis)
    act = Entry.objects.get(
        subject=f"consultation:{june.slug}", act="participation.consultation_announced"
    )
    address = f"/fr/register/{act.number}/"
    page = client.get(address, headers={"host": "localhost"}).content.decode()
    title = '<bdi dir="auto">Consultation de juin</bdi>'
    assert f'<a href="/fr/consultations/{june.slug}/">{title}</a>' in page


def test_words_written_in_the_act_itself_are_shown(client, sefrou):
    make_entry(
        act="community.axis_added", subject="SFR/axis/x", public={"name": {"ar": "محور البيئة"}}
    )
    make_entry(act="community.axis_added", subject="SFR/axis/y", public={"name": "plain"})
    assert "محور البيئة" in page_of(client)


def test_a_hidden_idea_bears_no_words_in_the_register(client, sefrou):
    june = make_consultation(sefrou.province, sefrou.axis)
    idea = make_idea(june, sefrou.axis)
    operations.hide_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        rule=make_rule(sefrou.province, 2),
        reason="تتضمن رقم هاتف",
        by=BY,
        now=DURING,
    )
    assert STATEMENT not in page_of(client)


def test_a_workshop_bears_its_name_linked_and_its_inner_name_stays_among_the_proofs(client, sefrou):
    june = make_consultation(sefrou.province, sefrou.axis)
    workshop = make_workshop(june, sefrou.axis, slug="first-workshop-at-the-seat")
    page = page_of(client, "fr")
    subject = f"workshop:{june.slug}/{workshop.slug}"
    link = f'<a href="/fr/consultations/{june.slug}/workshops/{workshop.slug}/">'
    assert f'{link}<bdi dir="auto">{workshop.name.fr}</bdi></a>' in page
    assert subject not in page and f"consultation:{june.slug}" not in page
    act = Entry.objects.get(subject=subject)
    entry = client.get(f"/fr/register/{act.number}/", headers={"host": "localhost"}).text
    inner = f'<bdi dir="ltr" class="ref ref-long">{subject}</bdi>'
    above, proofs = entry.split("<details>", 1)
    assert link in above and subject not in above and inner in proofs
    asked = client.get(f"/fr/verify/?sought=%23{act.number}", headers={"host": "localhost"}).text
    above, proofs = asked.split("<details>", 1)
    assert workshop.name.fr in above and subject not in above and inner in proofs


def test_an_act_of_the_list_leads_to_the_idea_by_its_number(client, sefrou):
    june = make_consultation(sefrou.province, sefrou.axis)
    idea = make_idea(june, sefrou.axis)
    page = page_of(client)
    assert f'<a href="/d/{idea.reference}"><bdi dir="auto">{STATEMENT}</bdi></a>' in page
    assert client.get(f"/d/{idea.reference}", headers={"host": "localhost"}).status_code == 302


def test_what_the_system_wrote_in_afterwards_is_not_said_to_be_its_own_act(client, sefrou):
    older = make_entry(act="proceedings.voted", by=SYSTEM, occurred_on=date(2023, 11, 13))
    now = clock.real_now()
    own = make_entry(act="proceedings.voted", by=SYSTEM, occurred_on=clock.local_day(now), now=now)
    pages = [
        client.get(f"/ar/register/{one.number}/", headers={"host": "localhost"}).text
        for one in (older, own)
    ]
    assert "قيده في السجل" in pages[0] and "المنصة نفسها" not in pages[0]
    assert "المنصة نفسها" in pages[1] and "قام به" in pages[1]
