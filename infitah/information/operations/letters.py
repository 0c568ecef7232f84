"""Letters of acts: drawn outside any transaction, kept as they were sent, told by mail once.

Law 31-13, arts. 14, 16, 17 and 19. What was sent is what is kept: the mail carries the very file
that is bound to the case, and the register holds its hash.
"""

import logging
from datetime import datetime
from io import BytesIO
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import override

from infitah.core import files
from infitah.core.clock import local_day
from infitah.core.models import Mail, Outbox, StoredFile
from infitah.core.operations import queue_mail
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import ActLetter, CaseFile, InformationRequest, RequestAct
from infitah.information.operations.contacts import follow_link, language_of, mail_address_of
from infitah.information.operations.files import keep_file
from infitah.information.queries import letters
from infitah.information.queries.letters import MAILS, mail_words
from infitah.ledger import operations as ledger

logger = logging.getLogger("infitah.letters")
K = rules.ActKind
LETTERS_AT_ONCE: Final = 20
WORKER: Final = Actor.system("letters")
ENTRY: Final = "information.letter_kept"
DRAWN: Final = frozenset({K.SUBMITTED, *letters.LETTERS})
TOLD: Final = DRAWN | frozenset(MAILS)
"""The acts that leave a letter or a mail behind."""


def ask_letter(*, event: Outbox, now: datetime) -> None:
    """Have the worker tell an act, once: called with its event, in the event's transaction."""
    acts = RequestAct.objects.filter(
        request__reference=event.subject, position=event.payload["position"]
    )
    act = acts.first()
    if act is not None and act.kind in TOLD:
        values = {"community_id": act.community_id, "asked_at": now}
        ActLetter.objects.get_or_create(act=act, defaults=values)


def has_letters_to_write(_now: datetime) -> bool:
    """Return whether an act waits to be told. One look-up in a partial index."""
    return ActLetter.objects.waiting().exists()


def write_letters(*, now: datetime) -> bool:
    """Draw, keep and send what waits, the oldest first; return whether more may wait.

    Called by the worker, outside any transaction. One that fails is tried five times and does not
    hold up the others; the doctor names those that never left.
    """
    waiting = ActLetter.objects.waiting().select_related(
        "act__request__community", "act__request__unit", "act__request__requester", "file__file"
    )
    rows = list(waiting.order_by("tries", "pk")[:LETTERS_AT_ONCE])
    for row in rows:
        try:
            write_letter(row, now=now)
        except Exception:
            logger.exception("The letter of act %s could not be written.", row.act_id)
            ActLetter.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    return len(rows) == LETTERS_AT_ONCE


def write_letter(row: ActLetter, *, now: datetime) -> None:
    """Draw the letter of one act, keep it and queue its mail; a second time changes nothing.

    Killed between drawing and keeping it is drawn again: the staged file is swept, the mail is
    queued once. Raises what drawing raises.
    """
    act = row.act
    staged = None
    if row.file is None and act.kind in DRAWN:
        staged = _staged(act, now)
    _tell(row, staged, now)


def _staged(act: RequestAct, now: datetime) -> StoredFile:
    request = act.request
    language = language_of(request)
    if act.kind == K.SUBMITTED:
        ledger.sign_head(community_key=request.community.key, now=now)
        content = letters.receipt_pdf(request, language)
        name = f"{request.reference}.pdf"
    else:
        content = letters.letter_pdf(act, language)
        name = f"{request.reference}-{act.position}.pdf"
    return files.stage(BytesIO(content), community_key=request.community.key, name=name, now=now)


@transaction.atomic
def _tell(row: ActLetter, staged: StoredFile | None, now: datetime) -> None:
    locked = ActLetter.objects.select_for_update().filter(pk=row.pk, told_at=None).first()
    if locked is None:
        return  # another worker was quicker; the staged file is swept
    kept = row.file
    if staged is not None:
        kept = keep_letter(act=row.act, key=str(staged.key), by=WORKER, now=now)
        locked.file = kept
    queue_told(row.act, kept, now)
    locked.told_at = now
    locked.save(update_fields=["file", "told_at"])
    if row.act.kind == K.SUBMITTED:
        waiting = InformationRequest.objects.filter(pk=row.act.request_id, receipt_queued_at=None)
        waiting.update(receipt_queued_at=now)


def keep_letter(*, act: RequestAct, key: str, by: Actor, now: datetime) -> CaseFile:
    """Bind a staged letter to its act's case, and state its hash in the register.

    The letter to a third party is kept as a proof of the office: the requester never sees whom.
    Call inside a transaction. Raises FileRefused for a file that is gone or another's.
    """
    request = act.request
    is_inside = act.kind == K.THIRD_PARTY_CONSULTED
    kept = keep_file(
        request=request,
        key=key,
        role=CaseFile.Role.PROOF if is_inside else CaseFile.Role.LETTER,
        by=by,
        now=now,
        title=_title(act),
        is_checked=True,
    )
    ledger.record(
        community_key=request.community.key,
        act=ENTRY,
        subject=request.reference,
        by=by,
        public={"act": act.register_number if act.register_number is not None else -1},
        private={"letter": kept.file.sha256},
        occurred_on=local_day(now),
        now=now,
    )
    return kept


def _title(act: RequestAct) -> str:
    language = language_of(act.request)
    if act.kind == K.SUBMITTED:
        with override(language):
            return letters.receipt_title()
    return letters.letter_title(act, language)


def queue_told(act: RequestAct, kept: CaseFile | None, now: datetime) -> Mail | None:
    """Queue the mail that tells an act to who asked, once; return it, None where none is written.

    Call inside a transaction.
    """
    request = act.request
    to = mail_address_of(getattr(request, "requester", None), request)
    language = language_of(request)
    said = mail_words(act, language) if to else None
    if said is None:
        return None
    institution = request.community.institution.in_language(language)
    with override(language):
        lines = said.lines()
    return queue_mail(
        community_key=request.community.key,
        to=to,
        template="information/told",
        context={
            "institution": institution,
            "sender_name": institution,
            "headline": said.headline,
            "paragraphs": "\n\n".join(said.paragraphs),
            "lines": lines,
            "after": "\n".join(said.after),
            "link": follow_link(request),
        },
        language=language,
        dedupe_key=f"information.told:{request.reference}:{act.position}",
        priority="receipt" if act.kind == K.SUBMITTED else "answer",
        reference=request.reference,
        attachments=[kept.file.pk] if kept is not None and _is_joined(act) else [],
        now=now,
    )


def _is_joined(act: RequestAct) -> bool:
    """Return whether the letter goes with the mail: an answer does only where it was the way."""
    if act.kind == K.DELIVERED:
        return act.facts.get("channel") == rules.Delivery.EMAIL
    return act.kind != K.THIRD_PARTY_CONSULTED


def retry_letters() -> int:
    """Have the letters that could not be written tried anew; return how many."""
    return ActLetter.objects.stuck().update(tries=0)
