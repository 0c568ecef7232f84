"""The requester's identity: read by a logged act alone, compared unseen (law 09-08)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import vault
from infitah.core.clock import local_day
from infitah.core.viewer import Actor
from infitah.information.models import InformationRequest, Requester, RequesterReading
from infitah.information.operations.casework import RequestRefused, locked_request
from infitah.ledger import operations as ledger
from infitah.publication.rules import Identity, Trace

MODEL: Final = "information.Requester"
SHORTEST_REASON: Final = 10


@dataclass(frozen=True, slots=True)
class ReadRequester:
    """What the seals held; shown on one page, kept nowhere."""

    name: str
    status: str
    document: str
    address: str
    email: str
    phone: str


def sealed_values(person: Requester, row: str) -> dict[str, str]:
    """Return what the seals hold, for an act that shows nobody; `row` is the request's token."""
    values: dict[str, str] = {}
    for field in ("identity_sealed", "contact_sealed"):
        plain = vault.unseal(getattr(person, field), model=MODEL, field=field, row=row)
        values |= json.loads(plain) if plain else {}
    return values


def _opened(person: Requester, row: str) -> ReadRequester:
    values = sealed_values(person, row)
    name = f"{values.get('first_name', '')} {values.get('family_name', '')}".strip()
    return ReadRequester(
        name=name,
        status=person.status,
        document=values.get("document", ""),
        address=values.get("address", ""),
        email=values.get("email", ""),
        phone=values.get("phone", ""),
    )


@transaction.atomic
def read_requester(
    *, community: Community, reference: str, reason: str, by: Actor, now: datetime
) -> ReadRequester:
    """Return who asked; who read it, why and when is kept and registered.

    The register holds the office and the request, never who asked. Raises RequestRefused without a
    real reason or after the purge.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise RequestRefused(
            _("Say in a sentence why you need to see this identity."), field="reason"
        )
    request = locked_request(community, reference)
    person = Requester.objects.get(request=request)
    if person.purged_at is not None:
        raise RequestRefused(_("The identity was erased on schedule: nothing is left to see."))
    RequesterReading.objects.create(
        community=community,
        request=request,
        reader=by.key,
        office=by.office,
        reason=reason,
        read_at=now,
    )
    ledger.record(
        community_key=community.key,
        act="information.identity_read",
        subject=reference,
        by=by,
        public={"office": by.office},
        occurred_on=local_day(now),
        now=now,
    )
    return _opened(person, request.token)


def identity_of(request: InformationRequest) -> Identity:
    """Return who asked for the length of one comparison: never for a page. One query."""
    person = Requester.objects.filter(request=request, purged_at=None).first()
    if person is None:
        return Identity()
    read = _opened(person, request.token)
    return Identity(
        names=(read.name,) if read.name else (),
        document=read.document,
        email=read.email,
        phone=read.phone,
        address=read.address,
    )


def refuse_traces(request: InformationRequest, text: str, *, field: str) -> None:
    """Refuse a text for others that still holds who asked. Raises RequestRefused."""
    found = identity_of(request).left_in(text)
    if not found:
        return
    named = {
        Trace.NAME: _("the name of the requester"),
        Trace.DOCUMENT: _("the number of a document of the requester"),
        Trace.EMAIL: _("the e-mail address of the requester"),
        Trace.PHONE: _("the telephone number of the requester"),
        Trace.ADDRESS: _("the postal address of the requester"),
    }
    raise RequestRefused(
        _("This still holds %(what)s: take it out, others will read it.")
        % {"what": named[found[0]]},
        field=field,
    )
