"""Each act is told once: a letter kept as it was sent, a mail in the language of the request."""

import json
import re
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import call_command

from infitah.core import files, registry
from infitah.core.letters import read
from infitah.core.models import Mail, Outbox, StoredFile
from infitah.core.operations.events import dispatch_events
from infitah.core.viewer import Viewer
from infitah.information import operations, rules
from infitah.information.models import ActLetter, CaseFile, InformationRequest
from infitah.information.operations import letters as writing
from infitah.information.operations import third_party
from infitah.information.tests import given, sheets
from infitah.information.tests.asked import PERSON, TEXT
from infitah.information.tests.lettered import (
    ANSWER,
    decided,
    delivered,
    does,
    extended,
    registered,
)
from infitah.information.tests.told_cases import brought
from infitah.ledger import queries as ledger

pytestmark = pytest.mark.django_db
K = rules.ActKind
SNAPSHOTS = Path(__file__).parent / "snapshots"
NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)


def tell():
    """Let the worker hand events over and write every letter that waits."""
    while dispatch_events(now=NOW):
        pass
    while writing.write_letters(now=NOW):
        pass


def mail_of(request, kind):
    act = request.acts.filter(kind=kind).last()
    return Mail.objects.get(dedupe_key=f"information.told:{request.reference}:{act.position}")


def unnumbered(text: str) -> str:
    """Return a mail without the number that the factory gave to the officer's name."""
    return re.sub(r"(فاطمة الزهراء|Fatima) \d+", r"\1", text)


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(
    "kind",
    [
        *("submitted", "registered", "urgency_refused", "clarification_asked", "extended"),
        *("delivered", "complained_head", "head_decided", "reopened"),
        *("transferred", "published", "cdai_decided", "withdrawn", "deferred", "taken_back"),
        *("complained_cdai", "court_seized"),
    ],
)
def test_a_mail_reads_as_it_was_written(sefrou, monkeypatch, kind, language):
    link = writing.follow_link
    monkeypatch.setattr(writing, "follow_link", lambda one: link(one).replace(one.token, "token"))
    request = brought(sefrou, kind, language)
    tell()
    letter = read(mail_of(request, kind))
    seen = unnumbered(f"Subject: {letter.subject}\n\n{letter.text}")
    assert seen == (SNAPSHOTS / f"told-{kind}.{language}.txt").read_text(encoding="utf-8")
    assert letter.to == "amina@example.org" and request.reference in letter.subject
    assert f'lang="{language}"' in letter.html and "/follow/token/" in letter.html
    for private in (*PERSON.name.split(), PERSON.document):
        assert private not in letter.text + letter.html


def test_a_request_passed_on_is_received_there_with_its_first_day(sefrou):
    request = brought(sefrou, "transferred", "fr")
    tell()
    made = InformationRequest.objects.get(community=sefrou.commune)
    letter = read(mail_of(made, "submitted"))
    assert f"sous le numéro {request.reference}" in letter.text and "2 mars 2026" in letter.text
    assert made.reference in read(mail_of(request, "transferred")).text


@pytest.mark.database
def test_an_act_is_told_once_whatever_runs_twice(sefrou):
    request = brought(sefrou, "extended", "ar")
    tell()
    Outbox.objects.update(handled_at=None)
    tell()
    ActLetter.objects.update(told_at=None)
    tell()
    assert Mail.objects.filter(reference=request.reference).count() == 3
    assert request.files.count() == 3 and ActLetter.objects.count() == 3


@pytest.mark.database
def test_two_workers_at_once_keep_one_letter(sefrou):
    request = brought(sefrou, "submitted", "ar")
    while dispatch_events(now=NOW):
        pass
    rows = list(ActLetter.objects.select_related("act__request__community", "file"))
    for _worker in range(2):
        writing.write_letter(rows[0], now=NOW)
    assert request.files.count() == 1 and Mail.objects.count() == 1


@pytest.mark.database
def test_what_was_sent_is_what_is_kept_and_the_register_has_its_hash(sefrou):
    request = brought(sefrou, "extended", "ar")
    tell()
    act = request.acts.get(kind="extended")
    kept = act.letter.file
    assert list(mail_of(request, "extended").attachments.all()) == [kept.file]
    content = files.content(kept.file)
    assert kept.role == "letter" and kept.title == "تمديد أجل الجواب"
    assert "تتطلب الوثائق المطلوبة بحثا" in sheets.words(content)
    entries = [
        one for one in ledger.of_subject("SFR", request.reference) if one.act == writing.ENTRY
    ]
    opened = ledger.openings("SFR", entries[-1].number)
    assert opened["letter"].value == sha256(content).hexdigest()
    assert json.loads(entries[-1].canonical)["public"] == {"act": act.register_number}


def test_the_receipt_is_joined_and_verified_off_line(sefrou, tmp_path):
    request = brought(sefrou, "submitted", "ar")
    tell()
    (attached,) = mail_of(request, "submitted").attachments.all()
    code, said = sheets.verified(tmp_path, "r.pdf", files.content(attached))
    assert code == 0 and request.reference in said
    request.refresh_from_db()
    assert request.receipt_queued_at == NOW


