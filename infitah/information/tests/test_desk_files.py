"""Files of a case: joined, looked into, let through with a reason, removed; seen by few."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from openpyxl import Workbook
from openpyxl.comments import Comment

from infitah.community.tests.factories import grant, log_in
from infitah.core.hidden import DamagedFile, Hidden
from infitah.core.models import StoredFile
from infitah.information.models import CaseFile, RedactionBox
from infitah.information.operations import file_checks
from infitah.information.queries.desk_files import file_rows, files_in_place
from infitah.information.queries.findings import SENTENCES, shown_findings
from infitah.information.rules.files import FileFacts, FileState, file_state
from infitah.information.tests.case_files import checked_file, staged
from infitah.information.tests.desk import DESK, NOW, at, delivered, officer, registered

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def desk(sefrou):
    return officer(sefrou)


@pytest.fixture
def asked(sefrou):
    return registered(sefrou)


def path(request, rest=""):
    return f"{DESK}{request.reference}/{rest}"


def upload(content=b"text", name="minutes.txt"):
    return SimpleUploadedFile(name, content)


def add(desk, request, *files, status=302, **more):
    data = {"add-title": "", "add-file": list(files)} | more
    answer = desk.post(path(request, "files/add/"), data)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def states(request):
    return [row.state for row in file_rows(files_in_place(request))]


def look(times=3):
    for _turn in range(times):
        file_checks.check_files(now=at(DAY))


def test_files_are_joined_looked_into_and_then_offered(desk, asked):
    add(desk, asked, upload(b"one", "a.txt"), upload(b"two", "b.csv"), **{"add-title": "المحضر"})
    assert states(asked) == [FileState.CHECKING] * 2
    assert file_checks.has_files_to_check(at(DAY))
    look()
    assert states(asked) == [FileState.GREEN] * 2
    assert not file_checks.has_files_to_check(at(DAY))
    page = desk.get(path(asked)).content.decode()
    assert "المحضر" in page and "b.csv" in page and 'name="decide-given"' in page


def test_an_error_keeps_what_was_taken_in(desk, asked):
    add(desk, asked, status=422)
    page = add(desk, asked, upload(), upload(b"MZ00", "run.exe"), status=422)
    assert "run.exe" in page and "minutes.txt" in page
    key = re.search(r'name="kept" value="([^"]+)"', page)[1]
    add(desk, asked, kept=[key])
    assert CaseFile.objects.get().file.name == "minutes.txt"


def test_a_file_that_is_not_what_its_name_says_is_told_and_kept_when_sent_again(desk, asked):
    page = add(desk, asked, upload(b"plain words", "fake.pdf"), status=422)
    assert "fake.pdf" in page and "fake.txt" in page and "add-file-error" in page
    assert not CaseFile.objects.exists()
    key = re.search(r'name="kept" value="([^"]+)"', page)[1]
    add(desk, asked, kept=[key])
    assert CaseFile.objects.get().file.name == "fake.txt"


def test_the_same_bytes_twice_are_one_file(desk, asked):
    add(desk, asked, upload())
    page = add(desk, asked, upload(name="again.txt"), status=422)
    assert "again.txt" in page and CaseFile.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        upload(b"", "empty.txt"),
        upload(b"<html><script>", "page.html"),
        upload(b"PK\x03\x04 broken", "book.xlsx"),
        upload(b"a" * (10 * 1024 * 1024 + 1), "huge.txt"),
    ],
    ids=["empty", "markup", "corrupt", "huge"],
)
def test_what_cannot_be_taken_in_is_refused_with_a_sentence(desk, asked, bad):
    bad.seek(0)
    page = add(desk, asked, bad, status=422)
    assert "add-file-error" in page and bad.name in page
    assert not StoredFile.objects.exists() and not CaseFile.objects.exists()


def test_an_infected_file_is_refused(desk, asked, monkeypatch):
    infected = type("Verdict", (), {"state": "infected", "note": "EICAR"})
    monkeypatch.setattr("infitah.core.clamd.scan", lambda *_: infected)
    assert "EICAR" in add(desk, asked, upload(), status=422)
    assert not StoredFile.objects.exists()


def test_what_cannot_be_looked_into_waits_for_a_person_with_a_reason(desk, asked):
    file = checked_file(asked, findings=[{"code": "not_checked"}])
    page = desk.get(path(asked)).content.decode()
    assert f"accept-{file.pk}-reason" in page
    short = desk.post(path(asked, f"files/{file.pk}/accept/"), {f"accept-{file.pk}-reason": "نعم"})
    assert short.status_code == 422 and "نعم" in short.content.decode()
    reason = {f"accept-{file.pk}-reason": "وثيقة منشورة من قبل في الجريدة الرسمية"}
    assert desk.post(path(asked, f"files/{file.pk}/accept/"), reason).status_code == 302
    file.refresh_from_db()
    assert (file.accepted_by, states(asked)) == ("information_officer", [FileState.ACCEPTED])
    assert desk.post(path(asked, f"files/{file.pk}/accept/"), reason).status_code == 422


def test_a_file_is_named_and_removed(desk, asked):
    file = checked_file(asked)
    at_name = path(asked, f"files/{file.pk}/name/")
    assert desk.post(at_name, {f"title-{file.pk}-title": " "}).status_code == 422
    assert desk.post(at_name, {f"title-{file.pk}-title": "المحضر"}).status_code == 302
    file.refresh_from_db()
    assert file.title == "المحضر"
    sure = desk.get(path(asked, f"files/{file.pk}/remove/")).content.decode()
    assert "المحضر" in sure and "<form" in sure
    assert CaseFile.objects.get(pk=file.pk).removed_at is None
    assert desk.post(path(asked, f"files/{file.pk}/remove/")).status_code == 302
    file.refresh_from_db()
    assert file.removed_by == "information_officer" and file.file.state == "withdrawn"
    history = desk.get(path(asked)).content.decode().split('id="happened"')[1]
    assert "حذفت وثيقة من الملف" in history and "المحضر" in history
    assert desk.get(path(asked, f"files/{file.pk}/remove/")).status_code == 404
    assert desk.post(path(asked, f"files/{file.pk}/remove/")).status_code == 404


def test_a_file_that_was_given_or_redacted_stays(desk, asked):
    file = checked_file(asked)
    copy = checked_file(asked, role="redacted", original=file, title="نسخة")
    refused = desk.post(path(asked, f"files/{file.pk}/remove/"))
    assert refused.status_code == 422 and "notice-refused" in refused.content.decode()
    CaseFile.objects.filter(pk=copy.pk).update(is_given=True)
    assert desk.post(path(asked, f"files/{copy.pk}/remove/")).status_code == 422


def test_files_are_served_to_the_office_and_to_nobody_else(sefrou, desk, asked):
    file = checked_file(asked)
    address = f"/files/{file.file.key}/{file.file.name}"
    served = desk.get(address)
    assert served.status_code == 200 and b"".join(served.streaming_content)
    theirs = log_in(
        Client(), grant(sefrou.other, "information_officer", username="them"), sefrou.other
    )
    others = [
        Client(headers={"host": sefrou.province.host}),
        log_in(Client(), sefrou.moderator, sefrou.province),
        log_in(Client(), sefrou.administrator, sefrou.province),
        theirs,
    ]
    assert {client.get(address).status_code for client in others} == {404}
    assert theirs.post(path(asked, f"files/{file.pk}/remove/")).status_code == 404
    assert desk.post(path(registered(sefrou), f"files/{file.pk}/remove/")).status_code == 404


def test_no_file_is_joined_to_a_case_that_has_ended(sefrou, desk, asked):
    done = delivered(sefrou)
    add(desk, done, upload(b"later"))
    desk.post(
        path(asked, "acts/withdraw/"),
        {"withdraw-note": "طلب مكتوب", "withdraw-on": DAY.isoformat()},
    )
    add(desk, asked, upload(), status=422)


def box(file, state="accepted", page=1, when=NOW):
    return RedactionBox.objects.create(
        community=file.community,
        document=file,
        page=page,
        left=0.1,
        top=0.1,
        right=0.2,
        bottom=0.2,
        exception="E03",
        state=state,
        decided_by="information_officer",
        changed_at=when,
    )


def test_marked_parts_must_be_hidden_and_undecided_ones_decided(asked):
    file = checked_file(asked)
    one = box(file, "proposed")
    assert states(asked) == [FileState.PROPOSED]
    one.state = "accepted"
    one.save()
    assert states(asked) == [FileState.TO_REDACT]
    checked_file(asked, role="redacted", original=file, title="نسخة")
    assert states(asked) == [FileState.REPLACED, FileState.GREEN]
    box(file, when=at(date(2026, 3, 4)))
    assert states(asked) == [FileState.REPLACED, FileState.STALE]


def test_boxes_become_parts_of_the_decision_by_their_exception(desk, asked):
    file = checked_file(asked, title="المحضر")
    box(file, page=2)
    box(file, page=5)
    checked_file(asked, role="redacted", original=file, title="نسخة")
    page = desk.get(path(asked)).content.decode()
    part = page.split('<fieldset class="entry"')[1]
    assert 'value="E03" selected' in part and "المحضر، الصفحات 2، 5" in part
    limbs = part.split('name="decide-part-0-limb"')[1].split("</select>")[0]
    assert '<optgroup label="E03 ·' in limbs and 'value="E03.1"' in limbs
    assert 'value="E03.1" selected' not in limbs, "a person names the limb"


def test_only_two_states_let_a_file_leave():
    assert file_state(FileFacts(is_checked=True)) is FileState.GREEN
    assert file_state(FileFacts()) is FileState.CHECKING
    for name, state in (
        ("is_infected", FileState.INFECTED),
        ("has_proposals", FileState.PROPOSED),
        ("has_boxes", FileState.TO_REDACT),
        ("has_copy", FileState.REPLACED),
        ("is_stale", FileState.STALE),
        ("has_findings", FileState.FOUND),
    ):
        facts = {"is_checked": True, "is_accepted": name != "has_findings", name: True}
        assert file_state(FileFacts(**facts)) is state


def workbook(*, comment="", creator="مريم"):
    book = Workbook()
    book.properties.creator = creator
    book.active["A1"] = "محضر"
    if comment:
        book.active["A1"].comment = Comment(comment, "service")
    buffer = BytesIO()
    book.save(buffer)
    return upload(buffer.getvalue(), "table.xlsx")


def test_what_a_workbook_hides_is_said_and_stops_it(desk, asked):
    add(desk, asked, workbook(comment="لا ينشر قبل الانتخابات"))
    look()
    assert states(asked) == [FileState.FOUND]
    page = desk.get(path(asked)).content.decode()
    assert "لا ينشر قبل الانتخابات" in page and f"accept-{asked.files.get().pk}-reason" in page


def test_who_made_a_workbook_is_said_and_stops_nothing(desk, asked):
    add(desk, asked, workbook(creator="كاتب الملف"))
    look()
    assert states(asked) == [FileState.GREEN]
    page = desk.get(path(asked)).content.decode()
    file = asked.files.get()
    assert "كاتب الملف" in page and f"accept-{file.pk}-reason" not in page
    reason = {f"accept-{file.pk}-reason": "لا شيء يمنع من تسليمه"}
    assert desk.post(path(asked, f"files/{file.pk}/accept/"), reason).status_code == 422


@pytest.mark.parametrize(
    ("raised", "code"),
    [(DamagedFile("damaged", code="damaged"), "damaged"), (KeyError("odd"), "not_checked")],
)
def test_a_file_that_breaks_its_reader_holds_back_no_other(desk, asked, monkeypatch, raised, code):
    add(desk, asked, workbook(creator="أول"), workbook(creator="ثان"))
    answers = iter([raised, None])

    def findings(*_):
        if (fault := next(answers)) is not None:
            raise fault
        return []

    monkeypatch.setattr(file_checks.apart, "findings", findings)
    look()
    assert [one.findings for one in asked.files.order_by("pk")] == [[{"code": code}], []]
    assert states(asked) == [FileState.FOUND, FileState.GREEN]


@pytest.mark.parametrize("code", [*SENTENCES, *Hidden, "of another day"])
def test_each_finding_is_a_sentence(code):
    with translation.override("fr"):
        [shown] = shown_findings([{"code": code, "place": "A", "detail": "b"}])
        assert str(shown.sentence).endswith((".", "»."))
    assert shown.blocks or code in list(Hidden)


def test_a_missing_file_is_a_finding(asked):
    file = staged(asked)
    file_checks.stored_files.path_of(file.file).unlink()
    look()
    file.refresh_from_db()
    assert file.findings == [{"code": "missing"}]
