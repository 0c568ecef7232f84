"""Services asked: the link alone opens nothing, the code is in no mail, an answer counts once."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from infitah.community.tests.factories import UnitFactory, grant, log_in
from infitah.core.clock import CASABLANCA
from infitah.core.letters import read
from infitah.core.models import Mail, StoredFile
from infitah.information import operations
from infitah.information.models import CaseFile, ServiceTask
from infitah.information.operations import task_letters
from infitah.information.tests.desk import DESK, again, at, file, named, officer, registered

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 3, 3)
WORDS = "نسخة من محضر دورة يناير"
BY_WHOM = "كريم، رئيس المصلحة"


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def desk(sefrou):
    return officer(sefrou)


@pytest.fixture
def unit(sefrou):
    return UnitFactory(community=sefrou.province, slug="council", email="council@example.org")


@pytest.fixture
def asked(sefrou):
    return registered(sefrou)


def ask(desk, request, status=200, **more):
    typed = {"unit": "council", "words": WORDS, "due_on": "2026-03-16"} | more
    data = {f"task-{name}": value for name, value in typed.items()}
    answer = desk.post(f"{DESK}{request.reference}/tasks/give/", data)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def given(request, unit, **more):
    values = {"unit": unit, "words": WORDS, "due_on": date(2026, 3, 16), "on": DAY, "now": at(DAY)}
    return operations.ask_service(**values | more, **named(request))


def service(sefrou):
    return Client(headers={"host": sefrou.province.host, "sec-fetch-site": "same-origin"})


def path_of(token):
    return f"/ar/information/service/{token}/"


def upload(text="محضر", name="minutes.txt"):
    return SimpleUploadedFile(name, text.encode())


def test_a_service_is_asked_by_a_day_of_its_own_and_the_code_is_in_no_mail(desk, asked, unit):
    page = desk.get(f"{DESK}{asked.reference}/").content.decode()
    assert 'value="2026-03-18"' in page, "eight working days before 1 April, the 20th and 23rd off"
    shown = ask(desk, asked)
    code = re.search(r'secret-code"><bdi dir="ltr">(\d{6})<', shown)[1]
    mail = read(Mail.objects.get(template="information/email/task"))
    assert "/ar/information/service/" in mail.text and code not in mail.text + mail.html
    assert mail.to == "council@example.org" and "/information/service/" not in shown
    assert "الصفريوية" not in mail.text and again(asked).unit == unit
    task = ServiceTask.objects.get()
    assert code not in task.code_digest and task.due_on == date(2026, 3, 16)


def test_without_a_mail_address_the_officer_hands_the_link_over(desk, asked, unit):
    unit.email = ""
    unit.save()
    html = ask(desk, asked)
    link = re.search(r'readonly[^>]*value="([^"]+/ar/information/service/[^"]+)"', html)[1]
    assert f'data-copy="{link}"' in html
    assert not Mail.objects.filter(template="information/email/task").exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"unit": "elsewhere"}, "unit"),
        ({"words": " "}, "words"),
        ({"words": "ملف السيدة أمينة الصفريوية"}, "words"),
        ({"due_on": "2026-03-02"}, "due_on"),
        ({"due_on": "2026-04-20"}, "due_on"),
        ({"due_on": "soon"}, "due_on"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(desk, asked, unit, more, field):
    page = ask(desk, asked, 422, **more)
    assert f"task-{field}-error" in page and more.get("words", WORDS).strip() in page
    assert not ServiceTask.objects.exists()


def test_the_same_asked_twice_is_one_task(desk, asked, unit):
    ask(desk, asked)
    ask(desk, asked, 422)
    assert ServiceTask.objects.count() == 1


def test_the_link_alone_opens_nothing_and_names_nobody(sefrou, asked, unit):
    made = given(asked, unit)
    answer = service(sefrou).get(path_of(made.token))
    page = answer.content.decode()
    assert WORDS not in page and asked.reference not in page and "الصفريوية" not in page
    assert answer["X-Robots-Tag"] == "noindex" and "no-store" in answer["Cache-Control"]
    opened = service(sefrou).post(path_of(made.token), {"code": f" {made.code} "})
    page = opened.content.decode()
    assert WORDS in page and "الصفريوية" not in page and asked.text not in page
    assert service(sefrou).get(path_of("nonsense")).status_code == 404


def test_a_service_answers_once_with_several_files(sefrou, asked, unit, desk):
    made = given(asked, unit)
    client, path = service(sefrou), path_of(made.token)
    typed = {"code": made.code, "words": "رفقته المحضر", "by_whom": BY_WHOM, "result": "given"}
    kept = client.post(path, typed | {"file": [upload("1", "a.txt")], "press": "keep"})
    page = kept.content.decode()
    assert kept.status_code == 200 and "a.txt" in page and "رفقته المحضر" in page
    key = re.search(r'name="kept" value="([^"]+)"', page)[1]
    second = {"file": [upload("2", "b.txt"), upload("3", "c.txt")], "kept": [key], "press": "send"}
    done = client.post(path, typed | second)
    assert done.status_code == 302
    assert "توصلنا" in client.get(path).content.decode()
    task = ServiceTask.objects.get()
    assert (task.result, task.answered_by) == ("given", BY_WHOM)
    assert sorted(task.files.values_list("file__name", flat=True)) == ["a.txt", "b.txt", "c.txt"]
    again_ = client.post(path, typed | {"press": "send"})
    assert again_.status_code == 200 and task.files.count() == 3
    html = desk.get(f"{DESK}{asked.reference}/").content.decode()
    assert "رفقته المحضر" in html and BY_WHOM in html and "a.txt" in html
    assert f"{unit.name.ar}، بالرابط" in html
    act = again(asked).acts.get(kind="task_answered")
    entry = client.get(f"/ar/register/{act.register_number}/").content.decode()
    assert "مصلحة من مصالح الجماعة، بالرابط" in entry and "زائر" not in entry


def test_an_error_loses_no_file_and_no_word(sefrou, asked, unit):
    made = given(asked, unit)
    client, path = service(sefrou), path_of(made.token)
    bad = SimpleUploadedFile("run.exe", b"MZ" + b"0" * 64)
    typed = {"code": made.code, "words": "الجزء الأول", "result": "given", "press": "send"}
    wrong = client.post(path, typed | {"by_whom": "", "file": [upload(), bad]})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "الجزء الأول" in page
    assert "minutes.txt" in page and "run.exe" in page and "by_whom-error" in page
    assert StoredFile.objects.filter(state="staged").count() == 1
    key = re.search(r'name="kept" value="([^"]+)"', page)[1]
    client.post(path, typed | {"by_whom": BY_WHOM, "kept": [key]})
    assert CaseFile.objects.get().file.name == "minutes.txt"


def test_a_service_is_told_that_a_file_is_not_what_its_name_says(sefrou, asked, unit):
    made = given(asked, unit)
    client, path = service(sefrou), path_of(made.token)
    typed = {"code": made.code, "words": "رفقته", "by_whom": BY_WHOM, "result": "given"}
    first = client.post(path, typed | {"file": [upload("1", "fake.pdf")], "press": "send"})
    page = first.content.decode()
    assert first.status_code == 422 and "fake.pdf" in page and "fake.txt" in page
    key = re.search(r'name="kept" value="([^"]+)"', page)[1]
    assert client.post(path, typed | {"kept": [key], "press": "send"}).status_code == 302
    assert CaseFile.objects.get().file.name == "fake.txt"


def test_files_taken_in_can_be_left_out_again(sefrou, asked, unit):
    made = given(asked, unit)
    client, path = service(sefrou), path_of(made.token)
    typed = {"code": made.code, "words": "x", "by_whom": "", "result": "", "press": "keep"}
    files = [upload(), upload("two", "b.txt"), upload("three", "c.txt")]
    page = client.post(path, typed | {"file": files}).content.decode()
    keys = re.findall(r'name="kept" value="([^"]+)"', page)
    page = client.post(path, typed | {"kept": keys, "drop": keys[:2]}).content.decode()
    assert "minutes.txt" not in page and "b.txt" not in page and "c.txt" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"result": "given", "words": ""}, "file"),
        ({"result": "not_held", "words": ""}, "words"),
        ({"result": "perhaps", "words": "x"}, "result"),
    ],
)
def test_a_service_says_what_it_gives(sefrou, asked, unit, typed, field):
    made = given(asked, unit)
    data = {"code": made.code, "by_whom": BY_WHOM, "press": "send"} | typed
    wrong = service(sefrou).post(path_of(made.token), data)
    assert wrong.status_code == 422 and f"id_{field}" in wrong.content.decode()
    assert ServiceTask.objects.get().answered_at is None


def test_five_wrong_codes_lock_the_link_and_a_new_one_opens(sefrou, desk, asked, unit):
    made = given(asked, unit)
    client, path = service(sefrou), path_of(made.token)
    wrong = "000000" if made.code != "000000" else "111111"
    for left in (4, 3, 2, 1):
        answer = client.post(path, {"code": wrong})
        assert answer.status_code == 422 and str(left) in answer.content.decode()
    assert client.post(path, {"code": wrong}).status_code == 410
    assert client.post(path, {"code": made.code}).status_code == 410
    renewed = desk.post(f"{DESK}{asked.reference}/tasks/1/renew/")
    code = re.search(r'secret-code"><bdi dir="ltr">(\d{6})<', renewed.content.decode())[1]
    assert client.get(path).status_code == 404, "the old link leads nowhere"
    link = read(Mail.objects.filter(template="information/email/task").latest("pk")).text
    token = re.search(r"/service/([^/]+)/", link)[1]
    assert client.post(path_of(token), {"code": code}).status_code == 200


def test_wrong_codes_upload_nothing(sefrou, asked, unit):
    made = given(asked, unit)
    data = {"code": "12", "words": "x", "by_whom": "y", "result": "given", "file": [upload()]}
    assert service(sefrou).post(path_of(made.token), data).status_code == 422
    assert not StoredFile.objects.exists()


def test_an_old_link_and_one_taken_back_say_so(sefrou, desk, asked, unit):
    made = given(asked, unit)
    other = given(asked, unit, words="وثيقة أخرى")
    assert desk.post(f"{DESK}{asked.reference}/tasks/2/cancel/").status_code == 302
    assert desk.post(f"{DESK}{asked.reference}/tasks/2/cancel/").status_code == 422
    client = service(sefrou)
    assert client.get(path_of(other.token)).status_code == 410
    late = datetime(2026, 3, 24, 0, 1, tzinfo=CASABLANCA)
    with time_machine.travel(late, tick=False):
        answer = client.post(path_of(made.token), {"code": made.code})
    assert answer.status_code == 410 and "رابطا" in answer.content.decode()


def test_another_site_cannot_answer(sefrou, asked, unit):
    made = given(asked, unit)
    client = Client(headers={"host": sefrou.province.host, "sec-fetch-site": "cross-site"})
    assert client.post(path_of(made.token), {"code": made.code}).status_code == 403
    elsewhere = Client(headers={"host": sefrou.other.host})
    assert elsewhere.get(path_of(made.token)).status_code == 404


def test_the_officer_enters_what_a_service_said(sefrou, desk, asked, unit):
    given(asked, unit)
    path = f"{DESK}{asked.reference}/tasks/1/answer/"
    typed = {"answer-1-result": "not_held", "answer-1-words": "", "answer-1-by_whom": BY_WHOM}
    assert desk.post(path, typed).status_code == 422
    done = desk.post(path, typed | {"answer-1-words": "الأرشيف لدى العمالة"})
    assert done.status_code == 302 and ServiceTask.objects.get().result == "not_held"
    assert desk.post(path, typed | {"answer-1-words": "مرة أخرى"}).status_code == 422
    assert desk.post(f"{DESK}{asked.reference}/tasks/9/answer/", typed).status_code == 404


def test_a_task_of_another_case_or_community_is_not_touched(sefrou, desk, asked, unit):
    given(asked, unit)
    other = file(sefrou).request
    for name in ("renew", "cancel", "answer"):
        assert desk.post(f"{DESK}{other.reference}/tasks/1/{name}/").status_code == 404
    theirs = officer_of(sefrou.other)
    assert theirs.post(f"{DESK}{asked.reference}/tasks/1/cancel/").status_code == 404


def officer_of(community):
    return log_in(Client(), grant(community, "information_officer", username="them"), community)


def test_a_service_is_reminded_two_days_before_on_the_day_and_after(asked, unit):
    given(asked, unit)
    sent = []
    for day in range(3, 31):
        now = at(date(2026, 3, day))
        while task_letters.has_services_to_nudge(now):
            task_letters.nudge_services(now=now)
        task_letters.nudge_services(now=now + timedelta(hours=3))
        mails = Mail.objects.filter(template="information/email/task_reminder")
        if mails.count() > len(sent):
            sent.append(day)
    assert sent == [14, 16, 17]
    texts = [
        read(mail).subject
        for mail in Mail.objects.filter(template="information/email/task_reminder").order_by("pk")
    ]
    assert "تأخر" in texts[2] and "تأخر" not in texts[0]


def test_the_home_page_names_services_that_are_late(sefrou, desk, asked, unit):
    given(asked, unit)
    with time_machine.travel(at(date(2026, 3, 18)), tick=False):
        late = officer(sefrou)
        page = late.get("/desk/queue/?kind=task").content.decode()
    assert f"{DESK}{asked.reference}/" in page
