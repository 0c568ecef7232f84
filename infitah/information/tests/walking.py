"""A citizen with a phone: asks in three screens, reads the code in the mailbox, sends."""

import re

from infitah.core.letters import read
from infitah.core.models import Mail

SAME = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ASK = "/ar/information/ask/"
TEXT = "كم صرف المجلس على النقل المدرسي سنتي 2024 و2025؟"
WHO = {
    "status": "citizen",
    "first_name": "أمينة",
    "family_name": "الصفريوية",
    "address": "12 زنقة الأمل، صفرو",
    "document": "CD123456",
}
AGREED = {"undertaking": "on", "consent": "on", "language": "ar"}


def last_code() -> str:
    letter = read(Mail.objects.filter(template="community/email/code").latest("id"))
    return re.search(r"\b(\d{6})\b", letter.text)[1]


def to_third_screen(client, text=TEXT, who=None, **what) -> str:
    """Fill two screens; return the address of the third."""
    first = client.post(ASK, {"text": text, **what})
    assert first.status_code == 302, first.content.decode()[:3000]
    second = client.post(first.url, {**WHO, **(who or {})})
    assert second.status_code == 302, second.content.decode()[:3000]
    return second.url


def ask(client, text=TEXT, who=None, **what) -> str:
    """Walk from the question to the receipt without an address; return the receipt's address."""
    sent = client.post(to_third_screen(client, text, who, **what), AGREED)
    assert sent.status_code == 302, sent.content.decode()[:3000]
    return sent.url
