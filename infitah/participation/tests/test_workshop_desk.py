"""Workshops at the desk as an officer meets them: days, warnings, what is taken out or cancelled."""

import uuid
from datetime import UTC, date, datetime, time

import pypdfium2
import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.core.models import Installation
from infitah.core.viewer import Viewer
from infitah.ledger.models import Entry
from infitah.participation import operations, queries
from infitah.participation.models import Consultation, Idea, Workshop, WorkshopTable
from infitah.participation.operations import Note, NotesRefused, WorkshopRefused
from infitah.participation.operations.ideas import Arrival, IdeaText
from infitah.participation.tests.factories import BY, DURING, STATEMENT
from infitah.participation.tests.workshops import KEY, OTHER, enter, make_workshop

DESK = "/desk/participation/"
NEW = f"{DESK}consultations/june/workshops/new/"
HERE = f"{DESK}consultations/june/workshops/first/"
REASON = "القاعة غير متاحة في ذلك اليوم"
PHONE = "تحسين الإنارة بالحي، للاتصال 0612345678"


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def at(table):
    return f"{DESK}tables/{table.token}/"


def public_of(act):
    (found,) = Entry.objects.filter(act=f"participation.{act}")
    return found.facts.public


def rows(**typed):
    return {"key": str(KEY), "rows": "10", **typed}


def stated(sefrou, **changes):
    return {
        "name_ar": "ورشة الشباب",
        "name_fr": "Atelier des jeunes",
        "held_on": "2023-06-16",
        "hour": "09:30",
        "place_ar": "دار الشباب",
        f"tables_{sefrou.axis.pk}": "1",
        **changes,
    }


# The day ------------------------------------------------------------------------------------------


def test_checking_and_keeping_judge_alike_before_the_day(june, sefrou, focal):
    table = make_workshop(june, sefrou.axis, held_on=date(2023, 6, 16)).tables.get()
    for button in ("check", "send"):
        answer = focal.post(at(table), {**rows(statement_1=STATEMENT), button: "1"})
        page = answer.content.decode()
        assert answer.status_code == 422 and answer.context["refusal"], button
        assert STATEMENT in page and "لم يحفظ" in page and "متأخر" not in page
        assert f'href="{HERE}#change" target="_blank"' in page
        assert "checked" not in answer.context
    assert not Idea.objects.exists()
    assert f'href="{HERE}#change"' in focal.get(at(table)).content.decode()


def test_a_workshop_after_closing_says_at_once_that_its_notes_are_late(
    june, sefrou, focal, anybody
):
    made = focal.post(NEW, stated(sefrou, held_on="2023-08-05"), follow=True)
    page, late = made.content.decode(), "الأفكار المتأخرة"
    assert made.status_code == 200 and late in page and "20 يونيو 2023" in page
    public = "/ar/consultations/june/workshops/atelier-des-jeunes/"
    assert late in anybody.get(public).content.decode()
    in_time = focal.post(NEW, stated(sefrou), follow=True)
    assert late not in in_time.content.decode()


def test_no_workshop_is_offered_more_than_a_year_after_closing(june, sefrou):
    pages = (f"{DESK}workshops/", f"{DESK}consultations/june/")
    for day, is_offered in (("2023-06-14", True), ("2024-06-20", True), ("2024-06-22", False)):
        with time_machine.travel(f"{day}T12:00Z", tick=False):
            officer = log_in(Client(), sefrou.officer, sefrou.province)
            for page in pages:
                assert (NEW in officer.get(page).content.decode()) is is_offered, (day, page)


# Name and hour ------------------------------------------------------------------------------------


def test_short_name_and_hour_are_no_burden(june, sefrou, focal, anybody):
    for slug in ("atelier-des-jeunes", "atelier-des-jeunes-2"):
        made = focal.post(NEW, stated(sefrou, hour="٠٩:٣٠"))
        assert made.url == f"{DESK}consultations/june/workshops/{slug}/"
    arabic = focal.post(NEW, stated(sefrou, name_fr="", hour=""))
    assert arabic.url.endswith("/workshops/waracha-al-chabab/")
    first = Workshop.objects.get(slug="atelier-des-jeunes")
    assert first.hour == time(9, 30)
    page = anybody.get(f"/ar/consultations/june/workshops/{first.slug}/").content.decode()
    assert "09:30" in page
    assert focal.post(NEW, stated(sefrou, hour="soon")).status_code == 422
    form = focal.get(NEW).content.decode()
    assert form.index('name="slug"') > form.index(f'name="tables_{sefrou.axis.pk}"')


