"""The desk's pages of a cycle over HTTP, its public page, its calendar, the command."""

from datetime import date

import icalendar
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import translation

from infitah.community.models import Principle
from infitah.community.tests.factories import BodyFactory, log_in
from infitah.core.models import StoredFile
from infitah.council.models import Deliberation
from infitah.council.tests.factories import adopted
from infitah.programme import operations, queries
from infitah.programme.models import Cycle, TimetableEntry
from infitah.programme.queries import cycle_desk
from infitah.programme.queries.method import NAMES
from infitah.programme.queries.next_steps import next_steps
from infitah.programme.tests.cycles import TABLE, announced, left_idea
from infitah.programme.tests.factories import (
    STEP,
    WORDS,
    adopted_programme,
    commitment_of,
    cycle_of,
    viewer_of,
)

DESK = "/desk/programme/cycles/"
NOW = "2026-11-23 12:00+01:00"
pytestmark = pytest.mark.usefixtures("_frozen")


@pytest.fixture
def _frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer(sefrou, client):
    return log_in(client, sefrou.officer, sefrou.province)


def cycle_input(sefrou, **more):
    values = {
        "slug": "2027-2028",
        "title_ar": "برنامج الانفتاح 2027-2028",
        "title_fr": "",
        "starts_on": "٠١/٠١/٢٠٢٧",
        "ends_on": "2028-12-31",
        "principles": [sefrou.principle.pk],
        f"axis_{sefrou.axis.pk}": "on",
        f"challenge_{sefrou.axis.pk}_ar": "وثائق المجلس متأخرة",
    }
    return values | more


def step_input(**more):
    return {
        "kind": "workshop",
        "text_ar": "ورشة البناء المشترك الأولى",
        "starts_on": "2027-03-08",
        "precision": "day",
        **more,
    }


def test_an_officer_prepares_a_cycle_without_a_shell(sefrou, officer):
    """Open, change, announce a step, move it, prepare the first round: and all of it is public."""
    assert officer.get(DESK).status_code == 200
    opened = officer.post(f"{DESK}new/", cycle_input(sefrou), follow=True)
    assert opened.redirect_chain[-1][0] == f"{DESK}2027-2028/"
    cycle = Cycle.objects.get(slug="2027-2028")
    assert (cycle.starts_on, cycle.state) == (date(2027, 1, 1), "preparing")
    change = cycle_input(sefrou, title_fr="Programme 2027-2028", revision="0")
    assert officer.post(f"{DESK}2027-2028/edit/", change).status_code == 302
    assert officer.post(f"{DESK}2027-2028/timetable/", step_input()).status_code == 302
    page = f"{DESK}2027-2028/timetable/workshop-2027-03-08/"
    moved = step_input(starts_on="2027-03-15", revision="0", reason_ar="عطلة رسمية")
    assert officer.post(page, moved).status_code == 302
    days = {
        "number": "1",
        "slug": "ideas-2027",
        "first_day": "2027-04-01",
        "last_day": "2027-04-09",
    }
    prepared = officer.post(f"{DESK}2027-2028/rounds/", days)
    assert prepared.headers["Location"] == "/desk/participation/consultations/ideas-2027/"
    assert officer.get(prepared.headers["Location"]).status_code == 200
    body = officer.get("/fr/programme/2027-2028/").content.decode()
    for words in ("Programme 2027-2028", "ورشة البناء المشترك الأولى", "عطلة رسمية"):
        assert words in body
    assert "ideas-2027" not in body  # a draft is nobody's but the desk's


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_desk_page_stands_in_both_languages(sefrou, officer, language):
    cycle = cycle_of(sefrou, "2027-2028")
    operations.set_national_composition(cycle=cycle, **STEP)
    announced(cycle)
    sefrou.officer.language = language
    sefrou.officer.save()
    step = "timetable/workshop-2027-03-08/"
    for place in (
        *("", "edit/", "committee/", "committee/name/", "rounds/"),
        *("timetable/", step, f"{step}strike/"),
        *("deliberation/", "import/", "import/example.csv", "carry-over/"),
    ):
        assert officer.get(f"{DESK}2027-2028/{place}").status_code == 200, place
    for place in ("/desk/programme/principles/", DESK, f"{DESK}new/"):
        answer = officer.get(place)
        assert f'lang="{language}"' in answer.content.decode()


