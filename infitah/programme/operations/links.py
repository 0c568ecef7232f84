"""The signed links of the monthly word: who gets one, when, and what becomes of it.

A link is 128 random bits and a signature; only the digest of the bits is kept. It works for one
commitment, once, on the device that takes it up first (decisions G34).
"""

import secrets
from datetime import date, datetime

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.community.queries import calendar
from infitah.community.rules.codes import token_digest
from infitah.core import vault
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import within_limit
from infitah.core.viewer import Actor
from infitah.proceedings.operations import Teller
from infitah.programme.conf import OPTIONS
from infitah.programme.models import Commitment, MonthlyLink, ProgressUpdate
from infitah.programme.models.commitment import CommitmentQuerySet
from infitah.programme.operations.letters import queue_monthly
from infitah.programme.queries.second_person import owner_address
from infitah.programme.rules import updates
from infitah.programme.rules.updates import LinkState

SALT = "programme.monthly"
tell_of_owner = Teller("programme.owner_", ("programme",))
LANGUAGES = frozenset({"ar", "fr", "zgh"})


class OwnerRefused(OperationRefused):
    """The address of an owner cannot be kept."""


def _signer(community: Community) -> signing.Signer:
    return signing.Signer(salt=f"{SALT}.{community.key}", sep=".")


def link_of(community: Community, token: str) -> MonthlyLink | None:
    """Return the link that `token` opens in this community, or None for a forged one. One query."""
    try:
        bits = _signer(community).unsign(token)
    except signing.BadSignature:
        return None
    links = MonthlyLink.objects.select_related("commitment__community", "commitment__cycle")
    return links.filter(community=community, token_digest=token_digest(bits)).first()


def link_state(link: MonthlyLink | None, *, device: str, now: datetime) -> LinkState:
    """Return what a link is worth to a device, named by its cookie (empty: none). No query."""
    if link is None:
        return LinkState.FORGED
    return updates.state_of_link(
        used_at=link.used_at,
        revoked_at=link.revoked_at,
        expires_at=link.expires_at,
        opened_by=link.opened_by,
        device=token_digest(device) if device else "",
        now=now,
    )


def may_correct_word(link: MonthlyLink, *, device: str, now: datetime) -> bool:
    """Return whether a device, named by its cookie, may correct what it said by a link. 1 query.

    Not once it said that a milestone is done: a second person has the word then.
    """
    is_open = updates.may_correct_word(
        used_at=link.used_at,
        opened_by=link.opened_by,
        device=token_digest(device) if device else "",
        now=now,
    )
    said = ProgressUpdate.objects.filter(link=link).exclude(standing=updates.Standing.DONE)
    return is_open and said.exists()


@transaction.atomic
def take_up_link(*, community: Community, token: str, device: str, now: datetime) -> LinkState:
    """Bind an unopened link to the device that uses it first; return what it is worth there.

    At most two statements. A scanner that only follows links never comes here.
    """
    link = link_of(community, token)
    if link is not None and not link.opened_by:
        digest = token_digest(device)
        if MonthlyLink.objects.filter(pk=link.pk, opened_by="").update(opened_by=digest):
            link.opened_by = digest
        else:
            link.refresh_from_db(fields=["opened_by", "used_at"])
    return link_state(link, device=device, now=now)


@transaction.atomic
def set_owner(
    *, commitment: Commitment, address: str, language: str, by: Actor, now: datetime
) -> Commitment:
    """Keep, sealed, where the monthly question goes; open links of the earlier owner end.

    An empty address removes it. The same address and language again change nothing. Raises
    OwnerRefused for an address that is none or for an unknown language.
    """
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("community")
    held = rows.get(pk=commitment.pk)
    wanted = address.strip()
    _check_owner(wanted, language)
    before = owner_address(held)
    if (before, held.owner_language) == (wanted, language):
        return held
    held.owner_mail_sealed = vault.seal(
        wanted,
        model="programme.Commitment",
        field="owner_mail_sealed",
        row=held.reference,
    )
    held.owner_language = language
    held.save(update_fields=["owner_mail_sealed", "owner_language"])
    if before != wanted:
        _end_open_links(held, now)
        _record_owner(held, wanted, by=by, now=now)
    return held


