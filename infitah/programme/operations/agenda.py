"""The council's agenda and a programme: which item decides on it. 113-14:38, 39."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Body
from infitah.core.viewer import Actor
from infitah.kernel.dates import local_day
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings import operations as proceedings
from infitah.proceedings.models import AgendaItem, Sitting
from infitah.programme.models import AdoptionItem, Cycle
from infitah.programme.operations.cycle import CycleRefused, tell_cycle


def _locked(cycle: Cycle) -> Cycle:
    held = Cycle.objects.select_for_update().select_related("community").get(pk=cycle.pk)
    if held.state != Cycle.State.PREPARING:
        raise CycleRefused(_("This programme was adopted already."))
    return held


@transaction.atomic
def put_on_agenda(
    *, cycle: Cycle, sitting: Sitting, title: LocalizedText, by: Actor, now: datetime
) -> AdoptionItem:
    """Put a programme on the agenda of a sitting of the council, as an item of the president.

    Raises SessionRefused where the agenda takes no item any more, and CycleRefused as `name_item`.
    """
    held = _locked(cycle)
    item = proceedings.add_agenda_item(
        sitting=sitting, title=title, origin=AgendaItem.Origin.PRESIDENT.value, by=by, now=now
    )
    return name_item(cycle=held, item=item, by=by, now=now)


@transaction.atomic
def name_item(*, cycle: Cycle, item: AgendaItem, by: Actor, now: datetime) -> AdoptionItem:
    """Name an item of the council's agenda as one that decides on a programme, whatever its words.

    Raises CycleRefused once the programme was adopted, for an item of another body or of
    elsewhere, of a sitting that was cancelled, or that decides on a programme already.
    """
    held = _locked(cycle)
    sitting = Sitting.objects.select_related("session__body").get(items=item)
    body = sitting.session.body
    if body.kind != Body.Kind.COUNCIL or body.community_id != held.community_id:
        raise CycleRefused(_("Only the council adopts a programme."), field="item")
    if sitting.state == Sitting.State.CANCELLED:
        raise CycleRefused(_("The sitting of this item was cancelled."), field="item")
    first = item.repeats or item
    if AdoptionItem.objects.filter(item=first).exists():
        raise CycleRefused(_("This item is named for a programme already."), field="item")
    made = AdoptionItem.objects.create(community=held.community, cycle=held, item=first)
    _tell(held, "item_named", first, by=by, now=now)
    return made


@transaction.atomic
def release_item(*, named: AdoptionItem, by: Actor, now: datetime) -> Cycle:
    """Take back that an item decides on a programme; the item itself stays on its agenda.

    Raises CycleRefused once the programme was adopted.
    """
    held = _locked(named.cycle)
    item = named.item
    named.delete()
    _tell(held, "item_released", item, by=by, now=now)
    return held


def _tell(cycle: Cycle, step: str, item: AgendaItem, *, by: Actor, now: datetime) -> None:
    session = item.sitting.session.reference
    public: dict[str, JSON] = {
        "session": session,
        "sitting": item.sitting.position,
        "item": item.position,
    }
    tell_cycle(cycle, step, public, on=local_day(now), by=by, now=now)