def test_who_may_not_edit_the_programme_finds_nothing(sefrou, client):
    cycle_of(sefrou, "2027-2028")
    moderator = log_in(client, sefrou.moderator, sefrou.province)
    places = ("", "2027-2028/", "2027-2028/timetable/", "2027-2028/import/", "new/")
    assert {moderator.get(f"{DESK}{place}").status_code for place in places} == {404}
    other = log_in(client, sefrou.other_officer, sefrou.other)
    assert other.get(f"{DESK}2027-2028/").status_code == 404


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title_ar": ""}, "لا بد من ملء هذه الخانة"),
        ({"starts_on": "غدا"}, "2026-03-02"),
        ({"ends_on": "2026-01-01"}, "اليوم الأخير سابق لليوم الأول"),
        ({"slug": "2024-2025"}, "لهذه الجماعة الترابية دورة بهذا الاسم"),
        ({"principles": []}, "لا بد من ملء هذه الخانة"),
    ],
)
def test_a_cycle_that_cannot_be_is_refused_and_what_was_typed_stays(sefrou, officer, more, words):
    cycle_of(sefrou)
    answer = officer.post(f"{DESK}new/", cycle_input(sefrou, **more))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert words in body and "وثائق المجلس متأخرة" in body
    assert Cycle.objects.count() == 1


def test_an_axis_needs_its_challenge_in_arabic(sefrou, officer):
    name = f"challenge_{sefrou.axis.pk}_ar"
    answer = officer.post(f"{DESK}new/", cycle_input(sefrou, **{name: ""}))
    assert answer.status_code == 422
    assert f'href="#id_{name}"' in answer.content.decode()


def test_the_second_of_two_officers_sees_what_changed_and_keeps_the_words(sefrou, officer):
    cycle = cycle_of(sefrou, "2027-2028")
    page, mine = (
        f"{DESK}2027-2028/edit/",
        cycle_input(sefrou, title_ar="عنوان الثاني", revision="0"),
    )
    assert (
        officer.post(page, cycle_input(sefrou, title_ar="عنوان الأول", revision="0")).status_code
        == 302
    )
    answer = officer.post(page, mine)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "عنوان الأول" in body and "عنوان الثاني" in body
    assert 'name="revision" value="1"' in body
    assert officer.post(page, mine | {"revision": "1"}).status_code == 302
    cycle.refresh_from_db()
    assert cycle.title.ar == "عنوان الثاني"


def test_a_move_without_its_reason_is_refused_beside_the_field(sefrou, officer):
    announced(cycle_of(sefrou, "2027-2028"))
    page = f"{DESK}2027-2028/timetable/workshop-2027-03-08/"
    answer = officer.post(page, step_input(starts_on="2027-03-15", revision="0"))
    assert answer.status_code == 422
    assert 'href="#id_reason_ar"' in answer.content.decode()
    stale = officer.post(page, step_input(revision="7"))
    assert stale.status_code == 422 and 'value="0"' in stale.content.decode()
    assert (
        officer.post(f"{page}strike/", {"reason_ar": "ألغيت", "revision": "0"}).status_code == 302
    )
    assert officer.get(page).status_code == 302
    public = officer.get("/ar/programme/2027-2028/").content.decode()
    assert "<s>" in public and "ألغيت" in public


def test_the_committee_publishes_why_a_rule_is_not_met(sefrou, officer):
    cycle = cycle_of(sefrou, "2027-2028")
    page = f"{DESK}2027-2028/committee/"
    assert officer.post(f"{page}composition/").status_code == 302
    rule = cycle.committee.composition_rules.get(kind="parity")
    warned = officer.get(f"{DESK}2027-2028/").content.decode()
    assert "دون أن ينشر" in warned
    refused = officer.post(page, {"rule": rule.pk, "reason_ar": "", "reason_fr": "Candidatures"})
    assert refused.status_code == 422 and "Candidatures" in refused.content.decode()
    assert officer.post(page, {"rule": rule.pk, "reason_ar": "قلة الترشيحات"}).status_code == 302
    assert "قلة الترشيحات" in officer.get("/ar/programme/2027-2028/").content.decode()


def test_principles_are_added_at_the_desk(sefrou, officer):
    page = "/desk/programme/principles/"
    assert officer.post(f"{page}national/").status_code == 302
    assert Principle.objects.of(sefrou.province).count() == 5
    taken = officer.post(page, {"slug": "transparency", "name_ar": "مبدأ آخر"})
    assert taken.status_code == 422 and "مبدأ آخر" in taken.content.decode()


def upload(officer, content, name="programme.csv"):
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return officer.post(f"{DESK}2026-2027/import/", {"file": file})