# What must be meant -------------------------------------------------------------------------------


@pytest.mark.parametrize("button", ["check", "send"])
def test_a_telephone_in_a_note_is_said_before_it_is_public(table, focal, button):
    typed = rows(statement_1=STATEMENT, statement_2=OTHER, detail_2=PHONE)
    asked = focal.post(at(table), {**typed, button: "1"})
    page = asked.content.decode()
    assert asked.status_code == 422 and "رقم هاتف" in page and PHONE in page
    assert 'name="meant_2"' in page and 'name="meant_1"' not in page
    meant = {**typed, "meant_2": "on", button: "1"}
    assert focal.post(at(table), meant).status_code == (200 if button == "check" else 302)
    assert Idea.objects.count() == (0 if button == "check" else 2)


def test_the_act_asks_too_whether_it_is_meant(table):
    with pytest.raises(NotesRefused) as caught:
        enter(table, PHONE)
    assert [(one.row, one.field) for one in caught.value.faults] == [(1, "meant")]
    assert len(enter(table, PHONE, is_meant=True)) == 1


@pytest.mark.parametrize(("present", "dots"), [("2", "3"), ("", "201")])
def test_more_dots_than_people_are_counted_again(table, focal, present, dots):
    Workshop.objects.update(present=present or None)
    typed = rows(statement_1=STATEMENT, dots_1=dots, send="1")
    asked = focal.post(at(table), typed)
    assert asked.status_code == 422 and 'name="counted_1"' in asked.content.decode()
    fewer = focal.post(at(table), {**typed, "dots_1": str(int(dots) - 1)})
    assert fewer.status_code == 302
    assert Idea.objects.get().dots == int(dots) - 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("is_premoderated", False, "تنشر كل ورقة للعموم فور أخذها رقمها"),
        ("is_premoderated", True, "بعد أن ينشرها مشرف"),
        ("closes_at", datetime(2020, 1, 1, tzinfo=UTC), "ضمن الأفكار المتأخرة"),
    ],
)
def test_a_table_says_when_its_notes_are_public(june, table, focal, field, value, words):
    changes = {"opens_at": datetime(2019, 1, 1, tzinfo=UTC), field: value}
    Consultation.objects.filter(pk=june.pk).update(**changes)
    page = focal.get(at(table)).content.decode()
    assert page.index(words) < page.rindex('name="send"')


def test_a_new_workshop_says_what_becomes_public(june, focal):
    page = focal.get(NEW).content.decode()
    assert "في متناول العموم فورا" in page


def test_dots_counted_again_are_kept(table, focal):
    typed = rows(statement_1=STATEMENT, dots_1="43", counted_1="on", send="1")
    assert focal.post(at(table), typed).status_code == 302
    assert Idea.objects.get().dots == 43


# The page of notes --------------------------------------------------------------------------------


def test_limits_are_said_before_typing_and_details_stand_by_their_note(table, focal):
    page = focal.get(at(table)).content.decode()
    assert "من 20 إلى 140 حرفا" in page.partition('name="statement_1"')[0]
    order = [page.index(f'name="{name}"') for name in ("dots_1", "detail_1", "statement_2")]
    assert order == sorted(order)
    assert "احفظوا الأوراق وامنحوها أرقامها" in page


def test_lines_become_rows_that_are_looked_at_before_they_are_kept(table, focal):
    lines = f"7{STATEMENT}\n\n12 {OTHER}\n- {STATEMENT} مرة أخرى\nقصير"
    sent = rows(statement_1=f"{STATEMENT} أولا", lines=lines, send="1")
    page = focal.post(at(table), sent)
    form, shown = page.context["form"], page.context["rows"]
    assert page.status_code == 422 and set(form.errors) == {"statement_5"}
    assert [(row.statement.value(), row.dots.value()) for row in shown[:5]] == [
        (f"{STATEMENT} أولا", None),
        (STATEMENT, "7"),
        (OTHER, "12"),
        (f"{STATEMENT} مرة أخرى", ""),
        ("قصير", ""),
    ]
    assert [row.is_sure for row in shown[:3]] == [True, True, False]
    assert form["lines"].value() == "" and not Idea.objects.exists()


