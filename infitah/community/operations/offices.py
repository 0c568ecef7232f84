"""Appointing to offices, opening and closing access, making an officer (decisions B3 and B6)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import (
    AccessGrant,
    Appointment,
    Community,
    Person,
    Unit,
    User,
)
from infitah.community.operations.acts import lock, record, subject
from infitah.community.operations.people import add_person, name_of, reference_of
from infitah.community.rules.offices import SINGLE_OFFICES, overlaps
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import post_event
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText


class OfficeRefused(OperationRefused):
    """The office or the access cannot be given or ended so."""


@dataclass(frozen=True, slots=True)
class AccountGiven:
    """An access with its user; the password of a new account is shown once, else empty."""

    user: User
    password: str


@dataclass(frozen=True, slots=True)
class OfficerMade:
    """A new officer; the password is shown once and never stored."""

    user: User
    appointment: Appointment
    password: str


def _check_free(community: Community, person: Person, office: str, starts_on: date) -> None:
    held = Appointment.objects.of(community).filter(office=office)
    for other in held:
        if not overlaps(starts_on, None, other.starts_on, other.ends_on):
            continue
        if other.person_id == person.pk:
            raise OfficeRefused(_("This person holds this office already."), field="person")
        if office in SINGLE_OFFICES:
            raise OfficeRefused(
                _("Somebody holds this office on that day: end that appointment first."),
                field="office",
            )


@transaction.atomic
def appoint(
    *,
    community: Community,
    person: Person,
    office: str,
    act: str,
    starts_on: date,
    by: Actor,
    now: datetime,
    unit: Unit | None = None,
) -> Appointment:
    """Return a new appointment, by the act that names it; it opens no access by itself.

    Raises OfficeRefused if the office is unknown or held, the person of another community, or no
    act is named.
    """
    community = lock(community)
    if office not in Appointment.Office.values:
        raise OfficeRefused(_("Choose an office of the list."), field="office")
    if not act:
        raise OfficeRefused(_("Name the act of appointment."), field="act")
    if person.community_id != community.pk:
        raise OfficeRefused(_("This person belongs to another community."), field="person")
    if person.closed_on is not None:
        raise OfficeRefused(_("This person is closed already."), field="person")
    _check_free(community, person, office, starts_on)
    appointment = Appointment.objects.create(
        community=community, person=person, office=office, unit=unit, act=act, starts_on=starts_on
    )
    public = {
        "office": office,
        "person": reference_of(person),
        "act": act,
        "starts_on": starts_on.isoformat(),
    }
    about = subject(community, "appointment", appointment.pk)
    private = name_of(person)
    record(community, "appointed", about, by=by, now=now, public=public, private=private)
    return appointment


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, ends_on: date, reason: str, by: Actor, now: datetime
) -> Appointment:
    """End an appointment: `ends_on` is the first day without the office and its rights.

    Raises OfficeRefused if it has ended, ends before it starts or gives no reason, and for the
    last administrator, so that nobody locks the community out.
    """
    community = lock(appointment.community)
    appointment = Appointment.objects.of(community).get(pk=appointment.pk)
    if appointment.ends_on is not None:
        raise OfficeRefused(_("This appointment has ended already."))
    if ends_on < appointment.starts_on:
        raise OfficeRefused(_("An appointment ends after it starts."), field="ends_on")
    if not reason:
        raise OfficeRefused(_("Say why the appointment ends."), field="reason")
    _keep_an_administrator(community, appointment)
    appointment.ends_on, appointment.end_reason = ends_on, reason
    appointment.save(update_fields=["ends_on", "end_reason"])
    public = {"office": appointment.office, "ends_on": ends_on.isoformat()}
    about = subject(community, "appointment", appointment.pk)
    record(community, "appointment_ended", about, by=by, now=now, public=public)
    return appointment


def _keep_an_administrator(community: Community, appointment: Appointment) -> None:
    if appointment.office != Appointment.Office.ADMINISTRATOR:
        return
    others = AccessGrant.objects.of(community).open().exclude(appointment=appointment)
    if not others.filter(
        appointment__office=Appointment.Office.ADMINISTRATOR, appointment__ends_on=None
    ).exists():
        raise OfficeRefused(
            _("This is the last administrator with access: give another one access first.")
        )


@transaction.atomic
def grant_access(*, appointment: Appointment, user: User, by: Actor, now: datetime) -> AccessGrant:
    """Open the desk to `user` through an appointment, for as long as it is in force.

    Raises OfficeRefused if the appointment has ended or this access is open already.
    """
    community = lock(appointment.community)
    appointment = Appointment.objects.of(community).get(pk=appointment.pk)
    if appointment.ends_on is not None and appointment.ends_on <= local_day(now):
        raise OfficeRefused(_("This appointment has ended already."))
    grants = AccessGrant.objects.of(community).open()
    if grants.filter(user=user, appointment=appointment).exists():
        raise OfficeRefused(_("This access is open already."), field="user")
    grant = AccessGrant.objects.create(
        community=community, user=user, appointment=appointment, opened_at=now, opened_by=by.key
    )
    _tell(grant, "access_granted", by=by, now=now)
    return grant


def _free_address(email: str) -> str:
    """Return the address as the log-in compares it: in small letters, of one account only."""
    address = email.strip().lower()
    if address and User.objects.filter(email__iexact=address).exists():
        raise OfficeRefused(_("Another account has this e-mail address."), field="email")
    return address


@transaction.atomic
def give_account(
    *, appointment: Appointment, username: str, email: str, by: Actor, now: datetime
) -> AccountGiven:
    """Open the desk through an appointment to an account by its log-in name, new or standing.

    Raises OfficeRefused as `grant_access` does, and for an address of another account.
    """
    user = User.objects.filter(username__iexact=username).first()
    secret = ""
    if user is None:
        secret = secrets.token_urlsafe(12)
        user = User(username=username, email=_free_address(email))
        user.set_password(secret)
        user.save()
    grant_access(appointment=appointment, user=user, by=by, now=now)
    return AccountGiven(user, secret)


@transaction.atomic
def close_access(*, grant: AccessGrant, by: Actor, now: datetime) -> AccessGrant:
    """Close an access at once; the appointment stays.

    Raises OfficeRefused if it is closed, and for the last administrator.
    """
    community = lock(grant.community)
    grant = AccessGrant.objects.of(community).select_related("appointment", "user").get(pk=grant.pk)
    if grant.closed_at is not None:
        raise OfficeRefused(_("This access is closed already."))
    _keep_an_administrator(community, grant.appointment)
    grant.closed_at, grant.closed_by = now, by.key
    grant.save(update_fields=["closed_at", "closed_by"])
    _tell(grant, "access_closed", by=by, now=now)
    return grant


def _tell(grant: AccessGrant, act: str, *, by: Actor, now: datetime) -> None:
    office = grant.appointment.office
    about = subject(grant.community, "access", grant.pk)
    record(grant.community, act, about, by=by, now=now, public={"office": office})
    post_event(
        kind=f"community.{act}",
        community_key=grant.community.key,
        subject=str(grant.pk),
        payload={"user": grant.user_id, "office": office},
        dedupe_key=f"community.{act}/{grant.pk}",
        now=now,
    )


@transaction.atomic
def create_officer(
    *,
    community: Community,
    username: str,
    name: LocalizedText,
    office: str,
    act: str,
    by: Actor,
    now: datetime,
    email: str = "",
    password: str = "",
    is_demonstration: bool = False,
    sex: str = Person.Sex.UNSTATED,
    starts_on: date | None = None,
) -> OfficerMade:
    """Return a new user with person, appointment and access; a password is made if none is given.

    Raises OfficeRefused if the log-in name is taken or is none, the address is that of another
    account, or the office is held.
    """
    community = lock(community)
    if not username or User.objects.filter(username__iexact=username).exists():
        raise OfficeRefused(_("This log-in name is empty or taken."), field="username")
    secret = password or secrets.token_urlsafe(12)
    user = User(username=username, email=_free_address(email), is_demonstration=is_demonstration)
    user.set_password(secret)
    user.save()
    person = add_person(
        community=community, name=name, sex=sex, by=by, now=now, is_invented=is_demonstration
    )
    appointment = appoint(
        community=community,
        person=person,
        office=office,
        act=act,
        starts_on=starts_on or local_day(now),
        by=by,
        now=now,
    )
    grant_access(appointment=appointment, user=user, by=by, now=now)
    return OfficerMade(user, appointment, secret)
