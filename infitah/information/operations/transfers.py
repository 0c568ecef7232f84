"""Passing a request on to another community of the instance: same receipt, same clock, both told.

The clock of the law counts on from the first receipt. Nobody reads who asked on the way.
"""

import uuid
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import InformationRequest, Requester
from infitah.information.operations.casework import (
    RequestRefused,
    Said,
    acts_of,
    locked_request,
    record_act,
)
from infitah.information.operations.filing import Arrival, Asked, Contact, Filed, file_request
from infitah.information.operations.identities import sealed_values
from infitah.kernel.text import has_letters

NAMESPACE: Final = uuid.UUID("6c1f0c0e-51a5-4f0e-9a3b-7b6a2f0f9d11")


@transaction.atomic
def pass_on(
    *,
    community: Community,
    reference: str,
    to: Community,
    words: str,
    by: Actor,
    now: datetime,
) -> Filed:
    """Pass a request on; return the new case there, with its follow code, shown once.

    Raises RequestRefused for a community without an officer in office, for one's own, without a
    reason, and once the identity was erased.
    """
    if to.pk == community.pk or to.host is None:
        raise RequestRefused(_("Choose another community of the list."), field="to")
    if not has_letters(words):
        raise RequestRefused(_("Tell the requester why it is passed on."), field="words")
    request = locked_request(community, reference)
    case = rules.fold(acts_of(request))
    if not rules.may(case, rules.ActKind.TRANSFERRED):
        raise RequestRefused(
            _("Since this page was opened the request has moved on: this step is not open now."),
            code="not_now",
        )
    filed = _filed(request, to, case, by=by, now=now)
    said = Said(
        rules.ActKind.TRANSFERRED,
        local_day(now),
        facts={
            "institution": to.institution.in_language(request.language),
            "number": filed.request.reference,
            "to": to.key,
        },
        words=words,
        public={"to": to.key, "number": filed.request.reference},
    )
    record_act(request=request, said=said, by=by, now=now)
    return filed


def _filed(
    request: InformationRequest, to: Community, case: rules.Case, *, by: Actor, now: datetime
) -> Filed:
    """Return the case at the other community: the same words, person, receipt and urgency."""
    person = Requester.objects.get(request=request)
    if person.purged_at is not None:
        raise RequestRefused(_("The identity was erased on schedule: it cannot be passed on."))
    values = sealed_values(person, request.token)
    return file_request(
        community=to,
        asked=Asked(
            key=uuid.uuid5(NAMESPACE, f"{request.reference}|{to.key}"),
            text=request.text,
            language=request.language,
            access=request.access,
            period=request.period,
            place=request.place,
            urgent_case=request.urgent_case if case.is_urgent else "",
            is_name_public=request.is_name_public,
        ),
        person=rules.Identity(
            values.get("first_name", ""),
            values.get("family_name", ""),
            values.get("address", ""),
            values.get("document", ""),
            is_resident=person.status == Requester.Status.RESIDENT,
        ),
        contact=Contact(values.get("email", ""), values.get("phone", "")),
        arrival=Arrival(
            request.channel,
            request.received_at,
            request.received_on,
            request.external_number,
            passed_on_from=request.reference,
        ),
        by=by,
        now=now,
    )