def test_lines_are_never_kept_unseen(table, focal):
    lines = "\n".join(f"{number % 9}{STATEMENT} رقم {number}" for number in range(40))
    read = focal.post(at(table), rows(lines=lines, send="1"))
    assert read.status_code == 200 and not Idea.objects.exists()
    text = read.content.decode()
    assert text.count('name="send"') == 2 and "40" in text
    typed = {
        field.html_name: field.value() or ""
        for row in read.context["rows"]
        for field in (row.statement, row.dots)
    }
    kept = focal.post(at(table), {"key": str(KEY), "rows": "40", **typed, "send": "1"})
    assert kept.status_code == 302 and Idea.objects.count() == 40
    assert set(Idea.objects.values_list("dots", flat=True)) == set(range(9))


def test_lines_without_a_row_stay_where_they_were_typed(table, focal):
    lines = "\n".join(f"{STATEMENT} {number}" for number in range(100))
    page = focal.post(at(table), rows(statement_3=OTHER, lines=lines, check="1"))
    assert page.status_code == 422 and set(page.context["form"].errors) == {"lines"}
    assert page.context["form"]["lines"].value() == lines
    assert [row.statement.value() for row in page.context["rows"]][2] == OTHER


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_sheet_names_the_council_and_says_what_its_code_is_for(workshop, monkeypatch, language):
    drawn = {}
    monkeypatch.setattr(
        "infitah.participation.queries.sheets.pdf.render",
        lambda _name, inputs, **_more: drawn.update(inputs) or b"%PDF",
    )
    queries.sheets_pdf(workshop, list(workshop.tables.all()), language)
    assert drawn["author"] == workshop.community.institution.in_language(language)
    assert not drawn["label_scan"].rstrip().endswith(":")


def test_a_sheet_with_an_hour_is_drawn(workshop):
    Workshop.objects.update(hour=time(9, 30))
    workshop.refresh_from_db()
    assert queries.sheets_pdf(workshop, list(workshop.tables.all()), "ar").startswith(b"%PDF")


def test_the_sheets_of_a_demonstration_say_that_they_are_one(workshop):
    words = "Démonstration"
    tables = list(workshop.tables.all())
    for is_demonstration in (False, True):
        Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": is_demonstration})
        drawn = pypdfium2.PdfDocument(queries.sheets_pdf(workshop, tables, "fr"))
        said = [words in page.get_textpage().get_text_bounded() for page in drawn]
        assert said == [is_demonstration] * len(tables)


def test_the_menu_marks_workshops_on_all_their_pages(table, focal):
    (idea,) = enter(table, STATEMENT)
    paths = (at(table), f"{at(table)}notes/", HERE, NEW, f"{DESK}notes/{idea.reference}/withdraw/")
    for path in (*paths, f"{DESK}workshops/"):
        desk = focal.get(path).context["desk"]
        marked = [entry.url for group in desk.menu for entry in group.entries if entry.is_current]
        assert marked == [f"{DESK}workshops/"], path


# Taken out, cancelled -----------------------------------------------------------------------------


def test_a_table_without_notes_is_taken_out_with_its_reason(workshop, focal, anybody):
    table = workshop.tables.get(number=2)
    assert f"{at(table)}remove/" in focal.get(HERE).content.decode()
    assert focal.get(f"{at(table)}remove/").status_code == 200
    short = focal.post(f"{at(table)}remove/", {"reason": "قصير"})
    assert short.status_code == 422 and "id_reason-error" in short.content.decode()
    assert focal.post(f"{at(table)}remove/", {"reason": REASON}).url == HERE
    said = public_of("workshop_table_removed")
    assert (said["table"], said["reason"], said["tables"]) == (2, REASON, 1)
    assert focal.get(at(table)).status_code == 404
    operations.edit_workshop(
        workshop_id=workshop.pk,
        text=operations.WorkshopText(
            slug="first",
            name=workshop.name,
            held_on=workshop.held_on,
            place=workshop.place,
            axes=[table.axis],
        ),
        by=BY,
        now=DURING,
    )
    assert [one.number for one in workshop.tables.order_by("number")] == [1, 2]


def test_a_table_with_notes_and_the_last_one_stay(workshop, table):
    (idea,) = enter(table, STATEMENT)
    operations.withdraw_note(
        community_id=idea.community_id, reference=idea.reference, reason=REASON, by=BY, now=DURING
    )
    with pytest.raises(WorkshopRefused):
        operations.remove_table(table_id=table.pk, reason=REASON, by=BY, now=DURING)
    other = make_workshop(workshop.consultation, table.axis, slug="other").tables.get()
    with pytest.raises(WorkshopRefused):
        operations.remove_table(table_id=other.pk, reason=REASON, by=BY, now=DURING)
    assert WorkshopTable.objects.count() == 3


