"""The public pages of figures: numbers with their definitions, lists, data; nobody's words."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from infitah.information.models import InformationRequest
from infitah.information.queries import figures as queries
from infitah.information.rules import figures
from infitah.information.tests.asked import TEXT, file
from infitah.information.tests.mass import WORDS, make_many
from infitah.publication.tests.factories import make_record

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date(2026, 6, 30)
PAGE = "/ar/information/figures/"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(datetime(2026, 6, 30, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def anybody(sefrou):
    return Client(headers={"host": sefrou.province.host})


def html_of(client, path):
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def words_of(html):
    """What a reader sees, on one line."""
    return " ".join(unescape(re.sub("<[^>]*>", "", html)).split())


def test_the_page_tells_twelve_figures_each_with_its_definition_and_list(sefrou, anybody):
    make_many(sefrou.province, 300)
    for language in ("ar", "fr"):
        html = html_of(anybody, f"/{language}/information/figures/2026/")
        for code in figures.TWELVE:
            figure = figures.FIGURES[code]
            assert figure.definition.text_of(language) in words_of(html)
            assert f"/{language}/information/figures/2026/{figure.list_code}/" in html
        assert html.count('class="figure-number"') == 12
    span = figures.Span.of_year(2026)
    counted = queries.tally_of(sefrou.province, span, TODAY)
    share = figures.value_of(figures.FIGURES["in-time"], counted).percent
    assert f"{share} %" in words_of(html)
    assert "50,5" in html and "vérifi" in html


def test_every_list_of_a_full_year_opens_and_says_how_many(sefrou, anybody):
    make_many(sefrou.province, 300)
    counted = queries.tally_of(sefrou.province, figures.Span.of_year(2025), TODAY)
    for code, figure in figures.FIGURES.items():
        html = html_of(anybody, f"{PAGE}2025/{code}/")
        assert figure.definition.ar in words_of(html)
        listed = html.count("<strong><bdi")
        assert listed == min(counted.count(figure.list_code), 50), code


def test_a_list_goes_on_where_the_page_before_ended(sefrou, anybody):
    make_many(sefrou.province, 160)
    total = InformationRequest.objects.filter(received_on__year=2025).count()
    assert total > 100
    seen, path = [], f"{PAGE}2025/received/"
    while path:
        page = anybody.get(path)
        seen += [row.reference for row in page.context["rows"]]
        path = page.context["next_url"]
    assert len(seen) == len(set(seen)) == total
    lost = anybody.get(f"{PAGE}2025/received/?after=SFR-2020-R-9999")
    assert lost.status_code == 200 and not lost.context["rows"]


def test_under_twenty_there_are_counts_and_no_percentages(sefrou, anybody):
    make_many(sefrou.province, 15, start=date(2026, 1, 1))
    html = html_of(anybody, f"{PAGE}2026/")
    main = html[html.index('id="twelve"') : html.index('id="others"')]
    assert "%" not in main
    assert queries.tally_of(sefrou.province, figures.Span.of_year(2026), TODAY).answers > 0


def test_a_year_without_requests_says_so_and_other_years_have_no_page(sefrou, anybody):
    html = html_of(anybody, PAGE)
    assert "2026" in html and 'class="figure-number"' not in html
    make_many(sefrou.province, 5, start=date(2025, 3, 1), today=date(2025, 6, 1))
    assert "2025" in html_of(anybody, PAGE)
    for path in ("2024/", "2027/", "2026/nothing/", "2024/received/", "9999/"):
        assert anybody.get(PAGE + path).status_code == 404, path


def test_a_row_names_neither_text_nor_person_and_leads_to_the_published_answer(sefrou, anybody):
    request = file(sefrou).request
    InformationRequest.objects.filter(pk=request.pk).update(public_title="عنوان لم ينشر بعد")
    for path in ("2026/", "2026/received/", "requests.csv", "requests.json"):
        page = anybody.get(PAGE + path)
        body = b"".join(page) if page.streaming else page.content
        html = body.decode()
        assert request.reference in html or path == "2026/"
        for hidden in (TEXT, "أمينة", "الصفريوية", "CD123456", request.token, "عنوان لم ينشر"):
            assert hidden not in html, (path, hidden)
    assert "/information/log/" + request.reference not in html
    make_record(sefrou.province, request.reference)
    html = html_of(anybody, f"{PAGE}2026/received/")
    assert f"/ar/information/log/{request.reference}/" in html
    told = json.loads(b"".join(anybody.get(f"{PAGE}requests.json")))["requests"]
    assert told[0]["record"].endswith(f"/d/{request.reference}")


def test_pages_can_be_kept_and_cost_the_same_however_many_requests(sefrou, anybody):
    html_of(anybody, PAGE)  # the frame of all pages is read once
    costs = []
    for count, first in ((30, 1), (1000, 1000)):
        make_many(sefrou.province, count, first=first, seed=first)
        queries.forget_figures()
        paths = (f"{PAGE}2025/", f"{PAGE}2025/answered/", f"{PAGE}2025/complaint-head/")
        some = []
        for path in paths:
            with CaptureQueriesContext(connection) as counting:
                page = anybody.get(path)
            assert "Set-Cookie" not in page.headers and "Cookie" not in page.get("Vary", "")
            some.append(len(counting))
        costs.append(some)
    assert costs[0] == costs[1] == [12, 7, 7]


def test_the_data_say_what_the_page_says(sefrou, anybody):
    make_many(sefrou.province, 120)
    made = anybody.get(f"{PAGE}figures.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(made)))
    assert len(rows) == 2 * len(figures.FIGURES)
    years = json.loads(anybody.get(f"{PAGE}figures.json").content)["years"]
    assert [one["year"] for one in years] == [2026, 2025]
    for year, told in zip((2026, 2025), years, strict=True):
        counted = queries.tally_of(sefrou.province, figures.Span.of_year(year), TODAY)
        in_csv = {one["figure"]: one for one in rows if one["first_day"].startswith(str(year))}
        for one in told["figures"]:
            figure = figures.FIGURES[one["figure"]]
            value = figures.value_of(figure, counted)
            assert (one["number"], one["percent"]) == (value.number, value.percent)
            assert in_csv[figure.code]["number"] == str(
                "" if value.number is None else value.number
            )
            assert one["definition_ar"] and one["name_fr"]


def test_the_whole_register_is_streamed_row_by_row(sefrou, anybody):
    made = make_many(sefrou.province, 620)
    make_many(sefrou.other, 3)
    page = anybody.get(f"{PAGE}requests.csv")
    assert page.streaming
    rows = list(csv.DictReader(io.StringIO(b"".join(page).decode("utf-8-sig"))))
    assert {row["reference"] for row in rows} == {one.row.reference for one in made}
    told = json.loads(b"".join(anybody.get(f"{PAGE}requests.json")))
    assert told["count"] == len(told["requests"]) == 620
    known = {one["reference"]: one for one in told["requests"]}
    for row in rows:
        one = known[row["reference"]]
        assert row["state"] == one["state"] and row["grounds"] == one["grounds"]
        assert WORDS not in json.dumps(one, ensure_ascii=False)
    states = {one["state"] for one in told["requests"]}
    assert states == {fate.value for fate in figures.Fate}
