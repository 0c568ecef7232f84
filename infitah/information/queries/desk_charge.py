"""Who is in charge of the requests today: the officer, or the deputy while the officer is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from infitah.community.models import Absence, AccessGrant, Appointment, Community, User
from infitah.community.rules.offices import Office

OFFICER, DEPUTY = Office.INFORMATION_OFFICER, Office.DEPUTY_INFORMATION_OFFICER
ABOVE: Final = {
    "director_of_services": Office.DIRECTOR_OF_SERVICES,
    "president": Office.PRESIDENT,
}


@dataclass(frozen=True, slots=True)
class InCharge:
    """Who is in charge, None where nobody holds either office; why it is the deputy."""

    appointment: Appointment | None
    second: Appointment | None = None
    away_until: date | None = None
    is_vacant: bool = False

    @property
    def is_deputy(self) -> bool:
        return self.appointment is not None and self.appointment.office == DEPUTY


def office_holders(community: Community, today: date) -> list[Appointment]:
    """Return who holds the office of access to information, or deputises for it. One query."""
    offices = Appointment.objects.of(community).in_force(today)
    return list(
        offices.filter(office__in=[OFFICER, DEPUTY])
        .select_related("person", "community")
        .order_by("starts_on", "pk")
    )


def absences_of(holders: Iterable[Appointment], today: date) -> list[Absence]:
    """Return the absences of these office holders that are not over, the next one first."""
    known = Absence.objects.filter(appointment__in=[one.pk for one in holders]).not_over(today)
    return list(known.select_related("appointment__person").order_by("starts_on", "pk"))


def in_charge(community: Community, today: date) -> InCharge:
    """Return who is in charge of the requests of a community today. Two queries.

    The deputy, by itself, where the officer's appointment ended or an absence is entered.
    """
    held = office_holders(community, today)
    absences = Absence.objects.of(community).on(today)
    away = dict(
        absences.filter(appointment__in=[one.pk for one in held])
        .order_by("ends_on")
        .values_list("appointment_id", "ends_on")
    )
    main = _first(held, OFFICER)
    deputy = _first([one for one in held if one.pk not in away], DEPUTY)
    if main is not None and (main.pk not in away or deputy is None):
        return InCharge(main, _first(held, DEPUTY))
    away_until = away[main.pk] if main is not None else None
    return InCharge(deputy, main, away_until, is_vacant=main is None)


def _first(held: Iterable[Appointment], office: str) -> Appointment | None:
    return next((one for one in held if one.office == office), None)


def ladder(community: Community, today: date) -> dict[str, list[User]]:
    """Return whom each step of the ladder writes to: who is in charge, then who stands above.

    Users with a mail address alone. Three queries.
    """
    charge = in_charge(community, today)
    grants = AccessGrant.objects.of(community).in_force(today).filter(user__is_active=True)
    wanted = [OFFICER, DEPUTY, *ABOVE.values()]
    found = list(
        grants.filter(appointment__office__in=wanted)
        .exclude(user__email="")
        .select_related("user", "appointment")
        .order_by("pk")
    )
    keys = {"officer": charge.appointment, "deputy": charge.second}
    people = {
        name: [one.user for one in found if held is not None and one.appointment_id == held.pk]
        for name, held in keys.items()
    }
    for name, office in ABOVE.items():
        people[name] = [one.user for one in found if one.appointment.office == office]
    return people
