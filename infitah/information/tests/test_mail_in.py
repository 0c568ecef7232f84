"""Taking mails in: to their case by a token alone, machines aside, files unopened, nothing twice."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from infitah.core import letters
from infitah.core.models import Mail
from infitah.core.operations import send_due_mail
from infitah.core.operations.inbox import Arrived
from infitah.core.operations.mail import Letter, queue_mails
from infitah.core.tests.imap_server import Box
from infitah.core.viewer import Viewer
from infitah.information.models import IncomingMail, RequestAct, Requester
from infitah.information.operations import mail_in, mail_sorting
from infitah.information.queries import desk_mail
from infitah.information.queries.mail_in import reply_address
from infitah.information.tests import mails
from infitah.information.tests.desk import OFFICER, again, at, registered
from infitah.information.tests.mails import DOMAIN, OWN, SENDER, WORDS, made, raw

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 3, 3)
NOW = at(DAY)
READER = frozenset({"information.read", "information.enter"})


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def box(settings, sefrou) -> Box:
    """A mailbox that the environment names; no server answers there."""
    one = Box(1, address=OWN, has_plus=True)
    settings.ENVIRONMENT = replace(
        settings.ENVIRONMENT, imap=one, mail_from=f"no-reply@{DOMAIN}", clamd=""
    )
    return one


def take(content: bytes, *, at_: datetime = NOW, **more) -> IncomingMail | None:
    """Take a mail in as the reading of the mailbox does; return its row, None for none."""
    newest = IncomingMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    arrived = Arrived(1, len(content), at_, content, more.pop("is_whole", True), **more)
    keep = mail_in.take_in(arrived, now=NOW)
    with transaction.atomic():
        keep()
    return IncomingMail.objects.select_related("request").filter(pk__gt=newest).first()


def seen(sefrou, mail: IncomingMail):
    viewer = Viewer(sefrou.province.key, sefrou.province.pk, rights=READER)
    return desk_mail.opened_mail(viewer=viewer, pk=mail.pk)


def sent_about(request, to: str = SENDER) -> Mail:
    """Queue a mail to the requester and return it."""
    told = {"institution": "x", "headline": "x", "sentence": "x", "link": "x"}
    key = f"test:{request.reference}:{to}"
    letter = Letter(
        request.community.key, to, "information/notice", told, "ar", key,
        reference=request.reference,
    )  # fmt: skip
    queue_mails([letter], now=NOW)
    return Mail.objects.get(dedupe_key=key)


def id_of(mail: Mail) -> str:
    return f"<{mail.key}@{DOMAIN}>"


# --- Rows --------------------------------------------------------------------


def test_an_unknown_mail_waits_to_be_sorted_sealed(sefrou) -> None:
    mail = take(made())
    assert (mail.state, mail.kind, mail.request, mail.match) == ("to_sort", "message", None, "")
    assert mail.community == sefrou.province
    row = IncomingMail.objects.filter(pk=mail.pk).values().get()
    assert not any(
        word in str(value) for value in row.values() for word in ("محضر", "amina", "أمينة")
    )
    found = seen(sefrou, mail)
    assert (found.head.sender, found.head.name) == (SENDER, "أمينة الصفريوية")
    assert (found.head.subject, found.text) == ("طلب معلومات", WORDS)


@pytest.mark.parametrize("content", [mails.windows_1256(), mails.utf8_base64()])
def test_arabic_of_every_age_is_kept_as_it_was_written(sefrou, content: bytes) -> None:
    assert seen(sefrou, take(content)).text == WORDS


def test_the_same_mail_comes_in_once_by_whatever_way(sefrou) -> None:
    assert take(made()) is not None
    assert take(b"Delivered-To: x\r\n" + made()) is None
    assert take(made("رسالة أخرى تحت الرقم نفسه")) is not None
    assert IncomingMail.objects.count() == 2


def test_a_mail_that_was_taken_in_meanwhile_is_not_taken_in_twice(sefrou) -> None:
    arrived = Arrived(1, 9, NOW, made(), True)
    first, second = (mail_in.take_in(arrived, now=NOW) for _n in range(2))
    first()
    second()
    assert IncomingMail.objects.count() == 1


def test_a_day_that_the_server_dreams_of_is_not_later_than_now(sefrou) -> None:
    assert take(made(), at_=NOW + timedelta(days=400)).received_at == NOW


@pytest.mark.parametrize("name", mails.HOSTILE)
def test_each_hostile_mail_is_one_row_and_no_more(sefrou, name: str) -> None:
    mail = take(mails.HOSTILE[name])
    assert mail is not None and seen(sefrou, mail) is not None
    assert not RequestAct.objects.exists()
    if name == "injection":
        (letter,) = [letters.read(one) for one in Mail.objects.all()]
        message = letter.message(f"no-reply@{DOMAIN}", DOMAIN).message()
        assert (message["To"], message["Bcc"]) == ("a@b.ma", None)


def test_of_a_huge_mail_the_headers_are_kept_and_its_sender_is_told(sefrou) -> None:
    mail = take(made(), is_whole=False)
    assert mail.notes == ["too_large"] and seen(sefrou, mail).head.sender == SENDER
    assert "كانت رسالتكم أكبر من أن تُقبل كاملة" in letters.read(Mail.objects.get()).text


# --- Whose case --------------------------------------------------------------


def test_an_answer_to_the_tagged_address_stands_with_its_case(sefrou) -> None:
    request = registered(sefrou)
    mail = take(made("هذا ما قصدته.", to=reply_address(request)))
    assert (mail.state, mail.match, mail.request) == ("matched", "token", request)
    assert (
        again(request).phase == request.phase
        and not Mail.objects.filter(template__contains="mail_in").exists()
    )


def test_a_guessed_or_old_token_matches_nothing(sefrou) -> None:
    request, other = registered(sefrou), registered(sefrou)
    address = reply_address(request)
    wrong = address.replace(address.split(".")[1][:6], "aaaaaa")
    swapped = address.replace(request.reference.lower(), other.reference.lower())
    for number, to in enumerate((wrong, swapped)):
        mail = take(made(to=to, number=str(number)))
        assert (mail.state, mail.request) == ("to_sort", None)
    assert request.token not in address, "the address does not carry the key of the follow page"


def test_an_answer_that_names_our_mail_stands_with_its_case(sefrou) -> None:
    request = registered(sefrou)
    ours = sent_about(request)
    mail = take(made(In_Reply_To=id_of(ours)))
    assert (mail.state, mail.match, mail.request) == ("matched", "answer", request)
    deeper = take(made("أخيرا", number="2", References=f"<x@y.ma> {id_of(ours)} <z@y.ma>"))
    assert deeper.request == request


def test_a_bare_number_only_proposes_the_case(sefrou) -> None:
    request = registered(sefrou)
    mail = take(made(subject=f"Re: {request.reference}"))
    assert (mail.state, mail.match, mail.request) == ("to_sort", "reference", request)
    inside = take(made(f"بخصوص الطلب {request.reference}", number="2"))
    assert (inside.state, inside.request) == ("to_sort", request)


def test_mail_of_another_community_goes_to_it(sefrou) -> None:
    commune = sefrou.other
    mail = take(made(to=OWN.replace("@", f"+{commune.key.lower()}@")))
    assert mail.community == commune
    request = registered(sefrou)
    told = take(
        made(subject=request.reference, to=OWN.replace("@", f"+{commune.key.lower()}@"), number="2")
    )
    assert told.request is None, "a number of the province proposes nothing in the commune"


def test_the_environment_says_whose_unmatched_mail_is(sefrou, settings, box) -> None:
    box = replace(box, community=sefrou.other.key)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, imap=box)
    assert take(made()).community == sefrou.other
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, imap=replace(box, community="NOWHERE"))
    assert not mail_in.has_mail_due(NOW)


def test_our_mails_send_answers_to_the_case(sefrou, settings, box, mailoutbox) -> None:
    request = registered(sefrou)
    sent_about(request)
    send_due_mail(now=NOW)
    assert mailoutbox[0].reply_to == [reply_address(request)]
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, imap=replace(box, has_plus=False))
    assert reply_address(request) == OWN
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, imap=None)
    assert reply_address(request) == ""


# --- Machines and answers ----------------------------------------------------


def test_a_person_is_answered_once_a_day(sefrou, mailoutbox) -> None:
    for number in range(3):
        take(made(f"{WORDS} {number}", number=str(number)))
    send_due_mail(now=NOW)
    (answer,) = mailoutbox
    assert answer.to == [SENDER]
    assert answer.extra_headers["Auto-Submitted"] == "auto-replied"
    assert answer.extra_headers["In-Reply-To"] == "<0.mail@example.ma>"
    assert answer.reply_to == [OWN.replace("@", "+sfr@")], "what is written back finds the province"
    assert WORDS not in answer.body and "طلب معلومات" not in answer.subject


def test_strangers_together_get_only_so_many_answers(sefrou, monkeypatch) -> None:
    few = replace(mail_in.OPTIONS, mail_answers_in_all=(2, 86_400))
    monkeypatch.setattr(mail_in, "OPTIONS", few)
    for number in range(4):
        take(made(sender=f"x{number}@example.ma", number=str(number)))
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    "content",
    [
        mails.out_of_office(),
        made(Precedence="bulk"),
        made(Return_Path="<>"),
        made(sender=OWN),
        made(X_Auto_Response_Suppress="OOF"),
        made(sender="no-reply@example.ma"),
        mails.postfix_bounce(returned="<x@y.ma>"),
        raw("From: nobody", body="x"),
    ],
)
def test_no_machine_is_ever_answered(sefrou, content: bytes) -> None:
    assert take(content) is not None
    assert not Mail.objects.exists() and not RequestAct.objects.exists()


def test_two_machines_do_not_write_to_each_other_for_ever(sefrou, mailoutbox) -> None:
    """A robot that answers everything answers our answer: the second time nobody answers."""
    take(made(sender="robot@example.ma"))
    for turn in range(5):
        send_due_mail(now=NOW)
        told = mailoutbox[-1].extra_headers["Message-ID"]
        take(made(f"ok {turn}", sender="robot@example.ma", number=f"r{turn}", In_Reply_To=told))
    assert len(mailoutbox) == 1


def test_what_a_machine_sent_lies_aside_and_can_be_put_back(sefrou) -> None:
    mail = take(made(List_Id="<news.example.ma>"))
    assert (mail.state, mail.why, mail.handled_by) == ("set_aside", "machine", "")
    put = mail_sorting.put_mail_back(community=sefrou.province, pk=mail.pk, by=OFFICER, now=NOW)
    assert put.state == "to_sort"


def test_an_absence_notice_stands_with_its_case_and_changes_nothing(sefrou) -> None:
    request = registered(sefrou)
    content = mails.out_of_office().replace(
        mails.OUR_ID.encode(), id_of(sent_about(request)).encode()
    )
    mail = take(content)
    assert (mail.kind, mail.state, mail.request) == ("auto_reply", "matched", request)
    assert again(request).phase == request.phase


# --- Bounces -----------------------------------------------------------------


def reachable(request) -> bool:
    return Requester.objects.get(request=request).has_email


@pytest.mark.parametrize("make", [mails.postfix_bounce, mails.exchange_bounce])
def test_a_bounce_stands_with_its_case_and_mail_goes_there_no_more(sefrou, make) -> None:
    request = registered(sefrou, email=SENDER)
    assert reachable(request)
    acts = request.acts.count()
    mail = take(make(returned=id_of(sent_about(request))))
    assert (mail.kind, mail.state, mail.request) == ("bounce", "matched", request)
    assert mail.bounce_status.startswith("5.1.1")
    assert not reachable(request)
    assert again(request).due_on == request.due_on and request.acts.count() == acts
    mail_sorting.write_again(community=sefrou.province, pk=mail.pk, by=OFFICER, now=NOW)
    assert reachable(request)


def test_a_bounce_of_an_officers_mail_leaves_the_requester_reachable(sefrou) -> None:
    request = registered(sefrou, email=SENDER)
    ours = sent_about(request, to="officer@sefrou.example.ma")
    take(mails.postfix_bounce(to="officer@sefrou.example.ma", returned=id_of(ours)))
    assert reachable(request)


def test_a_forged_bounce_changes_nothing(sefrou) -> None:
    request = registered(sefrou, email=SENDER)
    for number, content in enumerate(
        (
            mails.postfix_bounce(returned="<nonsense@example.ma>"),
            mails.postfix_bounce(returned=mails.OUR_ID),
            mails.postfix_bounce(returned=f"<{request.reference}@{DOMAIN}>"),
        )
    ):
        mail = take(content.replace(b"20260302.AAA", f"n{number}".encode()))
        assert mail.state == "set_aside"
    assert reachable(request)


def test_a_mail_that_is_only_late_leaves_the_requester_reachable(sefrou) -> None:
    request = registered(sefrou, email=SENDER)
    mail = take(mails.postfix_bounce(returned=id_of(sent_about(request)), action="delayed"))
    assert (mail.kind, mail.request) == ("auto_reply", request)
    assert reachable(request)


# --- Files -------------------------------------------------------------------