def test_a_running_programme_is_imported_at_the_desk(sefrou, officer):
    """The deliberation entered afterwards, the file, its preview, the confirmation."""
    cycle_of(sefrou, "2026-2027")
    past = {
        "number": "31",
        "title_ar": "مقرر المصادقة على برنامج الانفتاح",
        "kind": "ordinary",
        "called_by": "law",
        "held_on": "2025-10-07",
        "convened_on": "2025-09-20",
    }
    refused = officer.post(f"{DESK}2026-2027/deliberation/", past | {"against": "2"})
    assert refused.status_code == 422 and 'href="#id_in_favour"' in refused.content.decode()
    assert officer.post(f"{DESK}2026-2027/deliberation/", past).status_code == 302
    sent = upload(officer, TABLE.encode())
    page = sent.headers["Location"]
    preview = officer.get(page)
    assert preview.status_code == 200
    assert "سيدرج التزامان" in preview.content.decode()
    assert not Cycle.objects.get(slug="2026-2027").commitments.exists()
    assert officer.post(page, {"deliberation": ""}).status_code == 422
    deliberation = Deliberation.objects.get()
    assert officer.post(page, {"deliberation": deliberation.pk}).status_code == 302
    body = officer.get("/ar/programme/2026-2027/").content.decode()
    assert "=نشر المحاضر" in body and deliberation.reference in body
    assert "لا يتضمن" in body  # the page says that the deliberation quotes no hash
    commitment = Cycle.objects.get(slug="2026-2027").commitments.first()
    told = officer.get(f"/ar/programme/2026-2027/commitments/{commitment.reference}/")
    assert "أدرج النص لاحقا من ملف" in told.content.decode()
    again = officer.get(page)
    assert again.status_code == 200 and "لا شيء يستورد" in again.content.decode()
    assert StoredFile.objects.get().subject == "SFR-programme-2026-2027"


def test_a_file_with_faults_tells_each_and_writes_nothing(sefrou, officer):
    cycle = cycle_of(sefrou, "2026-2027")
    sent = upload(officer, TABLE.replace("2024-07-01", "قريبا").encode())
    answer = officer.get(sent.headers["Location"])
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "announced_start" in body and "قريبا" in body
    assert not cycle.commitments.exists()
    wrong = upload(officer, b"%PDF-1.7 not a table")
    assert wrong.status_code == 422
    assert officer.post(f"{DESK}2026-2027/import/", {"sent": "1"}).status_code == 422


def test_what_remains_is_taken_over_at_the_desk(sefrou, officer):
    _cycle, (commitment,) = adopted_programme(sefrou)
    later = Cycle.objects.create(
        community=sefrou.province,
        slug="2027-2028",
        title=WORDS,
        starts_on=date(2027, 1, 1),
        ends_on=date(2028, 12, 31),
        opened_on=date(2026, 11, 1),
    )
    page = f"{DESK}2027-2028/carry-over/"
    refused = officer.post(f"{page}{commitment.reference}/")
    assert refused.status_code == 422  # the new cycle lacks the axis
    later.axes.create(community=sefrou.province, axis=sefrou.axis, challenge=WORDS)
    idea = left_idea(sefrou)
    assert idea.statement in officer.get(page).content.decode()
    assert officer.post(f"{page}{commitment.reference}/").status_code == 302
    made = later.commitments.get()
    assert f"commitments/{made.reference}/" in officer.get(page).content.decode()
    operations.record_check(commitment=made, waiver=WORDS, **STEP)
    assert officer.post(page, {"sent": "1"}).status_code == 422
    assert officer.post(page, {"ideas": [idea.pk]}).status_code == 302
    old = officer.get(f"/ar/programme/2024-2025/commitments/{commitment.reference}/")
    assert made.reference in old.content.decode()
    new = officer.get("/ar/programme/2027-2028/").content.decode()
    assert commitment.reference in new and idea.statement in new
    listed = officer.get("/fr/programme/2027-2028/carried-ideas/")
    assert idea.reference in listed.content.decode()


def test_the_desk_of_a_cycle_is_read_in_bounded_queries(sefrou, django_assert_max_num_queries):
    viewer = sefrou.viewer("programme.edit")
    cycle = cycle_of(sefrou)
    for count in (1, 6):
        for _n in range(count):
            commitment_of(cycle, sefrou.axis)
            announced(cycle)
        with translation.override("ar"), django_assert_max_num_queries(19):
            found = cycle_desk.desk_cycle(cycle, viewer, date(2026, 11, 23))
        assert len(found.steps) == 10
        with django_assert_max_num_queries(2):
            cycle_desk.desk_cycles(viewer, date(2026, 11, 23))


def test_what_waits_for_the_focal_point_stands_in_the_queue(sefrou, officer):
    cycle = cycle_of(sefrou, "2027-2028")
    operations.set_national_composition(cycle=cycle, **STEP)
    operations.announce_step(
        cycle=cycle,
        said=operations.StepText("meeting", (date(2026, 10, 1), date(2026, 10, 1)), WORDS),
        **STEP,
    )
    body = officer.get("/desk/queue/").content.decode()
    assert f"{DESK}2027-2028/committee/" in body
    assert f"{DESK}2027-2028/timetable/meeting-2026-10-01/" in body


