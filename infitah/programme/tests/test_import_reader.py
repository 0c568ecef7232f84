"""The reader of a running programme meets whatever people send: faults by line, never a crash."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as some

from infitah.community.tests.factories import log_in
from infitah.core import clock
from infitah.core.models import StoredFile
from infitah.core.operations import stage_file
from infitah.kernel.dates import format_period
from infitah.programme import queries
from infitah.programme.models import Milestone
from infitah.programme.queries import importing as plans
from infitah.programme.queries.import_columns import columns_told
from infitah.programme.rules import cells, importing
from infitah.programme.rules.cells import Fault
from infitah.programme.tests.cycles import TABLE
from infitah.programme.tests.factories import cycle_of

DESK = "/desk/programme/cycles/2026-2027/import/"
YEARS = (date(2026, 1, 1), date(2027, 12, 31))
LIMITS = importing.Limits(YEARS, date(2026, 11, 28))
WORDS = importing.Vocabulary(
    axes={"transparency": "transparency"},
    principles={"accountability": "accountability"},
    units={"site": "site"},
    states={state: state for state in ("planned", "blocked", "claimed", "verified", "returned")},
    values={"transparency": "transparency"},
)
GOOD = {
    "key": "1",
    "title_ar": "نشر المحاضر",
    "axis": "transparency",
    "milestone_title_ar": "إعداد المسطرة",
    "weight": "100",
    "announced_start": "2026-01-01",
    "announced_end": "2026-06-30",
}
DAY = some.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
CELL = some.one_of(
    DAY,
    some.text(max_size=40),
    some.sampled_from(["claimed", "verified", "1", "٤٠ %", "-1", "9" * 30, "31/02/2026", "|;،"]),
)


@pytest.fixture
def officer(sefrou, client):
    return log_in(client, sefrou.officer, sefrou.province)


def written(*rows):
    lines = [
        list(importing.COLUMNS),
        *([row.get(name, "") for name in importing.COLUMNS] for row in rows),
    ]
    return "\n".join(
        ";".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    ).encode()


def must_be_tellable(content):
    """Read, and do with what came out all that the page of the preview does."""
    reading = importing.read_programme(content, WORDS, LIMITS)
    for one in reading.commitments:
        assert one.span[0] <= one.span[1]
        for milestone in one.milestones:
            for span in (milestone.announced, milestone.planned):
                assert format_period(*span, "ar")
        plans.rows_of_plan(one)
    assert all(found.row >= 1 for found in reading.faults)
    return reading


@given(some.dictionaries(some.sampled_from(importing.COLUMNS), CELL, max_size=8))
def test_any_text_in_any_column_is_read_or_told_by_its_line(changed):
    reading = must_be_tellable(written(GOOD | changed, {"key": "1"} | changed))
    assert reading.faults or reading.commitments


@given(some.one_of(some.binary(max_size=300), some.text(max_size=300).map(str.encode)))
def test_any_bytes_as_a_file_are_a_fault_or_a_reading(content):
    must_be_tellable(content)
    must_be_tellable(";".join(importing.COLUMNS).encode() + b"\n" + content)


@pytest.mark.parametrize(
    ("column", "cell", "fault_at"),
    [
        ("announced_start", "2026-07-01", "announced_end"),
        ("planned_end", "2025-01-01", "planned_end"),
        ("ends_on", "2025-01-01", "ends_on"),
    ],
)
def test_days_in_the_wrong_order_are_a_fault_of_their_line(column, cell, fault_at):
    reading = must_be_tellable(written(GOOD | {column: cell}))
    assert [(one.kind, one.row, one.column) for one in reading.faults] == [
        (Fault.ORDER, 2, fault_at)
    ]


def sent(officer, content, name="programme.csv"):
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return officer.post(DESK, {"file": file})


def test_the_preview_tells_days_in_the_wrong_order(sefrou, officer):
    cycle_of(sefrou, "2026-2027")
    table = TABLE.replace("2024-01-01;30/06/2024", "2024-08-01;30/06/2024")
    answer = officer.get(sent(officer, table.encode()).headers["Location"])
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "اليوم الأخير سابق لليوم الأول" in body and '<th scope="row">2</th>' in body
    told, listed = body.split('id="rows"')
    assert "من 1 غشت 2024 إلى 30 يونيو 2024" in told
    assert "من 30 يونيو إلى 1 غشت 2024" in listed


def test_the_arabic_of_windows_is_read_and_the_preview_says_so(sefrou, officer):
    cycle_of(sefrou, "2026-2027")
    answer = officer.get(sent(officer, TABLE.encode("cp1256")).headers["Location"])
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "نشر المحاضر" in body and "cp1256" in body
    plain = officer.get(sent(officer, TABLE.encode()).headers["Location"])
    assert "cp1256" not in plain.content.decode()


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 x", b"MZ\x90\x00", "key;title_ar\n1;\u0628\x00".encode("cp1256"), b"\xff"],
)
def test_what_is_no_table_is_told_which_kind_this_page_takes(sefrou, officer, content):
    cycle_of(sefrou, "2026-2027")
    answer = sent(officer, content)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "CSV UTF-8" in body and "DOCX" not in body


def test_french_of_windows_without_an_arabic_letter_is_not_guessed():
    assert cells.decoded("key;title_ar\n1;é".encode("cp1252")) is None
    assert cells.decoded("key;title_ar\n1;ب".encode("cp1256")) == ("key;title_ar\n1;ب", "cp1256")


def test_an_unknown_word_is_told_with_those_that_are_known(sefrou, officer):
    cycle = cycle_of(sefrou, "2026-2027")
    table = TABLE.replace(";claimed;", ";finished;").replace(
        ";transparency;accountability", ";x;accountability"
    )
    body = officer.get(sent(officer, table.encode()).headers["Location"]).content.decode()
    axis = cycle.axes.get().axis.name.ar
    assert f"«x» غير معروف هنا. المقبول: {axis}" in body
    state = f"«finished» غير معروف هنا. المقبول: {Milestone.State.PLANNED.label}"
    assert state in body and str(Milestone.State.VERIFIED.label) in body


def test_the_page_explains_each_column_in_its_language(sefrou, officer):
    cycle = cycle_of(sefrou, "2026-2027")
    told = columns_told(cycle)
    assert [one.name for one in told] == list(importing.COLUMNS)
    assert all(one.meaning and one.accepted for one in told)
    body = officer.get(DESK).content.decode()
    for words in ("وزن المرحلة", "الإشكال العمومي، بالفرنسية", "عدد صحيح من 1 إلى 100"):
        assert words in body


def test_the_examples_of_the_page_are_read_as_they_stand(sefrou):
    told = columns_told(cycle_of(sefrou, "2026-2027"))
    given_ = {one.name: one.example for one in told} | {"axis": "transparency", "principles": ""}
    given_ |= {"lead_unit": "", "milestone_unit": "", "values": "", "milestone_state": ""}
    second = {"key": "1", "weight": "60", "after": "1"} | {
        name: given_[name] for name in given_ if name.startswith(("milestone_title", "announced"))
    }
    reading = must_be_tellable(written(given_ | {"after": ""}, second))
    assert reading.faults == [] and reading.commitments[0].budget == 125_000_050


def test_the_example_of_the_model_file_is_never_imported(sefrou, officer):
    cycle = cycle_of(sefrou, "2026-2027")
    table = officer.get(f"{DESK}example.csv").content
    found = queries.preview_of(cycle, table, date(2026, 11, 23))
    assert {one.row for one in found.faults} == {2, 3} and not found.may_be_imported
    mended = table.decode().replace("(مثال يحذف) ", "").replace("(exemple à effacer) ", "")
    found = queries.preview_of(cycle, mended.encode(), date(2026, 11, 23))
    assert found.faults == () and found.may_be_imported


def test_no_other_file_of_the_store_opens_as_an_import(sefrou, officer):
    """A letter that came in by mail is a text of the same store: the page shows what it staged."""
    cycle_of(sefrou, "2026-2027")
    page = sent(officer, TABLE.encode()).headers["Location"]
    path, seal = page.split("?")
    letter = stage_file(
        BytesIO("رسالة من مواطن".encode()),
        community_key=sefrou.province.key,
        name="letter.txt",
        now=clock.now(),
    )
    other = path.replace(str(StoredFile.objects.get(name="programme.csv").key), str(letter.key))
    assert officer.get(page).status_code == 200
    assert {officer.get(at).status_code for at in (path, other, f"{other}?{seal}")} == {404}
