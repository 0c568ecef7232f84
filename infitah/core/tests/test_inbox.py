"""Reading the mailbox from a real IMAP server: no mail lost, none twice, whatever happens."""

import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection, transaction

from infitah.core import imap, queries
from infitah.core.conf import INBOX
from infitah.core.models import Inbox
from infitah.core.operations import has_inbox_due, read_inbox
from infitah.core.operations import inbox as reading
from infitah.core.operations.inbox import Arrived
from infitah.core.tests.imap_server import ImapServer, free_port

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _march() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def server(tmp_path) -> Iterator[ImapServer]:
    one = ImapServer(tmp_path / "imap")
    yield one
    one.stop()


@pytest.fixture
def told(settings, server) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, imap=server.box())


class Taker:
    """Takes mails in by their subject; fails where a test wants it to."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.seen: list[Arrived] = []
        self.fails_before: set[str] = set()
        self.fails_after: set[str] = set()

    def __call__(self, arrived: Arrived, *, now: datetime):
        self.seen.append(arrived)
        self.was_in_transaction = connection.in_atomic_block
        subject = arrived.content.split(b"Subject: ")[1].splitlines()[0].decode()
        if subject in self.fails_before:
            raise ValueError(subject)
        return lambda: self._keep(subject)

    def _keep(self, subject: str) -> None:
        assert connection.in_atomic_block
        self.kept.append(subject)
        if subject in self.fails_after:
            raise ValueError(subject)


def mail(subject: str, body: str = "نص") -> bytes:
    return f"From: a@example.ma\r\nSubject: {subject}\r\n\r\n{body}\r\n".encode()


def read(taker: Taker) -> bool:
    return read_inbox(prepare=taker, now=NOW)


@pytest.mark.usefixtures("told")
def test_each_mail_is_taken_in_once_and_marked_as_read(server) -> None:
    taker = Taker()
    server.start()
    server.deliver(mail("one"))
    server.deliver(mail("two"))
    assert read(taker) is False
    assert taker.kept == ["one", "two"]
    assert all("\\Seen" in flags for flags in server.flags().values())
    server.deliver(mail("three"))
    read(taker)
    read(taker)
    assert len(taker.kept) == 3 and taker.kept[-1] == "three"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("told")
def test_no_transaction_is_open_while_the_server_is_waited_for(server) -> None:
    taker = Taker()
    server.start()
    server.deliver(mail("one"))
    read(taker)
    assert taker.kept == ["one"] and taker.was_in_transaction is False


@pytest.mark.usefixtures("told")
def test_what_a_person_read_before_us_is_taken_in_all_the_same(server) -> None:
    taker = Taker()
    server.start()
    read(taker)  # the mailbox is known from here on
    server.deliver(mail("one"))
    server.mark_read_by_hand(1)
    read(taker)
    assert taker.kept == ["one"]


@pytest.mark.usefixtures("told")
def test_old_mails_of_a_mailbox_that_is_new_to_us_are_left_alone(server) -> None:
    taker = Taker()
    server.start()
    server.deliver(mail("read long ago"))
    server.deliver(mail("unread"))
    server.mark_read_by_hand(1)
    read(taker)
    assert taker.kept == ["unread"]


@pytest.mark.usefixtures("told")
def test_many_are_read_a_few_at_a_time(server, monkeypatch) -> None:
    monkeypatch.setattr(reading, "INBOX", replace(INBOX, batch=2))
    taker = Taker()
    server.start()
    for number in range(5):
        server.deliver(mail(str(number)))
    assert [read(taker), read(taker), read(taker)] == [True, True, False]
    assert taker.kept == ["0", "1", "2", "3", "4"]


@pytest.mark.usefixtures("told")
def test_a_mailbox_down_for_a_day_is_told_and_caught_up(server, settings) -> None:
    taker = Taker()
    server.start()
    read(taker)
    server.stop()
    read(taker)
    silent = Inbox.objects.get().silent_since
    assert silent is not None and queries.inbox_silent_since() == silent
    tries = 0
    for minutes in range(0, 24 * 60, 15):
        server.deliver(mail(f"at {minutes}")) if minutes % 360 == 0 else None
        with time_machine.travel(silent + timedelta(minutes=minutes), tick=True):
            if has_inbox_due(NOW):
                assert read(taker) is False
                tries += 1
    known = Inbox.objects.get()
    assert known.silent_since == silent, "it is silent since the first failure"
    assert 40 < tries < 100, "it is tried again all day, each quarter of an hour at most"
    with time_machine.travel(silent + timedelta(days=1), tick=True):
        parts = {part.name: part for part in queries.health(datetime.now(UTC))}
        assert not parts["mailbox"].is_well
        assert f"has not answered since {silent:%Y-%m-%d %H:%M} UTC" in parts["mailbox"].detail
        assert "silent since" in doctor()["mailbox"]["told"]
        server.start()
        Inbox.objects.update(retry_at=None)
        read(taker)
        assert {part.name: part.is_well for part in queries.health(datetime.now(UTC))}["mailbox"]
    assert sorted(taker.kept) == ["at 0", "at 1080", "at 360", "at 720"]
    assert queries.inbox_silent_since() is None


@pytest.mark.usefixtures("told")
def test_a_server_that_hangs_costs_a_few_seconds(server, monkeypatch) -> None:
    monkeypatch.setattr(imap, "INBOX", replace(INBOX, timeout_seconds=0.3))
    server.start().hang()
    started = datetime.now(UTC)
    assert read(Taker()) is False
    server.go_on()
    assert datetime.now(UTC) - started < timedelta(seconds=5)
    assert Inbox.objects.get().silent_since is not None


@pytest.mark.usefixtures("told")
def test_killed_between_fetch_and_commit_nothing_is_lost_or_doubled(server) -> None:
    taker = Taker()
    server.start()
    server.deliver(mail("one"))
    server.deliver(mail("two"))
    taker.fails_after = {"one"}  # what was kept goes with its transaction
    read(taker)
    assert taker.kept == ["one"] and "\\Seen" not in server.flags()[1]
    taker.fails_after = set()
    taker.kept.clear()
    read(taker)
    assert taker.kept == ["one", "two"]


@pytest.mark.usefixtures("told")
def test_killed_between_commit_and_mark_it_is_not_taken_in_again(server, monkeypatch) -> None:
    taker = Taker()
    server.start()
    server.deliver(mail("one"))

    def cut(*_given: object) -> None:
        raise imap.MailboxDown("the line broke")

    with monkeypatch.context() as patched:
        patched.setattr(imap.Mailbox, "mark_read", cut)
        read(taker)
    assert Inbox.objects.get().silent_since is not None
    Inbox.objects.update(retry_at=None)
    server.deliver(mail("two"))
    read(taker)
    assert taker.kept == ["one", "two"]


@pytest.mark.usefixtures("told")
def test_when_the_server_numbers_anew_the_last_days_are_read_again(server, caplog) -> None:
    taker = Taker()
    server.start()
    server.deliver(mail("old"), at=NOW - timedelta(days=9))
    server.deliver(mail("fresh"), at=NOW - timedelta(hours=1))
    read(taker)
    assert taker.kept == ["old", "fresh"]
    server.number_anew()
    server.deliver(mail("since"), at=NOW)
    with caplog.at_level(logging.WARNING):
        read(taker)
    assert "numbers its mails anew" in caplog.text
    # "fresh" comes again and is known by its content to who takes it in; "old" does not.
    assert taker.kept[:2] == ["old", "fresh"]
    assert sorted(taker.kept[2:]) == ["fresh", "since"]
    read(taker)
    assert len(taker.kept) == 4


@pytest.mark.usefixtures("told")
def test_of_a_huge_mail_only_the_headers_are_fetched(server, monkeypatch) -> None:
    monkeypatch.setattr(reading, "INBOX", replace(INBOX, max_bytes=2000))
    taker = Taker()
    server.start()
    server.deliver(mail("huge", "x" * 5000))
    read(taker)
    (arrived,) = taker.seen
    assert not arrived.is_whole and arrived.size > 5000
    assert b"Subject: huge" in arrived.content and b"xxx" not in arrived.content


@pytest.mark.usefixtures("told")
def test_a_mail_that_cannot_be_taken_in_does_not_stop_the_next_ones(server, caplog) -> None:
    taker = Taker()
    server.start()
    server.deliver(mail("poison"))
    server.deliver(mail("after"))
    taker.fails_before = {"poison"}
    for _try in range(INBOX.tries):
        assert read(taker) is False
    assert taker.kept == [] and "could not be taken in" in caplog.text
    taker.fails_before = set()  # of its headers alone something can be kept
    read(taker)
    assert taker.kept == ["poison", "after"]
    assert [one.is_stuck for one in taker.seen[-2:]] == [True, False]
    assert not taker.seen[-2].is_whole


@pytest.mark.usefixtures("told")
def test_a_database_that_fails_is_no_fault_of_the_mail(server, monkeypatch) -> None:
    taker = Taker()
    server.start()
    server.deliver(mail("one"))

    def away(*_given: object) -> None:
        raise OperationalError("the database is away")

    with monkeypatch.context() as patched, pytest.raises(OperationalError):
        patched.setattr(reading, "_go_on", away)
        read(taker)
    assert Inbox.objects.get().stuck_tries == 0
    read(taker)
    assert taker.kept == ["one"]


@pytest.mark.usefixtures("told")
def test_another_process_that_was_faster_wins(server) -> None:
    taker = Taker()
    server.start()
    read(taker)
    server.deliver(mail("one"))

    def prepare(arrived: Arrived, *, now: datetime):
        with transaction.atomic():
            Inbox.objects.update(last_uid=arrived.uid)
        return taker(arrived, now=now)

    read_inbox(prepare=prepare, now=NOW)
    assert taker.kept == []


def test_without_a_mailbox_nothing_is_done(settings) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, imap=None)
    assert has_inbox_due(NOW) is False
    assert read(Taker()) is False
    assert not Inbox.objects.exists()


@pytest.mark.parametrize(
    ("found", "content"),
    [
        ([(b"1 (UID 7 BODY[] {3}", b"a\r\n"), b")"], b"a\r\n"),
        ([b'1 (UID 7 BODY[] "")'], b""),
        ([b'1 (UID 7 BODY[HEADER]<0> "a \\"b\\" \\\\")'], b'a "b" \\'),
        ([b"1 (UID 7 BODY[] NIL)"], b""),
        ([b"1 (FLAGS (\\Seen))"], None),
        ([], None),
    ],
)
def test_what_a_server_sends_of_a_mail_is_read_in_each_form(found, content) -> None:
    assert imap.content_in(found) == content


def test_a_mail_without_a_date_came_now() -> None:
    told = imap._instant(b"nonsense")
    assert timedelta(0) <= datetime.now(UTC) - told < timedelta(seconds=9)


# --- The operator ------------------------------------------------------------


def doctor() -> dict[str, dict[str, str]]:
    out = StringIO()
    with suppress(CommandError):  # something else is to mend here too
        call_command("doctor", "--json", stdout=out)
    return {one["name"]: one for one in json.loads(out.getvalue())}


@pytest.mark.usefixtures("told")
def test_the_doctor_says_what_is_wrong_with_the_mailbox(server, settings) -> None:
    server.start()
    server.deliver(mail("one"))
    assert "1 mails in INBOX" in doctor()["mailbox"]["told"]
    address = settings.ENVIRONMENT.imap
    for changed, word in (
        ({"password": "wrong"}, "authentication"),
        ({"folder": "Nothing"}, "exist"),
        ({"port": free_port()}, "refused"),
    ):
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, imap=replace(address, **changed))
        found = doctor()["mailbox"]
        assert found["verdict"] == "fault" and "INFITAH_IMAP_URL" in found["mend"]
        assert word.lower() in found["told"].lower(), found
        assert "kalimat" not in json.dumps(found)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, imap=replace(address, address=""))
    assert doctor()["address of the mailbox"]["verdict"] == "warning"
