"""The register names the things that its acts are about."""

import pytest

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
    act = Entry.objects.get(subject=f"consultation:{june.slug}", act="participation.consultation_announced")
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
