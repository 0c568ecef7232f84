"""Axes, principles and units of a community."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from infitah.community.models import Axis, Community, Principle, Unit
from infitah.community.operations.acts import lock, record, subject
from infitah.community.rules import names
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules import JSON

DEFAULT_COLOUR = "#0B5E4F"


class PartRefused(OperationRefused):
    """The axis, principle or unit cannot be written so."""


def _check(name: LocalizedText, slug: str, colour: str = DEFAULT_COLOUR) -> None:
    if not name.ar:
        raise PartRefused(_("The Arabic name is required."), field="name")
    if not names.SLUG_FORM.fullmatch(slug):
        raise PartRefused(
            _("The short name has small Latin letters, digits and hyphens only."), field="slug"
        )
    if not names.is_readable(colour):
        raise PartRefused(
            _("This colour is too pale to be read on our paper: choose a darker one (4.5 : 1)."),
            field="colour",
        )


def _check_free(model: type[Model], community: Community, slug: str) -> None:
    if model._default_manager.filter(community=community, slug=slug).exists():
        raise PartRefused(_("This short name is taken."), field="slug")


def _next_position(model: type[Model], community: Community) -> int:
    last = model._default_manager.filter(community=community).aggregate(last=Max("position"))
    return int(last["last"] or 0) + 1


@transaction.atomic
def add_axis(
    *,
    community: Community,
    slug: str,
    name: LocalizedText,
    by: Actor,
    now: datetime,
    description: LocalizedText | None = None,
    colour: str = DEFAULT_COLOUR,
    owner_unit: Unit | None = None,
) -> Axis:
    """Return a new axis, last in order. Raises PartRefused."""
    community = lock(community)
    _check(name, slug, colour)
    _check_free(Axis, community, slug)
    axis = Axis.objects.create(
        community=community,
        slug=slug,
        name=name,
        description=description or LocalizedText(),
        colour=colour,
        owner_unit=owner_unit,
        position=_next_position(Axis, community),
    )
    about = subject(community, "axis", slug)
    record(community, "axis_added", about, by=by, now=now, public={"name": name.as_json()})
    return axis


@transaction.atomic
def edit_axis(
    *,
    axis: Axis,
    name: LocalizedText,
    description: LocalizedText,
    colour: str,
    owner_unit: Unit | None,
    by: Actor,
    now: datetime,
) -> Axis:
    """Make the axis say this; its short name stays, since addresses hold it. Raises PartRefused."""
    community = lock(axis.community)
    _check(name, axis.slug, colour)
    axis = Axis.objects.of(community).get(pk=axis.pk)
    axis.name, axis.description, axis.colour = name, description, colour
    axis.owner_unit = owner_unit
    axis.save(update_fields=["name", "description", "colour", "owner_unit"])
    about = subject(community, "axis", axis.slug)
    record(community, "axis_edited", about, by=by, now=now, public={"name": name.as_json()})
    return axis


@transaction.atomic
def order_axes(
    *, community: Community, slugs: Sequence[str], by: Actor, now: datetime
) -> list[Axis]:
    """Put the axes in use in the order of `slugs`, which names each once. Raises PartRefused."""
    community = lock(community)
    axes = {axis.slug: axis for axis in Axis.objects.of(community).filter(closed_on=None)}
    if sorted(slugs) != sorted(axes):
        raise PartRefused(_("The list of axes has changed meanwhile: look at it again."))
    for position, slug in enumerate(slugs, start=1):
        axes[slug].position = position
    Axis.objects.bulk_update(axes.values(), ["position"])
    about = subject(community, "axes")
    record(community, "axes_ordered", about, by=by, now=now, public={"order": list(slugs)})
    return [axes[slug] for slug in slugs]


@transaction.atomic
def close_axis(*, axis: Axis, by: Actor, now: datetime) -> Axis:
    """Take an axis out of use; what refers to it keeps it. Raises PartRefused."""
    community = lock(axis.community)
    axis = Axis.objects.of(community).get(pk=axis.pk)
    if axis.closed_on is not None:
        raise PartRefused(_("This axis is closed already."))
    axis.closed_on = local_day(now)
    axis.save(update_fields=["closed_on"])
    about = subject(community, "axis", axis.slug)
    record(community, "axis_closed", about, by=by, now=now, public={})
    return axis


@transaction.atomic
def add_principle(
    *, community: Community, slug: str, name: LocalizedText, by: Actor, now: datetime
) -> Principle:
    """Return a new principle, last in order. Raises PartRefused."""
    community = lock(community)
    _check(name, slug)
    _check_free(Principle, community, slug)
    principle = Principle.objects.create(
        community=community, slug=slug, name=name, position=_next_position(Principle, community)
    )
    about = subject(community, "principle", slug)
    record(community, "principle_added", about, by=by, now=now, public={"name": name.as_json()})
    return principle


@transaction.atomic
def add_unit(
    *,
    community: Community,
    slug: str,
    name: LocalizedText,
    by: Actor,
    now: datetime,
    parent: Unit | None = None,
) -> Unit:
    """Return a new unit of the administration, last in order. Raises PartRefused."""
    community = lock(community)
    _check(name, slug)
    _check_free(Unit, community, slug)
    if parent is not None and parent.community_id != community.pk:
        raise PartRefused(_("The unit above belongs to another community."), field="parent")
    unit = Unit.objects.create(
        community=community,
        slug=slug,
        name=name,
        parent=parent,
        position=_next_position(Unit, community),
    )
    about = subject(community, "unit", slug)
    record(community, "unit_added", about, by=by, now=now, public={"name": name.as_json()})
    return unit


@transaction.atomic
def edit_unit(
    *, unit: Unit, name: LocalizedText, parent: Unit | None, by: Actor, now: datetime
) -> Unit:
    """Make a unit say this; its short name stays. Raises PartRefused.

    A unit stands neither below itself nor below one that is closed.
    """
    community = lock(unit.community)
    unit = _open_unit(community, unit)
    _check(name, unit.slug)
    if parent is not None:
        _check_above(community, unit, parent)
    unit.name, unit.parent = name, parent
    unit.save(update_fields=["name", "parent"])
    public: dict[str, JSON] = {"name": name.as_json(), "parent": parent.slug if parent else ""}
    about = subject(community, "unit", unit.slug)
    record(community, "unit_edited", about, by=by, now=now, public=public)
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, by: Actor, now: datetime) -> Unit:
    """Take a unit out of use; what refers to it keeps it.

    Raises PartRefused if it is closed, or while a unit in use stands below it.
    """
    community = lock(unit.community)
    unit = _open_unit(community, unit)
    if Unit.objects.of(community).filter(parent=unit, closed_on=None).exists():
        raise PartRefused(_("Units stand below this one: close or move them first."))
    unit.closed_on = local_day(now)
    unit.save(update_fields=["closed_on"])
    about = subject(community, "unit", unit.slug)
    record(community, "unit_closed", about, by=by, now=now, public={})
    return unit


def _open_unit(community: Community, unit: Unit) -> Unit:
    found = Unit.objects.of(community).get(pk=unit.pk)
    if found.closed_on is not None:
        raise PartRefused(_("This unit is closed already."))
    return found


def _check_above(community: Community, unit: Unit, parent: Unit) -> None:
    above = {one.pk: one for one in Unit.objects.of(community)}
    chosen = above.get(parent.pk)
    if chosen is None:
        raise PartRefused(_("The unit above belongs to another community."), field="parent")
    if chosen.closed_on is not None:
        raise PartRefused(_("The unit above is closed."), field="parent")
    seen: Unit | None = chosen
    while seen is not None:
        if seen.pk == unit.pk:
            raise PartRefused(_("A unit does not stand below itself."), field="parent")
        seen = above.get(seen.parent_id) if seen.parent_id else None
