"""Accounts of officers: who was invited, and by what a log-in is proved."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from allauth.mfa.models import Authenticator

from infitah.community.models import AccessGrant, Appointment, User
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText


def invited_by_address(addresses: Iterable[str]) -> User | None:
    """Return the one open account that an administrator gave one of these addresses, or None.

    The account must hold an open grant: an address alone invites nobody. Two accounts with one
    address are refused both. One query.
    """
    found: set[int] = set()
    for address in addresses:
        users = User.objects.filter(is_active=True, email__iexact=address)
        invited = users.filter(grants__in=AccessGrant.objects.open())
        found.update(invited.values_list("pk", flat=True))
    return User.objects.get(pk=found.pop()) if len(found) == 1 else None


def second_factors(user: User) -> int:
    """Return how many second factors an account has; recovery codes are none. One query."""
    own = Authenticator.objects.filter(user_id=user.pk)
    return own.exclude(type=Authenticator.Type.RECOVERY_CODES).count()


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with access here: who, as what, and whether it has a second factor."""

    username: str
    name: LocalizedText
    offices: tuple[str, ...]
    has_factor: bool
    has_address: bool


def accounts(viewer: Viewer, today: date) -> list[AccountRow]:
    """Return the accounts that may enter this desk today, for who opens them. Two queries."""
    grants = AccessGrant.objects.visible_to(viewer).in_force(today)
    found: dict[str, AccountRow] = {}
    held = grants.select_related("user", "appointment__person").order_by("user__username", "pk")
    factors = set(
        Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
        .filter(user__grants__in=grants)
        .values_list("user_id", flat=True)
    )
    for grant in held:
        user, office = grant.user, grant.appointment.office_words
        row = AccountRow(
            user.username,
            grant.appointment.person.name,
            (office,),
            user.pk in factors,
            bool(user.email),
        )
        earlier = found.get(user.username)
        found[user.username] = (
            replace(earlier, offices=(*earlier.offices, office)) if earlier else row
        )
    return list(found.values())


def appointment_of(viewer: Viewer, today: date) -> Appointment | None:
    """Return by which appointment the viewer exercises an office here, or None. One query.

    Its person is fetched.
    """
    if viewer.user_id is None:
        return None
    held = AccessGrant.objects.in_force(today).filter(
        community_id=viewer.community_id, user_id=viewer.user_id
    )
    found = held.order_by("opened_at", "pk").select_related("appointment__person").first()
    return found.appointment if found else None
