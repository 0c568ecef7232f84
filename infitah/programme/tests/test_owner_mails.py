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
