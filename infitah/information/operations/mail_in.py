"""Taking in what the mailbox holds: a row for each mail, its files kept unopened, its case told.

Nothing is published, no act happens to a case, and no machine is answered. A mail of ours that came
back is kept beside its case, and its requester is written to no more: by telephone or post instead.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Final

from infitah.community.queries import url_of
from infitah.core import files, vault
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.core.operations import MailRefused, has_inbox_due, read_inbox, within_limit
from infitah.core.operations.inbox import Arrived, Keep
from infitah.core.operations.mail import Letter, queue_mails
from infitah.information.conf import OPTIONS
from infitah.information.models import IncomingFile, IncomingMail, InformationRequest, Requester
from infitah.information.operations.contacts import known_address_of
from infitah.information.queries.mail_in import (
    MailMatch,
    mailbox_community,
    match_of,
    our_mails,
    ours,
)
from infitah.information.rules import mail as rules
from infitah.kernel.dates import format_date

logger = logging.getLogger("infitah.inbox")

MODEL: Final = "information.IncomingMail"
State, Why, Refusal = IncomingMail.State, IncomingMail.Why, IncomingFile.Refusal


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a mail: staged, or why it was not."""

    name: str
    size: int
    stored: StoredFile | None
    refusal: str = ""
    is_locked: bool = False


def has_mail_due(now: datetime) -> bool:
    """Return whether the mailbox is to be read. Two queries at most."""
    return has_inbox_due(now) and mailbox_community() is not None


def read_mailbox(*, now: datetime) -> bool:
    """Take in what came into the mailbox; return whether more waits."""
    return read_inbox(prepare=take_in, now=now)


def take_in(arrived: Arrived, *, now: datetime) -> Keep:
    """Get a mail ready outside any transaction; what is returned keeps it, inside one.

    A mail that came before is known by its content and leaves nothing.
    """
    read = rules.read_mail(
        arrived.content, ours(), is_whole=arrived.is_whole, is_stuck=arrived.is_stuck
    )
    match = match_of(read)
    if match is None:
        raise RuntimeError("No community takes mail in yet.")
    fingerprint = vault.lookup_digest("information.mail", read.fingerprint)
    if _is_known(match, fingerprint):
        return partial(_is_known, match, fingerprint)
    kept = [_staged(one, match, now) for one in read.files]
    return partial(_keep, arrived, read, match, fingerprint, kept, now)


def _is_known(match: MailMatch, fingerprint: str) -> bool:
    mails = IncomingMail.objects.of(match.community)
    return mails.filter(fingerprint=fingerprint).exists()


def _staged(one: rules.Joined, match: MailMatch, now: datetime) -> Kept:
    size = len(one.content)
    if one.is_over:
        return Kept(one.name, size, None, Refusal.TOO_MANY)
    try:
        stored = files.stage(
            BytesIO(one.content),
            community_key=match.community.key,
            name=one.name,
            now=now,
            takes_any=True,
        )
    except OperationRefused as refused:
        code = refused.code if refused.code in set(Refusal) else Refusal.OTHER
        return Kept(one.name, size, None, code)
    return Kept(one.name, size, stored, is_locked=one.is_locked)


def _keep(
    arrived: Arrived,
    read: rules.ReadMail,
    match: MailMatch,
    fingerprint: str,
    kept: Sequence[Kept],
    now: datetime,
) -> None:
    """Write the mail and what follows from it; called inside the transaction of the reading."""
    if _is_known(match, fingerprint):
        return
    mail = _row(arrived, read, match, fingerprint, now)
    mail.save(force_insert=True)
    for one in kept:
        _keep_file(mail, one, now)
    if read.bounce is not None and read.bounce.is_final and match.is_sure:
        _reach_no_more(read, match)
    _answer(mail, read, kept, now)


def _row(
    arrived: Arrived, read: rules.ReadMail, match: MailMatch, fingerprint: str, now: datetime
) -> IncomingMail:
    mail = IncomingMail(
        community=match.community,
        fingerprint=fingerprint,
        kind=read.kind.value,
        request=match.request,
        match=match.by,
        received_at=min(arrived.received_at, now),
        taken_at=now,
        size=arrived.size,
        notes=[note.value for note in read.notes],
        bounce_status=read.bounce.status if read.bounce is not None else "",
    )
    head = {
        "sender": read.sender,
        "name": read.sender_name,
        "subject": read.subject,
        "message_id": read.message_id,
        "diagnosis": read.bounce.diagnosis if read.bounce is not None else "",
    }
    mail.head_sealed = _sealed(mail, "head_sealed", json.dumps(head, ensure_ascii=False))
    mail.text_sealed = _sealed(mail, "text_sealed", read.text)
    _sort(mail, match, now)
    return mail


