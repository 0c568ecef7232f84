"""Ideas given for tests: drafted and submitted, and typed by a citizen over HTTP."""

import re
import uuid

from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.viewer import Actor
from infitah.participation import operations
from infitah.participation.operations import DraftText
from infitah.participation.tests.factories import DURING, STATEMENT

SAME = {"HTTP_SEC_FETCH_SITE": "same-origin"}
BASE = "/ar/consultations/june/"


def draft(june, sefrou, key=None, **changes):
    text = DraftText(**{"axis": sefrou.axis, "statement": STATEMENT, **changes})
    return operations.draft_idea(
        consultation=june, key=key or uuid.uuid4(), text=text, proved_as=None, now=DURING
    )


def submit(made, person, now=DURING):
    by = Actor("participant", str(person.pk))
    return operations.submit_idea(draft_key=made.key, author_id=person.pk, by=by, now=now)


def typed(sefrou, **changes):
    return {"axis": sefrou.axis.slug, "statement": STATEMENT, "detail": "تفصيل", **changes}


def last_code() -> str:
    letter = read(Mail.objects.filter(template="community/email/code").latest("id"))
    return re.search(r"\b(\d{6})\b", letter.text)[1]


def give(client, sefrou, email="citizen@example.org", **changes) -> str:
    """Walk to the code; return the address of the draft."""
    first = client.post(f"{BASE}give/", typed(sefrou, **changes))
    assert first.status_code == 302, first.content.decode()[:3000]
    answer = client.post(first.url, {"email": email, "consent": "on"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return first.url
