"""`infitah export requests`: the register of a span in codes, whole or not at all."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from infitah.information.models import InformationRequest
from infitah.information.queries.figures.office import CODE_COLUMNS
from infitah.information.tests.asked import TEXT, file
from infitah.information.tests.mass import make_many

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(datetime(2026, 6, 30, 9, tzinfo=UTC), tick=False):
        yield


def test_it_writes_the_requests_of_the_span_in_both_forms(sefrou, tmp_path, capsys):
    made = make_many(sefrou.province, 60)
    make_many(sefrou.other, 5)
    first, last = date(2025, 6, 1), date(2026, 2, 28)
    here = {one.row.reference for one in made if first <= one.row.received_on <= last}
    days = ("--from", "2025-06-01", "--to", "2026-02-28")
    for form in ("csv", "json"):
        path = tmp_path / f"requests.{form}"
        call_command("export", "requests", str(path), *days, "--format", form)
        text = path.read_text(encoding="utf-8-sig")
        rows = (
            list(csv.DictReader(io.StringIO(text)))
            if form == "csv"
            else json.loads(text)["requests"]
        )
        assert {row["reference"] for row in rows} == here
        assert tuple(rows[0]) == CODE_COLUMNS
        assert f"requests {len(here)}" in capsys.readouterr().out
        assert not list(tmp_path.glob("*.part"))
    call_command("export", "requests", "--format", "json")
    assert json.loads(capsys.readouterr().out)["count"] == 60


def test_no_identity_no_text_and_no_formula_leaves(sefrou, tmp_path):
    request = file(sefrou).request
    InformationRequest.objects.filter(pk=request.pk).update(external_number="=1+1")
    path = tmp_path / "requests.csv"
    call_command("export", "requests", str(path), "--community", sefrou.province.key)
    text = path.read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["external_number"] == "'=1+1" and row["requester"] == "citizen"
    assert not [word for word in (TEXT, "أمينة", "CD123456", request.token) if word in text]


def test_what_cannot_be_is_said(sefrou, tmp_path):
    for wrong in (
        ("--from", "2026-03-02", "--to", "2026-01-01"),
        ("--from", "yesterday"),
        ("--community", "XXX"),
        ("--format", "xlsx"),
    ):
        with pytest.raises(CommandError):
            call_command("export", "requests", str(tmp_path / "r.csv"), *wrong)
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export", "requests", str(tmp_path / "no" / "r.csv"))
    assert not list(tmp_path.iterdir())
