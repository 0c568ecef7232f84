"""Hosts, viewers, sessions of one host, the second factor (decisions B3, B6, C7, D12, D13)."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infitah.community import queries
from infitah.community.middleware import build_viewer
from infitah.community.models import AccessGrant, Community
from infitah.community.rules.offices import is_in_force, rights_of_office
from infitah.community.tests.factories import (
    AccessGrantFactory,
    AppointmentFactory,
    UserFactory,
    grant,
    log_in,
)
from infitah.core.models import Installation

pytestmark = pytest.mark.django_db
HOME = "/ar/information/deadline/"


def host(name):
    return {"HTTP_HOST": name}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("localhost", "SFR"),
        ("localhost:8104", "SFR"),
        ("LOCALHOST.", "SFR"),
        ("bhalil.localhost:8000", "BHL"),
        ("sefrou.localhost", "SFV"),
    ],
)
def test_a_host_means_its_community(client, sefrou, name, key):
    answer = client.get(HOME, **host(name))
    assert answer.status_code == 200
    assert answer.wsgi_request.community.key == key


@pytest.mark.parametrize("name", ["evil.example", "x.localhost", "", "[::1]:8000", "fes-meknes"])
def test_an_unknown_host_is_sent_to_the_default_home_and_not_stored(client, sefrou, name):
    answer = client.get(HOME, **host(name))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("http://localhost")
    assert answer.headers["Cache-Control"] == "no-store"


def test_loopback_is_an_alias_in_the_demonstration(client, sefrou):
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    queries.forget_hosts()
    for name in ("127.0.0.1:8000", "[::1]:8000"):
        assert client.get(HOME, **host(name)).wsgi_request.community.key == "SFR"


def test_without_any_community_the_answer_says_what_to_do(client):
    Community.objects.all().delete()
    queries.forget_hosts()
    answer = client.get(HOME, **host("localhost"))
    assert answer.status_code == 503
    assert "infitah community create" in answer.content.decode()


def test_the_host_map_costs_one_query_when_warm(sefrou, django_assert_num_queries):
    queries.by_host("localhost")
    with django_assert_num_queries(1):
        assert queries.by_host("bhalil.localhost").key == "BHL"


def test_addresses_follow_the_scheme_and_port_of_the_installation(sefrou):
    assert queries.url_of(sefrou.other, "/ar/").startswith("http://bhalil.localhost")
    assert queries.url_of(sefrou.region, "/ar/") == "/ar/"


def test_health_answers_at_any_host(client, sefrou):
    assert client.get("/health/live", **host("10.0.0.7")).status_code == 200


# --- Viewers -----------------------------------------------------------------------
def test_a_public_page_reads_no_session(client, sefrou):
    log_in(client, sefrou.officer, sefrou.province)
    answer = client.get(HOME)
    assert not answer.wsgi_request.viewer.is_officer
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_device_is_read_on_posts_and_under_mine_only(sefrou):
    def participant(method, path):
        request = getattr(RequestFactory(), method)(path)
        request.COOKIES["device"] = sefrou.device
        return build_viewer(request, sefrou.province).participant_id

    known = sefrou.participant.pk
    assert participant("post", "/ar/consultations/x/give/") == known
    assert participant("get", "/ar/mine/") == known
    assert participant("get", "/ar/consultations/") is None


def test_a_device_of_another_community_proves_nothing(sefrou):
    request = RequestFactory().post("/ar/consultations/")
    request.COOKIES["device"] = sefrou.device
    assert build_viewer(request, sefrou.other).participant_id is None


@pytest.mark.parametrize("starts", [date(2022, 12, 1), date(2999, 1, 1)])
def test_rights_need_an_office_in_force(client, sefrou, starts):
    user = UserFactory()
    held = AppointmentFactory(community=sefrou.province, office="moderator", starts_on=starts)
    AccessGrantFactory(user=user, appointment=held)
    log_in(client, user, sefrou.province)
    page = client.get("/desk/community/")
    has_rights = starts < date(2026, 1, 1)
    assert page.wsgi_request.viewer.may("idea.hide") is has_rights


def test_an_office_without_access_shows_nothing(sefrou):
    user = UserFactory()
    AppointmentFactory(community=sefrou.province, office="desk_clerk")
    assert queries.rights_of(user, sefrou.province, date(2026, 1, 1)) == frozenset()


SPANS = st.tuples(
    st.dates(date(2026, 1, 1), date(2026, 1, 20)),
    st.none() | st.integers(0, 20),
    st.dates(date(2026, 1, 1), date(2026, 2, 10)),
    st.booleans(),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPANS)
def test_predicate_and_queryset_agree(sefrou, span):
    """decisions B3: right = grant open and appointment in force today."""
    starts, length, today, is_open = span
    ends = None if length is None else date.fromordinal(starts.toordinal() + length)
    held = AppointmentFactory(
        community=sefrou.province,
        office="moderator",
        starts_on=starts,
        ends_on=ends,
        end_reason="x" if ends else "",
    )
    given_access = AccessGrantFactory(
        appointment=held, closed_at=None if is_open else "2030-01-01T00:00Z"
    )
    expected = is_open and is_in_force(starts, ends, today)
    in_force = AccessGrant.objects.of(sefrou.province).in_force(today)
    assert in_force.filter(pk=given_access.pk).exists() is expected
    rights = queries.rights_of(given_access.user, sefrou.province, today)
    assert rights == (rights_of_office("moderator") if expected else frozenset())
    held.grants.all().delete()
    held.delete()


def test_an_account_that_was_switched_off_has_no_rights(sefrou):
    sefrou.officer.is_active = False
    sefrou.officer.save()
    assert not queries.rights_of(sefrou.officer, sefrou.province, date(2026, 1, 1))


# --- Sessions and second factor ------------------------------------------------------
def test_a_session_stays_on_its_host(client, sefrou):
    log_in(client, sefrou.officer, sefrou.province)
    AccessGrantFactory(
        user=sefrou.officer,
        appointment=AppointmentFactory(community=sefrou.commune, office="focal_point"),
    )
    assert client.get("/desk/community/axes/").status_code == 200
    foreign = client.get("/desk/community/axes/", **host("sefrou.localhost"))
    assert foreign.status_code == 302
    assert foreign.headers["Location"].startswith("/desk/account/login/")
    assert client.get("/desk/community/axes/").status_code == 200


def test_a_new_session_is_bound_to_the_host_where_it_is_first_used(client, sefrou):
    client.force_login(sefrou.officer)
    client.get("/desk/community/axes/", **host("localhost"))
    assert client.session["community"] == "SFR"


def test_without_second_factor_the_desk_leads_to_the_enrolment(client, sefrou):
    cache.clear()
    client.force_login(sefrou.officer)
    for path in ("/desk/", "/desk/community/axes/", "/admin/"):
        answer = client.get(path, **host("localhost"))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/desk/account/second-factor/?next=")


@pytest.mark.parametrize(
    ("kind", "where"),
    [("totp", "/desk/account/second-factor/again/"), ("webauthn", "/desk/account/passkeys/again/")],
)
def test_a_second_factor_that_was_not_used_is_asked_for(client, sefrou, kind, where):
    Authenticator.objects.create(user=sefrou.officer, type=kind, data={})
    client.force_login(sefrou.officer)
    answer = client.get("/desk/community/axes/", **host("localhost"))
    assert answer.headers["Location"].startswith(where)


def test_demonstration_accounts_are_only_offered_the_second_factor(client, sefrou):
    user = grant(sefrou.province, "administrator", is_demonstration=True)
    client.force_login(user)
    assert client.get("/desk/community/axes/", **host("localhost")).status_code == 200


def test_the_desk_speaks_the_officers_language(client, sefrou):
    sefrou.administrator.language = "fr"
    sefrou.administrator.save()
    log_in(client, sefrou.administrator, sefrou.province)
    page = client.get("/desk/community/axes/").content.decode()
    assert '<html lang="fr" dir="ltr">' in page


def test_nobody_logged_in_is_led_to_the_log_in(client, sefrou):
    answer = client.get("/desk/community/axes/", **host("localhost"))
    assert answer.headers["Location"] == "/desk/account/login/?next=%2Fdesk%2Fcommunity%2Faxes%2F"
