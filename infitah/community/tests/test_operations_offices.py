"""Offices, access, persons, bodies, mandates."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from infitah.community import operations, queries
from infitah.community.models import AccessGrant, Appointment, Mandate, User
from infitah.community.operations.bodies import NewMandate
from infitah.community.tests.factories import (
    AppointmentFactory,
    BodyFactory,
    CompositionRuleFactory,
    MandateFactory,
    PersonFactory,
    UserFactory,
)
from infitah.core.models import Outbox
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BY = Actor("officer", "admin", "administrator")
NAME = LocalizedText(ar="سعاد العلوي", fr="Souad Alaoui")


def last_act():
    return Entry.objects.order_by("-pk")[0].act


# --- Offices -------------------------------------------------------------------------
def appoint(sefrou, **changes):
    asked = {
        "community": sefrou.province,
        "person": PersonFactory(community=sefrou.province),
        "office": "desk_clerk",
        "act": "مقرر عدد 12",
        "starts_on": TODAY,
        "by": BY,
        "now": NOW,
    }
    return operations.appoint(**asked | changes)


def test_an_office_is_held_by_an_act(sefrou):
    held = appoint(sefrou)
    assert held in queries.offices_in_force(sefrou.province, TODAY)
    assert queries.holders(sefrou.province, "desk_clerk", TODAY) == [held]
    assert last_act() == "community.appointed"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"office": "king"}, "office"), ({"act": ""}, "act"), ({"office": "secretary"}, "office")],
)
def test_an_appointment_that_cannot_be_is_refused(sefrou, changes, field):
    with pytest.raises(operations.OfficeRefused) as refused:
        appoint(sefrou, **changes)
    assert refused.value.field == field


def test_a_person_holds_an_office_once_and_in_the_own_community(sefrou):
    held = appoint(sefrou)
    for person in (held.person, PersonFactory(community=sefrou.other)):
        with pytest.raises(operations.OfficeRefused) as refused:
            appoint(sefrou, person=person)
        assert refused.value.field == "person"


def test_an_office_is_free_after_its_holder(sefrou):
    secretary = Appointment.objects.get(community=sefrou.province, office="secretary")
    operations.end_appointment(
        appointment=secretary, ends_on=date(2026, 12, 1), reason="تقاعد", by=BY, now=NOW
    )
    follower = appoint(sefrou, office="secretary", starts_on=date(2026, 12, 1))
    assert queries.holders(sefrou.province, "secretary", TODAY) == [secretary]
    assert queries.holders(sefrou.province, "secretary", date(2026, 12, 1)) == [follower]


@pytest.mark.parametrize(
    ("ends_on", "reason", "field"),
    [(date(2020, 1, 1), "تقاعد", "ends_on"), (date(2026, 12, 1), "", "reason")],
)
def test_an_end_that_cannot_be_is_refused(sefrou, ends_on, reason, field):
    held = appoint(sefrou)
    with pytest.raises(operations.OfficeRefused) as refused:
        operations.end_appointment(appointment=held, ends_on=ends_on, reason=reason, by=BY, now=NOW)
    assert refused.value.field == field


def test_an_appointment_ends_once(sefrou):
    held = appoint(sefrou)
    asked = {"appointment": held, "ends_on": TODAY, "reason": "نقل", "by": BY, "now": NOW}
    operations.end_appointment(**asked)
    with pytest.raises(operations.OfficeRefused):
        operations.end_appointment(**asked)
    with pytest.raises(operations.OfficeRefused):
        operations.grant_access(appointment=held, user=UserFactory(), by=BY, now=NOW)


def test_the_last_administrator_stays(sefrou):
    only = Appointment.objects.get(community=sefrou.province, office="administrator")
    grant = AccessGrant.objects.get(appointment=only)
    with pytest.raises(operations.OfficeRefused):
        operations.end_appointment(appointment=only, ends_on=TODAY, reason="نقل", by=BY, now=NOW)
    with pytest.raises(operations.OfficeRefused):
        operations.close_access(grant=grant, by=BY, now=NOW)
    second = appoint(sefrou, office="administrator")
    operations.grant_access(appointment=second, user=UserFactory(), by=BY, now=NOW)
    assert operations.close_access(grant=grant, by=BY, now=NOW).closed_by == "admin"
    assert queries.rights_of(sefrou.administrator, sefrou.province, TODAY) == frozenset()


def test_access_opens_once_and_closes_once(sefrou):
    held, user = appoint(sefrou), UserFactory()
    grant = operations.grant_access(appointment=held, user=user, by=BY, now=NOW)
    assert "idea.enter" in queries.rights_of(user, sefrou.province, TODAY)
    assert queries.rights_of(user, sefrou.other, TODAY) == frozenset()
    with pytest.raises(operations.OfficeRefused):
        operations.grant_access(appointment=held, user=user, by=BY, now=NOW)
    operations.close_access(grant=grant, by=BY, now=NOW)
    with pytest.raises(operations.OfficeRefused):
        operations.close_access(grant=grant, by=BY, now=NOW)
    kinds = list(Outbox.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["community.access_granted", "community.access_closed"]


def test_an_account_is_given_new_or_standing(sefrou):
    asked = {"appointment": appoint(sefrou), "by": BY, "now": NOW}
    made = operations.give_account(username="souad", email="s@example.org", **asked)
    assert made.user.check_password(made.password)
    other = operations.give_account(
        appointment=appoint(sefrou), username="SOUAD", email="", by=BY, now=NOW
    )
    assert (other.user, other.password) == (made.user, "")


def test_an_officer_is_made_whole(sefrou):
    asked = {
        "community": sefrou.province,
        "username": "souad",
        "name": NAME,
        "office": "desk_clerk",
        "act": "مقرر",
        "by": BY,
        "now": NOW,
    }
    made = operations.create_officer(**asked)
    assert made.user.check_password(made.password)
    standing = queries.standing_of(made.user.pk, sefrou.province, TODAY)
    assert standing.office == "desk_clerk"
    assert queries.standing_of(None, sefrou.province, TODAY).office == ""
    for username in ("Souad", ""):
        with pytest.raises(operations.OfficeRefused) as refused:
            operations.create_officer(**asked | {"username": username})
        assert refused.value.field == "username"
    with pytest.raises(operations.OfficeRefused):
        operations.create_officer(**asked | {"username": "other", "office": "secretary"})
    assert not User.objects.filter(username="other").exists()


def test_an_address_is_kept_in_small_letters_and_belongs_to_one_account(client, sefrou):
    asked = {"community": sefrou.province, "act": "مقرر", "name": NAME, "by": BY, "now": NOW}
    made = operations.create_officer(
        username="souad", office="desk_clerk", email=" Souad@Sefrou.Example ", **asked
    )
    assert made.user.email == "souad@sefrou.example"
    for typed in ("souad@sefrou.example", "SOUAD@sefrou.EXAMPLE"):
        assert client.login(email=typed, password=made.password)
    with pytest.raises(operations.OfficeRefused) as refused:
        operations.create_officer(
            username="other", office="editor", email="SOUAD@SEFROU.example", **asked
        )
    assert refused.value.field == "email" and not User.objects.filter(username="other").exists()
    with pytest.raises(operations.OfficeRefused) as refused:
        operations.give_account(
            appointment=made.appointment,
            username="third",
            email="Souad@sefrou.example",
            by=BY,
            now=NOW,
        )
    assert refused.value.field == "email"
    two = [
        operations.create_officer(username=f"nobody-{number}", office="editor", **asked).user.email
        for number in (1, 2)
    ]
    assert two == ["", ""]


def test_rights_cost_one_query(sefrou, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert "idea.hide" in queries.rights_of(sefrou.officer, sefrou.province, TODAY)


def test_the_database_itself_keeps_an_office_single(sefrou):
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentFactory(community=sefrou.province, office="secretary")
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentFactory(community=sefrou.province, office="editor", ends_on=date(2020, 1, 1))


# --- Persons, terms, bodies --------------------------------------------------------------
def test_a_person_needs_an_arabic_name(sefrou):
    asked = {"community": sefrou.province, "by": BY, "now": NOW}
    person = operations.add_person(name=NAME, sex="female", **asked)
    assert person.sort_name
    with pytest.raises(operations.PersonRefused):
        operations.add_person(name=LocalizedText(fr="Souad"), **asked)


def test_a_new_term_ends_the_one_that_ran(sefrou):
    asked = {"community": sefrou.province, "source": "LO 112-14", "by": BY, "now": NOW}
    first = operations.open_term(name=NAME, starts_on=date(2021, 9, 24), **asked)
    operations.open_term(name=NAME, starts_on=date(2027, 9, 24), **asked)
    first.refresh_from_db()
    assert first.ends_on == date(2027, 9, 24)
    with pytest.raises(operations.TermRefused):
        operations.open_term(name=NAME, starts_on=date(2027, 9, 24), **asked)


def add_body(sefrou, **changes):
    asked = {
        "community": sefrou.province,
        "slug": "ieecag",
        "kind": "advisory",
        "name": NAME,
        "created_on": date(2022, 1, 10),
        "by": BY,
        "now": NOW,
    }
    return operations.add_body(**asked | changes)


def test_a_body_is_created(sefrou):
    body = add_body(sefrou, seats=3)
    assert body in queries.bodies(sefrou.province)
    assert queries.council(sefrou.province) == sefrou.council
    assert queries.council(sefrou.other) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "council"}, "slug"),
        ({"slug": "É"}, "slug"),
        ({"kind": "council"}, "kind"),
        ({"name": LocalizedText(fr="x")}, "name"),
    ],
)
def test_a_body_that_cannot_be_is_refused(sefrou, changes, field):
    with pytest.raises(operations.BodyRefused) as refused:
        add_body(sefrou, **changes)
    assert refused.value.field == field


def test_composition_is_measured_by_the_seats_held(sefrou, django_assert_num_queries):
    body = add_body(sefrou)
    asked = {"body": body, "kind": "parity", "amount": 0, "by": BY, "now": NOW}
    operations.set_composition_rule(**asked)
    for sex in ("male", "male", "female", "male"):
        person = PersonFactory(community=sefrou.province, sex=sex)
        MandateFactory(body=body, person=person)
    with django_assert_num_queries(2):
        (measured,) = queries.body_gauges(body, TODAY)
    assert (measured.gauge.state, measured.gauge.found) == ("not_met", 1)
    reason = LocalizedText(ar="تعذر إيجاد مرشحات")
    operations.set_composition_rule(reason=reason, **asked)
    (measured,) = queries.body_gauges(body, TODAY)
    assert measured.gauge.state == "reason_published"
    with pytest.raises(IntegrityError), transaction.atomic():
        CompositionRuleFactory(body=body, kind="category_share", category="civil", amount=120)


def give_seat(sefrou, body, **changes):
    person = changes.pop("person", None) or PersonFactory(community=sefrou.province)
    new = NewMandate(**{"starts_on": date(2022, 2, 1), "designation_act": "محضر"} | changes)
    return operations.seat(body=body, person=person, new=new, by=BY, now=NOW)


def test_a_seat_is_held_by_one_at_a_time(sefrou):
    body = add_body(sefrou, seats=2)
    first = give_seat(sefrou, body, seat=1)
    with pytest.raises(operations.BodyRefused) as refused:
        give_seat(sefrou, body, seat=1)
    assert refused.value.field == "seat"
    operations.end_mandate(
        mandate=first, ends_on=date(2023, 2, 1), reason="resignation", by=BY, now=NOW
    )
    second = give_seat(sefrou, body, seat=1, starts_on=date(2023, 2, 1))
    assert list(queries.seats(body, TODAY)) == [second]
    assert list(queries.seats(body, date(2023, 1, 31))) == [first]
    give_seat(sefrou, body, seat=2)
    with pytest.raises(operations.BodyRefused):
        give_seat(sefrou, body)
    assert Mandate.objects.filter(body=body).count() == 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"designation_act": ""}, "designation_act"),
        ({"seat": 9}, "seat"),
        ({"starts_on": date(2020, 1, 1)}, "starts_on"),
    ],
)
def test_a_seat_that_cannot_be_is_refused(sefrou, changes, field):
    with pytest.raises(operations.BodyRefused) as refused:
        give_seat(sefrou, add_body(sefrou, seats=2), **changes)
    assert refused.value.field == field


def test_a_person_sits_once_and_in_the_own_community(sefrou):
    body = add_body(sefrou)
    held = give_seat(sefrou, body)
    for person in (held.person, PersonFactory(community=sefrou.other)):
        with pytest.raises(operations.BodyRefused) as refused:
            give_seat(sefrou, body, person=person)
        assert refused.value.field == "person"


def test_a_substitute_stands_beside_a_seat_of_the_same_body(sefrou):
    body = add_body(sefrou, seats=1)
    master = give_seat(sefrou, body, seat=1)
    substitute = give_seat(sefrou, body, seat=1, substitute_of=master)
    assert substitute in queries.seats(body, TODAY)
    elsewhere = MandateFactory(body=BodyFactory(community=sefrou.province, kind="forum"))
    with pytest.raises(operations.BodyRefused) as refused:
        give_seat(sefrou, body, substitute_of=elsewhere)
    assert refused.value.field == "substitute_of"


def test_a_closed_body_gives_no_seat(sefrou):
    body = BodyFactory(
        community=sefrou.province, kind="forum", closed_on=date(2023, 1, 1), closing_reason="حل"
    )
    with pytest.raises(operations.BodyRefused) as refused:
        give_seat(sefrou, body, starts_on=date(2023, 1, 1))
    assert refused.value.field == "starts_on"


@pytest.mark.parametrize(
    ("ends_on", "reason", "field"),
    [(date(2020, 1, 1), "death", "ends_on"), (date(2023, 1, 1), "tired", "reason")],
)
def test_a_mandate_ends_after_it_starts_for_a_known_reason(sefrou, ends_on, reason, field):
    mandate = give_seat(sefrou, add_body(sefrou))
    asked = {"mandate": mandate, "by": BY, "now": NOW}
    with pytest.raises(operations.BodyRefused) as refused:
        operations.end_mandate(ends_on=ends_on, reason=reason, **asked)
    assert refused.value.field == field
    operations.end_mandate(ends_on=date(2023, 1, 1), reason="death", **asked)
    with pytest.raises(operations.BodyRefused):
        operations.end_mandate(ends_on=date(2023, 1, 1), reason="death", **asked)


def test_the_database_itself_keeps_seats_single(sefrou):
    mandate = MandateFactory(body=sefrou.council, seat=1)
    for changes in ({"seat": 1}, {"person": mandate.person}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MandateFactory(body=sefrou.council, **changes)