def test_a_number_is_never_given_to_two_tables(workshop, sefrou):
    first = workshop.tables.get(number=1)
    operations.remove_table(table_id=first.pk, reason=REASON, by=BY, now=DURING)
    text = operations.WorkshopText(
        slug="first",
        name=workshop.name,
        held_on=workshop.held_on,
        place=workshop.place,
        axes=[sefrou.axis],
    )
    operations.edit_workshop(workshop_id=workshop.pk, text=text, by=BY, now=DURING)
    assert [one.number for one in workshop.tables.order_by("number")] == [2, 3]


def test_a_workshop_is_cancelled_in_public_with_its_reason(workshop, table, focal, anybody):
    cancel = f"{HERE}cancel/"
    assert cancel in focal.get(HERE).content.decode()
    assert focal.get(cancel).status_code == 200
    assert focal.post(cancel, {"reason": ""}).status_code == 422
    done = focal.post(cancel, {"reason": REASON}, follow=True)
    assert REASON in done.content.decode() and cancel not in done.content.decode()
    public = anybody.get("/ar/consultations/june/workshops/first/").content.decode()
    assert REASON in public and "ألغيت" in public
    assert "ألغيت" in anybody.get("/ar/consultations/june/workshops/").content.decode()
    assert "ألغيت" in focal.get(f"{DESK}workshops/").content.decode()
    assert public_of("workshop_cancelled")["reason"] == REASON
    for button in ("check", "send"):
        typed = focal.post(at(table), {**rows(statement_1=STATEMENT), button: "1"})
        assert typed.status_code == 422 and STATEMENT in typed.content.decode()
    operations.cancel_workshop(workshop_id=workshop.pk, reason=OTHER, by=BY, now=DURING)
    workshop.refresh_from_db()
    assert workshop.cancel_reason == REASON
    with pytest.raises(WorkshopRefused):
        operations.remove_table(table_id=table.pk, reason=REASON, by=BY, now=DURING)


@pytest.mark.parametrize("reason", ["قصير", "ن" * 501])
def test_a_cancelling_has_a_reason(workshop, reason):
    with pytest.raises(WorkshopRefused) as caught:
        operations.cancel_workshop(workshop_id=workshop.pk, reason=reason, by=BY, now=DURING)
    assert caught.value.field == "reason"


def test_a_workshop_that_was_held_is_not_cancelled(workshop, table, focal):
    enter(table, STATEMENT)
    assert f"{HERE}cancel/" not in focal.get(HERE).content.decode()
    answer = focal.post(f"{HERE}cancel/", {"reason": REASON})
    assert answer.status_code == 422 and Workshop.objects.get().cancelled_at is None


# Counts that differ -------------------------------------------------------------------------------


def test_ideas_of_workshops_without_page_are_told_apart(june, sefrou, table, focal):
    enter(table, STATEMENT)
    viewer = Viewer("SFR", sefrou.province.pk)
    assert queries.ideas_of_other_workshops(viewer=viewer) == {}
    operations.enter_idea(
        consultation=june,
        text=IdeaText(key=uuid.uuid4(), axis=sefrou.axis, statement=OTHER),
        arrival=Arrival(
            source=Idea.Source.WORKSHOP,
            author=None,
            submitted_at=DURING,
            occurred_on=date(2023, 6, 14),
            wants_receipt=False,
        ),
        by=BY,
        now=DURING,
    )
    assert queries.ideas_of_other_workshops(viewer=viewer) == {june.name: 1}
    page = focal.get(f"{DESK}workshops/")
    assert page.context["elsewhere"] == {june.name: 1}


def test_notes_that_are_sure_of_nothing_are_judged_without_being_kept(table):
    held = operations.check_notes(table=table, key=KEY, notes=[Note(1, STATEMENT)], now=DURING)
    assert held == [] and not Idea.objects.exists()
    enter(table, STATEMENT)
    again = operations.check_notes(table=table, key=KEY, notes=[Note(1, STATEMENT)], now=DURING)
    assert [idea.statement for idea in again] == [STATEMENT]
    with pytest.raises(NotesRefused):
        operations.check_notes(table=table, key=KEY, notes=[Note(1, OTHER)], now=DURING)
