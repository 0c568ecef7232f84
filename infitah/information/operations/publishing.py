"""Publishing the answer of a case, putting it off, taking it back: case and record in one act.

Who asked is compared with every word that becomes public, for the length of the act.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.models import Outbox
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import InformationRequest, RequestAct
from infitah.information.operations.casework import (
    RequestRefused,
    Said,
    acts_of,
    locked_request,
    record_act,
)
from infitah.information.operations.identities import identity_of
from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import has_letters
from infitah.publication import operations as publication
from infitah.publication.models import PublishedRecord
from infitah.publication.operations import Correction, RecordRefused, RecordText

K = rules.ActKind
CLOCK = Actor.system("clock")
Made = TypeVar("Made")


def _refusing(act: Callable[[], Made]) -> Made:
    """Say a refusal of the log as one of the case, beside the same field."""
    try:
        return act()
    except RecordRefused as refused:
        raise RequestRefused(
            refused.message, code=refused.code, law=refused.law, field=refused.field
        ) from refused


def _editions(request: InformationRequest) -> tuple[int, int]:
    """Return the edition that stands in the log and the one that waits for its day, 0 for none."""
    known = PublishedRecord.objects.of(request.community).filter(reference=request.reference)
    standing = known.current().values_list("edition", flat=True).first()
    waiting = known.deferred().values_list("edition", flat=True).first()
    return standing or 0, waiting or 0


def _timed(request: InformationRequest, record: RecordText) -> RecordText:
    """Return a record that says whether its answer came in time, where it is the first one."""
    day, due = request.delivered_on, request.reply_due_on
    if day is None or due is None or day != request.answered_on:
        return record
    return replace(record, is_late=day > due)


def _in_french(reason: LocalizedText) -> dict[str, str]:
    """Return the French of a public reason as a fact of its act, for who is written to in it."""
    return {"reason_fr": reason.fr} if has_letters(reason.fr) else {}


@transaction.atomic
def publish_answer(
    *,
    community: Community,
    reference: str,
    record: RecordText,
    by: Actor,
    now: datetime,
    on: date | None = None,
) -> RequestAct:
    """Publish the answer of a request at once; one that was put off is published as it is now said.

    `on` is the day of a publication elsewhere that is entered afterwards; today without it.

    A case that was opened again gets a new edition beside the earlier one. Raises RequestRefused
    for an unfit text, while anything of the requester is left in it, and before it was delivered.
    """
    request = locked_request(community, reference)
    act = record_act(request=request, said=Said(K.PUBLISHED, on or local_day(now)), by=by, now=now)
    record = _timed(request, record)
    identity, (standing, waiting) = identity_of(request), _editions(request)
    if waiting:
        _refusing(
            lambda: publication.publish_deferred(
                community=community,
                reference=reference,
                by=by,
                now=now,
                correction=Correction(record, identity),
                on=on,
            )
        )
        return act
    _refusing(
        lambda: publication.publish_record(
            community=community,
            record=record,
            identity=identity,
            by=by,
            now=now,
            replaces=standing,
            on=on,
        )
    )
    return act


@transaction.atomic
def defer_answer(
    *,
    community: Community,
    reference: str,
    record: RecordText,
    until: date | None,
    reason: LocalizedText,
    by: Actor,
    now: datetime,
    on: date | None = None,
) -> RequestAct:
    """Keep the answer ready and put it off to a day, with a reason that everybody reads.

    It becomes public by itself on that day. In a case that was opened again the earlier answer
    stays as it is published until then; one that still waits gives way to the new one. Raises
    RequestRefused without a later day or a reason, else as `publish_answer`.
    """
    if until is None or until <= local_day(now):
        raise RequestRefused(_("Choose a later day, within a year."), field="until")
    request = locked_request(community, reference)
    is_put_off = request.deferred_until is not None
    said = Said(
        K.DEFERRED,
        on or local_day(now),
        facts={"until": until.isoformat(), **_in_french(reason)},
        words=reason.ar,
        public={"until": until.isoformat(), "reason": reason.ar},
    )
    act = record_act(request=request, said=said, by=by, now=now)
    identity, (standing, waiting) = identity_of(request), _editions(request)
    _refusing(
        lambda: publication.defer_record(
            community=community,
            record=_timed(request, record),
            identity=identity,
            until=until,
            reason=reason,
            by=by,
            now=now,
            replaces=0 if is_put_off else waiting or standing,
            on=on,
        )
    )
    return act


@transaction.atomic
def take_back_answer(
    *,
    community: Community,
    reference: str,
    reason: LocalizedText,
    by: Actor,
    now: datetime,
    is_erased: bool = False,
) -> RequestAct:
    """Take the published answer of a request back from the log, or the one that waits there.

    Number, days and reason stay public, and so does what the register states of it; with
    `is_erased` the words and files of the log are gone for good. Another one may be published
    afterwards. Raises RequestRefused without a reason in Arabic, for one that
    names the requester, and where nothing stands in the log.
    """
    request = locked_request(community, reference)
    said = Said(
        K.TAKEN_BACK,
        local_day(now),
        facts=_in_french(reason),
        words=reason.ar,
        public={"reason": reason.ar, "erased": is_erased},
    )
    act = record_act(request=request, said=said, by=by, now=now)
    identity = identity_of(request)
    _refusing(
        lambda: publication.withdraw_record(
            community=community,
            reference=reference,
            reason=reason,
            identity=identity,
            by=by,
            now=now,
            is_erased=is_erased,
        )
    )
    return act


def note_published(*, event: Outbox, now: datetime) -> None:
    """Let the case know that the log published its answer on the day it was put off to.

    Called after the log's own act; a case that published it itself knows already.
    """
    held = InformationRequest.objects.select_for_update(of=("self",)).select_related("community")
    request = held.filter(community__key=event.community_key, reference=event.subject).first()
    if request is None or request.deferred_until is None:
        return  # published by its own act, taken back since, or an answer of before it was reopened
    if not rules.may(rules.fold(acts_of(request)), K.PUBLISHED):
        return
    record_act(request=request, said=Said(K.PUBLISHED, local_day(now)), by=CLOCK, now=now)
