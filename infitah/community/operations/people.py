"""Public office holders: added, corrected, closed, erased (laws 31-13, art. 12, and 09-08).

The register names a person by a reference and commits to the name with a salt: the office, the
seat and their dates stand in clear for ever, the name can be forgotten (decisions F26).
"""

import json
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from infitah.community.models import Appointment, Community, Mandate, Person
from infitah.community.operations.acts import lock, record, subject
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.kernel.arabic import normalise
from infitah.kernel.localized import LocalizedText
from infitah.ledger import operations as ledger
from infitah.ledger.rules import JSON

ERASED_NAME: Final = LocalizedText(ar="اسم محذوف", fr="Nom effacé")
SHORTEST_REASON: Final = 10


class PersonRefused(OperationRefused):
    """The person cannot be written, closed or erased so."""


def reference_of(person: Person) -> str:
    """Return how the register names a person in clear: "SFR/person/12"."""
    return subject(person.community, "person", person.pk)


def name_of(person: Person) -> dict[str, str]:
    """Return the name as the register commits to it: its canonical text in all languages."""
    words = json.dumps(person.name.as_json(), ensure_ascii=False, separators=(",", ":"))
    return {"name": words}


@transaction.atomic
def add_person(
    *,
    community: Community,
    name: LocalizedText,
    by: Actor,
    now: datetime,
    sex: str = Person.Sex.UNSTATED,
    public_email: str = "",
    public_phone: str = "",
    is_invented: bool = False,
) -> Person:
    """Return a new public office holder. Raises PersonRefused without an Arabic name."""
    community = lock(community)
    _check_name(name)
    person = Person.objects.create(
        community=community,
        name=name,
        sort_name=_sort_name(name),
        sex=sex,
        public_email=public_email,
        public_phone=public_phone,
        is_invented=is_invented,
    )
    _record(person, "person_added", by=by, now=now, private=name_of(person))
    return person


@transaction.atomic
def edit_person(
    *,
    person: Person,
    name: LocalizedText,
    sex: str,
    public_email: str,
    public_phone: str,
    by: Actor,
    now: datetime,
) -> Person:
    """Make a person's record say this; the register names which fields changed.

    Raises PersonRefused without an Arabic name or once the person is closed.
    """
    person = _open_person(person)
    _check_name(name)
    said = {"name": name, "sex": sex, "public_email": public_email, "public_phone": public_phone}
    changed = sorted(field for field, value in said.items() if getattr(person, field) != value)
    if not changed:
        return person
    for field in changed:
        setattr(person, field, said[field])
    person.sort_name = _sort_name(name)
    person.save(update_fields=[*changed, "sort_name"])
    private = name_of(person) if "name" in changed else {}
    _record(person, "person_edited", by=by, now=now, private=private, fields=list(changed))
    return person


@transaction.atomic
def close_person(*, person: Person, by: Actor, now: datetime) -> Person:
    """Offer a person no more for offices and seats; what was held stays public.

    Raises PersonRefused while an office or a seat is held or to come.
    """
    person = _open_person(person)
    _check_holds_nothing(person, now)
    person.closed_on = local_day(now)
    person.save(update_fields=["closed_on"])
    _record(person, "person_closed", by=by, now=now)
    return person


@transaction.atomic
def erase_person(*, person: Person, reason: str, by: Actor, now: datetime) -> Person:
    """Forget the name and contacts of a person, in the records and in the register (law 09-08).

    Offices and seats stay with their acts and dates, without the name; the register stays valid.
    Raises PersonRefused while an office or a seat is held, without a reason, or a second time.
    """
    community = lock(person.community)
    person = Person.objects.of(community).select_related("community").get(pk=person.pk)
    if person.is_erased:
        raise PersonRefused(_("This person was erased already."))
    if len(reason) < SHORTEST_REASON:
        raise PersonRefused(_("Say in a sentence why the person is erased."), field="reason")
    _check_holds_nothing(person, now)
    for about in _subjects(person):
        ledger.erase_openings(community_key=community.key, subject=about, by=by, now=now)
    person.name, person.sort_name = ERASED_NAME, _sort_name(ERASED_NAME)
    person.sex, person.public_email, person.public_phone = Person.Sex.UNSTATED, "", ""
    person.is_erased, person.closed_on = True, person.closed_on or local_day(now)
    person.save()
    _record(person, "person_erased", by=by, now=now, private={"reason": reason})
    return person


def _check_name(name: LocalizedText) -> None:
    if not name.ar:
        raise PersonRefused(_("The Arabic name is required."), field="name")


def _sort_name(name: LocalizedText) -> str:
    return normalise(name.ar)[:200]


def _open_person(person: Person) -> Person:
    community = lock(person.community)
    found = Person.objects.of(community).select_related("community").get(pk=person.pk)
    if found.closed_on is not None:
        raise PersonRefused(_("This person is closed already."))
    return found


def _check_holds_nothing(person: Person, now: datetime) -> None:
    lasting = Q(ends_on=None) | Q(ends_on__gt=local_day(now))
    if Appointment.objects.filter(lasting, person=person).exists():
        raise PersonRefused(_("This person holds an office: end the appointment first."))
    if Mandate.objects.filter(lasting, person=person).exists():
        raise PersonRefused(_("This person has a seat: end the mandate first."))


def _subjects(person: Person) -> list[str]:
    """Return every subject under which the register may commit to the person's name."""
    community = person.community
    offices = Appointment.objects.filter(person=person).values_list("pk", flat=True)
    seats = Mandate.objects.filter(person=person).values_list("pk", flat=True)
    return [
        reference_of(person),
        *(subject(community, "appointment", pk) for pk in offices),
        *(subject(community, "mandate", pk) for pk in seats),
    ]


def _record(
    person: Person,
    act: str,
    *,
    by: Actor,
    now: datetime,
    private: dict[str, str] | None = None,
    **public: JSON,
) -> None:
    about = reference_of(person)
    record(person.community, act, about, by=by, now=now, public=public, private=private)
