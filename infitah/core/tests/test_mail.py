"""Mail: queued in the act, sealed, sent at most once (programme.md 9, decisions G34)."""

import email
import email.policy
import smtplib
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail
from django.db import transaction
from django.template import TemplateDoesNotExist

from infitah.core import queries
from infitah.core.letters import LetterRefused, read
from infitah.core.mailbox import InfitahBackend
from infitah.core.models import Installation, Mail
from infitah.core.operations import (
    MailRefused,
    erase_old_mail,
    queue_mail,
    resend_mail,
    send_due_mail,
)
from infitah.core.operations.delivery import has_due_mail
from infitah.core.tests.conftest import NOW, smtp_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_templates")]

LONG = {"title": "انفتاح", "name": "فاطمة <b>", "body": "شكرا & إلى اللقاء"}


def queued(**changes: Any) -> Mail:
    given: dict[str, Any] = {
        "community_key": "SFR",
        "to": "fatima@example.ma",
        "template": "coretest/answer",
        "context": LONG,
        "language": "ar",
        "dedupe_key": "answer-1",
        "now": NOW,
    }
    return queue_mail(**{**given, **changes})


def states() -> list[str]:
    return list(Mail.objects.order_by("id").values_list("state", flat=True))


# --- Queueing ----------------------------------------------------------------


def test_a_second_message_with_the_same_key_changes_nothing() -> None:
    first = queued()
    assert queued(to="other@example.ma") == first
    assert Mail.objects.count() == 1


def test_a_message_is_lost_with_its_act() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queued()
        raise ZeroDivisionError
    assert not Mail.objects.exists()


def test_address_and_content_are_sealed_at_rest() -> None:
    row = Mail.objects.filter(pk=queued().pk).values().get()
    assert not any("fatima" in str(value) or "انفتاح" in str(value) for value in row.values())


def test_sealed_content_does_not_open_in_another_row() -> None:
    first, second = queued(), queued(dedupe_key="answer-2", to="other@example.ma")
    Mail.objects.filter(pk=second.pk).update(sealed_to=first.sealed_to)
    assert send_due_mail(now=NOW) is False
    assert states() == ["sent", "failed"]
    assert [message.to for message in django_mail.outbox] == [["fatima@example.ma"]]


