"""The queue of requests: by days left, filtered, searched, bounded, closed to all others."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import UnitFactory, grant, log_in
from infitah.core.operations import dispatch_events
from infitah.information import operations
from infitah.information.models import InformationRequest
from infitah.information.tests.asked import NOW, RECEIVED, arrival, file
from infitah.information.tests.desk import DESK, at, decided, delivered, named, officer, registered
from infitah.searchindex import queries as searchindex
from infitah.searchindex.operations import index_dirty

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def desk(sefrou):
    return officer(sefrou)


def references(page):
    html = page.content.decode()
    found = [piece.split("/")[0] for piece in html.split(f'href="{DESK}')[1:]]
    return [one for one in found if "-R-" in one]


def test_late_and_silent_ones_come_first_then_by_days_left(sefrou, desk):
    soon = file(sefrou, urgent_case="life").request
    far = registered(sefrou)
    late = file(sefrou, came=arrival(on=date(2026, 1, 5), at=at(date(2026, 1, 5)))).request
    page = desk.get(DESK)
    assert references(page) == [late.reference, soon.reference, far.reference]
    html = page.content.decode()
    assert "act-late" in html and "act-soon" in html and html.count("days-late") == 2


def test_each_filter_by_state_shows_what_it_names(sefrou, desk):
    received, opened = file(sefrou).request, registered(sefrou)
    asked, given, done = registered(sefrou), decided(sefrou), delivered(sefrou)
    operations.ask_clarification(words="أي سنة؟", on=RECEIVED, now=NOW, **named(asked))
    gone = file(sefrou).request
    operations.withdraw(on=RECEIVED, now=NOW, **named(gone))
    complained = delivered(sefrou)
    operations.complain(
        level="complained_head", words="ناقص", on=DAY, now=at(DAY), **named(complained)
    )
    shown = {
        "": [received, opened, asked, given],
        "register": [received],
        "open": [opened],
        "waiting": [asked],
        "deliver": [given],
        "publish": [done],
        "complaints": [complained],
        "done": [gone],
        "second": [],
        "silent": [],
        "all": [complained, gone, done, given, asked, opened, received],
    }
    for shelf, requests in shown.items():
        found = references(desk.get(DESK, {"shelf": shelf}))
        assert found == [one.reference for one in requests], shelf
    turn = references(desk.get(DESK, {"shelf": "all", "turn": "head"}))
    assert turn == [complained.reference]


def test_it_is_narrowed_by_service_channel_number_and_words(sefrou, desk):
    unit = UnitFactory(community=sefrou.province, slug="council")
    one = registered(sefrou)
    other = file(
        sefrou,
        came=arrival(channel="chafafiya", number="CH-77"),
        text="لائحة الصفقات العمومية لسنة 2025 في الإقليم",
    ).request
    InformationRequest.objects.filter(pk=one.pk).update(unit=unit)
    for asked, found in (
        ({"unit": "council"}, one),
        ({"channel": "chafafiya"}, other),
        ({"q": other.reference.lower()}, other),
        ({"q": f"R-{one.number}"}, one),
        ({"q": "CH-77"}, other),
    ):
        assert references(desk.get(DESK, asked)) == [found.reference], asked
    page = desk.get(DESK, {"unit": "elsewhere", "turn": "everybody", "q": "x" * 400})
    assert page.status_code == 200 and "x" * 400 in page.content.decode()


def test_pages_go_on_where_the_last_one_ended(sefrou, desk, settings):
    requests = [file(sefrou).request for _n in range(3)]
    many = InformationRequest.objects.get(pk=requests[0].pk)
    copies = []
    for number in range(60):
        many.pk, many.number = None, 100 + number
        many.reference, many.token = f"SFR-2026-R-{100 + number:04}", f"t{number}"
        many.submission_key = f"00000000-0000-4000-8000-{number:012}"
        copies.append(
            InformationRequest(
                **{f.attname: getattr(many, f.attname) for f in many._meta.concrete_fields}
            )
        )
    InformationRequest.objects.bulk_create(copies)
    first = desk.get(DESK)
    assert len(references(first)) == 50
    after = first.context["page"].after
    second = desk.get(DESK, {"after": after})
    assert len(references(second)) == 13
    assert not set(references(first)) & set(references(second))
    assert desk.get(DESK, {"after": "nonsense~x"}).status_code == 200


def test_it_costs_the_same_at_5_and_at_1000_requests(sefrou, desk, django_assert_max_num_queries):
    request = file(sefrou).request
    counts = []
    for upto in (5, 1000):
        known = InformationRequest.objects.count()
        fields = [f.attname for f in request._meta.concrete_fields if f.attname != "id"]
        rows = []
        for number in range(known + 1, upto + 1):
            values = {name: getattr(request, name) for name in fields}
            values |= {
                "number": number,
                "reference": f"SFR-2026-R-{number:04}",
                "token": f"token{number}",
                "submission_key": f"00000000-0000-4000-8000-{number:012}",
            }
            rows.append(InformationRequest(**values))
        InformationRequest.objects.bulk_create(rows)
        desk.get(DESK)
        with django_assert_max_num_queries(15) as captured:
            desk.get(DESK)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_nobody_without_the_right_and_nobody_elsewhere_sees_a_request(sefrou):
    request = file(sefrou).request
    paths = (DESK, f"{DESK}{request.reference}/", f"{DESK}{request.reference}/acts/register/")
    for user in (sefrou.moderator, sefrou.administrator, sefrou.secretary):
        client = log_in(Client(), user, sefrou.province)
        assert {client.get(path).status_code for path in paths} == {404}
    other = log_in(
        Client(), grant(sefrou.other, "information_officer", username="theirs"), sefrou.other
    )
    assert request.reference not in other.get(DESK).content.decode()
    for path in paths[1:]:
        assert other.get(path).status_code == 404
        assert other.post(path, {"register-title": "عنوان"}).status_code == 404
    assert other.post(f"{DESK}{request.reference}/identity/").status_code == 404


def test_words_of_a_request_are_found_by_officers_and_by_nobody_else(sefrou, desk):
    one = registered(sefrou)
    other = file(sefrou, text="لائحة الصفقات العمومية لسنة 2025 في الإقليم").request
    operations_of_worker()
    for words, found in (("صفقات", other), ("المحضر", one)):
        assert references(desk.get(DESK, {"q": words})) == [found.reference], words
    answer = searchindex.search(community_key="SFR", text="الصفقات العمومية")
    assert not [hit for hit in answer.hits if hit.subject == other.reference]
    theirs = officer_of(sefrou.other)
    assert references(theirs.get(DESK, {"q": "صفقات"})) == []


def operations_of_worker():
    now = at(DAY)
    while dispatch_events(now=now):
        pass
    while index_dirty(now=now):
        pass


def officer_of(community):
    return log_in(
        Client(), grant(community, "information_officer", username="elsewhere"), community
    )
