"""Identities: proved at the desk, read by a logged act, purged on schedule (law 09-08)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import (
    Community,
    Device,
    IdentityReading,
    MailCode,
    Participant,
)
from infitah.community.operations.acts import record, subject
from infitah.community.operations.proofs import PARTICIPANT, purge_day_of
from infitah.community.queries.participants import address_digest, normal_address
from infitah.community.rules import codes
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.vault import seal, unseal
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger

SHORTEST_REASON = 10


class IdentityRefused(OperationRefused):
    """The identity cannot be written or read so."""


@dataclass(frozen=True, slots=True)
class ReadIdentity:
    """What the seal held; shown on one page, kept nowhere."""

    name: str
    address: str


@transaction.atomic
def prove_at_desk(
    *,
    community: Community,
    name: str,
    address: str,
    address_kind: str,
    language: str,
    by: Actor,
    now: datetime,
) -> Participant:
    """Return the participant whose identity an officer saw at the desk; level L1.

    Without an address the person is still counted, by a row of its own. Raises IdentityRefused
    without a name.
    """
    if not name:
        raise IdentityRefused(_("Write the name as on the document that you saw."), field="name")
    digest = address_digest(community, address) if address else None
    known = (
        Participant.objects.select_for_update().of(community).filter(address_digest=digest).first()
        if digest
        else None
    )
    participant = known or Participant(
        community=community,
        token=codes.new_token(),
        created_at=now,
        address_digest=digest,
        address_kind=address_kind if address else Participant.AddressKind.NONE,
    )
    row = participant.token
    participant.level, participant.language = Participant.Level.DESK, language
    participant.proved_by, participant.purge_on = by.key, purge_day_of(community, now)
    participant.name_sealed = seal(name, model=PARTICIPANT, field="name_sealed", row=row)
    participant.address_sealed = seal(
        normal_address(address), model=PARTICIPANT, field="address_sealed", row=row
    )
    participant.save()
    about = subject(community, "participant", participant.pk)
    record(community, "participant_proved", about, by=by, now=now, public={"level": "L1"})
    return participant


@transaction.atomic
def read_identity(
    *, participant: Participant, reason: str, by: Actor, now: datetime
) -> ReadIdentity:
    """Return what is sealed of a participant; who read it, why and when is kept and registered.

    The register holds the reader's office, not the participant's identity. Raises IdentityRefused
    without a real reason or after the purge.
    """
    if len(reason) < SHORTEST_REASON:
        raise IdentityRefused(
            _("Say in a sentence why you need to see this identity."), field="reason"
        )
    if participant.purged_at is not None:
        raise IdentityRefused(_("The identity was erased on schedule: nothing is left to see."))
    IdentityReading.objects.create(
        community=participant.community,
        participant=participant,
        reader=by.key,
        office=by.office,
        reason=reason,
        read_at=now,
    )
    about = subject(participant.community, "participant", participant.pk)
    record(
        participant.community, "identity_read", about, by=by, now=now, public={"office": by.office}
    )
    row = participant.token
    return ReadIdentity(
        name=unseal(participant.name_sealed, model=PARTICIPANT, field="name_sealed", row=row),
        address=unseal(
            participant.address_sealed, model=PARTICIPANT, field="address_sealed", row=row
        ),
    )


@transaction.atomic
def forget_device(*, community: Community, cookie: str, now: datetime) -> bool:
    """Make a device prove nothing any more; return whether it proved somebody until now."""
    held = Device.objects.filter(
        community=community, token_digest=codes.token_digest(cookie), revoked_at=None
    )
    return held.update(revoked_at=now) > 0


@transaction.atomic
def purge_identities(*, now: datetime) -> int:
    """Erase every identity whose time has come, with its devices and old codes; return how many.

    What participants gave stays, under a number that leads to nobody. One register entry for each
    community concerned.
    """
    today = local_day(now)
    MailCode.objects.filter(expires_at__lt=now - codes.LIFE).delete()
    Device.objects.filter(expires_at__lt=now).delete()
    purged = 0
    for community in Community.objects.all():
        purged += _purge(community, list(Participant.objects.due_of(community, today)), now)
    return purged


def _purge(community: Community, due: list[int], now: datetime) -> int:
    if not due:
        return 0
    by = Actor.system("purge")
    Device.objects.filter(participant__in=due).delete()
    Participant.objects.filter(pk__in=due).update(
        purged_at=now, address_digest=None, address_sealed="", name_sealed="", proved_by=""
    )
    for number in due:
        ledger.erase_person(
            community_key=community.key, person=Actor("participant", str(number)), by=by, now=now
        )
    about = subject(community, "participants")
    record(community, "identities_purged", about, by=by, now=now, public={"count": len(due)})
    return len(due)
