"""Putting a message to a person in the queue, inside the transaction of the act that asks.

The address and what the message says are sealed (law 09-08). The worker renders and sends it:
rendering does not hold the write lock (decisions E17). The row is the queue: nothing else has to
be written, and a message exists exactly when its act does.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import get_template
from django.utils.translation import gettext as _

from infitah.core import vault
from infitah.core.errors import OperationRefused
from infitah.core.models import Mail, StoredFile
from infitah.kernel.text import clean_text

Priority = Literal["code", "receipt", "answer", "digest", "newsletter"]
PRIORITIES: dict[str, Mail.Priority] = {
    "code": Mail.Priority.CODE,
    "receipt": Mail.Priority.RECEIPT,
    "answer": Mail.Priority.ANSWER,
    "digest": Mail.Priority.DIGEST,
    "newsletter": Mail.Priority.NEWSLETTER,
}
MODEL = "core.Mail"


class MailRefused(OperationRefused):
    """The message cannot be queued."""


def template_path(template: str) -> str:
    """Return where the template lies: `app/name` means `app/email/name`."""
    app, _slash, name = template.partition("/")
    return template if name.startswith("email/") else f"{app}/email/{name}"


@transaction.atomic
def queue_mail(
    *,
    community_key: str,
    to: str,
    template: str,
    context: Mapping[str, str],
    language: str,
    dedupe_key: str,
    now: datetime,
    priority: Priority = "receipt",
    not_before: datetime | None = None,
    reference: str = "",
    attachments: Sequence[int] = (),
    unsubscribe_url: str = "",
) -> Mail:
    """Queue one message; a second one with the same `dedupe_key` changes nothing.

    `template` names `<app>/email/<name>.txt` (first line `Subject: ...`) and, where it stands,
    `.html`; `attachments` are ids of StoredFile. Codes and receipts leave within a second or
    two of the commit. Raises MailRefused for an address that is none. Three statements.
    """
    path = template_path(template)
    get_template(f"{path}.txt")  # a wrong name is found by the act, not by the worker
    _check_address(to)
    earlier = Mail.objects.filter(dedupe_key=dedupe_key).first()
    if earlier is not None:
        return earlier
    key = uuid.uuid4()
    content = {name: clean_text(str(value)) for name, value in context.items()}
    sealed = json.dumps({"context": content, "unsubscribe": unsubscribe_url}, ensure_ascii=False)
    mail, is_new = Mail.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "key": key,
            "community_key": community_key,
            "template": path,
            "language": language,
            "priority": PRIORITIES[priority],
            "reference": reference,
            "sealed_to": vault.seal(to, model=MODEL, field="sealed_to", row=str(key)),
            "sealed_context": vault.seal(sealed, model=MODEL, field="sealed_context", row=str(key)),
            "not_before": not_before or now,
            "queued_at": now,
        },
    )
    if is_new and attachments:
        mail.attachments.set(StoredFile.objects.filter(pk__in=attachments))
    return mail


def _check_address(to: str) -> None:
    try:
        validate_email(to)
    except ValidationError as error:
        raise MailRefused(
            _("This is not an e-mail address: check it for a missing letter."), code="address"
        ) from error
