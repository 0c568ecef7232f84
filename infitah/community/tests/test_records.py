"""Small promises of the records: how they name themselves, what seeding twice changes."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from infitah.community import queries
from infitah.community.models import (
    Appointment,
    CalendarDay,
    CalendarVersion,
    Community,
    CompositionRule,
    Mandate,
    Person,
)
from infitah.community.operations.law import _feast_days, seed_calendar, seed_laws
from infitah.community.tests import factories
from infitah.core.viewer import Actor, Viewer
from infitah.kernel.calendar import Holiday, HolidayKind, HolidayStatus
from infitah.kernel.localized import LocalizedText

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "factory",
    [
        value
        for name, value in vars(factories).items()
        if name.endswith("Factory") and name != "OfCommunityFactory"
    ],
    ids=lambda factory: factory.__name__,
)
def test_every_record_names_itself_without_an_identity(factory):
    words = str(factory())
    assert words
    assert "@" not in words


def test_seeding_twice_changes_nothing(sefrou):
    before = list(CalendarDay.objects.of(sefrou.province).values_list("pk", "date"))
    seed_calendar(sefrou.province, by=Actor.system("test"), now=NOW)
    seed_laws(sefrou.province)
    assert list(CalendarDay.objects.of(sefrou.province).values_list("pk", "date")) == before
    assert CalendarVersion.objects.of(sefrou.province).count() == 1


def test_a_feast_confirmed_shorter_than_computed_has_only_its_confirmed_days():
    def holiday(day, status):
        return Holiday(day, LocalizedText(ar="عيد"), HolidayKind.HIJRI, status, "fitr-2030")

    days = list(
        _feast_days(
            "fitr-2030",
            [
                holiday(date(2030, 2, 5), HolidayStatus.ESTIMATED),
                holiday(date(2030, 2, 6), HolidayStatus.ESTIMATED),
                holiday(date(2030, 2, 6), HolidayStatus.CONFIRMED),
            ],
        )
    )
    assert [(day.date, day.estimated_on) for day in days] == [(date(2030, 2, 6), date(2030, 2, 5))]


def test_communities_are_public_whoever_looks(sefrou):
    assert Community.objects.visible_to(Viewer("SFR", sefrou.province.pk)).count() == 4


def test_grants_are_seen_by_who_appoints(sefrou):
    visible = factories.models.AccessGrant.objects.visible_to
    assert not visible(sefrou.viewer("idea.hide")).exists()
    found = visible(sefrou.viewer("appointment.edit"))
    assert found and {grant.community_id for grant in found} == {sefrou.province.pk}


def test_aliases_come_from_the_installation(sefrou):
    assert queries.aliases() == ()


@pytest.mark.parametrize(
    ("value", "unit", "language", "words"),
    [
        (20, "working_days", "ar", "20 يوم عمل"),
        (2, "working_days", "ar", "يوما عمل"),
        (3, "calendar_days", "ar", "3 أيام متصلة"),
        (2, "months", "ar", "شهران"),
        (300, "signatures", "ar", "300 توقيع"),
        (6, "years", "fr", "6 ans"),
        (1, "working_days", "fr", "1 jour ouvrable"),
    ],
)
def test_a_legal_number_is_written_with_its_unit(value, unit, language, words):
    with translation.override(language):
        assert factories.RuleValueFactory.build(value=value, unit=unit).in_words == words


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_kinds_of_a_composition_are_named_in_the_language_of_the_page(language):
    with translation.override("en"):
        english = {str(kind.label) for kind in CompositionRule.Kind}
    with translation.override(language):
        assert not english & {
            CompositionRule(kind=kind).get_kind_display() for kind in CompositionRule.Kind
        }


@pytest.mark.parametrize(
    ("sex", "key", "role", "office"),
    [
        ("female", "president", "رئيسة", "رئيسة المجلس"),
        ("male", "president", "رئيس", "رئيس المجلس"),
        ("unstated", "president", "الرئاسة", "رئاسة المجلس"),
        ("female", "secretary", "كاتبة", "كاتبة المجلس"),
        ("unstated", "secretary", "الكتابة", "كتابة المجلس"),
    ],
)
def test_a_role_agrees_with_its_holder_as_far_as_the_record_says(sex, key, role, office):
    person = Person(sex=sex)
    with translation.override("ar"):
        assert Mandate(person=person, role=key).role_words == role
        assert Appointment(person=person, office=key).office_words == office


def test_a_category_has_a_name_in_the_language_of_the_page():
    with translation.override("ar"):
        assert Mandate(category="civil_society").category_words == "المجتمع المدني"
        assert Mandate(category="جماعة البهاليل").category_words == "جماعة البهاليل"
