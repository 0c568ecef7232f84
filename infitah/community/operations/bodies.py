"""Persons, terms, bodies, composition rules and mandates (bodies-network.md 3.1 and 3.4)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from infitah.community.models import Body, Community, CompositionRule, Mandate, Person, Term
from infitah.community.operations.acts import lock, record, subject
from infitah.community.rules import names
from infitah.community.rules.offices import most_at_once, overlaps
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.kernel.arabic import normalise
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules import JSON


class BodyRefused(OperationRefused):
    """The person, body or mandate cannot be written so."""


@dataclass(frozen=True, slots=True)
class NewMandate:
    """A seat to be given from `starts_on` on, by a dated act."""

    starts_on: date
    designation_act: str
    role: str = Mandate.Role.MEMBER
    seat: int | None = None
    category: str = ""
    constituency: str = ""
    designation_mode: str = ""
    term: Term | None = None
    substitute_of: Mandate | None = None


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
    """Return a new public office holder. Raises BodyRefused without an Arabic name."""
    community = lock(community)
    if not name.ar:
        raise BodyRefused(_("The Arabic name is required."), field="name")
    person = Person.objects.create(
        community=community,
        name=name,
        sort_name=normalise(name.ar)[:200],
        sex=sex,
        public_email=public_email,
        public_phone=public_phone,
        is_invented=is_invented,
    )
    about = subject(community, "person", person.pk)
    record(community, "person_added", about, by=by, now=now, public={"name": name.as_json()})
    return person


@transaction.atomic
def open_term(
    *,
    community: Community,
    name: LocalizedText,
    starts_on: date,
    source: str,
    by: Actor,
    now: datetime,
) -> Term:
    """Return a new term of the council; the term that ran ends where it starts.

    Raises BodyRefused if it starts before the running one.
    """
    community = lock(community)
    running = Term.objects.of(community).filter(ends_on=None).first()
    if running is not None and starts_on <= running.starts_on:
        raise BodyRefused(_("A later term exists already."), field="starts_on")
    if running is not None:
        running.ends_on = starts_on
        running.save(update_fields=["ends_on"])
    term = Term.objects.create(community=community, name=name, starts_on=starts_on, source=source)
    about = subject(community, "term", starts_on.isoformat())
    record(community, "term_opened", about, by=by, now=now, public={"name": name.as_json()})
    return term


@transaction.atomic
def add_body(
    *,
    community: Community,
    slug: str,
    kind: str,
    name: LocalizedText,
    created_on: date,
    by: Actor,
    now: datetime,
    creation_act: str = "",
    seats: int | None = None,
    parent: Body | None = None,
) -> Body:
    """Return a new body. Raises BodyRefused if its short name is taken or a council stands."""
    community = lock(community)
    if not name.ar:
        raise BodyRefused(_("The Arabic name is required."), field="name")
    if not names.SLUG_FORM.fullmatch(slug):
        raise BodyRefused(
            _("The short name has small Latin letters, digits and hyphens only."), field="slug"
        )
    standing = Body.objects.of(community)
    if standing.filter(slug=slug).exists():
        raise BodyRefused(_("This short name is taken."), field="slug")
    if kind == Body.Kind.COUNCIL and standing.filter(kind=kind, closed_on=None).exists():
        raise BodyRefused(_("The community has a council already."), field="kind")
    body = Body.objects.create(
        community=community,
        slug=slug,
        kind=kind,
        name=name,
        created_on=created_on,
        creation_act=creation_act,
        seats=seats,
        parent=parent,
    )
    public: dict[str, JSON] = {"name": name.as_json(), "kind": kind, "act": creation_act}
    about = subject(community, "body", slug)
    record(community, "body_added", about, by=by, now=now, public=public)
    return body


@transaction.atomic
def set_composition_rule(
    *,
    body: Body,
    kind: str,
    amount: int,
    by: Actor,
    now: datetime,
    category: str = "",
    article: str = "",
    reason: LocalizedText | None = None,
) -> CompositionRule:
    """Return the rule of this kind and category of a body, written or written anew."""
    community = lock(body.community)
    rule, _is_new = CompositionRule.objects.update_or_create(
        body=body,
        kind=kind,
        category=category,
        defaults={
            "community": community,
            "amount": amount,
            "article": article,
            "reason": reason or LocalizedText(),
        },
    )
    public: dict[str, JSON] = {"kind": kind, "category": category, "amount": amount}
    about = subject(community, "body", body.slug)
    record(community, "composition_set", about, by=by, now=now, public=public)
    return rule


def _check_mandate(body: Body, person: Person, new: NewMandate) -> None:
    if not new.designation_act:
        raise BodyRefused(_("Name the act of designation."), field="designation_act")
    if person.community_id != body.community_id:
        raise BodyRefused(_("This person belongs to another community."), field="person")
    if body.closed_on is not None and new.starts_on >= body.closed_on:
        raise BodyRefused(_("This body is closed."), field="starts_on")
    if new.starts_on < body.created_on:
        raise BodyRefused(_("This body did not exist on that day."), field="starts_on")
    if new.seat is not None and body.seats is not None and not 1 <= new.seat <= body.seats:
        raise BodyRefused(_("This body has no such seat."), field="seat")
    master = new.substitute_of
    if master is not None and master.body_id != body.pk:
        raise BodyRefused(
            _("A substitute stands in for a seat of the same body."), field="substitute_of"
        )


def _check_free(body: Body, person: Person, new: NewMandate) -> None:
    held = Mandate.objects.filter(body=body).filter(Q(ends_on=None) | Q(ends_on__gt=new.starts_on))
    for mandate in held:
        if not overlaps(new.starts_on, None, mandate.starts_on, mandate.ends_on):
            continue
        if mandate.person_id == person.pk:
            raise BodyRefused(_("This person has a seat in this body already."), field="person")
        is_main = new.substitute_of is None and mandate.substitute_of_id is None
        if is_main and new.seat is not None and mandate.seat == new.seat:
            raise BodyRefused(_("This seat is held on that day."), field="seat")
    if body.seats is not None and new.substitute_of is None:
        main = [(one.starts_on, one.ends_on) for one in held if one.substitute_of_id is None]
        if most_at_once(main, new.starts_on) >= body.seats:
            raise BodyRefused(_("All seats of this body are held on that day."), field="seat")


@transaction.atomic
def seat(*, body: Body, person: Person, new: NewMandate, by: Actor, now: datetime) -> Mandate:
    """Return a new mandate of `person` in `body`, by its dated act.

    Raises BodyRefused if the seat or the person is not free, all seats are held, the body did not
    exist then, or no act is named (bodies-network.md 3.4).
    """
    community = lock(body.community)
    body = Body.objects.of(community).get(pk=body.pk)
    _check_mandate(body, person, new)
    _check_free(body, person, new)
    mandate = Mandate.objects.create(
        community=community,
        body=body,
        person=person,
        term=new.term,
        role=new.role,
        seat=new.seat,
        category=new.category,
        constituency=new.constituency,
        starts_on=new.starts_on,
        designation_act=new.designation_act,
        designation_mode=new.designation_mode,
        substitute_of=new.substitute_of,
    )
    public: dict[str, JSON] = {
        "body": body.slug,
        "person": person.name.as_json(),
        "role": new.role,
        "starts_on": new.starts_on.isoformat(),
        "act": new.designation_act,
    }
    about = subject(community, "mandate", mandate.pk)
    record(community, "mandate_opened", about, by=by, now=now, public=public)
    return mandate


@transaction.atomic
def end_mandate(
    *, mandate: Mandate, ends_on: date, reason: str, by: Actor, now: datetime
) -> Mandate:
    """End a mandate: `ends_on` is the first day without it. It stays public.

    Raises BodyRefused if it has ended, ends before it starts, or the reason is not of the list.
    """
    community = lock(mandate.community)
    mandate = Mandate.objects.of(community).get(pk=mandate.pk)
    if mandate.ends_on is not None:
        raise BodyRefused(_("This mandate has ended already."))
    if ends_on < mandate.starts_on:
        raise BodyRefused(_("A mandate ends after it starts."), field="ends_on")
    if reason not in Mandate.EndReason.values:
        raise BodyRefused(_("Choose the reason of the end."), field="end_reason")
    mandate.ends_on, mandate.end_reason = ends_on, reason
    mandate.save(update_fields=["ends_on", "end_reason"])
    public: dict[str, JSON] = {"ends_on": ends_on.isoformat(), "reason": reason}
    about = subject(community, "mandate", mandate.pk)
    record(community, "mandate_ended", about, by=by, now=now, public=public)
    return mandate