def _check_owner(address: str, language: str) -> None:
    if language not in LANGUAGES:
        raise OwnerRefused(_("Choose one of the languages of the site."), field="language")
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError as error:
        raise OwnerRefused(
            _("This is not an e-mail address: check it for a missing letter."), field="address"
        ) from error


def _record_owner(commitment: Commitment, address: str, *, by: Actor, now: datetime) -> None:
    """Say in the register that the owner changed, never to which address."""
    step = "set" if address else "removed"
    tell_of_owner(commitment, step, {}, on=local_day(now), by=by, now=now)


def _end_open_links(commitment: Commitment, now: datetime) -> int:
    return commitment.links.filter(used_at=None, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def revoke_links(*, commitment: Commitment, now: datetime) -> int:
    """End every open link of a commitment; return how many there were. Two statements."""
    held = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    return _end_open_links(held, now)


def _asked(today: date) -> CommitmentQuerySet:
    """Return the commitments in execution with an owner who was not asked this month."""
    month = updates.month_of(today)
    running = Commitment.objects.filter(
        state__in=[state.value for state in updates.ASKED_STATES], starts_on__lte=today
    ).exclude(owner_mail_sealed="")
    return running.exclude(links__month=month).order_by("community_id", "pk")


def has_links_to_send(now: datetime) -> bool:
    """Return whether an owner was not asked yet this month. One query."""
    return _asked(local_day(now)).exists()


def send_monthly_links(*, now: datetime) -> bool:
    """Ask the owners of commitments in execution from the first working day of the month on.

    Each once a month, whatever the worker missed meanwhile: the work is what is due, not a window
    of days. At most `links_at_once` in a call; return whether more may wait.
    """
    today = local_day(now)
    sent = 0
    for community in Community.objects.filter(pk__in=_asked(today).values("community")):
        if not updates.is_asked(today, calendar(community)):
            continue
        asked = _asked(today).of(community).values_list("pk", flat=True)
        for pk in asked[: OPTIONS.links_at_once - sent]:
            sent += _send(pk, now, is_monthly=True)
    return sent >= OPTIONS.links_at_once


@transaction.atomic
def send_new_link(*, community: Community, reference: str, network: str, now: datetime) -> None:
    """Send a new link to the stored address of a commitment's owner, to that address only.

    Says nothing about whether there is one: the page tells the same either way. Beyond the limits
    by network and by commitment nothing is sent; links that were open end.
    """
    limits = (
        ("programme.link", network, OPTIONS.links_per_network),
        ("programme.link.of", f"{community.key} {reference}", OPTIONS.links_per_commitment),
    )
    for name, key, (limit, seconds) in limits:
        if not within_limit(name=name, key=key, limit=limit, seconds=seconds, now=now):
            return
    running = Commitment.objects.of(community).filter(
        state__in=[state.value for state in updates.ASKED_STATES]
    )
    pk = running.filter(reference=reference).values_list("pk", flat=True).first()
    if pk is not None:
        _send(pk, now, is_monthly=False)


@transaction.atomic
def _send(pk: int, now: datetime, *, is_monthly: bool) -> bool:
    """Make a link and queue its mail, in one; the links that were open end. At most 12 queries."""
    held = Commitment.objects.select_for_update(of=("self",))
    commitment = held.select_related("community", "cycle").get(pk=pk)
    month = updates.month_of(local_day(now))
    earlier = commitment.links.filter(month=month).count()
    if not commitment.owner_mail_sealed or (is_monthly and earlier):
        return False
    _end_open_links(commitment, now)
    bits = secrets.token_urlsafe(16)
    link = MonthlyLink.objects.create(
        community=commitment.community,
        commitment=commitment,
        month=month,
        number=earlier + 1,
        token_digest=token_digest(bits),
        sent_at=now,
        expires_at=now + updates.LINK_LIFE,
    )
    token = _signer(commitment.community).sign(bits)
    queue_monthly(commitment=commitment, link=link, token=token, now=now)
    return True
