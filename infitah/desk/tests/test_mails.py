"""Mails of accounts and codes as they are read: both parts, in Arabic and in French."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from infitah.core.letters import Letter, read
from infitah.core.models import Mail
from infitah.core.operations import queue_mail

SNAPSHOTS = Path(__file__).parent / "snapshots"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ADDRESS = "http://localhost:8000/desk/account/"
ACCOUNT = {
    "name": "سعاد العلوي",
    "username": "focal_point",
    "url": f"{ADDRESS}password/reset/key/1-token/",
    "account_url": ADDRESS,
    "host": "localhost:8000",
    "kind": "totp_activated",
    "sender_name": "المجلس الإقليمي لصفرو",
}
CODE = {
    "code": "482 913",
    "minutes": "15",
    "link": "http://localhost:8000/ar/code/token/",
    "institution": "المجلس الإقليمي لصفرو",
}
MAILS = {
    "desk/access_reset": ACCOUNT,
    "desk/account_changed": ACCOUNT,
    "desk/password_reset": ACCOUNT,
    "community/code": CODE,
}


def letter(template: str, language: str, **more: str) -> Letter:
    key = queue_mail(
        community_key="SFR",
        to="reader@example.org",
        template=template,
        context={**MAILS[template], **more},
        language=language,
        dedupe_key=f"{template}:{language}",
        priority="code",
        now=NOW,
    )
    assert key
    return read(Mail.objects.get())


def as_kept(mail: Letter) -> str:
    """Return both parts; of the frame only what follows the opening of the body."""
    body = mail.html.partition("<body")[2]
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return "\n".join([f"Subject: {mail.subject}", "", mail.text, "<body" + lines[0], *lines[1:]])


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("template", sorted(MAILS))
def test_both_parts_read_as_they_were_written(template: str, language: str) -> None:
    mail = letter(template, language)
    kept = SNAPSHOTS / f"{template.replace('/', '-')}.{language}.txt"
    assert as_kept(mail) == kept.read_text(encoding="utf-8").rstrip("\n")
    root = f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">'
    assert root in mail.html


@pytest.mark.django_db
@pytest.mark.parametrize("template", sorted(MAILS))
def test_the_two_parts_lead_to_the_same_addresses(template: str) -> None:
    mail = letter(template, "ar")
    said = {one for one in MAILS[template].values() if one.startswith("http")}
    for address in said:
        assert (address in mail.text) is (address in mail.html)
    assert any(address in mail.text for address in said)


@pytest.mark.django_db
def test_a_name_adds_no_markup() -> None:
    mail = letter("desk/access_reset", "ar", name="<b>اسم</b>")
    assert "<b>" not in mail.html and "<b>" in mail.text
