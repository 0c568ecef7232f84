"""Consulting whom a document concerns before it is given (law 31-13, arts. 9 and 16)."""

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
from infitah.kernel.text import has_letters

K = rules.ActKind


@transaction.atomic
def consult_third_party(
    *,
    community: Community,
    reference: str,
    party: str,
    words: str,
    on: date,
    by: Actor,
    now: datetime,
) -> RequestAct:
    """Record that a third party was asked; its name stays inside. The clock runs on.

    The consultation is a ground of extension (art. 16). Raises RequestRefused without a name or a
    question, and while one is consulted already.
    """
    if not has_letters(party):
        raise RequestRefused(_("Write who is consulted."), field="party")
    if not has_letters(words):
        raise RequestRefused(_("Write what they are asked."), field="words")
    said = Said(
        K.THIRD_PARTY_CONSULTED,
        on,
        note=f"{party}\n{words}",
        private={"party": party, "words": words},
    )
    return record_act(request=locked_request(community, reference), said=said, by=by, now=now)


@transaction.atomic
def third_party_answered(
    *, community: Community, reference: str, words: str, on: date, by: Actor, now: datetime
) -> RequestAct:
    """Keep what the third party answered; it binds nobody, and stays inside."""
    if not has_letters(words):
        raise RequestRefused(_("Write what they answered."), field="words")
    said = Said(K.THIRD_PARTY_ANSWERED, on, note=words, private={"words": words})
    return record_act(request=locked_request(community, reference), said=said, by=by, now=now)
