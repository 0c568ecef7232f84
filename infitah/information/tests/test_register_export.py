"""The register as a file: every request of the span, codes and days, no identity, no formula."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from infitah.community.tests.factories import grant, log_in
from infitah.core import files as stored_files
from infitah.core.models import StoredFile
from infitah.information.conf import OPTIONS
from infitah.information.models import InformationRequest, RegisterExport
from infitah.information.operations import exports
from infitah.information.queries.figures.files import write_register
from infitah.information.rules.figures import Span
from infitah.information.tests.asked import OFFICER, TEXT, file
from infitah.information.tests.desk import officer
from infitah.information.tests.mass import make_many
from infitah.information.tests.sheets import pages, shown, words

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)
TODAY = date(2026, 6, 30)
DESK = "/desk/information/register/"
ALL = Span(date(2025, 1, 1), TODAY)
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(autouse=True)
def _june(settings, tmp_path):
    settings.STORED_FILES_ROOT = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield


def made(sefrou, form, *, span=ALL, language="ar"):
    out = BytesIO()
    count = write_register(out, sefrou.province, span, form=form, language=language, today=TODAY)
    return count, out.getvalue()


def table(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def sheet(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    rows = root.findall("m:sheetData/m:row", NS)
    return [["".join(cell.itertext()) for cell in row] for row in rows], root


def asked(sefrou, desk, **more):
    sent = {"first": "2025-01-01", "last": "2026-06-30", "form": "csv"} | more
    return desk.post(DESK, sent)


def body(page):
    content = b"".join(page)
    page.close()
    return content


def test_every_request_of_the_span_stands_in_it_with_the_fields_of_the_law(sefrou):
    rows = make_many(sefrou.province, 530)
    make_many(sefrou.other, 4)
    span = Span(date(2025, 7, 1), date(2026, 3, 31))
    here = {
        one.row.reference: one for one in rows if span.first <= one.row.received_on <= span.last
    }
    count, content = made(sefrou, "csv", span=span, language="fr")
    told = {row["Numéro de la demande"]: row for row in table(content)}
    assert set(told) == set(here) and count == len(here)
    for reference, row in told.items():
        one = here[reference]
        assert row["Reçue le"] == one.row.received_on.isoformat()
        assert row["Jours ouvrables"] == str(
            "" if one.row.working_days is None else one.row.working_days
        )
        grounds = {ground for ground, _exception in one.grounds}
        exceptions = {exception for _ground, exception in one.grounds if exception}
        assert set(row["Motifs de refus"].split()) == grounds
        assert set(row["Exceptions de l’article 7"].split()) == exceptions
        kinds = {"citizen": "citoyen", "resident": "résident"}
        assert kinds[one.status] in row["Demandeur"].lower()
        assert row["Coût"] == ""


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_no_file_names_who_asked_or_what(sefrou, form):
    request = file(sefrou, email="amina@example.org").request
    InformationRequest.objects.filter(pk=request.pk).update(public_title="عنوان لم ينشر")
    _count, content = made(sefrou, form)
    if form == "xlsx":
        text = str(sheet(content)[0])
    else:
        text = words(content) + shown(content) if form == "pdf" else content.decode()
    assert request.reference in text
    hidden = (TEXT, "أمينة", "الصفريوية", "CD123456", "amina@", request.token, "عنوان لم ينشر")
    assert not [one for one in hidden if one in text]


@pytest.mark.parametrize("number", ['=HYPERLINK("http://x")', "+1;cmd", "-2+3", "@SUM(A1)"])
def test_a_number_typed_from_elsewhere_starts_no_formula(sefrou, number):
    request = file(sefrou).request
    InformationRequest.objects.filter(pk=request.pk).update(external_number=number)
    _count, content = made(sefrou, "csv", language="fr")
    (row,) = table(content)
    assert row["Numéro donné ailleurs"] == f"'{number}"
    rows, root = sheet(made(sefrou, "xlsx")[1])
    assert number in rows[1] and root.find(".//m:f", NS) is None


def test_a_spreadsheet_in_arabic_begins_at_the_right_with_days_as_days(sefrou):
    make_many(sefrou.province, 12)
    rows, root = sheet(made(sefrou, "xlsx")[1])
    assert root.find("m:sheetViews/m:sheetView", NS).get("rightToLeft") == "1"
    with translation.override("ar"):
        assert rows[0][:2] == ["رقم الطلب", "الموضوع"]
    days = [row.findall("m:c", NS)[6] for row in root.findall("m:sheetData/m:row", NS)[1:]]
    assert {day.get("s") for day in days} == {"2"} and not any(day.get("t") for day in days)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_printed_sheets_hold_every_number(sefrou, language):
    rows = make_many(sefrou.province, 45)
    count, content = made(sefrou, "pdf", language=language)
    text = shown(content)
    assert count == 45 and pages(content) > 1
    assert not [one.row.reference for one in rows if one.row.reference not in text]


def test_a_short_one_comes_at_once(sefrou):
    make_many(sefrou.province, 30)
    desk = officer(sefrou)
    for form, kind in (("csv", "text/csv"), ("xlsx", "spreadsheetml"), ("pdf", "pdf")):
        page = asked(sefrou, desk, form=form)
        assert page.status_code == 200 and kind in page["Content-Type"]
        assert f"SFR-requests-2025-01-01-2026-06-30.{form}" in page["Content-Disposition"]
        assert body(page)
    assert not RegisterExport.objects.exists()


def test_a_long_one_is_made_by_the_worker_and_erased_after_some_days(sefrou, monkeypatch):
    monkeypatch.setattr("infitah.information.operations.exports.OPTIONS", few(10))
    rows = make_many(sefrou.province, 30)
    desk = officer(sefrou)
    assert asked(sefrou, desk).status_code == 302
    assert asked(sefrou, desk).status_code == 302
    export = RegisterExport.objects.get()
    assert export.stored is None and exports.has_exports_to_make(NOW)
    assert exports.make_exports(now=NOW) is False
    export.refresh_from_db()
    assert export.rows == 30 and export.tries == 1
    path = f"/files/{export.stored.key}/{export.stored.name}"
    assert path in desk.get(DESK).content.decode()
    told = {next(iter(row.values())) for row in table(body(desk.get(path)))}
    assert told == {one.row.reference for one in rows}
    for other in (
        Client(headers={"host": sefrou.province.host}),
        log_in(Client(), sefrou.moderator, sefrou.province),
        log_in(Client(), grant(sefrou.other, "information_officer"), sefrou.other),
    ):
        assert other.get(path).status_code == 404
    later = NOW + timedelta(days=OPTIONS.export_days, seconds=1)
    where = stored_files.path_of(export.stored)
    assert where.exists() and exports.has_exports_to_make(later)
    exports.make_exports(now=later)
    assert not RegisterExport.objects.exists()
    assert StoredFile.objects.get(pk=export.stored.pk).state == "withdrawn"


def few(most):
    """The options with small limits."""
    return type(OPTIONS)(
        most_exported_at_once=most, most_printed_at_once=most, most_printed=2 * most
    )


def test_one_that_fails_is_tried_three_times_and_said_to_have_failed(sefrou, monkeypatch):
    make_many(sefrou.province, 3)
    wanted = exports.Wanted(ALL, "csv", "ar")
    exports.ask_export(community=sefrou.province, wanted=wanted, by=OFFICER, now=NOW)

    def full(*_args, **_options):
        raise OSError("No space left on device")

    monkeypatch.setattr("infitah.information.operations.exports.write_register", full)
    for _try in range(3):
        assert exports.has_exports_to_make(NOW)
        with pytest.raises(OSError, match="No space"):
            exports.make_exports(now=NOW)
    assert not exports.has_exports_to_make(NOW)
    with translation.override("ar"):
        assert "تعذر إنجازه" in officer(sefrou).get(DESK).content.decode()


def test_too_much_for_paper_and_days_in_the_wrong_order_are_refused(sefrou, monkeypatch):
    monkeypatch.setattr("infitah.information.operations.exports.OPTIONS", few(10))
    make_many(sefrou.province, 30)
    desk = officer(sefrou)
    for more in (
        {"form": "pdf"},
        {"first": "2026-06-30", "last": "2026-01-01"},
        {"first": "yesterday"},
        {"form": "exe"},
    ):
        page = asked(sefrou, desk, **more)
        assert page.status_code == 422, more
    assert not RegisterExport.objects.exists()


def test_who_may_not_read_requests_has_no_register(sefrou):
    make_many(sefrou.province, 3)
    for user in (sefrou.moderator, sefrou.administrator, sefrou.secretary):
        client = log_in(Client(), user, sefrou.province)
        assert client.get(DESK).status_code == 404
        assert asked(sefrou, client).status_code == 404
