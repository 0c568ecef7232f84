"""Reads of meetings: legal numbers of the day, and a session in a bounded number of queries."""

from datetime import date

from infitah.community.models import RuleValue
from infitah.community.tests.factories import BodyFactory, CommunityFactory, MandateFactory
from infitah.core.viewer import Viewer
from infitah.proceedings import queries
from infitah.proceedings.models import Session
from infitah.proceedings.tests.factories import SessionFactory, held_sitting


def test_a_legal_number_comes_from_the_rule_set_of_the_day(sefrou):
    found = queries.legal_number(sefrou.province, queries.NOTICE_DAYS, date(2023, 11, 2))
    stored = RuleValue.objects.of(sefrou.province).get(key="council.convocation")
    assert (found.value, found.is_verified) == (stored.value, stored.is_verified)


def test_a_missing_number_is_a_default_that_is_never_certain(db):
    found = queries.legal_number(CommunityFactory(), queries.QUORUM, date(2023, 11, 2))
    assert (found.value, found.is_verified) == (50, False)


def test_substitutes_and_ended_seats_are_not_in_office(db):
    body = BodyFactory()
    seat = MandateFactory(body=body, seat=1)
    MandateFactory(body=body, seat=1, substitute_of=seat)
    MandateFactory(body=body, seat=2, ends_on=date(2023, 1, 1), end_reason="resignation")
    assert list(queries.in_office(body, date(2023, 11, 13))) == [seat]


def test_a_session_is_read_in_the_same_queries_whatever_it_holds(sefrou, django_assert_num_queries):
    held_sitting(sefrou.council)
    for _n in range(3):
        SessionFactory(body=sefrou.council, community=sefrou.province)
    with django_assert_num_queries(5):
        for session in queries.with_proceedings(Session.objects.all()):
            for sitting in session.sittings.all():
                assert queries.roll_call(sitting).seats == 13
                assert [item.votes.all() for item in sitting.items.all()]


def test_sessions_of_another_community_are_not_seen(sefrou):
    SessionFactory(body=sefrou.council)
    viewer = Viewer("SFR", sefrou.province.pk)
    assert queries.sessions_of(sefrou.council, viewer).count() == 1
    other = Viewer("BHL", sefrou.other.pk)
    assert not queries.sessions_of(sefrou.council, other).exists()
