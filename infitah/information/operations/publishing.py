"""Publishing the answer of a case in the log, or putting it off: case and record in one act.

Who asked is compared with every word that becomes public, for the length of the act.
"""

from collections.abc import Callable
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


def _standing(request: InformationRequest) -> PublishedRecord | None:
    found = PublishedRecord.objects.of(request.community).current()
    return found.filter(reference=request.reference).first()


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
    identity, standing = identity_of(request), _standing(request)
    if standing is not None and standing.state == "deferred":
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
            replaces=standing.edition if standing is not None else 0,
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

    It becomes public by itself on that day. Raises RequestRefused without a later day or a reason,
    else as `publish_answer`.
    """
    if until is None or until <= local_day(now):
        raise RequestRefused(_("Choose a later day."), field="until")
    request = locked_request(community, reference)
    said = Said(
        K.DEFERRED,
        on or local_day(now),
        facts={"until": until.isoformat()},
        words=reason.ar,
        public={"until": until.isoformat(), "reason": reason.ar},
    )
    act = record_act(request=request, said=said, by=by, now=now)
    identity = identity_of(request)
    _refusing(
        lambda: publication.defer_record(
            community=community,
            record=record,
            identity=identity,
            until=until,
            reason=reason,
            by=by,
            now=now,
            on=on,
        )
    )
    return act


def note_published(*, event: Outbox, now: datetime) -> None:
    """Let the case know that the log published its answer on the day it was put off to.

    Called after the log's own act; a case that published it itself knows already.
    """
    held = InformationRequest.objects.select_for_update(of=("self",)).select_related("community")
    request = held.filter(community__key=event.community_key, reference=event.subject).first()
    if request is None or request.published_on is not None:
        return
    if not rules.may(rules.fold(acts_of(request)), K.PUBLISHED):
        return
    record_act(request=request, said=Said(K.PUBLISHED, local_day(now)), by=CLOCK, now=now)
