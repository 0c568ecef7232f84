"""What the office does before it decides: registering, urgency, clarification, extension, tasks."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import RequestAct
from infitah.information.operations.casework import (
    RequestRefused,
    Said,
    locked_request,
    record_act,
)
from infitah.information.operations.identities import refuse_traces
from infitah.kernel.text import has_letters


def _act(
    community: Community, reference: str, said: Said, *, by: Actor, now: datetime
) -> RequestAct:
    return record_act(request=locked_request(community, reference), said=said, by=by, now=now)


def _need_words(words: str, sentence: str, field: str = "words") -> None:
    if not has_letters(words):
        raise RequestRefused(sentence, field=field)


@transaction.atomic
def register_request(
    *, community: Community, reference: str, title: str, on: date, by: Actor, now: datetime
) -> RequestAct:
    """Take a request in hand, with the title under which the public may one day read it.

    Raises RequestRefused for a title that names who asks.
    """
    request = locked_request(community, reference)
    _need_words(title, _("Give it a title without any name of a person."), "title")
    refuse_traces(request, title, field="title")
    request.public_title = title
    return record_act(request=request, said=Said(rules.ActKind.REGISTERED, on), by=by, now=now)


@transaction.atomic
def refuse_urgency(
    *, community: Community, reference: str, words: str, on: date, by: Actor, now: datetime
) -> RequestAct:
    """Treat an urgent request as an ordinary one, with the reason told to the requester.

    Law 31-13, art. 17: the ordinary period then counts from the original receipt.
    """
    _need_words(words, _("Tell the requester why this is not urgent."))
    said = Said(rules.ActKind.URGENCY_REFUSED, on, words=words)
    return _act(community, reference, said, by=by, now=now)


@transaction.atomic
def ask_clarification(
    *, community: Community, reference: str, words: str, on: date, by: Actor, now: datetime
) -> RequestAct:
    """Ask the requester what is meant. The clock runs on: no text of the law stops it."""
    _need_words(words, _("Write what you need to know."))
    said = Said(rules.ActKind.CLARIFICATION_ASKED, on, words=words)
    return _act(community, reference, said, by=by, now=now)


@transaction.atomic
def clarify(
    *, community: Community, reference: str, words: str, on: date, by: Actor, now: datetime
) -> RequestAct:
    """Keep the requester's clarification."""
    _need_words(words, _("Write what you meant."))
    said = Said(rules.ActKind.CLARIFIED, on, words=words, private={"words": words})
    return _act(community, reference, said, by=by, now=now)


@transaction.atomic
def extend(
    *,
    community: Community,
    reference: str,
    ground: str,
    words: str,
    on: date,
    by: Actor,
    now: datetime,
) -> RequestAct:
    """Extend the period once, by a ground of the law, told to the requester before it ends.

    Law 31-13, art. 16. Raises RequestRefused after the last day, without a ground of the closed
    list, or without a reason.
    """
    if ground not in set(rules.ExtensionGround):
        raise RequestRefused(_("Choose the ground: the law has a closed list."), field="ground")
    _need_words(words, _("Tell the requester the reason: the law wants it in writing."))
    request = locked_request(community, reference)
    if request.due_on is not None and on > request.due_on:
        raise RequestRefused(
            _("The period has ended: the law lets it be extended only before its last day is over.")
        )
    said = Said(
        rules.ActKind.EXTENDED, on, facts={"ground": ground}, words=words, public={"ground": ground}
    )
    return record_act(request=request, said=said, by=by, now=now)


@transaction.atomic
def withdraw(
    *, community: Community, reference: str, on: date, by: Actor, now: datetime, note: str = ""
) -> RequestAct:
    """Take the request back, by the requester; `note` says how it was asked for at the counter."""
    said = Said(rules.ActKind.WITHDRAWN, on, note=note)
    return _act(community, reference, said, by=by, now=now)
