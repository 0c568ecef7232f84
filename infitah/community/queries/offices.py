"""Offices in force and the rights that they give (decisions B3)."""

from dataclasses import dataclass
from datetime import date

from infitah.community.models import AccessGrant, Appointment, Community, Mandate, Person, User
from infitah.community.rules.offices import rights_of_office


@dataclass(frozen=True, slots=True)
class Standing:
    """What a user is in one community on one day."""

    offices: tuple[str, ...]
    rights: frozenset[str]

    @property
    def office(self) -> str:
        """The first office held, for the register; empty where none is."""
        return self.offices[0] if self.offices else ""


def standing_of(user_id: int | None, community: Community, today: date) -> Standing:
    """Return the offices and rights of a user through grants in force today. One query."""
    if user_id is None:
        return Standing((), frozenset())
    grants = AccessGrant.objects.of(community).in_force(today).filter(user_id=user_id)
    offices = tuple(
        grants.filter(user__is_active=True)
        .order_by("opened_at", "pk")
        .values_list("appointment__office", flat=True)
    )
    rights: frozenset[str] = frozenset().union(*map(rights_of_office, offices))
    return Standing(offices, rights)


def officers_with(community: Community, right: str, today: date) -> set[str]:
    """Return the user names of those who hold `right` here today. One query."""
    grants = AccessGrant.objects.of(community).in_force(today).filter(user__is_active=True)
    held = grants.values_list("user__username", "appointment__office")
    return {name for name, office in held if right in rights_of_office(office)}


def rights_of(user: User, community: Community, today: date) -> frozenset[str]:
    """Return the rights of `user` here today: open grants of appointments in force. One query."""
    return standing_of(user.pk, community, today).rights


def offices_in_force(community: Community, today: date) -> list[Appointment]:
    """Return the appointments in force, with person and unit, by office. One query."""
    return list(Appointment.objects.of(community).in_force(today).select_related("person", "unit"))


def holders(community: Community, office: str, today: date) -> list[Appointment]:
    """Return who holds `office` today, the longest first. One query."""
    held = Appointment.objects.of(community).in_force(today).filter(office=office)
    return list(held.select_related("person", "unit").order_by("starts_on", "pk"))


@dataclass(frozen=True, slots=True)
class Held:
    """What a person holds or held, the newest first."""

    offices: list[Appointment]
    seats: list[Mandate]


def held_by(person: Person) -> Held:
    """Return every office and seat of `person`, ended ones too. Two queries."""
    return Held(
        list(Appointment.objects.filter(person=person).order_by("-starts_on", "pk")),
        list(
            Mandate.objects.filter(person=person)
            .select_related("body")
            .order_by("-starts_on", "pk")
        ),
    )
