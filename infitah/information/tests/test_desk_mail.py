"""The pages of mails that came in: sorted, put with a case, entered, set aside, always by a person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import grant, log_in
from infitah.core.imap import inbox_key
from infitah.core.models import Inbox, StoredFile
from infitah.core.tests.imap_server import Box
from infitah.information import operations
from infitah.information.models import (
    IncomingMail,
    InformationRequest,
    RequesterReading,
)
from infitah.information.operations import mail_erasing, mail_in
from infitah.information.queries.mail_in import reply_address
from infitah.information.tests import mails
from infitah.information.tests.desk import (
    DESK,
    RECEIVED,
    again,
    at,
    file,
    named,
    officer,
    registered,
)  # fmt: skip
from infitah.information.tests.mails import DOMAIN, OWN, SENDER, WORDS, made
from infitah.information.tests.test_mail_files import PDF
from infitah.information.tests.test_mail_in import DAY, NOW, id_of, sent_about, take
from infitah.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MAIL = f"{DESK}mail/"
REASON = "لمقارنة العنوان قبل الجواب"


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def box(settings, sefrou) -> Box:
    one = Box(1, address=OWN, has_plus=True)
    settings.ENVIRONMENT = replace(
        settings.ENVIRONMENT, imap=one, mail_from=f"no-reply@{DOMAIN}", clamd=""
    )
    return one


@pytest.fixture
def desk(sefrou) -> Client:
    return officer(sefrou)


def page(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200, path
    return answer.content.decode()


def one_of(mail: IncomingMail) -> str:
    return f"{MAIL}{mail.pk}/"


def now_of(mail: IncomingMail) -> IncomingMail:
    return IncomingMail.objects.select_related("request").get(pk=mail.pk)


# --- The list ----------------------------------------------------------------


def test_each_shelf_shows_what_it_names(sefrou, desk) -> None:
    request = registered(sefrou)
    waiting, answer = (
        take(made()),
        take(made(to=reply_address(request), number="2", subject="جواب")),
    )
    machine = take(made(number="3", subject="آلة", Precedence="bulk"))
    aside = take(made(number="4", subject="إشهار"))
    desk.post(f"{one_of(aside)}aside/", {"aside-why": "spam"})
    shelves = {"": waiting, "matched": answer, "machines": machine, "aside": aside}
    for shelf, mail in shelves.items():
        html = page(desk, MAIL, shelf=shelf)
        shown = [one for one in shelves.values() if f'href="{one_of(one)}"' in html]
        assert shown == [mail], shelf
    assert SENDER in page(desk, MAIL) and SENDER not in page(desk, MAIL, shelf="matched")
    assert page(desk, MAIL, shelf="nonsense") and page(desk, MAIL, after="x")


def test_it_goes_on_page_by_page_at_one_cost(sefrou, desk, django_assert_max_num_queries) -> None:
    for number in range(2):
        take(made(number=str(number), files=(("a.pdf", "application/pdf", PDF),)))
    desk.get(MAIL)
    counts = []
    for upto in (2, 35):
        for number in range(IncomingMail.objects.count(), upto):
            take(made(f"{WORDS} {number}", number=str(number), sender=f"x{number}@example.ma"))
        with django_assert_max_num_queries(10) as captured:
            desk.get(MAIL)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    first = desk.get(MAIL).context["page"]
    second = desk.get(MAIL, {"after": first.after}).context["page"]
    found = [row.mail.pk for row in (*first.rows, *second.rows)]
    assert len(found) == 35 and found == sorted(found) and second.after == ""


def test_one_mail_costs_the_same_however_many_files(
    sefrou, desk, django_assert_max_num_queries
) -> None:
    few = take(made(files=(("a.pdf", "application/pdf", PDF),)))
    many = take(
        made(number="2", files=tuple((f"{n}.pdf", "application/pdf", PDF) for n in range(9)))
    )
    counts = []
    desk.get(one_of(few))
    for mail in (few, many):
        with django_assert_max_num_queries(12) as captured:
            desk.get(one_of(mail))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_silent_mailbox_is_told_at_the_desk(sefrou, desk, settings, box) -> None:
    assert "mailbox_down" not in page(desk, MAIL)
    since = NOW - timedelta(days=1)
    Inbox.objects.create(key=inbox_key(box), silent_since=since)
    for path in (MAIL, DESK):
        assert "2 مارس 2026" in page(desk, path) and "notice-late" in page(desk, path), path
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, imap=None)
    assert "?channel=mail" in page(desk, MAIL)


# --- One mail ----------------------------------------------------------------


def test_a_mail_is_shown_as_text_and_never_as_html(sefrou, desk) -> None:
    mail = take(made("<script>alert(1)</script> <b>نص</b>", subject="<img src=x>"))
    html = page(desk, one_of(mail))
    assert "&lt;script&gt;" in html and "<script>alert" not in html and "<img src=x>" not in html
    assert 'dir="auto"' in html


def test_files_stand_with_what_they_are_and_whether_they_were_scanned(sefrou, desk) -> None:
    mail = take(
        made(files=(("a.pdf", "application/pdf", PDF), ("b.exe", "application/x", b"MZ\x90\x00")))
    )
    html = page(desk, one_of(mail))
    stored = StoredFile.objects.get(name="a.pdf")
    assert f"/files/{stored.key}/a.pdf" in html and "application/pdf" in html
    assert str(stored.get_scan_display()) in html and "b.exe" in html
    given = desk.get(f"/files/{stored.key}/a.pdf")
    assert b"".join(given.streaming_content) == PDF


def test_who_wrote_a_mail_of_a_case_is_shown_by_a_logged_act_alone(sefrou, desk) -> None:
    request = registered(sefrou)
    mail = take(made(to=reply_address(request)))
    for path in (one_of(mail), f"{DESK}{request.reference}/", f"{MAIL}?shelf=matched"):
        html = page(desk, path)
        assert SENDER not in html and "أمينة الصفريوية" not in html, path
    assert desk.post(f"{one_of(mail)}sender/", {"unveil-reason": "x"}).status_code == 422
    shown = desk.post(f"{one_of(mail)}sender/", {"unveil-reason": REASON})
    assert SENDER in shown.content.decode()
    assert RequesterReading.objects.get().request == request
    assert Entry.objects.filter(act="information.identity_read").exists()
    loose = take(made(number="9"))
    assert desk.post(f"{one_of(loose)}sender/", {"unveil-reason": REASON}).status_code == 404


# --- Acts --------------------------------------------------------------------


def test_a_mail_is_put_with_the_case_that_it_names(sefrou, desk) -> None:
    request = registered(sefrou)
    mail = take(made(subject=f"Re: {request.reference}"))
    html = page(desk, one_of(mail))
    assert request.reference in html and f'value="{request.reference}"' in html
    wrong = desk.post(f"{one_of(mail)}attach/", {"attach-reference": "SFR-2026-R-0999"})
    assert wrong.status_code == 422 and "SFR-2026-R-0999" in wrong.content.decode()
    done = desk.post(f"{one_of(mail)}attach/", {"attach-reference": request.reference.lower()})
    assert done.status_code == 302
    after = now_of(mail)
    assert (after.state, after.match, after.request) == ("matched", "officer", request)
    assert (after.handled_by, after.handled_at) == ("information_officer", NOW)
    assert WORDS in page(desk, f"{DESK}{request.reference}/")
    assert again(request).phase == request.phase


def test_what_is_set_aside_needs_a_reason_and_enters_the_register(sefrou, desk) -> None:
    mail = take(made())
    assert desk.post(f"{one_of(mail)}aside/", {}).status_code == 422
    other = desk.post(f"{one_of(mail)}aside/", {"aside-why": "other", "aside-words": ".."})
    assert other.status_code == 422 and now_of(mail).state == "to_sort"
    assert desk.post(f"{one_of(mail)}aside/", {"aside-why": "machine"}).status_code == 422
    assert desk.post(f"{one_of(mail)}aside/", {"aside-why": "not_ours"}).status_code == 302
    entry = Entry.objects.get(act="information.mail_set_aside")
    assert "not_ours" in entry.canonical
    assert SENDER not in entry.canonical and "طلب" not in entry.canonical
    back = desk.post(f"{one_of(mail)}back/", {})
    assert back.status_code == 302 and now_of(mail).state == "to_sort"


def waiting_case(sefrou) -> InformationRequest:
    request = registered(sefrou)
    operations.ask_clarification(words="أي سنة؟", on=RECEIVED, now=NOW, **named(request))
    return again(request)


def test_an_answer_becomes_the_clarification_by_one_button(sefrou, desk) -> None:
    request = waiting_case(sefrou)
    text = f"سنة 2025.\n\nLe mar. 3 mars 2026 à 09:00, Sefrou <{OWN}> a écrit :\n> أي سنة؟"
    mail = take(made(text, to=reply_address(request)))
    assert again(request).turn == "requester", "nothing happens by itself"
    assert f"{one_of(mail)}#act-said" in page(desk, f"{DESK}{request.reference}/")
    form = desk.get(one_of(mail)).context["acts"][0].form
    assert form.initial["words"] == "سنة 2025."
    assert desk.post(f"{one_of(mail)}said/", {"said-words": " "}).status_code == 422
    assert desk.post(f"{one_of(mail)}said/", {"said-words": "سنة 2025."}).status_code == 302
    act = again(request).acts.order_by("position").last()
    assert (act.kind, act.words, act.occurred_on) == ("clarified", "سنة 2025.", DAY)
    assert again(request).turn == "officer"
    twice = desk.post(f"{one_of(mail)}said/", {"said-words": "سنة 2025."})
    assert twice.status_code == 422 and again(request).acts.count() == act.position
    assert desk.post(f"{one_of(mail)}aside/", {"aside-why": "spam"}).status_code == 422


def test_an_older_mail_clarifies_on_the_day_of_the_last_act(sefrou, desk) -> None:
    request = registered(sefrou)
    operations.ask_clarification(words="أي سنة؟", on=DAY, now=NOW, **named(request))
    mail = take(made("سنة 2025.", to=reply_address(request)), at_=NOW - timedelta(days=1))
    assert desk.post(f"{one_of(mail)}said/", {"said-words": "سنة 2025."}).status_code == 302
    assert again(request).acts.order_by("position").last().occurred_on == DAY


ENTRY = {
    "channel": "mail", "received_on": "2026-03-02", "text": WORDS, "status": "citizen",
    "family_name": "الصفريوية", "language": "ar", "email": SENDER, "access": "email",
}  # fmt: skip


def test_a_mail_is_entered_as_a_request_with_its_day_words_and_sender(sefrou, desk) -> None:
    mail = take(made(), at_=NOW - timedelta(days=1))
    assert f"{DESK}enter/?mail={mail.pk}" in page(desk, one_of(mail))
    answer = desk.get(f"{DESK}enter/", {"mail": mail.pk})
    form = answer.context["form"]
    assert form.initial["received_on"] == date(2026, 3, 2)
    assert (form["channel"].value(), form["email"].value(), form["text"].value()) == (
        "mail",
        SENDER,
        WORDS,
    )
    assert (form["first_name"].value(), form["family_name"].value()) == ("أمينة", "الصفريوية")
    given = {**ENTRY, "mail": str(mail.pk), "key": str(form.key)}
    wrong = desk.post(f"{DESK}enter/", {**given, "family_name": ""})
    assert wrong.status_code == 422 and f'name="mail" value="{mail.pk}"' in wrong.content.decode()
    assert now_of(mail).state == "to_sort"
    read = desk.post(f"{DESK}enter/", {**given, "read": "1"})
    assert f'name="mail" value="{mail.pk}"' in read.content.decode()
    assert desk.post(f"{DESK}enter/", given).status_code == 302
    request = InformationRequest.objects.get()
    assert (request.channel, request.received_on) == ("mail", date(2026, 3, 2))
    after = now_of(mail)
    assert (after.state, after.request) == ("entered", request)
    assert desk.post(f"{DESK}enter/", given).status_code == 302
    assert InformationRequest.objects.count() == 1
    second = {**given, "key": "6f1c2a44-9d1e-4b5e-8f00-1234567890ab"}
    refused = desk.post(f"{DESK}enter/", second)
    assert refused.status_code == 422 and request.reference in refused.content.decode()
    assert InformationRequest.objects.count() == 1
    assert desk.get(f"{DESK}enter/", {"mail": mail.pk}).status_code == 404


def test_a_refused_entry_leaves_the_mail_to_be_sorted(sefrou, desk) -> None:
    mail = take(made())
    given = {**ENTRY, "mail": str(mail.pk), "text": "قصير"}
    assert desk.post(f"{DESK}enter/", given).status_code == 422
    assert now_of(mail).state == "to_sort" and not InformationRequest.objects.exists()
    for wrong in ("999999", "x", "9" * 30):
        assert desk.get(f"{DESK}enter/", {"mail": wrong}).status_code in {404, 200}
    assert desk.post(f"{DESK}enter/", {**ENTRY, "mail": "999999"}).status_code == 404


def test_a_mail_of_a_case_must_be_put_back_before_it_is_entered(sefrou, desk) -> None:
    mail = take(made(to=reply_address(registered(sefrou))))
    assert f"?mail={mail.pk}" not in page(desk, one_of(mail))
    assert desk.get(f"{DESK}enter/", {"mail": mail.pk}).status_code == 404
    assert desk.post(f"{DESK}enter/", {**ENTRY, "mail": str(mail.pk)}).status_code == 422
    assert now_of(mail).state == "matched"


def test_a_bounce_is_an_event_of_the_case_page(sefrou, desk) -> None:
    request = registered(sefrou, email=SENDER)
    mail = take(mails.postfix_bounce(returned=id_of(sent_about(request))))
    html = page(desk, f"{DESK}{request.reference}/")
    assert "5.1.1" in html and one_of(mail) in html and SENDER not in html
    assert desk.post(f"{one_of(mail)}write-again/", {}).status_code == 302
    assert request.requester.__class__.objects.get(request=request).has_email


# --- Who may -----------------------------------------------------------------


def test_a_clerk_sees_what_is_to_be_sorted_and_nothing_else(sefrou) -> None:
    clerk = log_in(
        Client(), grant(sefrou.province, "desk_clerk", username="clerk"), sefrou.province
    )
    request = registered(sefrou)
    waiting = take(made(subject=f"Re: {request.reference}"))
    answer = take(made(to=reply_address(request), number="2"))
    html = page(clerk, one_of(waiting))
    assert f"?mail={waiting.pk}" in html and f"{DESK}{request.reference}/" not in html
    assert clerk.get(one_of(answer)).status_code == 404
    assert one_of(answer) not in page(clerk, MAIL, shelf="matched")
    assert clerk.post(f"{one_of(waiting)}attach/", {"attach-reference": "x"}).status_code == 404
    given = {**ENTRY, "mail": str(waiting.pk)}
    assert clerk.post(f"{DESK}enter/", given).status_code == 302
    assert now_of(waiting).state == "entered" and clerk.get(one_of(waiting)).status_code == 404


def test_nobody_else_sees_a_mail(sefrou) -> None:
    mail = take(made(files=(("a.pdf", "application/pdf", PDF),)))
    stored = StoredFile.objects.get()
    paths = (MAIL, one_of(mail), f"{one_of(mail)}aside/", f"/files/{stored.key}/a.pdf")
    clients = [
        Client(headers={"host": sefrou.province.host}),
        *(
            log_in(Client(), one, sefrou.province)
            for one in (sefrou.moderator, sefrou.administrator)
        ),
    ]
    for client in clients:
        assert {client.get(path).status_code for path in paths} <= {404, 302}
    other = grant(sefrou.other, "information_officer", username="theirs")
    theirs = log_in(Client(), other, sefrou.other)
    assert "طلب معلومات" not in page(theirs, MAIL)
    assert {theirs.get(path).status_code for path in paths[1:]} == {404}
    assert theirs.post(f"{one_of(mail)}aside/", {"aside-why": "spam"}).status_code == 404
    assert theirs.post(f"{DESK}enter/", {**ENTRY, "mail": str(mail.pk)}).status_code == 404
    assert now_of(mail).state == "to_sort"


# --- Erasing -----------------------------------------------------------------


def test_what_was_set_aside_is_erased_after_a_while(sefrou, desk) -> None:
    content = made(files=(("a.pdf", "application/pdf", PDF),))
    mail = take(content)
    kept = take(made(number="2"))
    desk.post(f"{one_of(mail)}aside/", {"aside-why": "other", "aside-words": "رسالة شخصية"})
    later = NOW + timedelta(days=mail_in.OPTIONS.keep_set_aside_days + 1)
    assert not mail_erasing.has_mails_to_erase(NOW) and mail_erasing.has_mails_to_erase(later)
    mail_erasing.erase_mails(now=later)
    gone = now_of(mail)
    assert (gone.head_sealed, gone.text_sealed, gone.words, gone.erased_at) == ("", "", "", later)
    assert StoredFile.objects.get().state == "withdrawn"
    assert now_of(kept).text_sealed and not mail_erasing.has_mails_to_erase(later)
    assert page(desk, one_of(mail)) and page(desk, MAIL, shelf="aside")
    assert desk.post(f"{one_of(mail)}back/", {}).status_code == 422
    assert take(content) is None, "it is still known"


def test_the_mails_of_a_case_go_with_its_requester(sefrou) -> None:
    request = file(sefrou, email=SENDER).request
    mail = take(made(to=reply_address(request)))
    operations.withdraw(on=DAY, now=NOW, **named(request))
    long_after = at(date(2036, 1, 1))
    operations.purge_requesters(now=long_after)
    gone = now_of(mail)
    assert (gone.head_sealed, gone.text_sealed) == ("", "") and gone.request == request
