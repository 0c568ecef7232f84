"""Mails to the owner of a commitment, as they are read in Arabic and in French."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.kernel.localized import LocalizedText
from infitah.programme import operations
from infitah.programme.operations import links
from infitah.programme.tests.factories import BY, OWNER, SECOND, evidence

SNAPSHOTS = Path(__file__).parent / "snapshots"
NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
TODAY = date(2026, 8, 3)
REASON = LocalizedText(ar="الصورة لا تبين المكان", fr="La photo ne montre pas le lieu")


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("name", ["monthly", "confirmed", "returned"])
def test_a_mail_reads_as_it_was_written(commitment, monkeypatch, name, language):
    monkeypatch.setattr(links.secrets, "token_urlsafe", lambda size: "bits")
    monkeypatch.setattr(links.signing.Signer, "signature", lambda self, value, key=None: "seal")
    operations.set_owner(
        commitment=commitment, address="owner@example.org", language=language, by=BY, now=NOW
    )
    act = {"reference": f"{commitment.reference}-M1", "on": TODAY, "now": NOW}
    operations.claim_done(evidence=evidence(), by=OWNER, **act)
    if name == "monthly":
        operations.send_monthly_links(now=NOW)
    elif name == "confirmed":
        operations.verify_milestone(by=SECOND, **act)
    else:
        operations.return_milestone(reason=REASON, by=SECOND, **act)
    letter = read(Mail.objects.get(template=f"programme/email/{name}"))
    seen = f"Subject: {letter.subject}\n\n{letter.text}"
    kept = SNAPSHOTS / f"{name}.{language}.txt"
    assert seen == kept.read_text(encoding="utf-8")
    assert f'lang="{language}"' in letter.html and letter.html.count('class="act"') == 1
    assert commitment.title.in_language(language) in letter.html


@pytest.mark.parametrize("is_in_charge", [False, True])
def test_an_owner_with_an_account_is_written_to_in_the_language_of_their_desk(
    commitment, sefrou, is_in_charge
):
    account = sefrou.commitment_owner
    account.language = "fr"
    account.save(update_fields=["language"])
    address = account.email
    if is_in_charge:
        commitment.responsible = account.grants.get().appointment.person
        commitment.save(update_fields=["responsible"])
        address = "service@example.org"
    owner = {"commitment": commitment, "by": BY, "now": NOW, "language": "ar"}
    operations.set_owner(address=address, **owner)
    operations.send_monthly_links(now=NOW)
    act = {"reference": f"{commitment.reference}-M1", "on": TODAY, "now": NOW}
    operations.claim_done(evidence=evidence(), by=OWNER, **act)
    operations.return_milestone(reason=REASON, by=SECOND, **act)
    assert [one.language for one in Mail.objects.order_by("pk")] == ["fr", "fr"]
    assert "/fr/mine/update/" in read(Mail.objects.earliest("pk")).text
    Mail.objects.all().delete()
    operations.set_owner(address="another@example.org", **owner)
    commitment.responsible = None
    commitment.save(update_fields=["responsible"])
    operations.send_monthly_links(now=NOW.replace(month=9))
    assert [one.language for one in Mail.objects.all()] == ["ar"]
