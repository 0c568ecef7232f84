"""The item of the council's agenda that decides on a programme: named, whatever it is called."""

import importlib
from datetime import date

import pytest
import time_machine
from django.apps import apps

from infitah.community.tests.factories import log_in
from infitah.kernel.localized import LocalizedText
from infitah.proceedings import operations as proceedings
from infitah.proceedings.models import AgendaItem, Sitting
from infitah.proceedings.tests.factories import AgendaItemFactory, SittingFactory
from infitah.programme import operations, queries
from infitah.programme.models import AdoptionItem
from infitah.programme.operations import CycleRefused
from infitah.programme.tests.factories import STEP, cycle_of
from infitah.programme.tests.sittings import vote_at

SPEAKING = LocalizedText(ar="الدراسة والمصادقة على برنامج الانفتاح 2024-2025")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        yield


@pytest.fixture
def secretary(sefrou, client):
    return log_in(client, sefrou.secretary, sefrou.province)


@pytest.fixture
def to_come(session):
    """A sitting of the same session that is still planned."""
    return SittingFactory(session=session[0].session, held_on=date(2026, 12, 4))


def at(cycle):
    return f"/desk/programme/cycles/{cycle.slug}/agenda/"


def test_a_programme_is_put_on_the_agenda_from_its_own_page(secretary, cycle, to_come):
    page = secretary.get(f"/desk/programme/cycles/{cycle.slug}/adoption/").content.decode()
    assert f'href="{at(cycle)}"' in page
    said = {"act": "put", "sitting": to_come.pk, "title_ar": "نقطة متنوعة"}
    refused = secretary.post(at(cycle), said | {"title_ar": "", "title_fr": "Point divers"})
    assert refused.status_code == 422 and "Point divers" in refused.content.decode()
    assert secretary.post(at(cycle), said).status_code == 302
    named = AdoptionItem.objects.get(cycle=cycle)
    assert named.item.sitting == to_come and named.item.title.ar == "نقطة متنوعة"
    assert "نقطة متنوعة" in secretary.get(at(cycle)).content.decode()


def test_an_item_that_stands_already_is_named_and_released(secretary, cycle, validated, session):
    item = session[0].items.first()
    vote = vote_at(*session, item=item)
    before = secretary.get(at(cycle))
    assert f'value="{item.pk}"' in before.content.decode()
    assert secretary.post(at(cycle), {"act": "name", "item": item.pk}).status_code == 302
    assert queries.adopting_vote(cycle, [vote_at(*session), vote]) == vote
    named = AdoptionItem.objects.get()
    assert secretary.post(f"{at(cycle)}{named.pk}/release/").status_code == 302
    assert not AdoptionItem.objects.exists() and AgendaItem.objects.filter(pk=item.pk).exists()


def test_words_alone_name_nothing(sefrou, cycle, validated, session):
    item = AgendaItemFactory(sitting=session[0], title=SPEAKING)
    vote = vote_at(*session, item=item)
    own = queries.own_texts(session[0].session, sefrou.viewer())
    assert len(own) == 1 and not own[0].is_of(vote)
    operations.name_item(cycle=cycle, item=item, **STEP)
    (own,) = queries.own_texts(session[0].session, sefrou.viewer())
    assert own.is_of(vote)


def test_an_item_called_again_decides_as_the_first_one(sefrou, cycle, session):
    sitting, _present = session
    item = sitting.items.first()
    operations.name_item(cycle=cycle, item=item, **STEP)
    Sitting.objects.filter(pk=sitting.pk).update(state=Sitting.State.NO_QUORUM)
    again = proceedings.call_again(sitting=sitting, held_on=date(2026, 12, 4), **STEP)
    repeated = again.items.get(repeats=item)
    assert queries.items_to_name(cycle).filter(pk=repeated.pk).count() == 0
    with pytest.raises(CycleRefused):
        operations.name_item(cycle=cycle, item=repeated, **STEP)
    assert repeated.pk in queries.deciding_items(cycle)


def test_only_an_item_of_the_council_that_decides_on_nothing_else_is_named(
    sefrou, cycle, committee, session
):
    other, item = cycle_of(sefrou, "2026-2027"), session[0].items.first()
    with pytest.raises(CycleRefused) as foreign:
        operations.name_item(cycle=cycle, item=committee[0].items.first(), **STEP)
    assert foreign.value.field == "item"
    operations.name_item(cycle=cycle, item=item, **STEP)
    with pytest.raises(CycleRefused):
        operations.name_item(cycle=other, item=item, **STEP)
    other_item = AgendaItemFactory(sitting=session[0])
    Sitting.objects.filter(pk=session[0].pk).update(state=Sitting.State.CANCELLED)
    with pytest.raises(CycleRefused):
        operations.name_item(cycle=cycle, item=other_item, **STEP)


def test_what_the_words_found_before_is_named_by_the_migration(cycle, session):
    AgendaItemFactory(sitting=session[0], title=LocalizedText(ar="عرض حول برنامج الانفتاح"))
    AgendaItemFactory(
        sitting=session[0], title=LocalizedText(ar="المصادقة على برنامج الانفتاح 2031-2032")
    )
    item = AgendaItemFactory(sitting=session[0], title=SPEAKING)
    named = importlib.import_module("infitah.programme.migrations.0003_name_adoption_items")
    named.name_items(apps, None)
    assert [one.item for one in AdoptionItem.objects.all()] == [item]


def test_a_closed_session_offers_only_what_it_had_to_do_with(sefrou, cycle, session):
    sitting, _present = session
    held, viewer = sitting.session, sefrou.viewer("session.edit")
    held.state, held.closed_on = "closed", date(2023, 11, 13)
    held.save()
    assert queries.session_acts(held, viewer) == []
    operations.name_item(cycle=cycle, item=sitting.items.first(), **STEP)
    (act,) = queries.session_acts(held, viewer)
    assert act.url.endswith("/adoption/")
