"""Reads of a sitting: what may still be done with it, and why not."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.community.models import Body, Mandate
from infitah.proceedings import rules
from infitah.proceedings.models import AgendaItem, Sitting

CHAIRS: Final[Mapping[frozenset[str], Promise]] = {
    frozenset({Mandate.Role.PRESIDENT.value}): gettext_lazy("its president"),
    frozenset({Mandate.Role.CO_COORDINATOR.value}): gettext_lazy("its co-coordinators"),
}
CHAIR: Final = gettext_lazy("its president or its co-coordinators")


def origins_of(body: Body) -> dict[str, str | Promise]:
    """Return who may put an item on the agenda of a body, in words. One query, none for a council.

    The governor and petitions put theirs before the council only. Who presides over a committee
    is called as its seats in office are.
    """
    if body.kind == Body.Kind.COUNCIL:
        return dict(AgendaItem.Origin.choices)
    leading = {role for roles in CHAIRS for role in roles}
    held = body.mandates.filter(ends_on=None, role__in=leading).values_list("role", flat=True)
    return {
        AgendaItem.Origin.PRESIDENT.value: CHAIRS.get(frozenset(held), CHAIR),
        AgendaItem.Origin.MEMBERS.value: gettext_lazy("some of its members"),
    }


def why_agenda_bound(sitting: Sitting) -> str:
    """Return why no item can be put on the agenda of a sitting, and what to do; empty if it can.

    `sitting.session.body` must be fetched. No query.
    """
    if not sitting.session.is_running:
        return _("This session is over: nothing can be added to it.")
    state = rules.SittingState(sitting.state)
    if rules.may_add_item(state, is_council=sitting.session.is_of_council):
        return ""
    if sitting.state == Sitting.State.CANCELLED:
        return _("This sitting was cancelled: nothing more is recorded of it.")
    if sitting.state == Sitting.State.NO_QUORUM:
        return _(
            "This sitting was put off without quorum: its agenda stays as it is when it is called "
            "again."
        )
    return _(
        "The council deliberates only on the agenda of its convocation: after the roll call no "
        "item is added. Put it on the agenda of a later sitting."
    )


def why_item_bound(item: AgendaItem) -> str:
    """Return why an item cannot be put right any more, and what to do; empty if it can.

    `item.sitting.session.body` must be fetched. One query.
    """
    if item.votes.exists():
        return _("This item was voted on: it stays as it was put to the vote.")
    return why_agenda_bound(item.sitting)


def why_sitting_bound(sitting: Sitting) -> str:
    """Return why a sitting can no longer be changed or cancelled; empty if it can.

    `sitting.session` must be fetched. No query.
    """
    if sitting.state == Sitting.State.CANCELLED:
        return _("This sitting was cancelled: nothing more is recorded of it.")
    if sitting.state != Sitting.State.PLANNED or not sitting.session.is_running:
        return _("A sitting is changed or cancelled only before its roll call.")
    return ""