@pytest.mark.parametrize("address", ["", "fatima", "a@b", "a@b.ma\nBcc: c@d.ma", "a@b.ma, c@d.ma"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(MailRefused):
        queued(to=address)


def test_a_wrong_template_is_found_by_the_act() -> None:
    with pytest.raises(TemplateDoesNotExist):
        queued(template="coretest/nothing")


# --- Reading -----------------------------------------------------------------


def test_the_message_in_arabic() -> None:
    letter = read(queued())
    assert letter.to == "fatima@example.ma"
    assert letter.subject == "نونبر انفتاح"
    assert letter.text.startswith("فاطمة <b>\n\nشكرا & إلى اللقاء\n")
    assert '<html lang="ar" dir="rtl">' in letter.html
    assert "شكرا &amp; إلى اللقاء" in letter.html


def test_the_message_in_french() -> None:
    letter = read(queued(language="fr"))
    assert letter.subject == "novembre انفتاح"
    assert '<html lang="fr" dir="ltr">' in letter.html


def test_a_text_part_stands_alone() -> None:
    assert read(queued(template="coretest/short")).html == ""


@pytest.mark.parametrize("evil", ["a\nBcc: x@y.ma", "a\r\n\r\nhello", "a\u2028b", "a\u202eb"])
def test_no_value_adds_a_header_or_turns_the_line(evil: str) -> None:
    context = {"title": evil, "body": "x", "sender_name": evil}
    letter = read(queued(template="coretest/short", context=context))
    message = letter.message("no-reply@sefrou.ma", "sefrou.ma").message()
    assert set(message.keys()) <= {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID",
        "Content-Language", "Auto-Submitted", "Content-Transfer-Encoding",
    }  # fmt: skip
    assert len(letter.subject.splitlines()) == 1
    assert "\u202e" not in letter.subject


def test_a_template_without_subject_is_refused() -> None:
    with pytest.raises(LetterRefused, match="silent"):
        read(queued(template="coretest/silent"))


def test_unsubscribing_follows_rfc_8058() -> None:
    letter = read(queued(unsubscribe_url="https://sefrou.ma/ar/stop/x"))
    headers = letter.message("no-reply@sefrou.ma", "sefrou.ma").extra_headers
    assert headers["List-Unsubscribe"] == "<https://sefrou.ma/ar/stop/x>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_message_id_is_the_key_of_the_mail() -> None:
    mail = queued()
    message = read(mail).message("no-reply@sefrou.ma", "sefrou.ma")
    assert message.extra_headers["Message-ID"] == f"<{mail.key}@sefrou.ma>"


# --- Sending -----------------------------------------------------------------


def test_codes_leave_first_newsletters_last() -> None:
    for priority in ("newsletter", "digest", "answer", "receipt", "code"):
        queued(
            template="coretest/short",
            context={"title": priority, "body": "x"},
            dedupe_key=priority,
            priority=priority,
        )
    assert has_due_mail(NOW)
    send_due_mail(now=NOW)
    sent = [message.subject for message in django_mail.outbox]
    assert sent == ["code", "receipt", "answer", "digest", "newsletter"]
    assert not has_due_mail(NOW)


def test_a_message_waits_for_its_time() -> None:
    queued(not_before=NOW + timedelta(hours=1))
    assert not has_due_mail(NOW)
    send_due_mail(now=NOW)
    assert states() == ["waiting"]
    send_due_mail(now=NOW + timedelta(hours=1))
    assert states() == ["sent"]


def test_nothing_is_sent_twice() -> None:
    queued()
    send_due_mail(now=NOW)
    send_due_mail(now=NOW)
    assert len(django_mail.outbox) == 1


def test_the_daily_cap_holds_back_answers_but_never_codes(
    environment: Callable[..., None],
) -> None:
    environment(mail_per_day=2)
    for turn in range(3):
        queued(dedupe_key=f"digest-{turn}", priority="digest")
    send_due_mail(now=NOW)
    queued(dedupe_key="code", priority="code")
    send_due_mail(now=NOW + timedelta(hours=1))
    assert states() == ["sent", "sent", "waiting", "sent"]
    send_due_mail(now=NOW + timedelta(days=2))
    assert states() == ["sent"] * 4


def test_more_than_a_batch_says_that_more_waits() -> None:
    for turn in range(3):
        queued(dedupe_key=f"{turn}")
    assert send_due_mail(now=NOW, limit=2) is True
    assert send_due_mail(now=NOW, limit=2) is False
    assert states() == ["sent"] * 3


def test_a_message_left_in_the_middle_is_never_sent_again_by_itself() -> None:
    queued()
    Mail.objects.update(state="sending", claimed_at=NOW)  # what a kill -9 leaves behind
    send_due_mail(now=NOW + timedelta(minutes=1))
    assert states() == ["sending"]
    assert has_due_mail(NOW + timedelta(minutes=10))
    send_due_mail(now=NOW + timedelta(minutes=10))
    assert states() == ["uncertain"]
    assert not django_mail.outbox


def test_an_officer_may_order_it_to_be_sent_again() -> None:
    mail = queued()
    assert not resend_mail(key=str(mail.key), now=NOW)  # it waits anyway
    Mail.objects.update(state="uncertain")
    assert resend_mail(key=str(mail.key), now=NOW)
    send_due_mail(now=NOW)
    assert states() == ["sent"]


def test_address_and_content_are_erased_a_week_after() -> None:
    mail = queued()
    send_due_mail(now=NOW)
    assert erase_old_mail(now=NOW + timedelta(days=6)) == 0
    assert erase_old_mail(now=NOW + timedelta(days=8)) == 1
    mail.refresh_from_db()
    assert (mail.sealed_to, mail.sealed_context) == ("", "")
    with pytest.raises(LetterRefused, match="erased"):
        read(mail)
    assert not resend_mail(key=str(mail.key), now=NOW)


# --- The mailbox of a demonstration ------------------------------------------


def test_only_a_demonstration_shows_its_mails() -> None:
    queued()
    assert queries.demonstration_mails(community_key="SFR") is None
    Installation.objects.create(pk=1, is_demonstration=True)
    (letter,) = queries.demonstration_mails(community_key="SFR") or []
    assert letter.subject == "نونبر انفتاح"
    assert queries.demonstration_mails(community_key="BHL") == []


def test_without_a_server_messages_become_files(home: Path, settings: Any) -> None:
    settings.EMAIL_BACKEND = "infitah.core.mailbox.InfitahBackend"
    queued()
    send_due_mail(now=NOW)
    (path,) = (home / "mail").glob("*.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["subject"] == "نونبر انفتاح"
    assert path.stat().st_mode & 0o077 == 0
    assert not list((home / "mail").glob(".*"))


# --- A real mail server ------------------------------------------------------


class Server:
    """An SMTP server that keeps what it takes, or answers as it is told."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.answer = "250 OK"
        self.rcpt = "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer == "break":
            server.transport.close()
            return "451 gone"
        if self.answer.startswith("250"):
            self.messages.append(
                email.message_from_bytes(envelope.content, policy=email.policy.default)
            )
        return self.answer


@pytest.fixture
def server(settings: Any, environment: Callable[..., None]) -> Iterator[Server]:
    handler = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "infitah.core.mailbox.InfitahBackend"
    environment(smtp=smtp_at(port), mail_from="no-reply@sefrou.ma")
    yield handler
    controller.stop()


def test_a_real_server_takes_the_message(server: Server) -> None:
    mail = queued(context={**LONG, "sender_name": "المجلس الإقليمي لصفرو"})
    queued(dedupe_key="2", template="coretest/short")
    send_due_mail(now=NOW)
    first, second = server.messages
    assert first["subject"] == "نونبر انفتاح"
    assert first["from"] == "المجلس الإقليمي لصفرو <no-reply@sefrou.ma>"
    assert first["message-id"] == f"<{mail.key}@sefrou.ma>"
    assert "شكرا & إلى اللقاء" in first.get_body(("plain",)).get_content()
    assert 'dir="rtl"' in first.get_body(("html",)).get_content()
    assert second.get_content_type() == "text/plain"


def test_a_refusal_for_good_is_not_tried_again(server: Server) -> None:
    server.rcpt = "550 no such person"
    queued()
    send_due_mail(now=NOW)
    assert states() == ["failed"]
    assert Mail.objects.get().last_error == "SMTPRecipientsRefused 550"


def test_a_passing_refusal_is_tried_later_and_later(server: Server) -> None:
    server.answer = "451 try later"
    queued()
    send_due_mail(now=NOW)
    mail = Mail.objects.get()
    assert (mail.state, mail.tries, mail.not_before) == ("waiting", 1, NOW + timedelta(seconds=15))
    send_due_mail(now=mail.not_before)
    mail.refresh_from_db()
    assert mail.not_before == NOW + timedelta(seconds=15 + 60)
    server.answer = "250 OK"
    send_due_mail(now=mail.not_before)
    assert states() == ["sent"]
    assert len(server.messages) == 1


def test_after_eight_passing_refusals_it_is_given_up(server: Server) -> None:
    server.answer = "451 try later"
    queued()
    Mail.objects.update(tries=7)
    send_due_mail(now=NOW)
    assert states() == ["failed"]


def test_a_line_broken_after_the_message_left_is_uncertain(server: Server) -> None:
    server.answer = "break"
    queued()
    send_due_mail(now=NOW)
    assert states() == ["uncertain"]


def test_a_server_that_is_away_costs_nothing_but_time(
    settings: Any, environment: Callable[..., None]
) -> None:
    settings.EMAIL_BACKEND = "infitah.core.mailbox.InfitahBackend"
    environment(smtp=smtp_at(1))
    queued()
    assert send_due_mail(now=NOW) is False
    mail = Mail.objects.get()
    assert (mail.state, mail.tries, mail.not_before) == ("waiting", 1, NOW + timedelta(seconds=15))
    assert "fatima" not in mail.last_error
    with pytest.raises((OSError, smtplib.SMTPException)):
        InfitahBackend().open()
