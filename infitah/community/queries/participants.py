"""Finding a participant by device, address or token; their address for a letter to them."""

from datetime import datetime

from django.db import connection

from infitah.community.models import Community, Device, MailCode, Participant
from infitah.community.queries.hosts import by_key, url_of
from infitah.community.rules.codes import masked, token_digest
from infitah.core.registry import Letterhead
from infitah.core.vault import lookup_digest, unseal
from infitah.kernel.text import clean_line


def normal_address(address: str) -> str:
    """Return an address as it is compared: trimmed, lower case."""
    return address.strip().lower()


def address_digest(community: Community, address: str) -> str:
    """Return the keyed digest of an address; it differs from community to community."""
    return lookup_digest(f"participant/{community.key}", normal_address(address))


def by_address(community: Community, address: str) -> Participant | None:
    """Return the participant of an address in this community, or None. One query."""
    digest = address_digest(community, address)
    return Participant.objects.of(community).filter(address_digest=digest).first()


def by_device(community: Community, cookie: str, now: datetime) -> Participant | None:
    """Return the participant whose address was proved on this device, or None. One query.

    `now` is real time. A cookie of another community, revoked or run out gives None.
    """
    if not cookie:
        return None
    valid = Device.objects.valid(now).filter(token_digest=token_digest(cookie), community=community)
    device = valid.select_related("participant").first()
    return device.participant if device else None


OF_DEVICE = """
SELECT participant_id FROM community_device
WHERE token_digest = %s AND community_id = %s AND revoked_at IS NULL AND expires_at > %s
"""


def person_of_device(community: Community, cookie: str, now: datetime) -> int | None:
    """Return the key of the participant whose address was proved on this device, or None.

    As `by_device`, for every request of a citizen: one statement, no record built (votes).
    """
    if not cookie:
        return None
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(OF_DEVICE, [token_digest(cookie), community.pk, at])
        found = cursor.fetchone()
    return found[0] if found else None


def by_token(community: Community, token: str) -> Participant | None:
    """Return the participant named by `token`, or None. One query."""
    return Participant.objects.of(community).filter(token=token).first()


def mail_address_of(participant: Participant) -> str:
    """Return a participant's mail address for a letter to them; empty where there is none."""
    if participant.address_kind != Participant.AddressKind.MAIL:
        return ""
    return unseal(
        participant.address_sealed,
        model="community.Participant",
        field="address_sealed",
        row=participant.token,
    )


def masked_address_of_code(community: Community, token: str) -> str:
    """Return where a code was sent, masked for the page that asks for it; "" for no such code.

    One query.
    """
    sent = MailCode.objects.of(community).filter(token=token).first()
    if sent is None:
        return ""
    address = unseal(
        sent.address_sealed, model="community.MailCode", field="address_sealed", row=token
    )
    return masked(address)


def letterhead_of(community_key: str) -> Letterhead:
    """Return in whose name the base writes to people of a community. One query at most."""
    community = by_key(community_key)
    return Letterhead(
        community.institution,
        lambda path, _language: url_of(community, path),
        community.email,
        lambda language: _counter(community, language),
    )


def _counter(community: Community, language: str) -> str:
    """Return where people are received, in one line; "" where neither place nor number is known."""
    place = clean_line(community.address.in_language(language)) if community.address else ""
    return " · ".join(part for part in (place, community.phone) if part)