@pytest.mark.parametrize(
    ("channel", "is_joined"), [("email", True), ("post", False), ("counter", False)]
)
def test_the_answer_goes_by_mail_only_where_that_is_its_way(sefrou, channel, is_joined):
    request = registered(sefrou, email="amina@example.org")
    given.give(request, "minutes.pdf", given.plain())
    decided(request)
    delivered(request, channel=channel)
    tell()
    mail = mail_of(request, "delivered")
    assert mail.attachments.exists() is is_joined
    assert not mail.attachments.filter(name="minutes.pdf").exists()
    letter = read(mail)
    assert (ANSWER in letter.text) is (ANSWER in letter.html) is is_joined
    assert f"/follow/{request.token}/" in letter.text


def test_without_address_the_letter_is_kept_and_no_mail_leaves(sefrou):
    request = registered(sefrou)
    extended(request)
    tell()
    assert request.files.filter(role="letter").count() == 3 and not Mail.objects.exists()


def test_after_the_purge_nobody_is_written_to(sefrou):
    request = brought(sefrou, "registered", "ar")
    person = request.requester
    person.contact_sealed = person.identity_sealed = person.repeat_digest = ""
    person.has_email, person.purged_at = False, NOW
    person.save()
    tell()
    assert not Mail.objects.exists() and request.files.exists()


def test_what_is_told_inside_is_not_told_outside(sefrou):
    request = registered(sefrou, email="amina@example.org")
    does(
        third_party.consult_third_party,
        request,
        date(2026, 3, 9),
        party="شركة سرية",
        words="هل يسلم العقد",
    )
    decided(request)
    tell()
    letters_ = request.files.filter(role="proof")
    assert [one.title for one in letters_] == ["استشارة الغير"]
    viewer = Viewer("SFR", sefrou.province.pk, tokens=frozenset({request.token}))
    seen = CaseFile.objects.visible_to(viewer).filter(request=request)
    assert {one.title for one in seen} == {"وصل إيداع طلب الحصول على المعلومات", "إشعار بالتوصل"}
    assert Mail.objects.count() == 2
    assert not ActLetter.objects.visible_to(viewer).exists()
    assert ActLetter.objects.visible_to(sefrou.viewer("information.read")).count() == 3


@pytest.mark.database
def test_a_letter_that_fails_is_tried_again_and_holds_up_no_other(sefrou, monkeypatch, caplog):
    first, second = brought(sefrou, "submitted", "ar"), brought(sefrou, "submitted", "ar")
    drawn = writing.letters.receipt_pdf

    def fails(request, language):
        if request.pk == first.pk:
            raise RuntimeError("no font")
        return drawn(request, language)

    monkeypatch.setattr(writing.letters, "receipt_pdf", fails)
    tell()
    assert second.files.count() == 1 and first.files.count() == 0
    for _time in range(5):
        writing.write_letters(now=NOW)
    assert not writing.has_letters_to_write(NOW)
    assert ActLetter.objects.stuck().count() == 1
    assert "amina" not in caplog.text and PERSON.family_name not in caplog.text
    monkeypatch.setattr(writing.letters, "receipt_pdf", drawn)
    call_command("letters")
    tell()
    assert first.files.count() == 1 and not ActLetter.objects.stuck().exists()


def test_a_kill_between_drawing_and_keeping_loses_nothing(sefrou, monkeypatch):
    request = brought(sefrou, "submitted", "ar")

    def dies(*_some, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writing, "_tell", dies)
        with pytest.raises(KeyboardInterrupt):
            tell()
    assert StoredFile.objects.filter(state="staged").count() == 1
    tell()
    assert request.files.count() == 1 and Mail.objects.count() == 1


def test_hostile_words_add_no_header_and_no_markup(sefrou):
    request = registered(sefrou, email="amina@example.org")
    hostile = "سؤال <b>غليظ</b>\nBcc: all@example.org\nSubject: x"
    does(operations.ask_clarification, request, date(2026, 3, 5), words=hostile)
    tell()
    letter = read(mail_of(request, "clarification_asked"))
    message = letter.message("a@example.org", "example.org").message()
    assert "<b>" not in letter.html and "Bcc" not in message and "\n" not in letter.subject
    assert hostile.splitlines()[1] in letter.text


def test_every_act_that_is_told_has_its_handler(sefrou):
    for kind in writing.TOLD:
        assert writing.ask_letter in registry.HANDLERS[f"information.{kind}"], kind
    silent = {K.TASKED, K.TASK_ANSWERED, K.DECIDED, K.SECOND_READ, K.SENT_BACK, K.CLARIFIED}
    assert not silent & writing.TOLD


def test_the_bundle_holds_the_letters_as_they_were_sent(sefrou):
    request = brought(sefrou, "head_decided", "ar")
    tell()
    viewer = Viewer("SFR", sefrou.province.pk, tokens=frozenset({request.token}))
    bundle = writing.letters.bundle(request, "fr", viewer=viewer, today=date(2026, 4, 10))
    kept = {one.file.sha256 for one in request.files.filter(role="letter").select_related("file")}
    assert len(kept) == 4 and kept <= {part.sha256 for part in bundle.parts}
    assert TEXT in sheets.words(bundle.parts[1].content)


def test_writing_letters_is_bounded_in_queries(sefrou, django_assert_max_num_queries):
    brought(sefrou, "delivered", "ar")
    while dispatch_events(now=NOW):
        pass
    with django_assert_max_num_queries(250):
        writing.write_letters(now=NOW)
