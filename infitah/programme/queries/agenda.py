"""The items of the council's agenda that decide on a programme: named, or still to be named."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from infitah.community.models import Body
from infitah.kernel.localized import LocalizedText
from infitah.proceedings.models import AgendaItem, Session, Sitting
from infitah.proceedings.queries import why_agenda_bound
from infitah.programme.models import AdoptionItem, Cycle

PREPARED = {"ar": "الدراسة والمصادقة على {title}", "fr": "Examen et approbation : {title}"}


def named_items(cycle: Cycle) -> QuerySet[AdoptionItem]:
    """Return the items named as those that decide on a cycle, with the session of each."""
    found = AdoptionItem.objects.filter(cycle=cycle).select_related("item__sitting__session")
    return found.order_by("item__sitting__held_on", "item__position", "pk")


def deciding_items(cycle: Cycle) -> Collection[int]:
    """Return the items that decide on a cycle: named, called again, or amended at. One query."""
    found = AgendaItem.objects.filter(
        Q(adoption_item__cycle=cycle)
        | Q(repeats__adoption_item__cycle=cycle)
        | Q(amendments__commitment__cycle=cycle)
    )
    return set(found.values_list("pk", flat=True))


def items_to_name(cycle: Cycle) -> QuerySet[AgendaItem]:
    """Return the council's items since a cycle was opened that decide on none, newest first.

    Where a sitting was called again, the item of the first convocation stands for all.
    """
    found = AgendaItem.objects.filter(
        community=cycle.community_id,
        sitting__session__body__kind=Body.Kind.COUNCIL,
        sitting__held_on__gte=cycle.opened_on,
        adoption_item=None,
        repeats=None,
    )
    found = found.exclude(sitting__state=Sitting.State.CANCELLED)
    return found.select_related("sitting__session").order_by("-sitting__held_on", "position", "pk")


def sittings_to_come(cycle: Cycle) -> list[Sitting]:
    """Return the council's sittings whose agenda still takes an item, earliest first. One query."""
    found = Sitting.objects.filter(
        community=cycle.community_id,
        session__body__kind=Body.Kind.COUNCIL,
        session__state__in=Session.RUNNING,
    )
    ordered = found.select_related("session__body").order_by("held_on", "pk")
    return [one for one in ordered if not why_agenda_bound(one)]


def prepared_title(cycle: Cycle) -> LocalizedText:
    """Return how the item is called on the agenda, in each language of the cycle's title."""
    said = {code: cycle.title.text_of(code) for code in PREPARED}
    return LocalizedText(
        **{code: PREPARED[code].format(title=title) for code, title in said.items() if title}
    )
