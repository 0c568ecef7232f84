"""Bodies, composition rules and mandates (bodies-network.md 3.1 and 3.4)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from infitah.community.models import Body, Community, CompositionRule, Mandate, Person, Term
from infitah.community.operations.acts import lock, record, subject
from infitah.community.operations.people import name_of, reference_of
from infitah.community.rules import names
from infitah.community.rules.offices import most_at_once, overlaps
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
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
def edit_body(
    *,
    body: Body,
    name: LocalizedText,
    seats: int | None,
    creation_act: str,
    by: Actor,
    now: datetime,
) -> Body:
    """Make a body say this of itself; its short name, kind and first day stay.

    Raises BodyRefused without an Arabic name, once it is closed, or for fewer seats than are held.
    """
    community = lock(body.community)
    body = _open_body(community, body)
    if not name.ar:
        raise BodyRefused(_("The Arabic name is required."), field="name")
    if seats is not None and seats < _seats_wanted(body, now):
        raise BodyRefused(_("More seats than that are held: end mandates first."), field="seats")
    said = {"name": name, "seats": seats, "creation_act": creation_act}
    changed = sorted(field for field, value in said.items() if getattr(body, field) != value)
    if not changed:
        return body
    for field in changed:
        setattr(body, field, said[field])
    body.save(update_fields=changed)
    public: dict[str, JSON] = {"name": name.as_json(), "seats": seats, "act": creation_act}
    about = subject(community, "body", body.slug)
    record(community, "body_edited", about, by=by, now=now, public=public)
    return body


def _open_body(community: Community, body: Body) -> Body:
    found = Body.objects.of(community).get(pk=body.pk)
    if found.closed_on is not None:
        raise BodyRefused(_("This body is closed."))
    return found


def _seats_wanted(body: Body, now: datetime) -> int:
    """Return the least number of seats with which every mandate of today and later has its own."""
    today = local_day(now)
    lasting = Mandate.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), body=body)
    main = lasting.filter(substitute_of=None)
    spans = list(main.values_list("starts_on", "ends_on"))
    highest = max((number for number in main.values_list("seat", flat=True) if number), default=0)
    return max(highest, most_at_once(spans, today))


@transaction.atomic
def close_body(
    *, body: Body, closed_on: date, reason: str, seats_end: str, by: Actor, now: datetime
) -> Body:
    """Close a body from `closed_on` on, today at the latest; its page and its past stay public.

    Its mandates end on that day for the reason `seats_end`, each by its own entry. Raises
    BodyRefused if it is closed, did not exist yet, has no reason, or a seat begins later.
    """
    community = lock(body.community)
    body = _open_body(community, body)
    if not body.created_on <= closed_on <= local_day(now):
        raise BodyRefused(
            _("A body closes after its creation and today at the latest."), field="closed_on"
        )
    if not reason:
        raise BodyRefused(_("Say why the body closes."), field="reason")
    running = Mandate.objects.filter(body=body).filter(Q(ends_on=None) | Q(ends_on__gt=closed_on))
    if running.filter(Q(starts_on__gt=closed_on) | Q(ends_on__gt=closed_on)).exists():
        raise BodyRefused(
            _("A seat begins or ends after that day: choose a later one."), field="closed_on"
        )
    for mandate in running.select_related("community"):
        end_mandate(mandate=mandate, ends_on=closed_on, reason=seats_end, by=by, now=now)
    body.closed_on, body.closing_reason = closed_on, reason
    body.save(update_fields=["closed_on", "closing_reason"])
    public: dict[str, JSON] = {"closed_on": closed_on.isoformat(), "reason": reason}
    about = subject(community, "body", body.slug)
    record(community, "body_closed", about, by=by, now=now, public=public)
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
    if person.closed_on is not None:
        raise BodyRefused(_("This person is closed already."), field="person")
    if body.closed_on is not None and new.starts_on >= body.closed_on:
        raise BodyRefused(_("This body is closed."), field="starts_on")
    if new.starts_on < body.created_on:
        raise BodyRefused(_("This body did not exist on that day."), field="starts_on")
    if new.seat is not None and body.seats is not None and not 1 <= new.seat <= body.seats:
        raise BodyRefused(_("This body has no such seat."), field="seat")
    _check_term(body, new)
    master = new.substitute_of
    if master is not None and master.body_id != body.pk:
        raise BodyRefused(
            _("A substitute stands in for a seat of the same body."), field="substitute_of"
        )


def _check_term(body: Body, new: NewMandate) -> None:
    term = new.term
    if term is None:
        return
    if term.community_id != body.community_id:
        raise BodyRefused(_("This term is that of another community."), field="term")
    if new.starts_on < term.starts_on or (term.ends_on and new.starts_on >= term.ends_on):
        raise BodyRefused(_("The term does not run on that day."), field="term")


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
        "person": reference_of(person),
        "role": new.role,
        "starts_on": new.starts_on.isoformat(),
        "act": new.designation_act,
    }
    about = subject(community, "mandate", mandate.pk)
    private = name_of(person)
    record(community, "mandate_opened", about, by=by, now=now, public=public, private=private)
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
        raise BodyRefused(_("Choose the reason of the end."), field="reason")
    mandate.ends_on, mandate.end_reason = ends_on, reason
    mandate.save(update_fields=["ends_on", "end_reason"])
    public: dict[str, JSON] = {"ends_on": ends_on.isoformat(), "reason": reason}
    about = subject(community, "mandate", mandate.pk)
    record(community, "mandate_ended", about, by=by, now=now, public=public)
    return mandate
