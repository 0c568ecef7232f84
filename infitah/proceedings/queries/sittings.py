"""Reads of a sitting: what may still be done with it, and why not."""

from django.utils.translation import gettext as _

from infitah.community.models import Body
from infitah.proceedings import rules
from infitah.proceedings.models import Session, Sitting

RUNNING = frozenset({Session.State.CONVENED, Session.State.OPEN})


def why_agenda_bound(sitting: Sitting) -> str:
    """Return why no item can be put on the agenda of a sitting, and what to do; empty if it can.

    `sitting.session.body` must be fetched. No query.
    """
    if sitting.session.state not in RUNNING:
        return _("This session is over: nothing can be added to it.")
    is_council = sitting.session.body.kind == Body.Kind.COUNCIL
    if rules.may_add_item(rules.SittingState(sitting.state), is_council=is_council):
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


def why_sitting_bound(sitting: Sitting) -> str:
    """Return why a sitting can no longer be changed or cancelled; empty if it can.

    `sitting.session` must be fetched. No query.
    """
    if sitting.state == Sitting.State.CANCELLED:
        return _("This sitting was cancelled: nothing more is recorded of it.")
    if sitting.state != Sitting.State.PLANNED or sitting.session.state not in RUNNING:
        return _("A sitting is changed or cancelled only before its roll call.")
    return ""
