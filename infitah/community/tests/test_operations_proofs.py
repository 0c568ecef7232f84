"""Codes by mail, devices, identities at the desk, readings, the purge (law 09-08)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from infitah.community import operations, queries
from infitah.community.models import Device, IdentityReading, MailCode, Participant, RuleValue
from infitah.community.operations.proofs import CodeRequest
from infitah.community.rules import codes
from infitah.community.rules.codes import CodeState
from infitah.community.tests.factories import ParticipantFactory
from infitah.core.errors import OperationRefused
from infitah.core.models import Mail
from infitah.core.operations import send_due_mail
from infitah.core.viewer import Actor, Viewer
from infitah.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BY = Actor("officer", "focal", "focal_point")
ADDRESS = "Amina@Example.org"


@pytest.fixture(autouse=True)
def known_code(monkeypatch):
    monkeypatch.setattr(codes, "new_code", lambda: "246810")


def asked(address=ADDRESS, **changes):
    return CodeRequest(
        **{
            "address": address,
            "purpose": "idea",
            "subject": "draft-1",
            "language": "ar",
            "path": "/ar/confirm/{token}/",
            "device": "",
            "network": "10.0.0.1",
        }
        | changes
    )


def send(sefrou, **changes):
    return operations.request_code(community=sefrou.province, asked=asked(**changes), now=NOW)


def confirm(sefrou, token, code="246810", minutes=1, community=None, network="10.0.0.1"):
    return operations.confirm_code(
        community=community or sefrou.province,
        token=token,
        code=code,
        network=network,
        now=NOW + timedelta(minutes=minutes),
    )


def test_a_code_goes_out_and_nothing_lies_open(sefrou):
    sent = send(sefrou)
    row = MailCode.objects.get(token=sent.token)
    assert "246810" not in row.code_digest
    assert "example" not in row.address_sealed.lower()
    assert sent.expires_at == NOW + timedelta(minutes=15)
    assert Mail.objects.get().priority == Mail.Priority.CODE


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "رمز التأكيد"), ("fr", "code de confirmation")]
)
def test_the_mail_says_code_and_link(sefrou, language, words):
    sent = send(sefrou, language=language, path=f"/{language}/confirm/{{token}}/")
    send_due_mail(now=NOW + timedelta(seconds=5))
    (message,) = mail.outbox
    assert "246810" in message.subject and words in message.subject
    assert f"/{language}/confirm/{sent.token}/?code=246810" in message.body
    assert message.to == [ADDRESS]


def test_the_right_code_proves_address_and_device(sefrou):
    check = confirm(sefrou, send(sefrou).token, " 246810 ")
    assert check.is_proved and check.subject == "draft-1"
    assert check.participant.level == "L0"
    assert queries.by_address(sefrou.province, "amina@example.org ") == check.participant
    found = queries.by_device(sefrou.province, check.device, NOW + timedelta(days=179))
    assert found == check.participant
    assert queries.by_device(sefrou.province, check.device, NOW + timedelta(days=181)) is None
    assert queries.by_device(sefrou.province, "", NOW) is None
    assert queries.by_token(sefrou.province, check.participant.token) == check.participant
    assert not Device.objects.filter(token_digest=check.device).exists()


def test_a_known_address_stays_one_participant(sefrou):
    first = confirm(sefrou, send(sefrou).token)
    second = confirm(sefrou, send(sefrou, address="amina@example.ORG").token)
    assert second.participant == first.participant
    assert first.participant.devices.count() == 2
    other = operations.request_code(community=sefrou.other, asked=asked(), now=NOW)
    elsewhere = confirm(sefrou, other.token, community=sefrou.other).participant
    assert elsewhere.address_digest != first.participant.address_digest


def test_three_wrong_tries_spend_the_code(sefrou):
    token = send(sefrou).token
    states = [confirm(sefrou, token, "000000").state for _ in range(3)]
    assert states == [CodeState.WRONG, CodeState.WRONG, CodeState.SPENT]
    assert confirm(sefrou, token).state is CodeState.SPENT
    assert MailCode.objects.get(token=token).tries == 3


@pytest.mark.parametrize("state", ["used", "expired", "forged", "elsewhere"])
def test_a_code_that_proves_nothing_says_why_and_what_to_do(sefrou, state):
    token = send(sefrou).token
    if state == "used":
        confirm(sefrou, token)
    check = confirm(
        sefrou,
        "forged" if state == "forged" else token,
        minutes=16 if state == "expired" else 2,
        community=sefrou.other if state == "elsewhere" else None,
    )
    assert check.state == {"elsewhere": "forged"}.get(state, state)
    refusal = check.refusal()
    assert refusal.field == "code" and refusal.message


def test_a_wrong_code_says_how_many_tries_are_left(sefrou):
    check = confirm(sefrou, send(sefrou).token, "1")
    assert check.tries_left == 2
    assert "2" in check.refusal().message


@pytest.mark.parametrize(
    ("changes", "limit"),
    [
        (lambda n: {"network": f"10.0.0.{n}"}, 5),
        (lambda n: {"address": f"a{n}@example.org", "device": "d", "network": f"10.0.0.{n}"}, 10),
        (lambda n: {"address": f"a{n}@example.org"}, 40),
    ],
    ids=["address", "device", "network"],
)
def test_codes_are_throttled_by_address_device_and_network(sefrou, changes, limit):
    for number in range(limit):
        send(sefrou, **changes(number))
    with pytest.raises(operations.CodeRefused) as refused:
        send(sefrou, **changes(limit))
    assert refused.value.code == "too_many"


def test_guesses_are_throttled_by_network(sefrou):
    for number in range(60):
        confirm(sefrou, f"guess-{number}")
    with pytest.raises(operations.CodeRefused):
        confirm(sefrou, "guess-60")


def test_an_address_that_is_none_is_refused(sefrou):
    with pytest.raises(OperationRefused):
        send(sefrou, address="amina at example")
    assert not MailCode.objects.exists()


def test_a_device_may_be_forgotten(sefrou):
    check = confirm(sefrou, send(sefrou).token)
    asked_for = {"community": sefrou.province, "cookie": check.device, "now": NOW}
    assert operations.forget_device(**asked_for)
    assert not operations.forget_device(**asked_for)
    assert queries.by_device(sefrou.province, check.device, NOW) is None


# --- At the desk -------------------------------------------------------------------------
def prove(sefrou, **changes):
    return operations.prove_at_desk(
        **{
            "community": sefrou.province,
            "name": "أمينة بناني",
            "address": ADDRESS,
            "address_kind": "mail",
            "language": "ar",
            "by": BY,
            "now": NOW,
        }
        | changes
    )


def test_an_identity_seen_at_the_desk_raises_the_level(sefrou):
    known = confirm(sefrou, send(sefrou).token).participant
    seen = prove(sefrou)
    assert (seen.pk, seen.level, seen.proved_by) == (known.pk, "L1", "focal")
    assert "أمينة" not in seen.name_sealed


def test_a_person_without_address_is_counted_too(sefrou):
    first, second = prove(sefrou, address=""), prove(sefrou, address="")
    assert first.pk != second.pk
    assert first.address_kind == "none"
    with pytest.raises(operations.IdentityRefused):
        prove(sefrou, name="")


def test_reading_an_identity_is_kept_and_registered(sefrou):
    participant = prove(sefrou)
    read = operations.read_identity(
        participant=participant, reason="للتحقق من طلب التصحيح", by=BY, now=NOW
    )
    assert (read.name, read.address) == ("أمينة بناني", "amina@example.org")
    assert IdentityReading.objects.get().reader == "focal"
    entry = Entry.objects.get(act="community.identity_read")
    assert "أمينة" not in entry.canonical and "focal_point" in entry.canonical


def test_an_identity_is_not_read_without_reason_or_after_the_purge(sefrou):
    participant = prove(sefrou)
    asked_for = {"participant": participant, "by": BY, "now": NOW}
    with pytest.raises(operations.IdentityRefused) as refused:
        operations.read_identity(reason="فضول", **asked_for)
    assert refused.value.field == "reason"
    operations.purge_identities(now=NOW + timedelta(days=731))
    participant.refresh_from_db()
    with pytest.raises(operations.IdentityRefused):
        operations.read_identity(reason="للتحقق من طلب التصحيح", **asked_for)


def test_the_purge_erases_what_identifies_and_nothing_else(sefrou):
    kept = ParticipantFactory(community=sefrou.province, purge_on=date(2099, 1, 1))
    proved = confirm(sefrou, send(sefrou).token)
    later = NOW + timedelta(days=731)
    # The world's own citizen is due as well.
    assert operations.purge_identities(now=later) == 2
    gone = Participant.objects.get(pk=proved.participant.pk)
    assert (gone.address_digest, gone.address_sealed, gone.name_sealed) == (None, "", "")
    assert not gone.devices.exists()
    assert not MailCode.objects.exists()
    kept.refresh_from_db()
    assert kept.address_sealed
    entry = Entry.objects.get(act="community.identities_purged")
    assert entry.facts.public["count"] == 2
    assert operations.purge_identities(now=later) == 0


def test_the_period_of_keeping_is_the_communitys_own(sefrou):
    """Law 09-08, art. 3: the period that was declared to the CNDP."""
    RuleValue.objects.of(sefrou.province).filter(key="participant.retention").update(value=6)
    assert confirm(sefrou, send(sefrou).token).participant.purge_on == date(2027, 5, 23)
    RuleValue.objects.of(sefrou.province).filter(key="participant.retention").delete()
    assert prove(sefrou).purge_on == date(2028, 11, 23)


def test_participants_are_seen_by_themselves_and_readers_of_identities(sefrou):
    key, number = sefrou.province.key, sefrou.province.pk
    themselves = Viewer(key, number, participant_id=sefrou.participant.pk)
    reader = sefrou.viewer("identity.read")
    nobody = [
        Viewer(key, number),
        sefrou.viewer("idea.hide"),
        Viewer(sefrou.other.key, sefrou.other.pk, rights=frozenset({"identity.read"})),
    ]
    visible = Participant.objects.visible_to
    assert list(visible(themselves)) == list(visible(reader)) == [sefrou.participant]
    assert all(not visible(viewer).exists() for viewer in nobody)
    assert IdentityReading.objects.visible_to(Viewer(key, number)).count() == 0
