"""Workshops over HTTP: sheets printed, notes typed on one page, taken back, read by everybody."""

import uuid
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.core.viewer import Viewer
from infitah.participation import queries
from infitah.participation.models import Idea, Workshop
from infitah.participation.tests.factories import AFTER, DURING, STATEMENT, make_consultation
from infitah.participation.tests.workshops import KEY, OTHER, enter, make_workshop

DESK = "/desk/participation/"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def test_a_workshop_is_announced_at_the_desk(sefrou, june, focal):
    at = f"{DESK}consultations/june/workshops/new/"
    assert focal.get(at).status_code == 200
    stated = {
        "slug": "first",
        "name_ar": "الورشة الأولى",
        "held_on": "2023-03-08",
        "place_ar": "دار الشباب",
        f"tables_{sefrou.axis.pk}": "2",
    }
    wrong = focal.post(at, {**stated, "held_on": "1999-03-08"})
    assert wrong.status_code == 422 and "الورشة الأولى" in wrong.content.decode()
    assert "id_held_on-error" in wrong.content.decode()
    none = focal.post(at, {**stated, f"tables_{sefrou.axis.pk}": ""})
    assert f"id_tables_{sefrou.axis.pk}-error" in none.content.decode()
    assert not Workshop.objects.exists()
    made = focal.post(at, stated)
    assert made.url == f"{DESK}consultations/june/workshops/first/"
    assert focal.get(made.url).status_code == 200
    changed = focal.post(made.url, {**stated, "present": "38", f"tables_{sefrou.axis.pk}": ""})
    assert changed.status_code == 302 and Workshop.objects.get().present == 38
    listed = focal.get(f"{DESK}workshops/").content.decode()
    assert made.url in listed and at in listed


def test_sheets_are_printed_in_both_languages(workshop, focal):
    base = f"{DESK}consultations/june/workshops/first/sheets-"
    for language in ("ar", "fr"):
        sheet = focal.get(f"{base}{language}.pdf")
        assert sheet["Content-Type"] == "application/pdf" and sheet.content.startswith(b"%PDF")
    assert focal.get(f"{base}ar.pdf?table=2").status_code == 200
    assert focal.get(f"{base}ar.pdf?table=9").status_code == 404
    assert focal.get(f"{base}zgh.pdf").status_code == 404


def typed(table, **rows):
    return {"key": str(KEY), "rows": "10", **rows}


def test_the_code_of_a_sheet_opens_its_table_after_log_in(sefrou, table, focal, anybody):
    at = f"{DESK}tables/{table.token}/"
    sent = anybody.get(at)
    assert sent.status_code == 302 and f"next={quote(at, safe='')}" in sent.url
    assert focal.get(at).status_code == 200
    moderator = log_in(Client(), sefrou.moderator, sefrou.province)
    assert moderator.get(at).status_code == 404
    assert focal.get(f"{DESK}tables/nothing/").status_code == 404


def test_notes_are_typed_on_one_page(table, focal):
    at = f"{DESK}tables/{table.token}/"
    rows = typed(table, statement_1=STATEMENT, dots_1="7", statement_3=OTHER)
    wrong = focal.post(at, {**rows, "statement_2": "قصير", "dots_4": "3", "send": "1"})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and not Idea.objects.exists()
    assert STATEMENT in page and "قصير" in page and 'value="7"' in page
    assert "id_statement_2-error" in page and "id_statement_4-error" in page
    checked = focal.post(at, {**rows, "check": "1"})
    assert checked.status_code == 200 and not Idea.objects.exists()
    entered = focal.post(at, rows)  # Enter in a field: the first button, which keeps nothing
    assert entered.status_code == 200 and not Idea.objects.exists()
    more = focal.post(at, {**rows, "more": "1"}).content.decode()
    assert "id_statement_20" in more and STATEMENT in more and 'value="7"' in more
    sent = focal.post(at, {**rows, "send": "1"})
    assert sent.url == f"{at}notes/"
    assert focal.post(at, {**rows, "send": "1"}).url == sent.url
    numbers = focal.get(sent.url).content.decode()
    assert numbers.index("SFR-2023-I-0001") < numbers.index("SFR-2023-I-0002")
    assert Idea.objects.count() == 2
    nothing = focal.post(at, typed(table, send="1"))
    assert nothing.status_code == 422


def test_a_row_like_another_is_marked_and_taken(table, focal):
    at = f"{DESK}tables/{table.token}/"
    rows = typed(table, statement_1=STATEMENT, statement_2=STATEMENT)
    shown = focal.post(at, {**rows, "check": "1"}).context["rows"]
    assert [row.like for row in shown[:3]] == [None, 1, None]
    focal.post(at, {**rows, "send": "1"})
    assert Idea.objects.count() == 2


def test_a_note_is_taken_back_at_the_desk(table, focal, sefrou):
    (idea,) = enter(table, STATEMENT)
    at = f"{DESK}notes/{idea.reference}/withdraw/"
    assert focal.get(at).status_code == 200
    short = focal.post(at, {"reason": "قصير"})
    assert short.status_code == 422 and "id_reason-error" in short.content.decode()
    assert focal.post(at, {"reason": "كتبت كلمة بدل أخرى"}).status_code == 302
    assert focal.get(f"{DESK}tables/{table.token}/notes/").status_code == 200
    assert focal.get(f"{DESK}notes/SFR-2023-I-0099/withdraw/").status_code == 404


def test_everybody_reads_a_workshop(
    sefrou, workshop, table, anybody, django_assert_max_num_queries
):
    enter(table, STATEMENT, dots=5)
    for language in ("ar", "fr"):
        page = anybody.get(f"/{language}/consultations/june/workshops/first/").content.decode()
        assert STATEMENT in page and "SFR-2023-I-0001" in page
        base = f"/{language}/consultations/june/"
        assert f"{base}workshops/" in anybody.get(base).content.decode()
        assert "workshops/first/" in anybody.get(f"{base}workshops/").content.decode()
    enter(table, *[f"{STATEMENT} {n}" for n in range(30)], key=uuid.uuid4())
    with django_assert_max_num_queries(8):
        anybody.get("/fr/consultations/june/workshops/first/")
    assert anybody.get("/ar/consultations/june/workshops/none/").status_code == 404


def test_dots_are_told_as_supports_are(sefrou):
    shy = make_consultation(sefrou.province, sefrou.axis, slug="shy", counts_after_closing=True)
    table = make_workshop(shy, sefrou.axis).tables.get()
    enter(table, STATEMENT, dots=987, is_counted=True)
    viewer = Viewer("SFR", sefrou.province.pk)

    def dots(now):
        page = queries.workshop_page(viewer=viewer, workshop=table.workshop, now=now)
        return page.tables[0].notes[0].dots

    assert dots(DURING) is None and dots(AFTER) == 987
