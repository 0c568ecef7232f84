"""Putting a message to a person in the queue, inside the transaction of the act that asks.

The address and what the message says are sealed (law 09-08). The worker renders and sends it:
rendering does not hold the write lock (decisions E17). The row is the queue: nothing else has to
be written, and a message exists exactly when its act does.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Letter:
    """One of many messages that an act queues together.

    `in_reply_to` is the Message-ID of the mail that an automatic answer answers.
    """

    community_key: str
    to: str
    template: str
    context: Mapping[str, str]
    language: str
    dedupe_key: str
    priority: Priority = "receipt"
    reference: str = ""
    unsubscribe_url: str = ""
    in_reply_to: str = ""


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
    letter = Letter(
        community_key=community_key,
        to=to,
        template=template,
        context=context,
        language=language,
        dedupe_key=dedupe_key,
        priority=priority,
        reference=reference,
        unsubscribe_url=unsubscribe_url,
    )
    row = _row(letter, now=now, not_before=not_before or now)
    values = {name: getattr(row, name) for name in ROW}
    mail, is_new = Mail.objects.get_or_create(dedupe_key=dedupe_key, defaults=values)
    if is_new and attachments:
        mail.attachments.set(StoredFile.objects.filter(pk__in=attachments))
    return mail


ROW = (
    "key",
    "community_key",
    "template",
    "language",
    "priority",
    "reference",
    "sealed_to",
    "sealed_context",
    "not_before",
    "queued_at",
)


def _row(letter: Letter, *, now: datetime, not_before: datetime) -> Mail:
    key = uuid.uuid4()
    content = {name: clean_text(str(value)) for name, value in letter.context.items()}
    told = {"context": content, "unsubscribe": letter.unsubscribe_url}
    if letter.in_reply_to:
        told["in_reply_to"] = letter.in_reply_to
    sealed = json.dumps(told, ensure_ascii=False)
    return Mail(
        dedupe_key=letter.dedupe_key,
        key=key,
        community_key=letter.community_key,
        template=template_path(letter.template),
        language=letter.language,
        priority=PRIORITIES[letter.priority],
        reference=letter.reference,
        sealed_to=vault.seal(letter.to, model=MODEL, field="sealed_to", row=str(key)),
        sealed_context=vault.seal(sealed, model=MODEL, field="sealed_context", row=str(key)),
        not_before=not_before,
        queued_at=now,
    )


@transaction.atomic
def queue_mails(
    letters: Iterable[Letter], *, now: datetime, not_before: datetime | None = None
) -> None:
    """Queue many messages of one act; those whose `dedupe_key` is known change nothing.

    They leave at once, or not before an instant. A statement for each 500. Raises MailRefused for
    an address that is none.
    """
    rows, wanted = [], list(letters)
    for template in {letter.template for letter in wanted}:
        get_template(f"{template_path(template)}.txt")
    for letter in wanted:
        _check_address(letter.to)
        rows.append(_row(letter, now=now, not_before=not_before or now))
    Mail.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _check_address(to: str) -> None:
    try:
        validate_email(to)
    except ValidationError as error:
        raise MailRefused(
            _("This is not an e-mail address: check it for a missing letter."), code="address"
        ) from error
