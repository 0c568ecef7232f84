"""An item of the agenda put right before it is dealt with, with its public reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.viewer import Actor
from infitah.kernel.dates import local_day
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings import queries
from infitah.proceedings.models import AgendaItem
from infitah.proceedings.operations.session import SessionRefused, locked
from infitah.proceedings.operations.telling import tell_session


@transaction.atomic
def correct_agenda_item(
    *,
    item: AgendaItem,
    title: LocalizedText,
    origin: str,
    is_public: bool,
    reason: LocalizedText,
    by: Actor,
    now: datetime,
) -> AgendaItem:
    """Put right how an item is called, who put it on the agenda, and whether it is public.

    The register keeps what stood before. Raises SessionRefused once the agenda takes no item any
    more (113-14:38), once the item was voted on, without a reason, or if nothing changes.
    """
    session = locked(item.sitting.session_id)
    held = AgendaItem.objects.select_for_update(of=("self",)).select_related("sitting")
    held_item = held.get(pk=item.pk)
    held_item.sitting.session = session
    fault = queries.why_item_bound(held_item)
    if fault:
        raise SessionRefused(fault)
    if not reason.ar:
        raise SessionRefused(_("Say why, in Arabic at least."), field="reason")
    before = _facts(held_item)
    held_item.title, held_item.origin, held_item.is_public = title, origin, is_public
    after = _facts(held_item)
    if after == before:
        raise SessionRefused(_("Nothing changes: the item stands like that."), field="title")
    held_item.save(update_fields=["title", "origin", "is_public"])
    public: dict[str, JSON] = {
        "sitting": held_item.sitting.position,
        "item": held_item.position,
        "before": before,
        "after": after,
        "reason": reason.as_json(),
    }
    tell_session(session, "item_corrected", public, on=local_day(now), by=by, now=now)
    return held_item


def _facts(item: AgendaItem) -> dict[str, JSON]:
    return {"title": item.title.as_json(), "origin": item.origin, "is_public": item.is_public}
