"""Records of meetings for tests; dates as literals."""

from datetime import UTC, date, datetime

import factory

from infitah.community.tests.factories import BodyFactory, MandateFactory, PersonFactory
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.proceedings import models, operations
from infitah.proceedings.queries import in_office
from infitah.proceedings.rules import Presence

NOW = datetime(2023, 11, 14, 9, 0, tzinfo=UTC)
BY = Actor("officer", "secretary", "secretary")
HELD = date(2023, 11, 13)


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Session

    body = factory.SubFactory(BodyFactory)
    community = factory.SelfAttribute("body.community")
    reference = factory.Sequence(lambda n: f"XAA-2023-S-{n + 1:04d}")
    title = LocalizedText(ar="دورة استثنائية", fr="Session extraordinaire")
    convened_on = date(2023, 11, 2)
    convened_by = "president"


class SittingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Sitting

    session = factory.SubFactory(SessionFactory)
    community = factory.SelfAttribute("session.community")
    position = factory.LazyAttribute(lambda made: made.session.sittings.count() + 1)
    held_on = HELD
    place = LocalizedText(ar="مقر المجلس", fr="Siège du conseil")


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AgendaItem

    sitting = factory.SubFactory(SittingFactory)
    community = factory.SelfAttribute("sitting.community")
    position = factory.LazyAttribute(lambda made: made.sitting.items.count() + 1)
    title = LocalizedText(ar="المصادقة على البرنامج", fr="Approbation du programme")


def seats_of(body, count=13):
    """Give `body` this many seats in office."""
    return [
        MandateFactory(
            body=body,
            seat=number,
            person=PersonFactory(community=body.community, sex="female" if number % 2 else "male"),
        )
        for number in range(1, count + 1)
    ]


def held_sitting(body, *, absent=0, seats=13):
    """Return a sitting of `body` whose roll was called, and the seats present."""
    mandates = seats_of(body, seats)
    sitting = SittingFactory(session__body=body)
    said = [Presence.ABSENT] * absent + [Presence.PRESENT] * (seats - absent)
    presences = {
        seat.pk: presence
        for seat, presence in zip(in_office(body, sitting.held_on), said, strict=True)
    }
    sitting_id = sitting.pk
    AgendaItemFactory(sitting=sitting)
    operations.hold_sitting(sitting=sitting, presences=presences, by=BY, now=NOW)
    held = models.Sitting.objects.get(pk=sitting_id)
    present = [mandate for mandate in mandates if presences[mandate.pk] == Presence.PRESENT]
    return held, present