def _sealed(mail: IncomingMail, field: str, plain: str) -> str:
    return vault.seal(plain, model=MODEL, field=field, row=str(mail.key))


def _sort(mail: IncomingMail, match: MailMatch, now: datetime) -> None:
    """Say where the mail lies: by a token with its case, a machine's aside, else to be sorted."""
    if match.is_sure:
        mail.state = State.MATCHED
    elif mail.kind == IncomingMail.Kind.MESSAGE:
        mail.state = State.TO_SORT
    else:
        mail.state, mail.why, mail.handled_at = State.SET_ASIDE, Why.MACHINE, now


def _keep_file(mail: IncomingMail, one: Kept, now: datetime) -> None:
    stored = one.stored
    if stored is not None:
        stored = files.bind(
            key=str(stored.key),
            community_key=mail.community.key,
            subject=str(mail),
            is_public=False,
            now=now,
        )
    IncomingFile.objects.create(
        community=mail.community,
        mail=mail,
        file=stored,
        name="" if stored is not None else one.name,
        size=one.size,
        refusal=one.refusal,
        is_locked=one.is_locked,
    )


def _reach_no_more(read: rules.ReadMail, match: MailMatch) -> None:
    """Note that the requester's address takes no mail, where it is theirs that came back."""
    request, bounce = match.request, read.bounce
    person = Requester.objects.select_for_update().filter(request=request, purged_at=None).first()
    if request is None or bounce is None or person is None:
        return
    known = known_address_of(person, request).lower()
    if known and known in _not_reached(read, request):
        person.has_email = False
        person.save(update_fields=["has_email"])


def _not_reached(read: rules.ReadMail, request: InformationRequest) -> set[str]:
    """Return the addresses that the report names, or to which the returned mail of ours went."""
    found = set(read.bounce.recipients) if read.bounce is not None else set()
    for mail in our_mails(read):
        if mail.sealed_to and mail.reference == request.reference:
            to = vault.unseal(
                mail.sealed_to, model="core.Mail", field="sealed_to", row=str(mail.key)
            )
            found.add(to.lower())
    return found


def _answer(mail: IncomingMail, read: rules.ReadMail, kept: Sequence[Kept], now: datetime) -> None:
    """Tell a person once a day that their mail came, never a machine, never without end."""
    is_fit = mail.state == State.TO_SORT and read.may_be_answered
    if not is_fit or any(one.refusal == Refusal.INFECTED for one in kept):
        return
    for key, (limit, seconds) in (
        (read.sender, OPTIONS.mail_answers),
        (f"all of {mail.community.key}", OPTIONS.mail_answers_in_all),
    ):
        name = "information.mail_answer"
        if not within_limit(name=name, key=key, limit=limit, seconds=seconds, now=now):
            return
    try:
        queue_mails([_letter(mail, read, kept)], now=now)
    except MailRefused:
        logger.info("A mail came from what is no address; it is not answered.")


def _letter(mail: IncomingMail, read: rules.ReadMail, kept: Sequence[Kept]) -> Letter:
    community, language = mail.community, language_of(f"{read.subject} {read.text}")
    institution = community.institution.in_language(language)
    left = [one.name for one in kept if one.refusal]
    return Letter(
        community_key=community.key,
        to=read.sender,
        template="information/mail_in",
        context={
            "institution": institution,
            "sender_name": institution,
            "received": format_date(local_day(mail.received_at), language),
            "link": url_of(community, f"/{language}/information/ask/"),
            "left_out": " · ".join(left),
            "is_cut": "1" if rules.MailNote.TOO_LARGE in read.notes else "",
        },
        language=language,
        dedupe_key=f"information.mail_in:{mail.key}",
        priority="answer",
        in_reply_to=read.message_id,
    )


def language_of(text: str) -> str:
    """Return the language in which a text is answered: French where it has no Arabic letter."""
    if any("\u0600" <= one <= "\u06ff" for one in text) or not any(one.isalpha() for one in text):
        return "ar"
    return "fr"