# Calendar and command -------------------------------------------------------------------------


def test_the_timetable_stands_in_peoples_calendars(sefrou, client, django_assert_max_num_queries):
    cycle = cycle_of(sefrou)
    entry = announced(cycle, is_estimated=True)
    viewer = viewer_of(sefrou.province)
    with django_assert_max_num_queries(1):
        queries.calendar_days(community=sefrou.province, viewer=viewer, language="ar")
    answer = client.get("/calendars/programme.ics", headers={"host": "localhost"})
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode().replace("\r\n ", "")
    assert "UID:SFR-2024-2025-workshop-2027-03-08@localhost" in text
    assert "SUMMARY;LANGUAGE=ar:ورشة (تاريخ تقديري)" in text
    assert "STATUS:TENTATIVE" in text and "DTEND;VALUE=DATE:20270309" in text
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")  # written by others
    assert event["SUMMARY"] == "ورشة (تاريخ تقديري)"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 3, 8), date(2027, 3, 9))
    operations.strike_step(entry=entry, reason=WORDS, revision=0, **STEP)
    page = "/calendars/programme-2024-2025.ics?lang=fr"
    text = client.get(page, headers={"host": "localhost"}).content.decode().replace("\r\n ", "")
    assert "SUMMARY;LANGUAGE=fr:Atelier" in text
    assert "STATUS:CANCELLED" in text and "SEQUENCE:1" in text
    assert "UID:SFR-2024-2025-workshop-2027-03-08@localhost" in text
    assert (
        client.get("/calendars/programme-none.ics", headers={"host": "localhost"}).status_code
        == 404
    )
    other = client.get("/calendars/programme.ics", headers={"host": sefrou.other.host})
    assert "BEGIN:VEVENT" not in other.content.decode()


def test_the_command_imports_and_refuses_as_the_desk_does(sefrou, tmp_path, capsys):
    cycle = cycle_of(sefrou, "2026-2027")
    file = tmp_path / "programme.csv"
    file.write_text(TABLE, encoding="utf-8")
    where = ("programme", str(file), "--community", "SFR", "--cycle", "2026-2027")
    call_command("import", *where, "--check")
    assert "2" in capsys.readouterr().out and not cycle.commitments.exists()
    deliberation = adopted(BodyFactory(community=sefrou.province, kind="bureau"))
    with pytest.raises(CommandError):
        call_command("import", *where, "--deliberation", "SFR-2020-D-0001")
    call_command("import", *where, "--deliberation", deliberation.reference)
    assert cycle.commitments.count() == 2
    file.write_text(TABLE.replace(";60;", ";61;"), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("import", *where, "--check")
    assert "weight" in str(refused.value)
    assert not TimetableEntry.objects.exists()


def test_the_short_name_of_a_cycle_is_made_of_its_years_and_free(sefrou, officer):
    cycle_of(sefrou, "2027-2028")
    for year in (2010, 2013):  # what took the name has days of its own
        free = {"starts_on": date(year, 1, 1), "ends_on": date(year + 1, 12, 31)}
        Cycle.objects.filter(starts_on__year=2027).update(**free)
        assert officer.post(f"{DESK}new/", cycle_input(sefrou, slug="")).status_code == 302
    slugs = set(Cycle.objects.values_list("slug", flat=True))
    assert slugs == {"2027-2028", "2027-2028-2", "2027-2028-3"}


def test_the_cycle_in_preparation_is_the_nearest_one(sefrou, officer):
    viewer = viewer_of(sefrou.province)
    officer.post(f"{DESK}new/", cycle_input(sefrou))
    far = {"slug": "2029-2030", "starts_on": "2029-01-01", "ends_on": "2030-12-31"}
    officer.post(f"{DESK}new/", cycle_input(sefrou, **far))
    assert queries.next_cycle(viewer).slug == "2027-2028"
    assert queries.current_cycle(viewer, date(2026, 11, 23)).slug == "2027-2028"


def test_page_and_queue_name_the_same_step_in_words(sefrou, officer):
    officer.post(f"{DESK}new/", cycle_input(sefrou))
    viewer = viewer_of(sefrou.province, "programme.edit", "commitment.edit", "session.edit")
    (told,) = next_steps(viewer, date(2026, 11, 23))
    body = officer.get(f"{DESK}2027-2028/").content.decode()
    marked = body.split('aria-current="step"')[1].split("</li>")[0]
    assert "الخطوة الموالية" in marked and str(NAMES[told.step]) in marked
    assert "الخطوة الموالية" not in body.replace(marked, "")
    assert "يقوم بها: كاتب" in body
