"""Files that come with mails: kept unopened, refused with a word, for officers alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from infitah.core import clamd, files, letters
from infitah.core.models import Mail, StoredFile
from infitah.core.operations.inbox import Arrived
from infitah.core.tests.imap_server import Box, ImapServer
from infitah.core.viewer import Viewer
from infitah.information.models import IncomingFile, IncomingMail
from infitah.information.operations import mail_in
from infitah.information.queries import desk_mail
from infitah.information.queries.mail_in import reply_address
from infitah.information.tests import mails
from infitah.information.tests.desk import at, registered
from infitah.information.tests.mails import DOMAIN, OWN, made

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


def kept(mail: IncomingMail) -> list[tuple[str, str, str]]:
    return [
        (
            one.file.name if one.file else one.name,
            one.file.media_type if one.file else "",
            one.refusal,
        )
        for one in IncomingFile.objects.filter(mail=mail).select_related("file")
    ]


PDF = b"%PDF-1.7\n%%EOF"


def test_files_are_kept_unopened_by_what_they_are(sefrou) -> None:
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    mail = take(
        made(
            files=(
                ("وثيقة.pdf", "application/pdf", PDF),
                ("photo.pdf", "application/pdf", b"\x89PNG\r\n\x1a\n...."),  # mislabelled
                ("old.doc", "application/msword", office),  # locked
                ("torn.docx", "application/x", b"PK\x03\x04 torn"),  # corrupt
                ("run.pdf", "application/pdf", b"MZ\x90\x00"),
                ("page.htm", "application/x", b"<html><script>x</script>"),
            )
        )
    )
    binary = "application/octet-stream"
    assert kept(mail) == [
        ("وثيقة.pdf", "application/pdf", ""),
        ("photo.png", "image/png", ""),
        ("old.doc", binary, ""),
        ("torn.bin", binary, ""),
        ("run.pdf", "", "program"),
        ("page.htm", "", "markup"),
    ]
    locked = IncomingFile.objects.filter(mail=mail, is_locked=True)
    assert [one.file.name for one in locked] == ["old.doc"]
    stored = StoredFile.objects.get(name="وثيقة.pdf")
    assert (stored.state, stored.subject, stored.is_public) == ("bound", f"mail:{mail.pk}", False)
    assert files.content(stored) == PDF
    assert "page.htm" in letters.read(Mail.objects.get()).text


def test_a_file_that_is_too_large_is_told_and_not_kept(sefrou) -> None:
    huge = PDF + b"x" * (10 * 1024 * 1024)
    mail = take(made(files=(("huge.pdf", "application/pdf", huge),)))
    assert kept(mail) == [("huge.pdf", "", "too_large")]


def test_an_infected_file_is_not_kept_and_its_sender_gets_no_answer(sefrou, monkeypatch) -> None:
    virus = clamd.Verdict("infected", "Eicar-Test-Signature")
    monkeypatch.setattr(clamd, "scan", lambda _address, _content: virus)
    mail = take(made(files=(("bill.pdf", "application/pdf", PDF),)))
    assert kept(mail) == [("bill.pdf", "", "infected")]
    assert mail.state == "to_sort" and not Mail.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_mail_that_is_lost_with_its_transaction_leaves_files_to_be_swept(sefrou) -> None:
    arrived = Arrived(1, 9, NOW, made(files=(("a.pdf", "application/pdf", PDF),)), True)
    mail_in.take_in(arrived, now=NOW)  # killed before what is returned was called
    assert [one.state for one in StoredFile.objects.all()] == ["staged"]
    assert files.sweep(now=NOW + timedelta(days=2)) == 1


def test_who_may_open_the_files_of_a_mail(sefrou) -> None:
    mail = take(made(files=(("a.pdf", "application/pdf", PDF),)))
    subject = f"mail:{mail.pk}"
    for rights, may in (
        ({"information.read"}, True), ({"information.enter"}, True), ({"idea.read"}, False), (set(), False),
    ):  # fmt: skip
        viewer = Viewer(sefrou.province.key, sefrou.province.pk, rights=frozenset(rights))
        assert desk_mail.file_is_visible(viewer, subject) is may, rights
    other = Viewer(sefrou.other.key, sefrou.other.pk, rights=READER)
    assert not desk_mail.file_is_visible(other, subject)
    assert not desk_mail.file_is_visible(other, "mail:x")


# --- From the server to the row ----------------------------------------------


def test_from_a_real_mailbox_to_the_desk(sefrou, settings, tmp_path) -> None:
    server = ImapServer(tmp_path / "imap").start()
    try:
        settings.ENVIRONMENT = replace(
            settings.ENVIRONMENT, imap=server.box(address=OWN, has_plus=True)
        )
        request = registered(sefrou)
        with time_machine.travel(datetime.now(UTC), tick=True):
            server.deliver(made(to=reply_address(request)), at=NOW)
            server.deliver(mails.windows_1256(), at=NOW - timedelta(days=1))
            server.deliver(mails.out_of_office(), at=NOW)
            assert mail_in.has_mail_due(NOW)
            assert mail_in.read_mailbox(now=NOW) is False
            server.number_anew()
            mail_in.read_mailbox(now=NOW)
    finally:
        server.stop()
    assert sorted(IncomingMail.objects.values_list("state", "kind")) == [
        ("matched", "message"), ("set_aside", "auto_reply"), ("to_sort", "message"),
    ]  # fmt: skip
    waiting = IncomingMail.objects.get(state="to_sort")
    assert waiting.received_at == NOW - timedelta(days=1), "the day is that of the mailbox"
